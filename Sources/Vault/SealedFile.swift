import Crypto
import CryptoExtras
import Foundation

/// A file sealed for a passphrase or a recipient, part by part, in little memory whatever its size.
///
/// Layout: `BAOPHU1\n`, one byte for the way to the key (1 passphrase, 2 recipient), what that way needs (log2 of scrypt's cost and 16
/// bytes of salt; or the 32 bytes of a one-time X25519 key), 7 random bytes; then parts of 65,536 bytes of the file, the last
/// one shorter, each sealed with AES-256-GCM. A part's nonce is the 7 bytes, its number (4 bytes) and 1 for the last part, 0 otherwise, and
/// everything before the parts is authenticated with each: a part left out, added, moved or taken from another file does not open
/// (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015).
public enum SealedFile {
    /// What a file is sealed for.
    public enum Lock: Sendable {
        case passphrase(String)
        case recipient(BackupRecipient)
    }

    /// What opens it.
    public enum Opener: Sendable {
        case passphrase(String)
        case identity(BackupIdentity)
    }

    private static let magic = Array("BAOPHU1\n".utf8)
    static let partBytes = 65_536
    private static let tagBytes = 16
    private static let saltBytes = 16
    private static let prefixBytes = 7
    /// 2^17: a quarter of a second and 128 MB for each guess.
    private static let standardCost: UInt8 = 17

    /// Whether a file was written by ``seal(_:to:for:)``.
    public static func isSealed(_ path: String) -> Bool {
        guard let handle = FileHandle(forReadingAtPath: path) else { return false }
        return (try? handle.read(upToCount: magic.count)).map { $0.elementsEqual(magic) } ?? false
    }

    /// Writes a sealed copy; it appears whole or not at all, and never over another file.
    /// - Parameter cost: log2 of scrypt's cost; less only in tests.
    public static func seal(_ source: String, to path: String, for lock: Lock, cost: UInt8? = nil) throws(VaultError) {
        let (way, key) = try way(lock, cost: cost ?? standardCost, path: path)
        var random = SystemRandomNumberGenerator()
        let prefix = (0..<prefixBytes).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        let header = magic + way + prefix
        let input = try Input(source)
        let output = try PrivateFile(for: path)
        do throws(VaultError) {
            try output.append(header)
            var number: UInt32 = 0
            var part = try input.read(partBytes)
            while true {
                let next = part.count == partBytes ? try input.read(partBytes) : Data()
                let isLast = next.isEmpty
                guard
                    let box = try? AES.GCM.seal(
                        part, using: key, nonce: nonce(prefix, number, isLast: isLast), authenticating: header)
                else {
                    throw VaultError.damagedFile(path: source)
                }
                try output.append(box.ciphertext + box.tag)
                if isLast { break }
                part = next
                guard number < .max else { throw VaultError.file(path: source, problem: "it is too long") }
                number += 1
            }
        } catch {
            output.discard()
            throw error
        }
        try output.finish()
    }

    /// Writes the file as it was; it appears whole or not at all, and never over another file.
    public static func open(_ source: String, to path: String, with opener: Opener) throws(VaultError) {
        let input = try Input(source)
        guard try input.read(magic.count).elementsEqual(magic) else {
            throw .file(path: source, problem: "it is not a sealed file")
        }
        let (way, key) = try key(from: input, opener, path: source)
        let prefix = Array(try input.read(prefixBytes))
        guard prefix.count == prefixBytes else { throw .damagedFile(path: source) }
        let header = magic + way + prefix
        let output = try PrivateFile(for: path)
        do throws(VaultError) {
            var number: UInt32 = 0
            var part = try input.read(partBytes + tagBytes)
            while true {
                let next = part.count == partBytes + tagBytes ? try input.read(partBytes + tagBytes) : Data()
                let isLast = next.isEmpty
                guard part.count >= tagBytes,
                    let box = try? AES.GCM.SealedBox(
                        nonce: nonce(prefix, number, isLast: isLast), ciphertext: part.dropLast(tagBytes),
                        tag: part.suffix(tagBytes)),
                    let plain = try? AES.GCM.open(box, using: key, authenticating: header)
                else {
                    // The first part is where a wrong passphrase shows.
                    throw number == 0 ? VaultError.wrongSecret(path: source) : .damagedFile(path: source)
                }
                try output.append(plain)
                if isLast { break }
                part = next
                guard number < .max else { throw VaultError.damagedFile(path: source) }
                number += 1
            }
        } catch {
            output.discard()
            throw error
        }
        try output.finish()
    }

    // MARK: The way to the key

    private static func way(_ lock: Lock, cost: UInt8, path: String) throws(VaultError) -> ([UInt8], SymmetricKey) {
        switch lock {
        case .passphrase(let passphrase):
            var random = SystemRandomNumberGenerator()
            let salt = (0..<saltBytes).map { _ in UInt8.random(in: .min ... .max, using: &random) }
            return ([1, cost] + salt, try key(passphrase, salt: salt, cost: cost, path: path))
        case .recipient(let recipient):
            let once = Curve25519.KeyAgreement.PrivateKey()
            let sender = Array(once.publicKey.rawRepresentation)
            guard let shared = try? once.sharedSecretFromKeyAgreement(with: recipient.key) else {
                throw .file(path: path, problem: "the recipient's key cannot be used")
            }
            return ([2] + sender, key(shared, sender: sender, recipient: recipient))
        }
    }

    private static func key(from input: Input, _ opener: Opener, path: String) throws(VaultError) -> (
        [UInt8], SymmetricKey
    ) {
        let way = Array(try input.read(1))
        switch (way, opener) {
        case ([1], .passphrase(let passphrase)):
            let rest = Array(try input.read(1 + saltBytes))
            // More than 2^22 (4 GB) was never written here; a forged header must not fill the memory.
            guard rest.count == 1 + saltBytes, (1...22).contains(rest[0]) else { throw .damagedFile(path: path) }
            return (way + rest, try key(passphrase, salt: Array(rest.dropFirst()), cost: rest[0], path: path))
        case ([2], .identity(let identity)):
            let sender = Array(try input.read(32))
            guard sender.count == 32, let once = try? Curve25519.KeyAgreement.PublicKey(rawRepresentation: sender),
                let shared = try? identity.key.sharedSecretFromKeyAgreement(with: once)
            else { throw .damagedFile(path: path) }
            return (way + sender, key(shared, sender: sender, recipient: identity.recipient))
        case ([1], .identity): throw .file(path: path, problem: "it is sealed with a passphrase, not for a recipient")
        case ([2], .passphrase):
            throw .file(path: path, problem: "it is sealed for a recipient: give the identity's file")
        default: throw .damagedFile(path: path)
        }
    }

    private static func key(_ passphrase: String, salt: [UInt8], cost: UInt8, path: String) throws(VaultError)
        -> SymmetricKey
    {
        // What is typed in two ways for the eye (e + ́, é) is one passphrase.
        let text = Array(passphrase.precomposedStringWithCanonicalMapping.utf8)
        do {
            return try KDF.Scrypt.deriveKey(
                from: text, salt: salt, outputByteCount: 32, rounds: 1 << Int(cost), blockSize: 8, parallelism: 1,
                maxMemory: 1 << (Int(cost) + 11))
        } catch {
            throw .file(path: path, problem: "the key cannot be made of the passphrase: \(error)")
        }
    }

    private static func key(_ shared: SharedSecret, sender: [UInt8], recipient: BackupRecipient) -> SymmetricKey {
        shared.hkdfDerivedSymmetricKey(
            using: SHA256.self, salt: sender + Array(recipient.key.rawRepresentation),
            sharedInfo: Array("baophu sealed file".utf8), outputByteCount: 32)
    }

    private static func nonce(_ prefix: [UInt8], _ number: UInt32, isLast: Bool) throws -> AES.GCM.Nonce {
        try AES.GCM.Nonce(data: prefix + withUnsafeBytes(of: number.bigEndian) { Array($0) } + [isLast ? 1 : 0])
    }

    /// A file read from its beginning to its end.
    private struct Input {
        private let handle: FileHandle
        private let path: String

        init(_ path: String) throws(VaultError) {
            guard let handle = FileHandle(forReadingAtPath: path) else {
                throw .file(path: path, problem: "it cannot be read")
            }
            (self.handle, self.path) = (handle, path)
        }

        /// As many bytes as asked for, fewer at the end.
        func read(_ count: Int) throws(VaultError) -> Data {
            var bytes = Data()
            do {
                while bytes.count < count, let more = try handle.read(upToCount: count - bytes.count), !more.isEmpty {
                    bytes.append(more)
                }
            } catch {
                throw .file(path: path, problem: "it cannot be read: \(error.localizedDescription)")
            }
            return bytes
        }
    }
}
