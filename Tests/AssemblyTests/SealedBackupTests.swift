import Access
import Assembly
import Database
import Foundation
import Kernel
import TestSupport
import Testing
import Vault

/// Backups that only their recipient reads, and what a restored database begins with.
@Suite
struct SealedBackupTests {
    @Test(arguments: TestEngine.allCases)
    func `a sealed backup is restored with its identity, and not without`(engine: TestEngine) async throws {
        try await engine.withStore { store in
            try await Scene.withFolder { folder in
                let system = try await Scene.system(on: store)
                _ = try await Scene.officer(in: system, login: "can-bo")
                let identity = BackupIdentity()
                let file = folder + "/sao-luu.bpk"
                let written = try await BackupFile.write(store, to: file, sealedFor: .recipient(identity.recipient))
                #expect(written.rows > 0)
                #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["sao-luu.bpk"])
                let bytes = try Data(contentsOf: URL(fileURLWithPath: file))
                #expect(bytes.range(of: Data("can-bo".utf8)) == nil && bytes.range(of: Data("SQLite".utf8)) == nil)

                let location = DatabaseLocation.sqlite(folder + "/moi.sqlite")
                let moment = try Scene.moment("2027-11-11")
                await #expect(throws: BackupFile.Problem.self) {
                    try await BackupFile.restore(file, to: location, at: moment)
                }
                await #expect(throws: VaultError.self) {
                    try await BackupFile.restore(file, to: location, at: moment, with: .identity(BackupIdentity()))
                }
                let restored = try await BackupFile.restore(
                    file, to: location, at: moment, with: .identity(identity))
                #expect(restored.rows == written.rows)
                let modes = try ["sao-luu.bpk", "moi.sqlite"].map {
                    try #require(
                        FileManager.default.attributesOfItem(atPath: folder + "/" + $0)[.posixPermissions] as? Int)
                }
                #expect(modes == [0o600, 0o600])
            }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `sessions that were open when the backup was taken are over in the restored database`(engine: TestEngine)
        async throws
    {
        try await engine.withStore { store in
            try await Scene.withFolder { folder in
                let system = try await Scene.system(on: store)
                _ = try await Scene.officer(in: system, login: "can-bo")
                let session = try await system.access.signIn(
                    login: "can-bo", password: Scene.password, address: "", device: "")
                #expect(try await system.access.session(token: session.token) != nil)
                let file = folder + "/sao-luu.sqlite"
                _ = try await BackupFile.write(store, to: file)
                let location = DatabaseLocation.sqlite(folder + "/moi.sqlite")
                _ = try await BackupFile.restore(file, to: location, at: try Scene.moment("2027-11-11"))
                let copy = try Storage.open(location)
                let restored = try await Scene.system(on: copy)
                #expect(try await restored.access.session(token: session.token) == nil)
                #expect(try await system.access.session(token: session.token) != nil)
                try await copy.close()
            }
        }
    }
}
