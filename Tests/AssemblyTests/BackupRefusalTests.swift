import Access
import Assembly
import Database
import Foundation
import Kernel
import TestSupport
import Testing

/// What backup and restore never do.
@Suite
struct BackupRefusalTests {
    @Test
    func `an existing file is never overwritten`() async throws {
        try await TestEngine.sqlite.withStore { store in
            try await Scene.withFolder { folder in
                _ = try await Scene.system(on: store)
                let file = folder + "/quan-trong.sqlite"
                try "không được mất".write(toFile: file, atomically: true, encoding: .utf8)
                let problem = await #expect(throws: BackupFile.Problem.self) {
                    try await BackupFile.write(store, to: file)
                }
                #expect(problem?.description.contains(file) == true)
                #expect(try String(contentsOfFile: file, encoding: .utf8) == "không được mất")
                #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["quan-trong.sqlite"])
            }
        }
    }

    @Test
    func `a database that holds data is not restored over`() async throws {
        try await TestEngine.sqlite.withStore { store in
            try await Scene.withFolder { folder in
                let system = try await Scene.system(on: store)
                let file = folder + "/sao-luu.sqlite"
                _ = try await BackupFile.write(store, to: file)
                _ = try await Scene.officer(in: system)
                let before = try await BackupTests.rows(store)
                let problem = await #expect(throws: BackupFile.Problem.self) {
                    try await BackupFile.restore(file, to: .sqlite(store.location), at: try Scene.moment("2027-11-11"))
                }
                #expect(problem?.description.contains("already holds data") == true)
                BackupTests.expectSame(try await BackupTests.rows(store), before)
            }
        }
    }

    @Test
    func `a file that is no backup is refused and leaves no database behind`() async throws {
        try await Scene.withFolder { folder in
            let target = folder + "/moi.sqlite"
            let text = folder + "/thu.txt"
            try "Kính gửi Sở Nội vụ".write(toFile: text, atomically: true, encoding: .utf8)
            let foreign = try Storage.open(.sqlite(folder + "/khac.sqlite"))
            try await foreign.write { _ = try $0.execute("CREATE TABLE bang_khac (id TEXT PRIMARY KEY)") }
            try await foreign.close()
            for file in [text, folder + "/khac.sqlite", folder + "/khong-co.sqlite"] {
                let problem = await #expect(throws: BackupFile.Problem.self, "\(file)") {
                    try await BackupFile.restore(file, to: .sqlite(target), at: try Scene.moment("2027-11-11"))
                }
                #expect(problem?.description.contains(file) == true, "\(problem?.description ?? "")")
                #expect(!FileManager.default.fileExists(atPath: target), "\(file)")
            }
        }
    }

    @Test
    func `a backup cut short is refused and restores nothing`() async throws {
        try await TestEngine.sqlite.withStore { store in
            try await Scene.withFolder { folder in
                _ = try await BackupTests.fill(store)
                let file = folder + "/sao-luu.sqlite"
                _ = try await BackupFile.write(store, to: file)
                let whole = try #require(FileManager.default.contents(atPath: file))
                try whole.prefix(whole.count / 2).write(to: URL(fileURLWithPath: file))
                let target = folder + "/moi.sqlite"
                await #expect(throws: (any Error).self) {
                    try await BackupFile.restore(file, to: .sqlite(target), at: try Scene.moment("2027-11-11"))
                }
                if FileManager.default.fileExists(atPath: target) {
                    let copy = try Storage.open(.sqlite(target))
                    #expect(try await copy.read { try $0.tableNames() }.isEmpty)
                    try await copy.close()
                }
            }
        }
    }

    @Test
    func `the backup itself stays as it was when it is restored`() async throws {
        try await TestEngine.sqlite.withStore { store in
            try await Scene.withFolder { folder in
                _ = try await Scene.system(on: store)
                let file = folder + "/sao-luu.sqlite"
                _ = try await BackupFile.write(store, to: file)
                let before = try #require(FileManager.default.contents(atPath: file))
                _ = try await BackupFile.restore(
                    file, to: .sqlite(folder + "/moi.sqlite"), at: try Scene.moment("2027-11-11"))
                let same = FileManager.default.contents(atPath: file) == before
                #expect(same)
                let names = try FileManager.default.contentsOfDirectory(atPath: folder)
                #expect(names.filter { $0.hasPrefix("sao-luu") } == ["sao-luu.sqlite"])
            }
        }
    }
}
