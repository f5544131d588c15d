/// The count of a scheme as a stock with flows: people join by season, leave by how long they have been in, and return. For
/// units whose register gives flows; ``CountForecast`` does without.
public struct StockAndFlow: Sendable, Equatable {
    /// One month's flows.
    public struct Month: Sendable, Equatable, Codable {
        public var joined: Int
        public var returned: Int
        /// Who left, by the tenure band they stood in.
        public var left: [Int]
        /// Who was in at the beginning of the month, by tenure band.
        public var stock: [Int]

        public init(joined: Int, returned: Int, left: [Int], stock: [Int]) {
            self.joined = joined
            self.returned = returned
            self.left = left
            self.stock = stock
        }
    }

    /// First months of the tenure bands: up to three months, half a year, a year, two years, longer.
    public static let bands = [0, 3, 6, 12, 24]

    /// Share of each band that leaves in a month.
    public let leaving: [Double]
    /// Joins and returns a month, by position in the year from the first month of the series.
    public let joins: [Double]
    public let returnsPerMonth: Double
    public let stock: [Int]
    private let months: Int

    /// - Returns: nil for fewer than twelve months, or months whose bands are not ``bands``.
    public init?(_ history: [Month]) {
        guard history.count >= 12, let last = history.last,
            history.allSatisfy({ $0.left.count == Self.bands.count && $0.stock.count == Self.bands.count })
        else { return nil }
        let pooled = history.reduce(into: (left: 0, stock: 0)) { sum, month in
            sum.left += month.left.reduce(0, +)
            sum.stock += month.stock.reduce(0, +)
        }
        let overall = Double(pooled.left) / Double(max(pooled.stock, 1))
        leaving = Self.bands.indices.map { band in
            let left = history.reduce(0) { $0 + $1.left[band] }
            let stock = history.reduce(0) { $0 + $1.stock[band] }
            // A band that few stood in borrows from all of them: as much as a hundred person-months say.
            return (Double(left) + 100 * overall) / (Double(stock) + 100)
        }
        let level = Double(history.suffix(12).reduce(0) { $0 + $1.joined }) / 12
        var sums = [Double](repeating: 0, count: 12)
        var counts = [Double](repeating: 0, count: 12)
        let mean = Double(history.reduce(0) { $0 + $1.joined }) / Double(history.count)
        for (index, month) in history.enumerated() where mean > 0 {
            sums[index % 12] += Double(month.joined) / mean
            counts[index % 12] += 1
        }
        joins = zip(sums, counts).map { level * ($1 > 0 ? ($0 + 1) / ($1 + 1) : 1) }
        returnsPerMonth = Double(history.suffix(12).reduce(0) { $0 + $1.returned }) / 12
        var next = zip(last.stock, last.left).map { max($0 - $1, 0) }
        next[0] += last.joined + last.returned
        stock = next
        months = history.count
    }

    /// The stock at the end of each of the next months.
    public func stocks(horizon: Int) -> [Double] {
        var bands = stock.map(Double.init)
        var totals: [Double] = []
        let widths = zip(Self.bands.dropFirst(), Self.bands).map { Double($0 - $1) }
        for step in 0..<max(horizon, 0) {
            let stay = zip(bands, leaving).map { $0 * (1 - $1) }
            // An even share of each band grows into the next one each month.
            var next = stay
            for (band, width) in widths.enumerated() {
                next[band] -= stay[band] / width
                next[band + 1] += stay[band] / width
            }
            next[0] += joins[(months + step) % 12] + returnsPerMonth
            bands = next
            totals.append(bands.reduce(0, +))
        }
        return totals
    }
}
