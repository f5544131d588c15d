import Formats
import Kernel

/// The residents, as the population database hands them over (Identity Law 2023 art. 9).
struct PopulationList: CityList {
    let month: Month
    let key = "population"
    let sender = "cong-an-thanh-pho"
    let form = ListForm.text(separator: ",", isDecomposed: false)
    var period: String { month.description }

    init(period: Month) { month = period }

    private static let head = ListHead(
        [],
        [
            "STT", "Số định danh cá nhân", "Họ, chữ đệm và tên", "Ngày, tháng, năm sinh", "Giới tính", "Dân tộc",
            "Quốc tịch", "Số CMND (9 số)", "Số hồ sơ cư trú", "Quan hệ với chủ hộ", "Nơi thường trú", "Mã xã",
            "Tên xã", "Thôn, tổ dân phố",
        ].map { ListHead.Column($0) })

    func write(_ city: City, into list: ListWriter) throws {
        try list.begin("", Self.head)
        for person in city.people.residents.indices where city.isAlive(person, at: City.lastTime) {
            var draws = Draws(city.plan.seed, .dirt, person, 1)
            let written = WrittenPerson(person, city, list, &draws)
            let resident = city.people.residents[person]
            let roof =
                resident.moved == Resident.never ? Int(resident.household) : city.people.households.count + person
            try list.add(
                [
                    .count(list.nextNumber()), .text(written.identity), .text(written.name), written.birth,
                    .text(resident.isWoman ? "Nữ" : "Nam"), .text(draws.chance(0.99) ? "Kinh" : "Hoa"),
                    .text("Việt Nam"), .text(written.oldCard), .text("31" + digits(roof, 8)),
                    .text(resident.moved == Resident.never ? resident.relation : "Chủ hộ"), .text(written.address),
                    .text(city.plan.places[written.place].code.text), .text(city.plan.places[written.place].name),
                    .text(written.group),
                ], .resident, city.key(person: person))
        }
    }
}

/// Who is not in the compulsory scheme, by the registration of labour (Decree 318/2025 art. 3, 6): a sheet a commune.
struct LabourList: CityList {
    let month: Month
    let key = "labour-registration"
    let sender = "ubnd-cap-xa"
    let form = ListForm.workbook
    var period: String { month.description }

    init(period: Month) { month = period }

    private static let columns = [
        "STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số định danh cá nhân", "Số điện thoại", "Nơi ở hiện tại",
        "Tình trạng việc làm", "Nghề nghiệp", "Nơi làm việc", "Tham gia BHXH",
    ].map { ListHead.Column($0) }

    func write(_ city: City, into list: ListWriter) throws {
        var byPlace = [[Int32]](repeating: [], count: city.plan.places.count)
        for person in city.people.residents.indices {
            let resident = city.people.residents[person]
            guard resident.activity != .employed, resident.activity != .pupil, resident.activity != .small,
                resident.activity != .old, resident.activity != .pensioner, resident.activity != .student,
                city.isAlive(person, at: City.lastTime)
            else { continue }
            byPlace[city.people.place(of: person, at: City.lastTime)].append(Int32(person))
        }
        for (place, people) in byPlace.enumerated() where !people.isEmpty {
            let commune = city.plan.places[place]
            try list.begin(
                commune.name,
                ListHead(
                    city.titles(
                        "UBND \(commune.fullName)", "Danh sách người lao động đăng ký", "Tháng \(month.vietnamese)"),
                    Self.columns))
            for person in people { try add(Int(person), city, list) }
            try list.note([.empty, .text("Tổng cộng: \(people.count) người")])
        }
    }

    private func add(_ person: Int, _ city: City, _ list: ListWriter) throws {
        var draws = Draws(city.plan.seed, .dirt, person, 2)
        let written = WrittenPerson(person, city, list, &draws)
        let activity = city.people.residents[person].activity
        let work =
            switch activity {
            case .farmer: "Trồng trọt, chăn nuôi"
            case .fisher: "Đánh bắt thủy sản"
            case .owner: "Buôn bán nhỏ"
            case .casual: "Phụ hồ"
            case .uninsured: "Công nhân"
            case .ownAccount, .voluntary: draws.chance(0.5) ? "Xe ôm công nghệ" : "Dịch vụ tại nhà"
            default: ""
            }
        try list.add(
            [
                .count(list.nextNumber()), .text(written.name), written.birth, .text(written.isWoman ? "Nữ" : "Nam"),
                .text(written.identity), .text(written.phone), .text(written.address), .text(activity.words),
                .text(work), .text(activity.isWorking ? city.plan.places[written.place].fullName : ""),
                .text(activity == .voluntary ? "2" : "3"),
            ], .labourRegistration, city.key(person: person), &draws)
    }
}

/// Pupils of the city's schools; written on a system that takes letters and their marks apart.
struct PupilList: CityList {
    let month: Month
    let key = "pupils"
    let sender = "so-giao-duc-va-dao-tao"
    let form = ListForm.text(separator: ";", isDecomposed: true)
    var period: String { month.description }

    init(period: Month) { month = period }

    func write(_ city: City, into list: ListWriter) throws {
        try list.begin(
            "",
            ListHead(
                city.titles("Sở Giáo dục và Đào tạo", "Danh sách học sinh", "Tháng \(month.vietnamese)"),
                [
                    "STT", "Mã định danh", "Họ và tên", "Ngày sinh", "Giới tính", "Trường", "Lớp", "Mã số BHYT",
                    "Địa chỉ",
                ].map { ListHead.Column($0) }))
        for person in city.people.residents.indices
        where city.people.residents[person].activity == .pupil && city.isAlive(person, at: City.lastTime) {
            var draws = Draws(city.plan.seed, .dirt, person, 3)
            let written = WrittenPerson(person, city, list, &draws)
            let age = city.people.residents[person].age(on: city.plan.lastDay)
            let school = age < 11 ? "Trường Tiểu học" : age < 15 ? "Trường THCS" : "Trường THPT"
            try list.add(
                [
                    .count(list.nextNumber()), .text(written.identity), .text(written.name), written.birth,
                    .text(written.isWoman ? "Nữ" : "Nam"), .text("\(school) \(city.plan.places[written.place].name)"),
                    .text("\(max(1, age - 5))A\(1 + draws.below(8))"), .text(written.insuranceCode),
                    .text(written.address),
                ], .pupil, city.key(person: person))
        }
    }
}

/// Who gets a pension or a monthly benefit.
struct PensionerList: CityList {
    let month: Month
    let key = "pensioners"
    let sender = "bhxh-thanh-pho"
    let form = ListForm.workbook
    var period: String { month.description }

    init(period: Month) { month = period }

    func write(_ city: City, into list: ListWriter) throws {
        try list.begin(
            "Danh sách",
            ListHead(
                city.titles(
                    "Bảo hiểm xã hội thành phố", "Danh sách người hưởng lương hưu, trợ cấp BHXH hằng tháng",
                    "Tháng \(month.vietnamese)"),
                [
                    "STT", "Họ và tên", "Mã số BHXH", "Số CCCD", "Ngày sinh", "Giới tính", "Loại chế độ", "Mức hưởng",
                    "Địa chỉ",
                ].map { ListHead.Column($0) }))
        var sum = 0
        for person in city.people.residents.indices
        where city.people.residents[person].activity == .pensioner && city.isAlive(person, at: City.lastTime) {
            var draws = Draws(city.plan.seed, .dirt, person, 4)
            let written = WrittenPerson(person, city, list, &draws)
            let amount = 2_600_000 + draws.below(900) * 10_000
            sum += amount
            try list.add(
                [
                    .count(list.nextNumber()), .text(written.name), .text(written.insuranceCode),
                    .text(written.identity), written.birth, .text(written.isWoman ? "Nữ" : "Nam"), .text("Hưu trí"),
                    .money(amount), .text(written.address),
                ], .benefit, city.key(person: person))
        }
        try list.note([.empty, .text("Tổng cộng"), .empty, .empty, .empty, .empty, .empty, .money(sum)])
    }
}
