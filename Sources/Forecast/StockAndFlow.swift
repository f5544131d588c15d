/// The count of a scheme as a stock with flows: so many join and return in each month of the year, so many of those who are
/// in stop, and what flows do not explain (people who move, corrections) goes on at its mean.
///
/// A fall in January is then known for what it is, expired payments, and a campaign for what it is, joins: counts alone
/// show only their difference. ``CountForecast`` does without flows.
public struct StockAndFlow: Sendable, Equatable {
    /// One month's flows.
    public struct Month: Sendable, Equatable {
        /// Who was in at its beginning and at its end.
        public let opening: Double
        public let closing: Double
        /// Who joined or returned.
        public let came: Double
        public let stopped: Double

        public init(opening: Int, closing: Int, came: Int, stopped: Int) {
            self.opening = Double(opening)
            self.closing = Double(closing)
            self.came = Double(came)
            self.stopped = Double(stopped)
        }
    }

    /// Fewest months that are forecast from: twelve show each month of the year once, and at six earlier months the same
    /// question is asked again to measure how far off the answer is (docs/forecast.md).
    public static let fewest = 18
    /// Each month of the year is seen once at least.
    static let year = 12
    /// How many years' worth of “no season” a month of the year is mixed with. Chosen on generated series (docs/forecast.md).
    private static let calm = 0.15

    /// What makes a month of the year special may be off by so much of itself when it was seen once. Ours; without it bounds
    /// over a first January are too narrow, since none of the errors measured is of a January.
    private static let onceSeen = 0.25

    /// Who joins or returns, by position in the year from the first month of the series, as a multiple of ``came``.
    private let cameSeason: [Double]
    /// A month, of the last twelve.
    private let came: Double
    private let stopSeason: [Double]
    /// Share of those who are in that stops in a month, of the last twelve.
    private let stopping: Double
    /// What flows leave unexplained a month, as a share of those who are in.
    private let drift: Double
    private let last: Double
    private let months: Int

    /// - Returns: nil for fewer than a year, or numbers that cannot be.
    init?(_ history: [Month]) {
        guard history.count >= Self.year, let last = history.last,
            history.allSatisfy({ min($0.opening, $0.closing, $0.came, $0.stopped) >= 0 })
        else { return nil }
        let recent = history.suffix(Self.year)
        let stock = max(recent.reduce(0) { $0 + $1.opening }, 1)
        came = recent.reduce(0) { $0 + $1.came } / Double(Self.year)
        stopping = recent.reduce(0) { $0 + $1.stopped } / stock
        drift = recent.reduce(0) { $0 + $1.closing - $1.opening - $1.came + $1.stopped } / stock
        cameSeason = Self.season(history.map(\.came))
        stopSeason = Self.season(history.map { $0.stopped / max($0.opening, 1) })
        self.last = last.closing
        months = history.count
    }

    /// Each position of the year against the mean of the twelve months around it, mixed with a little calm.
    private static func season(_ values: [Double]) -> [Double] {
        var sums = [Double](repeating: 0, count: year)
        var counts = [Double](repeating: 0, count: year)
        for (index, value) in values.enumerated() {
            let first = min(max(index - year / 2, 0), values.count - year)
            let mean = values[first..<first + year].reduce(0, +) / Double(year)
            guard mean > 0 else { continue }
            sums[index % year] += value / mean
            counts[index % year] += 1
        }
        let factors = zip(sums, counts).map { ($0 + calm) / ($1 + calm) }
        let mean = factors.reduce(0, +) / Double(year)
        return factors.map { $0 / mean }
    }

    /// What is not known of the next months because such a month was seen once only, as variances of logarithms.
    func unsure(horizon: Int) -> [Double] {
        var variance = 0.0
        return (0..<max(horizon, 0)).map { step in
            let position = (months + step) % Self.year
            if months - position <= Self.year {
                let special = [stopping * (stopSeason[position] - 1), came / max(last, 1) * (cameSeason[position] - 1)]
                for one in special { variance += (Self.onceSeen * one) * (Self.onceSeen * one) }
            }
            return variance
        }
    }

    /// The stock at the end of each of the next months.
    func stocks(horizon: Int) -> [Double] {
        var stock = last
        return (0..<max(horizon, 0)).map { step in
            let position = (months + step) % Self.year
            let stops = min(stopping * stopSeason[position], 1)
            stock = max(stock * (1 - stops + drift) + came * cameSeason[position], 0)
            return stock
        }
    }
}
