public import Kernel

/// What a record says of one field.
public enum RecordValue: Sendable, Hashable {
    case text(String)
    case day(Day)
    case partialDay(PartialDay)
    case month(Month)
    case money(Dong)
    case count(Int)
    case share(Share)
    case flag(Bool)
    /// One of the field's closed list of words (``ValueType/code(_:)``).
    case code(String)
    case personalID(PersonalID)
    case oldPersonalID(OldPersonalID)
    case siCode(SICode)
    case taxCode(TaxCode)
    case phone(PhoneNumber)
    case commune(CommuneCode)

    /// As programs write it: `1954-01-21`, `5310000`, `22/100`, `true`.
    public var text: String {
        switch self {
        case .text(let text), .code(let text): text
        case .day(let day): day.description
        case .partialDay(let day): day.description
        case .month(let month): month.description
        case .money(let dong): String(dong.amount)
        case .count(let count): String(count)
        case .share(let share): "\(share.numerator)/\(share.denominator)"
        case .flag(let flag): flag ? "true" : "false"
        case .personalID(let number): number.text
        case .oldPersonalID(let number): number.text
        case .siCode(let code): code.text
        case .taxCode(let code): code.text
        case .phone(let number): number.text
        case .commune(let code): code.text
        }
    }

    /// Reads what ``text`` wrote.
    /// - Returns: nil for what is no value of the type.
    public init?(_ text: String, as type: ValueType) {
        let value: RecordValue? =
            switch type {
            case .text: .text(text)
            case .day: Day(text).map { .day($0) }
            case .partialDay: PartialDay(text).map { .partialDay($0) }
            case .month: Month(text).map { .month($0) }
            case .money: Int(text).map { .money(Dong($0)) }
            case .count: Int(text).map { .count($0) }
            case .share: Self.share(text).map { .share($0) }
            case .flag: text == "true" ? .flag(true) : text == "false" ? .flag(false) : nil
            case .code(let words): words.contains(text) ? .code(text) : nil
            case .personalID: PersonalID(text).map { .personalID($0) }
            case .oldPersonalID: OldPersonalID(text).map { .oldPersonalID($0) }
            case .siCode: SICode(text).map { .siCode($0) }
            case .taxCode: TaxCode(text).map { .taxCode($0) }
            case .phone: PhoneNumber(text).map { .phone($0) }
            case .commune: CommuneCode(text).map { .commune($0) }
            }
        guard let value else { return nil }
        self = value
    }

    private static func share(_ text: String) -> Share? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let top = parts[0], let below = parts[1] else { return nil }
        return Share(top, of: below)
    }
}

/// A record's fields with their values, in the order of the fields' names.
public struct RecordValues: Sendable, Hashable {
    public private(set) var pairs: [(field: RecordField, value: RecordValue)] = []

    public init() {}

    public init(_ values: [RecordField: RecordValue]) {
        pairs = values.sorted { $0.key.rank < $1.key.rank }.map { ($0.key, $0.value) }
    }

    public subscript(field: RecordField) -> RecordValue? {
        get { pairs.first { $0.field == field }?.value }
        set {
            // Readers fill fields in their order.
            if let value = newValue, pairs.last.map({ $0.field.rank < field.rank }) ?? true {
                pairs.append((field, value))
                return
            }
            let place = pairs.firstIndex { $0.field.rank >= field.rank } ?? pairs.endIndex
            let stands = place < pairs.endIndex && pairs[place].field == field
            switch (newValue, stands) {
            case (let value?, true): pairs[place].value = value
            case (let value?, false): pairs.insert((field, value), at: place)
            case (nil, true): pairs.remove(at: place)
            case (nil, false): break
            }
        }
    }

    /// Those that fit, in the same order.
    public func filter(_ fits: (RecordField, RecordValue) -> Bool) -> RecordValues {
        var part = RecordValues()
        part.pairs = pairs.filter { fits($0.field, $0.value) }
        return part
    }

    public func text(_ field: RecordField) -> String? { self[field]?.text }

    public static func == (left: RecordValues, right: RecordValues) -> Bool {
        left.pairs.elementsEqual(right.pairs) { $0 == $1 }
    }

    public func hash(into hasher: inout Hasher) {
        for pair in pairs {
            hasher.combine(pair.field)
            hasher.combine(pair.value)
        }
    }
}
