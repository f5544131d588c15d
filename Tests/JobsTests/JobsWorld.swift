import Access
import Database
import Jobs
import Kernel
import Logging
import Files
import TestSupport
import Testing
import Vault

/// One database as several servers see it, a clock, an officer and an administrator.
struct JobsWorld: Sendable {
    let stores: [any DataStore]
    let clock: MutableClock
    let officer: Viewer
    let colleague: Viewer
    let administrator: Viewer

    static let grants = Grants(of: [.jobs], [.analyst: [.count], .administrator: [.keepJobs]])

    var store: any DataStore { stores[0] }

    static func with<T>(
        _ engine: TestEngine, servers: Int = 1, _ body: (JobsWorld) async throws -> T
    ) async throws -> T {
        try await engine.withStores(servers) { stores in
            let clock = MutableClock(Timestamp(day: try #require(Day("2027-03-01")), hour: 9))
            let marks = Migration(
                module: "jobs-tests", number: 1, name: "what jobs did",
                statements: ["CREATE TABLE mark (job TEXT NOT NULL, chunk BIGINT NOT NULL, holder TEXT NOT NULL)"])
            _ = try await Migrator(AccessMigrations.all + FilesMigrations.all + JobsMigrations.all + [marks]).migrate(
                stores[0], at: clock.now)
            let access = AccessService(
                store: stores[0], clock: clock.clock, passwords: PasswordHasher(cost: 4), grants: grants,
                keys: .ephemeral())
            func add(_ login: String, _ role: Role) async throws -> Viewer {
                let draft = AccountDraft(
                    login: login, name: "Người \(login)", role: role,
                    agency: role == .administrator ? nil : AgencyCode("so-noi-vu"))
                return try await access.createActive(draft, password: "con mèo ngồi trên mái", by: .system)
                    .viewer(grants)
            }
            return try await body(
                JobsWorld(
                    stores: stores, clock: clock, officer: try await add("lan.nguyen", .analyst),
                    colleague: try await add("minh.tran", .analyst),
                    administrator: try await add("quan.tri", .administrator)))
        }
    }

    func service(_ kinds: [JobKind], server: Int = 0, leaseSeconds: Int64 = 60) -> JobService {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return JobService(
            store: stores[server], clock: clock.clock, kinds: kinds, grants: Self.grants, leaseSeconds: leaseSeconds,
            logger: logger)
    }

    // MARK: Work that leaves marks

    /// Marks so many chunks, each in a write of its own.
    struct Count: Codable, Sendable {
        let chunks: Int
    }

    static let name = JobName<Count>("test.count")

    /// - Parameter before: called before each chunk with its number, outside the transaction.
    static func counting(
        retries: RetryPolicy = RetryPolicy(), lane: JobLane = .light,
        before: @escaping @Sendable (Int, JobRun) async throws -> Void = { _, _ in },
        inside: @escaping @Sendable (Int) throws -> Void = { _ in }
    ) -> JobKind {
        JobKind(name, title: "Đếm", lane: lane, retries: retries, right: .count) { count, run in
            var next = try run.checkpoint(Int.self) ?? 0
            while next < count.chunks {
                let chunk = next
                try await before(chunk, run)
                let done = JobProgress(chunk + 1, of: count.chunks, "phần \(chunk + 1)")
                next = try await run.write(done) { connection in
                    try connection.execute(
                        "INSERT INTO mark (job, chunk, holder) VALUES (?, ?, ?)", run.job.id, chunk,
                        run.job.holder ?? "")
                    try inside(chunk)
                    return chunk + 1
                }.checkpoint
            }
            return JobResult("Đã đếm \(count.chunks) phần.")
        }
    }

    func start(_ service: JobService, chunks: Int, key: String? = nil) async throws -> RecordID {
        try await service.start(
            Self.name, Count(chunks: chunks), title: "Đếm \(chunks) phần", key: key,
            by: Submission(viewer: officer))
    }

    /// The chunks a job marked, in the order of their marking.
    func marks(_ job: RecordID) async throws -> [Int] {
        try await store.read { connection in
            try connection.rows("SELECT chunk FROM mark WHERE job = ? ORDER BY chunk", job).map {
                try $0.integer("chunk")
            }
        }
    }

    func job(_ id: RecordID, in service: JobService) async throws -> Job {
        try await service.job(id, for: administrator)
    }
}

/// A fault that may pass.
struct Hiccup: Error, CustomStringConvertible {
    let description = "the disk hiccuped"
}

extension Right {
    /// What the jobs of these tests ask for.
    static let count = Right("tests.count", "Đếm")
}
