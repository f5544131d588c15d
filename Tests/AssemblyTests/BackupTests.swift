import Access
import Assembly
import Database
import Files
import Foundation
import Kernel
import Overview
import Targets
import Work
import Synchronization
import TestSupport
import Testing

/// One file out of either engine, and back into either.
@Suite
struct BackupTests {
    static let work = "I.1/2027-03/90001"
    /// Three parts of a megabyte, the last one short.
    static let bytes = (0..<2_500_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }

    /// An account, a product with its file, an obstacle, reminders.
    static func fill(_ store: any DataStore) async throws -> BaoPhuSystem {
        let system = try await Scene.system(on: store)
        let officer = Submission(viewer: try await Scene.officer(in: system))
        let file = IncomingFile(name: "danh sách.csv", mediaType: "text/csv", size: bytes.count) {
            var rest = bytes[...]
            return {
                defer { rest = rest.dropFirst(1 << 20) }
                return rest.isEmpty ? nil : Array(rest.prefix(1 << 20))
            }
        }
        try await system.work.addProduct(
            .init(issuedOn: "05/03/2027", summary: "Chỉ tiêu “từng” thôn\n\t\\N", file: file), slot: 1, instance: work,
            by: officer)
        _ = try await system.obstacles.sendObstacle(
            title: "Câu hỏi", text: "Nội dung", page: "/", task: nil, by: officer)
        _ = try await system.reminders.writeReminders()
        return system
    }

    /// Every row of every table as text, files by their bytes.
    static func rows(_ store: any DataStore) async throws -> [String: [String]] {
        try await store.read { connection in
            var result: [String: [String]] = [:]
            for table in try connection.tableNames() {
                let columns = try connection.columnNames(of: table).sorted()
                var rows: [String] = []
                try connection.forEachRow("SELECT \(columns.joined(separator: ", ")) FROM \(table)", []) { row in
                    rows.append(row.values.map(Self.text).joined(separator: " | "))
                }
                result[table] = rows.sorted()
            }
            return result
        }
    }

    private static func text(_ value: SQLValue) -> String {
        guard case .bytes(let bytes) = value else { return "\(value)" }
        let mark = bytes.reduce(UInt64(14_695_981_039_346_656_037)) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
        return "\(bytes.count) bytes \(mark)"
    }

    static func expectSame(_ restored: [String: [String]], _ original: [String: [String]]) {
        #expect(restored.keys.sorted() == original.keys.sorted())
        for (table, rows) in original {
            // Told as a truth value: the difference of long lists would take long to work out.
            let same = restored[table] == rows
            #expect(same, "\(table): \(rows.count) rows, restored \(restored[table]?.count ?? -1)")
        }
    }

    @Test(arguments: TestEngine.allCases, TestEngine.allCases)
    func `what was backed up is restored to the last byte`(from source: TestEngine, to target: TestEngine) async throws
    {
        try await source.withStore { store in
            try await Scene.withFolder { folder in
                _ = try await Self.fill(store)
                let original = try await Self.rows(store)
                let file = folder + "/sao-luu.sqlite"
                let written = try await BackupFile.write(store, to: file)
                #expect(written.file == file && written.tables == original.count)
                #expect(written.rows == original.values.reduce(0) { $0 + $1.count })
                #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["sao-luu.sqlite"])

                var location = DatabaseLocation.sqlite(folder + "/moi.sqlite")
                if target == .postgreSQL { location = .postgreSQL(try await Self.freshPostgreSQL()) }
                let restored = try await BackupFile.restore(file, to: location, at: try Scene.moment("2027-11-11"))
                #expect(restored.rows == written.rows)
                let copy = try Storage.open(location)
                Self.expectSame(try await Self.rows(copy), original)
                #expect(try await AuditTrail.verify(in: copy).problems.isEmpty)
                #expect(try await copy.read { try $0.integrityProblems() }.isEmpty)
                // The append-only rule came along.
                await #expect(throws: DatabaseError.self) {
                    try await copy.write { _ = try $0.execute("UPDATE audit_entry SET detail = 'x'") }
                }
                // And the copy lives: the system starts on it, people come in, the chain grows on.
                let system = try await Scene.system(on: copy)
                let signedIn = try await system.access.signIn(
                    login: "can-bo", password: Scene.password, address: "", device: "")
                #expect(signedIn.stage == .complete)
                #expect(try await AuditTrail.verify(in: copy).problems.isEmpty)
                try await copy.close()
                if case .postgreSQL(let url) = location { try PostgreSQLCluster.shared().remove(url) }
            }
        }
    }

    private static func freshPostgreSQL() async throws -> String {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(with: Result { try PostgreSQLCluster.shared().freshURL() })
            }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a backup taken while people write is one moment's state`(engine: TestEngine) async throws {
        try await engine.withStore { store in
            try await Scene.withFolder { folder in
                let system = try await Self.fill(store)
                let viewer = try await Scene.officer(in: system, login: "nguoi-viet")
                let done = Flag()
                let writer = Task {
                    var count = 0
                    while !done.isRaised {
                        count += 1
                        try await system.work.addNote(Self.work, text: "Ghi chú \(count)", by: .init(viewer: viewer))
                    }
                    return count
                }
                while try await Self.notes(in: store) == 0 { await Task.yield() }
                let files = try await [1, 2, 3].asyncMap { number in
                    let file = "\(folder)/\(number).sqlite"
                    _ = try await BackupFile.write(store, to: file)
                    return file
                }
                done.raise()
                let total = try await writer.value
                for file in files {
                    let location = DatabaseLocation.sqlite(file + ".moi")
                    _ = try await BackupFile.restore(file, to: location, at: try Scene.moment("2027-11-11"))
                    let copy = try Storage.open(location)
                    #expect(try await AuditTrail.verify(in: copy).problems.isEmpty)
                    let notes = try await Self.notes(in: copy)
                    #expect((1...total).contains(notes))
                    let audited = try await copy.read {
                        try $0.integer("SELECT COUNT(*) FROM audit_entry WHERE action = 'instance.noted'")
                    }
                    #expect(audited == notes, "note and audit entry were written together")
                    try await copy.close()
                }
            }
        }
    }

    static func notes(in store: any DataStore) async throws -> Int {
        try await store.read { try $0.integer("SELECT COUNT(*) FROM instance_event WHERE kind = 'noted'") ?? 0 }
    }
}

/// Raised by one task, seen by another.
private final class Flag: Sendable {
    private let raised = Mutex(false)

    var isRaised: Bool { raised.withLock { $0 } }
    func raise() { raised.withLock { $0 = true } }
}

extension Sequence {
    /// One after the other.
    func asyncMap<T>(_ transform: (Element) async throws -> T) async rethrows -> [T] {
        var result: [T] = []
        for element in self { result.append(try await transform(element)) }
        return result
    }
}
