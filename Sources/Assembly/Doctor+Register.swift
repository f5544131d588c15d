import Database
import Foundation
import Registry
import Vault

extension Doctor {
    /// Whether the register's keys are there, closed to others, and are those that sealed what it holds.
    func numberKeys() async -> Finding {
        let place = settings.numberKeyFile ?? "setting keys.numbers-value"
        do {
            let (keys, missing) = try await registerKeys()
            if let file = settings.numberKeyFile, keys != nil, KeyFile.isOpenToOthers(file) {
                return Finding(
                    check: "register-keys", severity: .fault, message: "others may read \(file)",
                    remedy: "run `chmod 600 \(file)`")
            }
            if !missing.isEmpty {
                return Finding(
                    check: "register-keys", severity: .fault,
                    message:
                        "the register is closed: \(place) lacks \(missing.joined(separator: ", ")), which sealed numbers in it",
                    remedy: "put back the copy of the key file; everything but the register works meanwhile")
            }
            guard let keys else {
                return ok("register-keys", "none yet in \(place): made at the first start, the register is empty")
            }
            return ok("register-keys", "\(place): \(keys.ids.joined(separator: ", ")); the first seals")
        } catch {
            return Finding(
                check: "register-keys", severity: .fault, message: "\(error)",
                remedy: "make the file readable for the server's user, or put back its copy")
        }
    }

    private func registerKeys() async throws -> (NumberKeys?, missing: [String]) {
        guard Storage.exists(settings.database) else {
            let ring = try settings.numberKeyFile.flatMap { path throws(VaultError) in
                try KeyFile.loadExisting(path)
            }
            return (ring.map { NumberKeys($0) }, [])
        }
        let store = try Storage.open(settings.database)
        do {
            let keys = try await settings.numberKeys(of: store, makes: false)
            let missing = try await store.read { try RegisterKeys.missing(from: keys, on: $0) }
            try await store.close()
            return (keys, missing)
        } catch {
            try await store.close()
            throw error
        }
    }
}
