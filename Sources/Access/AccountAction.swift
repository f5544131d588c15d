import Kernel

/// What somebody may do with an account: use cases for people check it, pages draw the forms of ``Account/actions(for:)``.
public enum AccountAction: Sendable, CaseIterable {
    /// A new one-time link.
    case reinvite
    case lock, unlock
    /// Another role, other bounds.
    case change

    /// What stands against it in the account's present state; nil when nothing does.
    func obstruction(of account: Account) -> Refusal? {
        switch self {
        case .reinvite where account.state == .disabled:
            Refusal(.invalid, "Tài khoản “\(account.login)” đang bị khóa. Hãy mở khóa trước khi cấp liên kết mới.")
        case .reinvite, .lock, .unlock, .change: nil
        }
    }

    /// Refuses what nobody does to the own account.
    func requireOther(than viewer: Viewer, _ account: RecordID) throws(Refusal) {
        guard account == viewer.account else { return }
        switch self {
        case .lock: throw Refusal(.forbidden, "Không ai tự khóa tài khoản của mình; hãy nhờ quản trị viên khác.")
        case .change:
            throw Refusal(.forbidden, "Không ai tự sửa vai trò, phạm vi của mình; hãy nhờ quản trị viên khác.")
        case .reinvite, .unlock: return
        }
    }
}

extension Account {
    /// What a person may do with the account now. What would change nothing, as unlocking one that is open, is none of it.
    public func actions(for viewer: Viewer) -> Set<AccountAction> {
        guard viewer.may(.manageAccounts) else { return [] }
        let idle: AccountAction = state == .disabled ? .lock : .unlock
        return Set(
            AccountAction.allCases.filter { action in
                action != idle && action.obstruction(of: self) == nil
                    && (try? action.requireOther(than: viewer, id)) != nil
            })
    }
}
