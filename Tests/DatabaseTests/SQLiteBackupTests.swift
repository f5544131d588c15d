import Database
import DatabaseSQLite
import Foundation
import Synchronization
import TestSupport
import Testing

@Suite
struct SQLiteBackupTests {
    @Test
    func `a backup taken while others write is one consistent state`() async throws {
        try await TestEngine.sqlite.withStore { opened in
            let store = try #require(opened as? SQLiteStore)
            let copyPath = URL(fileURLWithPath: store.location).deletingLastPathComponent()
                .appendingPathComponent("copy.sqlite").path
            try await Self.prepare(store)

            let written = Counter()
            let finished = Flag()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    defer { finished.raise() }
                    var id = 0
                    while !finished.isRaised {
                        id += 1
                        let number = id
                        try await store.write { try Self.addRow(number, on: $0) }
                        written.add()
                    }
                }
                group.addTask {
                    defer { finished.raise() }
                    while written.value < 50, !finished.isRaised { await Task.yield() }
                    try await store.backUp(to: copyPath)
                    let atBackup = written.value
                    while written.value < atBackup + 50, !finished.isRaised { await Task.yield() }
                }
                try await group.waitForAll()
            }

            let copy = try SQLiteStore(path: copyPath)
            let (counter, rows, problems) = try await copy.read { connection in
                (
                    try connection.integer("SELECT n FROM counter"),
                    try connection.integer("SELECT COUNT(*) FROM entry"),
                    try connection.integrityProblems()
                )
            }
            try await copy.close()
            #expect(problems.isEmpty)
            #expect(counter == rows)
            #expect((50..<written.value).contains(rows ?? 0))
        }
    }

    @Test
    func `a backup is one file, complete without a log beside it`() async throws {
        try await TestEngine.sqlite.withStore { opened in
            let store = try #require(opened as? SQLiteStore)
            let folder = URL(fileURLWithPath: store.location).deletingLastPathComponent()
            try await Self.prepare(store)
            try await store.write { connection in for id in 1...40 { try Self.addRow(id, on: connection) } }
            let shares = Mutex<[Double]>([])
            try await store.backUp(to: folder.appendingPathComponent("copy.sqlite").path) { share in
                shares.withLock { $0.append(share) }
            }
            #expect(shares.withLock { $0.last } == 1)
            #expect(shares.withLock { $0.allSatisfy { (0...1).contains($0) } })
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasPrefix("copy") }
            #expect(names == ["copy.sqlite"])

            let alone = folder.appendingPathComponent("elsewhere.sqlite")
            try FileManager.default.moveItem(at: folder.appendingPathComponent("copy.sqlite"), to: alone)
            let copy = try SQLiteStore(path: alone.path)
            let rows = try await copy.read { try $0.integer("SELECT COUNT(*) FROM entry") }
            try await copy.close()
            #expect(rows == 40)
        }
    }

    @Test
    func `a new store makes its folder and what it stored is there when opened again`() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("baophu-test-\(UUID())")
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("deeper/data.sqlite").path
        let store = try SQLiteStore(path: path)
        #expect(store.location == path)
        try await Self.prepare(store)
        try await store.write { try Self.addRow(1, on: $0) }
        try await store.close()
        let again = try SQLiteStore(path: path)
        let number = try await again.read { try $0.integer("SELECT n FROM counter") }
        try await again.close()
        #expect(number == 1)
    }

    static func prepare(_ store: SQLiteStore) async throws {
        try await store.write { connection in
            try connection.execute("CREATE TABLE counter (n BIGINT NOT NULL)")
            try connection.execute("INSERT INTO counter VALUES (0)")
            try connection.execute("CREATE TABLE entry (id BIGINT PRIMARY KEY, filling BYTEA NOT NULL)")
        }
    }

    /// Rows of a few pages, so that a copy takes many steps.
    static func addRow(_ id: Int, on connection: any SQLConnection) throws {
        try connection.execute(
            "INSERT INTO entry VALUES (?, ?)", id, [UInt8](repeating: UInt8(truncatingIfNeeded: id), count: 9_000))
        try connection.execute("UPDATE counter SET n = n + 1")
    }
}
