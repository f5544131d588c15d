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

    @Test
    func `a weak passphrase seals nothing, a made one does, and none is taken for a plain file`() async throws {
        try await Scene.withFolder { folder in
            let database = ["--database", folder + "/a.sqlite"]
            #expect(try await Executable.run(["migrate"] + database).status == 0)
            let (weak, made) = (folder + "/yeu.txt", folder + "/cum.txt")
            try Data("1\n".utf8).write(to: URL(fileURLWithPath: weak))
            let (plain, sealed) = (folder + "/ro.sqlite", folder + "/kin.bpk")
            let refused = try await Executable.run(["backup", sealed, "--passphrase-file", weak] + database)
            #expect(refused.status != 0 && refused.errors.contains("at least 16"))
            #expect(refused.errors.contains("baophu key passphrase"))
            #expect(!FileManager.default.fileExists(atPath: sealed))

            #expect(try await Executable.run(["key", "passphrase", "--out", made]).status == 0)
            #expect(try await Executable.run(["key", "passphrase", "--out", made]).status != 0, "never over another")
            #expect(try await Executable.run(["backup", sealed, "--passphrase-file", made] + database).status == 0)
            #expect(try await Executable.run(["backup", plain] + database).status == 0)
            let target = ["--database", folder + "/b.sqlite"]
            for command in [["restore", plain] + target, ["drill", plain, "--without-source"]] {
                let told = try await Executable.run(command + ["--passphrase-file", made])
                #expect(told.status != 0 && told.errors.contains("is not sealed"), "\(command): \(told.errors)")
            }
            let restored = try await Executable.run(["restore", sealed, "--passphrase-file", made] + target)
            #expect(restored.status == 0, "\(restored.errors)")
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
