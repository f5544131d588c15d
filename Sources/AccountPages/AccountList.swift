import Access
import Components
import Kernel
import WebDesk

/// An account as a line of the list of them.
struct AccountLine: Sendable {
    let account: Account
    let bounds: String
    let secondFactor: String
    /// What may be done with it: forms, rendered.
    var actions = ""

    func with(actions: String) -> AccountLine {
        var line = self
        line.actions = actions
        return line
    }
}

/// The forms of a row.
struct RowForms: Page {
    static let template: PageTemplate = "row-forms"

    let forms: [FormModel]
}

extension AccountPages {
    static let accountList = ListTable<AccountLine>(
        "tai-khoan", "Tài khoản", usualRows: 25, printedRows: 25, hasWords: false,
        columns: [
            .init(
                "ten", "Tài khoản", width: 32,
                cell: {
                    TableCell(
                        $0.account.name, link: Addresses.account($0.account.id), below: $0.account.login)
                }, value: { .text($0.account.name) }),
            .init(
                "vai-tro", "Vai trò", choice: true, width: 32,
                value: { .ranked(Role.allCases.firstIndex(of: $0.account.role) ?? 0, $0.account.role.title) }),
            .init("pham-vi", "Phạm vi", width: 44, value: { TableValue($0.bounds) }),
            .init(
                "tinh-trang", "Tình trạng", choice: true, width: 18,
                cell: { TableCell(badge: badge($0.account.state)) }, value: { .text($0.account.state.title) }),
            .init("lop-hai", "Lớp thứ hai", choice: true, width: 16, value: { .text($0.secondFactor) }),
            .init("dang-nhap", "Tên đăng nhập", width: 20, value: { .text($0.account.login) }),
            .init(
                "thao-tac", "Thao tác", sorted: false, data: false,
                cell: { TableCell(markup: $0.actions) }, value: { _ in .none }),
        ])

    private static func badge(_ state: Account.State) -> Badge {
        let look = ["invited": "submitted", "active": "accepted", "disabled": "not-due"][state.rawValue] ?? "plain"
        return Badge(state.title, look: look)
    }

    /// - Parameter words: of name, login or bounds; marks and capitals make no difference.
    func accountLines(_ words: String, for viewer: Viewer) async throws -> [AccountLine] {
        let folded = VietnameseText.fold(words)
        return try await access.accounts(for: viewer).filter { account in
            folded.isEmpty
                || VietnameseText.fold("\(account.login) \(account.name) \(bounds(account))").contains(folded)
        }.map { account in
            AccountLine(
                account: account, bounds: bounds(account),
                secondFactor: account.hasSecondFactor
                    ? "có" : access.grants.needsSecondFactor(account.role) ? "chưa (bắt buộc)" : "không")
        }
    }

    var accountWorkbook: ListWorkbook {
        ListWorkbook(Self.accountList.outline, of: Subject(.account), .right(.manageAccounts)) { reader in
            let words = reader.query[.search]
            return reader.sheet(
                Self.accountList, of: try await accountLines(words, for: reader.viewer),
                narrowed: words.isEmpty ? [] : ["tìm “\(words)”"])
        }
    }
}
