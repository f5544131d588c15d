import Access
import Database
import Kernel
import Synchronization

/// What is thought of the machine's clock, for the line above every page. Forms look anew each time; pages look again when the
/// last look is a while ago by the clock itself, which notices a leap at once.
final class ClockDoubt: Sendable {
    private static let seconds: Int64 = 30

    private let last = Mutex<(at: Timestamp, verdict: ClockState.Verdict)?>(nil)

    var verdict: ClockState.Verdict { last.withLock { $0?.verdict ?? .sound } }

    func look(at now: Timestamp, in store: any DataStore, anew: Bool) async throws -> ClockState.Verdict {
        let known = last.withLock { last -> ClockState.Verdict? in
            guard !anew, let last, last.verdict == .sound else { return nil }
            let age = now.secondsSinceEpoch - last.at.secondsSinceEpoch
            return (0..<Self.seconds).contains(age) ? last.verdict : nil
        }
        if let known { return known }
        let verdict = try await store.clockVerdict(at: now)
        last.withLock { $0 = (now, verdict) }
        return verdict
    }
}
