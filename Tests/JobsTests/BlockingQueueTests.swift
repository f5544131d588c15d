import Foundation
import Jobs
import Testing

/// Blocking work that takes turns.
@Suite
struct BlockingQueueTests {
    private final class Counter: Sendable {
        private let lock = NSLock()
        nonisolated(unsafe) private var now = 0
        nonisolated(unsafe) private var most = 0

        func pass() {
            lock.withLock {
                now += 1
                most = max(most, now)
            }
            Thread.sleep(forTimeInterval: 0.002)
            lock.withLock { now -= 1 }
        }

        var peak: Int { lock.withLock { most } }
    }

    @Test(arguments: [1, 4])
    func `no more pieces run at once than the queue is wide, and all of them are answered`(width: Int) async throws {
        let (queue, counter) = (BlockingQueue("test", width: width), Counter())
        let answers = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<40 {
                group.addTask {
                    try await queue.run {
                        counter.pass()
                        return number
                    }
                }
            }
            return try await group.reduce(into: Set<Int>()) { $0.insert($1) }
        }
        #expect(answers.count == 40)
        #expect((1...width).contains(counter.peak))
    }
}
