import Access
import Database
import Kernel
public import Search

extension SearchSource {
    /// Remarks by their words, for whoever may see the thing they speak of; none that was taken back.
    public static func remarks(_ service: RemarkService) -> SearchSource {
        SearchSource(
            .remark,
            keys: { after, limit, connection in
                try connection.rows("SELECT id FROM remark WHERE id > ? ORDER BY id LIMIT ?", after, limit)
                    .map { try $0.text("id") }
            },
            entries: { key, connection in
                let found = try connection.rows(
                    "SELECT \(Remark.columns) FROM \(Remark.source) WHERE r.id = ? AND r.withdrawn_at IS NULL",
                    [key.sqlValue]
                ).first
                guard let found, let subject = Subject(try found.text("subject")),
                    let topic = try service.topic(subject, on: connection)
                else { return [] }
                return [
                    SearchEntry(
                        key: key,
                        places: topic.units.map { "unit/\($0)" } + ["account/\(try found.text("account"))"],
                        newness: try found.timestamp("at"),
                        texts: [try found.text("text"), topic.title, try found.text("author_name")])
                ]
            },
            reach: reach,
            hits: { keys, viewer, connection in
                var hits: [String: SearchHit] = [:]
                for remark in try RemarkService.remarks(
                    ids: keys.compactMap { RecordID($0) }, for: viewer, on: connection)
                where remark.withdrawnAt == nil {
                    guard let topic = try service.topic(remark.subject, for: viewer, on: connection),
                        let text = remark.text
                    else { continue }
                    hits[remark.id.text] = SearchHit(
                        .subject(remark.subject), title: String(text.prefix(160)),
                        detail: "\(remark.author), \(remark.at.day.vietnamese) · về \(topic.title)")
                }
                return hits
            })
    }

    /// Leaders' lines with what was last said to them.
    public static func instructions(_ service: RemarkService) -> SearchSource {
        SearchSource(
            .instruction,
            keys: { after, limit, connection in
                try connection.rows("SELECT id FROM instruction WHERE id > ? ORDER BY id LIMIT ?", after, limit)
                    .map { try $0.text("id") }
            },
            entries: { key, connection in
                guard let row = try connection.row("SELECT * FROM instruction WHERE id = ?", key) else { return [] }
                let found = try Instruction(row)
                return [
                    SearchEntry(
                        key: key, places: ["unit/\(found.unit)", "account/\(found.account)"], newness: found.at,
                        texts: [
                            found.text, found.said ?? "", found.about, found.author, service.names.name(of: found.unit),
                        ])
                ]
            },
            reach: reach,
            hits: { keys, viewer, connection in
                guard !keys.isEmpty else { return [:] }
                let found = try connection.rows(
                    "SELECT * FROM instruction WHERE id IN (\(RemarkService.marks(keys.count)))", keys.map(\.sqlValue)
                ).map(Instruction.init).filter { $0.isRead(by: viewer) }
                return Dictionary(
                    found.map { instruction in
                        let status = instruction.status(on: service.clock.today).title
                        return (
                            instruction.id.text,
                            SearchHit(
                                .subject(Subject(.instruction, instruction.id)), title: instruction.text,
                                detail:
                                    "\(service.names.name(of: instruction.unit)) · hạn \(instruction.due.vietnamese) · \(status)"
                            )
                        )
                    }, uniquingKeysWith: { first, _ in first })
            })
    }

    private static func reach(_ viewer: Viewer) -> SearchReach {
        viewer.may(.readAllRemarks)
            ? .everything : .places(viewer.knownUnits.map { "unit/\($0)" } + ["account/\(viewer.account)"])
    }
}
