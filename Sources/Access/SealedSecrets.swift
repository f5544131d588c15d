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
    /// - Throws: a refusal that tells the person whom to ask when its key is not at hand.
    func secret(
        _ stored: String, of account: RecordID, _ column: SecretColumn = .inUse
    ) throws -> OneTimePasswordSecret? {
        guard KeyRing.isSealed(stored) else { return OneTimePasswordSecret(base32: stored) }
        do {
            return OneTimePasswordSecret(
                base32: String(decoding: try keys.open(stored, for: column.place(account)), as: UTF8.self))
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
            for (column, id, stored) in try Self.storedSecrets(on: connection) {
                if keys.isSealedByCurrent(stored) { continue }
                var plain = Array(stored.utf8)
                if KeyRing.isSealed(stored) {
                    do throws(VaultError) {
                        plain = try keys.open(stored, for: column.place(id))
                    } catch {
                        problems.append(error)
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

    /// What no key at hand opens, one problem for each secret. Changes nothing.
    public func closedSecrets() async throws -> [VaultError] {
        try await store.read { connection in
            try Self.storedSecrets(on: connection).compactMap { column, id, stored in
                guard KeyRing.isSealed(stored) else { return nil }
                do throws(VaultError) {
                    _ = try keys.open(stored, for: column.place(id))
                    return nil
                } catch {
                    return error
                }
            }
        }
    }

    private static func storedSecrets(
        on connection: any SQLConnection
    ) throws -> [(column: SecretColumn, account: RecordID, stored: String)] {
        try SecretColumn.allCases.flatMap { column in
            try connection.rows(
                "SELECT id, \(column.rawValue) AS stored FROM account WHERE \(column.rawValue) IS NOT NULL ORDER BY id"
            ).map { (column, try $0.recordID("id"), try $0.text("stored")) }
        }
    }

    /// Ends every session: those of a database that was restored from a backup belong to another time.
    public static func endAllSessions(at moment: Timestamp, on connection: any SQLConnection) throws {
        try connection.execute("UPDATE session SET ended_at = ? WHERE ended_at IS NULL", moment)
    }
}
