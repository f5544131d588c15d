import Crypto
import CryptoExtras
import Dispatch
import Synchronization

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
    private static let line = HashLine()

    /// - Parameter cost: 17 in service (OWASP's recommendation for r = 8, p = 1); tests take less.
    public init(cost: Int = 17) {
        self.cost = cost
    }

    /// `scrypt$17$8$1$<salt>$<key>`, salt and key in base 64.
    public func hash(_ password: String) async throws -> String {
        let salt = (0..<16).map { _ in UInt8.random(in: 0...255) }
        let key = try await Self.derive(password, salt: salt, cost: cost, turn: .known)
        return "scrypt$\(cost)$8$1$\(Data(salt).base64EncodedString())$\(Data(key).base64EncodedString())"
    }

    /// Whether the password is the one that was hashed. Without a stored hash the same work is done in vain, so that
    /// the time of the answer does not tell whether an account exists.
    public func verify(
        _ password: String, against stored: String?, turn: PasswordTurn = .known
    ) async throws -> Bool {
        let parts = (stored ?? "").split(separator: "$")
        // HMAC fills a short key with zeros, so a password followed by a NUL would pass for the password.
        guard !password.utf8.contains(0), parts.count == 6, parts[0] == "scrypt", let cost = Int(parts[1]),
            parts[2] == "8", parts[3] == "1",
            let salt = Data(base64Encoded: String(parts[4])), let key = Data(base64Encoded: String(parts[5]))
        else {
            _ = try await Self.derive(password, salt: [UInt8](repeating: 0, count: 16), cost: self.cost, turn: turn)
            return false
        }
        return equalInConstantTime(
            try await Self.derive(password, salt: Array(salt), cost: cost, turn: turn), Array(key))
    }

    private static func derive(
        _ password: String, salt: [UInt8], cost: Int, turn: PasswordTurn
    ) async throws -> [UInt8] {
        let result: Result<[UInt8], any Error> = await withCheckedContinuation { continuation in
            line.add(turn) {
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

/// Whose password goes first where several wait.
public enum PasswordTurn: Sendable, Hashable {
    /// Of somebody who came in before in this browser, or is in: before all others.
    case known
    /// Of somebody else at an address: addresses take turns, so that one that sends many delays itself.
    case stranger(place: String)
}

/// Works that are done one at a time, on a thread of their own.
private final class HashLine: Sendable {
    private struct Work: Sendable {
        let turn: PasswordTurn
        /// How many of the same turn stood before it.
        let rank: Int
        let run: @Sendable () -> Void
    }

    private let queue = DispatchQueue(label: "baophu.passwords")
    private let waiting = Mutex<[Work]>([])

    func add(_ turn: PasswordTurn, _ run: @escaping @Sendable () -> Void) {
        waiting.withLock { waiting in
            let rank = turn == .known ? -1 : waiting.reduce(0) { $1.turn == turn ? $0 + 1 : $0 }
            waiting.append(Work(turn: turn, rank: rank, run: run))
        }
        queue.async { self.next()?.run() }
    }

    /// Each addition takes one out, the first of the lowest rank.
    private func next() -> Work? {
        waiting.withLock { waiting in
            guard let index = waiting.indices.min(by: { waiting[$0].rank < waiting[$1].rank }) else { return nil }
            return waiting.remove(at: index)
        }
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
