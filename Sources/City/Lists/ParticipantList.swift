import Formats
import Kernel

/// Who takes part in the compulsory scheme, unit after unit, as D09-TS lists them (Decision 366/QĐ-BHXH); one sheet a former
/// district, as collection offices keep them.
struct ParticipantList: CityList {
    let month: Month
    let key = "d09-ts"
    let sender = "bhxh-thanh-pho"
    let form = ListForm.workbook
    var period: String { month.description }

    init(period: Month) { month = period }

    private static let pay = "Tiền lương đóng"
    private static let columns = [
        ListHead.Column("STT"), .init("Họ và tên"), .init("Mã số BHXH"), .init("Ngày tháng năm sinh"), .init("Địa chỉ"),
        .init("Nơi đăng ký KCB"), .init("Chức vụ, chức danh nghề"), .init("BHXH", under: pay),
        .init("BHYT", under: pay), .init("BHTN", under: pay), .init("BHTNLĐ, BNN", under: pay), .init("Ghi chú"),
        .init("Mã đơn vị"), .init("Tên đơn vị"),
    ]

    func write(_ city: City, into list: ListWriter) throws {
        let names = FirmNames(city: city)
        let time = city.plan.time(of: month)
        let districts = Dictionary(grouping: 0..<city.employers.units) {
            city.plan.places[Int(city.employers.all[$0].place)].district
        }
        for district in districts.keys.sorted() {
            try list.begin(
                district,
                ListHead(
                    city.titles(
                        "Bảo hiểm xã hội thành phố", "Danh sách người lao động tham gia BHXH, BHYT, BHTN (D09-TS)",
                        "Tháng \(month.vietnamese)"), Self.columns, numbered: true))
            var sum = 0
            for employer in districts[district] ?? [] {
                let spells = city.participation.places(at: employer).filter {
                    city.participation.spells[Int($0)].covers(time)
                }
                guard !spells.isEmpty else { continue }
                let (code, name) = (names.unitCode(employer), names.name(employer))
                for place in spells { sum += try add(Int(place), code, name, time, city, list) }
            }
            try list.note(
                [.empty, .text("Tổng cộng"), .empty, .empty, .empty, .empty, .empty, .money(sum)])
        }
    }

    private func add(
        _ place: Int, _ code: String, _ unit: String, _ time: Int, _ city: City, _ list: ListWriter
    ) throws -> Int {
        let spell = city.participation.spells[place]
        var draws = Draws(city.plan.seed, .dirt, place, 10)
        let written = WrittenPerson(Int(spell.person), city, list, &draws, time: time)
        let base = Int(spell.base) * 1_000
        try list.add(
            [
                .count(list.nextNumber()), .text(written.name), .text(written.codeOrIdentity(&draws)), written.birth,
                .text(written.address), .text("Trạm y tế \(city.plan.places[written.place].fullName)"),
                .text(draws.one(of: Self.positions)), .money(base), .money(base), .money(base), .money(base), .empty,
                .text(code), .text(unit),
            ], .participant, city.key(person: Int(spell.person)), &draws)
        return base
    }

    static let positions = [
        "Công nhân", "Nhân viên", "Kỹ thuật viên", "Nhân viên văn phòng", "Tổ trưởng", "Lái xe", "Bảo vệ", "Kế toán",
    ]
}

/// Who came to a unit and who left it in a month: D02-LT of all units (Decision 366/QĐ-BHXH), gathered by the agency.
struct MovementList: CityList {
    let month: Month
    let key = "d02-lt"
    let sender = "bhxh-thanh-pho"
    let form = ListForm.workbook
    var period: String { month.description }

    init(period: Month) { month = period }

    private static let pay = "Tiền lương"
    private static let contract = "Loại HĐLĐ"
    private static let columns = [
        ListHead.Column("STT"), .init("Họ và tên"), .init("Mã số BHXH"), .init("Ngày/ tháng/ năm sinh"),
        .init("Chức vụ, chức danh nghề, nghề nghiệp, nơi làm việc"), .init("Hệ số lương/ Tiền lương", under: pay),
        .init("Không xác định thời hạn", under: contract), .init("Xác định thời hạn", under: contract),
        .init("HĐ, thỏa thuận khác", under: contract), .init("Ngày Quyết định, HĐLĐ, HĐLV có hiệu lực"),
        .init("Từ tháng/ năm"), .init("Đến tháng/ năm"), .init("Nơi đăng ký KCB ban đầu"),
        .init("Loại tăng, giảm, điều chỉnh"), .init("Ghi chú"), .init("Mã đơn vị"), .init("Tên đơn vị"),
    ]

    func write(_ city: City, into list: ListWriter) throws {
        let names = FirmNames(city: city)
        let time = city.plan.time(of: month)
        try list.begin(
            "D02-LT",
            ListHead(
                city.titles(
                    "Bảo hiểm xã hội thành phố", "Danh sách lao động tham gia BHXH, BHYT, BHTN (D02-LT)",
                    "Tháng \(month.vietnamese)"), Self.columns))
        for employer in 0..<city.employers.units {
            for place in city.participation.places(at: employer) {
                let spell = city.participation.spells[Int(place)]
                if Int(spell.from) == time { try add(Int(place), true, employer, names, time, city, list) }
                if Int(spell.until) == time, spell.until != Spell.open {
                    try add(Int(place), false, employer, names, time, city, list)
                }
            }
        }
    }

    private func add(
        _ place: Int, _ comes: Bool, _ employer: Int, _ names: FirmNames, _ time: Int, _ city: City, _ list: ListWriter
    ) throws {
        let spell = city.participation.spells[place]
        var draws = Draws(city.plan.seed, .dirt, place, comes ? 11 : 12)
        let written = WrittenPerson(Int(spell.person), city, list, &draws, time: time)
        let kind = comes ? Self.words(spell.beginning) : Self.words(spell.ending)
        let fixed = draws.chance(0.55)
        try list.add(
            [
                .count(list.nextNumber()), .text(written.name), .text(written.codeOrIdentity(&draws)), written.birth,
                .text(draws.one(of: ParticipantList.positions)), .money(Int(spell.base) * 1_000),
                .text(comes && !fixed ? "x" : ""), .text(comes && fixed ? "x" : ""), .empty,
                comes ? .day(month.firstDay) : .empty, .text(comes ? month.vietnamese : ""),
                .text(comes ? "" : month.adding(months: -1).vietnamese),
                .text("Trạm y tế \(city.plan.places[written.place].fullName)"), .text(kind), .empty,
                .text(names.unitCode(employer)), .text(names.name(employer)),
            ], .movement, city.key(person: Int(spell.person)), &draws)
    }

    private static func words(_ beginning: Spell.Beginning) -> String {
        switch beginning {
        case .new, .converted: "Tăng mới"
        case .returned: "Tăng trở lại"
        case .moved: "Tăng chuyển đến"
        }
    }

    private static func words(_ ending: Spell.Ending) -> String {
        switch ending {
        case .pension: "Giảm do nghỉ hưu"
        case .death: "Giảm do chết"
        case .moved: "Giảm chuyển đi"
        case .open, .stopped, .converted, .oneOff: "Giảm nghỉ việc"
        }
    }
}

/// Who stopped within the city's time and has not come back: C21a-TS (Decision 366/QĐ-BHXH).
struct StoppedList: CityList {
    let month: Month
    let key = "c21a-ts"
    let sender = "bhxh-thanh-pho"
    let form = ListForm.workbook
    var period: String { month.description }

    init(period: Month) { month = period }

    private static let kind = "Loại hình tham gia"
    private static let columns = [
        ListHead.Column("STT"), .init("Mã xã"), .init("Họ và tên"), .init("Mã số BHXH"),
        .init("BHXH bắt buộc", under: kind), .init("BHXH tự nguyện", under: kind), .init("BHYT", under: kind),
        .init("BHTN", under: kind), .init("Tháng dừng tham gia"), .init("Mã đơn vị tại thời điểm dừng"),
        .init("Địa chỉ"), .init("Số điện thoại"),
    ]

    func write(_ city: City, into list: ListWriter) throws {
        let names = FirmNames(city: city)
        let time = city.plan.time(of: month)
        try list.begin(
            "C21a-TS",
            ListHead(
                city.titles(
                    "Bảo hiểm xã hội thành phố", "Danh sách người dừng tham gia chưa tham gia trở lại (C21a-TS)",
                    "Đến tháng \(month.vietnamese)"), Self.columns))
        for person in city.people.residents.indices {
            guard let last = city.participation.spells(of: person).last, last.until != Spell.open,
                Int(last.until) <= time, last.until >= 0, last.ending == .stopped
            else { continue }
            var draws = Draws(city.plan.seed, .dirt, person, 13)
            let written = WrittenPerson(person, city, list, &draws)
            let isVoluntary = last.isVoluntary
            try list.add(
                [
                    .count(list.nextNumber()), .text(city.plan.places[written.place].code.text), .text(written.name),
                    .text(written.insuranceCode), .text(isVoluntary ? "" : "x"), .text(isVoluntary ? "x" : ""),
                    .text(isVoluntary ? "" : "x"), .text(isVoluntary ? "" : "x"),
                    .text(city.plan.month(Int(last.until)).vietnamese),
                    .text(isVoluntary ? "" : names.unitCode(Int(last.employer))), .text(written.address),
                    .text(written.phone),
                ], .stopped, city.key(person: person))
        }
    }
}
