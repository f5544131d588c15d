import Synchronization

/// Whether this process still looks for work, for whoever watches it.
public final class JobPulse: Sendable {
    private let last = Mutex<ContinuousClock.Instant?>(nil)

    func beat() { last.withLock { $0 = .now } }

    /// How long ago it last looked; nil where it never did: this process runs no jobs.
    public var age: Duration? { last.withLock { $0.map { .now - $0 } } }
}
