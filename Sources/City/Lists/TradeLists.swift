import Formats
import Kernel

/// Construction projects with who works there for whom and how many hands each has.
struct ProjectList: CityList {
    let month: Month
    let key = "projects"
    let sender = "so-xay-dung"
    let form = ListForm.workbook
    var period: String { month.description }

    init(period: Month) { month = period }

    func write(_ city: City, into list: ListWriter) throws {
        let names = FirmNames(city: city)
        let investors = (0..<city.employers.units).filter { city.employers.all[$0].kind.hasBudgetCode }
        let builders = city.employers.payers.map { Int($0) }
        try list.begin(
            "Công trình",
            ListHead(
                city.titles("Sở Xây dựng", "Danh sách công trình, nhà thầu", "Đến tháng \(month.vietnamese)"),
                [
                    "STT", "Mã công trình", "Tên công trình", "Địa điểm", "Vai trò", "Nhà thầu", "Mã số thuế",
                    "Số lao động", "Ngày khởi công", "Ngày hoàn thành", "Bên giao",
                ].map { ListHead.Column($0) }))
        guard !investors.isEmpty, !builders.isEmpty else { return }
        let count = max(
            3,
            Int(
                (1_400 * Double(city.people.residents.count) / Double(max(city.tables.suppositions.total, 1))).rounded()
            ))
        for project in 0..<count {
            var draws = Draws(city.plan.seed, .projects, project)
            let investor = draws.one(of: investors)
            let place = city.plan.places[Int(city.employers.all[investor].place)]
            let title =
                draws.one(of: [
                    "Đường trục xã", "Trường học liên cấp", "Trạm bơm", "Nhà văn hóa", "Kè sông", "Khu tái định cư",
                ])
                + " \(place.name) \(1 + draws.below(4))"
            let (start, days) = (month.firstDay.adding(days: -draws.below(500)), 200 + draws.below(900))
            func add(_ role: String, _ employer: Int, _ hands: Int, _ above: String) throws {
                var dirt = Draws(city.plan.seed, .dirt, project * 64 + list.rows % 64, 70)
                var name = names.name(employer)
                if list.soils(.firmVariant, &dirt) { name = names.variant(name, &dirt) }
                var tax = names.taxCode(employer)
                if list.soils(.missingTaxCode, &dirt) { tax = "" }
                try list.add(
                    [
                        .count(list.nextNumber()), .text("CT" + digits(project + 1, 5)), .text(title),
                        .text(place.fullName), .text(role), .text(name), .text(tax), .count(hands), .day(start),
                        .day(start.adding(days: days)), .text(above),
                    ], .projectContract, city.key(employer: employer))
            }
            try add("Chủ đầu tư", investor, 0, "")
            let main = draws.one(of: builders)
            try add("Nhà thầu chính", main, 5 + draws.below(60), names.name(investor))
            var there: Set<Int> = [main]
            for _ in 0..<draws.below(4) {
                let sub = draws.one(of: builders)
                guard there.insert(sub).inserted else { continue }
                try add("Nhà thầu phụ", sub, 3 + draws.below(40), names.name(main))
            }
        }
    }
}

/// Farms and who works them.
struct FarmList: CityList {
    let month: Month
    let key = "farms"
    let sender = "so-nong-nghiep-va-moi-truong"
    let form = ListForm.workbook
    var period: String { month.description }

    init(period: Month) { month = period }

    func write(_ city: City, into list: ListWriter) throws {
        try list.begin(
            "Trang trại",
            ListHead(
                city.titles("Sở Nông nghiệp và Môi trường", "Danh sách trang trại", "Tháng \(month.vietnamese)"),
                [
                    "STT", "Chủ trang trại", "Số CCCD", "Số điện thoại", "Địa chỉ", "Loại hình", "Diện tích (ha)",
                    "Số lao động",
                ].map { ListHead.Column($0) }))
        for person in city.people.residents.indices
        where city.people.residents[person].activity == .farmer && city.isAlive(person, at: City.lastTime) {
            var draws = Draws(city.plan.seed, .dirt, person, 80)
            guard draws.chance(0.006) else { continue }
            let written = WrittenPerson(person, city, list, &draws)
            try list.add(
                [
                    .count(list.nextNumber()), .text(written.name), .text(written.identity), .text(written.phone),
                    .text(written.address), .text(draws.one(of: ["Chăn nuôi", "Trồng trọt", "Nuôi trồng thủy sản"])),
                    .count(1 + draws.below(12)), .count(1 + draws.below(14)),
                ], .farm, city.key(person: person))
        }
    }
}

/// Fishing boats with their owners and crews.
struct BoatList: CityList {
    let month: Month
    let key = "boats"
    let sender = "so-nong-nghiep-va-moi-truong"
    let form = ListForm.workbook
    var period: String { month.description }

    init(period: Month) { month = period }

    func write(_ city: City, into list: ListWriter) throws {
        try list.begin(
            "Tàu cá",
            ListHead(
                city.titles("Sở Nông nghiệp và Môi trường", "Danh sách tàu cá", "Tháng \(month.vietnamese)"),
                [
                    "STT", "Số đăng ký tàu", "Chủ tàu", "Số CCCD", "Số điện thoại", "Địa chỉ", "Chiều dài (m)",
                    "Số thuyền viên",
                ].map { ListHead.Column($0) }))
        var boat = 0
        for person in city.people.residents.indices
        where city.people.residents[person].activity == .fisher && city.isAlive(person, at: City.lastTime) {
            var draws = Draws(city.plan.seed, .boats, person)
            guard draws.chance(0.18) else { continue }
            boat += 1
            let written = WrittenPerson(person, city, list, &draws)
            try list.add(
                [
                    .count(list.nextNumber()), .text("TC-9\(digits(boat, 4))-TS"), .text(written.name),
                    .text(written.identity), .text(written.phone), .text(written.address), .count(6 + draws.below(19)),
                    .count(2 + draws.below(10)),
                ], .boat, city.key(person: person))
        }
    }
}

/// Cooperatives with their members.
struct CooperativeList: CityList {
    let month: Month
    let key = "cooperatives"
    let sender = "so-nong-nghiep-va-moi-truong"
    let form = ListForm.workbook
    var period: String { month.description }

    init(period: Month) { month = period }

    func write(_ city: City, into list: ListWriter) throws {
        let names = FirmNames(city: city)
        try list.begin(
            "Hợp tác xã",
            ListHead(
                city.titles("Sở Nông nghiệp và Môi trường", "Danh sách hợp tác xã", "Tháng \(month.vietnamese)"),
                [
                    "STT", "Tên hợp tác xã", "Mã số thuế", "Địa chỉ", "Người đại diện", "Ngành nghề", "Số thành viên",
                    "Số lao động",
                ].map { ListHead.Column($0) }))
        for employer in 0..<city.employers.units where city.employers.all[employer].kind == .cooperative {
            var draws = Draws(city.plan.seed, .dirt, employer, 63)
            var name = names.name(employer)
            if list.soils(.firmVariant, &draws) { name = names.variant(name, &draws) }
            var tax = names.taxCode(employer)
            if list.soils(.missingTaxCode, &draws) { tax = "" }
            try list.add(
                [
                    .count(list.nextNumber()), .text(name), .text(tax),
                    .text(names.address(employer, old: list.soils(.oldAddress, &draws))),
                    .text(city.name(of: draws.below(city.people.residents.count))),
                    .text(names.industry(employer)), .count(7 + draws.below(200)),
                    .count(Int(city.employers.all[employer].size) + draws.below(6)),
                ], .cooperative, city.key(employer: employer))
        }
    }
}
