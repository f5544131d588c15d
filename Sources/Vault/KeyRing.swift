import Crypto
import Foundation
import Synchronization

/// The keys that seal secrets in the database: the first seals, all open. They lie outside the database, so that neither a
/// stolen database nor a backup of it gives the secrets away.
///
/// Another program may have turned the keys meanwhile (`baophu key rotate`): a secret sealed by an unknown key makes the ring
/// look at its source once more.
public final class KeyRing: Sendable {
    /// One key: 256 random bits, with a short name that stands on what it sealed.
    struct Key: Sendable {
        /// Eight hexadecimal digits of the key's SHA-256.
        let id: String
        let key: SymmetricKey

        init(_ bytes: [UInt8]) {
            key = SymmetricKey(data: bytes)
            id = SHA256.hash(data: bytes).prefix(4).map { byte in
                let text = String(byte, radix: 16)
                return byte < 16 ? "0" + text : text
            }.joined()
        }
    }

    /// What begins each sealed text; the number is of the format.
    private static let prefix = "v1."

    private let keys: Mutex<[Key]>
    private let reload: (@Sendable () throws -> [[UInt8]])?

    /// - Parameters:
    ///   - keys: 32 bytes each, the one that seals first.
    ///   - reload: reads them anew from where they came from.
    init(keys: [[UInt8]], reload: (@Sendable () throws -> [[UInt8]])? = nil) {
        self.keys = Mutex(keys.map(Key.init))
        self.reload = reload
    }

    /// A ring of one new key that lives as long as the process: for illustrative data.
    public static func ephemeral() -> KeyRing { KeyRing(keys: [newKey()]) }

    static func newKey() -> [UInt8] { SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) } }

    /// The keys with their names, the one that seals first.
    func snapshot() -> [Key] { keys.withLock { $0 } }

    /// Looks at where the keys came from once more; keeps those at hand where they cannot be read.
    func refresh() {
        guard let reload, let fresh = try? reload() else { return }
        keys.withLock { $0 = fresh.map(Key.init) }
    }

    /// The names of the keys, the one that seals first.
    public var ids: [String] { keys.withLock { $0.map(\.id) } }

    /// Seals bytes (AES-256-GCM) for one place, which opening must name again: a sealed text moved to another row or column
    /// does not open there.
    /// - Parameter place: what it is and whose, `account.one_time_secret/<id>`.
    public func seal(_ bytes: [UInt8], for place: String) throws(VaultError) -> String {
        guard let key = keys.withLock({ $0.first }) else { throw .noKey }
        do {
            let box = try AES.GCM.seal(bytes, using: key.key, authenticating: Array(place.utf8))
            // A box made with a nonce of twelve bytes always has a combined form.
            guard let combined = box.combined else { throw VaultError.damaged(place: place) }
            return Self.prefix + key.id + "." + combined.base64EncodedString()
        } catch {
            throw .damaged(place: place)
        }
    }

    /// - Throws: ``VaultError/unknownKey(id:place:)``, ``VaultError/damaged(place:)``
    public func open(_ text: String, for place: String) throws(VaultError) -> [UInt8] {
        guard let (id, combined) = Self.parts(text) else { throw .damaged(place: place) }
        guard let key = try key(id, place: place) else { throw .unknownKey(id: id, place: place) }
        do {
            return Array(
                try AES.GCM.open(
                    try AES.GCM.SealedBox(combined: combined), using: key, authenticating: Array(place.utf8)))
        } catch {
            throw .damaged(place: place)
        }
    }

    /// Whether a text was sealed by the key that seals now.
    public func isSealedByCurrent(_ text: String) -> Bool {
        Self.parts(text).map { $0.id == ids.first } ?? false
    }

    /// Whether a text is a sealed one at all.
    public static func isSealed(_ text: String) -> Bool { parts(text) != nil }

    private static func parts(_ text: String) -> (id: String, combined: Data)? {
        guard text.hasPrefix(prefix) else { return nil }
        let parts = text.dropFirst(prefix.count).split(separator: ".", maxSplits: 1)
        guard parts.count == 2, let combined = Data(base64Encoded: String(parts[1])) else { return nil }
        return (String(parts[0]), combined)
    }

    private func key(_ id: String, place: String) throws(VaultError) -> SymmetricKey? {
        if let key = keys.withLock({ $0.first { $0.id == id }?.key }) { return key }
        guard let reload, let fresh = try? reload() else { return nil }
        return keys.withLock { keys in
            keys = fresh.map(Key.init)
            return keys.first { $0.id == id }?.key
        }
    }
}

/// What is wrong with a key or with something sealed.
public enum VaultError: Error, Equatable, CustomStringConvertible {
    case noKey
    /// Sealed by a key that is not at hand.
    case unknownKey(id: String, place: String)
    /// Not opened by its key: changed, or moved from another place.
    case damaged(place: String)
    case file(path: String, problem: String)
    /// The passphrase or identity does not fit the file.
    case wrongSecret(path: String)
    /// Parts of the file are missing, changed or in another order.
    case damagedFile(path: String)

    public var description: String {
        switch self {
        case .noKey: "there is no key to seal with"
        case .unknownKey(let id, let place):
            "\(place) was sealed with key \(id), which is not among the keys; copy the key file of the server that sealed it"
        case .damaged(let place): "\(place) cannot be opened: it was changed, or moved from elsewhere"
        case .file(let path, let problem): "\(path): \(problem)"
        case .wrongSecret(let path): "\(path): the passphrase or identity does not open it"
        case .damagedFile(let path): "\(path): it is damaged: a part is missing, changed or out of order"
        }
    }
}
