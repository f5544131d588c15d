import Access
public import Hummingbird
public import Kernel
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

    /// - Throws: a refusal that says when the next minute begins.
    func admit(_ sender: String, at moment: Timestamp) throws(Refusal) {
        let minute = moment.secondsSinceEpoch / 60
        let isWithin = state.withLock { state in
            if state.minute != minute { state = (minute, [:]) }
            let count = state.counts[sender, default: 0] + 1
            state.counts[sender] = count
            return count <= perMinute
        }
        guard !isWithin else { return }
        let seconds = (minute + 1) * 60 - moment.secondsSinceEpoch
        throw Refusal(
            .tooMany, "Gửi quá nhiều lần trong một phút. Hãy đợi \(seconds) giây rồi thử lại.", retrySeconds: seconds)
    }
}

extension Desk {
    /// From where a program calls, whichever proxies of ours handed it on.
    public func callerAddress(of request: Request, _ context: SiteContext) -> String { address(of: request, context) }

    /// Counts a request to the interface for programs.
    /// - Throws: a refusal where its sender has sent too many in this minute.
    public func admit(_ request: Request, _ context: SiteContext) throws(Refusal) {
        try limiter.admit(NetworkAddress.place(of: address(of: request, context)), at: clock.now)
    }
}
