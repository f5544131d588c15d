import Access
import Components
import Hummingbird
import Kernel
import Overview
import PlanText
import Province
import Targets
import Work
import Province
import WebDesk

struct AccountsPage: Page {
    static let template: PageTemplate = "accounts"

    let table: TableModel
    let invite: FormModel
    let inviteOpen: Bool
    /// Shown once, right after it was made.
    let link: String?
    let linkFor: String?
    /// What each role may do.
    let areas: [GrantArea]
}

/// The rights of one area with the roles that have them.
struct GrantArea: Sendable {
    struct Row: Sendable {
        let title: String
        let roles: String
    }

    let title: String
    let rights: [Row]

    init(_ area: RightArea, in grants: Grants) {
        title = area.title
        rights = area.rights.map { right in
            let holders = Role.allCases.filter { grants.rights(of: $0).contains(right) }
            return Row(
                title: right.title,
                roles: holders.count == Role.allCases.count
                    ? "Mọi vai trò" : holders.map(\.title).joined(separator: "; "))
        }
    }
}

extension AccountPages {
    var accountRoutes: [Route] {
        [
            .page(Addresses.accounts, .right(.manageAccounts)) { request in try await accountsPage(request) },
            accountWorkbook.route(Addresses.accounts.workbook, on: desk),
            // Both answer with the page itself: the one-time link is told once and stored nowhere.
            .answeringForm(Addresses.inviteAccount, .right(.manageAccounts)) { request in
                let issued = try await access.invite(try draft(request.form), by: request.submission)
                return try await accountsPage(request, issued: issued)
            } again: { request, failure in
                try await accountsPage(request, failure: failure)
            }.takingNumbers(in: AccountField.login, AccountField.email),
            .action(Addresses.reinviteAccount, .right(.manageAccounts)) { request in
                let issued = try await access.reinvite(try Self.accountID(request), by: request.submission)
                return try await accountsPage(request, issued: issued)
            },
            .decision(Addresses.lockAccount, .right(.manageAccounts)) { request, seen in
                try await access.setDisabled(
                    request.form[AccountField.lock] == "1", account: try Self.accountID(request),
                    version: seen, by: request.submission)
                return Addresses.accounts().telling(.accountChanged)
            } again: { request, failure in
                try await accountsPage(request, failure: failure)
            },
        ]
    }

    static func accountID(_ request: MemberRequest) throws -> RecordID {
        try request.recordID(missing: "Không có tài khoản này.")
    }

    /// Role and bounds as typed; agencies and communes that the plan does not know are refused.
    func post(_ form: FormContent) throws -> AccountPost {
        guard let role = Role(rawValue: form[AccountField.role]) else {
            throw Refusal(fields: [.init(AccountField.role, "Hãy chọn vai trò.")])
        }
        let agency = form[AccountField.agency]
        let unit = AgencyUnitCode(form[AccountField.unit])
        if !form[AccountField.unit].isEmpty, unit.flatMap({ definition.units[$0] }) == nil {
            throw Refusal(fields: [.init(AccountField.unit, "Danh sách đơn vị trực thuộc không có đơn vị này.")])
        }
        var communes = form.all(AccountField.communes).compactMap { CommuneCode($0) }
        if communes.isEmpty, role.bounds.communes == .several, let unit {
            communes = definition.units[unit]?.communes ?? []
        }
        if !agency.isEmpty, AgencyCode(agency).flatMap({ definition.agency($0) }) == nil {
            throw Refusal(fields: [.init(AccountField.agency, "Kế hoạch không có cơ quan này.")])
        }
        if let unknown = communes.first(where: { definition.communes[$0] == nil }) {
            throw Refusal(fields: [.init(AccountField.communes, "Không có xã, phường, đặc khu mã \(unknown).")])
        }
        let group = VietnameseText.tidy(form[AccountField.group])
        return AccountPost(
            role: role, agency: AgencyCode(agency) ?? unit?.agency, unit: unit, communes: communes,
            residentialGroup: group.isEmpty ? nil : group)
    }

    private func draft(_ form: FormContent) throws -> AccountDraft {
        let post = try post(form)
        return AccountDraft(
            login: form[AccountField.login].lowercased(), name: VietnameseText.tidy(form[AccountField.name]),
            role: post.role,
            agency: post.agency, unit: post.unit, communes: post.communes, residentialGroup: post.residentialGroup,
            email: form[AccountField.email].isEmpty ? nil : form[AccountField.email])
    }

    private func accountsPage(
        _ request: MemberRequest, issued: IssuedInvitation? = nil, failure: FormModel.Failure? = nil
    ) async throws -> Response {
        let words = request.query[.search]
        let query = try await query(Self.accountList.outline, of: request)
        let lines = try await accountLines(words, for: request.viewer)
        // Forms are made for the rows that are shown.
        let found = Self.accountList.page(of: lines, by: query)
        let page = TablePage(
            rows: try found.rows.map { try $0.with(actions: actions(on: $0.account, request)) }, total: found.total,
            page: found.page, pages: found.pages, all: found.all, choices: found.choices)
        let model = AccountsPage(
            table: try list(
                Self.accountList, page, query, at: TablePlace(Addresses.accounts(), [(.search, words)]),
                own: [Field(QueryKey.search.name, "Tìm tên, đơn vị (không cần dấu)", value: words)], keepsRows: false,
                workbook: Addresses.accounts.workbook()),
            invite: inviteForm(request, failure), inviteOpen: failure != nil,
            link: issued.map { "\(settings.publicURL)\(Addresses.invitation($0.token))" },
            linkFor: issued.map {
                "Liên kết cho \($0.login), dùng một lần, hết hạn lúc \($0.expiresAt.vietnamese). Chỉ hiện lần này; hãy gửi riêng cho người đó."
            }, areas: access.grants.areas.map { GrantArea($0, in: access.grants) })
        return try self.page("Tài khoản", model, for: request)
    }

    func bounds(_ account: Account) -> String {
        var parts = account.communes.map { definition.name(of: .commune($0)) }
        if let unit = account.unit { parts.insert(definition.name(of: .agencyUnit(unit)), at: 0) }
        if let agency = account.agency { parts.insert(definition.name(of: .agency(agency)), at: 0) }
        if let group = account.residentialGroup { parts.append(group) }
        return parts.joined(separator: "; ")
    }

    /// What may be done with an account, as HTML.
    private func actions(on account: Account, _ request: MemberRequest) throws -> String {
        let open = account.actions(for: request.viewer)
        var forms: [FormModel] = []
        if open.contains(.reinvite) {
            forms.append(
                form(
                    "lien-ket-\(account.id)", Addresses.reinviteAccount(account.id), "Cấp liên kết mới",
                    look: "warning",
                    asks: account.state == .invited
                        ? "Liên kết mời đã gửi hết hiệu lực ngay; người này phải dùng liên kết mới."
                        : "Mật khẩu, mã trên điện thoại, mã dự phòng, các phiên đang mở và địa chỉ lịch của \(account.name) hết hiệu lực ngay; người này phải đặt lại từ liên kết mới.",
                    for: request))
        }
        for (action, title, value) in [(AccountAction.lock, "Khóa", "1"), (.unlock, "Mở khóa", "0")]
        where open.contains(action) {
            forms.append(
                form(
                    "khoa-\(account.id)", Addresses.lockAccount(account.id), title,
                    look: action == .lock ? "warning" : "secondary",
                    asks: action == .lock
                        ? "Mọi phiên của \(account.name) kết thúc ngay, địa chỉ lịch ngừng hoạt động, điều đang nhập dở bị mất. Việc và lịch sử vẫn giữ; mở khóa lại được."
                        : nil, version: account.version, hidden: [.init(AccountField.lock, value)], for: request))
        }
        return try renderer.render(RowForms(forms: forms))
    }

    private func inviteForm(_ request: MemberRequest, _ failure: FormModel.Failure?) -> FormModel {
        form(
            "moi", Addresses.inviteAccount(), "Tạo tài khoản và liên kết mời",
            fields: [
                Field(AccountField.login, "Tên đăng nhập", hint: "Chữ thường không dấu, ví dụ ten.ho hoặc địa chỉ thư"),
                Field(AccountField.name, "Họ và tên"),
            ] + postFields(nil) + [
                Field(AccountField.email, "Địa chỉ thư", kind: .email, hint: "Để nhận nhắc việc", required: false)
            ], for: request, failure: failure)
    }
}
