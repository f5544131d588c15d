import Dispatch

/// Stops a body in the middle of its transaction until the test lets it go on.
final class Halt: Sendable {
    private let (arrivals, arrival) = AsyncStream<Void>.makeStream()
    private let leave = DispatchSemaphore(value: 0)

    /// Called by the body. Gives up after a minute, so that a failing test ends.
    func stop() {
        arrival.finish()
        _ = leave.wait(timeout: .now() + 60)
    }

    /// Returns when the body has stopped, or ``release()`` was called.
    func reached() async {
        for await _ in arrivals {}
    }

    /// Also to be called when the body failed before it stopped.
    func release() {
        arrival.finish()
        leave.signal()
    }
}
