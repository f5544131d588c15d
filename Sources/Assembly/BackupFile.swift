public import Database
import Access
import DatabaseSQLite
import Files
import Foundation
public import Kernel
public import Vault

/// Backups: one SQLite file, whichever engine it comes from or goes to. What was uploaded lives in the database, so the
/// file is all there is to keep.
public enum BackupFile {
    public struct Summary: Sendable, Equatable, Encodable {
        public let file: String
        public let bytes: Int
        public let tables: Int
        public let rows: Int
        /// Rows by table.
        public let counts: [String: Int]
        /// Sequence and hash of the audit trail's last entry: worth noting elsewhere.
        public let auditHead: String
    }

    public struct Problem: Error, CustomStringConvertible {
        public let description: String
    }

    /// Our tables, each after those it refers to: the order of the migrations.
    static let tables: [String] = {
        var tables = ["schema_migration"]
        for statement in Storage.migrator.migrations.flatMap(\.statements) {
            let words = statement.split(whereSeparator: { $0.isWhitespace || $0 == "(" })
            guard words.starts(with: ["CREATE", "TABLE"]), words.count > 2 else { continue }
            // One that a later step makes anew stays where it was.
            if !tables.contains(String(words[2])) { tables.append(String(words[2])) }
        }
        return tables
    }()

    /// Copies a database, while it is in use, into one file. The file appears whole or not at all, readable for its owner alone.
    /// - Parameter lock: what the file is sealed for; plain without.
    public static func write(_ store: any DataStore, to path: String, sealedFor lock: SealedFile.Lock? = nil)
        async throws
        -> Summary
    {
        guard !FileManager.default.fileExists(atPath: path) else {
            throw Problem(description: "\(path) exists already; choose another name, a backup is never overwritten")
        }
        let draft = path + ".part"
        try removeDatabase(draft)
        defer { try? removeDatabase(draft) }
        if let sqlite = store as? SQLiteStore {
            try await sqlite.backUp(to: draft)
        } else {
            let target = try SQLiteStore(path: draft)
            _ = try await Storage.migrator.migrate(target, at: Timestamp(secondsSinceEpoch: 0))
            try await store.read { source in try target.writeNow { try copyAll(from: source, to: $0) } }
            try await target.close()
        }
        let looked = try await inspect(draft, named: path)
        try SQLiteStore.foldJournal(ofClosed: draft)
        if let lock {
            try SealedFile.seal(draft, to: path, for: lock)
        } else {
            try FileManager.default.moveItem(atPath: draft, toPath: path)
        }
        let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
        return Summary(
            file: path, bytes: size, tables: looked.tables, rows: looked.rows, counts: looked.counts,
            auditHead: looked.auditHead)
    }

    /// Puts a backup into a database that has no data yet. Sessions that were open then are over, and
    /// however old it is, the clock counts from `moment` on.
    /// - Parameter opener: for a sealed file; a plain one is refused then.
    public static func restore(
        _ path: String, to location: DatabaseLocation, at moment: Timestamp, with opener: SealedFile.Opener? = nil
    ) async throws -> Summary {
        guard FileManager.default.fileExists(atPath: path) else {
            throw Problem(description: "there is no file \(path)")
        }
        // Looked at through a copy: opening a database may write beside it, and a backup must stay as it is.
        let copy = NSTemporaryDirectory() + "/baophu-restore-\(UUID().uuidString).sqlite"
        defer { try? removeDatabase(copy) }
        if SealedFile.isSealed(path) {
            guard let opener else {
                throw Problem(
                    description: "\(path) is sealed; give what opens it with --passphrase-file or --identity")
            }
            try SealedFile.open(path, to: copy, with: opener)
        } else {
            // Nobody had to know the secret to make this file.
            guard opener == nil else {
                throw Problem(
                    description:
                        "\(path) is not sealed, so nothing shows that it is the backup you sealed; if it is meant to be "
                        + "plain, leave --passphrase-file or --identity out")
            }
            try FileManager.default.copyItem(atPath: path, toPath: copy)
        }
        let summary: Summary
        do {
            summary = try await inspect(copy, named: path)
        } catch let problem as Problem {
            throw problem
        } catch let error where saysDiskFull(error) {
            throw error
        } catch DatabaseError.damaged(_, let reason) {
            throw Problem(description: "\(path) is damaged: \(reason); take an older backup")
        } catch {
            throw Problem(description: "\(path) is no backup of this system: \(error)")
        }
        let source = try SQLiteStore(path: copy)
        _ = try await Storage.migrator.migrate(source, at: moment)
        let target = try Storage.open(location)
        try await refuseUsed(target)
        _ = try await Storage.migrator.migrate(target, at: moment)
        try await target.write { target in
            try source.readNow { try copyAll(from: $0, to: target) }
            try AccessService.endAllSessions(at: moment, on: target)
            try ClockState.resume(at: moment, on: target)
        }
        try await source.close()
        try await target.close()
        return summary
    }

    private static func refuseUsed(_ target: any DataStore) async throws {
        let used = try await target.read { connection in
            let names = try connection.tableNames()
            guard names.contains("audit_entry") else { return false }
            return try connection.integer("SELECT COUNT(*) FROM audit_entry") ?? 0 > 0
        }
        if used {
            throw Problem(
                description: "the database at \(target.location) already holds data; restore into a new one, "
                    + "so that nothing is overwritten")
        }
    }

    /// Checks a file and counts what it holds.
    private static func inspect(_ path: String, named name: String) async throws -> Summary {
        let store = try SQLiteStore(path: path)
        let (contents, problems) = try await store.read { connection in
            let contents = try DatabaseContents(connection)
            guard contents.tables["schema_migration"] != nil else {
                throw Problem(description: "\(name) is no backup of this system")
            }
            return (contents, try connection.integrityProblems())
        }
        try await store.close()
        guard problems.isEmpty else {
            throw Problem(description: "\(name) is damaged: \(problems.prefix(3).joined(separator: "; "))")
        }
        let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
        return Summary(
            file: name, bytes: size, tables: contents.tables.count, rows: contents.tables.values.reduce(0, +),
            counts: contents.tables, auditHead: contents.auditHead)
    }

    /// Table by table, in portions that fit memory, between one snapshot and one transaction.
    private static func copyAll(from source: any SQLConnection, to target: any SQLConnection) throws {
        try target.execute("DELETE FROM schema_migration")
        let present = Set(try source.tableNames())
        for table in tables where present.contains(table) {
            let columns = try source.columnNames(of: table)
            let size = table == "stored_file_part" ? 10 : 2_000
            var portion: [[SQLValue]] = []
            try source.forEachRow("SELECT \(columns.joined(separator: ", ")) FROM \(table)", []) { row in
                portion.append(row.values)
                if portion.count == size {
                    _ = try target.load(table, columns: columns, rows: portion)
                    portion.removeAll(keepingCapacity: true)
                }
            }
            _ = try target.load(table, columns: columns, rows: portion)
        }
    }

    private static func removeDatabase(_ path: String) throws {
        for suffix in ["", "-wal", "-shm", "-journal"] where FileManager.default.fileExists(atPath: path + suffix) {
            try FileManager.default.removeItem(atPath: path + suffix)
        }
    }
}
