import Foundation
import Kernel
import Testing

@testable import Legislation

/// What must hold whatever is put in.
@Suite
struct LawPropertyTests {
    struct Draw: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    private static func terms(_ month: Month) throws -> VoluntaryTerms {
        try VoluntaryTerms(CaseTests.table.get(), on: month.firstDay)
    }

    @Test
    func `a higher income never costs less, and support is never above the contribution`() throws {
        var draw = Draw(state: 1)
        let start = try #require(Month("2026-11"))
        let terms = try Self.terms(start)
        let interest = try #require(Share(percent: "0.31"))
        for _ in 0..<2_000 {
            let income = Int.random(in: terms.leastIncome.amount..<terms.mostIncome.amount, using: &draw)
            let group = SupportGroup.allCases.randomElement(using: &draw) ?? .other
            let cadence = VoluntaryCadence.allCases.randomElement(using: &draw) ?? .monthly
            func payment(_ income: Int) throws -> VoluntaryContribution {
                try VoluntaryContribution(
                    .init(
                        income: income, cadence: cadence, start: start, years: 2, months: 17, group: group,
                        specialZone: false, monthsSupported: income % 130), terms, interest: interest)
            }
            let one = try payment(income)
            #expect(one.support <= one.total && one.payable + one.support == one.total && one.payable >= .zero)
            let more = try VoluntaryContribution(
                .init(
                    income: income + 1, cadence: cadence, start: start, years: 2, months: 17, group: group,
                    monthsSupported: income % 130), terms, interest: interest)
            #expect(more.total >= one.total && more.payable >= one.payable)
            #expect(
                one.supportedMonths + one.supportMonthsLeft + min(income % 130, 120) == 120
                    || one.supportMonthsLeft == 0)
        }
    }

    @Test
    func `months paid one by one cost together what a year at once costs, and a change of parameters splits cleanly`()
        throws
    {
        let table = try CaseTests.table.get()
        let start = try #require(Month("2026-07"))
        let income = 3_000_000
        let year = try VoluntaryContribution(
            .init(income: income, cadence: .twelveMonths, start: start), Self.terms(start))
        // A period that was priced is not priced anew: the months of 2027 would have more support.
        var single = Dong.zero
        var support = Dong.zero
        for index in 0..<12 {
            let month = start.adding(months: index)
            let one = try VoluntaryContribution(
                .init(income: income, cadence: .monthly, start: month), VoluntaryTerms(table, on: month.firstDay))
            single = single + one.total
            support = support + one.support
        }
        #expect(single == year.total)
        // Six months of 66,000 and six of 96,800.
        #expect(support == Dong(6 * 66_000 + 6 * 96_800) && year.support == Dong(12 * 66_000))
    }

    @Test
    func `a bill's parts add up, rise with the salary, and the trace tells each of them`() throws {
        let table = try CaseTests.table.get()
        var draw = Draw(state: 2)
        let month = try #require(Month("2026-10"))
        var before = Dong.zero
        for salary in (0..<400).map({ _ in Int.random(in: 0...150_000_000, using: &draw) }).sorted() {
            var trace = Trace()
            let bill = try CompulsoryContribution(
                .init(salary: salary, month: month, region: "I"), table, trace: &trace)
            #expect(bill.total >= before)
            before = bill.total
            #expect(bill.amount(.employee) + bill.amount(.employer) + bill.amount(.own) == bill.total)
            let told = trace.steps.filter { $0.sum == "total" }.compactMap(\.amount).reduce(.zero, +)
            #expect(told == bill.total)
        }
    }

    @Test
    func `a pension rises with every month contributed and never passes its most`() throws {
        let table = try CaseTests.table.get()
        let day = try #require(Day("2026-11-01"))
        for sex in Sex.allCases {
            var before = Dong.zero
            for months in 180...600 {
                var none = NoTrace()
                let pension = try Pension(
                    .init(sex: sex, monthsContributed: months, averageIncome: 10_000_000, on: day), table, trace: &none)
                #expect(pension.amount >= before && pension.amount <= Dong(7_500_000), "\(sex) \(months)")
                before = pension.amount
            }
        }
    }

    @Test
    func `what waits for a document names it, and is reckoned once a value is entered`() throws {
        let files = try CaseTests.table.get()
        let month = try #require(Month("2026-10"))
        let input = CompulsoryContribution.Input(salary: 5_060_000, month: month, group: .conscript, unpaidDays: 15)
        func bill(_ table: ParameterTable) throws -> CompulsoryContribution {
            var none = NoTrace()
            return try CompulsoryContribution(input, table, trace: &none)
        }
        let key = "coverage.unpaid_leave.groups_d_e_k"
        let refusal = #expect(throws: LegislationError.self) { _ = try bill(files) }
        #expect(refusal.map { "\($0)" }?.contains(key) ?? false)
        for (days, total) in [(14, 0), (16, 1_138_500)] {
            let value = DatedValue(
                value: .count(days), from: month.firstDay, to: nil, source: "thử", confidence: .verified)
            let table = try files.amended(by: [Amendment(key: key, value: value)])
            #expect(try bill(table).total == Dong(total))
        }
    }

    @Test
    func `a lump sum from 2014 never falls with another month, and odd months before it count as if they came after`()
        throws
    {
        let table = try CaseTests.table.get()
        let day = try #require(Day("2026-11-01"))
        func amount(_ before: Int, _ from: Int) throws -> Dong {
            var none = NoTrace()
            return try LumpSum(
                .init(monthsBefore2014: before, monthsFrom2014: from, averageIncome: 7_654_321, on: day), table,
                trace: &none
            ).amount
        }
        var last = Dong.zero
        for months in 0...400 {
            let one = try amount(0, months)
            #expect(one >= last, "\(months)")
            last = one
        }
        for before in 0...40 {
            for from in 12...40 {
                #expect(try amount(before, from) == amount(before / 12 * 12, from + before % 12), "\(before) \(from)")
            }
        }
    }

    @Test
    func `late payment of people not registered becomes evasion on the 61st day, and its days count from the first`()
        throws
    {
        let table = try CaseTests.table.get()
        let subject = try #require(Day("2026-01-01"))
        for days in 0...200 {
            var none = NoTrace()
            let late = try LatePayment(
                .init(
                    kind: .unregistered, amount: 1_000_000, asOf: subject.adding(days: 30 + days), subjectFrom: subject),
                table, trace: &none)
            #expect(late.lateDays == days && late.becomesEvasionOn == late.deadline.adding(days: 61))
            #expect((late.status == .evasion) == (days >= 61) && (late.evasionFrom != nil) == (days >= 61))
            #expect(late.evasionDays == (days >= 61 ? days : 0))
        }
    }

    @Test
    func `interest of late payment adds up day by day within the rounding of one đồng`() throws {
        let table = try CaseTests.table.get()
        let month = try #require(Month("2026-03"))
        let deadline = try #require(Day("2026-04-30"))
        for days in [1, 2, 60, 61, 400] {
            var none = NoTrace()
            let late = try LatePayment(
                .init(kind: .unpaid, amount: 123_456_789, asOf: deadline.adding(days: days), month: month), table,
                trace: &none)
            #expect(late.lateDays == days)
            #expect(abs(Double(late.interest.amount) - 123_456_789 * 0.0003 * Double(days)) <= 0.5)
        }
    }

    static let broken: [(String, String)] = [
        (
            "subject: a\ntitle: A\nparameters:\n  - {key: k, name: n, unit: metres, values: [{value: 1, from: 2026-01-01, source: s, confidence: verified}]}",
            "đơn vị “metres” không có"
        ),
        (
            "subject: a\ntitle: A\nparameters:\n  - {key: k, name: n, unit: days, values: [{value: 1, from: 2026-01-01, confidence: verified}]}",
            "thiếu nguồn"
        ),
        (
            "subject: a\ntitle: A\nparameters:\n  - {key: k, name: n, unit: days, values: [{value: 1, from: 2026-01-01, source: s, confidence: verified}, {value: 2, from: 2026-06-01, source: s, confidence: verified}]}",
            "cùng có hiệu lực"
        ),
        (
            "subject: a\ntitle: A\nparameters:\n  - {key: k, name: n, unit: days, values: [{value: x, from: 2026-01-01, source: s, confidence: verified}]}",
            "không đúng với đơn vị"
        ),
        (
            "subject: a\ntitle: A\nparameters:\n  - {key: k, name: n, unit: days, values: [{value: 1, from: 2026-13-01, source: s, confidence: verified}]}",
            "thiếu ngày from"
        ),
        (
            "subject: a\ntitle: A\nparameters:\n  - {key: k, name: n, unit: days, values: [{value: 1, from: 2026-01-01, source: s, confidence: sure}]}",
            "confidence phải là"
        ),
        ("[", "không đọc được"), ("", "không đọc được"),
    ]

    @Test(arguments: broken.indices)
    func `a table that is wrong is refused with its key and remedy`(index: Int) {
        let (text, words) = Self.broken[index]
        #expect(performing: { _ = try ParameterFile.read(text, file: "x.yaml") }, throws: { "\($0)".contains(words) })
    }

    @Test
    func `every value of the shipped tables has a source, and a day without a value is never a zero`() throws {
        let table = try CaseTests.table.get()
        #expect(table.parameters.count > 150 && table.parameters.allSatisfy { !$0.values.isEmpty || $0.awaits != nil })
        #expect(table.gaps().isEmpty)
        let old = try #require(Day("1990-01-01"))
        #expect(throws: LegislationError.self) { _ = try table.dated("reference_level", on: old) }
        #expect(
            performing: { _ = try table.dated("reference_leve", on: old) },
            throws: { "\($0)".contains("có phải là “reference_level”") })
        let (before, after) = (try #require(Day("2026-12-31")), try #require(Day("2027-01-01")))
        #expect(table.changes(from: before, to: after).contains { $0.parameter.key == "poverty_line.rural" })
        #expect(table.coming(after: before).contains { $0.parameter.key == "voluntary.floor" })
    }

    @Test
    func `money is rounded half away from zero, at any size`() throws {
        let half = try #require(Share(1, of: 2))
        #expect(Dong(1) * half == Dong(1) && Dong(-1) * half == Dong(-1) && Dong(3) * half == Dong(2))
        let rate = try #require(Share(percent: "0.03"))
        #expect(Dong(1_000_000_000_000_000) * rate == Dong(300_000_000_000))
        #expect(Dong(.max) * Share.whole == Dong(.max))
        #expect(
            Share(percent: "22")?.percentText == "22 %" && rate.percentText == "0,03 %" && Share(percent: "x") == nil)
        // Found by fuzzing: too long for a word when a hundred times as much, and a sign that was lost.
        #expect(Share(percent: "922358070.00000023")?.percentText == "922358070,00000023 %")
        #expect(Share(percent: "-0.5")?.percentText == "-0,5 %")
        let fine = try #require(Share(percent: "99999.12345678"))
        #expect(abs((fine * fine).double / (999.9912345678 * 999.9912345678) - 1) < 1e-12)
        #expect(abs((fine + fine).double - 1_999.9824691356) < 1e-9)
        #expect(rate * half + half == Share(50_015, of: 100_000))
        var draw = Draw(state: 5)
        for _ in 0..<2_000 {
            let (amount, a, b) = (
                Int.random(in: -10_000_000_000...10_000_000_000, using: &draw), Int.random(in: 0...1_000, using: &draw),
                Int.random(in: 1...1_000, using: &draw)
            )
            let share = try #require(Share(a, of: b))
            let exact = Double(amount) * Double(a) / Double(b)
            #expect(abs(Double((Dong(amount) * share).amount) - exact) <= 0.5 + abs(exact) * 1e-12)
        }
    }
}
