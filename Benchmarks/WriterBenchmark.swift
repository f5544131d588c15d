import Access
import Assembly
import Database
import DatabasePostgreSQL
import DatabaseSQLite
import Foundation
import Kernel
import Overview
import PlanText
import Targets
import Work
import TestSupport

/// 200 writers at once: a note as people write it, against a bare insert of the same row.
struct WriterBenchmark {
    let plan: String

    func run() async throws {
        let folder = NSTemporaryDirectory() + "baophu-bench-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await measure("SQLite, every commit on disk", try SQLiteStore(path: folder + "/writers.sqlite"))
        try await measure(
            "PostgreSQL, private cluster without fsync",
            try PostgreSQLStore(url: PostgreSQLCluster.shared().freshURL(), connections: 16))
    }

    private func measure(_ name: String, _ store: any DataStore) async throws {
        let definition = try PlanFolder.load(plan)
        _ = try await Storage.migrator.migrate(store, at: BaoPhuSystem.now)
        let service = WorkService(store: store, clock: .machine, plan: definition)
        _ = try await service.syncInstances()
        let submission = Submission(
            viewer: Viewer(
                account: RecordID(at: BaoPhuSystem.now), login: "bench", name: "Bench", role: .analyst,
                rights: Grants.ofRoles.rights(of: .analyst), agency: definition.coordinatingAgency))
        let id = "I.2/2027/\(definition.coordinatingAgency)"
        var bare: [Double] = []
        var notes: [Double] = []
        for _ in 0..<3 {
            bare.append(
                try await rate { number in
                    try await store.write { connection in
                        _ = try connection.execute(
                            """
                            INSERT INTO instance_event (id, instance, at, account, actor_name, kind, day, note)
                            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                            """,
                            RecordID(at: BaoPhuSystem.now), id, BaoPhuSystem.now, submission.viewer.account, "Bench",
                            "noted",
                            Day?.none, "Ghi chú số \(number)")
                    }
                })
            notes.append(
                try await rate { number in try await service.addNote(id, text: "Ghi chú số \(number)", by: submission) }
            )
        }
        let stored = try await store.read { try $0.integer("SELECT COUNT(*) FROM instance_event") ?? 0 }
        let verdict = try await AuditTrail.verify(in: store)
        try await store.close()
        print(
            "writers, \(name): bare insert \(Spread(bare)) rows/s; accepted notes \(Spread(notes)) /s, \(Spread(zip(notes, bare).map { $0 / $1 })) of bare"
        )
        print(
            "writers, \(name): \(stored) of \(3 * 2 * Self.writers * Self.each) rows stored, audit chain \(verdict.problems.isEmpty ? "unbroken" : "BROKEN")"
        )
    }

    static let writers = 200
    static let each = 10

    private func rate(_ write: @escaping @Sendable (Int) async throws -> Void) async throws -> Double {
        let clock = ContinuousClock()
        let start = clock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<Self.writers {
                group.addTask { for number in 0..<Self.each { try await write(writer * Self.each + number) } }
            }
            try await group.waitForAll()
        }
        let elapsed = start.duration(to: clock.now)
        return Double(Self.writers * Self.each)
            / (Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18)
    }
}
