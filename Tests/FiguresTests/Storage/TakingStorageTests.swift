import Access
import Database
import Files
import Jobs
import Kernel
import TestSupport
import Testing
import Vault

@testable import Figures

/// Files of many figures, taken by a job.
@Suite
struct TakingStorageTests {
    struct Scene: Sendable {
        let world: FiguresWorld
        let jobs: JobService
        let officer: Submission
    }

    /// A store with somebody who may take figures, and jobs.
    static func with(_ engine: TestEngine, _ body: (Scene) async throws -> Void) async throws {
        try await FiguresWorld.with(engine) { world in
            let access = AccessService(
                store: world.store, clock: world.clock.clock, passwords: PasswordHasher(cost: 4),
                grants: FiguresWorld.grants, keys: .ephemeral())
            let draft = AccountDraft(
                login: "bao.hiem", name: "Người bảo hiểm", role: .insuranceProvince,
                agency: AgencyCode("bhxh-thanh-pho"))
            let account = try await access.createActive(draft, password: "con mèo ngồi trên mái", by: .system)
            try await body(
                Scene(
                    world: world,
                    jobs: JobService(
                        store: world.store, clock: world.clock.clock, kinds: world.service.jobKinds,
                        grants: FiguresWorld.grants),
                    officer: Submission(viewer: account.viewer(FiguresWorld.grants))))
        }
    }

    static func receive(_ lines: [String], _ scene: Scene) async throws -> RecordID {
        try await scene.world.service.receive(
            FiguresWorld.file("09/2026", lines), month: nil, source: "", by: scene.officer)
    }

    /// Orders to take a file that is too large to be taken at once.
    static func start(_ upload: RecordID, _ scene: Scene) async throws -> RecordID {
        let taking = try await scene.world.service.take(
            upload, acceptsJumps: false, mostAtOnce: 2, with: scene.jobs, by: scene.officer)
        guard case .started(let job) = taking else { throw Refusal(.invalid, "taken at once") }
        return job
    }

    @Test(arguments: TestEngine.allCases)
    func `few figures are taken at once, many by a job that leads to their batch`(engine: TestEngine) async throws {
        try await Self.with(engine) { scene in
            let few = try await Self.receive(["10507;100;10"], scene)
            let taking = try await scene.world.service.take(
                few, acceptsJumps: false, mostAtOnce: 2, with: scene.jobs, by: scene.officer)
            #expect(taking == .taken)
            #expect(try await scene.world.count("SELECT COUNT(*) FROM job") == 0)

            let many = try await Self.receive(["10507;101;11", "10525;200;20"], scene)
            let id = try await Self.start(many, scene)
            #expect(try await Self.start(many, scene) == id, "ordered twice, taken once")
            #expect(try await scene.world.holding().contains("10507 2026-09 compulsory 100 @1"))
            #expect(try await scene.jobs.runDue(as: "server") == 1)
            #expect(
                try await scene.world.holding() == [
                    "10507 2026-09 compulsory 101 @2", "10507 2026-09 voluntary 11 @2",
                    "10525 2026-09 compulsory 200 @2", "10525 2026-09 voluntary 20 @2",
                ])
            let job = try await scene.jobs.job(id, for: scene.officer.viewer)
            #expect(job.outcome?.subject == Subject(.figureBatch, 2) && job.progress.done == 4)
            #expect(try await scene.world.service.upload(many, for: scene.officer.viewer).0.batch == 2)
            let (batch, lines) = try await scene.world.service.batch(2, for: scene.officer.viewer)
            #expect(batch.figures == 4 && batch.changed == 4 && lines.count == 4)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `what a dead server added is not added twice, holds for nobody, and is not preferred to what came later`(
        engine: TestEngine
    ) async throws {
        try await Self.with(engine) { scene in
            let upload = try await Self.receive(["10507;100;10", "10525;200;20"], scene)
            let id = try await Self.start(upload, scene)
            // A server takes the job, adds a part, and is never heard of again.
            #expect(try await scene.jobs.claim(by: "dying") != nil)
            try await scene.world.store.write { connection in
                let figure = ReadFigure(
                    commune: .known("10507"), month: .known(2026, 9), scheme: .compulsory, people: 100, blocks: [:])
                try FigureService.add([figure], to: 1, on: connection)
                try connection.execute("UPDATE job SET checkpoint = ?, done = 1 WHERE id = ?", #"{"batch":1}"#, id)
            }
            #expect(try await scene.world.holding() == [])
            // Meanwhile somebody states the figures of one commune otherwise.
            try await scene.world.take("09/2026", "10507;111;12")
            let later = ["10507 2026-09 compulsory 111 @2", "10507 2026-09 voluntary 12 @2"]
            #expect(try await scene.world.holding() == later)

            scene.world.clock.advance(seconds: 61)
            #expect(try await scene.jobs.runDue(as: "server") == 1)
            #expect(try await scene.jobs.job(id, for: scene.officer.viewer).state == .done)
            #expect(
                try await scene.world.holding()
                    == later + ["10525 2026-09 compulsory 200 @1", "10525 2026-09 voluntary 20 @1"])
            #expect(try await scene.world.count("SELECT COUNT(*) FROM figure_entry WHERE batch = 1") == 4)
            // Withdrawn, the later one gives way to the earlier.
            try await scene.world.service.withdraw(batch: 2, reason: "Nhầm", by: scene.officer)
            #expect(try await scene.world.holding().first == "10507 2026-09 compulsory 100 @1")
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a file thrown away before its turn is not taken`(engine: TestEngine) async throws {
        try await Self.with(engine) { scene in
            let upload = try await Self.receive(["10507;100;10", "10525;200;20"], scene)
            let id = try await Self.start(upload, scene)
            try await scene.world.service.discard(upload, by: scene.officer)
            #expect(try await scene.jobs.runDue(as: "server") == 1)
            let job = try await scene.jobs.job(id, for: scene.officer.viewer)
            #expect(job.state == .failed && job.problem?.contains("đã bỏ") == true)
            #expect(try await scene.world.holding() == [])
        }
    }
}
