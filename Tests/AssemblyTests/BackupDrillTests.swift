import Assembly
import Database
import Foundation
import Kernel
import TestSupport
import Testing
import Vault

/// A restore rehearsed: what a good backup shows, and what betrays a bad one.
@Suite
struct BackupDrillTests {
    /// A backup of a filled system, with its manifest.
    static func backUp(
        _ store: any DataStore, in folder: String, sealedFor lock: SealedFile.Lock? = nil
    ) async throws -> (file: String, manifest: BackupManifest) {
        let file = folder + "/sao-luu"
        let summary = try await BackupFile.write(store, to: file, sealedFor: lock)
        return (file, try BackupManifest(of: summary, at: try Scene.moment("2027-11-10")))
    }

    private static func drill(
        _ file: String, _ manifest: BackupManifest?, source: (any DataStore)? = nil,
        scratch: DatabaseLocation? = nil, with opener: SealedFile.Opener? = nil
    ) async throws -> BackupDrill.Report {
        try await BackupDrill.run(
            file, manifest: manifest, source: source, scratch: scratch, at: try Scene.moment("2027-11-11"),
            with: opener)
    }

    private static func freshPostgreSQL() async throws -> String {
        try await Executable.offPool { try PostgreSQLCluster.shared().freshURL() }
    }

    @Test(arguments: TestEngine.allCases, TestEngine.allCases)
    func `a good backup is restored, compared in every table and leaves nothing behind`(
        from source: TestEngine, into target: TestEngine
    ) async throws {
        try await source.withStore { store in
            try await Scene.withFolder { folder in
                _ = try await BackupTests.fill(store)
                let identity = BackupIdentity()
                let (file, manifest) = try await Self.backUp(
                    store, in: folder, sealedFor: .recipient(identity.recipient))
                var scratch = DatabaseLocation.sqlite(folder + "/nhap.sqlite")
                if target == .postgreSQL { scratch = .postgreSQL(try await Self.freshPostgreSQL()) }
                let report = try await Self.drill(
                    file, manifest, source: store, scratch: scratch, with: .identity(identity))
                #expect(report.problems == [] && report.isGood && report.isSealed)
                #expect(report.comparedWith == ["manifest", "source"])
                #expect(report.tables.count == manifest.tables.count && report.tables.count > 20)
                #expect(report.rows == manifest.tables.values.reduce(0, +) && report.restoredHead == manifest.auditHead)
                let after = try Storage.open(scratch)
                #expect(try await after.read { try $0.tableNames() } == [])
                try await after.close()
                if case .postgreSQL(let url) = scratch { try PostgreSQLCluster.shared().remove(url) }
            }
        }
    }

    @Test
    func `a file that is not the one noted shows by its size or its sum`() async throws {
        try await TestEngine.sqlite.withStore { store in
            try await Scene.withFolder { folder in
                _ = try await Scene.system(on: store)
                let (file, manifest) = try await Self.backUp(store, in: folder)
                let text = String(decoding: try JSONEncoder().encode(manifest), as: UTF8.self)
                for (was, other, told) in [
                    (manifest.sha256, String(repeating: "0", count: 64), "SHA-256"),
                    ("\"bytes\":\(manifest.bytes)", "\"bytes\":12", "the manifest says 12"),
                ] {
                    let altered = Data(text.replacing(was, with: other).utf8)
                    let report = try await Self.drill(
                        file, try JSONDecoder().decode(BackupManifest.self, from: altered))
                    #expect(report.problems.count == 1 && report.problems[0].contains(told), "\(report.problems)")
                }
            }
        }
    }

    @Test
    func `a sealed backup in which one byte changed does not open, and leaves no scratch database`() async throws {
        try await TestEngine.sqlite.withStore { store in
            try await Scene.withFolder { folder in
                _ = try await Scene.system(on: store)
                let identity = BackupIdentity()
                let (file, manifest) = try await Self.backUp(
                    store, in: folder, sealedFor: .recipient(identity.recipient))
                var bytes = try Data(contentsOf: URL(fileURLWithPath: file))
                bytes[bytes.count / 2] ^= 1
                try bytes.write(to: URL(fileURLWithPath: file))
                let scratch = folder + "/nhap.sqlite"
                await #expect(throws: VaultError.self) {
                    try await Self.drill(file, manifest, scratch: .sqlite(scratch), with: .identity(identity))
                }
                #expect(!FileManager.default.fileExists(atPath: scratch))
            }
        }
    }

    @Test
    func `a manifest of other counts or another audit head is a problem by name`() async throws {
        try await TestEngine.sqlite.withStore { store in
            try await Scene.withFolder { folder in
                _ = try await BackupTests.fill(store)
                let (file, manifest) = try await Self.backUp(store, in: folder)
                let text = String(decoding: try JSONEncoder().encode(manifest), as: UTF8.self)
                let accounts = try #require(manifest.tables["account"])
                let altered = text.replacing("\"account\":\(accounts)", with: "\"account\":\(accounts + 2)")
                    .replacing(manifest.auditHead, with: "9:abc")
                let other = try JSONDecoder().decode(BackupManifest.self, from: Data(altered.utf8))
                let report = try await Self.drill(file, other)
                #expect(
                    report.problems == [
                        "account: \(accounts) rows, expected \(accounts + 2)",
                        "the audit trail ends at \(manifest.auditHead), not at 9:abc",
                    ])
            }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a source that went on is no problem, one whose audit trail was rewritten is`(engine: TestEngine) async throws
    {
        try await engine.withStore { store in
            try await Scene.withFolder { folder in
                let system = try await BackupTests.fill(store)
                let (file, manifest) = try await Self.backUp(store, in: folder)
                _ = try await Scene.officer(in: system, login: "nguoi-moi")
                #expect(try await Self.drill(file, manifest, source: store).problems == [])
                let other = try Storage.open(.sqlite(folder + "/khac.sqlite"))
                _ = try await BackupTests.fill(other)
                let report = try await Self.drill(file, manifest, source: other)
                #expect(report.problems.contains { $0.contains("the head noted earlier is not in the chain") })
                try await other.close()
            }
        }
    }

    @Test
    func `a database with tables is never a scratch database`() async throws {
        try await TestEngine.sqlite.withStore { store in
            try await Scene.withFolder { folder in
                _ = try await Scene.system(on: store)
                let (file, manifest) = try await Self.backUp(store, in: folder)
                let before = try await BackupTests.rows(store)
                await #expect(throws: BackupFile.Problem.self) {
                    try await Self.drill(file, manifest, scratch: .sqlite(store.location))
                }
                BackupTests.expectSame(try await BackupTests.rows(store), before)
            }
        }
    }

    @Test
    func `the commands write a manifest, hold the backup to it and answer with 65 when it differs`() async throws {
        try await Scene.withFolder { folder in
            #expect(try await Executable.run(["migrate", "--database", "a.sqlite"], in: folder).status == 0)
            let written = try await Executable.run(["backup", "b.sqlite", "--database", "a.sqlite"], in: folder)
            #expect(written.status == 0, "\(written.errors)")
            let modes = try FileManager.default.attributesOfItem(atPath: folder + "/b.sqlite.manifest.json")
            #expect(modes[.posixPermissions] as? Int == 0o600)
            let good = try await Executable.run(["drill", "b.sqlite", "--database", "a.sqlite", "--json"], in: folder)
            #expect(good.status == 0, "\(good.errors)")
            let report = try good.json([String: Any].self)
            #expect(report["comparedWith"] as? [String] == ["manifest", "source"])
            #expect((report["problems"] as? [String]) == [])
            let path = folder + "/b.sqlite.manifest.json"
            let text = try String(contentsOfFile: path, encoding: .utf8)
            try text.replacing(/"account" : [0-9]+/, with: "\"account\" : 77").write(
                toFile: path, atomically: true, encoding: .utf8)
            let bad = try await Executable.run(["drill", "b.sqlite", "--without-source"], in: folder)
            #expect(bad.status == 65 && bad.errors.contains("account: 0 rows, expected 77"), "\(bad.errors)")
            #expect(bad.output.contains("THE BACKUP IS NOT GOOD"))
            // An earlier manifest is not written over.
            try FileManager.default.removeItem(atPath: folder + "/b.sqlite")
            let again = try await Executable.run(["backup", "b.sqlite", "--database", "a.sqlite"], in: folder)
            #expect(again.status == 65 && again.errors.contains("exists already"), "\(again.errors)")
        }
    }
}
