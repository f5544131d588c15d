import Crypto
import Foundation

/// The Ed25519 key by which an installation signs what it says of exchanges. Derived from a key of the register (HKDF-SHA256), so
/// that it lies outside of the database and is kept, backed up and turned with it.
extension NumberKey {
    private var signing: Curve25519.Signing.PrivateKey {
        get throws(VaultError) {
            do {
                return try Curve25519.Signing.PrivateKey(rawRepresentation: signingBytes)
            } catch {
                throw .damaged(place: "signing key \(id)")
            }
        }
    }

    /// 32 bytes: what a partner checks signatures with.
    public var publicKey: [UInt8] {
        get throws(VaultError) { Array(try signing.publicKey.rawRepresentation) }
    }

    /// 64 bytes.
    public func sign(_ message: [UInt8]) throws(VaultError) -> [UInt8] {
        do {
            return Array(try signing.signature(for: message))
        } catch {
            throw .damaged(place: "signature of key \(id)")
        }
    }

    /// Whether a signature is that of the holder of a public key.
    public static func isSignature(_ signature: [UInt8], of message: [UInt8], by publicKey: [UInt8]) -> Bool {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else { return false }
        return key.isValidSignature(signature, for: message)
    }
}
