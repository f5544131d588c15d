import Province
public import PlanText
public import Access
import Database
public import Kernel

/// Which work a person may see. Every query for work takes one; only a viewer makes it.
public struct WorkScope: Sendable, Hashable {
    enum Reach: Sendable, Hashable {
        case everything
        /// Work led by these units, and work of these tasks led by agencies (or by anybody).
        case bounded(leads: [String], coordinatedTasks: [String], agenciesOnly: Bool)
    }

    let reach: Reach

    public init(_ viewer: Viewer, in plan: PlanDefinition) {
        guard viewer.may(.viewWork) else {
            reach = .bounded(leads: [], coordinatedTasks: [], agenciesOnly: true)
            return
        }
        guard !viewer.may(.viewWholePlan) else {
            reach = .everything
            return
        }
        // Who reviews an agency sees what that agency leads and what it coordinates.
        let below = plan.agencies.filter { agency in
            viewer.may(.review) && viewer.agency != nil && agency.superior == viewer.agency
        }.map(\.code)
        let leads = viewer.ownUnits + viewer.communes.map(UnitCode.commune) + below.map(UnitCode.agency)
        let coordinators = [viewer.agency ?? plan.communesAgency?.code].compactMap(\.self) + below
        let tasks =
            viewer.role == .groupHead
            ? [] : plan.tasks.filter { task in coordinators.contains { task.coordinators.contains($0) } }.map(\.code)
        // Whoever has an area sees communes' work inside it only, even of tasks coordinated everywhere.
        reach = .bounded(
            leads: Array(Set(leads.map(\.text))).sorted(), coordinatedTasks: tasks,
            agenciesOnly: !viewer.communes.isEmpty)
    }

    /// A condition on `task_instance i` and its values.
    var condition: (sql: String, values: [SQLValue]) {
        switch reach {
        case .everything:
            return ("1 = 1", [])
        case .bounded(let leads, let tasks, let agenciesOnly):
            var parts: [String] = []
            if !leads.isEmpty { parts.append("i.lead IN (\(Self.marks(leads.count)))") }
            if !tasks.isEmpty {
                parts.append(
                    "(i.task IN (\(Self.marks(tasks.count)))" + (agenciesOnly ? " AND i.lead_kind = 'agency')" : ")"))
            }
            guard !parts.isEmpty else { return ("1 = 0", []) }
            return ("(" + parts.joined(separator: " OR ") + ")", (leads + tasks).map(\.sqlValue))
        }
    }

    /// Whether the work of a task led by a unit lies within the scope.
    public func covers(task: String, lead: UnitCode) -> Bool {
        switch reach {
        case .everything: return true
        case .bounded(let leads, let tasks, let agenciesOnly):
            if leads.contains(lead.text) { return true }
            guard tasks.contains(task) else { return false }
            if case .commune = lead { return !agenciesOnly }
            return true
        }
    }

    static func marks(_ count: Int) -> String { Array(repeating: "?", count: count).joined(separator: ", ") }
}

extension Viewer {
    /// Whether the person works on what this unit leads.
    public func worksFor(_ lead: UnitCode) -> Bool { may(.work) && ownUnits.contains(lead) }

    /// Whether the person accepts or returns this work.
    public func reviews(_ item: WorkItem) -> Bool {
        guard may(.review), let superior = item.superior, let agency else { return false }
        return superior == agency
    }

    /// Whether the person keeps the plan: completes it, overrides its deadlines.
    public func steers(_ plan: PlanDefinition) -> Bool { may(.steer) && agency == plan.coordinatingAgency }

    /// Whether the person may open a product's file of this lead's work (which must lie within the scope already).
    public func mayOpenFile(personal: Bool, of lead: UnitCode, in plan: PlanDefinition) -> Bool {
        guard may(.openFiles) else { return false }
        guard personal else { return true }
        guard may(.openPersonLists) else { return false }
        if ownUnits.contains(lead) { return true }
        if role == .insuranceProvince { return true }
        if case .commune(let code) = lead { return communes.contains(code) }
        return false
    }
}
