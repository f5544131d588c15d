import Access
import Database
import Kernel
import PlanText
public import Search

extension SearchGroup {
    /// Pieces of work, as the person may see them.
    public static func work(_ service: WorkService) -> SearchGroup {
        SearchGroup("viec", "Việc") { words, viewer, skipping, limit in
            try await service.find(words, for: viewer, skipping: skipping, limit: limit)
        }
    }
}

extension WorkService {
    /// Work has no words of its own: its task, its lead and its period have. Each word looked for is one of theirs, so that
    /// the tens of thousands of pieces are never indexed. What is to be done goes before what is done.
    func find(_ words: SearchWords, for viewer: Viewer, skipping: Int, limit: Int) async throws -> [SearchHit] {
        guard !words.isEmpty else { return [] }
        @Sendable func known<Thing>(
            _ things: [Thing], _ texts: (Thing) -> [String]
        ) -> [(thing: Thing, matched: [Bool])] {
            things.map { ($0, words.matched(in: texts($0))) }
        }
        let tasks = known(plan.tasks, plan.searchTexts)
        let units = known(plan.searchedUnits, plan.searchTexts)
        let (plan, today, scope) = (plan, clock.today, scope(of: viewer))
        return try await store.read { connection in
            let periods = known(try self.periods(on: connection)) { [$0.title, $0.text] }
            var (condition, values) = scope.condition
            for place in 0..<words.count {
                func matching<Thing>(_ known: [(thing: Thing, matched: [Bool])], _ text: (Thing) -> String) -> [String]
                {
                    known.filter { $0.matched[place] }.map { text($0.thing) }
                }
                let parts = [
                    ("task", matching(tasks, \.code)), ("lead", matching(units, \.text)),
                    ("period", matching(periods, \.text)),
                ].filter { !$0.1.isEmpty }
                guard !parts.isEmpty else { return [] }
                let any = parts.map { "i.\($0.0) IN (\(WorkScope.marks($0.1.count)))" }
                condition += " AND (\(any.joined(separator: " OR ")))"
                values += parts.flatMap(\.1).map(\.sqlValue)
            }
            return try connection.rows(
                """
                SELECT \(WorkItem.columns) FROM task_instance i WHERE \(condition) AND i.withdrawn_at IS NULL
                ORDER BY CASE WHEN i.state = 'accepted' THEN 1 ELSE 0 END, i.due_key, i.task_order, i.lead
                LIMIT ? OFFSET ?
                """, values + [limit.sqlValue, skipping.sqlValue]
            ).map { try WorkItem($0).hit(plan, on: today) }
        }
    }
}

extension WorkItem {
    fileprivate func hit(_ plan: PlanDefinition, on today: Day) -> SearchHit {
        SearchHit(
            .subject(Subject(.instance, id)), title: "\(task) – \(plan.task(task)?.text ?? "")",
            detail: [
                periodTitle, plan.name(of: lead), due.map { "hạn \($0.vietnamese)" } ?? "chưa ấn định thời hạn",
                status(on: today).title,
            ].joined(separator: " · "))
    }
}
