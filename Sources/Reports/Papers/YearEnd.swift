public import Figures
public import Forecast
public import Kernel

/// What a unit will come to by the end of a year: from who came and went where at least ``StockAndFlow/fewest`` months of it
/// are known without a gap, otherwise from its monthly counts.
public struct YearEnd: Sendable, Equatable {
    public let people: Int
    /// Four of five such years end between these.
    public let low: Int
    public let high: Int
    public let basis: CountForecast.Basis
    /// Months it rests on: of flows where these are used, otherwise of counts.
    public let months: Int
    private let forecast: CountForecast?
    private let steps: Int

    /// - Parameters:
    ///   - course: people by month; what lies before a gap is left aside.
    ///   - flows: who came and went, by month; what lies before a gap is left aside.
    ///   - latest: the last month that counts.
    /// - Returns: nil where the counts are too few.
    public init?(_ course: [Month: Int], flows: [Month: MonthFlows] = [:], from latest: Month, year: Int) {
        guard let end = Month(year: year, month: 12), let last = course[latest] else { return nil }
        var counts: [Double] = [Double(last)]
        var month = latest.adding(months: -1)
        while let people = course[month] {
            counts.insert(Double(people), at: 0)
            month = month.adding(months: -1)
        }
        let history = Self.history(course, flows, until: latest)
        let ahead = latest.months(to: end)
        steps = ahead
        guard ahead > 0 else {
            // The year is over: what came stands.
            let final = course[end] ?? last
            (people, low, high, basis, forecast, months) = (final, final, final, .smooth, nil, counts.count)
            return
        }
        guard let found = CountForecast(flows: history, horizon: ahead) ?? CountForecast(counts, horizon: ahead),
            let point = found.points.last
        else { return nil }
        months = found.basis == .flows ? history.count : counts.count
        forecast = found
        people = Int(point.people.rounded())
        low = Int(point.low.rounded(.down))
        high = Int(point.high.rounded(.up))
        basis = found.basis
    }

    /// The months with flows and both counts that end at the latest, without a gap.
    private static func history(
        _ course: [Month: Int], _ flows: [Month: MonthFlows], until latest: Month
    ) -> [StockAndFlow.Month] {
        var history: [StockAndFlow.Month] = []
        var month = latest
        while let flow = flows[month], let closing = course[month], let opening = course[month.adding(months: -1)] {
            history.append(
                .init(opening: opening, closing: closing, came: flow.joined + flow.returned, stopped: flow.stopped))
            month = month.adding(months: -1)
        }
        return history.reversed()
    }

    /// The chance of ending at a target or above.
    public func chance(of target: Int) -> Double {
        forecast?.chance(ofAtLeast: target, step: steps) ?? (people >= target ? 1 : 0)
    }

    /// The chance as papers and screens say it: an estimate is never certain. `80%`, `trên 98%`, `dưới 2%`
    public func chanceWords(of target: Int) -> String {
        switch (chance(of: target) * 100).rounded() {
        case 99...: "trên 98%"
        case ...1: "dưới 2%"
        case let percent: "\(Int(percent))%"
        }
    }
}
