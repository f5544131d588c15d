import Kernel
import Synchronization

/// Counts forms by address and minute, in memory: against floods from one machine. Guessing of passwords is throttled
/// in the database (``AccessService``), which also holds across restarts.
final class RateLimiter: Sendable {
    private let perMinute: Int
    private let state = Mutex<(minute: Int64, counts: [String: Int])>((0, [:]))

    init(perMinute: Int) {
        self.perMinute = perMinute
    }

    func admits(_ address: String, at moment: Timestamp) -> Bool {
        let minute = moment.secondsSinceEpoch / 60
        return state.withLock { state in
            if state.minute != minute { state = (minute, [:]) }
            let count = state.counts[address, default: 0] + 1
            state.counts[address] = count
            return count <= perMinute
        }
    }
}

extension Desk {
    /// Whether the sender of a request to the interface for programs has not sent too many in this minute.
    public func admits(_ context: SiteContext) -> Bool { limiter.admits(context.peer, at: clock.now) }
}
