import Province
public import PlanText
public import Access
import Database
public import Kernel

extension Right {
    public static let viewWork = Right("work.read", "Xem việc của đơn vị mình và việc đơn vị mình phối hợp")
    public static let viewWholePlan = Right("work.read-all", "Xem việc của mọi đơn vị")
}

/// Which work a person may see: the ``Scope``, what one reviews, what one coordinates. Every query for work takes one;
/// only a viewer makes it.
public struct WorkScope: Sendable, Hashable {
    enum Reach: Sendable, Hashable {
        case everything
        /// Work led by these units, or by any of the many units of these agencies, and work of these tasks led by agencies
        /// (or by anybody).
        case bounded(leads: [String], unitsOf: [AgencyCode], coordinatedTasks: [String], agenciesOnly: Bool)
    }

    let reach: Reach

    public init(_ viewer: Viewer, in plan: PlanDefinition) {
        guard case .bounded(let units, let communes) = viewer.workScope.reach else {
            reach = .everything
            return
        }
        guard viewer.may(.viewWork) else {
            reach = .bounded(leads: [], unitsOf: [], coordinatedTasks: [], agenciesOnly: true)
            return
        }
        // Who reviews an agency sees what that agency leads and what it coordinates.
        let below = plan.agencies.filter { agency in
            viewer.may(.review) && viewer.agency != nil && agency.superior == viewer.agency
        }.map(\.code)
        // The agency's own officers see all its units; a unit's see their own, and what the units were given in common.
        let whole = viewer.unit == nil ? [viewer.agency].compactMap(\.self) : []
        let common = viewer.unit.flatMap { plan.agency($0.agency) }.flatMap { $0.standsForUnits ? $0.code : nil }
        var leads = units + communes.map(UnitCode.commune) + below.map(UnitCode.agency)
        if viewer.may(.review), let agency = viewer.agency {
            leads += plan.bodies.filter { unit in
                guard case .agencyUnit = unit else { return false }
                return plan.superior(of: unit) == agency
            }
        }
        if let common { leads.append(.agency(common)) }
        let coordinators = [viewer.agency ?? plan.communesAgency?.code].compactMap(\.self) + below
        let tasks =
            viewer.role == .groupHead
            ? [] : plan.tasks.filter { task in coordinators.contains { task.coordinators.contains($0) } }.map(\.code)
        // Whoever has an area, or is of one unit among many, sees the work of communes and units inside it only, even of
        // tasks coordinated everywhere.
        reach = .bounded(
            leads: Array(Set(leads.map(\.text))).sorted(), unitsOf: Set(whole + below).sorted(),
            coordinatedTasks: tasks, agenciesOnly: !communes.isEmpty || viewer.unit != nil)
    }

    /// A condition on `task_instance i` and its values.
    var condition: (sql: String, values: [SQLValue]) {
        switch reach {
        case .everything:
            return ("1 = 1", [])
        case .bounded(let leads, let agencies, let tasks, let agenciesOnly):
            var parts: [String] = []
            if !leads.isEmpty { parts.append("i.lead IN (\(Self.marks(leads.count)))") }
            // A code holds no letter that LIKE reads otherwise.
            parts += agencies.map { _ in "i.lead LIKE ?" }
            if !tasks.isEmpty {
                parts.append(
                    "(i.task IN (\(Self.marks(tasks.count)))" + (agenciesOnly ? " AND i.lead_kind = 'agency')" : ")"))
            }
            guard !parts.isEmpty else { return ("1 = 0", []) }
            let values = leads + agencies.map { "\($0):%" } + tasks
            return ("(" + parts.joined(separator: " OR ") + ")", values.map(\.sqlValue))
        }
    }

    /// Whether the work of a task led by a unit lies within the scope.
    public func covers(task: String, lead: UnitCode) -> Bool {
        switch reach {
        case .everything: return true
        case .bounded(let leads, let agencies, let tasks, let agenciesOnly):
            if leads.contains(lead.text) { return true }
            if case .agencyUnit(let unit) = lead, agencies.contains(unit.agency) { return true }
            guard tasks.contains(task) else { return false }
            if case .agency = lead { return true }
            return !agenciesOnly
        }
    }

    static func marks(_ count: Int) -> String { Array(repeating: "?", count: count).joined(separator: ", ") }
}

extension Viewer {
    /// Whether the person works on what this unit leads.
    public func worksFor(_ lead: UnitCode) -> Bool { may(.handIn) && ownUnits.contains(lead) }

    /// Whether the person accepts or returns this work.
    public func reviews(_ item: WorkItem) -> Bool {
        guard may(.review), unit == nil, let superior = item.superior, let agency else { return false }
        return superior == agency
    }

    /// Whether what concerns this unit as a whole is open to the person: its own officers, offices that have it in their
    /// area, and whoever follows the whole plan.
    public func follows(_ unit: UnitCode) -> Bool { workScope.covers(unit) }

    /// Whose work may be seen, before what one reviews and coordinates (``WorkScope``).
    var workScope: Scope { scope(of: .viewWork, everything: .viewWholePlan) }

    /// Whether the person has a right that counts in the agency that coordinates the plan alone.
    public func may(_ right: Right, for plan: PlanDefinition) -> Bool {
        may(right) && agency == plan.coordinatingAgency
    }

    /// Whether the person may open a product's file of this lead's work (which must lie within the scope already).
    public func mayOpenFile(personal: Bool, of lead: UnitCode, in plan: PlanDefinition) -> Bool {
        guard may(.openFiles) else { return false }
        guard personal else { return true }
        guard may(.openPersonLists) else { return false }
        if ownUnits.contains(lead) { return true }
        if may(.openAllPersonLists) { return true }
        switch lead {
        case .agency: return false
        case .agencyUnit(let code): return unit == nil && agency == code.agency
        case .commune(let code): return communes.contains(code)
        }
    }
}
