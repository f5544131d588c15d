import Access
import Database
import Files
import Jobs
import Kernel
import TestSupport
import Testing
import Vault

@testable import Figures

/// Files of many figures, taken by a job month by month.
@Suite
struct TakingStorageTests {
    struct Scene: Sendable {
        let world: FiguresWorld
        let jobs: JobService
        let officer: Submission
        /// Another account with the same rights.
        let colleague: Submission
    }

    /// A store with two who may take figures, and jobs.
    static func with(_ engine: TestEngine, _ body: (Scene) async throws -> Void) async throws {
        try await FiguresWorld.with(engine) { world in
            let access = AccessService(
                store: world.store, clock: world.clock.clock, passwords: PasswordHasher(cost: 4),
                grants: FiguresWorld.grants, keys: .ephemeral())
            func person(_ login: String, _ role: Role, _ agency: String) async throws -> Submission {
                let draft = AccountDraft(login: login, name: "Người \(login)", role: role, agency: AgencyCode(agency))
                let account = try await access.createActive(draft, password: "con mèo ngồi trên mái", by: .system)
                return Submission(viewer: account.viewer(FiguresWorld.grants))
            }
            try await body(
                Scene(
                    world: world,
                    jobs: JobService(
                        store: world.store, clock: world.clock.clock, kinds: world.service.jobKinds,
                        grants: FiguresWorld.grants),
                    officer: try await person("bao.hiem", .insuranceProvince, "bhxh-thanh-pho"),
                    colleague: try await person("noi.vu", .analyst, "so-noi-vu")))
        }
    }

    static func receive(_ lines: [String], _ scene: Scene) async throws -> RecordID {
        try await scene.world.service.receive(
            FiguresWorld.file("09/2026", lines), month: nil, source: "", by: scene.officer)
    }

    /// Two communes in three months, one figure a row.
    static let months = IncomingFile(
        name: "ba tháng.csv", mediaType: "text/csv",
        bytes: Array(
            (["Tháng;Mã xã;BHXH bắt buộc;BHXH tự nguyện"]
                + ["07/2026", "08/2026", "09/2026"].flatMap { ["\($0);10507;100;10", "\($0);10525;200;20"] })
                .joined(separator: "\n").utf8))

    static func receiveMonths(_ scene: Scene) async throws -> RecordID {
        try await scene.world.service.receive(months, month: nil, source: "", by: scene.officer)
    }

    /// Orders to take a file that is too large to be taken at once.
    static func start(
        _ upload: RecordID, _ scene: Scene, jumps: Bool = false, by submission: Submission? = nil
    ) async throws -> RecordID {
        let order = try await scene.world.service.take(
            upload, acceptsJumps: jumps, mostAtOnce: 2, with: scene.jobs, by: submission ?? scene.officer)
        guard case .started(let job) = order else { throw Refusal(.invalid, "taken at once") }
        return job
    }

    /// What a server did of a job before it was never heard of again: the first month is in force.
    static func takeFirstMonth(of upload: RecordID, job: RecordID, _ scene: Scene) async throws {
        let service = scene.world.service
        let sent = try await scene.world.store.read { try FigureService.upload(upload, on: $0) }
        let understood = try await service.understood(sent, acceptsJumps: false)
        let head = try #require(service.head(of: understood, of: sent))
        try await scene.world.store.write { connection in
            let batch = try FigureService.open(
                head, figures: understood.comparison.stated, monthsLeft: 2, job: job, by: Actor(scene.officer.viewer),
                at: scene.world.clock.now,
                on: connection)
            try FigureService.add(
                understood.comparison.stated.filter { $0.month == .known(2026, 7) }, to: batch, on: connection)
            try connection.execute(
                "UPDATE figure_upload SET batch = ?, accepts_jumps = 0 WHERE id = ?", batch, upload)
        }
    }

    static let firstMonth = [
        "10507 2026-07 compulsory 100 @1", "10507 2026-07 voluntary 10 @1", "10525 2026-07 compulsory 200 @1",
        "10525 2026-07 voluntary 20 @1",
    ]

    @Test(arguments: TestEngine.allCases)
    func `few figures are taken at once, many by a job that leads to their batch`(engine: TestEngine) async throws {
        try await Self.with(engine) { scene in
            let few = try await Self.receive(["10507;100;10"], scene)
            let order = try await scene.world.service.take(
                few, acceptsJumps: false, mostAtOnce: 2, with: scene.jobs, by: scene.officer)
            #expect(order == .done)
            #expect(try await scene.world.count("SELECT COUNT(*) FROM job") == 0)

            let many = try await Self.receive(["10507;101;11", "10525;200;20"], scene)
            let id = try await Self.start(many, scene)
            #expect(try await scene.world.holding().contains("10507 2026-09 compulsory 100 @1"))
            #expect(try await scene.jobs.runDue(as: "server") == 1)
            #expect(
                try await scene.world.holding() == [
                    "10507 2026-09 compulsory 101 @2", "10507 2026-09 voluntary 11 @2",
                    "10525 2026-09 compulsory 200 @2", "10525 2026-09 voluntary 20 @2",
                ])
            let job = try await scene.jobs.job(id, for: scene.officer.viewer)
            #expect(job.outcome?.subject == Subject(.figureBatch, 2) && job.progress.done == 4)
            #expect(job.outcome?.words.contains("4 số liệu") == true)
            let upload = try await scene.world.service.upload(many, for: scene.officer.viewer).0
            #expect(upload.batch == 2 && upload.stage == .taken && upload.month == .known(2026, 9))
            let batch = try await scene.world.service.batch(2, for: scene.officer.viewer)
            let lines = try await scene.world.service.lines(ofBatch: 2, limit: 9, for: scene.officer.viewer).lines
            #expect(batch.figures == 4 && batch.changed == 4 && lines.count == 4 && batch.monthsLeft == 0)
            #expect(batch.actorName == scene.officer.viewer.name)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a file that a job takes is neither taken again nor thrown away, by whomever`(
        engine: TestEngine
    ) async throws {
        try await Self.with(engine) { scene in
            let service = scene.world.service
            let upload = try await Self.receiveMonths(scene)
            let id = try await Self.start(upload, scene)
            #expect(try await Self.start(upload, scene) == id, "ordered twice by one person: the same job")
            #expect(try await service.upload(upload, for: scene.colleague.viewer).0.stage == .taking(id))
            for person in [scene.officer, scene.colleague] {
                await expectRefusal(.stale) { try await service.discard(upload, by: person) }
                await expectRefusal(.stale) { try await service.accept(upload, acceptsJumps: false, by: person) }
                await expectRefusal(.stale) { try await Self.start(upload, scene, jumps: true, by: person) }
            }
            await expectRefusal(.stale) { try await Self.start(upload, scene, by: scene.colleague) }
            #expect(try await scene.world.count("SELECT COUNT(*) FROM job") == 1)
            #expect(try await scene.jobs.runDue(as: "server") == 1)
            #expect(try await scene.world.count("SELECT COUNT(*) FROM figure_batch") == 1)
            #expect(try await scene.world.count("SELECT COUNT(*) FROM figure_entry") == 12)
            #expect(try await service.waitingUploads(for: scene.officer.viewer).isEmpty)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `what a dead server took is not taken twice, and is not preferred to what came later`(
        engine: TestEngine
    ) async throws {
        try await Self.with(engine) { scene in
            let upload = try await Self.receiveMonths(scene)
            let id = try await Self.start(upload, scene)
            #expect(try await scene.jobs.claim(by: "dying") != nil)
            try await Self.takeFirstMonth(of: upload, job: id, scene)
            #expect(try await scene.world.holding() == Self.firstMonth, "a month is in force whole or not at all")
            #expect(try await scene.world.service.batch(1, for: scene.officer.viewer).worker == id)
            // Meanwhile somebody states the figures of one commune otherwise, in a month before and one after.
            try await scene.world.take("07/2026", "10507;111;12")
            try await scene.world.take("09/2026", "10507;113;13")

            scene.world.clock.advance(seconds: 61)
            #expect(try await scene.jobs.runDue(as: "server") == 1)
            #expect(try await scene.jobs.job(id, for: scene.officer.viewer).state == .done)
            let held = try await scene.world.holding()
            #expect(
                held.filter { $0.contains("10507") && $0.contains("compulsory") } == [
                    "10507 2026-07 compulsory 111 @2", "10507 2026-08 compulsory 100 @1",
                    "10507 2026-09 compulsory 113 @3",
                ])
            #expect(held.count == 12)
            #expect(try await scene.world.recomputed() == held)
            #expect(try await scene.world.count("SELECT COUNT(*) FROM figure_entry WHERE batch = 1") == 12)
            #expect(try await scene.world.count("SELECT SUM(months_left) FROM figure_batch") == 0)
            // Withdrawn, the later one gives way to the earlier.
            try await scene.world.service.withdraw(batch: 3, reason: "Nhầm", by: scene.officer)
            #expect(try await scene.world.holding().contains("10507 2026-09 compulsory 100 @1"))
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a job cancelled before its first month leaves the file to whoever takes or discards it`(
        engine: TestEngine
    ) async throws {
        try await Self.with(engine) { scene in
            let upload = try await Self.receiveMonths(scene)
            let first = try await Self.start(upload, scene)
            try await scene.jobs.cancel(first, by: scene.officer)
            #expect(try await scene.world.service.upload(upload, for: scene.officer.viewer).0.isOpen)
            #expect(try await scene.world.count("SELECT COUNT(*) FROM figure_entry") == 0)

            let second = try await Self.start(upload, scene, by: scene.colleague)
            #expect(second != first)
            // The first one, run again, does not take it too.
            try await scene.jobs.runAgain(first, by: scene.officer)
            #expect(try await scene.jobs.runDue(as: "server") == 2)
            #expect(try await scene.jobs.job(first, for: scene.officer.viewer).state == .failed)
            #expect(try await scene.jobs.job(second, for: scene.colleague.viewer).state == .done)
            #expect(try await scene.world.count("SELECT COUNT(*) FROM figure_batch") == 1)

            let other = try await Self.receive(["10507;101;11", "10525;201;21"], scene)
            let third = try await Self.start(other, scene)
            try await scene.jobs.cancel(third, by: scene.officer)
            try await scene.world.service.discard(other, by: scene.colleague)
            try await scene.jobs.runAgain(third, by: scene.officer)
            #expect(try await scene.jobs.runDue(as: "server") == 1)
            let job = try await scene.jobs.job(third, for: scene.officer.viewer)
            #expect(job.state == .failed && job.problem?.contains("đã bỏ") == true)
            #expect(try await scene.world.count("SELECT COUNT(*) FROM figure_batch") == 1)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `what a job left in part is shown, gone on with by another person, or withdrawn`(
        engine: TestEngine
    ) async throws {
        try await Self.with(engine) { scene in
            let service = scene.world.service
            let upload = try await Self.receiveMonths(scene)
            let first = try await Self.start(upload, scene)
            #expect(try await scene.jobs.claim(by: "dying") != nil)
            try await Self.takeFirstMonth(of: upload, job: first, scene)
            try await scene.jobs.cancel(first, by: scene.officer)
            scene.world.clock.advance(seconds: 61)
            #expect(try await scene.jobs.runDue(as: "server") == 0)

            let left = try await service.upload(upload, for: scene.colleague.viewer).0
            #expect(left.stage == .partly && left.batch == 1)
            #expect(try await service.waitingUploads(for: scene.colleague.viewer).map(\.id) == [upload])
            let batch = try await service.batch(1, for: scene.colleague.viewer)
            #expect(
                batch.monthsLeft == 2 && batch.worker == nil
                    && batch.actions(for: scene.officer.viewer).contains(.withdraw))
            await expectRefusal(.stale) { try await service.discard(upload, by: scene.colleague) }

            let second = try await Self.start(upload, scene, by: scene.colleague)
            #expect(try await scene.jobs.runDue(as: "server") == 1)
            #expect(try await scene.jobs.job(second, for: scene.colleague.viewer).state == .done)
            #expect(try await scene.world.holding().count == 12)
            #expect(try await scene.world.count("SELECT COUNT(*) FROM figure_batch") == 1)
            #expect(try await service.upload(upload, for: scene.officer.viewer).0.stage == .taken)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a batch withdrawn while a job takes it stays withdrawn`(engine: TestEngine) async throws {
        try await Self.with(engine) { scene in
            let upload = try await Self.receiveMonths(scene)
            let id = try await Self.start(upload, scene)
            #expect(try await scene.jobs.claim(by: "slow") != nil)
            try await Self.takeFirstMonth(of: upload, job: id, scene)
            try await scene.world.service.withdraw(batch: 1, reason: "Nhầm", by: scene.colleague)
            scene.world.clock.advance(seconds: 61)
            #expect(try await scene.jobs.runDue(as: "server") == 1)
            #expect(try await scene.jobs.job(id, for: scene.officer.viewer).state == .failed)
            #expect(try await scene.world.holding() == [])
            #expect(try await scene.world.service.upload(upload, for: scene.officer.viewer).0.stage == .withdrawn)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a batch of many figures is withdrawn by a job, which another goes on with`(engine: TestEngine) async throws {
        try await Self.with(engine) { scene in
            let service = scene.world.service
            try await scene.world.take("08/2026", "10507;90;9", "10525;190;19")
            let before = try await scene.world.holding()
            let outcome = try await service.importFile(Self.months, by: Actor(scene.officer.viewer))
            #expect(outcome.batch == 2)
            func withdraw(_ person: Submission) async throws -> FigureOrder {
                try await service.withdraw(batch: 2, reason: "Nhầm", mostAtOnce: 3, with: scene.jobs, by: person)
            }
            guard case .started(let first) = try await withdraw(scene.officer) else {
                Issue.record("withdrawn at once")
                return
            }
            let marked = try await service.batch(2, for: scene.officer.viewer)
            #expect(marked.withdrawnAt != nil && marked.monthsLeft == 3 && marked.worker == first)
            #expect(!marked.actions(for: scene.colleague.viewer).contains(.withdraw))
            await expectRefusal(.stale) { try await withdraw(scene.colleague) }
            try await scene.jobs.cancel(first, by: scene.officer)
            #expect(
                try await service.batch(2, for: scene.officer.viewer).actions(for: scene.colleague.viewer).contains(
                    .withdraw))
            guard case .started(let second) = try await withdraw(scene.colleague) else {
                Issue.record("withdrawn at once")
                return
            }
            // The first one, run again, leaves it to the second.
            try await scene.jobs.runAgain(first, by: scene.officer)
            #expect(try await scene.jobs.runDue(as: "server") == 2)
            #expect(try await scene.jobs.job(first, for: scene.officer.viewer).state == .failed)
            #expect(
                try await scene.jobs.job(second, for: scene.colleague.viewer).outcome?.subject
                    == Subject(.figureBatch, 2))
            #expect(try await scene.world.holding() == before)
            #expect(try await service.batch(2, for: scene.officer.viewer).monthsLeft == 0)
            #expect(try await scene.world.trail("figure-batch/2") == ["figures.imported", "figures.withdrawn"])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `an import of many figures is what one of few is, and one that was stopped is finished by the next`(
        engine: TestEngine
    ) async throws {
        try await Self.with(engine) { scene in
            let service = scene.world.service
            let whole = try await service.importFile(Self.months, mostAtOnce: 1, by: .commandLine)
            #expect(whole.batch == 1 && whole.added == 12)
            let held = try await scene.world.holding()
            #expect(held.count == 12 && held.prefix(1) == ["10507 2026-07 compulsory 100 @1"])
            #expect(try await scene.world.count("SELECT COUNT(*) FROM stored_file") == 1)
            try await scene.world.service.withdraw(batch: 1, reason: "Nhầm", by: scene.officer)

            let upload = try await Self.receiveMonths(scene)
            try await Self.takeFirstMonth(of: upload, job: RecordID(at: scene.world.clock.now), scene)
            #expect(try await scene.world.holding().count == 4)
            let finished = try await service.importFile(Self.months, mostAtOnce: 1, by: .commandLine)
            #expect(finished.batch == 2)
            #expect(try await scene.world.holding() == held.map { $0.replacing("@1", with: "@2") })
            #expect(try await scene.world.count("SELECT SUM(months_left) FROM figure_batch") == 0)
            #expect(try await service.importFile(Self.months, mostAtOnce: 1, by: .commandLine).batch == nil)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `files taken at the same time are each taken as what holds then`(engine: TestEngine) async throws {
        try await Self.with(engine) { scene in
            let service = scene.world.service
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<8 {
                    group.addTask {
                        let file = FiguresWorld.file(
                            "09/2026", ["10507;\(100 + number % 3);10", "10525;200;\(20 + number)"],
                            name: "\(number).csv")
                        _ = try await service.importFile(
                            file, mostAtOnce: number % 2 == 0 ? 100 : 1, by: .commandLine)
                    }
                }
                try await group.waitForAll()
            }
            let recomputed = try await scene.world.recomputed()
            #expect(try await scene.world.holding() == recomputed)
            let batches = try await service.batches(limit: 20, for: scene.officer.viewer)
            // Each says truly how many of its figures were new when it was taken.
            #expect(batches.last?.changed == 4 && batches.dropLast().allSatisfy { (1...2).contains($0.changed) })
        }
    }
}
