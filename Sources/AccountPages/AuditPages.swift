import Access
import Components
import Files
import Hummingbird
import Kernel
import WebDesk

struct AuditPage: Page {
    static let template: PageTemplate = "audit"

    struct Row: Sendable {
        let sequence: Int
        let at: String
        let actor: String
        let action: String
        let subject: String
        let detail: String
        let address: String
    }

    let searchAction: String
    let subject: String
    let rows: [Row]
    let empty: Bool
    let older: String?
}

extension AccountPages {
    var auditRoutes: [Route] {
        [.page(Addresses.audit, .right(.viewAudit)) { request in try await auditPage(request) }]
    }

    private func auditPage(_ request: MemberRequest) async throws -> Response {
        let subject = request.query[.subject]
        let before = Int(request.query[.before])
        let entries = try await access.auditEntries(
            before: before, subjectPrefix: AuditWords.prefix(of: subject), limit: 60, for: request.viewer)
        let details = try await FileMention.named(entries.map(\.detail), in: access.store)
        let model = AuditPage(
            searchAction: Addresses.audit().text, subject: subject,
            rows: zip(entries, details).map { entry, detail in
                AuditPage.Row(
                    sequence: entry.sequence, at: entry.at.vietnamese, actor: entry.actorName,
                    action: AuditWords.title(of: entry.action),
                    subject: AuditWords.subject(entry.subject, in: definition),
                    detail: AuditWords.detail(detail, of: entry.action, in: definition),
                    address: entry.address)
            }, empty: entries.isEmpty,
            older: entries.count == 60
                ? entries.last.map { Addresses.audit().with(.before, $0.sequence).with(.subject, subject).text } : nil)
        return try page("Nhật ký", model, for: request)
    }
}
