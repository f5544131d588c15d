import Province
import PlanText
import Database
import Kernel

/// The order of a list of work. What is equal in it comes as lists do without one: by due day, then as the plan has it.
public struct WorkOrder: Sendable, Hashable {
    public enum Part: String, Sendable, CaseIterable {
        case task
        /// By the name of whoever leads.
        case lead
        case period
        /// Work without a day comes last either way.
        case due
        /// What presses comes first.
        case status
    }

    public let part: Part
    public let isDescending: Bool

    public init(_ part: Part, descending: Bool = false) {
        self.part = part
        isDescending = descending
    }
}

extension WorkStatus {
    /// From what presses to what is over: the order of states in lists.
    public static let pressing: [WorkStatus] = [
        .late, .returned, .open, .extended, .submitted, .accepted, .notDue, .beforeUse,
    ]

    /// Its place among them.
    public var rank: Int { Self.pressing.firstIndex(of: self) ?? Self.pressing.count }
}

extension PlanDefinition {
    /// Units by the order of their names.
    var unitsByName: [UnitCode] {
        let units: [UnitCode] = bodies + communes.codes.map { .commune($0) }
        return units.map { (unit: $0, name: VietnameseText.fold(name(of: $0))) }.sorted { $0.name < $1.name }
            .map(\.unit)
    }
}

extension WorkQueries {
    static let listOrder = "i.due_key, i.task_order, i.lead, i.id"

    /// What stands behind `ORDER BY`. Names are no matter of the database: rows are put in their order afterwards (``byName``).
    static func ordering(_ order: WorkOrder?, today: Day) -> (sql: String, values: [SQLValue]) {
        guard let order else { return (listOrder, []) }
        let direction = order.isDescending ? " DESC" : ""
        switch order.part {
        case .task: return ("i.task_order\(direction), \(listOrder)", [])
        case .period: return ("i.opens_on\(direction), i.period\(direction), \(listOrder)", [])
        case .due:
            return ("CASE WHEN i.due IS NULL THEN 1 ELSE 0 END, i.due_key\(direction), \(listOrder)", [])
        case .status:
            var (cases, values): ([String], [SQLValue]) = ([], [])
            for status in WorkStatus.pressing {
                let (sql, bound) = condition(status, today: today)
                cases.append("WHEN \(sql) THEN \(status.rank)")
                values += bound
            }
            return ("CASE \(cases.joined(separator: " ")) ELSE 99 END\(direction), \(listOrder)", values)
        case .lead: return (listOrder, [])
        }
    }

    /// Puts rows in the order of their leads' names, where that is asked for; what is equal stays as it came.
    static func byName<Row>(
        _ rows: [Row], _ order: WorkOrder?, plan: PlanDefinition, lead: (Row) -> String
    ) -> [Row] {
        guard let order, order.part == .lead else { return rows }
        let ranks = Dictionary(
            plan.unitsByName.enumerated().map { ($0.element.text, $0.offset) }, uniquingKeysWith: { first, _ in first })
        return rows.enumerated().map { (index: $0.offset, row: $0.element, rank: ranks[lead($0.element)] ?? Int.max) }
            .sorted { left, right in
                if left.rank != right.rank {
                    return order.isDescending ? left.rank > right.rank : left.rank < right.rank
                }
                return left.index < right.index
            }.map(\.row)
    }
}
