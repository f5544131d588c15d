import Province
public import PlanText
public import Figures
public import Kernel

/// One measure of one unit (or of the whole province) in one year.
public struct MeasureProgress: Sendable, Equatable {
    public let measure: Measure
    public let year: Int
    /// The month of `now`; nil without a figure in the year.
    public let month: Month?
    public let progress: Progress
    /// What is to be reached month by month; nil when start or target is unknown.
    public let expected: ExpectedCourse?
    /// Of ``month``.
    public var expectation: ExpectedFigure? { month.flatMap { expected?[$0] } }
    /// Change against the month before; nil when either is unknown.
    public let movement: Int?
    /// By how much `now` is above what was expected.
    public var ahead: Int? {
        guard let now = progress.now, let expectation else { return nil }
        return now - expectation.people
    }

    /// The growth the year demands, at least a hundredth of the target: the yard-stick for being ahead or behind.
    public func demand(leastPercent: Double) -> Double? {
        guard let target = progress.target, let start = progress.start else { return nil }
        return max(Double(target - start), Double(target) * leastPercent / 100, 1)
    }

    /// - Parameter course: figures by month, at least of this year and the two before.
    public init(
        _ measure: Measure, year: Int, course: [Month: Int], target: Int?, start given: Int? = nil, until last: Month
    ) {
        func december(_ year: Int) -> Int? { Month(year: year, month: 12).flatMap { course[$0] } }
        self.measure = measure
        self.year = year
        let start = december(year - 1) ?? given
        let months = (1...12).compactMap { Month(year: year, month: $0) }.filter { $0 <= last && course[$0] != nil }
        month = months.last
        let now = month.flatMap { course[$0] }
        progress = Progress(start: start, target: target, now: now)
        movement = month.flatMap { month in
            course[month.adding(months: -1)].flatMap { before in now.map { $0 - before } }
        }
        expected = start.flatMap { start in
            target.map { ExpectedCourse(course, year: year, start: start, target: $0) }
        }
    }

    public func standing(_ rules: ScoringRules) -> Standing {
        guard let ahead, let demand = demand(leastPercent: rules.leastDemandPercent) else { return .unknown }
        let percent = Double(ahead) / demand * 100
        if percent < rules.farBehind { return .farBehind }
        if percent < rules.behind { return .behind }
        if percent <= rules.ahead { return .onCourse }
        return percent <= rules.farAhead ? .ahead : .farAhead
    }
}

extension FigureSeries {
    /// A commune's figures of a measure by month. The total is known only where both schemes are.
    public func course(_ commune: CommuneCode, _ measure: Measure) -> [Month: Int] {
        switch measure {
        case .voluntary: return course(commune, Scheme.voluntary)
        case .total:
            let voluntary = course(commune, Scheme.voluntary)
            var total: [Month: Int] = [:]
            for (month, people) in course(commune, Scheme.compulsory) {
                if let other = voluntary[month] { total[month] = people + other }
            }
            return total
        }
    }
}

/// The sum of all communes by month, with those that are missing.
public struct ProvinceCourse: Sendable, Equatable {
    /// Sums in which a commune without a figure of the month counts with its latest one before: a missing figure is no loss
    /// of people. Communes that begin to report only later count with their first figure as long as they are few
    /// (``fewLate``); where they are more, the month has no sum: it would be made up. A commune that never had a figure adds
    /// nothing.
    public private(set) var people: [Month: Int] = [:]
    /// The sum of what was reported, by month.
    public private(set) var reported: [Month: Int] = [:]
    /// Communes without a figure of the month, by month.
    public private(set) var missing: [Month: [CommuneCode]] = [:]

    /// The share of communes that may begin late. Ours.
    static let fewLate = 0.05

    public init(_ series: FigureSeries, _ measure: Measure, communes: [CommuneCode]) {
        guard let first = series.months.first, let last = series.months.last else { return }
        let months = (0...max(first.months(to: last), 0)).map { first.adding(months: $0) }
        var known: [Month: Int] = [:]
        var late: [Month: Int] = [:]
        for commune in communes {
            let course = series.course(commune, measure)
            let begin = course.keys.min()
            var latest = begin.flatMap { course[$0] }
            for month in months {
                if let begin, month < begin { late[month, default: 0] += 1 }
                if let figure = course[month] {
                    latest = figure
                    reported[month, default: 0] += figure
                    known[month, default: 0] += 1
                } else {
                    missing[month, default: []].append(commune)
                }
                people[month, default: 0] += latest ?? 0
            }
        }
        // Months in which nobody reported say nothing.
        for month in months where known[month] == nil {
            people[month] = nil
            missing[month] = nil
        }
        for month in months where Double(late[month] ?? 0) > Self.fewLate * Double(communes.count) {
            people[month] = nil
        }
        for month in months where known[month] != nil && missing[month] == nil { missing[month] = [] }
    }
}
