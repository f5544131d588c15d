import Access
import Jobs
import Kernel
import Synchronization
import TestSupport
import Testing

/// Several servers, servers that die, servers that wake too late.
@Suite
struct LeaseTests {
    @Test(arguments: TestEngine.allCases)
    func `two servers with one database never run one job twice`(engine: TestEngine) async throws {
        try await JobsWorld.with(engine, servers: 2) { world in
            let services = [0, 1].map { world.service([JobsWorld.counting()], server: $0) }
            var jobs: [RecordID] = []
            for _ in 0..<30 { jobs.append(try await world.start(services[0], chunks: 2)) }
            let runs = try await withThrowingTaskGroup(of: Int.self) { group in
                for (number, service) in (services + services).enumerated() {
                    group.addTask { try await service.runDue(as: "server \(number)") }
                }
                return try await group.reduce(0, +)
            }
            #expect(runs == jobs.count)
            for job in jobs {
                #expect(try await world.marks(job) == [0, 1])
                #expect(try await world.job(job, in: services[1]).state == .done)
            }
        }
    }

    /// Starts a run and kills it before a chunk, as a process dies: nothing is noted.
    private static func kill(_ world: JobsWorld, server: Int, before fatal: Int) async throws {
        let reached = Latch()
        let service = world.service(
            [
                JobsWorld.counting { chunk, _ in
                    guard chunk == fatal else { return }
                    reached.open()
                    try await Task.sleep(for: .seconds(3_600))
                }
            ], server: server)
        guard let job = try await service.claim(by: "server \(server)") else { return }
        let run = Task { await service.perform(job) }
        await reached.wait()
        run.cancel()
        await run.value
    }

    @Test(arguments: TestEngine.allCases)
    func `a job of a dead server goes on after its last finished chunk`(engine: TestEngine) async throws {
        try await JobsWorld.with(engine, servers: 2) { world in
            let survivor = world.service([JobsWorld.counting()], server: 1)
            let id = try await world.start(survivor, chunks: 5)
            try await Self.kill(world, server: 0, before: 3)
            #expect(try await world.marks(id) == [0, 1, 2])

            // Until the lease runs out the job is the dead server's.
            #expect(try await survivor.claim(by: "server 1") == nil)
            world.clock.advance(seconds: 61)
            #expect(try await survivor.runDue(as: "server 1") == 1)
            #expect(try await world.marks(id) == [0, 1, 2, 3, 4])
            let job = try await world.job(id, in: survivor)
            #expect(job.state == .done && job.holder == "server 1" && job.outcome?.words == "Đã đếm 5 phần.")
            #expect(job.progress == JobProgress(5, of: 5, "phần 5"))
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a server that was silent too long writes nothing more for its job`(engine: TestEngine) async throws {
        try await JobsWorld.with(engine, servers: 2) { world in
            let (reached, awake) = (Latch(), Latch())
            let sleepy = world.service([
                JobsWorld.counting { chunk, _ in
                    guard chunk == 2 else { return }
                    reached.open()
                    await awake.wait()
                }
            ])
            let other = world.service([JobsWorld.counting()], server: 1)
            let id = try await world.start(sleepy, chunks: 4)
            let job = try #require(try await sleepy.claim(by: "sleepy"))
            let run = Task { await sleepy.perform(job) }
            await reached.wait()
            world.clock.advance(seconds: 61)
            let taken = try #require(try await other.claim(by: "other"))

            // The old holder wakes before the new one has done anything, and again after it.
            awake.open()
            await run.value
            #expect(try await world.marks(id) == [0, 1])
            #expect(try await world.job(id, in: other).holder == "other")
            await other.perform(taken)
            #expect(try await world.marks(id) == [0, 1, 2, 3])
            let before = try await world.job(id, in: other)
            await sleepy.perform(job)
            #expect(try await world.job(id, in: other) == before)
            #expect(try await world.marks(id) == [0, 1, 2, 3])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a run that waits long for something else keeps its job`(engine: TestEngine) async throws {
        try await JobsWorld.with(engine, servers: 2) { world in
            let (reached, ready) = (Latch(), Latch())
            let kind = JobsWorld.counting { _, _ in
                reached.open()
                await ready.wait()
            }
            let service = world.service([kind], leaseSeconds: 3)
            let id = try await world.start(service, chunks: 1)
            let job = try #require(try await service.claim(by: "server 0"))
            let run = Task { await service.perform(job) }
            await reached.wait()
            world.clock.advance(seconds: 2)
            // The lease is renewed every second of the machine's time.
            while try await world.job(id, in: service).leaseUntil == job.leaseUntil {
                try await Task.sleep(for: .milliseconds(50))
            }
            world.clock.advance(seconds: 2)
            #expect(try await world.service([kind], server: 1).claim(by: "server 1") == nil)
            ready.open()
            await run.value
            #expect(try await world.job(id, in: service).state == .done)
        }
    }

    /// However often and wherever its runs are interrupted, each chunk is applied once.
    @Test(arguments: TestEngine.allCases, 1...6)
    func `no chunk is lost or repeated by interruptions`(engine: TestEngine, seed: Int) async throws {
        try await JobsWorld.with(engine, servers: 2) { world in
            var generator = SeededGenerator(seed: UInt64(seed))
            let chunks = 8
            let starter = world.service([JobsWorld.counting()])
            let id = try await world.start(starter, chunks: chunks)
            for attempt in 0..<30 {
                let fatal = Int.random(in: 0..<chunks, using: &generator)
                let server = attempt % 2
                switch Int.random(in: 0..<4, using: &generator) {
                case 0 where try await world.job(id, in: starter).progress.done <= fatal:
                    try await Self.kill(world, server: server, before: fatal)
                case 1:
                    // A fault after the chunk's rows were written, before they are committed.
                    let service = world.service(
                        [JobsWorld.counting(inside: { if $0 == fatal { throw Hiccup() } })], server: server)
                    _ = try await service.runDue(as: "server \(server)")
                case 2:
                    let stop = JobStop()
                    let service = world.service(
                        [JobsWorld.counting { chunk, _ in if chunk == fatal { stop.want() } }], server: server)
                    if let job = try await service.claim(by: "server \(server)") {
                        await service.perform(job, stop: stop)
                    }
                default:
                    let service = world.service(
                        [JobsWorld.counting { chunk, _ in if chunk == fatal { throw Hiccup() } }], server: server)
                    _ = try await service.runDue(as: "server \(server)")
                }
                let marks = try await world.marks(id)
                #expect(marks == Array(0..<marks.count), "seed \(seed), attempt \(attempt)")
                let job = try await world.job(id, in: starter)
                #expect(job.progress.done == marks.count)
                if job.state == .failed { try await starter.runAgain(id, by: Submission(viewer: world.officer)) }
                if job.state == .done { break }
                world.clock.advance(seconds: 4_000)
            }
            _ = try await starter.runDue(as: "the last")
            #expect(try await world.marks(id) == Array(0..<chunks))
            #expect(try await world.job(id, in: starter).state == .done)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a job that kills its servers ends visibly`(engine: TestEngine) async throws {
        try await JobsWorld.with(engine) { world in
            let service = world.service([JobsWorld.counting(retries: RetryPolicy(tries: 3))])
            let id = try await world.start(service, chunks: 2)
            for _ in 1...3 {
                // Dead before its first chunk: claimed, and never heard of again.
                #expect(try await service.claim(by: "server 0") != nil)
                world.clock.advance(seconds: 61)
            }
            #expect(try await service.claim(by: "server 0") == nil)
            let job = try await world.job(id, in: service)
            #expect(job.state == .failed && job.problem?.contains("3 lần") == true)
        }
    }
}
