public import Kernel

/// What a parameter's number counts.
public enum ParameterUnit: String, Codable, Sendable, CaseIterable {
    case dong
    case dongPerMonth = "dong-per-month"
    case dongPerYear = "dong-per-year"
    case dongPerHour = "dong-per-hour"
    case percent
    case percentPerDay = "percent-per-day"
    case percentPerMonth = "percent-per-month"
    case times, factor, days
    case workingDays = "working-days"
    case weeks, months, years
    case ageMonths = "age-months"
    case hours
    case dayOfMonth = "day-of-month"
    case dayOfYear = "day-of-year"
    case date, persons
    case dongRange = "dong-range"
    case percentRange = "percent-range"
    case percentList = "percent-list"
    case rule, reference
    /// What a last day on a day off becomes: ``LastDayRule``.
    case lastDayRule = "last-day-rule"

    /// Whether it counts time.
    var isSpan: Bool { [.days, .workingDays, .months, .years].contains(self) }

    /// Behind a number on a screen.
    public var words: String {
        switch self {
        case .dong: "đồng"
        case .dongPerMonth: "đồng/tháng"
        case .dongPerYear: "đồng/năm"
        case .dongPerHour: "đồng/giờ"
        case .percent, .percentRange, .percentList: "%"
        case .percentPerDay: "%/ngày"
        case .percentPerMonth: "%/tháng"
        case .times: "lần"
        case .factor: "hệ số"
        case .days: "ngày"
        case .workingDays: "ngày làm việc"
        case .weeks: "tuần"
        case .months: "tháng"
        case .years: "năm"
        case .ageMonths: "tháng tuổi"
        case .hours: "giờ"
        case .dayOfMonth: "ngày trong tháng"
        case .dayOfYear: "ngày trong năm"
        case .date: "ngày"
        case .persons: "người"
        case .dongRange: "đồng"
        case .rule, .reference, .lastDayRule: ""
        }
    }
}

/// How sure a value is; below ``verified`` a screen says so wherever the figure is used.
public enum Confidence: String, Codable, Sendable, Comparable, CaseIterable {
    /// General knowledge, not checked against a text.
    case knowledge
    /// Press, a dispatch quoted by others, or several programs that agree.
    case secondary
    /// Read in the text of the law.
    case verified

    public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

    private var rank: Int { self == .knowledge ? 0 : self == .secondary ? 1 : 2 }

    public var words: String {
        switch self {
        case .knowledge: "chưa đối chiếu văn bản"
        case .secondary: "theo nguồn thứ cấp"
        case .verified: "đã đối chiếu văn bản"
        }
    }
}

/// A value as the law gives it.
public enum ParameterValue: Sendable, Equatable {
    case dong(Dong)
    case share(Share)
    case count(Int)
    case dongRange(Dong, Dong)
    /// With the most it may come to.
    case shareRange(Share, Share, most: Dong?)
    case shares([Share])
    case day(Day)
    /// `01-31`.
    case dayOfYear(String)
    case text(String)
    /// So many times another parameter.
    case reference(String, times: Int)
}

/// A value and when it holds.
public struct DatedValue: Sendable, Equatable {
    public let value: ParameterValue
    public let from: Day
    /// The last day; nil while no end is known.
    public let to: Day?
    /// Law, article, clause.
    public let source: String
    public let confidence: Confidence
    public let note: String?

    public init(value: ParameterValue, from: Day, to: Day?, source: String, confidence: Confidence, note: String? = nil)
    {
        self.value = value
        self.from = from
        self.to = to
        self.source = source
        self.confidence = confidence
        self.note = note
    }

    public func holds(on day: Day) -> Bool { from <= day && (to.map { day <= $0 } ?? true) }
}

/// A number, date or rule of the law over time.
public struct Parameter: Sendable, Equatable {
    /// `voluntary.rate`.
    public let key: String
    /// In Vietnamese, as a screen shows it.
    public let name: String
    public let unit: ParameterUnit
    /// What a percentage is of, in Vietnamese.
    public let of: String?
    public let subject: String
    /// By date; no two hold on one day.
    public let values: [DatedValue]
    /// The document that would give it a value, or the next one, in Vietnamese; nil where none is waited for.
    public var awaits: String? = nil
    /// What a draft of that document says: shown as a draft, never reckoned with.
    public var draft: DatedValue? = nil
    /// How it is counted, where it is a deadline.
    public var clock: LawClock? = nil
    /// Keys that its values were worked out from; it does not follow them by itself.
    public var derivedFrom: [String] = []

    public func value(on day: Day) -> DatedValue? { values.first { $0.holds(on: day) } }
}

/// A subject of the law: a file of parameters.
public struct ParameterSubject: Sendable, Equatable {
    public let id: String
    public let title: String
    public let parameters: [Parameter]
    /// The days off that its file tells; nil for every file but one.
    public var daysOff: DaysOffRules? = nil
}
