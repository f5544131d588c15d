/// A test of two records, each a row of codes.
typealias RecordTest = @Sendable (UnsafePointer<UInt32>, UnsafePointer<UInt32>) -> Bool

/// A comparison ready to run: the level of two records. Level 0 is “one side is missing”, the last is “none of the others”.
struct Comparison: Sendable {
    struct Level: Sendable {
        /// As written in the settings.
        let condition: String
        /// What agreement at this level is common or rare in; nil when frequency does not count.
        let frequency: Feature?
        /// When the level is the equality of a feature and contains the levels above it, its chance among strangers follows
        /// from the counts of values.
        let equality: Feature?
    }

    let name: String
    /// Position of the main column.
    let column: Int
    /// Positions of all columns the levels speak of.
    let columns: Set<Int>
    /// Without the missing and the “else” level.
    let levels: [Level]
    private let folded: Address<UInt32>
    private let tests: [RecordTest]
    private let settings: ComparisonSettings
    /// Holds the memory that the tests read.
    private let pinned: [PinnedValues]

    /// How many levels there are in all, the missing and the last one among them.
    var count: Int { levels.count + 2 }

    /// Part of what a value reads as.
    enum Feature: String, Sendable {
        case marked, folded, ends, given, surname, initials
    }

    init(_ settings: ComparisonSettings, data: LinkData) throws(SettingsError) {
        guard let column = data.index(of: settings.column) else {
            throw SettingsError(
                "comparison \(settings.name): there is no column “\(settings.column)” in the settings"
                    + (Nearest.name(to: settings.column, among: data.columns.map(\.name)).map {
                        "; did you mean “\($0)”?"
                    } ?? ""))
        }
        let written = settings.levels ?? ComparisonSettings.levels(for: data.columns[column].values.kind)
        guard !written.isEmpty, written.count <= 12 else {
            throw SettingsError("comparison \(settings.name): give 1 to 12 levels")
        }
        var levels: [Level] = []
        var tests: [RecordTest] = []
        var columns: Set<Int> = [column]
        for level in written {
            let expression = try Expression(level.when)
            var compiler = TestCompiler(data: data, comparison: settings.name, column: column)
            tests.append(try compiler.test(expression))
            columns.formUnion(compiler.columns)
            var feature: Feature?
            if case .test(let name, let arguments, nil) = expression,
                arguments.isEmpty || arguments == [settings.column]
            {
                feature =
                    [
                        "exact": .marked, "folded": .folded, "ends": .ends, "given": .given, "surname": .surname,
                        "initials": .initials,
                    ][name]
                if name == "contained" { feature = .ends }
            }
            let isEquality = feature != nil && !level.when.hasPrefix("contained")
            let rarity: Feature? = feature == .marked ? .folded : feature
            levels.append(
                Level(
                    condition: level.when, frequency: level.frequency == true ? rarity ?? .folded : nil,
                    equality: isEquality ? feature : nil))
        }
        name = settings.name
        self.column = column
        self.columns = columns
        self.levels = levels
        self.tests = tests
        folded = data.columns[column].pinned.folded
        self.settings = settings
        pinned = data.columns.map(\.pinned)
    }

    /// The tests anew, for one core alone.
    fileprivate func freshTests(_ data: LinkData) -> [RecordTest] {
        (try? Comparison(settings, data: data))?.tests ?? tests
    }

    fileprivate var head: PatternReader.Head { .init(column: column, folded: folded, tests: tests.count) }
}

/// Works out the agreement patterns of pairs, on one core: each has a reader of its own, because calling a test counts the
/// references to it, and cores that share tests would wait for each other.
struct PatternReader {
    fileprivate struct Head {
        let column: Int
        let folded: Address<UInt32>
        let tests: Int
    }

    private let heads: [Head]
    private let tests: [RecordTest]
    /// Hold the memory that the tests read.
    private let comparisons: [Comparison]

    init(_ comparisons: [Comparison], _ data: LinkData) {
        self.comparisons = comparisons
        heads = comparisons.map(\.head)
        tests = comparisons.flatMap { $0.freshTests(data) }
    }

    /// The levels of all comparisons, four bits each, the first lowest. Level 0 is “one side is missing”, the last is “none of
    /// the others”.
    @inline(__always)
    func pattern(_ left: UnsafePointer<UInt32>, _ right: UnsafePointer<UInt32>) -> UInt64 {
        heads.withUnsafeBufferPointer { heads in
            tests.withUnsafeBufferPointer { tests in
                var pattern: UInt64 = 0
                var shift: UInt64 = 0
                var first = 0
                for head in heads {
                    var level = 0
                    if head.folded[left[head.column]] != 0, head.folded[right[head.column]] != 0 {
                        while level < head.tests, !tests[first + level](left, right) { level += 1 }
                        level += 1
                    }
                    pattern |= UInt64(level) << shift
                    shift += 4
                    first += head.tests
                }
                return pattern
            }
        }
    }
}

/// Turns conditions into tests over codes.
struct TestCompiler {
    let data: LinkData
    let comparison: String
    let column: Int
    private(set) var columns: Set<Int> = []

    init(data: LinkData, comparison: String, column: Int) {
        self.data = data
        self.comparison = comparison
        self.column = column
    }

    mutating func test(_ expression: Expression) throws(SettingsError) -> RecordTest {
        switch expression {
        case .and(let left, let right):
            let (first, second) = (try test(left), try test(right))
            return { first($0, $1) && second($0, $1) }
        case .or(let left, let right):
            let (first, second) = (try test(left), try test(right))
            return { first($0, $1) || second($0, $1) }
        case .not(let inner):
            let test = try test(inner)
            return { !test($0, $1) }
        case .test(let name, let arguments, let bound): return try test(name, arguments, bound)
        }
    }

    private mutating func test(_ name: String, _ arguments: [String], _ bound: Double?) throws(SettingsError)
        -> RecordTest
    {
        func problem(_ text: String) -> SettingsError { SettingsError("comparison \(comparison), “\(name)”: \(text)") }
        let found = arguments.first.map { data.index(of: $0) } ?? column
        guard let place = found else {
            let argument = arguments.first ?? ""
            throw problem(
                "there is no column “\(argument)”"
                    + (Nearest.name(to: argument, among: data.columns.map(\.name)).map { "; did you mean “\($0)”?" }
                        ?? ""))
        }
        columns.insert(place)
        let values = data.columns[place].pinned
        func equality(_ feature: Address<UInt32>) -> RecordTest {
            { left, right in
                let code = feature[left[place]]
                return code != 0 && code == feature[right[place]]
            }
        }
        func limit() throws(SettingsError) -> Double {
            guard let bound else { throw problem("wants a bound, as in “\(name) >= 0.9” or “\(name) <= 1”") }
            return bound
        }
        func named(_ feature: Address<UInt32>?) throws(SettingsError) -> RecordTest {
            guard let feature else { throw problem("wants a column of the kind person-name or name-part") }
            return equality(feature)
        }
        func dated(_ test: @escaping @Sendable (Int32, Int32) -> Bool) throws(SettingsError) -> RecordTest {
            guard let dates = values.date else { throw problem("wants a column of the kind date") }
            return { left, right in
                let (first, second) = (dates[left[place]], dates[right[place]])
                return first != 0 && second != 0 && test(first, second)
            }
        }
        func texts(
            _ test: @escaping @Sendable (UnsafeRawBufferPointer, UnsafeRawBufferPointer) -> Bool
        ) -> RecordTest {
            let (folded, texts) = (values.folded, values.texts)
            return { left, right in
                let (first, second) = (folded[left[place]], folded[right[place]])
                return first != 0 && second != 0 && test(texts[first], texts[second])
            }
        }
        switch name {
        case "exact": return equality(values.marked)
        case "folded": return equality(values.folded)
        case "given": return try named(values.given)
        case "surname": return try named(values.surname)
        case "ends": return try named(values.ends)
        case "initials": return try named(values.initials)
        case "contained": return texts { Self.contained($0, $1) }
        case "jaro-winkler":
            let least = try limit()
            return texts { StringDistance.jaroWinkler($0, $1) >= least }
        case "damerau":
            let most = Int(try limit())
            return texts { abs($0.count - $1.count) <= most && StringDistance.damerauLevenshtein($0, $1) <= most }
        case "tokens":
            let least = try limit()
            return texts { StringDistance.tokenOverlap($0, $1) >= least }
        case "shorter":
            // An old number of another length says nothing against the new one.
            return texts { $0.count != $1.count }
        case "swapped":
            if arguments.count == 2 {
                guard let other = data.index(of: arguments[1]) else {
                    throw problem("there is no column “\(arguments[1])”")
                }
                columns.insert(other)
                let (first, second) = (values.folded, data.columns[other].pinned.folded)
                let (firstTexts, secondTexts) = (values.texts, data.columns[other].pinned.texts)
                return { left, right in
                    let (a, b) = (first[left[place]], second[left[other]])
                    let (c, d) = (first[right[place]], second[right[other]])
                    return a != 0 && b != 0 && firstTexts[a].elementsEqual(secondTexts[d])
                        && secondTexts[b].elementsEqual(firstTexts[c])
                }
            }
            return try dated { first, second in
                first / 10_000 == second / 10_000 && first % 10_000 != 0 && first / 100 % 100 == second % 100
                    && first % 100 == second / 100 % 100
            }
        case "year": return try dated { $0 / 10_000 == $1 / 10_000 }
        case "month": return try dated { $0 / 100 % 100 == $1 / 100 % 100 && $0 / 100 % 100 != 0 }
        case "day": return try dated { $0 % 100 == $1 % 100 && $0 % 100 != 0 }
        case "year-only": return try dated { $0 / 10_000 == $1 / 10_000 && ($0 % 10_000 == 0) != ($1 % 10_000 == 0) }
        case "years":
            let most = Int32(try limit())
            return try dated { abs($0 / 10_000 - $1 / 10_000) <= most }
        case "days":
            let most = Int(try limit())
            return try dated { abs(Self.days($0) - Self.days($1)) <= most }
        case "within":
            let share = try limit()
            guard let numbers = values.number else { throw problem("wants a column of the kind number") }
            return { left, right in
                let (first, second) = (numbers[left[place]], numbers[right[place]])
                return abs(first - second) <= share * max(abs(first), abs(second))
            }
        default:
            let known = [
                "exact", "folded", "given", "surname", "ends", "initials", "contained", "jaro-winkler", "damerau",
                "tokens", "shorter", "swapped", "year", "month", "day", "year-only", "years", "days", "within",
            ]
            throw problem(
                "there is no such condition"
                    + (Nearest.name(to: name, among: known).map { "; did you mean “\($0)”?" }
                        ?? "; known: \(known.joined(separator: ", "))"))
        }
    }

    // MARK: Tests of two folded texts

    /// Whether all words of the shorter name stand in the longer one in their order, first and last word alike: a middle name
    /// was left out.
    private static func contained(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
        let (first, second) = (StringDistance.words(left), StringDistance.words(right))
        let (short, long) = first.count <= second.count ? (first, second) : (second, first)
        let (shortText, longText) = first.count <= second.count ? (left, right) : (right, left)
        guard short.count >= 2 else { return false }
        func equal(_ a: Range<Int>, _ b: Range<Int>) -> Bool {
            a.count == b.count
                && (0..<a.count).allSatisfy { shortText[a.lowerBound + $0] == longText[b.lowerBound + $0] }
        }
        guard equal(short[0], long[0]), equal(short[short.count - 1], long[long.count - 1]) else { return false }
        var next = 1
        for word in short.dropFirst().dropLast() {
            while next < long.count - 1, !equal(word, long[next]) { next += 1 }
            guard next < long.count - 1 else { return false }
            next += 1
        }
        return true
    }

    /// Days of a date, near enough for differences: months of 31 days would count a month's end twice.
    private static func days(_ date: Int32) -> Int {
        let (year, month, day) = (Int(date) / 10_000, max(Int(date) / 100 % 100, 1), max(Int(date) % 100, 1))
        let shifted = month <= 2 ? year - 1 : year
        return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + (153 * (month + (month > 2 ? -3 : 9)) + 2)
            / 5 + day
    }
}
