public import Kernel

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

    /// Calculations of which a case rests on a parameter, by name, for every parameter that one rests on. Works out all cases.
    public static func users(in table: ParameterTable, on day: Day) -> [String: [String]] {
        var resting: [String: Set<String>] = [:]
        for example in Example.all(on: day, table) {
            for use in example.answer(table)?.used ?? [] {
                resting[use.key, default: []].insert(example.calculation.name)
            }
        }
        let names = Calculation.all.map(\.name)
        return resting.mapValues { own in names.filter(own.contains) }
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
