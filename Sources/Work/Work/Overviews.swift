public import PlanText
public import Access
import Database
public import Kernel
import Province

/// A unit with its work of a year.
public struct UnitOverview: Sendable {
    public let unit: UnitCode
    public let counts: WorkCounts

    public init(unit: UnitCode, counts: WorkCounts) {
        self.unit = unit
        self.counts = counts
    }
}

/// A product that is due and not there.
public struct MissingProduct: Sendable {
    public let item: WorkItem
    public let slot: ProductSlot
}

extension WorkService {
    public func page(
        _ filter: WorkFilter, by order: WorkOrder? = nil, for viewer: Viewer, page: Int, size: Int
    ) async throws -> WorkListing {
        let today = clock.today
        let scope = scope(of: viewer)
        return try await store.read { connection in
            try WorkQueries.page(
                filter, counts: counts(filter, scope: scope, today: today, on: connection),
                order: self.order(filter, by: order, scope: scope, today: today, on: connection), page: page,
                size: size,
                on: connection)
        }
    }

    public func items(
        _ filter: WorkFilter, by order: WorkOrder? = nil, for viewer: Viewer, limit: Int
    ) async throws -> [WorkItem] {
        let today = clock.today
        let scope = scope(of: viewer)
        return try await store.read { connection in
            try WorkQueries.items(
                filter, by: order, scope: scope, plan: plan, today: today, limit: limit, on: connection)
        }
    }

    public func counts(_ filter: WorkFilter, for viewer: Viewer) async throws -> WorkCounts {
        let today = clock.today
        let scope = scope(of: viewer)
        return try await store.read { connection in
            try counts(filter, scope: scope, today: today, on: connection)
        }
    }

    public func countsByTask(_ filter: WorkFilter, for viewer: Viewer) async throws -> [String: WorkCounts] {
        let today = clock.today
        let scope = scope(of: viewer)
        return try await store.read { connection in
            try WorkQueries.countsByTask(filter, scope: scope, plan: plan, today: today, on: connection)
        }
    }

    /// By due day as text; work without one under `9999-12-31`.
    public func countsByDay(_ filter: WorkFilter, for viewer: Viewer) async throws -> [String: WorkCounts] {
        let today = clock.today
        let scope = scope(of: viewer)
        return try await store.read { connection in
            try WorkQueries.countsByDay(filter, scope: scope, plan: plan, today: today, on: connection)
        }
    }

    /// Every unit of the scope that leads work in a year: agencies in the plan's order with their units, then
    /// communes by code.
    public func units(year: Int, for viewer: Viewer) async throws -> [UnitOverview] {
        let today = clock.today
        let scope = scope(of: viewer)
        let counts = try await store.read { connection in
            try WorkQueries.countsByLead(WorkFilter(year: year), scope: scope, plan: plan, today: today, on: connection)
        }
        let units: [UnitCode] = plan.bodies + plan.communes.codes.map { .commune($0) }
        return units.compactMap { unit in counts[unit.text].map { UnitOverview(unit: unit, counts: $0) } }
    }

    /// Products that are due by `until` (or overdue) and not handed in, of one unit.
    public func missingProducts(of unit: UnitCode, until: Day, for viewer: Viewer) async throws -> [MissingProduct] {
        let scope = scope(of: viewer)
        let (condition, values) = scope.condition
        return try await store.read { connection in
            let items = try connection.rows(
                """
                SELECT \(WorkItem.columns) FROM task_instance i
                WHERE i.lead = ? AND i.due_key <= ? AND i.state IN ('none', 'returned') AND i.withdrawn_at IS NULL
                    AND i.opens_on <= ? AND (i.state = 'returned' OR \(CountingDay.counts)) AND \(condition)
                ORDER BY i.due_key, i.task_order, i.lead, i.id LIMIT 200
                """, [unit.text.sqlValue, until.sqlValue, until.sqlValue] + values
            ).map(WorkItem.init)
            var filled: Set<String> = []
            for product in try Product.all(of: items.map(\.id), on: connection) {
                filled.insert("\(product.instance)#\(product.slot)")
            }
            return items.flatMap { item in
                (plan.task(item.task)?.slots ?? []).enumerated().compactMap { index, slot in
                    filled.contains("\(item.id)#\(index)") ? nil : MissingProduct(item: item, slot: slot)
                }
            }
        }
    }
}
