import Access
public import Hummingbird
import Kernel
import Synchronization

/// Counts forms by their sender and minute, in memory: against floods from one machine. Senders who are signed in are
/// counted as persons, the others by address, so that nobody is held up by colleagues behind the same address. Guessing of passwords is throttled
/// in the database (``AccessService``), which also holds across restarts.
final class RateLimiter: Sendable {
    private let perMinute: Int
    private let state = Mutex<(minute: Int64, counts: [String: Int])>((0, [:]))

    init(perMinute: Int) {
        self.perMinute = perMinute
    }

    func admits(_ sender: String, at moment: Timestamp) -> Bool {
        let minute = moment.secondsSinceEpoch / 60
        return state.withLock { state in
            if state.minute != minute { state = (minute, [:]) }
            let count = state.counts[sender, default: 0] + 1
            state.counts[sender] = count
            return count <= perMinute
        }
    }
}

extension Desk {
    /// Whether the sender of a request to the interface for programs has not sent too many in this minute.
    public func admits(_ request: Request, _ context: SiteContext) -> Bool {
        limiter.admits(NetworkAddress.place(of: address(of: request, context)), at: clock.now)
    }
}
