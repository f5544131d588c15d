import Synchronization

/// Wakes whoever waits for work on this server. A ring while nobody waits is kept for the next who does.
public final class JobBell: Sendable {
    private struct State {
        var rung = false
        var waiting: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    public init() {}

    public func ring() {
        let waiting = state.withLock { state -> CheckedContinuation<Void, Never>? in
            state.rung = state.waiting == nil
            defer { state.waiting = nil }
            return state.waiting
        }
        waiting?.resume()
    }

    /// Returns at the next ring, after the pause, or when the task is cancelled. One waiter at a time.
    public func wait(atMost pause: Duration) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.ringing() }
            group.addTask { try? await Task.sleep(for: pause) }
            await group.next()
            group.cancelAll()
        }
    }

    private func ringing() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let now = state.withLock { state -> Bool in
                    guard !state.rung, !Task.isCancelled else {
                        state.rung = false
                        return true
                    }
                    state.waiting = continuation
                    return false
                }
                if now { continuation.resume() }
            }
        } onCancel: {
            let waiting = state.withLock { state -> CheckedContinuation<Void, Never>? in
                defer { state.waiting = nil }
                return state.waiting
            }
            waiting?.resume()
        }
    }
}
