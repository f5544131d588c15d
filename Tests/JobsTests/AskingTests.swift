import Access
import Database
import Jobs
import Kernel
import TestSupport
import Testing

/// Asking for work: by people, by the day, and waking to it.
@Suite
struct AskingTests {
    @Test(arguments: TestEngine.allCases)
    func `people see their own jobs, the administrator everybody's`(engine: TestEngine) async throws {
        try await JobsWorld.with(engine) { world in
            let service = world.service([JobsWorld.counting()])
            let own = try await world.start(service, chunks: 1)
            let theirs = try await service.start(
                JobsWorld.name, .init(chunks: 2), title: "Của đồng nghiệp",
                by: Submission(viewer: world.colleague))
            #expect(try await service.page(for: world.officer).jobs.map(\.id) == [own])
            #expect(try await service.page(for: world.colleague).jobs.map(\.id) == [theirs])
            #expect(try await service.page(for: world.administrator).jobs.map(\.id) == [theirs, own])
            await expectRefusal(.notFound) { try await service.job(theirs, for: world.officer) }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `what failed stays in sight, and the others are leafed through`(engine: TestEngine) async throws {
        try await JobsWorld.with(engine) { world in
            let refusing = JobName<NoParameters>("test.refusing")
            let service = world.service([
                JobsWorld.counting(),
                JobKind(refusing, title: "Hỏng", right: .count) { _, _ in throw Refusal(.invalid, "Không được.") },
            ])
            let failed = try await service.start(
                refusing, NoParameters(), title: "Hỏng", by: Submission(viewer: world.officer))
            #expect(try await service.runDue(as: "server") == 1)
            var later: [RecordID] = []
            for _ in 1...3 {
                world.clock.advance(seconds: 1)
                later.append(try await world.start(service, chunks: 1))
            }
            let first = try await service.page(for: world.officer, size: 3)
            #expect(first.jobs.map(\.id) == [failed, later[2], later[1]] && first.total == 4)
            let second = try await service.page(for: world.officer, page: 2, size: 3)
            #expect(second.jobs.map(\.id) == [later[0]])
            #expect(
                try await service.page(for: world.officer, page: 9, size: 3).page == 2, "the last for any beyond it")
            #expect(try await service.page(for: world.colleague).jobs.isEmpty)
            let asked = try await service.page(for: world.officer, by: JobOrder(.asked))
            #expect(asked.jobs.map(\.id) == [failed] + later)
            let over = try await service.page(for: world.officer, by: JobOrder(.state, descending: true))
            #expect(over.jobs.last?.id == failed && over.jobs.count == 4)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `the same form, or the same key, leads to the same job`(engine: TestEngine) async throws {
        try await JobsWorld.with(engine) { world in
            let service = world.service([JobsWorld.counting()])
            func start(_ viewer: Viewer, form: String? = nil, key: String? = nil) async throws -> RecordID {
                try await service.start(
                    JobsWorld.name, .init(chunks: 1), title: "Đếm", key: key,
                    by: Submission(viewer: viewer, form: form))
            }
            let first = try await start(world.officer, form: "f1")
            #expect(try await start(world.officer, form: "f1") == first)
            #expect(try await start(world.officer, form: "f2") != first)
            let keyed = try await start(world.officer, key: "k")
            #expect(try await start(world.officer, key: "k") == keyed)
            #expect(try await start(world.colleague, key: "k") != keyed, "what is one's own stays one's own")
            #expect(try await service.runDue(as: "server") == 4)
            #expect(try await start(world.officer, key: "k") == keyed, "done already")
            #expect(try await service.runDue(as: "server") == 0)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a kind is started by those who may, and the system's own by nobody`(engine: TestEngine) async throws {
        try await JobsWorld.with(engine) { world in
            let own = JobName<NoParameters>("test.own")
            let service = world.service([
                JobsWorld.counting(), JobKind(own, title: "Của hệ thống", right: nil) { _, _ in JobResult("Xong.") },
            ])
            await expectRefusal(.forbidden) {
                try await service.start(
                    JobsWorld.name, .init(chunks: 1), title: "Đếm",
                    by: Submission(viewer: world.administrator))
            }
            await expectRefusal(.forbidden) {
                try await service.start(own, NoParameters(), title: "Lén", by: Submission(viewer: world.officer))
            }
            let added = try await service.page(for: world.administrator).jobs
            #expect(added.isEmpty)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `each day's deed is added once by all servers, when its hour has come`(engine: TestEngine) async throws {
        try await JobsWorld.with(engine, servers: 2) { world in
            let name = JobName<NoParameters>("test.daily")
            let kind = JobKind(name, title: "Việc hằng ngày", right: nil) { _, run in
                try await run.write(JobProgress(1, of: 1)) { connection in
                    _ = try connection.execute(
                        "INSERT INTO mark (job, chunk, holder) VALUES (?, 1, '')", run.job.key)
                    return 1
                }
                return JobResult("Xong.")
            }
            let services = [0, 1].map { world.service([kind], server: $0) }
            let deeds = [DailyDeed(name, title: "Việc hằng ngày", hour: 7)]
            for (day, due) in [("2027-03-02", 0), ("2027-03-03", 1)] {
                world.clock.set(Timestamp(day: try #require(Day(day)), hour: 7).adding(seconds: Int64(due) - 1))
                let added = try await withThrowingTaskGroup(of: Int.self) { group in
                    for service in services + services { group.addTask { try await service.addDue(deeds) } }
                    return try await group.reduce(0, +)
                }
                #expect(added == due)
            }
            async let left = services[0].runDue(as: "left")
            async let right = services[1].runDue(as: "right")
            #expect(try await left + right == 1)
            let days = try await world.store.read { try $0.rows("SELECT job FROM mark").map { try $0.text("job") } }
            #expect(days == ["2027-03-03"])
            #expect(try await services[0].page(for: world.officer).jobs.isEmpty)
            let job = try #require(try await services[0].page(for: world.administrator).jobs.first)
            #expect(job.title == "Việc hằng ngày ngày 03/03/2027" && job.owner == nil)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a job starts as soon as it is asked for, and is given back when the server stops`(engine: TestEngine)
        async throws
    {
        try await JobsWorld.with(engine, servers: 2) { world in
            let (reached, stopped) = (Latch(), Latch())
            let service = world.service([
                JobsWorld.counting { chunk, _ in
                    guard chunk == 1 else { return }
                    reached.open()
                    await stopped.wait()
                }
            ])
            let stop = JobStop()
            let server = Task { await service.run(as: "server", deeds: [], until: stop, lookingEvery: .seconds(600)) }
            let id = try await world.start(service, chunks: 3)
            await reached.wait()
            stop.want()
            service.bell.ring()
            stopped.open()
            await server.value
            let given = try await world.job(id, in: service)
            #expect(given.state == .queued && given.progress.done == 1 && given.leaseUntil == nil)

            // Another server need not wait for the lease.
            #expect(try await world.service([JobsWorld.counting()], server: 1).runDue(as: "other") == 1)
            #expect(try await world.marks(id) == [0, 1, 2])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `heavy jobs run two at a time, and light ones beside them`(engine: TestEngine) async throws {
        try await JobsWorld.with(engine) { world in
            let counter = HighWater()
            let light = JobName<NoParameters>("test.light")
            let passed = Latch()
            let service = world.service([
                JobsWorld.counting(lane: .heavy) { _, _ in
                    counter.enter()
                    await passed.wait()
                    // A slow machine brings the second one late.
                    for _ in 0..<1_000 where counter.most < 2 { try await Task.sleep(for: .milliseconds(10)) }
                    try await Task.sleep(for: .milliseconds(20))
                    counter.leave()
                },
                JobKind(light, title: "Nhẹ", right: .count) { _, _ in
                    passed.open()
                    return JobResult("Xong.")
                },
            ])
            var heavy: [RecordID] = []
            for _ in 0..<5 { heavy.append(try await world.start(service, chunks: 1)) }
            let stop = JobStop()
            let server = Task { await service.run(as: "server", deeds: [], until: stop, lookingEvery: .seconds(600)) }
            // Queued last, and yet not behind the heavy ones, which wait for it.
            _ = try await service.start(light, NoParameters(), title: "Nhẹ", by: Submission(viewer: world.officer))
            for id in heavy {
                while try await !world.job(id, in: service).state.isOver {
                    try await Task.sleep(for: .milliseconds(10))
                }
            }
            stop.want()
            service.bell.ring()
            await server.value
            #expect(counter.most == 2)
        }
    }
}
