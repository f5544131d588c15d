public import Kernel

/// What a cell of a table holds: it is sorted, shown and exported by it.
public enum TableValue: Sendable, Hashable {
    /// Nothing is known: last in every order.
    case none
    case text(String)
    case number(Int)
    /// Shown with one decimal.
    case decimal(Double)
    case day(Day)
    case moment(Timestamp)
    /// Words that stand in an order of their own: codes of tasks, states, periods.
    case ranked(Int, String)

    public init(_ text: String?) {
        self = text.flatMap { $0.isEmpty ? nil : .text($0) } ?? .none
    }

    public init(_ number: Int?) { self = number.map { .number($0) } ?? .none }
    public init(_ month: Month?) {
        self = month.map { .ranked($0.year * 12 + $0.month, $0.vietnamese) } ?? .none
    }
    public init(_ day: Day?) { self = day.map { .day($0) } ?? .none }
    public init(_ moment: Timestamp?) { self = moment.map { .moment($0) } ?? .none }

    /// As people read it.
    public var words: String {
        switch self {
        case .none: "–"
        case .text(let text): text
        case .number(let number): VietnameseText.grouped(number)
        case .decimal(let number): VietnameseText.oneDecimal(number)
        case .day(let day): day.vietnamese
        case .moment(let moment): moment.vietnamese
        case .ranked(_, let words): words
        }
    }

    enum SortKey: Comparable {
        case number(Double)
        /// Letters without marks come first, so that Ê stands beside E and not behind Z.
        case text(String, String)
    }

    var sortKey: SortKey? {
        switch self {
        case .none: nil
        case .text(let text): .text(VietnameseText.fold(text), text)
        case .number(let number): .number(Double(number))
        case .decimal(let number): .number(number)
        case .day(let day): .number(Double(day.daysSinceEpoch))
        case .moment(let moment): .number(Double(moment.secondsSinceEpoch))
        case .ranked(let rank, _): .number(Double(rank))
        }
    }
}
