import Crypto
import Foundation
import JWTKit

/// A token that a program is given for its key (OAuth 2.0 client credentials).
public struct ProgramToken: Sendable, Equatable {
    /// The program.
    public let subject: String
    /// The first digits of its key's hash: another key makes the token void.
    public let keyMark: String
    public let scope: String
    /// The agreement it is good for, and what its calls are for; nil where they say so themselves.
    public let agreement: Int?
    public let purpose: String?
    /// Seconds since 1970.
    public let expires: Int64

    public init(subject: String, keyMark: String, scope: String, agreement: Int?, purpose: String?, expires: Int64) {
        (self.subject, self.keyMark, self.scope) = (subject, keyMark, scope)
        (self.agreement, self.purpose, self.expires) = (agreement, purpose, expires)
    }
}

private struct Claims: JWTPayload {
    let iss: IssuerClaim
    let sub: SubjectClaim
    let exp: ExpirationClaim
    let scope: String
    let key: String
    let agreement: Int?
    let purpose: String?

    /// Whether its time is over is asked with the time of whoever reads.
    func verify(using algorithm: some JWTAlgorithm) async throws {}
}

/// Makes and reads tokens, JSON Web Tokens signed with EdDSA by the installation: the first of its keys signs, all read. A token
/// is read without the database.
public struct ProgramTokens: Sendable {
    private static let issuer = "baophu"
    private let keys: JWTKeyCollection
    private let current: JWKIdentifier

    /// - Throws: ``VaultError`` without a key.
    public init(_ numbers: NumberKeys) async throws {
        let all = numbers.all()
        guard let first = all.first else { throw VaultError.noKey }
        keys = JWTKeyCollection()
        current = JWKIdentifier(string: first.id)
        for key in all {
            let signing = try Curve25519.Signing.PrivateKey(rawRepresentation: key.tokenBytes)
            await keys.add(eddsa: try EdDSA.PrivateKey(backing: signing), kid: JWKIdentifier(string: key.id))
        }
    }

    public func make(_ token: ProgramToken) async throws -> String {
        try await keys.sign(
            Claims(
                iss: IssuerClaim(value: Self.issuer), sub: SubjectClaim(value: token.subject),
                exp: ExpirationClaim(value: Date(timeIntervalSince1970: Double(token.expires))), scope: token.scope,
                key: token.keyMark, agreement: token.agreement, purpose: token.purpose), kid: current)
    }

    /// Nil for what was not signed by the installation, or whose time is over.
    /// - Parameter moment: seconds since 1970.
    public func read(_ text: String, at moment: Int64) async -> ProgramToken? {
        guard text.utf8.count < 4_096, let claims = try? await keys.verify(text, as: Claims.self),
            claims.iss.value == Self.issuer
        else { return nil }
        let expires = Int64(claims.exp.value.timeIntervalSince1970)
        guard expires > moment else { return nil }
        return ProgramToken(
            subject: claims.sub.value, keyMark: claims.key, scope: claims.scope, agreement: claims.agreement,
            purpose: claims.purpose, expires: expires)
    }
}
