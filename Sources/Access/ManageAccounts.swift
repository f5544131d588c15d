import Database
public import Kernel

extension Right {
    public static let manageAccounts = Right(
        "accounts.manage", "Mời, sửa, khóa tài khoản", guardsPeople: true)
}

extension AccessService {
    /// Locks or unlocks an account, never one's own; locking ends its sessions at once.
    public func setDisabled(
        _ disabled: Bool, account: RecordID, version: Int? = nil, by submission: Submission
    ) async throws {
        try submission.viewer.require(.manageAccounts)
        if disabled { try AccountAction.lock.requireOther(than: submission.viewer, account) }
        try await setDisabled(disabled, account: account, version: version, by: submission.actor)
    }

    /// The same by whoever runs the server.
    public func setDisabled(_ disabled: Bool, account: RecordID, version: Int? = nil, by actor: Actor) async throws {
        let now = clock.now
        try await store.write { connection in
            guard let known = try Accounts.find(account, on: connection) else {
                throw Refusal(.notFound, "Không có tài khoản này.")
            }
            try known.require(version)
            if disabled, known.role == .administrator {
                try Self.keepAnAdministrator(besides: known, on: connection)
            }
            try connection.execute("UPDATE account SET disabled_at = ? WHERE id = ?", disabled ? now : nil, account)
            if disabled { try Self.endSessions(of: account, at: now, on: connection) }
            try AuditTrail.append(
                AuditEvent(
                    disabled ? "account.disabled" : "account.enabled", subject: Subject(.account, known.login),
                    detail: try Account.sealed("", account, on: connection)),
                by: actor,
                at: now, on: connection)
        }
    }

    /// Changes one's own password; other sessions of the person end.
    public func changePassword(
        of viewer: Viewer, from old: String, to new: String, address: String, browser: String? = nil
    ) async throws {
        let (now, policy) = (clock.now, policy)
        let caller = Caller(login: viewer.login, address: address, device: "", browser: browser)
        let known = try await store.read { try Accounts.find(viewer.account, on: $0) }
        guard let known else { throw Refusal(.notFound, "Không có tài khoản này.") }
        let problems = try passwordProblems(new, of: known)
        let wrong = Refusal(fields: [.init(AccountField.old, "Mật khẩu hiện tại không đúng.")] + problems)
        _ = try await trying(.password, by: caller, wrong: wrong) { _ in
            let stored = try await store.read { connection in
                try connection.row("SELECT password_hash FROM account WHERE id = ?", viewer.account)?.optionalText(
                    "password_hash")
            }
            return try await passwords.verify(old, against: stored) ? true : nil
        }
        guard problems.isEmpty else { throw Refusal(fields: problems) }
        let hash = try await passwords.hash(new)
        try await store.write { connection in
            try connection.execute("UPDATE account SET password_hash = ? WHERE id = ?", hash, viewer.account)
            try connection.execute(
                "UPDATE session SET ended_at = ? WHERE account = ? AND ended_at IS NULL AND id <> ?", now,
                viewer.account,
                viewer.session?.text ?? "")
            try KnownBrowsers.distrust(of: viewer.account, policy, on: connection)
            try AuditTrail.append(
                AuditEvent("account.password-changed", subject: Subject(.account, viewer.login)),
                by: Actor(viewer, address: address), at: now, on: connection)
            guard let account = try Accounts.find(viewer.account, on: connection) else { return }
            try tell(.passwordChanged, account, now, connection)
        }
    }

    /// The address one's own reminders go to.
    public func email(of viewer: Viewer) async throws -> String? {
        try await store.read { try Accounts.find(viewer.account, on: $0)?.email }
    }

    /// Changes the address one's own reminders go to; empty sends none.
    public func changeEmail(of viewer: Viewer, to typed: String, address: String) async throws {
        let email = typed.isEmpty ? nil : typed
        if let email, !email.contains("@") || email.contains(where: \.isWhitespace) || email.utf8.count > 200 {
            throw Refusal(fields: [
                .init(AccountField.email, "Địa chỉ thư “\(email)” không đúng; để trống nếu không muốn nhận thư.")
            ])
        }
        let now = clock.now
        try await store.write { connection in
            let known = try Accounts.find(viewer.account, on: connection)
            try connection.execute("UPDATE account SET email = ? WHERE id = ?", email, viewer.account)
            try AuditTrail.append(
                AuditEvent("account.email-changed", subject: Subject(.account, viewer.login)),
                by: Actor(viewer, address: address),
                at: now, on: connection)
            guard let known, known.email != email else { return }
            try tell(.emailChanged(from: known.email, to: email), known, now, connection)
        }
    }

    /// A new secret address for a person's calendar feed; the old one stops working.
    public func renewCalendarToken(of viewer: Viewer, address: String) async throws -> String {
        let token = SecretToken.make()
        let now = clock.now
        try await store.write { connection in
            try connection.execute(
                "UPDATE account SET calendar_hash = ? WHERE id = ?", SecretToken.hash(token), viewer.account)
            try AuditTrail.append(
                AuditEvent("calendar.address-renewed", subject: Subject(.account, viewer.login)),
                by: Actor(viewer, address: address), at: now, on: connection)
        }
        return token
    }

    public func revokeCalendarToken(of viewer: Viewer, address: String) async throws {
        let now = clock.now
        try await store.write { connection in
            try connection.execute("UPDATE account SET calendar_hash = NULL WHERE id = ?", viewer.account)
            try AuditTrail.append(
                AuditEvent("calendar.address-revoked", subject: Subject(.account, viewer.login)),
                by: Actor(viewer, address: address), at: now, on: connection)
        }
    }

    public func hasCalendarToken(_ viewer: Viewer) async throws -> Bool {
        try await store.read { connection in
            try connection.row("SELECT calendar_hash FROM account WHERE id = ?", viewer.account)?
                .optionalText("calendar_hash") != nil
        }
    }

    /// Whose calendar a secret address shows; nil for an unknown or revoked one, or a disabled account.
    public func calendarOwner(token: String) async throws -> Viewer? {
        let grants = grants
        return try await store.read { connection in
            try connection.row(
                "SELECT \(Accounts.columns) FROM account a WHERE a.calendar_hash = ? AND a.disabled_at IS NULL",
                SecretToken.hash(token)
            ).map { try Accounts.account($0, on: connection).viewer(grants) }
        }
    }

    /// Sets a password directly: for illustrative accounts and tests.
    public func createActive(_ draft: AccountDraft, password: String, by actor: Actor) async throws -> Account {
        let problems = draft.problems()
        guard problems.isEmpty else { throw Refusal(fields: problems) }
        let hash = try await passwords.hash(password)
        let now = clock.now
        let id = RecordID(at: now)
        return try await store.write { connection in
            try Accounts.insert(draft, id: id, at: now, on: connection)
            try connection.execute("UPDATE account SET password_hash = ? WHERE id = ?", hash, id)
            try AuditTrail.append(
                AuditEvent(
                    "account.created", subject: Subject(.account, draft.login),
                    detail: try Account.sealed(draft.role.title, id, on: connection)),
                by: actor,
                at: now,
                on: connection)
            guard let account = try Accounts.find(id, on: connection) else {
                throw Refusal(.notFound, "Không có tài khoản này.")
            }
            return account
        }
    }
}
