import Kernel

/// A blocking rule as written: parts joined by `&`, all of which two records must have in common.
struct BlockingKey: Hashable, Sendable {
    struct Part: Hashable, Sendable {
        let function: Function
        let column: String
    }

    /// What of a column's value goes into the key.
    enum Function: Hashable, Sendable {
        case same(ValuePart)
        /// A part of the date; nil the whole of it, where day and month are known.
        case date(DatePart?)
        case prefix(Int), suffix(Int), digits, phonetic
        /// Of dates a stretch of so many days, of numbers one of so many percent; the stretches begin so much later.
        case window(Int, offset: Int)
    }

    let text: String
    let parts: [Part]

    /// The words a part may begin with; a column's name alone is its value without accents.
    static let names = [
        "exact", "fold", "given", "surname", "ends", "initials", "letters", "year", "month", "day", "date", "prefix",
        "suffix",
        "phonetic", "digits", "window",
    ]

    /// - Throws: ``SettingsError`` naming what is wrong.
    init(_ text: String) throws(SettingsError) {
        var parts: [Part] = []
        for conjunct in try Expression(text).conjuncts {
            guard case .test(let name, let arguments, nil) = conjunct else {
                throw Self.problem(
                    text, "chỉ nhận cột và hàm của cột nối bằng &; thay cho “or” hãy ghi thành nhiều quy tắc")
            }
            parts.append(
                Part(
                    function: arguments.isEmpty ? .same(.folded) : try Self.function(name, arguments, of: text),
                    column: arguments.first ?? name))
        }
        self.text = text
        self.parts = parts
    }

    private static func problem(_ rule: String, _ words: String) -> SettingsError {
        SettingsError("quy tắc gom khối “\(rule)”: \(words)")
    }

    private static func function(
        _ name: String, _ arguments: [String], of rule: String
    ) throws(SettingsError) -> Function {
        guard names.contains(name) else {
            throw problem(
                rule,
                "không có hàm “\(name)”"
                    + (Nearest.name(to: name, among: names).map { "; có phải là “\($0)”?" }
                        ?? "; các hàm: \(names.joined(separator: ", "))"))
        }
        func length() throws(SettingsError) -> Int {
            guard arguments.count == 2, let length = Int(arguments[1]), (1...64).contains(length) else {
                throw problem(rule, "\(name) cần một cột và số ký tự từ 1 đến 64, ví dụ \(name)(\(arguments[0]), 4)")
            }
            return length
        }
        switch name {
        case "prefix": return .prefix(try length())
        case "suffix": return .suffix(try length())
        case "window":
            let numbers = arguments.dropFirst().map { Int($0) ?? 0 }
            guard (1...2).contains(numbers.count), (1...1_000).contains(numbers[0]),
                (0..<numbers[0]).contains(numbers.count == 2 ? numbers[1] : 0)
            else {
                throw problem(
                    rule,
                    "window cần một cột, độ rộng (ngày, hoặc phần trăm của số) từ 1 đến 1000 và, nếu có, độ lệch nhỏ hơn độ rộng, ví dụ window(\(arguments[0]), 8, 4)"
                )
            }
            return .window(numbers[0], offset: numbers.count == 2 ? numbers[1] : 0)
        default: break
        }
        guard arguments.count == 1 else { throw problem(rule, "\(name) chỉ nhận một cột") }
        switch name {
        case "digits": return .digits
        case "phonetic": return .phonetic
        case "date": return .date(nil)
        case "fold": return .same(.folded)
        default:
            if let part = DatePart(rawValue: name) { return .date(part) }
            return .same(ValuePart(rawValue: name) ?? .folded)
        }
    }

    /// - Parameter kinds: of the columns, by their names in the settings.
    /// - Throws: ``SettingsError`` for a column that is not there or not of the kind.
    func check(_ kinds: [String: ColumnKind]) throws(SettingsError) {
        for part in parts {
            guard let kind = kinds[part.column] else {
                throw .noColumn(part.column, among: kinds.keys, in: "quy tắc gom khối “\(text)”: ")
            }
            let wanted: [ColumnKind]? =
                switch part.function {
                case .same(.given), .same(.surname), .same(.ends), .same(.initials), .same(.letters):
                    [.personName, .namePart]
                case .date: [.date]
                case .window: [.date, .number]
                case .same, .prefix, .suffix, .digits, .phonetic: nil
                }
            if let wanted, !wanted.contains(kind) {
                throw Self.problem(
                    text,
                    "hàm của “\(part.column)” chỉ dùng cho cột loại \(wanted.map(\.rawValue).joined(separator: ", ")), không phải \(kind.rawValue)"
                )
            }
        }
    }
}
