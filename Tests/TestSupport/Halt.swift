import Dispatch

/// Stops a body in the middle of its transaction until the test lets it go on.
public final class Halt: Sendable {
    private let (arrivals, arrival) = AsyncStream<Void>.makeStream()
    private let leave = DispatchSemaphore(value: 0)

    public init() {}

    /// Called by the body. Gives up after ten minutes, so that a failing test ends.
    public func stop() {
        arrival.finish()
        _ = leave.wait(timeout: .now() + 600)
    }

    /// Returns when the body has stopped, or ``release()`` was called.
    public func reached() async {
        for await _ in arrivals {}
    }

    /// Also to be called when the body failed before it stopped.
    public func release() {
        arrival.finish()
        leave.signal()
    }
}
