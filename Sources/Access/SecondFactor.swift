import Database
import Kernel

// What is asked beside the password at sign-in.
extension AccessService {
    /// The secret to set up at a sign-in that needs one, made on first asking.
    public func enrolment(of viewer: Viewer) async throws -> OneTimePasswordSecret {
        let fresh = OneTimePasswordSecret.random()
        return try await store.write { connection in
            let row = try connection.row(
                "SELECT one_time_secret, one_time_confirmed_at FROM account WHERE id = ?", viewer.account)
            guard let row, try row.optionalTimestamp("one_time_confirmed_at") == nil else {
                throw Refusal(
                    .invalid,
                    "Mã xác thực đã được cài đặt. Muốn đổi điện thoại, hãy đăng nhập rồi mở trang tài khoản của bạn.")
            }
            if let begun = unconfirmed(try row.optionalText("one_time_secret"), of: viewer.account, .inUse) {
                return begun
            }
            try connection.execute(
                "UPDATE account SET one_time_secret = ? WHERE id = ?", sealed(fresh, of: viewer.account), viewer.account
            )
            return fresh
        }
    }

    static let wrongCode = Refusal(fields: [
        .init(
            AccountField.code,
            "Mã không đúng hoặc đã hết hạn. Hãy đợi mã mới trên điện thoại và kiểm tra giờ của máy; mã dự phòng thì mỗi mã chỉ dùng được một lần."
        )
    ])

    /// Checks a one-time code, at enrolment or at sign-in, or a recovery code, and completes the session under a new token.
    /// - Returns: after an enrolment with the recovery codes.
    public func confirm(
        code: String, token: String, viewer: Viewer, address: String, device: String, browser: String? = nil
    ) async throws -> SignedIn {
        let caller = Caller(login: viewer.login, address: address, device: device, browser: browser)
        let now = clock.now
        return try await trying(.code, by: caller, wrong: Self.wrongCode) { _ in
            try await store.write { connection -> SignedIn? in
                guard let account = try Accounts.find(viewer.account, on: connection),
                    try proves(code, account, from: address, at: now, on: connection)
                else { return nil }
                try connection.execute(
                    "UPDATE session SET ended_at = ? WHERE token_hash = ?", now, SecretToken.hash(token))
                var codes: [String] = []
                if !account.hasSecondFactor {
                    codes = try begin(for: account, from: address, at: now, on: connection)
                }
                var opened = try open(for: account, by: caller, detail: "hai lớp xác thực", at: now, on: connection)
                opened.recoveryCodes = codes
                return opened
            }
        }
    }

    /// Whether what was typed is a code of the phone now, or a recovery code, and uses it up.
    func proves(
        _ typed: String, _ account: Account, from address: String, at now: Timestamp, on connection: any SQLConnection
    ) throws -> Bool {
        if account.hasSecondFactor, RecoveryCodes.looksLikeOne(typed) {
            guard try RecoveryCodes.use(typed, of: account.id, at: now, on: connection) else { return false }
            let left = try RecoveryCodes.left(of: account.id, on: connection)
            try AuditTrail.append(
                AuditEvent(
                    "account.recovery-code-used", subject: Subject(.account, account.login), detail: "còn \(left) mã"),
                by: Actor(account: account.id, name: account.name, address: address), at: now, on: connection)
            try tell(.secondFactor(.codeUsed(left: left)), account, now, connection)
            return true
        }
        guard
            let row = try connection.row(
                "SELECT one_time_secret, one_time_last_step FROM account WHERE id = ?", account.id),
            let secret = try relied(try row.optionalText("one_time_secret"), of: account)
        else { return false }
        let last = try row.optionalInteger("one_time_last_step").map(Int64.init)
        guard let step = secret.acceptedStep(code: typed, at: now.secondsSinceEpoch, lastUsedStep: last) else {
            // Only a code that was used itself: an older one may be a slow typist's.
            if let last, secret.acceptedStep(code: typed, at: now.secondsSinceEpoch, lastUsedStep: last - 1) == last {
                try tellReuse(of: account, from: address, at: now, on: connection)
            }
            return false
        }
        try connection.execute("UPDATE account SET one_time_last_step = ? WHERE id = ?", step, account.id)
        return true
    }

    /// Somebody who looked over a shoulder, or reads along, types what its holder typed; or a form was sent twice.
    private func tellReuse(
        of account: Account, from address: String, at now: Timestamp, on connection: any SQLConnection
    ) throws {
        try AuditTrail.append(
            AuditEvent("account.code-reused", subject: Subject(.account, account.login)),
            by: Actor(account: account.id, name: account.name, address: address), at: now, on: connection)
        try tell(.secondFactor(.codeReused(address: address)), account, now, connection)
    }

    /// Asks for the second factor from now on.
    /// - Returns: the recovery codes.
    func begin(
        for account: Account, from address: String, at now: Timestamp, on connection: any SQLConnection
    ) throws -> [String] {
        try connection.execute("UPDATE account SET one_time_confirmed_at = ? WHERE id = ?", now, account.id)
        try AuditTrail.append(
            AuditEvent("account.second-factor-on", subject: Subject(.account, account.login)),
            by: Actor(account: account.id, name: account.name, address: address), at: now, on: connection)
        try tell(.secondFactor(.turnedOn), account, now, connection)
        return try RecoveryCodes.make(for: account.id, at: now, on: connection)
    }
}
