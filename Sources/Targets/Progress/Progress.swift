public import Kernel

/// How far a unit is on its way from where it started to its target. Relative to the start, never capped: what is beyond the
/// target and what was lost both show.
public struct Progress: Sendable, Equatable {
    /// Participants at the end of the year before; nil when unknown.
    public let start: Int?
    public let target: Int?
    /// The latest figure; nil is “chưa có số liệu”, never zero.
    public let now: Int?

    public init(start: Int?, target: Int?, now: Int?) {
        self.start = start
        self.target = target
        self.now = now
    }

    public enum Reading: Sendable, Equatable {
        case noFigure
        case noTarget
        /// Without a start there is no way to measure along; the share of the target is all that can be said.
        case noStart(shareOfTarget: Double)
        /// The start is below the target: (now − start) / (target − start). Negative when participants were lost, above 1
        /// beyond the target.
        case growing(Double)
        /// The start was at or above the target already: the target asks to keep at least that many. `surplus` is what
        /// stands above it, negative below.
        case keeping(surplus: Int)
    }

    public var reading: Reading {
        guard let now else { return .noFigure }
        guard let target else { return .noTarget }
        guard let start else { return .noStart(shareOfTarget: target == 0 ? 1 : Double(now) / Double(target)) }
        guard start < target else { return .keeping(surplus: now - target) }
        return .growing(Double(now - start) / Double(target - start))
    }

    /// Participants to the target; negative beyond it.
    public var missing: Int? {
        guard let now, let target else { return nil }
        return target - now
    }
}

/// Where a unit should stand month by month to be on course for its year's target (“mức cần có”): the one function that texts,
/// tables, charts and screens have it from.
public struct ExpectedCourse: Sendable, Equatable {
    public let year: Int
    public let start: Int
    public let target: Int
    /// The figures of the year before by month number, and the one at the end of the year before that under 0.
    private let lastYear: [Int: Int]

    /// - Parameter course: figures by month, at least of the two years before.
    public init(_ course: [Month: Int], year: Int, start: Int, target: Int) {
        self.year = year
        self.start = start
        self.target = target
        var lastYear: [Int: Int] = [:]
        lastYear[0] = Month(year: year - 2, month: 12).flatMap { course[$0] }
        for number in 1...12 { lastYear[number] = Month(year: year - 1, month: number).flatMap { course[$0] } }
        self.lastYear = lastYear
    }

    /// Nil for a month of another year.
    public subscript(month: Month) -> ExpectedFigure? {
        guard month.year == year else { return nil }
        return ExpectedFigure(month: month.month, start: start, target: target, year: year, lastYear: lastYear)
    }
}

/// Where a unit should stand by the end of a month to be on course for its year's target.
public struct ExpectedFigure: Sendable, Equatable {
    public enum Basis: Sendable, Equatable {
        /// The course of the year before, month by month, laid over the way to this year's target.
        case seasonal(year: Int)
        /// A straight line, and why not the season.
        case straight(reason: String)

        public var words: String {
            switch self {
            case .seasonal(let year): "theo nhịp từng tháng của năm \(year)"
            case .straight(let reason): "theo đường thẳng (\(reason))"
            }
        }
    }

    public let people: Int
    public let basis: Basis

    /// - Parameters:
    ///   - month: 1...12 of the target's year.
    ///   - start: participants at the end of the year before.
    ///   - target: at the end of the year.
    ///   - lastYear: the figures of the year before by month number, and the one at the end of the year before that under 0.
    ///
    /// The way leads from the start to the target; where the start was at the target or above, it stays at the target.
    /// The season of a month is last year's figure over the straight line from that year's start to its end. Voluntary
    /// participants fall in January, when yearly cadences run out, and peak in December, so in January less is expected
    /// than the year began with. The index is 1 at both ends, so December always expects the target itself.
    public init(month: Int, start: Int, target: Int, year: Int, lastYear: [Int: Int]) {
        func line(_ from: Int, _ to: Int) -> Double { Double(from) + Double(to - from) * Double(month) / 12 }
        // Whoever began the year at the target or above has to keep it: the line stays at the target, the season on it.
        let straight = line(min(start, target), target)
        guard let first = lastYear[0], let last = lastYear[12] else {
            let missing = lastYear[12] == nil ? "12/\(year - 1)" : "12/\(year - 2)"
            people = Int(straight.rounded())
            basis = .straight(reason: "chưa có số liệu tháng \(missing) để biết nhịp mùa vụ")
            return
        }
        guard let then = lastYear[month] else {
            people = Int(straight.rounded())
            basis = .straight(reason: "chưa có số liệu tháng \(month)/\(year - 1) để biết nhịp mùa vụ")
            return
        }
        let usual = line(first, last)
        let index = usual > 0 ? Double(then) / usual : 0
        guard usual > 0, (0.3...3).contains(index) else {
            people = Int(straight.rounded())
            basis = .straight(reason: "số liệu năm \(year - 1) biến động bất thường")
            return
        }
        people = Int((straight * index).rounded())
        basis = .seasonal(year: year - 1)
    }
}

/// How a unit stands against what was expected by now.
public enum Standing: String, Sendable, CaseIterable {
    case unknown
    case farBehind = "far-behind"
    case behind
    case onCourse = "on-course"
    case ahead
    case farAhead = "far-ahead"

    public var title: String {
        switch self {
        case .unknown: "Chưa có số liệu"
        case .farBehind: "Chậm nhiều"
        case .behind: "Chậm"
        case .onCourse: "Đúng tiến độ"
        case .ahead: "Vượt"
        case .farAhead: "Vượt nhiều"
        }
    }
}
