public import Database
public import Kernel
public import Vault

// Secrets of second factors lie sealed in the database; the keys lie outside it.
extension AccessService {
    private static func place(_ account: RecordID) -> String { "account.one_time_secret/\(account)" }

    func sealed(_ secret: OneTimePasswordSecret, of account: RecordID) throws -> String {
        try keys.seal(Array(secret.base32.utf8), for: Self.place(account))
    }

    /// A stored secret; one that a release before 0.6 stored is plain and taken as it is (``sealSecrets()`` seals it).
    /// - Throws: a refusal that tells the person whom to ask when its key is not at hand.
    func secret(_ stored: String, of account: RecordID) throws -> OneTimePasswordSecret? {
        guard KeyRing.isSealed(stored) else { return OneTimePasswordSecret(base32: stored) }
        do {
            return OneTimePasswordSecret(
                base32: String(decoding: try keys.open(stored, for: Self.place(account)), as: UTF8.self))
        } catch {
            throw Refusal(
                .invalid,
                "Máy chủ không mở được mã xác thực đã lưu của tài khoản này (\(error)). Hãy báo người vận hành đặt lại tệp khóa, hoặc xin quản trị cấp liên kết mới."
            )
        }
    }

    /// Seals what is stored plain or by an older key, and counts what no key at hand opens.
    /// - Returns: how many were sealed anew, and the problems, one for each secret that stays closed.
    @discardableResult
    public func sealSecrets() async throws -> (sealed: Int, problems: [VaultError]) {
        try await store.write { connection in
            var (count, problems): (Int, [VaultError]) = (0, [])
            for row in try connection.rows(
                "SELECT id, one_time_secret FROM account WHERE one_time_secret IS NOT NULL ORDER BY id")
            {
                let id = try row.recordID("id")
                let stored = try row.text("one_time_secret")
                if keys.isSealedByCurrent(stored) { continue }
                var plain = Array(stored.utf8)
                if KeyRing.isSealed(stored) {
                    do throws(VaultError) {
                        plain = try keys.open(stored, for: Self.place(id))
                    } catch {
                        problems.append(error)
                        continue
                    }
                }
                try connection.execute(
                    "UPDATE account SET one_time_secret = ? WHERE id = ?", keys.seal(plain, for: Self.place(id)), id)
                count += 1
            }
            return (count, problems)
        }
    }

    /// What no key at hand opens, one problem for each secret. Changes nothing.
    public func closedSecrets() async throws -> [VaultError] {
        try await store.read { connection in
            try connection.rows("SELECT id, one_time_secret FROM account WHERE one_time_secret IS NOT NULL ORDER BY id")
                .compactMap { row in
                    let stored = try row.text("one_time_secret")
                    guard KeyRing.isSealed(stored) else { return nil }
                    let place = Self.place(try row.recordID("id"))
                    do throws(VaultError) {
                        _ = try keys.open(stored, for: place)
                        return nil
                    } catch {
                        return error
                    }
                }
        }
    }

    /// Ends every session: those of a database that was restored from a backup belong to another time.
    public static func endAllSessions(at moment: Timestamp, on connection: any SQLConnection) throws {
        try connection.execute("UPDATE session SET ended_at = ? WHERE ended_at IS NULL", moment)
    }
}
