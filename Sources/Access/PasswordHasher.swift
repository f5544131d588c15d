import Crypto
import CryptoExtras
import Foundation

/// scrypt (RFC 7914) with its cost stored beside each hash, so that the cost can change without locking anybody out.
///
/// Two hashes are worked out at a time (``HashLine``). At the default cost one takes 32 MiB and a fifth of a second of one core:
/// three hundred people who come in within a minute take half of a machine of two cores.
public struct PasswordHasher: Sendable {
    /// log2 of scrypt's N; the block size is 8.
    public let cost: Int
    private static let line = HashLine()
    /// What a stored hash may ask for: more is no hash of ours.
    private static let (costs, lanes, memory) = (1...20, 1...16, 256 << 20)

    /// - Parameter cost: in service one of OWASP's equal choices, 13 to 17, of which less memory goes with more lanes; tests
    ///   take less.
    public init(cost: Int = 15) {
        self.cost = cost
    }

    /// scrypt's p, with which a cost is worth what OWASP asks for (Password Storage Cheat Sheet).
    private var parallelism: Int {
        switch cost {
        case 13: 10
        case 14: 5
        case 15: 3
        case 16: 2
        default: 1
        }
    }

    /// `scrypt$15$8$3$<salt>$<key>`, salt and key in base 64.
    public func hash(_ password: String) async throws -> String {
        let salt = (0..<16).map { _ in UInt8.random(in: 0...255) }
        let key = try await Self.derive(
            Self.composed(password), salt: salt, cost: cost, parallelism: parallelism, turn: .known)
        return
            "scrypt$\(cost)$8$\(parallelism)$\(Data(salt).base64EncodedString())$\(Data(key).base64EncodedString())"
    }

    /// Vietnamese keyboards send “ế” as one sign or as three, and the same person has both: what they type is one password.
    private static func composed(_ password: String) -> String { password.precomposedStringWithCanonicalMapping }

    /// Whether a stored hash was made at another cost than a new one would be.
    func isOutdated(_ stored: String) -> Bool { !stored.hasPrefix("scrypt$\(cost)$8$\(parallelism)$") }

    /// Whether the password is the one that was hashed. Without a stored hash the same work is done in vain, so that
    /// the time of the answer does not tell whether an account exists.
    public func verify(
        _ password: String, against stored: String?, turn: PasswordTurn = .known
    ) async throws -> Bool {
        if try await isRight(Self.composed(password), against: stored, turn) { return true }
        // Hashes of releases before 0.6 are of what was typed.
        guard !password.utf8.elementsEqual(Self.composed(password).utf8) else { return false }
        return try await isRight(password, against: stored, turn)
    }

    private func isRight(_ password: String, against stored: String?, _ turn: PasswordTurn) async throws -> Bool {
        let parts = (stored ?? "").split(separator: "$")
        // HMAC fills a short key with zeros, so a password followed by a NUL would pass for the password.
        guard !password.utf8.contains(0), parts.count == 6, parts[0] == "scrypt",
            let cost = Int(parts[1]), Self.costs.contains(cost), parts[2] == "8",
            let lanes = Int(parts[3]), Self.lanes.contains(lanes), 128 * 8 << cost <= Self.memory,
            let salt = Data(base64Encoded: String(parts[4])), let key = Data(base64Encoded: String(parts[5]))
        else {
            _ = try await Self.derive(
                password, salt: [UInt8](repeating: 0, count: 16), cost: self.cost, parallelism: parallelism, turn: turn)
            return false
        }
        return equalInConstantTime(
            try await Self.derive(password, salt: Array(salt), cost: cost, parallelism: lanes, turn: turn), Array(key))
    }

    private static func derive(
        _ password: String, salt: [UInt8], cost: Int, parallelism: Int, turn: PasswordTurn
    ) async throws -> [UInt8] {
        let result: Result<[UInt8], any Error> = await withCheckedContinuation { continuation in
            line.add(turn) {
                continuation.resume(
                    returning: Result {
                        let key = try KDF.Scrypt.deriveKey(
                            from: Array(password.utf8), salt: salt, outputByteCount: 32, rounds: 1 << cost,
                            blockSize: 8, parallelism: parallelism, maxMemory: Self.memory + (1 << 20))
                        return key.withUnsafeBytes { Array($0) }
                    })
            }
        }
        return try result.get()
    }
}

/// Compares without stopping at the first difference, so that the time taken tells nothing.
func equalInConstantTime(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    guard left.count == right.count else { return false }
    return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
}

/// Secrets that are shown once and stored as a hash: sessions, invitations, calendar feeds.
public enum SecretToken {
    /// 256 random bits in URL-safe base 64.
    public static func make() -> String {
        // One call of the system's generator for all bits.
        let bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
        return Data(bytes).base64EncodedString().map { character in
            switch character {
            case "+": "-"
            case "/": "_"
            default: character
            }
        }.filter { $0 != "=" }.map(String.init).joined()
    }

    /// What is stored of a token. A plain SHA-256 is enough for 256 random bits.
    public static func hash(_ token: String) -> String {
        hexadecimal(SHA256.hash(data: Array(token.utf8)))
    }

    /// A value that only the holder of `token` can have made, for forms of that session (CSRF).
    public static func formToken(session token: String) -> String {
        hexadecimal(
            HMAC<SHA256>.authenticationCode(for: Array("form".utf8), using: SymmetricKey(data: Array(token.utf8))))
    }

    public static func matches(_ given: String, _ expected: String) -> Bool {
        equalInConstantTime(Array(given.utf8), Array(expected.utf8))
    }
}
