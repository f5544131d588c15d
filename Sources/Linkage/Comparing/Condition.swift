/// What must hold of two records: one test of a column, or several joined.
///
/// It is read from the small language of the settings (``init(_:)``) and printed back in it (``description``); what is printed reads
/// as the same condition again. The language cannot write a column whose name holds spaces, brackets, commas, `&`, `<`, `>` or is
/// one of its own words; ``Suggestion`` names columns accordingly.
public indirect enum Condition: Hashable, Sendable {
    /// Of a column by its name in the settings; nil speaks of the column that the comparison is about.
    case test(ColumnTest, of: String?)
    /// The values of two columns stand in each other's place: given name and surname.
    case swapped(String, String)
    case and(Condition, Condition)
    case or(Condition, Condition)
    /// Neither this nor its contrary holds where a value is missing.
    case not(Condition)

    /// Of the comparison's own column.
    public static func test(_ test: ColumnTest) -> Condition { .test(test, of: nil) }

    /// The columns it names, from the left.
    var columns: [String] {
        switch self {
        case .test(_, let column): [column].compactMap(\.self)
        case .swapped(let first, let second): [first, second]
        case .and(let left, let right), .or(let left, let right): left.columns + right.columns
        case .not(let inner): inner.columns
        }
    }
}

/// What a single column is tested for. Nothing holds where one of the two values is missing.
public enum ColumnTest: Hashable, Sendable {
    /// The value, or a part of it, is the same.
    case same(ValuePart)
    /// All words of the shorter value, two at least, stand in the longer one in their order, first and last word alike.
    case contained
    /// As many words in both, the last alike, of each other two the one may be the other's first letter.
    case abbreviated
    /// The one begins with the other, which has five letters at least: cut off.
    case cutOff
    /// Jaro–Winkler similarity without accents, in 0...1.
    case jaroWinkler(least: Double)
    /// Edits without accents; a swap of neighbours is one (Damerau–Levenshtein).
    case damerau(most: Int)
    /// The words in common, by all words of both (Jaccard), in 0...1.
    case tokens(least: Double)
    case sharedWord
    /// So many letters at the beginning, at the end.
    case samePrefix(Int), sameSuffix(Int)
    /// What stands before the at sign.
    case sameMailbox
    /// An old number of another length says nothing against the new one.
    case otherLength
    /// A side fails its check digit or form, in a column where nearly all pass.
    case failsCheck
    case dayAndMonthSwapped
    case sameDatePart(DatePart)
    /// Of the same year, one side a year alone.
    case yearAlone
    /// So many years, months, days apart at most.
    case apart(DatePart, most: Int)
    /// So large a share of the greater number apart at most, in 0...1.
    case within(share: Double)
    /// Communes that border on one another; one that went into the other.
    case neighbours, successors
}

/// What of a value is looked at.
public enum ValuePart: String, Hashable, Sendable, CaseIterable {
    /// With its accents.
    case exact
    /// Without case and accents.
    case folded
    /// Of names: the last word, the first, both, the first letters of all words.
    case given, surname, ends, initials
    /// Of names: all letters in the order of the alphabet, the same however the words stand, are joined or split.
    case letters
}

public enum DatePart: String, Hashable, Sendable, CaseIterable {
    case year, month, day
}

extension Condition: CustomStringConvertible {
    public var description: String { written(inside: 0) }

    /// - Parameter level: 0 where everything may stand, 1 on the left of `and`, 2 where only one test may.
    private func written(inside level: Int) -> String {
        switch self {
        case .test(let test, let column): test.written(column)
        case .swapped(let first, let second): "\(ConditionName.swapped.rawValue)(\(first), \(second))"
        case .and(let left, let right):
            bracketed("\(left.written(inside: 1)) and \(right.written(inside: 2))", if: level > 1)
        case .or(let left, let right):
            bracketed("\(left.written(inside: 0)) or \(right.written(inside: 1))", if: level > 0)
        case .not(let inner): "not " + inner.written(inside: 2)
        }
    }

    private func bracketed(_ text: String, if isNeeded: Bool) -> String { isNeeded ? "(\(text))" : text }
}

extension ColumnTest {
    /// As the settings write it.
    func written(_ column: String?) -> String {
        func call(_ more: String...) -> String {
            let arguments = [column].compactMap(\.self) + more
            return name.rawValue + (arguments.isEmpty ? "" : "(\(arguments.joined(separator: ", ")))")
        }
        switch self {
        case .samePrefix(let length), .sameSuffix(let length): return call("\(length)")
        case .jaroWinkler(let least), .tokens(let least): return "\(call()) >= \(Self.plain(least))"
        case .damerau(let most), .apart(_, let most): return "\(call()) <= \(most)"
        case .within(let share): return "\(call()) <= \(Self.plain(share))"
        case .same, .contained, .abbreviated, .cutOff, .sharedWord, .sameMailbox, .otherLength, .failsCheck,
            .dayAndMonthSwapped,
            .sameDatePart, .yearAlone, .neighbours, .successors:
            return call()
        }
    }

    /// `1` rather than `1.0`.
    static func plain(_ number: Double) -> String {
        number == number.rounded() && number.magnitude < 1e6 ? "\(Int(number))" : "\(number)"
    }
}

extension Condition: Codable {
    /// - Throws: `DecodingError` with the place of the condition and, underlying, the ``SettingsError`` of ``init(_:)``.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        do {
            self = try Condition(container.decode(String.self))
        } catch let error as SettingsError {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: error.reason, underlyingError: error))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
