public import Kernel
import Synchronization

/// A clock that a test puts forward by hand.
public final class MutableClock: Sendable {
    private let moment: Mutex<Timestamp>

    public init(_ start: Timestamp) {
        moment = Mutex(start)
    }

    public var now: Timestamp { moment.withLock { $0 } }

    /// What the tested code reads.
    public var clock: Kernel.Clock { Kernel.Clock { self.now } }

    /// The same clock, put a second forward by every reading, so that of two deeds the later has the later time.
    public var ticking: Kernel.Clock {
        Kernel.Clock {
            self.moment.withLock { moment in
                moment = moment.adding(seconds: 1)
                return moment
            }
        }
    }

    public func advance(seconds: Int64) {
        moment.withLock { $0 = $0.adding(seconds: seconds) }
    }

    public func set(_ moment: Timestamp) {
        self.moment.withLock { $0 = moment }
    }
}
