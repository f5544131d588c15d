import Access
import Components
import Hummingbird
import Kernel
import Overview
import PlanText
import Targets
import Work
import WebDesk

struct OwnAccountPage: Page {
    static let template: PageTemplate = "own-account"

    struct Session: Sendable {
        let text: String
        let current: Bool
        let end: FormModel?
    }

    let jobs: Frame.Link
    let secondFactor: Frame.Link
    let facts: [Fact]
    let sessions: [Session]
    let password: FormModel
    let passwordOpen: Bool
    let email: FormModel
    let calendar: FormModel
    let calendarRevoke: FormModel?
    /// Shown once, right after it was made.
    let calendarAddress: String?
}

extension AccountPages {
    var ownAccountRoutes: [Route] {
        [
            .page(Addresses.ownAccount, .member) { request in try await ownAccountPage(request) },
            .form(Addresses.changePassword, .member) { request in
                guard request.form.exact(AccountField.new) == request.form.exact(AccountField.again) else {
                    throw Refusal(fields: [.init(AccountField.again, "Hai lần nhập mật khẩu mới không giống nhau.")])
                }
                do {
                    try await access.changePassword(
                        of: request.viewer, from: request.form.exact(AccountField.old),
                        to: request.form.exact(AccountField.new),
                        address: request.base.address,
                        browser: browser(request.base))
                } catch let refusal as Refusal where refusal.kind == .invalid {
                    throw Refusal(
                        fields: refusal.fields.map { .init($0.field == "password" ? "new" : $0.field, $0.message) })
                }
                return Addresses.ownAccount().telling(.passwordChanged)
            } again: { request, failure in
                try await ownAccountPage(request, failure: failure)
            }.takingNumbers(in: AccountField.old, AccountField.new, AccountField.again),
            .form(Addresses.changeEmail, .member) { request in
                try await access.changeEmail(
                    of: request.viewer, to: request.form[AccountField.email], address: request.base.address)
                return Addresses.ownAccount().telling(.emailSaved)
            } again: { request, failure in
                try await ownAccountPage(request, failure: failure)
            }.takingNumbers(in: AccountField.email),
            .form(Addresses.endSession, .member) { request in
                guard let session = RecordID(request.form[AccountField.session]) else {
                    throw Refusal(.notFound, "Phiên đăng nhập này không còn mở.")
                }
                try await access.endSession(session, of: request.viewer, address: request.base.address)
                return Addresses.ownAccount().telling(.sessionEnded)
            } again: { request, failure in
                try await ownAccountPage(request, failure: failure)
            },
            // Answers with the page itself: the address is told once and stored nowhere.
            .action(Addresses.renewCalendar, .member) { request in
                if request.form[AccountField.revoke] == "1" {
                    try await access.revokeCalendarToken(of: request.viewer, address: request.base.address)
                    return .redirect(to: Addresses.ownAccount().telling(.calendarRevoked).text, type: .normal)
                }
                let token = try await access.renewCalendarToken(of: request.viewer, address: request.base.address)
                return try await ownAccountPage(
                    request, calendarAddress: "\(settings.publicURL)\(Addresses.calendarFeed(token))")
            },
        ]
    }

    private func ownAccountPage(
        _ request: MemberRequest, failure: FormModel.Failure? = nil, calendarAddress: String? = nil
    ) async throws -> Response {
        let viewer = request.viewer
        var facts: [Fact] = [
            .init(label: "Họ và tên", value: viewer.name, address: nil),
            .init(label: "Tên đăng nhập", value: viewer.login, address: nil),
            .init(label: "Vai trò", value: viewer.role.title, address: nil),
        ]
        if let agency = viewer.agency {
            facts.append(.init(label: "Cơ quan", value: definition.name(of: .agency(agency)), address: nil))
        }
        if let unit = viewer.unit {
            facts.append(.init(label: "Đơn vị", value: definition.name(of: .agencyUnit(unit)), address: nil))
        }
        if !viewer.communes.isEmpty {
            facts.append(
                .init(
                    label: "Địa bàn",
                    value: viewer.communes.map { definition.name(of: .commune($0)) }.joined(separator: "; "),
                    address: nil))
        }
        let sessions = try await access.sessions(of: viewer)
        let email = try await access.email(of: viewer)
        let hasCalendar = try await access.hasCalendarToken(viewer)
        let model = OwnAccountPage(
            jobs: Frame.Link("Việc chạy nền của bạn", Addresses.jobs()),
            secondFactor: Frame.Link("Lớp xác thực thứ hai, mã dự phòng", Addresses.ownSecondFactor()),
            facts: facts,
            sessions: sessions.map { session in
                let current = session.id == viewer.session
                return .init(
                    text:
                        "\(session.device.isEmpty ? "Thiết bị không rõ" : session.device) – \(session.address), dùng lần cuối \(session.lastSeenAt.vietnamese)",
                    current: current,
                    end: current
                        ? nil
                        : form(
                            "phien-\(session.id)", Addresses.endSession(), "Kết thúc", look: "secondary",
                            asks: "Máy đó phải đăng nhập lại; điều đang nhập dở ở đó bị mất.",
                            hidden: [.init(AccountField.session, session.id.text)], for: request))
            },
            password: form(
                "mat-khau", Addresses.changePassword(), "Đổi mật khẩu",
                fields: [
                    // Password keepers need to know whose password it is.
                    Field(
                        AccountField.login, "Tên đăng nhập", kind: .fixed, value: viewer.login, autocomplete: "username"
                    ),
                    Field(AccountField.old, "Mật khẩu hiện tại", kind: .password, autocomplete: "current-password"),
                    Field(
                        AccountField.new, "Mật khẩu mới", kind: .password,
                        hint: "Ít nhất \(access.policy.shortestPassword) ký tự, không phải từ, tên quen thuộc.",
                        autocomplete: "new-password"),
                    Field(AccountField.again, "Nhập lại mật khẩu mới", kind: .password, autocomplete: "new-password"),
                ], look: "secondary", for: request, failure: failure),
            passwordOpen: failure?.form == "mat-khau"
                || request.query[.done] == Acknowledgement.passwordWeak.rawValue,
            email: form(
                "thu", Addresses.changeEmail(), "Lưu địa chỉ thư",
                fields: [
                    Field(
                        AccountField.email, "Địa chỉ thư nhận nhắc việc", kind: .email,
                        hint: "Để trống nếu không muốn nhận thư.",
                        value: email ?? "", required: false, autocomplete: "email")
                ], look: "secondary", for: request, failure: failure),
            calendar: form(
                "lich", Addresses.renewCalendar(),
                hasCalendar ? "Tạo địa chỉ mới" : "Tạo địa chỉ lịch", look: "secondary",
                asks: hasCalendar
                    ? "Địa chỉ cũ mất hiệu lực ngay: mọi điện thoại, Outlook đang dùng địa chỉ đó phải thêm lại bằng địa chỉ mới."
                    : nil, for: request),
            calendarRevoke: hasCalendar
                ? form(
                    "thu-hoi", Addresses.renewCalendar(), "Thu hồi địa chỉ lịch", look: "warning",
                    asks: "Điện thoại, Outlook đang dùng địa chỉ này không nhận việc mới nữa.",
                    hidden: [.init(AccountField.revoke, "1")],
                    for: request)
                : nil, calendarAddress: calendarAddress)
        return try page("Tài khoản của tôi", model, for: request)
    }
}
