import Access
import Assembly
import Database
import DatabasePostgreSQL
import DatabaseSQLite
import Figures
import Files
import Foundation
import Jobs
import Kernel
import PlanText
import Province
import Work
import TestSupport
import Vault

/// How long an officer's save waits while a job writes a million rows, and while a large file of figures is sent, read, taken
/// and withdrawn, beside the same save with no job running.
struct JobBenchmark {
    let plan: String
    let seconds: Int

    private struct Rows: Codable, Sendable {
        let count: Int
    }

    private static let writing = JobName<Rows>("bench.rows")
    private static let rows = 1_000_000

    func run() async throws {
        let folder = NSTemporaryDirectory() + "baophu-bench-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await measure("SQLite, every commit on disk", try SQLiteStore(path: folder + "/jobs.sqlite"))
        try await measure(
            "PostgreSQL, private cluster without fsync",
            try PostgreSQLStore(url: PostgreSQLCluster.shared().freshURL(), connections: 16))
    }

    private func measure(_ name: String, _ store: any DataStore) async throws {
        let definition = try PlanFolder.load(plan)
        _ = try await Storage.migrator.migrate(store, at: BaoPhuSystem.now)
        try await store.write { connection in
            _ = try connection.execute(
                """
                CREATE TABLE bench_row (commune TEXT NOT NULL, number BIGINT NOT NULL, people BIGINT NOT NULL,
                    PRIMARY KEY (commune, number))
                """)
        }
        let plan = WorkService(store: store, clock: .machine, plan: definition)
        _ = try await plan.syncInstances()
        let access = AccessService(
            store: store, clock: .machine, passwords: PasswordHasher(cost: 4), grants: .ofRoles, keys: .ephemeral())
        let officer = try await access.createActive(
            AccountDraft(login: "bench", name: "Bench", role: .analyst, agency: definition.coordinatingAgency),
            password: "con mèo ngồi trên mái", by: .system
        ).viewer(.ofRoles)
        let scratch = ScratchFolder()
        defer { scratch.remove() }
        let figures = FigureService(
            store: store, clock: .machine, directory: definition.communes, province: definition.province,
            readings: ReadingRoom(scratch: scratch))
        let jobs = JobService(
            store: store, clock: .machine, kinds: [Self.kind] + figures.jobKinds, grants: .ofRoles)

        let alone = try await waits(of: officer, in: plan, definition.coordinatingAgency) {
            try await Task.sleep(for: .seconds(seconds))
        }
        let begin = ContinuousClock.now
        let beside = try await waits(of: officer, in: plan, definition.coordinatingAgency) {
            let id = try await jobs.start(
                Self.writing, Rows(count: Self.rows), title: "Bench", by: Submission(viewer: officer))
            _ = try await jobs.runDue(as: "bench")
            guard try await jobs.job(id, for: officer).state == .done else { throw JobFailed() }
        }
        let took = Self.milliseconds(ContinuousClock.now - begin) / 1_000
        let stored = try await store.read { try $0.integer("SELECT COUNT(*) FROM bench_row") ?? 0 }
        let upload = try await upload(as: officer, to: figures, jobs, beside: plan, definition)
        try await store.close()
        print(
            "jobs, \(name): \(stored) rows in \(Spread.text(took)) s; an officer's save waits at worst \(Spread.text(beside.max() ?? 0)) ms, middle \(Spread.text(Spread(beside).median)) ms of \(beside.count) saves (wanted under 250 ms)"
        )
        print(
            "jobs, \(name): a file of \(upload.rows) rows sent, looked at, taken by its job and withdrawn again in \(Spread.text(upload.seconds)) s; an officer's save waits at worst \(Spread.text(upload.waits.max() ?? 0)) ms, middle \(Spread.text(Spread(upload.waits).median)) ms of \(upload.waits.count) saves (wanted under 250 ms)"
        )
        print(
            "jobs, \(name): the same save with no job: at worst \(Spread.text(alone.max() ?? 0)) ms, middle \(Spread.text(Spread(alone).median)) ms of \(alone.count) saves"
        )
    }

    private struct JobFailed: Error {}

    /// A real file on its whole way, while an officer saves.
    private func upload(
        as officer: Viewer, to figures: FigureService, _ jobs: JobService, beside plan: WorkService,
        _ definition: PlanDefinition
    ) async throws -> (rows: Int, seconds: Double, waits: [Double]) {
        let last = Month(of: Clock.machine.today).adding(months: -1)
        let bytes = FigureBenchmark.file(
            of: (0..<120).map { last.adding(months: $0 - 119) }, communes: definition.communes.codes, salt: 0)
        let file = IncomingFile(name: "mười năm.csv", mediaType: "text/csv", bytes: bytes)
        let by = Submission(viewer: officer)
        var rows = 0
        let begin = ContinuousClock.now
        let waits = try await waits(of: officer, in: plan, definition.coordinatingAgency) {
            let id = try await figures.receive(file, month: nil, source: "", by: by)
            guard case .read(let outcome) = try await figures.look(at: id, for: officer).1,
                case .started(let taking) = try await figures.take(id, acceptsJumps: true, with: jobs, by: by)
            else { throw JobFailed() }
            rows = outcome.reading.acceptedRows
            _ = try await jobs.runDue(as: "bench")
            guard let batch = try await jobs.job(taking, for: officer).outcome?.subject.flatMap({ Int($0.key) }),
                case .started(let withdrawing) = try await figures.withdraw(
                    batch: batch, reason: "Bench", with: jobs, by: by)
            else { throw JobFailed() }
            _ = try await jobs.runDue(as: "bench")
            guard try await jobs.job(withdrawing, for: officer).state == .done else { throw JobFailed() }
        }
        return (rows, Self.milliseconds(ContinuousClock.now - begin) / 1_000, waits)
    }

    private static let kind = JobKind(writing, title: "Bench", lane: .heavy, right: .handIn) { rows, run in
        var pace = ChunkPace()
        var next = try run.checkpoint(Int.self) ?? 0
        while next < rows.count {
            let range = next..<min(next + pace.rows, rows.count)
            let chunk = try await run.write(JobProgress(range.upperBound, of: rows.count)) { connection in
                _ = try connection.load(
                    "bench_row", columns: ["commune", "number", "people"],
                    rows: range.lazy.map { ["\(10_000 + $0 % 114)".sqlValue, $0.sqlValue, ($0 % 9_973).sqlValue] })
                return range.upperBound
            }
            pace.adapt(to: chunk.held)
            next = chunk.checkpoint
        }
        return JobResult("\(rows.count)")
    }

    /// Milliseconds of each save of a note, one every few milliseconds while the work goes on.
    private func waits(
        of officer: Viewer, in plan: WorkService, _ agency: AgencyCode, during work: () async throws -> Void
    ) async throws -> [Double] {
        let over = JobStop()
        let saves = Task {
            var waits: [Double] = []
            while !over.isWanted {
                let begin = ContinuousClock.now
                try await plan.addNote(
                    "I.2/2027/\(agency)", text: "Ghi chú số \(waits.count)", by: Submission(viewer: officer))
                waits.append(Self.milliseconds(ContinuousClock.now - begin))
                try await Task.sleep(for: .milliseconds(5))
            }
            return waits
        }
        do {
            try await work()
        } catch {
            over.want()
            throw error
        }
        over.want()
        return try await saves.value
    }

    private static func milliseconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) * 1e3 + Double(duration.components.attoseconds) / 1e15
    }
}
