import Access
public import Database
import Foundation
public import Kernel
public import Vault

/// The rehearsal of a restore: a backup is put into a scratch database, which is compared with what the backup should hold and
/// removed again. A backup that was never restored is a hope.
public enum BackupDrill {
    public struct Report: Sendable, Equatable, Encodable {
        public struct Table: Sendable, Equatable, Encodable {
            public let name: String
            /// What the manifest tells; without one, what the backup itself holds.
            public let expected: Int
            public let restored: Int
        }

        public let file: String
        public let isSealed: Bool
        /// The engine that it was restored into.
        public let engine: String
        /// From the start to a database that stands, whole and checked: what a real restore takes at least.
        public let seconds: Double
        /// What the backup was held against: `manifest`, `source`.
        public let comparedWith: [String]
        public let tables: [Table]
        public let rows: Int
        public let expectedHead: String
        public let restoredHead: String
        /// What is wrong, in English; empty when the backup is good.
        public let problems: [String]

        public var isGood: Bool { problems.isEmpty }
    }

    /// - Parameters:
    ///   - manifest: what was noted when the backup was taken.
    ///   - source: the database it was taken from, as it is now: its audit trail must hold the backup's head.
    ///   - scratch: an empty database; a file in a folder of its own when left out. What is put there is removed again.
    public static func run(
        _ path: String, manifest: BackupManifest?, source: (any DataStore)? = nil, scratch: DatabaseLocation? = nil,
        at moment: Timestamp, with opener: SealedFile.Opener? = nil
    ) async throws -> Report {
        let start = ContinuousClock.now
        let folder = NSTemporaryDirectory() + "/baophu-drill-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var problems: [String] = []
        if let manifest { problems += try differences(of: path, from: manifest) }

        let location = scratch ?? .sqlite(folder + "/scratch.sqlite")
        try await refuseUsed(location)
        let restored: DatabaseContents
        let taken: BackupFile.Summary
        let engine: DatabaseEngine
        do {
            taken = try await BackupFile.restore(path, to: location, at: moment, with: opener)
            let store = try Storage.open(location)
            engine = store.engine
            (restored, problems) = try await examine(store, adding: problems)
            try await store.close()
        } catch {
            try? await clear(location)
            throw error
        }
        let seconds = start.duration(to: .now) / .seconds(1)
        try await clear(location)

        let head = manifest?.auditHead ?? taken.auditHead
        let tables = compare(restored.tables, with: manifest?.tables ?? taken.counts, adding: &problems)
        if restored.auditHead != head {
            problems.append("the audit trail ends at \(restored.auditHead), not at \(head)")
        }
        if let source {
            // A backup without any entry has no head that the source's trail could hold.
            let verdict = try await AuditTrail.verify(expecting: head.hasPrefix("0:") ? [] : [head], in: source)
            problems += verdict.problems.map { "the source's audit trail, entry \($0.sequence): \($0.reason)" }
        }
        return Report(
            file: path, isSealed: SealedFile.isSealed(path), engine: engine.rawValue, seconds: seconds,
            comparedWith: (manifest == nil ? [] : ["manifest"]) + (source == nil ? [] : ["source"]), tables: tables,
            rows: restored.tables.values.reduce(0, +), expectedHead: head, restoredHead: restored.auditHead,
            problems: problems)
    }

    /// The file itself against its manifest.
    private static func differences(of path: String, from manifest: BackupManifest) throws -> [String] {
        let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
        guard size == manifest.bytes else {
            return ["the file has \(size) bytes, the manifest says \(manifest.bytes): it was cut, or is another backup"]
        }
        let sum = try BackupManifest.sha256(path)
        return sum == manifest.sha256
            ? [] : ["the file's SHA-256 is \(sum), the manifest says \(manifest.sha256): it was changed"]
    }

    private static func refuseUsed(_ location: DatabaseLocation) async throws {
        guard Storage.exists(location) else { return }
        let store = try Storage.open(location)
        let tables = try await store.read { try $0.tableNames() }
        try await store.close()
        guard tables.isEmpty else {
            throw BackupFile.Problem(
                description: "the scratch database at \(store.location) has tables; a drill empties it afterwards, so "
                    + "give one that was made for it")
        }
    }

    /// What was restored, and what is wrong with it by itself.
    private static func examine(
        _ store: any DataStore, adding earlier: [String]
    ) async throws -> (DatabaseContents, [String]) {
        var problems = earlier
        let contents = try await store.read { try DatabaseContents($0) }
        problems += try await store.read { try $0.integrityProblems() }.prefix(20).map { "damage: \($0)" }
        problems += try await AuditTrail.verify(in: store).problems.map { "audit entry \($0.sequence): \($0.reason)" }
        // Bytes of files, figures, targets and roles against what the trail says of them.
        for finding in try await TrailCheck.examine(store) {
            problems += finding.problems.prefix(20).map { "\(finding.check): \($0)" }
        }
        return (contents, problems)
    }

    /// A backup of an earlier release is brought up to date on the way: then tables may have been added, filled or given up,
    /// and only rows that are missing from a table that is there count.
    private static func compare(
        _ restored: [String: Int], with expected: [String: Int], adding problems: inout [String]
    ) -> [Report.Table] {
        let tables = expected.sorted { $0.key < $1.key }.map {
            Report.Table(name: $0.key, expected: $0.value, restored: restored[$0.key] ?? 0)
        }
        let ledger = "schema_migration"
        let isOlder = restored[ledger, default: 0] > expected[ledger, default: 0]
        for table in tables where table.restored != table.expected {
            if isOlder, restored[table.name] == nil || table.restored > table.expected { continue }
            problems.append("\(table.name): \(table.restored) rows, expected \(table.expected)")
        }
        return tables
    }

    /// Removes what a drill put into a database that was empty.
    private static func clear(_ location: DatabaseLocation) async throws {
        guard Storage.exists(location) else { return }
        let store = try Storage.open(location)
        try await store.write { connection in
            let present = Set(try connection.tableNames())
            // Those that refer to others go first.
            for table in BackupFile.tables.reversed() where present.contains(table) {
                try connection.execute("DROP TABLE \(table)", [])
            }
        }
        try await store.close()
    }
}
