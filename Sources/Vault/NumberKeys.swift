import Crypto
import Foundation
import Synchronization

/// What is sealed with a ``NumberKey``, as it is stored: the name of the key (4 bytes), a random nonce (12), the sealed bytes, their
/// tag (16).
public struct SealedText: Sendable, Hashable {
    public let bytes: [UInt8]

    static let nameBytes = 4
    private static let leastBytes = nameBytes + 12 + 16

    /// Nil for what is too short to be one.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count >= Self.leastBytes else { return nil }
        self.bytes = bytes
    }

    /// The key that sealed it, as ``NumberKeys/ids`` names it.
    public var key: String { KeyFile.hexadecimal(Array(bytes.prefix(Self.nameBytes))) }

    var combined: ArraySlice<UInt8> { bytes.dropFirst(Self.nameBytes) }
}

/// One key for numbers of persons: it seals them, and makes the blind indexes by which equal numbers are found without opening
/// any.
///
/// Both work with keys of their own, derived from the one in the file (HKDF-SHA256), so that what an index tells says nothing of the
/// sealing key.
public struct NumberKey: Sendable {
    /// Bytes of a blind index. Cut from HMAC's 32, since an index stands in memory and in the database for every number of
    /// every person: among 10^8 different numbers 96 bits leave two that meet by chance at one in 10^13, and what they lead to is
    /// compared by name as well.
    public static let indexBytes = 12

    /// Eight hexadecimal digits.
    public let id: String
    private let name: [UInt8]
    private let sealing: SymmetricKey
    /// Before any message: making it of its key takes longer than a number.
    private let indexing: HMAC<SHA256>
    private let signingMaterial: SymmetricKey
    private let tokenMaterial: SymmetricKey

    init(_ key: KeyRing.Key) {
        id = key.id
        name = KeyFile.bytes(hexadecimal: key.id) ?? []
        func derived(_ use: String) -> SymmetricKey {
            HKDF<SHA256>.deriveKey(inputKeyMaterial: key.key, info: Data(use.utf8), outputByteCount: 32)
        }
        sealing = derived("baophu number seal 1")
        indexing = HMAC(key: derived("baophu number index 1"))
        signingMaterial = derived("baophu exchange sign 1")
        tokenMaterial = derived("baophu program token 1")
    }

    /// The secret half of the key that signs exchanges.
    var signingBytes: [UInt8] { signingMaterial.withUnsafeBytes { Array($0) } }

    /// The secret half of the key that signs tokens of programs.
    var tokenBytes: [UInt8] { tokenMaterial.withUnsafeBytes { Array($0) } }

    /// Seals bytes (AES-256-GCM) for one column of one record, which opening must name again.
    public func seal(_ bytes: [UInt8], for place: String) throws(VaultError) -> SealedText {
        do {
            let box = try AES.GCM.seal(bytes, using: sealing, authenticating: Array(place.utf8))
            // A box made with a nonce of twelve bytes always has a combined form.
            guard let combined = box.combined, let sealed = SealedText(name + combined) else {
                throw VaultError.damaged(place: place)
            }
            return sealed
        } catch {
            throw .damaged(place: place)
        }
    }

    func open(_ sealed: SealedText, for place: String) throws(VaultError) -> [UInt8] {
        do {
            return Array(
                try AES.GCM.open(
                    try AES.GCM.SealedBox(combined: sealed.combined), using: sealing,
                    authenticating: Array(place.utf8)))
        } catch {
            throw .damaged(place: place)
        }
    }

    /// The same for equal numbers of one kind, and only for them: HMAC-SHA256 over kind and number, cut to ``indexBytes``.
    /// - Parameters:
    ///   - value: in the one form that all ways of writing it are brought to before.
    ///   - kind: equal digits of two kinds have different indexes.
    public func blindIndex(of value: String, kind: String) -> [UInt8] {
        var code = indexing
        code.update(data: Array(kind.utf8) + [0] + Array(value.utf8))
        return code.finalize().withUnsafeBytes { Array($0.prefix(Self.indexBytes)) }
    }
}

/// The keys for numbers of persons: the first seals, all open and all find. They lie outside the database, apart from those of
/// secrets: they are kept by whoever keeps the register, and turning them takes as long as the register is large.
public final class NumberKeys: Sendable {
    private let ring: KeyRing
    private let derived = Mutex<[String: NumberKey]>([:])

    public init(_ ring: KeyRing) { self.ring = ring }

    /// One new key that lives as long as the process: for illustrative data.
    public static func ephemeral() -> NumberKeys { NumberKeys(.ephemeral()) }

    /// The names of the keys, the one that seals first.
    public var ids: [String] { ring.ids }

    /// Looks whether the keys were turned meanwhile.
    public func refresh() { ring.refresh() }

    /// The one that seals.
    public func current() throws(VaultError) -> NumberKey {
        guard let first = all().first else { throw .noKey }
        return first
    }

    /// The one that seals first.
    public func all() -> [NumberKey] {
        let keys = ring.snapshot()
        return derived.withLock { derived in
            keys.map { key in
                if let known = derived[key.id] { return known }
                let new = NumberKey(key)
                derived[key.id] = new
                return new
            }
        }
    }

    /// - Throws: ``VaultError/unknownKey(id:place:)``, ``VaultError/damaged(place:)``
    public func open(_ sealed: SealedText, for place: String) throws(VaultError) -> [UInt8] {
        let id = sealed.key
        if let key = all().first(where: { $0.id == id }) { return try key.open(sealed, for: place) }
        refresh()
        guard let key = all().first(where: { $0.id == id }) else { throw .unknownKey(id: id, place: place) }
        return try key.open(sealed, for: place)
    }
}
