public import PlanText
public import Database
public import Kernel

/// What people completed or changed of the plan after its files were written: number and date, the baseline, deadline
/// rules. Each value knows who gave it, when and why; the files stay as issued.
public struct PlanAmendments: Sendable, Equatable {
    /// The settings that can be completed on screen.
    public enum Key: String, Sendable, CaseIterable {
        case number
        case signedOn = "signed-on"
        case effectiveFrom = "effective-from"
        case baselineTotal = "baseline-total"
        case baselineVoluntary = "baseline-voluntary"

        public var title: String {
            switch self {
            case .number: "Số văn bản"
            case .signedOn: "Ngày ký"
            case .effectiveFrom: "Ngày bắt đầu áp dụng"
            case .baselineTotal: "Số liệu gốc – tổng số người tham gia"
            case .baselineVoluntary: "Số liệu gốc – người tham gia tự nguyện"
            }
        }
    }

    public struct Value: Sendable, Equatable {
        public let text: String
        /// The document or reason behind it.
        public let source: String
        /// The cut-off day of a figure.
        public let asOf: Day?
        public let at: Timestamp
        public let by: String
    }

    /// A deadline rule put in the place of the plan's phrase.
    public struct RuleOverride: Sendable, Equatable {
        public let phrase: String
        public let rule: DeadlineRule
        public let reason: String
        /// The first day that it gives to any work.
        public let since: Day
        public let at: Timestamp
        public let by: String
    }

    public private(set) var values: [Key: Value] = [:]
    public private(set) var rules: [String: RuleOverride] = [:]
    /// Days of laws that somebody confirmed, by the laws' keys.
    public private(set) var lawDays: [String: Value] = [:]

    public var deadlines: DeadlineAmendments {
        DeadlineAmendments(
            effectiveFrom: values[.effectiveFrom].flatMap { Day($0.text) }, rules: rules.mapValues(\.rule),
            since: rules.mapValues(\.since))
    }

    /// The latest of each. Identifiers sort by time, so the last row read wins.
    public static func read(on connection: any SQLConnection) throws -> PlanAmendments {
        var amendments = PlanAmendments()
        for row in try connection.rows(
            "SELECT key, value, source, as_of, at, actor_name FROM plan_setting ORDER BY at, id")
        {
            let name = try row.text("key")
            let value = try row.optionalText("value").map { text in
                Value(
                    text: text, source: try row.text("source"), asOf: try row.optionalDay("as_of"),
                    at: try row.timestamp("at"), by: try row.text("actor_name"))
            }
            if let key = Key(rawValue: name) {
                amendments.values[key] = value
            } else if name.hasPrefix(lawPrefix) {
                amendments.lawDays[String(name.dropFirst(lawPrefix.count))] = value
            }
        }
        for row in try connection.rows(
            "SELECT task, phrase, reason, since, at, actor_name FROM deadline_override ORDER BY at, id")
        {
            let task = try row.text("task")
            guard let phrase = try row.optionalText("phrase"), let rule = DeadlineRule(phrase: phrase) else {
                amendments.rules[task] = nil
                continue
            }
            amendments.rules[task] = RuleOverride(
                phrase: phrase, rule: rule, reason: try row.text("reason"),
                since: try row.optionalDay("since") ?? row.timestamp("at").day, at: try row.timestamp("at"),
                by: try row.text("actor_name"))
        }
        return amendments
    }
}

/// One change of a task's rule of deadlines, with how long it held.
public struct RuleChange: Sendable, Equatable {
    /// Nil: back to the plan's own.
    public let phrase: String?
    /// The first day that it gives to any work.
    public let since: Day
    public let reason: String
    public let at: Timestamp
    public let by: String
    /// When another one took its place; nil for the last.
    public let until: Timestamp?
}

extension PlanAmendmentService {
    /// Every change of a task's rule, the latest first.
    public func ruleChanges(of task: String) async throws -> [RuleChange] {
        let rows = try await store.read { connection in
            try connection.rows(
                "SELECT phrase, reason, since, at, actor_name FROM deadline_override WHERE task = ? ORDER BY at, id",
                task)
        }
        let moments = try rows.map { try $0.timestamp("at") }
        return try rows.enumerated().map { index, row in
            RuleChange(
                phrase: try row.optionalText("phrase"), since: try row.optionalDay("since") ?? moments[index].day,
                reason: try row.text("reason"), at: moments[index], by: try row.text("actor_name"),
                until: index + 1 < moments.count ? moments[index + 1] : nil)
        }.reversed()
    }
}
