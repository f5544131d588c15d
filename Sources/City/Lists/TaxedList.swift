import Formats
import Kernel

/// Whom payers declared to the tax office for a year: 05-1/BK (contracts of three months and more), or 05-2/BK (the others), of
/// Circular 80/2021 as far as its columns help to find people, with the payer in front.
struct TaxedList: CityList {
    let year: Int
    let isContracted: Bool
    let sender = "thue-thanh-pho"
    let form = ListForm.text(separator: ",", isDecomposed: false)
    var key: String { isContracted ? "05-1-bk" : "05-2-bk" }
    var period: String { String(year) }

    init(year: Int, isContracted: Bool) {
        self.year = year
        self.isContracted = isContracted
    }

    private static let contracted = [
        "STT", "Mã số thuế đơn vị chi trả", "Tên đơn vị chi trả", "Họ và tên", "Mã số thuế", "Loại giấy tờ",
        "Số CMND/CCCD/Hộ chiếu", "Cá nhân uỷ quyền quyết toán thay", "Tổng thu nhập chịu thuế",
        "Số lượng NPT tính giảm trừ",
        "Bảo hiểm được trừ", "Số thuế TNCN đã khấu trừ",
    ].map { ListHead.Column($0) }
    private static let casual = [
        "STT", "Mã số thuế đơn vị chi trả", "Tên đơn vị chi trả", "Họ và tên", "Mã số thuế", "Loại giấy tờ",
        "Số CMND/CCCD/Hộ chiếu", "Cá nhân không cư trú", "Tổng thu nhập chịu thuế", "Số thuế TNCN đã khấu trừ",
    ].map { ListHead.Column($0) }

    /// Somebody paid, in the order of payers.
    private struct Paid {
        let payer: UInt32
        let person: UInt32
        var months: Int
        /// Thousand đồng a month; of it insurance is deducted where it is more than 0 months.
        let base: Int
        let insured: Bool
    }

    func write(_ city: City, into list: ListWriter) throws {
        let names = FirmNames(city: city)
        try list.begin("", ListHead([], isContracted ? Self.contracted : Self.casual))
        var payer = UInt32.max
        var (code, name) = ("", "")
        for (place, paid) in paid(city).enumerated() {
            if paid.payer != payer {
                payer = paid.payer
                code = names.taxCode(Int(payer))
                name = names.name(Int(payer))
                var draws = Draws(city.plan.seed, .dirt, Int(payer), isContracted ? 52 : 53)
                if list.soils(.firmVariant, &draws) { name = names.variant(name, &draws) }
            }
            var draws = Draws(city.plan.seed, .dirt, place, isContracted ? 50 : 51)
            var written = WrittenPerson(Int(paid.person), city, list, &draws)
            // Payers of before wrote the tax codes of before.
            var tax = written.identity
            if draws.chance(0.15), let former = city.oldTaxCode(of: Int(paid.person)) { tax = former }
            if tax.count == 9 { tax = "" }
            written.name = draws.chance(0.2) ? written.name.uppercased() : written.name
            let income = paid.months * paid.base * 1_000 * (100 + draws.below(35)) / 100
            let kind = written.identity.count == 9 ? "CMND" : "CCCD"
            let front: [ListCell] = [
                .count(list.nextNumber()), .text(code), .text(name), .text(written.name), .text(tax), .text(kind),
                .text(written.identity),
            ]
            let deducted =
                paid.insured
                ? Int((Double(paid.months * paid.base) * 1_000 * city.plan.law.employee / 100).rounded()) : 0
            let rest: [ListCell] =
                isContracted
                ? [
                    .text(draws.chance(0.8) ? "x" : ""), .money(income), .count(draws.below(3)), .money(deducted),
                    .money(0),
                ]
                : [.empty, .money(income), .money(income / 10)]
            try list.add(front + rest, .taxedWorker, city.key(person: Int(paid.person)), &draws)
        }
    }

    private func paid(_ city: City) -> [Paid] {
        var all: [Paid] = []
        let first = max(0, city.plan.time(of: Month(of: Day.firstDay(ofYear: year))))
        let last = min(CityPlan.months - 1, city.plan.time(of: Month(of: Day.lastDay(ofYear: year))))
        guard first <= last else { return [] }
        if isContracted {
            for employer in 0..<city.employers.units {
                for place in city.participation.places(at: employer) {
                    let spell = city.participation.spells[Int(place)]
                    let months = min(last, Int(spell.until) - 1) - max(first, Int(spell.from)) + 1
                    guard months > 0 else { continue }
                    all.append(
                        Paid(
                            payer: UInt32(employer), person: spell.person, months: months, base: Int(spell.base),
                            insured: true))
                }
            }
        }
        let wanted: Activity = isContracted ? .uninsured : .casual
        for person in city.people.residents.indices
        where city.people.residents[person].activity == wanted && city.isAlive(person, at: last) {
            guard !city.employers.payers.isEmpty else { break }
            var draws = Draws(city.plan.seed, .oldPay, person)
            let payer = draws.one(of: city.employers.payers)
            all.append(
                Paid(
                    payer: payer, person: UInt32(person), months: isContracted ? 4 + draws.below(9) : 1,
                    base: 4_000 + draws.below(5_000), insured: false))
        }
        all.sort { ($0.payer, $0.person) < ($1.payer, $1.person) }
        // Whoever left a payer and came back stands there once, with all his months.
        return all.reduce(into: []) { rows, paid in
            guard let last = rows.last, last.payer == paid.payer, last.person == paid.person else {
                return rows.append(paid)
            }
            rows[rows.count - 1].months += paid.months
        }
    }
}
