import Formats
import Kernel

/// Whom payers declared to the tax office for a year: 05-1/BK (contracts of three months and more), or 05-2/BK (the others), of
/// Circular 80/2021 as far as its columns help to find people, with the payer in front. The payer with the most people hands over
/// the declaration itself, as XML.
struct TaxedList: CityList {
    /// Whose rows a list holds.
    enum Payers: Sendable {
        case all
        /// All but the one with the most people.
        case many
        /// The one with the most people.
        case greatest
    }

    let year: Int
    let isContracted: Bool
    let payers: Payers
    let sender = "thue-thanh-pho"
    /// Of XML what stands around the rows is known when the payer is.
    var form: ListForm {
        payers == .greatest
            ? .markup(row: "BKeCTietCNhan", behind: "</PLuc_05_1_BK_QTT></PLuc></HSoKhaiThue></HSoThueDTu>\n")
            : .text(separator: ",", isDecomposed: false)
    }
    var key: String { isContracted ? "05-1-bk" : "05-2-bk" }
    var period: String { String(year) }

    init(year: Int, isContracted: Bool, payers: Payers = .all) {
        self.year = year
        self.isContracted = isContracted
        self.payers = payers
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
    struct Paid {
        let payer: UInt32
        let person: UInt32
        var months: Int
        /// Thousand đồng a month; of it insurance is deducted where it is more than 0 months.
        let base: Int
        let insured: Bool
    }

    func write(_ city: City, into list: ListWriter) throws {
        let names = FirmNames(city: city)
        let all = paid(city)
        let counts = Dictionary(grouping: all, by: \.payer).mapValues(\.count)
        // Of equals the first.
        let greatest = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
        if payers == .greatest {
            let (code, name) = greatest.map { (names.taxCode(Int($0)), names.name(Int($0))) } ?? ("", "")
            try list.begin("", ListHead([declaration(of: code, name)], Self.elements.map { ListHead.Column($0) }))
        } else {
            try list.begin("", ListHead([], isContracted ? Self.contracted : Self.casual))
        }
        var payer = UInt32.max
        var (code, name) = ("", "")
        for (place, paid) in all.enumerated() where payers == .all || (paid.payer == greatest) == (payers == .greatest)
        {
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
            let row = payers == .greatest ? [front[0], front[3], front[4], front[6]] + rest.prefix(4) : front + rest
            try list.add(row, .taxedWorker, city.key(person: Int(paid.person)), &draws)
        }
    }

    /// Elements of a row, as far as its columns are written.
    private static let elements = ["ct06", "ct07", "ct08", "ct09", "ct10", "ct12", "ct16", "ct19"]

    /// The declaration up to its first row.
    private func declaration(of code: String, _ name: String) -> String {
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <HSoThueDTu xmlns="http://kekhaithue.gdt.gov.vn/TKhaiThue"><HSoKhaiThue>
        <TTinChung><TTinTKhaiThue><TKhaiThue><KyKKhaiThue><kieuKy>Y</kieuKy><kyKKhai>\(year)</kyKKhai></KyKKhaiThue>
        </TKhaiThue><NNT><mst>\(XMLText.escaped(code))</mst><tenNNT>\(XMLText.escaped(name))</tenNNT></NNT></TTinTKhaiThue></TTinChung>
        <PLuc><PLuc_05_1_BK_QTT>

        """
    }

    func paid(_ city: City) -> [Paid] {
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
