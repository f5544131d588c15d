import Access
import Database
import Kernel
public import Search

extension SearchSource {
    /// Difficulties that were reported, and the answers that are guidance for everybody.
    public static let obstacles = SearchSource(
        .obstacle,
        keys: { after, limit, connection in
            try connection.rows("SELECT id FROM obstacle WHERE id > ? ORDER BY id LIMIT ?", after, limit)
                .map { try $0.text("id") }
        },
        entries: { key, connection in
            guard let id = RecordID(key), let obstacle = try Obstacles.find(id, on: connection) else { return [] }
            // What was merged is found as what it was merged into, which its sender may now read.
            guard let whole = obstacle.mergedInto else { return [try obstacle.entry(on: connection)] }
            return try Obstacles.find(whole, on: connection).map { [try $0.entry(on: connection)] } ?? []
        },
        reach: { viewer in
            if viewer.may(.manageObstacles) { return .everything }
            return .places(
                [Obstacles.everybody, Obstacles.place(of: viewer.account)]
                    + [viewer.agency].compactMap { $0.map { "agency/\($0)" } })
        },
        hits: { keys, viewer, connection in
            guard !keys.isEmpty else { return [:] }
            let (sql, values) = Obstacles.condition(for: viewer)
            let found = try connection.rows(
                "SELECT o.* FROM obstacle o WHERE o.id IN (\(WorkScope.marks(keys.count))) AND \(sql)",
                keys.map(\.sqlValue) + values
            ).map { row in
                let obstacle = try Obstacle(row)
                return (
                    obstacle.id.text,
                    SearchHit(
                        .subject(Subject(.obstacle, obstacle.id)), title: obstacle.title,
                        detail: [obstacle.status.title, obstacle.answer.map { String($0.prefix(160)) } ?? ""]
                            .filter { !$0.isEmpty }.joined(separator: " · "))
                )
            }
            return Dictionary(found, uniquingKeysWith: { first, _ in first })
        })
}

extension Obstacles {
    /// The mark of what everybody may read.
    fileprivate static let everybody = "everybody"

    fileprivate static func place(of account: RecordID) -> String { "account/\(account)" }

    fileprivate static func find(_ id: RecordID, on connection: any SQLConnection) throws -> Obstacle? {
        try connection.row("SELECT o.* FROM obstacle o WHERE o.id = ?", id).map { try Obstacle($0) }
    }
}

extension Obstacle {
    /// Without the name of who asked: guidance stands without it.
    fileprivate func entry(on connection: any SQLConnection) throws -> SearchEntry {
        let senders = try connection.rows("SELECT account FROM obstacle WHERE merged_into = ? OR id = ?", id, id).map {
            Obstacles.place(of: try $0.recordID("account"))
        }
        var places = senders + [assignedTo].compactMap { $0.map { "agency/\($0)" } }
        if answer != nil { places.append(Obstacles.everybody) }
        return SearchEntry(
            key: id.text, places: places, newness: at,
            texts: [title, text, task ?? "", answer ?? "", legalBasis ?? ""])
    }
}
