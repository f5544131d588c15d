import Formats
import Kernel

/// A list of the department of agriculture: a workbook of one sheet each month.
protocol AgricultureList: CityList {
    var month: Month { get }
    /// What it lists: name of the sheet and of the list.
    var subject: String { get }
    var columns: [String] { get }
    /// The rows behind the heading.
    func addRows(_ city: City, to list: ListWriter) throws
}

extension AgricultureList {
    var sender: String { "so-nong-nghiep-va-moi-truong" }
    var form: ListForm { .workbook }
    var period: String { month.description }

    func write(_ city: City, into list: ListWriter) throws {
        let titles = city.titles(
            "Sở Nông nghiệp và Môi trường", "Danh sách \(subject)", "Tháng \(month.vietnamese)")
        try list.begin(subject, ListHead(titles, columns.map { ListHead.Column($0) }))
        try addRows(city, to: list)
    }

    /// Calls the body for everybody of an activity who is there.
    fileprivate func forEach(_ activity: Activity, of city: City, _ body: (Int) throws -> Void) rethrows {
        for person in city.people.residents.indices
        where city.people.residents[person].activity == activity && city.isAlive(person, at: City.lastTime) {
            try body(person)
        }
    }
}

/// Farms and who works them.
struct FarmList: AgricultureList {
    let month: Month
    let key = "farms"
    let subject = "Trang trại"
    let columns = [
        "STT", "Chủ trang trại", "Số CCCD", "Số điện thoại", "Địa chỉ", "Loại hình", "Diện tích (ha)", "Số lao động",
    ]

    func addRows(_ city: City, to list: ListWriter) throws {
        try forEach(.farmer, of: city) { person in
            var draws = Draws(city.plan.seed, .dirt, person, 80)
            guard draws.chance(0.006) else { return }
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
struct BoatList: AgricultureList {
    let month: Month
    let key = "boats"
    let subject = "Tàu cá"
    let columns = [
        "STT", "Số đăng ký tàu", "Chủ tàu", "Số CCCD", "Số điện thoại", "Địa chỉ", "Chiều dài (m)", "Số thuyền viên",
    ]

    func addRows(_ city: City, to list: ListWriter) throws {
        var boat = 0
        try forEach(.fisher, of: city) { person in
            var draws = Draws(city.plan.seed, .boats, person)
            guard draws.chance(0.18) else { return }
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
struct CooperativeList: AgricultureList {
    let month: Month
    let key = "cooperatives"
    let subject = "Hợp tác xã"
    let columns = [
        "STT", "Tên hợp tác xã", "Mã số thuế", "Địa chỉ", "Người đại diện", "Ngành nghề", "Số thành viên",
        "Số lao động",
    ]

    func addRows(_ city: City, to list: ListWriter) throws {
        let names = FirmNames(city: city)
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
