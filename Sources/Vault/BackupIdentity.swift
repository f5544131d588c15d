import Crypto
import Foundation

/// Who can open a sealed backup: an X25519 key pair, of which the server needs the public half alone.
public struct BackupIdentity: Sendable {
    let key: Curve25519.KeyAgreement.PrivateKey

    /// A new one.
    public init() { key = Curve25519.KeyAgreement.PrivateKey() }

    /// As written by ``text``. Nil for anything else, one wrong character included.
    public init?(_ text: String) {
        guard let bytes = CheckedText.bytes(text, kind: "BPI1"),
            let key = try? Curve25519.KeyAgreement.PrivateKey(rawRepresentation: bytes)
        else { return nil }
        self.key = key
    }

    /// `BPI1-…`: to be kept where the backups are not.
    public var text: String { CheckedText.text(Array(key.rawRepresentation), kind: "BPI1") }

    /// Writes ``text`` into a new file that only its owner may read.
    public func write(to path: String) throws(VaultError) {
        try PrivateFile.write(Array((text + "\n").utf8), to: path, replacing: false)
    }

    public var recipient: BackupRecipient { BackupRecipient(key: key.publicKey) }
}

/// The public half of a ``BackupIdentity``.
public struct BackupRecipient: Sendable {
    let key: Curve25519.KeyAgreement.PublicKey

    init(key: Curve25519.KeyAgreement.PublicKey) { self.key = key }

    /// As written by ``text``. Nil for anything else, one wrong character included.
    public init?(_ text: String) {
        guard let bytes = CheckedText.bytes(text, kind: "BPR1"),
            let key = try? Curve25519.KeyAgreement.PublicKey(rawRepresentation: bytes)
        else { return nil }
        self.key = key
    }

    /// `BPR1-…`: may lie in scripts.
    public var text: String { CheckedText.text(Array(key.rawRepresentation), kind: "BPR1") }
}

/// Bytes as hexadecimal digits behind the name of their kind, with four digits that tell a slip of the pen.
private enum CheckedText {
    static func text(_ bytes: [UInt8], kind: String) -> String {
        "\(kind)-\(KeyFile.hexadecimal(bytes))\(check(bytes, kind: kind))"
    }

    static func bytes(_ text: String, kind: String) -> [UInt8]? {
        let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard text.hasPrefix(kind + "-"), let all = KeyFile.bytes(hexadecimal: String(text.dropFirst(kind.count + 1))),
            all.count == 34
        else { return nil }
        let bytes = Array(all.prefix(32))
        return text.lowercased().hasSuffix(check(bytes, kind: kind)) ? bytes : nil
    }

    private static func check(_ bytes: [UInt8], kind: String) -> String {
        KeyFile.hexadecimal(Array(SHA256.hash(data: Array(kind.utf8) + bytes).prefix(2)))
    }
}
