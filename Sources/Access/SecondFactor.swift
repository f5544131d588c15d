import Database
import Kernel

// What is asked beside the password.
extension AccessService {
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
        code: String, token: String, viewer: Viewer, address: String, device: String, browser: String? = nil
    ) async throws -> SignedIn {
        let caller = Caller(login: viewer.login, address: address, device: device, browser: browser)
        let wrong = Refusal(fields: [
            .init(
                AccountField.code,
                "Mã không đúng hoặc đã hết hạn. Hãy đợi mã mới trên điện thoại và kiểm tra giờ của máy.")
        ])
        let now = clock.now
        return try await trying(.code, by: caller, wrong: wrong) { _ in
            try await store.write { connection -> SignedIn? in
                guard
                    let row = try connection.row(
                        "SELECT one_time_secret, one_time_last_step FROM account WHERE id = ?", viewer.account),
                    let secret = try row.optionalText("one_time_secret").flatMap({
                        try secret($0, of: viewer.account)
                    }),
                    let step = secret.acceptedStep(
                        code: code, at: now.secondsSinceEpoch,
                        lastUsedStep: try row.optionalInteger("one_time_last_step").map(Int64.init)),
                    let account = try Accounts.find(viewer.account, on: connection)
                else { return nil }
                try connection.execute(
                    """
                    UPDATE account SET one_time_last_step = ?,
                        one_time_confirmed_at = COALESCE(one_time_confirmed_at, ?)
                    WHERE id = ?
                    """, step, now, viewer.account)
                try connection.execute(
                    "UPDATE session SET ended_at = ? WHERE token_hash = ?", now, SecretToken.hash(token))
                return try open(
                    for: account, by: caller, detail: "hai lớp xác thực", at: now, on: connection)
            }
        }
    }
}
