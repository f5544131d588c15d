import Crypto
import CryptoExtras
import Dispatch

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// scrypt (RFC 7914) with its cost stored beside each hash, so that the cost can rise without locking anybody out.
///
/// Work runs on one thread of its own: at the default cost a hash takes 128 MiB and half a second, so two at once would
/// be the memory of an old PC, and none may block a request of somebody else.
public struct PasswordHasher: Sendable {
    /// log2 of scrypt's N. Block size 8, parallelism 1.
    public let cost: Int
    private static let queue = DispatchQueue(label: "baophu.passwords")

    /// - Parameter cost: 17 in service (OWASP's recommendation for r = 8, p = 1); tests take less.
    public init(cost: Int = 17) {
        self.cost = cost
    }

    /// `scrypt$17$8$1$<salt>$<key>`, salt and key in base 64.
    public func hash(_ password: String) async throws -> String {
        let salt = (0..<16).map { _ in UInt8.random(in: 0...255) }
        let key = try await Self.derive(password, salt: salt, cost: cost)
        return "scrypt$\(cost)$8$1$\(Data(salt).base64EncodedString())$\(Data(key).base64EncodedString())"
    }

    /// Whether the password is the one that was hashed. Without a stored hash the same work is done in vain, so that
    /// the time of the answer does not tell whether an account exists.
    public func verify(_ password: String, against stored: String?) async throws -> Bool {
        let parts = (stored ?? "").split(separator: "$")
        // HMAC fills a short key with zeros, so a password followed by a NUL would pass for the password.
        guard !password.utf8.contains(0), parts.count == 6, parts[0] == "scrypt", let cost = Int(parts[1]),
            parts[2] == "8", parts[3] == "1",
            let salt = Data(base64Encoded: String(parts[4])), let key = Data(base64Encoded: String(parts[5]))
        else {
            _ = try await Self.derive(password, salt: [UInt8](repeating: 0, count: 16), cost: self.cost)
            return false
        }
        return equalInConstantTime(try await Self.derive(password, salt: Array(salt), cost: cost), Array(key))
    }

    private static func derive(_ password: String, salt: [UInt8], cost: Int) async throws -> [UInt8] {
        let result: Result<[UInt8], any Error> = await withCheckedContinuation { continuation in
            queue.async {
                continuation.resume(
                    returning: Result {
                        let key = try KDF.Scrypt.deriveKey(
                            from: Array(password.utf8), salt: salt, outputByteCount: 32, rounds: 1 << cost,
                            blockSize: 8,
                            parallelism: 1, maxMemory: 256 << 20)
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
