import Access
import Components
import Database
import Hummingbird
import Kernel
import Targets
import Work
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
            before: before, subjectPrefix: subject, limit: 60, for: request.viewer)
        let model = AuditPage(
            searchAction: Addresses.audit().text, subject: subject,
            rows: entries.map { entry in
                AuditPage.Row(
                    sequence: entry.sequence, at: entry.at.vietnamese, actor: entry.actorName,
                    action: AuditWords.title(of: entry.action), subject: entry.subject, detail: entry.detail,
                    address: entry.address)
            }, empty: entries.isEmpty,
            older: entries.count == 60
                ? entries.last.map { Addresses.audit().with(.before, $0.sequence).with(.subject, subject).text } : nil)
        return try page("Nhật ký", model, for: request)
    }
}

/// The actions of the audit trail in Vietnamese.
enum AuditWords {
    private static let words = [
        "account.invited": "Mời tài khoản", "account.reinvited": "Cấp lại liên kết mời",
        "account.activated": "Kích hoạt tài khoản",
        "account.created": "Tạo tài khoản", "account.changed": "Sửa vai trò, phạm vi", "account.disabled": "Khóa tài khoản",
        "account.enabled": "Mở khóa tài khoản",
        "account.password-changed": "Đổi mật khẩu", "account.email-changed": "Đổi địa chỉ thư",
        "session.started": "Đăng nhập", "session.ended": "Kết thúc phiên",
        "calendar.address-renewed": "Tạo địa chỉ lịch", "calendar.address-revoked": "Thu hồi địa chỉ lịch",
        "plan.loaded": "Nạp kế hoạch", "plan.completed": "Bổ sung thông tin kế hoạch",
        "plan.rule-overridden": "Sửa quy tắc thời hạn", "file.opened": "Mở tệp",
        "file.person-list-opened": "Mở danh sách người",
        "file.refused": "Bị từ chối mở tệp", "obstacle.sent": "Gửi vướng mắc", "obstacle.merged": "Gộp vướng mắc",
        "obstacle.assigned": "Giao trả lời vướng mắc", "obstacle.answered": "Trả lời vướng mắc",
    ]

    static func title(of action: String) -> String {
        if let word = words[action] { return word }
        if action.hasPrefix("instance."),
            let kind = InstanceEventKind(rawValue: String(action.dropFirst("instance.".count)))
        {
            return "Việc: \(kind.title)"
        }
        return action
    }
}
