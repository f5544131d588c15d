public import Kernel

/// How much of a stretch of time at least one server ran.
public struct Availability: Sendable, Equatable {
    /// A stretch in which none did.
    public struct Outage: Sendable, Equatable {
        public let from: Timestamp
        public let until: Timestamp
        /// Whether the last server had been told to stop; otherwise it failed.
        public let wasStopped: Bool

        public var seconds: Int64 { until.secondsSinceEpoch - from.secondsSinceEpoch }
    }

    /// From the first moment of which anything is known; nil where nothing is.
    public let from: Timestamp?
    public let until: Timestamp
    public let secondsUp: Int64
    public let outages: [Outage]
    /// How often a server began, was told to stop, failed.
    public let starts: Int
    public let stops: Int
    public let failures: Int

    public var seconds: Int64 { from.map { until.secondsSinceEpoch - $0.secondsSinceEpoch } ?? 0 }

    /// In tenths of a per cent, rounded down: a single lost minute never reads as all of it. Nil where nothing is known.
    public var share: Int? { seconds > 0 ? Int(secondsUp * 1_000 / seconds) : nil }

    /// Of the runs that servers noted.
    ///
    /// Before the first run anything noted nothing is known, and nothing is counted. While no server runs nobody notes it: an
    /// outage is the time between the last moment of one run and the first of the next.
    /// - Parameters:
    ///   - from: the first moment asked for.
    ///   - until: the moment behind the last; not behind `now`.
    public init(_ runs: [ServerRun], from: Timestamp, until: Timestamp, now: Timestamp) {
        let end = min(until, now)
        let runs = runs.sorted { $0.startedAt < $1.startedAt }
        self.until = end
        guard let first = runs.first, max(first.startedAt, from) < end else {
            (self.from, secondsUp, outages, starts, stops, failures) = (nil, 0, [], 0, 0, 0)
            return
        }
        let begin = max(first.startedAt, from)
        var (covered, up, outages) = (begin, Int64(0), [Outage]())
        var wasStopped = false
        func within(_ moment: Timestamp) -> Bool { from <= moment && moment < end }
        var (starts, stops, failures) = (0, 0, 0)
        for run in runs {
            let (start, last) = (max(run.startedAt, begin), min(run.last(at: now), end))
            if within(run.startedAt) { starts += 1 }
            switch run.end(at: now) {
            case .stopped(let moment): if within(moment) { stops += 1 }
            case .failed(let moment): if within(moment) { failures += 1 }
            case .running: break
            }
            guard start < end else { continue }
            if covered < start { outages.append(Outage(from: covered, until: start, wasStopped: wasStopped)) }
            if covered < last {
                up += last.secondsSinceEpoch - max(covered, start).secondsSinceEpoch
                covered = last
                wasStopped = if case .stopped = run.end(at: now) { true } else { false }
            }
        }
        if covered < end { outages.append(Outage(from: covered, until: end, wasStopped: wasStopped)) }
        (self.from, secondsUp, self.outages) = (begin, up, outages)
        (self.starts, self.stops, self.failures) = (starts, stops, failures)
    }
}
