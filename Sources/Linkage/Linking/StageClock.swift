import Foundation

/// What a stage of a run took.
public struct LinkStage: Sendable, Equatable {
    public let name: String
    /// Of wall time.
    public let seconds: Double
    /// Of all cores together, the system's share among them.
    public let processorSeconds: Double

    public init(name: String, seconds: Double, processorSeconds: Double) {
        (self.name, self.seconds, self.processorSeconds) = (name, seconds, processorSeconds)
    }

    /// How many cores were at work on average.
    public var cores: Double { seconds > 0 ? processorSeconds / seconds : 0 }
}

/// Measures one stage after another.
public struct StageClock: Sendable {
    private var mark = ContinuousClock.now
    private var processor = Self.processorSeconds

    public init() {}

    /// Ends the stage that began with the clock, or where the one before ended.
    public mutating func lap(_ name: String) -> LinkStage {
        let (now, used) = (ContinuousClock.now, Self.processorSeconds)
        defer { (mark, processor) = (now, used) }
        return LinkStage(name: name, seconds: mark.duration(to: now) / .seconds(1), processorSeconds: used - processor)
    }

    /// Of the process so far.
    private static var processorSeconds: Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return [usage.ru_utime, usage.ru_stime].reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
    }
}
