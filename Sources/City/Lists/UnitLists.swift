import Foundation
import Formats
import Kernel

/// The units that insure people or registered to: fields of TK3-TS (Decision 366/QĐ-BHXH).
struct UnitList: CityList {
    let month: Month
    let key = "tk3-ts"
    let sender = "bhxh-thanh-pho"
    let form = ListForm.text(separator: ",", isDecomposed: false)
    var period: String { month.description }

    init(period: Month) { month = period }

    func write(_ city: City, into list: ListWriter) throws {
        let names = FirmNames(city: city)
        try list.begin(
            "",
            ListHead(
                [],
                [
                    "STT", "Mã đơn vị", "Tên đơn vị", "Mã số thuế", "Mã đơn vị quan hệ ngân sách",
                    "Địa chỉ trụ sở chính",
                    "Địa chỉ liên hệ", "Người đại diện", "Loại hình đơn vị", "Ngành nghề", "Phương thức đóng",
                    "Cơ quan BHXH", "Số lao động",
                ].map { ListHead.Column($0) }))
        for employer in 0..<city.employers.units where city.employers.all[employer].size > 0 {
            let one = city.employers.all[employer]
            var draws = Draws(city.plan.seed, .dirt, employer, 60)
            var name = names.name(employer)
            if list.soils(.firmVariant, &draws) { name = names.variant(name, &draws) }
            var tax = one.kind.hasBudgetCode ? "" : names.taxCode(employer)
            if !tax.isEmpty, list.soils(.missingTaxCode, &draws) { tax = "" }
            let representative = city.name(of: draws.below(city.people.residents.count))
            try list.add(
                [
                    .count(list.nextNumber()), .text(names.unitCode(employer)), .text(name), .text(tax),
                    .text(names.budgetCode(employer)), .text(names.address(employer, old: draws.chance(0.3))),
                    .text(names.address(employer, old: false)), .text(representative), .text(one.kind.words),
                    .text(names.industry(employer)), .text(draws.chance(0.9) ? "Hằng tháng" : "3 tháng"),
                    .text("BHXH cơ sở \(city.plan.places[Int(one.place)].district)"), .count(Int(one.size)),
                ], .unit, city.key(employer: employer))
        }
    }
}

/// The enterprises of the business register, those that insure nobody too.
struct EnterpriseList: CityList {
    let month: Month
    let key = "enterprises"
    let sender = "so-tai-chinh"
    let form = ListForm.workbook
    var period: String { month.description }

    init(period: Month) { month = period }

    func write(_ city: City, into list: ListWriter) throws {
        let names = FirmNames(city: city)
        try list.begin(
            "Doanh nghiệp",
            ListHead(
                city.titles("Sở Tài chính", "Danh sách doanh nghiệp", "Đến tháng \(month.vietnamese)"),
                [
                    "STT", "Mã số doanh nghiệp", "Tên doanh nghiệp", "Địa chỉ trụ sở chính",
                    "Người đại diện theo pháp luật",
                    "Ngành nghề kinh doanh chính", "Ngày đăng ký", "Tình trạng hoạt động", "Số lao động",
                ].map { ListHead.Column($0) }))
        for employer in 0..<city.employers.units where city.employers.all[employer].kind.isEnterprise {
            let one = city.employers.all[employer]
            var draws = Draws(city.plan.seed, .dirt, employer, 61)
            var status = one.status
            if one.mergedInto != .max {
                // A firm no longer there, still with its old name and code: now and then as if nothing had been.
                if list.soils(.mergedFirm, &draws) { status = .operating }
            }
            var name = names.name(employer).uppercased()
            if list.soils(.firmVariant, &draws) { name = names.variant(names.name(employer), &draws) }
            let founded = city.plan.month(Int(one.founded)).firstDay.adding(days: draws.below(28))
            let unseen = one.size == 0 ? draws.below(9) : Int(one.size) + draws.below(1 + Int(one.size) / 6)
            let representative = city.name(of: draws.below(city.people.residents.count)).uppercased()
            try list.add(
                [
                    .count(list.nextNumber()), .text(names.taxCode(employer)), .text(name),
                    .text(names.address(employer, old: list.soils(.oldAddress, &draws))), .text(representative),
                    .text(names.industry(employer)), .day(founded), .text(status.words), .count(unseen),
                ], .enterprise, city.key(employer: employer))
        }
    }
}

/// Household businesses with what they took in a tax year, and which return they filed: that is the test whether their owners
/// belong into the compulsory scheme (next-facts.md 4.3).
struct HouseholdBusinessList: CityList {
    let year: Int
    let key = "household-businesses"
    let sender = "thue-thanh-pho"
    let form = ListForm.text(separator: ";", isDecomposed: false)
    var period: String { String(year) }

    init(year: Int) { self.year = year }

    func write(_ city: City, into list: ListWriter) throws {
        let names = FirmNames(city: city)
        try list.begin(
            "",
            ListHead(
                city.titles("Thuế thành phố", "Danh sách hộ kinh doanh", "Năm tính thuế \(year)"),
                [
                    "STT", "Mã số thuế", "Tên hộ kinh doanh", "Chủ hộ kinh doanh", "Số CCCD/ĐDCN", "Ngày sinh",
                    "Số điện thoại",
                    "Địa chỉ kinh doanh", "Ngành nghề", "Tổng doanh thu", "Mẫu tờ khai", "Trạng thái mã số thuế",
                ].map { ListHead.Column($0) }))
        for employer in city.employers.all.indices where city.employers.all[employer].kind == .household {
            let one = city.employers.all[employer]
            var draws = Draws(city.plan.seed, .dirt, employer, 62)
            let written = WrittenPerson(Int(one.owner), city, list, &draws)
            let revenue = Self.revenue(employer, city)
            var tax = names.taxCode(employer)
            if draws.chance(0.1), let former = city.oldTaxCode(of: Int(one.owner)) { tax = former }
            if list.soils(.missingTaxCode, &draws) { tax = "" }
            let sign = draws.chance(0.45) ? "Cửa hàng \(written.name)" : "Hộ kinh doanh \(written.name)"
            try list.add(
                [
                    .count(list.nextNumber()), .text(tax), .text(sign), .text(written.name), .text(written.identity),
                    written.birth, .text(written.phone), .text(written.address), .text("Bán lẻ"), .money(revenue),
                    .text(revenue > 1_000_000_000 ? "01/CNKD" : "01/TKN-CNKD"), .text(one.status.taxWords),
                ], .householdBusiness, city.key(employer: employer))
        }
    }

    /// Đồng of the tax year: most take some hundred millions, one in eight more than a thousand.
    static func revenue(_ employer: Int, _ city: City) -> Int {
        var draws = Draws(city.plan.seed, .business, employer, 2)
        let millions = 330 * exp2(draws.normal() * 1.4)
        return Int(min(max(millions, 20), 90_000)) * 1_000_000 + draws.below(1_000) * 1_000
    }
}
