import Database
import Kernel

extension AccessService {
    /// Checks login and password and opens a session, which still asks for the second factor where one is due.
    /// - Parameter browser: what the browser keeps from an earlier sign-in (``SignedIn/browser``).
    /// - Throws: one and the same refusal for an unknown login, a wrong password and a disabled account; or how long to wait.
    public func signIn(
        login: String, password: String, address: String, device: String, browser: String? = nil
    ) async throws -> SignedIn {
        let caller = Caller(login: login, address: address, device: device, browser: browser)
        let message = "Tên đăng nhập hoặc mật khẩu không đúng."
        let wrong = Refusal(.invalid, message, fields: [.init(AccountField.password, message)])
        return try await trying(.password, by: caller, wrong: wrong) { standing in
            let known = try await store.read { connection in
                try connection.row("SELECT id, password_hash, disabled_at FROM account WHERE login = ?", caller.login)
            }
            let usable = try known?.optionalTimestamp("disabled_at") == nil ? known : nil
            let turn: PasswordTurn =
                if case .knownBrowser = standing { .known } else { .stranger(place: caller.place) }
            let stored = try usable?.optionalText("password_hash")
            guard try await passwords.verify(password, against: stored, turn: turn),
                let id = try usable?.recordID("id"), let stored
            else { return nil }
            try await renew(stored, of: id, password)
            guard var entered = try await enter(id, by: caller) else { return nil }
            entered.signedIn.hasWeakPassword =
                try !passwordProblems(password, of: entered.account).isEmpty
            return entered.signedIn
        }
    }

    /// Hashes a right password anew where its hash was made at another cost.
    private func renew(_ stored: String, of id: RecordID, _ password: String) async throws {
        guard passwords.isOutdated(stored) else { return }
        let hash = try await passwords.hash(password)
        try await store.write { connection in
            _ = try connection.execute(
                "UPDATE account SET password_hash = ? WHERE id = ? AND password_hash = ?", hash, id, stored)
        }
    }

    /// What follows a right password. A right password alone forgives no earlier failures where a code is still due: codes
    /// could be guessed without end between two right passwords.
    private func enter(_ id: RecordID, by caller: Caller) async throws -> (signedIn: SignedIn, account: Account)? {
        let now = clock.now
        return try await store.write { connection in
            guard let account = try Accounts.find(id, on: connection), account.state == .active else { return nil }
            if account.hasSecondFactor || needsSecondFactor(account.role) {
                let stage: SessionStage = account.hasSecondFactor ? .code : .enrolling
                return (try Self.startSession(for: id, stage: stage, by: caller, at: now, on: connection), account)
            }
            return (try open(for: account, by: caller, detail: "", at: now, on: connection), account)
        }
    }

    /// Opens the session of somebody who has proved everything.
    /// - Parameter detail: how, for the audit trail.
    func open(
        for account: Account, by caller: Caller, detail: String, at now: Timestamp, on connection: any SQLConnection
    ) throws -> SignedIn {
        try Self.forgive(caller, on: connection)
        let browser = try KnownBrowsers.note(caller, of: account.id, at: now, on: connection)
        try AuditTrail.append(
            AuditEvent("session.started", subject: Subject(.account, account.login), detail: detail),
            by: Actor(account: account.id, name: account.name, address: caller.address), at: now, on: connection)
        if browser.isNew {
            try tell(.newBrowser(device: caller.device, address: caller.address), account, now, connection)
        }
        var opened = try Self.startSession(for: account.id, stage: .complete, by: caller, at: now, on: connection)
        opened.browser = browser.token
        return opened
    }

    /// Ends the session of a token. Unknown tokens are no fault: the person wanted to be out, and is.
    public func signOut(token: String, address: String = "") async throws {
        let now = clock.now
        try await store.write { connection in
            let hash = SecretToken.hash(token)
            guard
                let row = try connection.row(
                    """
                    SELECT a.id, a.login, a.display_name, s.stage FROM session s JOIN account a ON a.id = s.account
                    WHERE s.token_hash = ? AND s.ended_at IS NULL
                    """, hash)
            else { return }
            try connection.execute("UPDATE session SET ended_at = ? WHERE token_hash = ?", now, hash)
            try AuditTrail.append(
                AuditEvent("session.signed-out", subject: Subject(.account, try row.text("login"))),
                by: Actor(account: try row.recordID("id"), name: try row.text("display_name"), address: address),
                at: now,
                on: connection)
        }
    }
}

extension String {
    var trimmed: String { VietnameseText.tidy(self) }
}
