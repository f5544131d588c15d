import Database
import Kernel

extension AccessService {
    /// Checks login and password and opens a session, which still asks for the second factor where one is due.
    /// - Throws: one and the same refusal for an unknown login, a wrong password and a disabled account.
    public func signIn(login: String, password: String, address: String, device: String) async throws -> SignedIn {
        let login = login.lowercased().trimmed
        let now = clock.now
        let attempt = try await beginAttempt(login: login, address: address, at: now)
        let known = try await store.read { connection in
            try connection.row(
                "SELECT id, password_hash, role, one_time_confirmed_at, disabled_at, display_name FROM account WHERE login = ?",
                login)
        }
        let usable = try known?.optionalTimestamp("disabled_at") == nil ? known : nil
        let right = try await passwords.verify(password, against: usable?.optionalText("password_hash"))
        guard right, let usable else {
            throw Refusal(
                .invalid, "Tên đăng nhập hoặc mật khẩu không đúng.",
                fields: [.init(AccountField.password, "Tên đăng nhập hoặc mật khẩu không đúng.")])
        }
        let id = try usable.recordID("id")
        let role: Role = try usable.choice("role")
        let name = try usable.text("display_name")
        let stage: SessionStage =
            if try usable.optionalTimestamp("one_time_confirmed_at") != nil {
                .code
            } else if needsSecondFactor(role) {
                .enrolling
            } else {
                .complete
            }
        return try await store.write { connection in
            // A right password alone does not clear earlier failures where a code is still due: codes could be guessed
            // without end between two right passwords.
            try Self.settle(attempt, as: stage == .code ? .unfinished : .succeeded, on: connection)
            if stage == .complete {
                try AuditTrail.append(
                    AuditEvent("session.started", subject: Subject(.account, login)),
                    by: Actor(account: id, name: name, address: address), at: now, on: connection)
            }
            return try Self.startSession(
                for: id, stage: stage, address: address, device: device, at: now, on: connection)
        }
    }

    /// Ends the session of a token. Unknown tokens are no fault: the person wanted to be out, and is.
    public func signOut(token: String) async throws {
        let now = clock.now
        try await store.write { connection in
            _ = try connection.execute(
                "UPDATE session SET ended_at = ? WHERE token_hash = ? AND ended_at IS NULL", now,
                SecretToken.hash(token))
        }
    }

    // MARK: Throttling

    /// What became of a try, as stored.
    enum AttemptOutcome: Int {
        case succeeded = 0
        case failed = 1
        /// The password was right, the code is still due.
        case unfinished = 2
    }

    /// Counts a try as failed before it is looked at, unless there were too many: checking and counting are one step, so
    /// that guesses sent all at once are counted too.
    func beginAttempt(login: String, address: String, at now: Timestamp) async throws -> RecordID {
        let policy = policy
        let since = now.adding(seconds: -policy.failureWindowSeconds)
        let attempt = RecordID(at: now)
        let known = String(login.prefix(80))
        let admitted = try await store.write { connection in
            // Failures after the last success of the account; an address is judged by all its failures.
            let ofAccount =
                try connection.integer(
                    """
                    SELECT COUNT(*) FROM sign_in_attempt WHERE login = ? AND failed = 1 AND at > ? AND id > COALESCE(
                        (SELECT MAX(id) FROM sign_in_attempt WHERE login = ? AND failed = 0), '')
                    """, known, since, known) ?? 0
            let ofAddress =
                try connection.integer(
                    "SELECT COUNT(*) FROM sign_in_attempt WHERE address = ? AND failed = 1 AND at > ?", address, since)
                ?? 0
            guard ofAccount < policy.failuresPerAccount, ofAddress < policy.failuresPerAddress else { return false }
            try connection.execute(
                "INSERT INTO sign_in_attempt (id, login, address, at, failed) VALUES (?, ?, ?, ?, ?)", attempt, known,
                address,
                now, AttemptOutcome.failed.rawValue)
            return true
        }
        guard admitted else {
            let minutes = policy.failureWindowSeconds / 60
            throw Refusal(
                .tooMany,
                "Đã thử sai quá nhiều lần. Hãy đợi \(minutes) phút rồi thử lại, hoặc xin quản trị liên kết đặt lại mật khẩu."
            )
        }
        return attempt
    }

    static func settle(_ attempt: RecordID, as outcome: AttemptOutcome, on connection: any SQLConnection) throws {
        try connection.execute("UPDATE sign_in_attempt SET failed = ? WHERE id = ?", outcome.rawValue, attempt)
    }

    // MARK: The second factor

    /// The secret to set up on a device, made on first asking; nil when the session is not at that stage.
    public func enrolment(of viewer: Viewer) async throws -> OneTimePasswordSecret {
        let fresh = OneTimePasswordSecret.random()
        return try await store.write { connection in
            let row = try connection.row(
                "SELECT one_time_secret, one_time_confirmed_at FROM account WHERE id = ?", viewer.account)
            guard let row, try row.optionalTimestamp("one_time_confirmed_at") == nil else {
                throw Refusal(
                    .invalid, "Mã xác thực đã được cài đặt. Muốn đổi thiết bị, hãy xin quản trị liên kết mới.")
            }
            if let stored = try row.optionalText("one_time_secret"),
                let secret = try secret(stored, of: viewer.account)
            {
                return secret
            }
            try connection.execute(
                "UPDATE account SET one_time_secret = ? WHERE id = ?", sealed(fresh, of: viewer.account), viewer.account
            )
            return fresh
        }
    }

    /// Checks a one-time code, at enrolment or at sign-in, and completes the session under a new token.
    public func confirm(
        code: String, token: String, viewer: Viewer, address: String, device: String
    ) async throws -> SignedIn {
        let now = clock.now
        let attempt = try await beginAttempt(login: viewer.login, address: address, at: now)
        let accepted = try await store.write { connection -> SignedIn? in
            guard
                let row = try connection.row(
                    "SELECT one_time_secret, one_time_last_step FROM account WHERE id = ?", viewer.account),
                let secret = try row.optionalText("one_time_secret").flatMap({ try secret($0, of: viewer.account) }),
                let step = secret.acceptedStep(
                    code: code, at: now.secondsSinceEpoch,
                    lastUsedStep: try row.optionalInteger("one_time_last_step").map(Int64.init))
            else { return nil }
            try Self.settle(attempt, as: .succeeded, on: connection)
            try connection.execute(
                """
                UPDATE account SET one_time_last_step = ?, one_time_confirmed_at = COALESCE(one_time_confirmed_at, ?)
                WHERE id = ?
                """, step, now, viewer.account)
            try connection.execute(
                "UPDATE session SET ended_at = ? WHERE token_hash = ?", now, SecretToken.hash(token))
            try AuditTrail.append(
                AuditEvent("session.started", subject: Subject(.account, viewer.login), detail: "hai lớp xác thực"),
                by: Actor(viewer, address: address), at: now, on: connection)
            return try Self.startSession(
                for: viewer.account, stage: .complete, address: address, device: device, at: now, on: connection)
        }
        guard let accepted else {
            throw Refusal(fields: [
                .init(
                    AccountField.code,
                    "Mã không đúng hoặc đã hết hạn. Hãy đợi mã mới trên điện thoại và kiểm tra giờ của máy.")
            ])
        }
        return accepted
    }
}

extension String {
    var trimmed: String { VietnameseText.tidy(self) }
}
