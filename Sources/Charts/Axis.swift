/// A scale of whole numbers with round marks: steps of 1, 2 or 5 times a power of ten.
struct Axis: Sendable {
    /// Ascending, at least two; the first and the last are the ends of the axis.
    let ticks: [Int]
    private let lowest: Double
    private let highest: Double

    /// - Parameters:
    ///   - low, high: the values that must find room, in either order
    ///   - intervals: about how many steps the axis shall have
    init(low: Int, high: Int, intervals: Int) {
        // Beyond this a `Double` no longer tells whole numbers apart.
        let limit = 1e15
        var first = min(max(Double(min(low, high)), -limit), limit)
        var last = min(max(Double(max(low, high)), -limit), limit)
        if first == last {
            // One value stands in the middle, save that no count falls below zero.
            if first != 0 { first -= 1 }
            last += 1
        }
        let step = Self.step(span: last - first, intervals: intervals)
        lowest = (first / step).rounded(.down) * step
        highest = (last / step).rounded(.up) * step
        let count = max(Int(((highest - lowest) / step).rounded()), 1)
        let start = lowest
        ticks = (0...count).map { (index: Int) -> Int in Int(start + step * Double(index)) }
    }

    /// The smallest round step, at least 1, that divides the span into no more than the intervals.
    static func step(span: Double, intervals: Int) -> Double {
        let least = span / Double(max(intervals, 1))
        var power = 1.0
        while power * 10 <= least { power *= 10 }
        for factor in [1.0, 2.0, 5.0] where factor * power >= least { return factor * power }
        return 10 * power
    }

    /// Where a value stands: 0 at the lower end of the axis, 1 at the upper end.
    func fraction(of value: Int) -> Double { (Double(value) - lowest) / (highest - lowest) }
}
