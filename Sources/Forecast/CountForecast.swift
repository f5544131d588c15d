/// What a monthly count will come to, with an 80 % interval and the chance of reaching a target: from counts alone, or from
/// who came and stopped.
///
/// From counts it works in logarithms: takes the yearly rhythm out, smooths what is left, puts the rhythm back. From flows it
/// lets the stock go on (``StockAndFlow``). How far off such forecasts are is measured, not assumed: the same method is asked
/// at earlier months of the same series, and its errors at each distance give the interval.
public struct CountForecast: Sendable, Equatable {
    /// A month ahead.
    public struct Point: Sendable, Equatable {
        /// 1 is the month after the last.
        public let step: Int
        public let people: Double
        /// The bounds between which four of five such months fall.
        public let low: Double
        public let high: Double
        /// In logarithms.
        let spread: Double
    }

    public enum Basis: String, Sendable, Equatable {
        /// With the rhythm of the year.
        case seasonal
        /// Without one: too short a series, or none to be seen.
        case smooth
        /// From who joined, returned and stopped.
        case flows

        public var words: String {
            switch self {
            case .seasonal: "theo xu hướng và nhịp mùa vụ của chính đơn vị"
            case .smooth: "theo xu hướng (chưa thấy nhịp mùa vụ, hoặc chưa đủ 24 tháng số liệu)"
            case .flows: "theo biến động tăng mới, trở lại, dừng từng tháng"
            }
        }
    }

    public let points: [Point]
    public let basis: Basis
    /// Earlier months the method was asked at to measure its errors.
    public let trials: Int

    /// Fewest months that are forecast from.
    public static let fewest = 4
    /// Monthly spread in logarithms where a series is too short to measure its own: of the communes' series a third differs by
    /// more. Ours.
    static let usualSpread = 0.02

    /// - Parameters:
    ///   - counts: month by month without gaps, the last one the latest known.
    ///   - horizon: months ahead.
    /// - Returns: nil for fewer than ``fewest`` months or a count below 0.
    public init?(_ counts: [Double], horizon: Int) {
        guard counts.count >= Self.fewest, horizon > 0, counts.allSatisfy({ $0 >= 0 && $0.isFinite }) else {
            return nil
        }
        // Half a person keeps a zero in reach of a logarithm.
        let logs = counts.map { Numbers.log($0 + 0.5) }
        let (forecast, isSeasonal) = Self.forecast(logs, horizon: horizon)
        basis = isSeasonal ? .seasonal : .smooth
        let earliest = max(Self.fewest + 2, counts.count * 2 / 5, isSeasonal ? 26 : 0)
        (points, trials) = Self.points(logs, forecast: forecast, earliest: earliest) { origin, ahead in
            Self.forecast(Array(logs[..<origin]), horizon: ahead).logs
        }
    }

    /// - Parameters:
    ///   - flows: month by month without gaps, the last one the latest known.
    ///   - horizon: months ahead.
    /// - Returns: nil for fewer than ``StockAndFlow/fewest`` months or numbers below 0.
    public init?(flows: [StockAndFlow.Month], horizon: Int) {
        guard flows.count >= StockAndFlow.fewest, horizon > 0,
            let forecast = Self.forecast(flows[...], horizon: horizon)
        else { return nil }
        basis = .flows
        (points, trials) = Self.points(
            flows.map { Numbers.log($0.closing + 0.5) }, forecast: forecast,
            unsure: StockAndFlow(flows)?.unsure(horizon: horizon) ?? [], earliest: StockAndFlow.year
        ) { origin, ahead in Self.forecast(flows[..<origin], horizon: ahead) ?? [] }
    }

    /// In logarithms, from flows; once counts can show a rhythm of their own, the mean of both: two methods that err
    /// differently.
    private static func forecast(_ flows: ArraySlice<StockAndFlow.Month>, horizon: Int) -> [Double]? {
        guard let stocks = StockAndFlow(Array(flows))?.stocks(horizon: horizon) else { return nil }
        let ofFlows = stocks.map { Numbers.log($0 + 0.5) }
        guard flows.count >= Seasonality.fewest else { return ofFlows }
        let (ofCounts, _) = forecast(flows.map { Numbers.log($0.closing + 0.5) }, horizon: horizon)
        return zip(ofFlows, ofCounts).map { ($0 + $1) / 2 }
    }

    /// The forecast with its bounds: the method is asked again at earlier months, of up to three years back, and its errors
    /// by distance measured.
    /// - Parameter unsure: variances that these errors cannot show, by step.
    private static func points(
        _ logs: [Double], forecast: [Double], unsure: [Double] = [], earliest: Int,
        asking: (_ origin: Int, _ ahead: Int) -> [Double]
    ) -> (points: [Point], trials: Int) {
        let horizon = forecast.count
        let origins = Array(stride(from: logs.count - 1, through: earliest, by: -1).prefix(36))
        var squares = [Double](repeating: 0, count: horizon)
        var amounts = [Int](repeating: 0, count: horizon)
        for origin in origins {
            for (step, asked) in asking(origin, min(horizon, logs.count - origin)).enumerated() {
                let miss = logs[origin + step] - asked
                squares[step] += miss * miss
                amounts[step] += 1
            }
        }
        let spreads = spreads(squares, amounts, horizon)
        let points = (0..<horizon).map { step in
            let more = unsure.indices.contains(step) ? unsure[step] : 0
            let spread = (spreads[step] * spreads[step] + more).squareRoot()
            let bound = Numbers.bound80(degrees: max(min(amounts[0], amounts[step] * 2), 2)) * spread
            return Point(
                step: step + 1, people: max(Numbers.exp(forecast[step]) - 0.5, 0),
                low: max(Numbers.exp(forecast[step] - bound) - 0.5, 0), high: Numbers.exp(forecast[step] + bound) - 0.5,
                spread: spread)
        }
        return (points, origins.count)
    }

    /// The chance that the count of a step is at least a number.
    public func chance(ofAtLeast target: Int, step: Int) -> Double {
        guard points.indices.contains(step - 1) else { return 0 }
        let point = points[step - 1]
        let gap = Numbers.log(point.people + 0.5) - Numbers.log(Double(target))
        return point.spread > 0 ? Numbers.below(gap / point.spread) : (gap >= 0 ? 1 : 0)
    }

    private static func forecast(_ logs: [Double], horizon: Int) -> (logs: [Double], isSeasonal: Bool) {
        let season = Seasonality(logs: logs)
        let plain = logs.enumerated().map { $1 - Numbers.log(season.factor($0)) }
        let ahead = Smoothing.forecast(plain, horizon: horizon)
        return (
            ahead.enumerated().map { $1 + Numbers.log(season.factor(logs.count + $0)) }, season.isPresent
        )
    }

    /// Errors grow with distance as a power of it, between those of a still series (none) and those of a trend's own (one):
    /// fitted over all distances, since the far ones were measured on few months.
    private static func spreads(_ squares: [Double], _ amounts: [Int], _ horizon: Int) -> [Double] {
        guard amounts[0] >= 3 else {
            return (1...horizon).map { usualSpread * Double($0).squareRoot() }
        }
        var (weights, xs, ys, xx, xy) = (0.0, 0.0, 0.0, 0.0, 0.0)
        for step in 0..<horizon where amounts[step] >= 3 && squares[step] > 0 {
            let x = Numbers.log(Double(step + 1))
            let y = Numbers.log(squares[step] / Double(amounts[step])) / 2
            let weight = Double(amounts[step]) / Double(step + 1)
            weights += weight
            xs += weight * x
            ys += weight * y
            xx += weight * x * x
            xy += weight * x * y
        }
        guard weights > 0 else { return Array(repeating: 0, count: horizon) }
        let along = xx - xs * xs / weights
        let slope = along > 1e-9 ? min(max((xy - xs * ys / weights) / along, 0.2), 1.2) : 0.5
        let level = (ys - slope * xs) / weights
        return (1...horizon).map { Numbers.exp(level + slope * Numbers.log(Double($0))) }
    }
}
