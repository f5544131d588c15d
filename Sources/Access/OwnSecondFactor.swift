import Database
import Kernel

/// One's own second factor, as its page shows it.
public struct OwnSecondFactor: Sendable, Equatable {
    public let isOn: Bool
    /// Whether the role does not go without.
    public let isRequired: Bool
    /// Recovery codes not used yet.
    public let codesLeft: Int
    /// To set up on a phone: for the first time, or on another one.
    public let fresh: OneTimePasswordSecret
}

// Everybody may have a second factor, and look after it.
extension AccessService {
    public func ownSecondFactor(of viewer: Viewer) async throws -> OwnSecondFactor {
        let fresh = OneTimePasswordSecret.random()
        return try await store.write { connection in
            let account = try Self.account(of: viewer, on: connection)
            let pending = try pending(of: account, on: connection)
            if pending == nil {
                try connection.execute(
                    "UPDATE account SET one_time_pending = ? WHERE id = ?",
                    sealed(fresh, of: account.id, .pending), account.id)
            }
            return OwnSecondFactor(
                isOn: account.hasSecondFactor, isRequired: needsSecondFactor(account.role),
                codesLeft: try RecoveryCodes.left(of: account.id, on: connection), fresh: pending ?? fresh)
        }
    }

    /// Asks for a second factor from the next sign-in on; other sessions of the person end.
    /// - Parameters:
    ///   - password: so that nobody locks its holder out from a screen left open.
    ///   - code: of the new phone.
    /// - Returns: the recovery codes.
    public func turnOnSecondFactor(
        of viewer: Viewer, password: String, code: String, address: String, browser: String? = nil
    ) async throws -> [String] {
        try Self.requireTyped([(.password, password, "Hãy nhập mật khẩu."), (.code, code, "Hãy nhập mã 6 chữ số.")])
        let caller = Caller(login: viewer.login, address: address, device: "", browser: browser)
        let wrong = Refusal(fields: [.init(AccountField.password, "Mật khẩu không đúng.")])
        _ = try await trying(.password, by: caller, wrong: wrong) { _ in
            let stored = try await store.read { connection in
                try connection.row("SELECT password_hash FROM account WHERE id = ?", viewer.account)?.optionalText(
                    "password_hash")
            }
            return try await passwords.verify(password, against: stored) ? true : nil
        }
        let now = clock.now
        return try await store.write { connection in
            let account = try Self.account(of: viewer, on: connection)
            guard !account.hasSecondFactor else { throw Refusal(.invalid, "Lớp xác thực thứ hai đã bật.") }
            try takeUpPending(code, of: account, at: now, on: connection)
            try Self.endOtherSessions(of: viewer, at: now, on: connection)
            return try begin(for: account, from: address, at: now, on: connection)
        }
    }

    /// Goes over to another phone; other sessions of the person end.
    /// - Parameters:
    ///   - proof: a code of the phone until now, or a recovery code.
    ///   - code: of the new phone.
    public func changeSecondFactor(
        of viewer: Viewer, proof: String, code: String, address: String, browser: String? = nil
    ) async throws {
        try Self.requireTyped([
            (.code, proof, "Hãy nhập mã hiện trên điện thoại đang dùng, hoặc một mã dự phòng."),
            (.new, code, "Hãy nhập mã 6 chữ số hiện trên điện thoại mới."),
        ])
        try await proved(proof, viewer, address: address, browser: browser) { account, now, connection in
            try takeUpPending(code, of: account, field: .new, at: now, on: connection)
            try Self.endOtherSessions(of: viewer, at: now, on: connection)
            try AuditTrail.append(
                AuditEvent("account.second-factor-changed", subject: Subject(.account, account.login)),
                by: Actor(viewer, address: address), at: now, on: connection)
            try tell(.secondFactor(.changed), account, now, connection)
        }
    }

    /// Does without a second factor from now on.
    /// - Throws: a refusal for roles that do not go without.
    public func turnOffSecondFactor(
        of viewer: Viewer, proof: String, address: String, browser: String? = nil
    ) async throws {
        try Self.requireTyped([(.code, proof, "Hãy nhập mã trên điện thoại hoặc mã dự phòng.")])
        guard !needsSecondFactor(viewer.role) else {
            throw Refusal(.forbidden, "Vai trò “\(viewer.role.title)” phải có lớp xác thực thứ hai.")
        }
        try await proved(proof, viewer, address: address, browser: browser) { account, now, connection in
            try connection.execute(
                """
                UPDATE account SET one_time_secret = NULL, one_time_confirmed_at = NULL, one_time_last_step = NULL
                WHERE id = ?
                """, account.id)
            try RecoveryCodes.remove(of: account.id, on: connection)
            try AuditTrail.append(
                AuditEvent("account.second-factor-off", subject: Subject(.account, account.login)),
                by: Actor(viewer, address: address), at: now, on: connection)
            try tell(.secondFactor(.turnedOff), account, now, connection)
        }
    }

    /// New recovery codes; those before stop working.
    public func renewRecoveryCodes(
        of viewer: Viewer, proof: String, address: String, browser: String? = nil
    ) async throws -> [String] {
        try Self.requireTyped([(.code, proof, "Hãy nhập mã trên điện thoại hoặc mã dự phòng.")])
        return try await proved(proof, viewer, address: address, browser: browser) { account, now, connection in
            try AuditTrail.append(
                AuditEvent("account.recovery-codes-made", subject: Subject(.account, account.login)),
                by: Actor(viewer, address: address), at: now, on: connection)
            try tell(.secondFactor(.codesMade), account, now, connection)
            return try RecoveryCodes.make(for: account.id, at: now, on: connection)
        }
    }

    // MARK: Steps

    /// Does something with an account whose holder has just proved to have the second factor, in one transaction.
    private func proved<T: Sendable>(
        _ proof: String, _ viewer: Viewer, address: String, browser: String?,
        _ body: @escaping @Sendable (Account, Timestamp, any SQLConnection) throws -> T
    ) async throws -> T {
        let caller = Caller(login: viewer.login, address: address, device: "", browser: browser)
        let now = clock.now
        return try await trying(.code, by: caller, wrong: Self.wrongCode) { _ in
            try await store.write { connection -> T? in
                let account = try Self.account(of: viewer, on: connection)
                guard account.hasSecondFactor else { throw Refusal(.invalid, "Lớp xác thực thứ hai chưa bật.") }
                guard try proves(proof, account, from: address, at: now, on: connection) else { return nil }
                return try body(account, now, connection)
            }
        }
    }

    /// An empty field is no try.
    private static func requireTyped(_ fields: [(AccountField, typed: String, message: String)]) throws {
        let empty = fields.filter { $0.typed.isEmpty }.map { Refusal.FieldProblem($0.0, $0.message) }
        guard empty.isEmpty else { throw Refusal(fields: empty) }
    }

    private static func account(of viewer: Viewer, on connection: any SQLConnection) throws -> Account {
        guard let account = try Accounts.find(viewer.account, on: connection) else {
            throw Refusal(.notFound, "Không có tài khoản này.")
        }
        return account
    }

    private func pending(of account: Account, on connection: any SQLConnection) throws -> OneTimePasswordSecret? {
        let stored = try connection.row("SELECT one_time_pending FROM account WHERE id = ?", account.id)?
            .optionalText("one_time_pending")
        return unconfirmed(stored, of: account.id, .pending)
    }

    /// Makes the secret that was shown the one in use, once a code of it was typed.
    private func takeUpPending(
        _ code: String, of account: Account, field: AccountField = .code, at now: Timestamp,
        on connection: any SQLConnection
    ) throws {
        guard let secret = try pending(of: account, on: connection),
            let step = secret.acceptedStep(code: code, at: now.secondsSinceEpoch, lastUsedStep: nil)
        else {
            throw Refusal(fields: [
                .init(field, "Mã hiện trên điện thoại vừa quét không đúng. Hãy quét lại hình, đợi mã mới rồi nhập lại.")
            ])
        }
        try connection.execute(
            "UPDATE account SET one_time_secret = ?, one_time_pending = NULL, one_time_last_step = ? WHERE id = ?",
            sealed(secret, of: account.id), step, account.id)
    }

    private static func endOtherSessions(
        of viewer: Viewer, at now: Timestamp, on connection: any SQLConnection
    ) throws {
        try connection.execute(
            "UPDATE session SET ended_at = ? WHERE account = ? AND ended_at IS NULL AND id <> ?", now, viewer.account,
            viewer.session?.text ?? "")
    }
}
