import Formats
import Kernel

/// What every unit owed and paid in a month, line by line of the notice C12-TS (Decision 366/QĐ-BHXH).
struct AccountList: CityList {
    let month: Month
    let key = "c12-ts"
    let sender = "bhxh-thanh-pho"
    let form = ListForm.text(separator: ";", isDecomposed: false)
    var period: String { month.description }

    init(period: Month) { month = period }

    private struct Amounts {
        var funds = [0, 0, 0, 0, 0]
        var sum: Int { funds.reduce(0, +) }

        static func + (left: Amounts, right: Amounts) -> Amounts {
            Amounts(funds: zip(left.funds, right.funds).map { $0 + $1 })
        }
        static func - (left: Amounts, right: Amounts) -> Amounts {
            Amounts(funds: zip(left.funds, right.funds).map { $0 - $1 })
        }
    }

    func write(_ city: City, into list: ListWriter) throws {
        let names = FirmNames(city: city)
        let time = city.plan.time(of: month)
        try list.begin(
            "",
            ListHead(
                city.titles(
                    "Bảo hiểm xã hội thành phố", "Tổng hợp thông báo kết quả đóng BHXH, BHYT, BHTN (C12-TS)",
                    "Tháng \(month.vietnamese)"),
                [
                    "Mã đơn vị", "Tên đơn vị", "STT", "Nội dung", "Ốm đau, thai sản", "Hưu trí, tử tuất", "BHYT",
                    "BHTN",
                    "TNLĐ, BNN", "Cộng",
                ].map { ListHead.Column($0) }))
        for employer in 0..<city.employers.units {
            let (people, payroll) = payroll(employer, time, city)
            let (before, _) = self.payroll(employer, time - 1, city)
            guard people > 0 || before > 0 else { continue }
            let opening = owed(employer, time - 1, city)
            let closing = owed(employer, time, city)
            let due = amounts(payroll, city)
            let paid = opening + due - closing
            let (code, name, entity) = (names.unitCode(employer), names.name(employer), city.key(employer: employer))
            func line(_ number: String, _ words: String, _ amounts: Amounts?, _ count: Int = 0) throws {
                let cells: [ListCell] =
                    amounts.map { amounts in amounts.funds.map { .money($0) } + [.money(amounts.sum)] }
                    ?? [.empty, .empty, .empty, .empty, .empty, .count(count)]
                try list.add([.text(code), .text(name), .text(number), .text(words)] + cells, .account, entity)
            }
            try line("A.1", "Kỳ trước mang sang - Số lao động", nil, before)
            try line("A.2", "Kỳ trước mang sang - Phải đóng", opening)
            try line("B.1", "Phát sinh trong kỳ - Số lao động", nil, people)
            try line("B.2", "Phát sinh trong kỳ - Quỹ lương", nil, payroll)
            try line("B.3", "Phát sinh trong kỳ - Phải đóng", due)
            try line("C", "Số tiền đã nộp trong kỳ", paid)
            try line("Đ.1", "Chuyển kỳ sau - Số lao động", nil, people)
            try line("Đ.2", "Chuyển kỳ sau - Phải đóng", closing)
        }
    }

    private func payroll(_ employer: Int, _ time: Int, _ city: City) -> (people: Int, dong: Int) {
        var (people, sum) = (0, 0)
        for place in city.participation.places(at: employer) {
            let spell = city.participation.spells[Int(place)]
            guard spell.covers(time) else { continue }
            people += 1
            sum += Int(spell.base) * 1_000
        }
        return (people, sum)
    }

    private func amounts(_ payroll: Int, _ city: City) -> Amounts {
        let law = city.plan.law
        return Amounts(
            funds: [law.sickness, law.retirement, law.health, law.unemployment, law.accident].map {
                Int((Double(payroll) * $0 / 100).rounded())
            })
    }

    /// What is short at the end of a month: what one in fourteen employers owes of it, of one month or of several.
    private func owed(_ employer: Int, _ time: Int, _ city: City) -> Amounts {
        var draws = Draws(city.plan.seed, .details, employer, 40)
        let isLate = city.employers.all[employer].kind.isEnterprise && draws.chance(0.07)
        let months = isLate ? 1 + draws.below(7) : 0
        guard months > 0 else { return Amounts() }
        return (max(time - months + 1, 0)...max(time, 0)).reduce(Amounts()) {
            $0 + amounts(payroll(employer, $1, city).dong, city)
        }
    }
}
