/// What holds of a column's values as a whole: how they are read, and which ready-made levels they get, depends on it.
public struct ColumnFacts: Codable, Sendable, Equatable {
    /// Its numbers of ten digits are tax codes: nine in ten carry the right check digit.
    public internal(set) var holdsTaxCodes = false
    /// Its tax codes, its personal numbers are such in nine of ten cases: the others are mistyped.
    var checksTaxCodes = false
    var checksPersonalNumbers = false
    /// One of them fails its check.
    var hasBroken = false
    /// Its texts are of several lengths.
    var hasLengths = false
    /// Of dates: some are a year alone.
    var hasYearsAlone = false
    /// Of dates: nine in ten of the distinct ones, 60 at least, lie within fifteen years. They are of something that happens rather
    /// than of births, and reach another list some days later.
    var isOfEvents = false
    /// Of codes: nine in ten are of five letters and more, as postcodes are; their beginning says something of its own.
    var isLong = false
    /// Of names: words with keystrokes left in them, and what was meant (``Keystrokes``). Empty where all values were at hand.
    var mends: [String: String] = [:]

    init() {}

    init(_ counts: FactCounts, holdsTaxCodes: Bool) {
        self.holdsTaxCodes = holdsTaxCodes
        checksTaxCodes = counts.wrongTaxCodes * 10 <= counts.taxCodes
        checksPersonalNumbers = counts.wrongPersonalNumbers * 10 <= counts.personalNumbers
        hasBroken =
            checksTaxCodes && counts.wrongTaxCodes > 0 || checksPersonalNumbers && counts.wrongPersonalNumbers > 0
        hasLengths = counts.lengths.count > 1
        hasYearsAlone = counts.yearsAlone > 0
        let days = counts.years.values.reduce(0, +)
        isOfEvents = days >= 60 && counts.year(at: days * 19 / 20) - counts.year(at: days / 20) <= 15
        let codes = counts.lengths.values.reduce(0, +)
        isLong = counts.lengths.reduce(0) { $1.key >= 5 ? $0 + $1.value : $0 } * 10 > codes * 9
        mends = counts.words.mends
    }
}

extension ColumnKind {
    /// Whether anything of a column's values as a whole decides how they are read or compared.
    var hasFacts: Bool { self == .identifier || self == .date || self == .code || isName }
}

/// What ``ColumnFacts`` follow from: counts of distinct values, which may be taken apart and added up.
struct FactCounts {
    var taxCodes = 0
    var wrongTaxCodes = 0
    var personalNumbers = 0
    var wrongPersonalNumbers = 0
    var yearsAlone = 0
    /// Of identifiers and codes: how many there are of each length.
    var lengths: [Int: Int] = [:]
    /// Of dates known to the day: how many there are of each year.
    var years: [Int: Int] = [:]
    var words = Keystrokes.WordCounts()

    init() {}

    /// - Parameter pool: distinct names.
    init(wordsOf pool: TextPool) { words.add(pool, beyondSample: true) }

    /// - Parameter checked: of identifiers, the numbers that carry a check.
    init(_ values: ColumnValues, _ checked: (tax: IdentifierCheck.Checked, personal: IdentifierCheck.Checked)?) {
        if let checked {
            (taxCodes, wrongTaxCodes) = (checked.tax.seen, checked.tax.wrong.count)
            (personalNumbers, wrongPersonalNumbers) = (checked.personal.seen, checked.personal.wrong.count)
        }
        // By value, not by text: two workers may have the same text of different values.
        if values.kind == .identifier || values.kind == .code {
            for code in values.folded where code != 0 {
                lengths[values.texts.range(of: code).count, default: 0] += 1
            }
        }
        for date in values.date where date != 0 {
            if date % 10_000 == 0 { yearsAlone += 1 } else { years[Int(date / 10_000), default: 0] += 1 }
        }
    }

    /// The year of the day that stands there when all are in order.
    fileprivate func year(at place: Int) -> Int {
        var before = 0
        for (year, count) in years.sorted(by: { $0.key < $1.key }) {
            before += count
            if before > place { return year }
        }
        return 0
    }

    /// Whether nine in ten of a column's numbers of ten digits, twenty at least, are tax codes.
    static func areTaxCodes(_ numbers: (seen: Int, right: Int)) -> Bool {
        numbers.seen >= 20 && numbers.right * 10 >= numbers.seen * 9
    }

    // MARK: In lines

    /// By name, for a worker's answer; none that is 0.
    var named: [(name: String, count: Int)] {
        [
            ("tax", taxCodes), ("tax-wrong", wrongTaxCodes), ("personal", personalNumbers),
            ("personal-wrong", wrongPersonalNumbers), ("years-alone", yearsAlone),
        ].filter { $0.1 > 0 } + lengths.sorted { $0.key < $1.key }.map { ("length \($0.key)", $0.value) }
            + years.sorted { $0.key < $1.key }.map { ("year \($0.key)", $0.value) } + words.named
    }

    mutating func add(_ name: String, _ count: Int) {
        switch name {
        case "tax": taxCodes += count
        case "tax-wrong": wrongTaxCodes += count
        case "personal": personalNumbers += count
        case "personal-wrong": wrongPersonalNumbers += count
        case "years-alone": yearsAlone += count
        default:
            if name.hasPrefix("length "), let length = Int(name.dropFirst("length ".count)) {
                lengths[length, default: 0] += count
            } else if name.hasPrefix("year "), let year = Int(name.dropFirst("year ".count)) {
                years[year, default: 0] += count
            } else {
                words.add(name, count)
            }
        }
    }
}
