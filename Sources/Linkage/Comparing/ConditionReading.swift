import Kernel

extension Condition {
    /// Reads `damerau <= 1 and not exact`, `exact(cccd)`, `jaro-winkler(name) >= 0.9`: names, what they take and their bounds are
    /// checked; whether columns are there and of the right kind only once they are known (``LinkSettings/check()``).
    /// - Throws: ``SettingsError`` naming what is wrong, with the nearest name there is.
    public init(_ text: String) throws(SettingsError) {
        try self.init(Expression(text), in: text)
    }

    init(_ expression: Expression, in text: String) throws(SettingsError) {
        switch expression {
        case .and(let left, let right): self = .and(try Condition(left, in: text), try Condition(right, in: text))
        case .or(let left, let right): self = .or(try Condition(left, in: text), try Condition(right, in: text))
        case .not(let inner): self = .not(try Condition(inner, in: text))
        case .test(let name, let arguments, let bound):
            self = try ConditionReading(text: text, name: name, arguments: arguments, bound: bound).condition()
        }
    }
}

/// One test as written, on its way to a value.
private struct ConditionReading {
    let text: String
    let name: ConditionName
    let arguments: [String]
    let bound: Expression.Bound?

    init(text: String, name: String, arguments: [String], bound: Expression.Bound?) throws(SettingsError) {
        self.text = text
        self.arguments = arguments
        self.bound = bound
        guard let known = ConditionName(rawValue: name) else {
            let names = ConditionName.allCases.map(\.rawValue)
            throw SettingsError(
                "“\(text)”: không có điều kiện “\(name)”"
                    + (Nearest.name(to: name, among: names).map { "; có phải là “\($0)”?" }
                        ?? "; nếu đó là tên cột, hãy ghi điều kiện của cột, ví dụ exact(\(name)); các điều kiện: \(names.joined(separator: ", "))")
            )
        }
        self.name = known
    }

    /// The column in brackets; a length may stand there alone.
    private var column: String? {
        if case .length = name.form.argument, arguments.count == 1 { return nil }
        return arguments.first
    }

    private func problem(_ words: String) -> SettingsError { SettingsError("“\(text)”, “\(name.rawValue)”: \(words)") }

    private func checkArguments() throws(SettingsError) {
        switch name.form.argument {
        case .none where arguments.count > 1: throw problem("chỉ nhận một cột trong ngoặc")
        case .length where !(1...2).contains(arguments.count):
            throw problem("cần một cột và số ký tự, ví dụ “\(name.form.example)”")
        case .otherColumn where arguments.count > 2:
            throw problem("nhận nhiều nhất hai cột, ví dụ “\(name.form.example)”")
        case .none, .length, .otherColumn: break
        }
    }

    private func length() throws(SettingsError) -> Int {
        guard let length = arguments.last.flatMap({ Int($0) }), (1...64).contains(length) else {
            throw problem("số ký tự phải từ 1 đến 64, ví dụ “\(name.form.example)”")
        }
        return length
    }

    private func number(behind sign: String) throws(SettingsError) -> Double {
        guard let bound else { throw problem("thiếu ngưỡng, ví dụ “\(name.form.example)”") }
        guard bound.sign == sign else {
            throw problem("dùng dấu “\(sign)”, không dùng “\(bound.sign)”, ví dụ “\(name.form.example)”")
        }
        return bound.number
    }

    private func share(behind sign: String) throws(SettingsError) -> Double {
        let number = try number(behind: sign)
        guard (0...1).contains(number) else { throw problem("ngưỡng phải từ 0 đến 1, ví dụ “\(name.form.example)”") }
        return number
    }

    private func count() throws(SettingsError) -> Int {
        let number = try number(behind: "<=")
        guard number >= 0, let count = Int(exactly: number) else {
            throw problem("ngưỡng phải là số nguyên từ 0, ví dụ “\(name.form.example)”")
        }
        return count
    }

    func condition() throws(SettingsError) -> Condition {
        try checkArguments()
        if case .none = name.form.bound, bound != nil {
            throw problem("không có ngưỡng; hãy bỏ phần so sánh với số")
        }
        if case .otherColumn = name.form.argument, arguments.count == 2 { return .swapped(arguments[0], arguments[1]) }
        return .test(try test(), of: column)
    }

    private func test() throws(SettingsError) -> ColumnTest {
        switch name {
        case .exact: return .same(.exact)
        case .folded: return .same(.folded)
        case .given: return .same(.given)
        case .surname: return .same(.surname)
        case .ends: return .same(.ends)
        case .initials: return .same(.initials)
        case .letters: return .same(.letters)
        case .contained: return .contained
        case .abbreviated: return .abbreviated
        case .cutOff: return .cutOff
        case .jaroWinkler: return .jaroWinkler(least: try share(behind: ">="))
        case .damerau: return .damerau(most: try count())
        case .tokens: return .tokens(least: try share(behind: ">="))
        case .shares: return .sharedWord
        case .prefix: return .samePrefix(try length())
        case .suffix: return .sameSuffix(try length())
        case .local: return .sameMailbox
        case .shorter: return .otherLength
        case .broken: return .failsCheck
        case .swapped: return .dayAndMonthSwapped
        case .year: return .sameDatePart(.year)
        case .month: return .sameDatePart(.month)
        case .day: return .sameDatePart(.day)
        case .yearOnly: return .yearAlone
        case .years: return .apart(.year, most: try count())
        case .months: return .apart(.month, most: try count())
        case .days: return .apart(.day, most: try count())
        case .within: return .within(share: try share(behind: "<="))
        case .neighbour: return .neighbours
        case .successor: return .successors
        }
    }
}

extension Condition {
    /// Whether its columns are there and hold what it asks of them.
    /// - Parameters:
    ///   - own: the comparison's column; nil where each test must name its own.
    ///   - kinds: of the columns, by their names in the settings.
    /// - Throws: ``SettingsError`` for the first that are not.
    func check(own: String?, kinds: [String: ColumnKind]) throws(SettingsError) {
        func kind(_ column: String) throws(SettingsError) -> ColumnKind {
            guard let kind = kinds[column] else { throw .noColumn(column, among: kinds.keys, in: "“\(self)”: ") }
            return kind
        }
        switch self {
        case .and(let left, let right), .or(let left, let right):
            try left.check(own: own, kinds: kinds)
            try right.check(own: own, kinds: kinds)
        case .not(let inner): try inner.check(own: own, kinds: kinds)
        case .swapped(let first, let second): _ = (try kind(first), try kind(second))
        case .test(let test, let column):
            guard let column = column ?? own else {
                throw SettingsError(
                    "“\(self)”: hãy ghi cột trong ngoặc, ví dụ “\(test.written(kinds.keys.min() ?? "name"))”")
            }
            try test.check(column, try kind(column))
        }
    }
}

extension ColumnTest {
    /// - Throws: ``SettingsError`` where nothing of the kind can be asked this.
    func check(_ column: String, _ kind: ColumnKind) throws(SettingsError) {
        guard let kinds, !kinds.contains(kind) else { return }
        throw SettingsError(
            "“\(written(column))”: chỉ dùng cho cột loại \(kinds.map(\.rawValue).joined(separator: ", ")); “\(column)” là cột loại \(kind.rawValue)"
        )
    }
}
