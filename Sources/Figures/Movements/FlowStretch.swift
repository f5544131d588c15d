public import Kernel

/// Who came and went of a place and scheme in a stretch of months, between the people at its beginning and at its end: what
/// boards and reports tell of flows.
public struct FlowStretch: Sendable, Equatable {
    public let scheme: Scheme
    public let months: ClosedRange<Month>
    /// Months of the stretch that all three flows are held of.
    public let known: Int
    /// Summed over these, each coming and going once.
    public let flows: MonthFlows
    /// At the end of the month before the stretch; nil where no figure is held.
    public let opening: Int?
    /// At the end of the stretch.
    public let closing: Int?

    /// - Parameters:
    ///   - course: the flows of the place and scheme by month.
    ///   - people: the figures that hold at a month's end.
    /// - Returns: nil where no month of the stretch has flows.
    public init?(
        _ scheme: Scheme, _ months: ClosedRange<Month>, flows course: [Month: MonthFlows], people: (Month) -> Int?
    ) {
        let held = course.filter { months.contains($0.key) }.map(\.value)
        guard !held.isEmpty else { return nil }
        self.scheme = scheme
        self.months = months
        known = held.count
        flows = held.reduce(MonthFlows(joined: 0, returned: 0, stopped: 0), +)
        opening = people(months.lowerBound.adding(months: -1))
        closing = people(months.upperBound)
    }

    public var allMonths: Int { months.lowerBound.months(to: months.upperBound) + 1 }

    /// Whether the flows are of every month, so that they may be held against opening and closing.
    public var isWhole: Bool { known == allMonths }

    /// What the flows do not explain of what the scheme grew by: people who moved or changed the scheme, corrections, months
    /// reported late. Nil where a month's flows, opening or closing are missing.
    public var remainder: Int? {
        guard isWhole, let opening, let closing else { return nil }
        return closing - opening - (flows.joined + flows.returned - flows.stopped)
    }
}
