public import Database
public import Kernel
public import Vault

// Secrets of second factors lie sealed in the database; the keys lie outside it.
extension AccessService {
    /// Where a sealed secret stands: it opens nowhere else.
    enum SecretColumn: String, CaseIterable {
        case inUse = "one_time_secret"
        /// Being set up beside it.
        case pending = "one_time_pending"

        func place(_ account: RecordID) -> String { "account.\(rawValue)/\(account)" }
    }

    func sealed(
        _ secret: OneTimePasswordSecret, of account: RecordID, _ column: SecretColumn = .inUse
    ) throws -> String {
        try keys.seal(Array(secret.base32.utf8), for: column.place(account))
    }

    /// A stored secret; one that a release before 0.6 stored is plain and taken as it is (``sealSecrets()`` seals it).
    func secret(
        _ stored: String, of account: RecordID, _ column: SecretColumn = .inUse
    ) throws(VaultError) -> OneTimePasswordSecret? {
        guard KeyRing.isSealed(stored) else { return OneTimePasswordSecret(base32: stored) }
        return OneTimePasswordSecret(
            base32: String(decoding: try keys.open(stored, for: column.place(account)), as: UTF8.self))
    }

    /// A secret that is being set up. One that does not open (a database restored without its keys) counts as none: nobody
    /// relies on it, another is begun in its place.
    func unconfirmed(
        _ stored: String?, of account: RecordID, _ column: SecretColumn
    ) -> OneTimePasswordSecret? {
        guard let stored else { return nil }
        do throws(VaultError) {
            return try secret(stored, of: account, column)
        } catch {
            return nil
        }
    }

    /// The secret that an account's codes are held to.
    /// - Throws: a refusal that says who resets it when it is in use and does not open.
    func relied(_ stored: String?, of account: Account) throws -> OneTimePasswordSecret? {
        guard account.hasSecondFactor, let stored else {
            return unconfirmed(stored, of: account.id, .inUse)
        }
        do throws(VaultError) {
            return try secret(stored, of: account.id)
        } catch {
            throw Refusal(fields: [.init(AccountField.code, Self.closedWords(account))])
        }
    }

    /// What whoever is asked for a code is told first where the server cannot check one of a phone, so that nobody tries in
    /// vain; nil where it can.
    public func closedFactor(of viewer: Viewer) async throws -> String? {
        try await store.read { connection in
            guard let account = try Accounts.find(viewer.account, on: connection), account.hasSecondFactor else {
                return nil
            }
            let row = try connection.row("SELECT one_time_secret FROM account WHERE id = ?", viewer.account)
            do {
                _ = try relied(try row?.optionalText("one_time_secret"), of: account)
                return nil
            } catch let refusal as Refusal {
                return refusal.fields.first?.message ?? refusal.message
            }
        }
    }

    private static func closedWords(_ account: Account) -> String {
        let resets =
            account.role == .administrator
            ? "Không còn mã dự phòng thì nhờ một quản trị hệ thống khác, hoặc người vận hành máy chủ (lệnh “baophu account link \(account.login)”), cấp liên kết mới"
            : "Không còn mã dự phòng thì nhờ quản trị hệ thống cấp liên kết mới ở trang “Tài khoản”"
        return
            "Máy chủ không còn khóa để kiểm tra mã trên điện thoại của bạn, thường là sau khi khôi phục từ bản sao lưu. Hãy nhập một mã dự phòng thay cho mã điện thoại, rồi cài lại điện thoại ở trang tài khoản. \(resets)."
    }

    /// Seals what is stored plain or by an older key, and counts what no key at hand opens. A secret that was still being set
    /// up and does not open is dropped.
    /// - Returns: how many were sealed anew, and the problems, one for each secret that stays closed.
    @discardableResult
    public func sealSecrets() async throws -> (sealed: Int, problems: [VaultError]) {
        try await store.write { connection in
            var (count, problems): (Int, [VaultError]) = (0, [])
            for (column, id, stored, isRelied) in try Self.storedSecrets(on: connection) {
                if keys.isSealedByCurrent(stored), isRelied || unconfirmed(stored, of: id, column) != nil { continue }
                var plain = Array(stored.utf8)
                if KeyRing.isSealed(stored) {
                    do throws(VaultError) {
                        plain = try keys.open(stored, for: column.place(id))
                    } catch {
                        if isRelied {
                            problems.append(error)
                        } else {
                            try connection.execute("UPDATE account SET \(column.rawValue) = NULL WHERE id = ?", id)
                        }
                        continue
                    }
                }
                try connection.execute(
                    "UPDATE account SET \(column.rawValue) = ? WHERE id = ?", keys.seal(plain, for: column.place(id)),
                    id)
                count += 1
            }
            return (count, problems)
        }
    }

    /// What no key at hand opens, one problem for each secret in use. Changes nothing.
    public func closedSecrets() async throws -> [VaultError] {
        try await store.read { connection in
            try Self.storedSecrets(on: connection).compactMap { column, id, stored, isRelied in
                guard isRelied, KeyRing.isSealed(stored) else { return nil }
                do throws(VaultError) {
                    _ = try keys.open(stored, for: column.place(id))
                    return nil
                } catch {
                    return error
                }
            }
        }
    }

    /// - Returns: with whether somebody's sign-in hangs on it.
    private static func storedSecrets(
        on connection: any SQLConnection
    ) throws -> [(column: SecretColumn, account: RecordID, stored: String, isRelied: Bool)] {
        try SecretColumn.allCases.flatMap { column in
            try connection.rows(
                """
                SELECT id, \(column.rawValue) AS stored, one_time_confirmed_at FROM account
                WHERE \(column.rawValue) IS NOT NULL ORDER BY id
                """
            ).map { row in
                let isConfirmed = try row.optionalTimestamp("one_time_confirmed_at") != nil
                return (column, try row.recordID("id"), try row.text("stored"), column == .inUse && isConfirmed)
            }
        }
    }

    /// Ends every session: those of a database that was restored from a backup belong to another time.
    public static func endAllSessions(at moment: Timestamp, on connection: any SQLConnection) throws {
        try connection.execute("UPDATE session SET ended_at = ? WHERE ended_at IS NULL", moment)
    }
}
