public import Kernel
import Synchronization

/// What is found out about a request on its way, for its line in the log.
public final class RequestNotes: Sendable {
    private let state = Mutex<RecordID?>(nil)

    /// The account that asked; nil for visitors.
    public internal(set) var account: RecordID? {
        get { state.withLock { $0 } }
        set { state.withLock { $0 = newValue } }
    }
}
