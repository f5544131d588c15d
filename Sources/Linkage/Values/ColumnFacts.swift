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

    init() {}

    init(_ counts: FactCounts, holdsTaxCodes: Bool) {
        self.holdsTaxCodes = holdsTaxCodes
        checksTaxCodes = counts.wrongTaxCodes * 10 <= counts.taxCodes
        checksPersonalNumbers = counts.wrongPersonalNumbers * 10 <= counts.personalNumbers
        hasBroken =
            checksTaxCodes && counts.wrongTaxCodes > 0 || checksPersonalNumbers && counts.wrongPersonalNumbers > 0
        hasLengths = counts.lengths.count > 1
        hasYearsAlone = counts.yearsAlone > 0
    }
}

/// What ``ColumnFacts`` follow from: counts of distinct values, which may be taken apart and added up.
struct FactCounts {
    var taxCodes = 0
    var wrongTaxCodes = 0
    var personalNumbers = 0
    var wrongPersonalNumbers = 0
    var yearsAlone = 0
    /// How many texts there are of each length.
    var lengths: [Int: Int] = [:]

    init() {}

    /// - Parameter checked: of identifiers, the numbers that carry a check.
    init(_ values: ColumnValues, _ checked: (tax: IdentifierCheck.Checked, personal: IdentifierCheck.Checked)?) {
        if let checked {
            (taxCodes, wrongTaxCodes) = (checked.tax.seen, checked.tax.wrong.count)
            (personalNumbers, wrongPersonalNumbers) = (checked.personal.seen, checked.personal.wrong.count)
            for code in 1..<max(values.texts.count + 1, 1) {
                lengths[values.texts.range(of: UInt32(code)).count, default: 0] += 1
            }
        }
        if values.kind == .date { yearsAlone = values.date.count { $0 != 0 && $0 % 10_000 == 0 } }
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
    }

    mutating func add(_ name: String, _ count: Int) {
        switch name {
        case "tax": taxCodes += count
        case "tax-wrong": wrongTaxCodes += count
        case "personal": personalNumbers += count
        case "personal-wrong": wrongPersonalNumbers += count
        case "years-alone": yearsAlone += count
        default: if let length = Int(name.dropFirst("length ".count)) { lengths[length, default: 0] += count }
        }
    }
}
