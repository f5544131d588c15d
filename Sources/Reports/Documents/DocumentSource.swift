import Access
import Database
import Kernel
import PlanText
public import Search

extension SearchSource {
    /// Official documents by number, title, whose they are, period and signer. Not by what they hold: parts of it are masked
    /// for some of those who may read them.
    public static func documents(_ service: DocumentService) -> SearchSource {
        let plan = service.definition
        return SearchSource(
            .document,
            keys: { after, limit, connection in
                try connection.rows("SELECT id FROM official_document WHERE id > ? ORDER BY id LIMIT ?", after, limit)
                    .map { try $0.text("id") }
            },
            entries: { id, connection in
                try FoundDocument.all(of: [id], on: connection).map { document in
                    SearchEntry(
                        key: id, places: ["unit/\(document.unit)"], newness: document.head.madeAt,
                        texts: [
                            document.head.title, document.number ?? "", document.unitName(in: plan), document.period,
                            document.head.signing?.signer.name ?? "",
                        ])
                }
            },
            reach: { viewer in
                if viewer.may(.readDocuments) { return .everything }
                return .places(viewer.may(.draftDocuments) ? viewer.ownUnits.map { "unit/\($0.text)" } : [])
            },
            hits: { ids, viewer, connection in
                let found = try FoundDocument.all(of: ids, on: connection).filter { document in
                    viewer.may(.readDocuments) || viewer.drafts(for: document.unit)
                }.map { document in
                    let state =
                        document.head.signing.map { "Số \(document.number ?? ""), ngày \($0.day.vietnamese)" }
                        ?? "Dự thảo, soạn ngày \(document.head.madeAt.day.vietnamese)"
                    return (
                        document.head.id.text,
                        SearchHit(
                            .subject(Subject(.document, document.head.id)),
                            title: VietnameseText.sentence(document.head.title),
                            detail: "\(state) · \(document.unitName(in: plan))")
                    )
                }
                return Dictionary(found, uniquingKeysWith: { first, _ in first })
            })
    }
}

/// A document without its data, with what it is found by.
private struct FoundDocument {
    let head: DocumentHead
    let unit: String
    /// As screens write it; empty for papers about no period.
    let period: String

    static func all(of ids: [String], on connection: any SQLConnection) throws -> [FoundDocument] {
        guard !ids.isEmpty else { return [] }
        return try connection.rows(
            """
            SELECT unit, period, \(DocumentHead.columns) FROM official_document
            WHERE id IN (\(ids.map { _ in "?" }.joined(separator: ", ")))
            """, ids.map(\.sqlValue)
        ).map { row in
            FoundDocument(
                head: try DocumentHead(row), unit: try row.text("unit"),
                period: WorkPeriod(try row.text("period"))?.title ?? "")
        }
    }

    var number: String? { head.signing.map { "\($0.number)" } }

    func unitName(in plan: PlanDefinition) -> String { UnitCode(unit).map(plan.name(of:)) ?? unit }
}
