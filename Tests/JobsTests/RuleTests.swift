import Database
import Jobs
import Kernel
import Synchronization
import TestSupport
import Testing

/// The rules that need no database, and what is told of a running job.
@Suite
struct RuleTests {
    @Test
    func `pauses grow to the longest, and there is none after the last try`() {
        let policy = RetryPolicy(tries: 6, firstPauseSeconds: 30, growth: 4, longestPauseSeconds: 3_600)
        #expect((1...7).map { policy.pause(after: $0) } == [30, 120, 480, 1_920, 3_600, nil, nil])
        #expect(RetryPolicy(tries: 1).pause(after: 1) == nil)
    }

    @Test
    func `a share is told when the whole is known`() {
        #expect(JobProgress(0, of: 8).percent == 0)
        #expect(JobProgress(1, of: 8).percent == 12)
        #expect(JobProgress(9, of: 8).percent == 100)
        #expect(JobProgress(3, of: nil).percent == nil)
        #expect(JobProgress(0, of: 0).percent == nil)
    }

    @Test
    func `chunks grow while they are quick, and shrink at once when they are slow`() {
        var pace = ChunkPace(rows: 1_000)
        pace.adapt(to: .milliseconds(60))
        #expect(pace.rows == 1_000)
        pace.adapt(to: .milliseconds(1))
        #expect(pace.rows == 2_000, "twice at most")
        pace.adapt(to: .milliseconds(240))
        #expect(pace.rows == 500)
        for _ in 0..<9 { pace.adapt(to: .seconds(9)) }
        #expect(pace.rows == ChunkPace.bounds.lowerBound)
        for _ in 0..<20 { pace.adapt(to: .zero) }
        #expect(pace.rows == ChunkPace.bounds.upperBound)
    }

    @Test(arguments: TestEngine.allCases)
    func `the time left follows the pace of the present run`(engine: TestEngine) async throws {
        try await JobsWorld.with(engine) { world in
            let service = world.service([
                JobsWorld.counting { chunk, run in
                    let left = try await world.job(run.job.id, in: world.service([]))
                    switch chunk {
                    case 0: #expect(left.secondsLeft(at: world.clock.now) == nil, "nothing is known at the beginning")
                    case 2: #expect(left.secondsLeft(at: world.clock.now) == 20, "two in ten seconds, four are left")
                    case 4: throw Hiccup()
                    default: break
                    }
                    world.clock.advance(seconds: 5)
                }
            ])
            let id = try await world.start(service, chunks: 6)
            #expect(try await service.runDue(as: "server") == 1)
            #expect(try await world.job(id, in: service).secondsLeft(at: world.clock.now) == nil, "it waits")
            world.clock.advance(seconds: 1_000)
            // The pause between the runs is not work: the second run goes by its own pace.
            let second = world.service([
                JobsWorld.counting { chunk, run in
                    if chunk == 5 {
                        let job = try await world.job(run.job.id, in: world.service([]))
                        #expect(job.secondsLeft(at: world.clock.now) == 7)
                    }
                    world.clock.advance(seconds: 7)
                }
            ])
            #expect(try await second.runDue(as: "server") == 1)
            #expect(try await world.job(id, in: service).secondsLeft(at: world.clock.now) == nil, "it is over")
        }
    }

    @Test
    func `a ring before anybody waits is not lost`() async {
        let bell = JobBell()
        bell.ring()
        let begin = ContinuousClock.now
        await bell.wait(atMost: .seconds(600))
        await bell.wait(atMost: .milliseconds(1))
        #expect(ContinuousClock.now - begin < .seconds(500))
    }
}

/// How many were inside at once.
final class HighWater: Sendable {
    private let state = Mutex((now: 0, most: 0))

    var most: Int { state.withLock(\.most) }

    func enter() {
        state.withLock { state in
            state.now += 1
            state.most = max(state.most, state.now)
        }
    }

    func leave() { state.withLock { $0.now -= 1 } }
}
