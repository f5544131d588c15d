import Access
import Database
import Kernel
public import Notices

extension DaySource {
    /// How long a paper without a number is told of, in days from its making; ours. An older one was left.
    private static let unnumberedDays = 60

    /// Papers of the own unit that have neither number nor day.
    public static let unnumberedPapers = DaySource(
        [],
        follows: [
            .document: { id, _, connection in
                let row = try connection.row("SELECT unit FROM official_document WHERE id = ?", id)
                return try row.map { [try $0.text("unit")] }
            }
        ], isFor: { $0.may(.draftDocuments) }
    ) { viewer, today, connection in
        let units = viewer.ownUnits.map(\.text.sqlValue)
        guard !units.isEmpty else { return [] }
        let since = Timestamp(day: today.adding(days: -unnumberedDays))
        return try connection.rows(
            """
            SELECT \(DocumentHead.columns) FROM official_document d
            WHERE unit IN (\(units.map { _ in "?" }.joined(separator: ", "))) AND signed_on IS NULL AND made_at >= ?
                AND NOT EXISTS (SELECT 1 FROM paper_end e WHERE e.document = d.id)
            ORDER BY id DESC LIMIT ?
            """, units + [since.sqlValue, DayService.most.sqlValue]
        ).map { row in
            let head = try DocumentHead(row)
            return DayItem(
                .unnumbered, Subject(.document, head.id), VietnameseText.sentence(head.title),
                detail: "soạn \(head.madeAt.day.vietnamese), \(head.madeBy)")
        }
    }
}
