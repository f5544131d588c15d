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
