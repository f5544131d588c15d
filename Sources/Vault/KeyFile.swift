import Foundation

/// The file that holds the keys: one key a line (64 hexadecimal digits), the one that seals first; `#` begins a comment. Only its
/// owner may read it.
public enum KeyFile {
    /// What the keys of a file are for; its first lines say what is lost without them.
    public enum Purpose: Sendable {
        /// Secrets of second factors.
        case secrets
        /// Numbers of persons in the register.
        case numbers

        var heading: String {
            switch self {
            case .secrets:
                """
                # Keys that seal secrets of Bao Phủ; the first seals, the others only open what they sealed before.
                # Keep a copy apart from the backups: without them second factors must be set up again.

                """
            case .numbers:
                """
                # Keys that seal numbers of persons in Bao Phủ's register; the first seals, the others only open what they sealed before.
                # Keep a copy apart from the backups: without them nobody reads those numbers again, and all lists must be delivered anew.

                """
            }
        }
    }

    /// The keys of a file, which is made with a new key when it is missing.
    /// - Throws: ``VaultError/file(path:problem:)``
    public static func load(_ path: String, for purpose: Purpose = .secrets) throws(VaultError) -> KeyRing {
        if !FileManager.default.fileExists(atPath: path) {
            do {
                try write([KeyRing.newKey()], to: path, for: purpose, replacing: false)
            } catch {
                // Another server may have made it in this moment; then its keys are the ones.
                guard FileManager.default.fileExists(atPath: path) else { throw error }
            }
        }
        return KeyRing(keys: try read(path), reload: { try read(path) })
    }

    /// The keys of a file that is there; nil where none is. For whoever only reads, and makes nothing.
    public static func loadExisting(_ path: String) throws(VaultError) -> KeyRing? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        return KeyRing(keys: try read(path), reload: { try read(path) })
    }

    /// The keys that stand in a text of that form, as an environment variable may hold it.
    /// - Parameter name: of the variable, for messages.
    public static func ring(text: String, named name: String) throws(VaultError) -> KeyRing {
        KeyRing(keys: try keys(in: text, path: name))
    }

    /// Puts a new key in front: it seals from now on.
    /// - Returns: the ring with the new key.
    public static func rotate(_ path: String, for purpose: Purpose = .secrets) throws(VaultError) -> KeyRing {
        let old = try read(path)
        try write([KeyRing.newKey()] + old, to: path, for: purpose, replacing: true)
        return try load(path, for: purpose)
    }

    /// Whether others than the owner may read or write the file.
    public static func isOpenToOthers(_ path: String) -> Bool {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return (attributes?[.posixPermissions] as? Int).map { $0 & 0o077 != 0 } ?? false
    }

    private static func read(_ path: String) throws(VaultError) -> [[UInt8]] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw .file(path: path, problem: "the keys cannot be read; it must be readable for the server's user")
        }
        return try keys(in: String(decoding: data, as: UTF8.self), path: path)
    }

    private static func keys(in text: String, path: String) throws(VaultError) -> [[UInt8]] {
        var keys: [[UInt8]] = []
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let line = line.trimmingCharacters(in: .whitespaces)
            if line.isEmpty || line.hasPrefix("#") { continue }
            guard let key = bytes(hexadecimal: line), key.count == 32 else {
                throw .file(path: path, problem: "line \(index + 1) is no key: 64 hexadecimal digits are")
            }
            keys.append(key)
        }
        guard !keys.isEmpty else { throw .file(path: path, problem: "it holds no key") }
        return keys
    }

    private static func write(
        _ keys: [[UInt8]], to path: String, for purpose: Purpose, replacing: Bool
    ) throws(VaultError) {
        let text = purpose.heading + keys.map { hexadecimal($0) + "\n" }.joined()
        try PrivateFile.write(Array(text.utf8), to: path, replacing: replacing)
    }

    static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    static func bytes(hexadecimal text: String) -> [UInt8]? {
        let digits = Array(text.utf8)
        guard digits.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let byte = UInt8(String(decoding: digits[index...index + 1], as: UTF8.self), radix: 16) else {
                return nil
            }
            bytes.append(byte)
        }
        return bytes
    }
}
