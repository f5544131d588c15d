import Access
import Database
import Kernel
import Logging
import Synchronization
import TestSupport
import Testing

@testable import Jobs

@Suite
struct RoundsTests {
    private final class Tally: Sendable {
        private let number = Mutex(0)
        var count: Int { number.withLock { $0 } }
        func add() { number.withLock { $0 += 1 } }
    }

    private struct CountingHandler: LogHandler {
        let lines: Tally
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.info

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            lines.add()
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a doubted clock is told of once, not at every look`(engine: TestEngine) async throws {
        try await JobsWorld.with(engine) { world in
            let before = world.clock.clock.now
            _ = try await world.stores[0].write { try ClockState.note(before, on: $0) }
            let (lines, looks) = (Tally(), Tally())
            let leapt = Clock {
                looks.add()
                return before.adding(seconds: 400 * 86_400)
            }
            let service = JobService(
                store: world.stores[0], clock: leapt, kinds: [], grants: JobsWorld.grants,
                logger: Logger(label: "test") { _ in CountingHandler(lines: lines) })
            let stop = JobStop()
            let server = Task { await service.run(as: "x", deeds: [], until: stop, lookingEvery: .milliseconds(1)) }
            while looks.count < 4 { try await Task.sleep(for: .milliseconds(1)) }
            stop.want()
            service.bell.ring()
            await server.value
            #expect(lines.count == 1)
        }
    }
}
