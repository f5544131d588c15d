import Foundation
public import Kernel

/// A small case by which the effect of another value shows: what came of it before, and what comes now.
public struct Example: Sendable {
    /// In Vietnamese: whose case it is.
    public let words: String
    public let calculation: Calculation
    let input: [String: any Sendable]

    /// What the case comes to.
    /// - Returns: nil where the table cannot answer.
    public func answer(_ table: ParameterTable) -> Calculation.Answer? { try? result(table).get() }

    /// What the case comes to, or why not.
    func result(_ table: ParameterTable) -> Result<Calculation.Answer, any Error> {
        Result { try calculation.answer(try JSONSerialization.data(withJSONObject: input), table) }
    }

    /// Cases of every calculation, placed so that they ask for the parameters of a day. Amounts and ages are those of
    /// invented people; none of them is the law's.
    /// - Parameters:
    ///   - day: that the cases ask about.
    ///   - table: whose least income one of the cases chooses, and whose clocks are started.
    public static func all(on day: Day, _ table: ParameterTable? = nil) -> [Example] {
        let month = Month(of: day)
        func example(_ name: String, _ words: String, _ input: [String: any Sendable]) -> Example? {
            (try? Calculation.named(name)).map { Example(words: words, calculation: $0, input: input) }
        }
        let first = month.firstDay.description
        let on = day.description
        var examples: [Example?] = []
        for group in SupportGroup.allCases {
            examples.append(
                example(
                    "voluntary-contribution", "\(group.words), chọn 5.000.000 đồng, đóng hằng tháng",
                    ["income": 5_000_000, "cadence": "monthly", "start": month.description, "group": group.rawValue]))
        }
        if let least = table.flatMap({ try? VoluntaryTerms($0, on: day) })?.leastIncome.amount {
            examples.append(
                example(
                    "voluntary-contribution", "chọn mức thấp nhất hiện nay \(VietnameseText.grouped(least)) đồng",
                    ["income": least, "cadence": "monthly", "start": month.description]))
        }
        examples += [
            example(
                "voluntary-contribution", "chọn 5.000.000 đồng, đóng một lần cho 5 năm về sau",
                ["income": 5_000_000, "cadence": "ahead", "years": 5, "start": month.description, "paidOn": on]),
            example(
                "voluntary-refund", "đã đóng 12 tháng, sau 3 tháng sang đóng bắt buộc",
                [
                    "income": 5_000_000, "cadence": "12-months", "start": month.description,
                    "endedFrom": month.adding(months: 3).description,
                ]),
        ]
        for clock in table?.clocks ?? [] {
            examples.append(
                example("deadline", "\(clock.starts) \(day.vietnamese)", ["clock": clock.name, "from": on]))
        }
        for group in CompulsoryGroup.allCases {
            for salary in [1_000_000, 10_000_000, 500_000_000] {
                examples.append(
                    example(
                        "compulsory-contribution", "\(group.words), lương tháng \(VietnameseText.grouped(salary)) đồng",
                        ["salary": salary, "month": month.description, "group": group.rawValue, "region": "I"]))
            }
        }
        for kind in ["unpaid", "underdeclared"] {
            examples.append(
                example(
                    "late-payment", "nợ 100.000.000 đồng của tháng \(month.adding(months: -4).vietnamese)",
                    [
                        "kind": kind, "amount": 100_000_000, "month": month.adding(months: -4).description, "asOf": on,
                        "remindedOn": day.adding(days: -20).description,
                    ]))
        }
        examples.append(
            example(
                "late-payment", "không đăng ký cho người lao động từ 90 ngày trước",
                [
                    "kind": "unregistered", "amount": 10_000_000, "asOf": on,
                    "subjectFrom": day.adding(days: -90).description,
                ]))
        for act in Fine.Act.allCases {
            examples.append(
                example(
                    "fine", "vi phạm của tổ chức vào ngày \(day.vietnamese)",
                    ["act": act.rawValue, "on": on, "workers": 60, "amount": 50_000_000, "offender": "organisation"]))
        }
        for sex in Sex.allCases {
            let whose = sex == .male ? "nam" : "nữ"
            examples.append(
                example(
                    "pension", "\(whose), đóng 22 năm 4 tháng, bình quân 6.000.000 đồng",
                    ["sex": sex.rawValue, "monthsContributed": 268, "averageIncome": 6_000_000, "on": on]))
            examples.append(
                example(
                    "pension", "\(whose), đóng 16 năm, bắt buộc, bình quân 2.000.000 đồng, nghỉ sớm 1 năm",
                    [
                        "sex": sex.rawValue, "monthsContributed": 192, "averageIncome": 2_000_000, "on": on,
                        "monthsEarly": 12, "scheme": "compulsory",
                    ]))
            for years in sex == .male ? [57, 60, 62] : [55, 57, 58] {
                examples.append(
                    example(
                        "retirement-age", "\(whose), sinh năm \(day.year - years)",
                        ["sex": sex.rawValue, "birth": "\(day.year - years)-06-15"]))
            }
        }
        examples += [
            example(
                "lump-sum", "đóng 3 năm trước 2014 và 10 năm từ 2014, bình quân 6.000.000 đồng",
                ["monthsBefore2014": 36, "monthsFrom2014": 120, "averageIncome": 6_000_000, "on": on]),
            example(
                "maternity-voluntary", "sinh một con, đã đóng 7 tháng",
                ["children": 1, "monthsInLast12": 7, "on": on]),
            example(
                "social-pension", "72 tuổi, hộ nghèo", ["birth": "\(day.year - 72)-01-01", "on": on, "poor": true]),
            example("social-pension", "76 tuổi", ["birth": "\(day.year - 76)-01-01", "on": on]),
            example(
                "who-must-join", "chủ hộ kinh doanh kê khai, doanh thu 700 triệu đồng",
                [
                    "birth": "1985-01-01", "on": on, "sex": "female",
                    "householdOwner": [
                        "registered": true, "taxMethod": "declaration",
                        "revenue": ["\(day.year)": 700_000_000, "\(day.year - 1)": 700_000_000],
                    ] as [String: any Sendable],
                ]),
            example(
                "who-must-join", "hợp đồng 2 tháng, làm không trọn thời gian",
                [
                    "birth": "1985-01-01", "on": first,
                    "sex": "female",
                    "contract": ["months": 2, "partTime": true, "monthlyPay": 2_500_000] as [String: any Sendable],
                ]),
            example("who-must-join", "16 tuổi, chưa đi làm", ["birth": "\(day.year - 16)-01-01", "on": on]),
            example(
                "who-must-join", "người nước ngoài, hợp đồng 12 tháng",
                [
                    "birth": "1985-01-01", "on": on, "sex": "male", "vietnamese": false,
                    "foreigner": ["contractMonths": 12, "intraCompany": false] as [String: any Sendable],
                ]),
        ]
        return examples.compactMap(\.self)
    }
}

/// What another table changes: told before an amendment is kept.
public struct Effect: Sendable {
    public struct Change: Sendable, Equatable {
        public let example: String
        /// The output's name and what it was and becomes, as programs read them.
        public let output: String
        public let before: String
        public let after: String
    }

    public struct OfCalculation: Sendable, Equatable {
        public let name: String
        public let summary: String
        /// Cases whose result differs, of all cases asked.
        public let changed: Int
        public let asked: Int
        public let first: Change?
    }

    /// Calculations with a case that changes, in the order of ``Calculation/all``.
    public let changed: [OfCalculation]
    /// Calculations that rest on the parameter, by name; whether or not a case differs.
    public let resting: [String]

    /// Calculations of which a case rests on a parameter, by name.
    public static func users(of key: String, in table: ParameterTable, on day: Day) -> [String] {
        let resting = Set(
            Example.all(on: day, table).filter { example in
                example.answer(table)?.used.contains { $0.key == key } ?? false
            }.map(\.calculation.name))
        return Calculation.all.map(\.name).filter(resting.contains)
    }

    /// Compares two tables by the cases of a day.
    public init(of key: String, from old: ParameterTable, to new: ParameterTable, on day: Day) {
        let examples = Example.all(on: day, old)
        var changed: [OfCalculation] = []
        var resting: [String] = []
        for calculation in Calculation.all {
            let own = examples.filter { $0.calculation.name == calculation.name }
            let answers = own.map { ($0, $0.result(old), $0.result(new)) }
            let changes = answers.compactMap { example, before, after in
                Self.change(example, before, after)
            }
            let rests = answers.contains { _, before, after in
                [before, after].contains { answer in
                    ((try? answer.get())?.used ?? []).contains { $0.key == key }
                }
            }
            if rests || !changes.isEmpty { resting.append(calculation.name) }
            if !changes.isEmpty {
                changed.append(
                    .init(
                        name: calculation.name, summary: calculation.summary, changed: changes.count, asked: own.count,
                        first: changes.first))
            }
        }
        self.changed = changed
        self.resting = resting
    }

    private static func change(
        _ example: Example, _ before: Result<Calculation.Answer, any Error>,
        _ after: Result<Calculation.Answer, any Error>
    ) -> Change? {
        switch (before, after) {
        case (.success(let old), .success(let new)):
            let differing = zip(old.outputs, new.outputs).filter { $0.value != $1.value }
            guard !differing.isEmpty else { return nil }
            // What a person pays or gets says more than what it is made of.
            let told = ["payable", "total", "refund", "amount", "interest", "to", "reachedOn", "monthly"]
            let one = differing.first { told.contains($0.0.name) } ?? differing[0]
            return Change(
                example: example.words, output: one.0.name, before: one.0.value.words, after: one.1.value.words)
        case (.failure, .failure): return nil
        case (.success(let old), .failure(let error)):
            return Change(
                example: example.words, output: "",
                before: old.outputs.first { $0.name == "payable" }?.value.words ?? "tính được",
                after: "không tính được: \(Self.words(error))")
        case (.failure(let error), .success(let new)):
            return Change(
                example: example.words, output: "", before: "không tính được: \(Self.words(error))",
                after: new.outputs.first { $0.name == "payable" }?.value.words ?? "tính được")
        }
    }

    private static func words(_ error: any Error) -> String {
        if case .input(_, let reason)? = error as? LegislationError { return reason }
        return "\(error)"
    }
}

extension JSONValue {
    /// For a person who reads an output: amounts grouped.
    var words: String {
        switch self {
        case .int(let value): VietnameseText.grouped(value)
        case .double(let value): "\(value)".replacing(".", with: ",")
        case .string(let value): value
        case .bool(let value): value ? "có" : "không"
        case .null: "–"
        case .strings(let values): values.joined(separator: "; ")
        }
    }
}
