import Database
public import Kernel

/// What an account is and where: its role and the bounds that the role asks for.
public struct AccountPost: Sendable, Equatable {
    public var role: Role
    public var agency: AgencyCode?
    /// One of the agency's many units.
    public var unit: AgencyUnitCode?
    public var communes: [CommuneCode]
    public var residentialGroup: String?

    public init(
        role: Role, agency: AgencyCode? = nil, unit: AgencyUnitCode? = nil, communes: [CommuneCode] = [],
        residentialGroup: String? = nil
    ) {
        self.role = role
        self.agency = agency
        self.unit = unit
        self.communes = communes
        self.residentialGroup = residentialGroup
    }

    /// Role in words, bounds by their codes: `Cán bộ UBND cấp xã; 10507`.
    public var words: String {
        let bounds = [agency?.text, unit?.text] + communes.map(\.text).sorted() + [residentialGroup]
        return ([role.title] + bounds.compactMap(\.self)).joined(separator: "; ")
    }
}

extension Account {
    public var post: AccountPost {
        AccountPost(
            role: role, agency: agency, unit: unit, communes: communes, residentialGroup: residentialGroup)
    }

    /// Tells apart what an account is and may: the version of whoever looked at it (FNV-1a, 53 bits).
    public var version: Int {
        let hash = "\(state.rawValue);\(post.words)".utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) {
            ($0 ^ UInt64($1)) &* 0x100_0000_01b3
        }
        return Int(hash >> 11)
    }

    func require(_ seen: Int?) throws(Refusal) {
        guard let seen, seen != version else { return }
        throw Refusal(.stale, "Tài khoản này vừa được người khác sửa. Hãy tải lại trang, xem lại rồi làm lại.")
    }
}

extension AccessService {
    /// Gives an account another role or other bounds. Its open sessions end at once, so that nothing more is done with
    /// the old rights; the audit trail keeps who did it, why, from what and to what.
    /// - Throws: a refusal for one's own account, the last administrator, bounds that do not fit the role, no reason.
    public func change(
        _ account: RecordID, to post: AccountPost, reason typed: String, version: Int? = nil, by submission: Submission
    ) async throws {
        try submission.viewer.require(.manageAccounts)
        let reason = VietnameseText.tidy(typed)
        try await store.once(submission, about: Subject(.account, account), at: clock.now) { connection, now in
            guard let known = try Accounts.find(account, on: connection) else {
                throw Refusal(.notFound, "Không có tài khoản này.")
            }
            try AccountAction.change.requireOther(than: submission.viewer, account)
            try known.require(version)
            let draft = AccountDraft(
                login: known.login, name: known.name, role: post.role, agency: post.agency, unit: post.unit,
                communes: post.communes, residentialGroup: post.residentialGroup, email: known.email)
            var problems = draft.problems()
            if post.residentialGroup != nil, !post.role.bounds.group {
                problems.append(
                    .init(AccountField.group, "Vai trò “\(post.role.title)” không gắn với tổ dân phố; hãy để trống."))
            }
            if reason.isEmpty || reason.count > 300 {
                problems.append(
                    .init(AccountField.reason, "Hãy ghi lý do (không quá 300 chữ), ví dụ: chuyển công tác."))
            }
            guard problems.isEmpty else { throw Refusal(fields: problems) }
            if known.role == .administrator, post.role != .administrator {
                try Self.keepAnAdministrator(besides: known, on: connection)
            }
            guard post.words != known.post.words else { return }
            try connection.execute(
                "UPDATE account SET role = ?, agency = ?, unit = ?, residential_group = ? WHERE id = ?",
                post.role.rawValue, post.agency?.text, post.unit?.text, post.residentialGroup, account)
            try connection.execute("DELETE FROM account_commune WHERE account = ?", account)
            for commune in Set(post.communes) {
                try connection.execute(
                    "INSERT INTO account_commune (account, commune) VALUES (?, ?)", account, commune)
            }
            try Self.endSessions(of: account, at: now, on: connection)
            try AuditTrail.append(
                AuditEvent(
                    "account.changed", subject: Subject(.account, known.login),
                    detail: try Account.sealed(
                        "\(known.post.words) → \(post.words). Lý do: \(reason)", account, on: connection)),
                by: submission.actor, at: now, on: connection)
            try tell(.postChanged(from: known.post, to: post, reason: reason), known, now, connection)
        }
    }

    /// - Throws: a refusal when nobody else could manage accounts.
    static func keepAnAdministrator(besides account: Account, on connection: any SQLConnection) throws {
        let others = try Accounts.all(within: .ofSystem, on: connection).filter {
            $0.role == .administrator && $0.state == .active && $0.id != account.id
        }
        guard others.isEmpty, account.state == .active else { return }
        throw Refusal(
            .invalid, "Đây là quản trị viên cuối cùng đang hoạt động; hãy mời người khác làm quản trị trước.")
    }

    /// The accounts that a person keeps, by login.
    public func accounts(for viewer: Viewer) async throws -> [Account] {
        try viewer.require(.manageAccounts)
        let scope = viewer.scope(of: .manageAccounts, everything: .manageAccounts)
        return try await store.read { try Accounts.all(within: scope, on: $0) }
    }

    /// An account with what was done to it, the latest first.
    public func account(_ id: RecordID, for viewer: Viewer) async throws -> (account: Account, history: [AuditEntry]) {
        try viewer.require(.manageAccounts)
        return try await store.read { connection in
            guard let account = try Accounts.find(id, on: connection) else {
                throw Refusal(.notFound, "Không có tài khoản này.")
            }
            let subject = Subject(.account, account.login).text
            let entries = try AuditTrail.entries(before: nil, subjectPrefix: subject, limit: 400, on: connection)
            // What somebody did alone (signing in, a new password) is not a matter of the account's rights.
            return (
                account,
                entries.filter { $0.subject == subject && $0.action.hasPrefix("account.") && $0.actor != account.id }
            )
        }
    }
}
