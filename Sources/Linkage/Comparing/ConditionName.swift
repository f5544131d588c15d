/// The words that conditions begin with, each with what it takes. `docs/linkage.md` lists them from here (a test compares the two).
public enum ConditionName: String, CaseIterable, Sendable {
    case exact, folded, given, surname, ends, initials, letters, contained, abbreviated
    case cutOff = "cut-off"
    case jaroWinkler = "jaro-winkler"
    case damerau, tokens, shares, prefix, suffix, local, shorter, broken, swapped
    case year, month, day
    case yearOnly = "year-only"
    case years, months, days, within, neighbour, successor

    /// What stands in brackets besides the column.
    enum Argument: Sendable {
        case none
        /// A number of letters, which must be there.
        case length
        /// Another column, or nothing.
        case otherColumn
    }

    /// The number that must follow.
    enum Bound: Sendable {
        case none
        /// From 0 to 1, behind `>=`; behind `<=`.
        case leastShare, mostShare
        /// A whole number from 0, behind `<=`.
        case mostCount
    }

    struct Form: Sendable {
        var argument = Argument.none
        var bound = Bound.none
        /// Kinds of columns it can be asked of; nil for all.
        var kinds: [ColumnKind]?
        /// As one writes it.
        let example: String
        /// When it holds, for the documents.
        let meaning: String
    }

    var form: Form {
        let names: [ColumnKind] = [.personName, .namePart]
        return switch self {
        case .exact: Form(example: "exact", meaning: "equal, accents too where the kind has them")
        case .folded: Form(example: "folded", meaning: "equal without accents")
        case .given: Form(kinds: names, example: "given", meaning: "the last word alike")
        case .surname: Form(kinds: names, example: "surname", meaning: "the first word alike")
        case .ends: Form(kinds: names, example: "ends", meaning: "surname and given name alike")
        case .initials: Form(kinds: names, example: "initials", meaning: "the first letters of all words alike")
        case .letters:
            Form(
                kinds: names, example: "letters",
                meaning: "the same letters: words in another order, joined or split, two neighbours changed round")
        case .abbreviated:
            Form(
                kinds: names, example: "abbreviated",
                meaning: "as many words, the last alike, of the others first letters may stand for the whole")
        case .cutOff:
            Form(example: "cut-off", meaning: "one is the beginning of the other, five letters at least")
        case .contained:
            Form(
                example: "contained",
                meaning:
                    "two words or more, first and last alike, the others of the shorter value in order: a middle name left out"
            )
        case .jaroWinkler:
            Form(
                bound: .leastShare, example: "jaro-winkler >= 0.9", meaning: "Jaro–Winkler similarity, without accents")
        case .damerau:
            Form(
                bound: .mostCount, example: "damerau <= 1",
                meaning: "edits without accents, a swap of neighbours is one")
        case .tokens:
            Form(bound: .leastShare, example: "tokens >= 0.6", meaning: "words in common, by all words of both")
        case .shares: Form(example: "shares", meaning: "a word, or an entry of a list, in common")
        case .prefix: Form(argument: .length, example: "prefix(tax_code, 10)", meaning: "the first letters alike")
        case .suffix: Form(argument: .length, example: "suffix(phone, 6)", meaning: "the last letters alike")
        case .local: Form(example: "local", meaning: "the part before @ alike")
        case .shorter: Form(example: "shorter", meaning: "of different length: old and new numbers")
        case .broken:
            Form(
                kinds: [.identifier], example: "broken",
                meaning: "a side fails its check, where nine in ten of the column pass")
        case .swapped:
            Form(
                argument: .otherColumn, example: "swapped(given, surname)",
                meaning: "two columns in each other's place; of a date alone: day and month")
        case .year: Form(kinds: [.date], example: "year", meaning: "the same year")
        case .month: Form(kinds: [.date], example: "month", meaning: "the same month of any year")
        case .day: Form(kinds: [.date], example: "day", meaning: "the same day of any month")
        case .yearOnly: Form(kinds: [.date], example: "year-only", meaning: "the same year, one side a year alone")
        case .years: Form(bound: .mostCount, kinds: [.date], example: "years <= 1", meaning: "calendar years apart")
        case .months: Form(bound: .mostCount, kinds: [.date], example: "months <= 2", meaning: "calendar months apart")
        case .days: Form(bound: .mostCount, kinds: [.date], example: "days <= 31", meaning: "days apart")
        case .within:
            Form(
                bound: .mostShare, kinds: [.number], example: "within <= 0.1",
                meaning: "apart by that share of the greater number")
        case .neighbour:
            Form(kinds: [.commune], example: "neighbour", meaning: "communes that border on one another (`areas`)")
        case .successor:
            Form(kinds: [.commune], example: "successor", meaning: "one went into the other (`areas`)")
        }
    }
}

extension ColumnTest {
    public var name: ConditionName {
        switch self {
        case .same(.exact): .exact
        case .same(.folded): .folded
        case .same(.given): .given
        case .same(.surname): .surname
        case .same(.ends): .ends
        case .same(.initials): .initials
        case .same(.letters): .letters
        case .contained: .contained
        case .abbreviated: .abbreviated
        case .cutOff: .cutOff
        case .jaroWinkler: .jaroWinkler
        case .damerau: .damerau
        case .tokens: .tokens
        case .sharedWord: .shares
        case .samePrefix: .prefix
        case .sameSuffix: .suffix
        case .sameMailbox: .local
        case .otherLength: .shorter
        case .failsCheck: .broken
        case .dayAndMonthSwapped: .swapped
        case .sameDatePart(.year): .year
        case .sameDatePart(.month): .month
        case .sameDatePart(.day): .day
        case .yearAlone: .yearOnly
        case .apart(.year, _): .years
        case .apart(.month, _): .months
        case .apart(.day, _): .days
        case .within: .within
        case .neighbours: .neighbour
        case .successors: .successor
        }
    }

    /// Kinds of columns it can be asked of; nil for all.
    var kinds: [ColumnKind]? {
        // Two columns may change places whatever they hold; day and month only in a date.
        self == .dayAndMonthSwapped ? [.date] : name.form.kinds
    }
}
