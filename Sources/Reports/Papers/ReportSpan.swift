public import Kernel
public import PlanText

/// The stretch of a year that a commune reports on.
public enum ReportSpan: Sendable, Hashable {
    case quarter(Quarter)
    /// January to June.
    case firstHalf(Int)
    case year(Int)

    public var year: Int {
        switch self {
        case .quarter(let quarter): quarter.year
        case .firstHalf(let year), .year(let year): year
        }
    }

    /// As the command line takes it: `2026-Q3`, `2026-H1`, `2026`.
    public init?(_ text: String) {
        if text.hasSuffix("-H1"), let year = Int(text.dropLast(3)), (1...9999).contains(year) {
            self = .firstHalf(year)
            return
        }
        switch WorkPeriod(text) {
        case .quarter(let quarter): self = .quarter(quarter)
        case .year(let year): self = .year(year)
        default: return nil
        }
    }

    /// As ``init(_:)`` reads it.
    public var text: String {
        switch self {
        case .quarter(let quarter): "\(quarter.year)-Q\(quarter.quarter)"
        case .firstHalf(let year): "\(year)-H1"
        case .year(let year): "\(year)"
        }
    }

    /// What may be reported on a day: all that has begun in its year and the year before, the latest first.
    public static func begun(by day: Day, in years: ClosedRange<Int>) -> [ReportSpan] {
        [day.year, day.year - 1].filter(years.contains).flatMap { year -> [ReportSpan] in
            let quarters = Quarter.all(of: year).reversed().map { ReportSpan.quarter($0) }
            return (quarters + [.firstHalf(year), .year(year)]).filter { $0.days.lowerBound <= day }
        }
    }

    /// The first month and the last.
    public var months: ClosedRange<Month> {
        let (first, last) =
            switch self {
            case .quarter(let quarter): (Month(of: quarter.firstDay), Month(of: quarter.lastDay))
            case .firstHalf(let year): (Month(of: .firstDay(ofYear: year)), Month(of: Self.midYear(year)))
            case .year(let year): (Month(of: .firstDay(ofYear: year)), Month(of: .lastDay(ofYear: year)))
            }
        return first...last
    }

    public var days: ClosedRange<Day> { months.lowerBound.firstDay...months.upperBound.lastDay }

    /// `quý III năm 2026`, `6 tháng đầu năm 2026`, `năm 2026`
    public var words: String {
        switch self {
        case .quarter(let quarter): "quý \(quarter.roman) năm \(quarter.year)"
        case .firstHalf(let year): "6 tháng đầu năm \(year)"
        case .year(let year): "năm \(year)"
        }
    }

    /// The month at whose end the stretch before of the same length ended.
    var before: Month { months.lowerBound.adding(months: -1) }

    /// The stretch after it, whose work is what comes next.
    var following: ReportSpan {
        switch self {
        case .quarter(let quarter): .quarter(Quarter(of: quarter.lastDay.adding(days: 1)))
        // What comes after half a year is the quarter at hand.
        case .firstHalf(let year): .quarter(Quarter(of: Self.midYear(year).adding(days: 1)))
        case .year(let year): .quarter(Quarter(of: .firstDay(ofYear: year + 1)))
        }
    }

    /// The period of the work that the report is the product of: half a year's is handed in with the second quarter.
    public var workPeriod: WorkPeriod {
        switch self {
        case .quarter(let quarter): .quarter(quarter)
        case .firstHalf(let year): .quarter(Quarter(of: Self.midYear(year)))
        case .year(let year): .year(year)
        }
    }

    private static func midYear(_ year: Int) -> Day { Day.firstDay(ofYear: year).adding(days: 180) }
}
