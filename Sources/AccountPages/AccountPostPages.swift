import Access
import Components
import Hummingbird
import Kernel
import PlanText
import Province
import WebDesk

/// One account: what it is, what became of it, and the form that gives it another role or other bounds.
struct AccountPage: Page {
    static let template: PageTemplate = "account"

    struct Change: Sendable {
        let at: String
        let actor: String
        let action: String
        let detail: String?
    }

    let back: Frame.Link
    let name: String
    let facts: [Fact]
    let form: FormModel?
    let formOpen: Bool
    let changes: [Change]
    let unchanged: Bool
}

extension AccountPages {
    var postRoutes: [Route] {
        [
            .page(Addresses.account, .right(.manageAccounts)) { request in try await accountPage(request) },
            .decision(Addresses.changeAccount, .right(.manageAccounts)) { request, seen in
                let id = try Self.accountID(request)
                try await access.change(
                    id, to: try post(request.form), reason: request.form[AccountField.reason], version: seen,
                    by: request.submission)
                return Addresses.account(id).telling(.accountChanged)
            } again: { request, failure in
                try await accountPage(request, failure: failure)
            },
        ]
    }

    private func accountPage(_ request: MemberRequest, failure: FormModel.Failure? = nil) async throws -> Response {
        let (account, history) = try await access.account(try Self.accountID(request), for: request.viewer)
        let model = AccountPage(
            back: Frame.Link("Tài khoản", Addresses.accounts().text), name: account.name,
            facts: [
                .init(label: "Tên đăng nhập", value: account.login, address: nil),
                .init(label: "Vai trò", value: account.role.title, address: nil),
                .init(label: "Phạm vi", value: bounds(account), address: nil),
                .init(label: "Tình trạng", value: account.state.title, address: nil),
                .init(label: "Tạo lúc", value: account.createdAt.vietnamese, address: nil),
            ],
            form: account.actions(for: request.viewer).contains(.change)
                ? form(
                    "pham-vi", Addresses.changeAccount(account.id), "Lưu vai trò, phạm vi",
                    fields: postFields(account.post) + [
                        Field(AccountField.reason, "Lý do", hint: "Ví dụ: chuyển công tác theo Quyết định số …")
                    ], look: "warning", version: account.version, for: request, failure: failure) : nil,
            formOpen: failure != nil,
            changes: history.map {
                .init(
                    at: $0.at.vietnamese, actor: $0.actorName, action: AuditWords.title(of: $0.action),
                    detail: $0.detail.isEmpty
                        ? nil : AuditWords.detail($0.detail, of: $0.action, in: definition))
            }, unchanged: history.isEmpty)
        return try page(account.name, model, for: request)
    }

    /// The fields of a role and its bounds.
    /// - Parameter post: what is chosen already; nil for somebody new.
    func postFields(_ post: AccountPost?) -> [Field] {
        let roles = Role.allCases.map { Field.Option($0.rawValue, $0.title, selected: $0 == post?.role) }
        let agencies =
            [Field.Option("", "Không thuộc cơ quan nào")]
            + definition.agencies.filter { $0.kind != .communes && $0.kind != .unspecified }.map {
                Field.Option($0.code.text, $0.name, selected: $0.code == post?.agency)
            }
        let communes = definition.communes.communes.map {
            Field.Option($0.code.text, $0.fullName, selected: post?.communes.contains($0.code) ?? false)
        }
        // A unit that has ended stands in the accounts that worked for it, and is offered to no other.
        let units = definition.agencies.flatMap { definition.units.all(of: $0.code) }.filter {
            !$0.isFormer || $0.code == post?.unit
        }.map { Field.Option($0.code.text, $0.name, selected: $0.code == post?.unit) }
        var fields = [
            Field(AccountField.role, "Vai trò", kind: .select(roles)),
            Field(AccountField.agency, "Cơ quan", kind: .select(agencies), required: false),
        ]
        if !units.isEmpty {
            fields.append(
                units.count <= 200
                    ? Field(
                        AccountField.unit, "Đơn vị trực thuộc",
                        kind: .select([Field.Option("", "Cả cơ quan")] + units),
                        hint: "Cho cán bộ chỉ làm việc của một đơn vị, ví dụ một BHXH cơ sở.", required: false)
                    : Field(
                        AccountField.unit, "Mã đơn vị trực thuộc",
                        hint:
                            "Cho cán bộ chỉ làm việc của một đơn vị: mã cơ quan và mã đơn vị ở trang Đơn vị trực thuộc, ví dụ bhxh-co-so:thuy-trieu. Để trống: cả cơ quan.",
                        value: post?.unit?.text ?? "", required: false))
        }
        fields += [
            Field(
                AccountField.communes, "Xã, phường, đặc khu", kind: .selectSeveral(communes),
                hint: "Một đơn vị cho vai trò cấp xã; nhiều đơn vị cho BHXH cơ sở (giữ phím Ctrl để chọn nhiều).",
                required: false),
            Field(AccountField.group, "Tổ dân phố, địa bàn thu", value: post?.residentialGroup ?? "", required: false),
        ]
        return fields
    }
}
