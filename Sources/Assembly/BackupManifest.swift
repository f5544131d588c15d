import Access
import Crypto
import Database
import Foundation
public import Kernel

/// What a backup holds, told without opening it: counts and the audit trail's head, no content. It stands beside the backup,
/// and a copy of it elsewhere shows a backup that was changed or exchanged.
public struct BackupManifest: Sendable, Equatable, Codable {
    /// Of this form.
    public var version = 1
    /// The backup's name, without its folder.
    public let file: String
    public let bytes: Int
    /// Of the file as it lies, sealed or not, in lower-case hexadecimal digits.
    public let sha256: String
    /// When it was taken: ISO 8601 with Viet Nam's offset.
    public let takenAt: String
    /// Rows by table.
    public let tables: [String: Int]
    /// Sequence and hash of the audit trail's last entry.
    public let auditHead: String

    /// Of a backup that was just written.
    public init(of summary: BackupFile.Summary, at moment: Timestamp) throws {
        file = URL(fileURLWithPath: summary.file).lastPathComponent
        bytes = summary.bytes
        sha256 = try Self.sha256(summary.file)
        takenAt = "\(moment)"
        tables = summary.counts
        auditHead = summary.auditHead
    }

    /// Where the manifest of a backup stands.
    public static func path(of backup: String) -> String { backup + ".manifest.json" }

    /// The place for the manifest of a backup to come.
    /// - Throws: when something stands there: a manifest is never overwritten.
    public static func place(for backup: String) throws -> String {
        let path = path(of: backup)
        guard !FileManager.default.fileExists(atPath: path) else {
            throw BackupFile.Problem(description: "\(path) exists already; choose another name for the backup")
        }
        return path
    }

    public static func read(_ path: String) throws -> BackupManifest {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw BackupFile.Problem(description: "\(path) cannot be read")
        }
        do {
            let manifest = try JSONDecoder().decode(BackupManifest.self, from: data)
            guard manifest.version == 1 else {
                throw BackupFile.Problem(description: "\(path) has version \(manifest.version); this program knows 1")
            }
            return manifest
        } catch let error as DecodingError {
            throw BackupFile.Problem(description: "\(path) is no manifest of a backup: \(error)")
        }
    }

    /// Readable for its owner alone; never over another file.
    public func write(to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        guard !FileManager.default.fileExists(atPath: path),
            FileManager.default.createFile(
                atPath: path, contents: try encoder.encode(self), attributes: [.posixPermissions: 0o600])
        else { throw BackupFile.Problem(description: "\(path) cannot be written, or exists already") }
    }

    /// Of a file of any size, part by part.
    static func sha256(_ path: String) throws -> String {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw BackupFile.Problem(description: "there is no file \(path)")
        }
        defer { try? handle.close() }
        var hash = SHA256()
        while let part = try handle.read(upToCount: 1 << 20), !part.isEmpty { hash.update(data: part) }
        return hash.finalize().map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
}

/// What a database holds, by counts.
struct DatabaseContents: Equatable {
    let tables: [String: Int]
    let auditHead: String

    init(_ connection: any SQLConnection) throws {
        let present = try connection.tableNames().filter { BackupFile.tables.contains($0) }
        tables = try Dictionary(
            uniqueKeysWithValues: present.map { ($0, try connection.integer("SELECT COUNT(*) FROM \($0)") ?? 0) })
        auditHead = tables["audit_head"] == nil ? "" : try AuditTrail.recordedHead(on: connection)
    }
}
