import Access
import Components
import Files
import Hummingbird
import Kernel
import WebDesk

struct AuditPage: Page {
    static let template: PageTemplate = "audit"

    let table: TableModel
}

/// An entry of the audit trail in words.
struct AuditLine: Sendable {
    let entry: AuditEntry
    let action: String
    let subject: String
    let detail: String
}

extension AccountPages {
    /// Sorted by its numbers, which are its moments: any other order would read the whole trail.
    static let auditList = ListTable<AuditLine>(
        "nhat-ky", "Nhật ký", standing: TableOrder("so", descending: true), printedRows: 80, hasWords: false,
        columns: [
            .init("so", "Số", number: true, value: { .number($0.entry.sequence) }),
            .init("luc", "Lúc", sorted: false, width: 20, value: { .moment($0.entry.at) }),
            .init(
                "ai", "Ai", sorted: false, width: 28,
                cell: { TableCell($0.entry.actorName, quiet: $0.entry.address.isEmpty ? nil : $0.entry.address) },
                value: { .text($0.entry.actorName) }),
            .init("viec", "Việc", sorted: false, width: 36, value: { .text($0.action) }),
            .init(
                "doi-tuong", "Đối tượng", sorted: false, width: 36,
                cell: { TableCell($0.subject, below: $0.detail.isEmpty ? nil : $0.detail) },
                value: { TableValue($0.subject) }),
        ])

    /// The same with what stands in one cell of the page in columns of their own.
    static let auditSheet = ListTable<AuditLine>(
        auditList.key, auditList.title,
        columns: auditList.columns + [
            .init("noi-dung", "Nội dung", sorted: false, width: 60, value: { TableValue($0.detail) }),
            .init("dia-chi", "Địa chỉ mạng", sorted: false, width: 20, value: { TableValue($0.entry.address) }),
        ])

    var auditWorkbook: ListWorkbook {
        ListWorkbook(Self.auditList.outline, of: Subject(.account), .right(.viewAudit)) { reader in
            let query = reader.selection(Self.auditList.outline)
            let (lines, _, _) = try await auditLines(
                Self.selection(reader.query), query, page: 1, size: reader.most + 1, for: reader.viewer)
            return reader.sheet(Self.auditSheet, lines, narrowed: Self.words(of: reader.query))
        }
    }

    var auditRoutes: [Route] {
        [
            .page(Addresses.audit, .right(.viewAudit)) { request in try await auditPage(request) },
            auditWorkbook.route(Addresses.audit.workbook, on: desk),
        ]
    }

    private static func selection(_ query: FormContent) -> AuditSelection {
        AuditSelection(
            subjectPrefix: AuditWords.prefix(of: query[.subject]),
            action: AuditWords.actions[query[.action]] == nil ? nil : query[.action], from: Day(typed: query[.since]),
            until: Day(typed: query[.until]))
    }

    private static func words(of query: FormContent) -> [String] {
        [
            query[.subject].isEmpty ? nil : "đối tượng bắt đầu bằng “\(query[.subject])”",
            AuditWords.actions[query[.action]].map { "việc: \($0)" },
            Day(typed: query[.since]).map { "từ \($0.vietnamese)" },
            Day(typed: query[.until]).map { "đến \($0.vietnamese)" },
        ].compactMap(\.self)
    }

    private func auditLines(
        _ selection: AuditSelection, _ query: TableQuery, page: Int, size: Int, for viewer: Viewer
    ) async throws -> (lines: [AuditLine], total: Int, page: Int) {
        let found = try await access.auditPage(
            selection, oldestFirst: query.order?.isDescending == false, page: page, size: size, for: viewer)
        let details = try await FileMention.named(found.entries.map(\.detail), in: access.store)
        let lines = zip(found.entries, details).map { entry, detail in
            AuditLine(
                entry: entry, action: AuditWords.title(of: entry.action),
                subject: AuditWords.subject(entry.subject, in: definition),
                detail: AuditWords.detail(detail, of: entry.action, in: definition))
        }
        return (lines, found.total, found.page)
    }

    private func auditPage(_ request: MemberRequest) async throws -> Response {
        let query = try await query(Self.auditList.outline, of: request)
        let found = try await auditLines(
            Self.selection(request.query), query, page: query.page, size: query.rowsAtOnce, for: request.viewer)
        let (subject, chosen) = (request.query[.subject], request.query[.action])
        let (since, until) = (request.query[.since], request.query[.until])
        let actions = AuditWords.actions.sorted { VietnameseText.fold($0.value) < VietnameseText.fold($1.value) }
        let model = AuditPage(
            table: try list(
                Self.auditList,
                TablePage(
                    rows: found.lines, total: found.total, page: found.page, pages: query.pages(of: found.total)),
                query,
                at: TablePlace(
                    Addresses.audit(), [(.subject, subject), (.action, chosen), (.since, since), (.until, until)]),
                own: [
                    Field(QueryKey.subject.name, "Đối tượng bắt đầu bằng", value: subject),
                    Field(
                        QueryKey.action.name, "Việc",
                        kind: .select(
                            [Field.Option("", "Mọi việc", selected: chosen.isEmpty)]
                                + actions.map { Field.Option($0.key, $0.value, selected: $0.key == chosen) })),
                    Field(QueryKey.since.name, "Từ ngày", value: since),
                    Field(QueryKey.until.name, "Đến ngày", value: until),
                ], keepsRows: false, workbook: Addresses.audit.workbook(), nothing: "Không có dòng nào."))
        return try page("Nhật ký", model, for: request)
    }
}
