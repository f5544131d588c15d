/// A scale of any numbers with round marks: steps of 1, 2 or 5 times a power of ten.
struct Scale: Sendable {
    /// Ascending, at least two.
    let ticks: [Double]
    let low: Double
    let high: Double
    /// Decimals that the marks need.
    let decimals: Int

    init(low: Double, high: Double, intervals: Int) {
        var (first, last) = (min(low, high), max(low, high))
        if !first.isFinite || !last.isFinite { (first, last) = (0, 1) }
        if first == last { last += 1 }
        let least = (last - first) / Double(max(intervals, 1))
        var power = 1e-9
        while power * 10 <= least { power *= 10 }
        let step = [1.0, 2, 5, 10].map { $0 * power }.first { $0 >= least * 0.999_999 } ?? 10 * power
        let begin = (first / step + 1e-9).rounded(.down)
        let end = (last / step - 1e-9).rounded(.up)
        ticks = (0...max(Int(end - begin), 1)).map { (begin + Double($0)) * step }
        self.low = begin * step
        self.high = (ticks.last ?? last)
        var decimals = 0
        var part = step
        while part < 0.999_999, decimals < 6 {
            part *= 10
            decimals += 1
        }
        self.decimals = decimals
    }

    /// 0 at the lower end, 1 at the upper.
    func fraction(of value: Double) -> Double { (value - low) / (high - low) }

    /// A mark in Vietnamese: `−2,5`.
    func words(_ tick: Double) -> String { Wording.decimal(tick, decimals) }
}

extension Wording {
    /// With a decimal comma: `−2,50`.
    static func decimal(_ value: Double, _ digits: Int) -> String {
        guard value.isFinite, abs(value) < 1e12 else { return "–" }
        var scale = 1.0
        for _ in 0..<max(digits, 0) { scale *= 10 }
        let whole = Int((abs(value) * scale).rounded())
        let (units, rest) = (whole / Int(scale), whole % Int(scale))
        let sign = value < 0 && whole != 0 ? "−" : ""
        guard digits > 0 else { return "\(sign)\(units)" }
        let fraction = String(rest)
        return "\(sign)\(units)," + String(repeating: "0", count: digits - fraction.count) + fraction
    }
}
