import Access
import Database
import Files
import Foundation
import Jobs
import Kernel
import TestSupport
import Testing
import Vault

/// How jobs end, and how they go on.
@Suite
struct EndTests {
    @Test(arguments: TestEngine.allCases)
    func `a job that finds the disk full says so`(engine: TestEngine) async throws {
        try await JobsWorld.with(engine) { world in
            let service = world.service([JobsWorld.counting { _, _ in throw POSIXError(.ENOSPC) }])
            let id = try await world.start(service, chunks: 1)
            #expect(try await service.runDue(as: "server") == 1)
            let job = try await world.job(id, in: service)
            #expect(job.state == .queued && job.problem?.contains("Ổ đĩa của máy chủ đã đầy") == true)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a fault is tried again after growing pauses, and given up visibly`(engine: TestEngine) async throws {
        try await JobsWorld.with(engine) { world in
            let policy = RetryPolicy(tries: 4, firstPauseSeconds: 10, growth: 6, longestPauseSeconds: 300)
            let service = world.service([JobsWorld.counting(retries: policy) { _, _ in throw Hiccup() }])
            let id = try await world.start(service, chunks: 1)
            for pause: Int64 in [10, 60, 300] {
                #expect(try await service.runDue(as: "server") == 1)
                let job = try await world.job(id, in: service)
                #expect(job.state == .queued && job.notBefore == world.clock.now.adding(seconds: pause))
                #expect(job.problem?.contains(job.notBefore.vietnamese) == true && job.fault == "the disk hiccuped")
                world.clock.advance(seconds: pause - 1)
                #expect(try await service.runDue(as: "server") == 0)
                world.clock.advance(seconds: 1)
            }
            #expect(try await service.runDue(as: "server") == 1)
            let job = try await world.job(id, in: service)
            #expect(job.state == .failed && job.problem?.contains("Đã thử 4 lần") == true)
            #expect(job.finishedAt == world.clock.now)
            world.clock.advance(seconds: 1_000_000)
            #expect(try await service.runDue(as: "server") == 0)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `what a rule refuses is not tried again`(engine: TestEngine) async throws {
        try await JobsWorld.with(engine) { world in
            let service = world.service([
                JobsWorld.counting { _, _ in throw Refusal(.invalid, "Tệp không có cột nào đọc được.") }
            ])
            let id = try await world.start(service, chunks: 1)
            #expect(try await service.runDue(as: "server") == 1)
            let job = try await world.job(id, in: service)
            #expect(job.state == .failed && job.problem == "Tệp không có cột nào đọc được." && job.tries == 1)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `what failed is run again by its owner, from its last finished chunk`(engine: TestEngine) async throws {
        try await JobsWorld.with(engine) { world in
            let broken = world.service([
                JobsWorld.counting { chunk, _ in if chunk == 2 { throw Refusal(.invalid, "Hết chỗ trên đĩa.") } }
            ])
            let id = try await world.start(broken, chunks: 4)
            _ = try await broken.runDue(as: "server")
            #expect(try await world.marks(id) == [0, 1])

            let mended = world.service([JobsWorld.counting()])
            await expectRefusal(.notFound) { try await mended.runAgain(id, by: Submission(viewer: world.colleague)) }
            try await mended.runAgain(id, by: Submission(viewer: world.officer))
            #expect(try await world.job(id, in: mended).problem == nil)
            _ = try await mended.runDue(as: "server")
            #expect(try await world.marks(id) == [0, 1, 2, 3])
            #expect(try await world.job(id, in: mended).state == .done)
            await expectRefusal(.stale) { try await mended.runAgain(id, by: Submission(viewer: world.officer)) }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a job that waits is cancelled at once`(engine: TestEngine) async throws {
        try await JobsWorld.with(engine) { world in
            let service = world.service([JobsWorld.counting()])
            let id = try await world.start(service, chunks: 2)
            await expectRefusal(.notFound) { try await service.cancel(id, by: Submission(viewer: world.colleague)) }
            try await service.cancel(id, by: Submission(viewer: world.officer))
            #expect(try await world.job(id, in: service).state == .cancelled)
            #expect(try await service.runDue(as: "server") == 0)
            #expect(try await world.marks(id).isEmpty)
            await expectRefusal(.stale) { try await service.cancel(id, by: Submission(viewer: world.officer)) }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a job that runs is cancelled after its present chunk`(engine: TestEngine) async throws {
        try await JobsWorld.with(engine, servers: 2) { world in
            // Cancelled through another server, by the administrator.
            let other = world.service([], server: 1)
            let service = world.service([
                JobsWorld.counting { chunk, run in
                    guard chunk == 2 else { return }
                    try await other.cancel(run.job.id, by: Submission(viewer: world.administrator))
                }
            ])
            let id = try await world.start(service, chunks: 5)
            #expect(try await service.runDue(as: "server") == 1)
            let job = try await world.job(id, in: service)
            #expect(job.state == .cancelled && job.progress.done == 2 && job.cancelWantedAt != nil)
            #expect(try await world.marks(id) == [0, 1])
            let actions = try await world.store.read {
                try AuditTrail.entries(before: nil, subjectPrefix: "job/", limit: 9, on: $0).map(\.action)
            }
            #expect(actions == ["job.cancelled", "job.started"])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a cancelled job whose server died ends without another run`(engine: TestEngine) async throws {
        try await JobsWorld.with(engine) { world in
            let service = world.service([JobsWorld.counting()])
            let id = try await world.start(service, chunks: 2)
            #expect(try await service.claim(by: "dying") != nil)
            try await service.cancel(id, by: Submission(viewer: world.officer))
            #expect(try await world.job(id, in: service).state == .running)
            world.clock.advance(seconds: 61)
            #expect(try await service.runDue(as: "server") == 0)
            #expect(try await world.job(id, in: service).state == .cancelled)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a job's file is stored with its end and belongs to its owner`(engine: TestEngine) async throws {
        try await JobsWorld.with(engine) { world in
            let name = JobName<NoParameters>("test.file")
            let service = world.service([
                JobKind(name, title: "Tệp", right: .count) { _, run in
                    JobResult(
                        "Đã tạo tệp.", subject: Subject(.job, run.job.id),
                        file: IncomingFile(name: "a.txt", mediaType: "text/plain", bytes: Array("xin chào".utf8)))
                }
            ])
            let id = try await service.start(
                name, NoParameters(), title: "Tệp", by: Submission(viewer: world.officer))
            _ = try await service.runDue(as: "server")
            let outcome = try #require(try await service.job(id, for: world.officer).outcome)
            #expect(outcome.words == "Đã tạo tệp." && outcome.subject == Subject(.job, id))
            let file = try #require(outcome.file)
            #expect(
                try await world.store.read { try StoredFiles.content(of: file, on: $0) } == Array("xin chào".utf8))
            await expectRefusal(.notFound) { try await service.job(id, for: world.colleague) }
            let job = try await service.job(id, for: world.administrator)
            #expect(job.actions(for: world.officer) == [.takeFile])
            #expect(job.actions(for: world.administrator).isEmpty && job.actions(for: world.colleague).isEmpty)
            #expect(try await service.file(of: id, for: world.officer).id == file)
            await expectRefusal(.notFound) { try await service.file(of: id, for: world.administrator) }

            // Long after, the job is forgotten with its file.
            let forgetting = world.service([.forgetting])
            let deed = DailyDeed(.forgetting, title: "Dọn việc chạy nền đã cũ", hour: 1)
            world.clock.advance(seconds: Int64(JobKind.keptDays) * 86_400)
            #expect(try await forgetting.addDue([deed]) == 1)
            #expect(try await forgetting.runDue(as: "server") == 1)
            #expect(try await service.job(id, for: world.officer).outcome?.file == file)
            world.clock.advance(seconds: 86_400)
            #expect(try await forgetting.addDue([deed]) == 1)
            #expect(try await forgetting.runDue(as: "server") == 1)
            await expectRefusal(.notFound) { try await service.job(id, for: world.officer) }
            #expect(try await world.store.read { try StoredFiles.find(file, on: $0) } == nil)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `nothing is done any more for an account that was locked`(engine: TestEngine) async throws {
        try await JobsWorld.with(engine) { world in
            let service = world.service([JobsWorld.counting()])
            let id = try await world.start(service, chunks: 1)
            let access = AccessService(
                store: world.store, clock: world.clock.clock, passwords: PasswordHasher(cost: 4),
                grants: JobsWorld.grants, keys: .ephemeral())
            try await access.setDisabled(true, account: world.officer.account, by: Actor(world.administrator))
            #expect(try await service.runDue(as: "server") == 1)
            let job = try await world.job(id, in: service)
            #expect(job.state == .failed && job.problem?.contains("không còn hoạt động") == true)
            #expect(try await world.marks(id).isEmpty)
        }
    }
}
