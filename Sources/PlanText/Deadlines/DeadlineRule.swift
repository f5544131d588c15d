public import Kernel

/// What a deadline phrase of a plan means.
///
/// The phrase itself stays as the plan words it; this is our reading, by rules that are the same for every task:
/// a quarter or month ends on its last day; "trước ngày D" is due on the day before D; "hằng năm" on the last day of each
/// plan year; "thường xuyên" is one instance a quarter.
public enum DeadlineRule: Sendable, Hashable {
    /// `Quý II/2026`
    case quarter(Quarter)
    /// `Tháng 4 hằng năm`
    case monthEachYear(Int)
    /// `Hằng năm`
    case eachYear
    /// `Thường xuyên`
    case eachQuarter
    /// `Năm 2026`
    case year(Int)
    /// `Năm 2026 và cập nhật hằng năm`
    case yearThenEachYear(Int)
    /// `Năm 2026, năm 2027` and `Từ năm 2026 đến năm 2028`: one instance, due at the end of the last year, with a
    /// checkpoint at the end of each earlier one. First before last.
    case overYears(first: Int, last: Int)
    /// `Theo kế hoạch`, `Theo lộ trình`: the lead sets the date, asked for in January. With `đột xuất`, further
    /// instances can be opened at any time.
    case setByLead(withUnplanned: Bool)
    /// `Định kỳ, trước ngày 25/12 hằng năm`: month and day.
    case beforeDayEachYear(month: Int, day: Int)
    /// `Trước ngày 31/01/2031`
    case before(Day)

    /// Reads a phrase; nil when the grammar does not know it. White space, case and the two spellings `hằng`/`hàng` do
    /// not matter.
    public init?(phrase: String) {
        var words = Words(phrase)
        guard let rule = Self.parse(&words), words.isAtEnd else { return nil }
        self = rule
    }

    private static func parse(_ words: inout Words) -> DeadlineRule? {
        if words.take("thường", "xuyên") { return .eachQuarter }
        if words.take("hằng", "năm") { return .eachYear }
        if words.take("theo", "lộ", "trình") { return .setByLead(withUnplanned: false) }
        if words.take("theo", "kế", "hoạch") {
            return .setByLead(withUnplanned: words.take("và", "đột", "xuất"))
        }
        if words.take("quý") {
            guard let number = words.takeRomanOrNumber(upTo: 4), words.take("/"), let year = words.takeYear() else {
                return nil
            }
            return Quarter(year: year, quarter: number).map(DeadlineRule.quarter)
        }
        if words.take("tháng") {
            guard let month = words.takeNumber(1...12) else { return nil }
            return words.take("hằng", "năm") ? .monthEachYear(month) : nil
        }
        if words.take("từ", "năm") {
            guard let first = words.takeYear(), words.take("đến", "năm"), let last = words.takeYear() else {
                return nil
            }
            return first < last ? .overYears(first: first, last: last) : nil
        }
        if words.take("năm") {
            guard let year = words.takeYear() else { return nil }
            if words.take("và", "cập", "nhật", "hằng", "năm") { return .yearThenEachYear(year) }
            var last = year
            while words.take(",", "năm") {
                // "Năm A, năm B" is a span: consecutive years only, otherwise the phrase means something else.
                guard let next = words.takeYear(), next == last + 1 else { return nil }
                last = next
            }
            return last == year ? .year(year) : .overYears(first: year, last: last)
        }
        if words.take("định", "kỳ", ",") {
            guard words.take("trước", "ngày") else { return nil }
            return beforeDay(&words)
        }
        if words.take("trước", "ngày") { return beforeDay(&words) }
        return nil
    }

    /// `25/12 hằng năm` or `31/01/2031`.
    private static func beforeDay(_ words: inout Words) -> DeadlineRule? {
        guard let day = words.takeNumber(1...31), words.take("/"), let month = words.takeNumber(1...12) else {
            return nil
        }
        if words.take("hằng", "năm") {
            // A day every year has: 29/02 would leave three years in four without a deadline.
            return Day(year: 2026, month: month, day: day).map { _ in .beforeDayEachYear(month: month, day: day) }
        }
        guard words.take("/"), let year = words.takeYear() else { return nil }
        return Day(year: year, month: month, day: day).map(DeadlineRule.before)
    }
}

/// The words, numbers and signs of a phrase.
private struct Words {
    private var rest: ArraySlice<String>

    init(_ phrase: String) {
        var tokens: [String] = []
        var current = ""
        for character in VietnameseText.tidy(phrase).lowercased() {
            if character == " " || character == "," || character == "/" {
                if !current.isEmpty { tokens.append(current) }
                current = ""
                if character != " " { tokens.append(String(character)) }
            } else {
                current.append(character)
            }
        }
        if !current.isEmpty { tokens.append(current) }
        rest = tokens.map { $0 == "hàng" ? "hằng" : $0 }[...]
    }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func take(_ words: String...) -> Bool {
        guard rest.starts(with: words) else { return false }
        rest = rest.dropFirst(words.count)
        return true
    }

    mutating func takeNumber(_ range: ClosedRange<Int>) -> Int? {
        guard let first = rest.first, let number = Int(first), range.contains(number) else { return nil }
        rest = rest.dropFirst()
        return number
    }

    mutating func takeYear() -> Int? { takeNumber(1900...9999) }

    mutating func takeRomanOrNumber(upTo limit: Int) -> Int? {
        if let number = takeNumber(1...limit) { return number }
        guard let first = rest.first, let index = ["i", "ii", "iii", "iv"].firstIndex(of: first), index < limit else {
            return nil
        }
        rest = rest.dropFirst()
        return index + 1
    }
}
