public import Forecast
public import Kernel

/// What a unit will come to by the end of a year, from its monthly counts.
public struct YearEnd: Sendable, Equatable {
    public let people: Int
    /// Four of five such years end between these.
    public let low: Int
    public let high: Int
    public let basis: CountForecast.Basis
    /// Months of counts it rests on.
    public let months: Int
    private let forecast: CountForecast?
    private let steps: Int

    /// - Parameters:
    ///   - course: people by month; what lies before a gap is left aside.
    ///   - latest: the last month that counts.
    /// - Returns: nil where the counts are too few.
    public init?(_ course: [Month: Int], from latest: Month, year: Int) {
        guard let end = Month(year: year, month: 12), let last = course[latest] else { return nil }
        var counts: [Double] = [Double(last)]
        var month = latest.adding(months: -1)
        while let people = course[month] {
            counts.insert(Double(people), at: 0)
            month = month.adding(months: -1)
        }
        months = counts.count
        let ahead = latest.months(to: end)
        steps = ahead
        guard ahead > 0 else {
            // The year is over: what came stands.
            let final = course[end] ?? last
            (people, low, high, basis, forecast) = (final, final, final, .smooth, nil)
            return
        }
        guard let found = CountForecast(counts, horizon: ahead), let point = found.points.last else { return nil }
        forecast = found
        people = Int(point.people.rounded())
        low = Int(point.low.rounded(.down))
        high = Int(point.high.rounded(.up))
        basis = found.basis
    }

    /// The chance of ending at a target or above.
    public func chance(of target: Int) -> Double {
        forecast?.chance(ofAtLeast: target, step: steps) ?? (people >= target ? 1 : 0)
    }
}
