/// The yearly rhythm of a monthly series as factors around 1.
struct Seasonality: Sendable, Equatable {
    /// By position modulo 12 from the first month of the series; all 1 without a rhythm.
    let factors: [Double]
    let isPresent: Bool

    /// Fewest months that a rhythm can be seen in.
    static let fewest = 24

    static let none = Seasonality(factors: Array(repeating: 1, count: 12), isPresent: false)

    /// Classical decomposition in logarithms, kept only where the correlation at twelve months is beyond chance
    /// (Assimakopoulos and Nikolopoulos, The theta model, 2000, use the same test), and drawn towards 1 where it is noisy.
    /// - Parameter logs: at least ``fewest`` for a rhythm.
    init(logs: [Double]) {
        let count = logs.count
        guard count >= Self.fewest else {
            self = .none
            return
        }
        // A centred mean of twelve months leaves trend; what is left over by month is the rhythm.
        var rest: [(phase: Int, value: Double)] = []
        for index in 6..<(count - 6) {
            var mean = (logs[index - 6] + logs[index + 6]) / 2
            for offset in -5...5 { mean += logs[index + offset] }
            rest.append((index % 12, logs[index] - mean / 12))
        }
        guard Self.repeats(logs) else {
            self = .none
            return
        }
        var sums = [Double](repeating: 0, count: 12)
        var counts = [Double](repeating: 0, count: 12)
        for one in rest {
            sums[one.phase] += one.value
            counts[one.phase] += 1
        }
        let means = zip(sums, counts).map { $1 > 0 ? $0 / $1 : 0 }
        let centre = means.reduce(0, +) / 12
        // The variance between months against that within them says how much of the rhythm to believe.
        let within = rest.reduce(0.0) { $0 + ($1.value - means[$1.phase]) * ($1.value - means[$1.phase]) }
        let degrees = Double(max(rest.count - 12, 1))
        let noise = within / degrees / max(Double(rest.count) / 12, 1)
        let signal = means.reduce(0.0) { $0 + ($1 - centre) * ($1 - centre) } / 11
        let belief = signal > 0 ? max(1 - noise / signal, 0) : 0
        factors = means.map { Numbers.exp(belief * ($0 - centre)) }
        isPresent = belief > 0
    }

    private init(factors: [Double], isPresent: Bool) {
        self.factors = factors
        self.isPresent = isPresent
    }

    /// Whether months resemble themselves a year before: autocorrelation of the differences at lag 12.
    private static func repeats(_ logs: [Double]) -> Bool {
        let steps = zip(logs.dropFirst(), logs).map { $0 - $1 }
        let mean = steps.reduce(0, +) / Double(steps.count)
        let all = steps.reduce(0.0) { $0 + ($1 - mean) * ($1 - mean) }
        guard all > 0, steps.count > 14 else { return false }
        func correlation(_ lag: Int) -> Double {
            var sum = 0.0
            for index in lag..<steps.count { sum += (steps[index] - mean) * (steps[index - lag] - mean) }
            return sum / all
        }
        var spread = 1.0
        for lag in 1..<12 { spread += 2 * correlation(lag) * correlation(lag) }
        return correlation(12) > 1.28 * (spread / Double(steps.count)).squareRoot()
    }

    func factor(_ position: Int) -> Double { factors[position % 12] }
}
