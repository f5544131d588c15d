import Access
import Database
import Kernel
import PlanText
public import Search

extension SearchSource {
    /// Work by the numbers and summaries of its products.
    public static func products(_ service: WorkService) -> SearchSource {
        let plan = service.plan
        return SearchSource(
            .instance, concerns: { $0.hasPrefix("instance.product-") || $0 == "instance.paper-lost" },
            keys: { after, limit, connection in
                try connection.rows(
                    """
                    SELECT DISTINCT p.instance FROM product p WHERE p.replaced_at IS NULL AND p.instance > ?
                    ORDER BY p.instance LIMIT ?
                    """, after, limit
                ).map { try $0.text("instance") }
            },
            entries: { id, connection in
                let products = try Product.all(of: [id], on: connection)
                guard let latest = products.map(\.addedAt).max(),
                    let item = try WorkItem.all(of: [id], on: connection).first
                else { return [] }
                return [
                    SearchEntry(
                        key: id, places: WorkScope.places(of: item), newness: latest,
                        texts: products.flatMap { [$0.numberSymbol ?? "", $0.summary] }
                            + [item.task, plan.name(of: item.lead), item.periodTitle])
                ]
            },
            reach: { service.scope(of: $0).searchReach },
            hits: { ids, viewer, connection in
                let scope = service.scope(of: viewer)
                let products = Dictionary(grouping: try Product.all(of: ids, on: connection), by: \.instance)
                let found = try WorkItem.all(of: ids, on: connection).filter {
                    scope.covers(task: $0.task, lead: $0.lead)
                }.compactMap { item -> (String, SearchHit)? in
                    guard let own = products[item.id] else { return nil }
                    let titles = own.map { product in
                        [product.numberSymbol ?? "", product.summary].filter { !$0.isEmpty }.joined(separator: " – ")
                    }
                    return (
                        item.id,
                        SearchHit(
                            .subject(Subject(.instance, item.id)), title: titles.joined(separator: "; "),
                            detail: "\(item.task) · \(item.periodTitle) · \(plan.name(of: item.lead))")
                    )
                }
                return Dictionary(found, uniquingKeysWith: { first, _ in first })
            })
    }
}

extension WorkItem {
    /// The work of some ids that the plan still has.
    static func all(of ids: [String], on connection: any SQLConnection) throws -> [WorkItem] {
        guard !ids.isEmpty else { return [] }
        return try connection.rows(
            """
            SELECT \(columns) FROM task_instance i
            WHERE i.id IN (\(WorkScope.marks(ids.count))) AND i.withdrawn_at IS NULL
            """, ids.map(\.sqlValue)
        ).map(WorkItem.init)
    }
}

extension WorkScope {
    /// The marks that an entry about a piece of work carries: one for each way by which a scope reaches it.
    static func places(of item: WorkItem) -> [String] {
        var places = ["lead/\(item.lead.text)", "task/\(item.task)"]
        switch item.lead {
        case .agency: places.append("agency-task/\(item.task)")
        case .agencyUnit(let unit): places.append("units/\(unit.agency)")
        case .commune: break
        }
        return places
    }

    /// The same cases as ``covers(task:lead:)``.
    var searchReach: SearchReach {
        switch reach {
        case .everything: return .everything
        case .bounded(let leads, let agencies, let tasks, let agenciesOnly):
            let byTask = tasks.map { agenciesOnly ? "agency-task/\($0)" : "task/\($0)" }
            return .places(leads.map { "lead/\($0)" } + agencies.map { "units/\($0)" } + byTask)
        }
    }
}
