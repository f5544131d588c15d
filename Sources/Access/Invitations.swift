import Database
public import Kernel

/// A way in that works once: the token stands in a link and nowhere else.
public struct IssuedInvitation: Sendable, Equatable {
    public let account: RecordID
    public let login: String
    public let token: String
    public let expiresAt: Timestamp
}

extension AccessService {
    /// Creates an account and a one-time link for it.
    public func invite(_ draft: AccountDraft, by submission: Submission) async throws -> IssuedInvitation {
        try submission.viewer.require(.manageAccounts)
        return try await invite(draft, by: submission.actor)
    }

    /// The same by whoever runs the server.
    public func invite(_ draft: AccountDraft, by actor: Actor) async throws -> IssuedInvitation {
        let problems = draft.problems()
        guard problems.isEmpty else { throw Refusal(fields: problems) }
        let now = clock.now
        let id = RecordID(at: now)
        let policy = policy
        return try await store.write { connection in
            if try Accounts.find(login: draft.login, on: connection) != nil {
                throw Refusal(fields: [
                    .init(AccountField.login, "Tên đăng nhập “\(draft.login)” đã có người dùng; hãy chọn tên khác.")
                ])
            }
            try Accounts.insert(draft, id: id, at: now, on: connection)
            try AuditTrail.append(
                AuditEvent(
                    "account.invited", subject: Subject(.account, draft.login),
                    detail: try Account.sealed(draft.role.title, id, on: connection)),
                by: actor,
                at: now, on: connection)
            let issued = try Self.issue(for: id, login: draft.login, policy: policy, by: actor, at: now, on: connection)
            if let account = try Accounts.find(id, on: connection) {
                try tell(.invited(until: issued.expiresAt), account, now, connection)
            }
            return issued
        }
    }

    /// A new one-time link for an account: a forgotten password, a lost device. The old password, second factor,
    /// sessions and calendar address end at once.
    public func reinvite(_ account: RecordID, by submission: Submission) async throws -> IssuedInvitation {
        try submission.viewer.require(.manageAccounts)
        return try await reinvite(account, by: submission.actor)
    }

    /// The same by whoever runs the server.
    public func reinvite(_ account: RecordID, by actor: Actor) async throws -> IssuedInvitation {
        let now = clock.now
        let policy = policy
        return try await store.write { connection in
            guard let known = try Accounts.find(account, on: connection) else {
                throw Refusal(.notFound, "Không có tài khoản này.")
            }
            if let obstruction = AccountAction.reinvite.obstruction(of: known) { throw obstruction }
            try connection.execute(
                """
                UPDATE account SET password_hash = NULL, one_time_secret = NULL, one_time_confirmed_at = NULL,
                    one_time_pending = NULL, one_time_last_step = NULL, calendar_hash = NULL WHERE id = ?
                """, account)
            try RecoveryCodes.remove(of: account, on: connection)
            try Self.endSessions(of: account, at: now, on: connection)
            try KnownBrowsers.distrust(of: account, policy, on: connection)
            try AuditTrail.append(
                AuditEvent("account.reinvited", subject: Subject(.account, known.login)), by: actor, at: now,
                on: connection)
            let issued = try Self.issue(
                for: account, login: known.login, policy: policy, by: actor, at: now, on: connection)
            try tell(.linkRenewed(until: issued.expiresAt), known, now, connection)
            return issued
        }
    }

    /// The link for the first administrator: there until one administrator has taken up the account, nil afterwards.
    /// Each call ends the links of earlier calls.
    public func inviteFirstAdministrator(login: String = "quantri") async throws -> IssuedInvitation? {
        let now = clock.now
        let policy = policy
        return try await store.write { connection in
            let administrators = try Accounts.all(within: .ofSystem, on: connection).filter {
                $0.role == .administrator
            }
            guard !administrators.contains(where: { $0.state == .active }) else { return nil }
            if let waiting = administrators.first(where: { $0.login == login }) {
                return try Self.issue(
                    for: waiting.id, login: login, policy: policy, by: .system, at: now, on: connection)
            }
            let id = RecordID(at: now)
            let draft = AccountDraft(login: login, name: "Quản trị hệ thống", role: .administrator)
            try Accounts.insert(draft, id: id, at: now, on: connection)
            try AuditTrail.append(
                AuditEvent(
                    "account.invited", subject: Subject(.account, login),
                    detail: try Account.sealed("quản trị đầu tiên", id, on: connection)),
                by: .system,
                at: now, on: connection)
            return try Self.issue(for: id, login: login, policy: policy, by: .system, at: now, on: connection)
        }
    }

    private static func issue(
        for account: RecordID, login: String, policy: AccessPolicy, by actor: Actor, at now: Timestamp,
        on connection: any SQLConnection
    ) throws -> IssuedInvitation {
        let token = SecretToken.make()
        let expiry = now.adding(seconds: policy.invitationSeconds)
        try connection.execute("UPDATE invitation SET used_at = ? WHERE account = ? AND used_at IS NULL", now, account)
        try connection.execute(
            "INSERT INTO invitation (token_hash, account, created_at, expires_at, created_by) VALUES (?, ?, ?, ?, ?)",
            SecretToken.hash(token), account, now, expiry, actor.account)
        return IssuedInvitation(account: account, login: login, token: token, expiresAt: expiry)
    }

    /// Whose invitation a token is.
    /// - Throws: a refusal that says whether the link is unknown, used or has run out.
    public func invitee(token: String) async throws -> Account {
        let now = clock.now
        return try await store.read { connection in try Self.invitee(token: token, at: now, on: connection) }
    }

    private static func invitee(token: String, at now: Timestamp, on connection: any SQLConnection) throws -> Account {
        guard
            let row = try connection.row(
                "SELECT account, expires_at, used_at FROM invitation WHERE token_hash = ?", SecretToken.hash(token)),
            let account = try Accounts.find(try row.recordID("account"), on: connection)
        else {
            throw Refusal(
                .notFound,
                "Liên kết mời không đúng. Hãy sao chép lại nguyên vẹn liên kết, hoặc xin quản trị liên kết mới.")
        }
        guard try row.optionalTimestamp("used_at") == nil else {
            throw Refusal(
                .expired,
                "Liên kết mời này đã được dùng hoặc đã thay bằng liên kết khác. Nếu đã kích hoạt, hãy đăng nhập; nếu chưa, hãy xin quản trị liên kết mới."
            )
        }
        guard account.state != .disabled else {
            throw Refusal(.expired, "Tài khoản của liên kết này đang bị khóa. Hãy liên hệ quản trị hệ thống.")
        }
        let expiry = try row.timestamp("expires_at")
        guard now < expiry else {
            throw Refusal(.expired, "Liên kết mời đã hết hạn lúc \(expiry.vietnamese). Hãy xin quản trị liên kết mới.")
        }
        return account
    }

    /// Takes up an invitation: sets name and password and signs in.
    public func accept(
        token: String, name: String, password: String, address: String, device: String, browser: String? = nil
    ) async throws -> SignedIn {
        let invitee = try await invitee(token: token)
        var problems: [Refusal.FieldProblem] = []
        let name = VietnameseText.tidy(name)
        if name.isEmpty || name.count > 120 {
            problems.append(.init(AccountField.name, "Hãy nhập họ và tên (không quá 120 ký tự)."))
        }
        problems += try passwordProblems(password, of: invitee, named: name)
        guard problems.isEmpty else { throw Refusal(fields: problems) }
        let hash = try await passwords.hash(password)
        let now = clock.now
        let caller = Caller(login: invitee.login, address: address, device: device, browser: browser)
        return try await store.write { connection in
            let account = try Self.invitee(token: token, at: now, on: connection)
            try connection.execute(
                "UPDATE invitation SET used_at = ? WHERE token_hash = ?", now, SecretToken.hash(token))
            try connection.execute(
                "UPDATE account SET password_hash = ?, display_name = ? WHERE id = ?", hash, name, account.id)
            try AuditTrail.append(
                AuditEvent("account.activated", subject: Subject(.account, account.login)),
                by: Actor(account: account.id, name: name, address: address), at: now, on: connection)
            // Whoever guessed at the old password has nothing to do with the new one.
            try connection.execute("DELETE FROM sign_in_attempt WHERE login = ?", account.login)
            guard let active = try Accounts.find(account.id, on: connection), !needsSecondFactor(active.role) else {
                return try Self.startSession(for: account.id, stage: .enrolling, by: caller, at: now, on: connection)
            }
            return try open(for: active, by: caller, detail: "liên kết mời", at: now, on: connection)
        }
    }

    /// - Parameter name: of the account's holder, where it is being given.
    func passwordProblems(
        _ password: String, of account: Account, named name: String? = nil
    ) throws -> [Refusal.FieldProblem] {
        let own = [account.login, name ?? account.name] + namesAround(account)
        return try PasswordRules(shortest: policy.shortestPassword).problem(password, own: own)
            .map { [.init(AccountField.password, $0)] } ?? []
    }
}
