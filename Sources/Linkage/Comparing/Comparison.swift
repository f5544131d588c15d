/// A test of two records, each a row of codes.
typealias RecordTest = @Sendable (UnsafePointer<UInt32>, UnsafePointer<UInt32>) -> Bool

/// A comparison ready to run: the level of two records. Level 0 is “one side is missing”, the last is “none of the others”.
struct Comparison: Sendable {
    struct Level: Sendable {
        let condition: Condition
        /// What agreement at this level is common or rare in; nil when frequency does not count.
        let frequency: ValuePart?
        /// When the level is the equality of a part and contains the levels above it, its chance among strangers follows
        /// from the counts of values.
        let equality: ValuePart?

        /// - Parameter column: the comparison's own.
        init(_ settings: LevelSettings, of column: String) {
            condition = settings.when
            var part: ValuePart?
            var isEquality = false
            if case .test(let test, let named) = settings.when, named == nil || named == column {
                switch test {
                case .same(let same): (part, isEquality) = (same, true)
                // Rare where first and last word together are.
                case .contained: part = .ends
                default: break
                }
            }
            equality = isEquality ? part : nil
            frequency = settings.frequency == true ? (part == .exact ? .folded : part ?? .folded) : nil
        }
    }

    let name: String
    /// Position of the main column.
    let column: Int
    /// Positions of all columns the levels speak of.
    let columns: Set<Int>
    /// Without the missing and the “else” level.
    let levels: [Level]
    private let steps: [LevelStep]
    /// As it runs: with all levels written out.
    let settings: ComparisonSettings
    /// Holds the memory that the tests read.
    private let pinned: [PinnedValues]

    /// How many levels there are in all, the missing and the last one among them.
    var count: Int { levels.count + 2 }

    init(_ settings: ComparisonSettings, data: LinkData) throws(SettingsError) {
        guard let column = data.index(of: settings.column) else {
            throw .noColumn(settings.column, among: data.columns.map(\.name), in: "\(settings.name): ")
        }
        let written =
            settings.levels
            ?? ComparisonSettings.levels(
                for: data.columns[column].values, areas: data.columns[column].pinned.areas)
        // With the levels written out: looking them up again would look through all values again.
        self.settings = ComparisonSettings(name: settings.name, column: settings.column, levels: written)
        try self.settings.check(data.kinds)
        var compiler = TestCompiler(data: data, column: column)
        name = settings.name
        self.column = column
        steps = try compiler.steps(written.map(\.when))
        columns = compiler.columns.union([column])
        levels = written.map { Level($0, of: settings.column) }
        pinned = data.columns.map(\.pinned)
    }

    /// The steps anew, for one core alone.
    fileprivate func freshSteps(_ data: LinkData) -> [LevelStep] {
        (try? Comparison(settings, data: data))?.steps ?? steps
    }

    fileprivate var head: PatternReader.Head {
        .init(column: column, steps: steps.count, isAlone: columns.count == 1)
    }
}

/// A condition, or several neighbouring ones that ask the same distance with falling bounds: worked out together.
struct LevelStep: Sendable {
    enum Kind: Sendable {
        /// Of the comparison's own column.
        case values(ValueTest)
        case similar(Texts, [Double])
        case near(Texts, [Int])
        case records(RecordTest)
    }

    /// How many levels it stands for.
    let width: Int
    let kind: Kind

    /// Which of them holds first, from 0; ``width`` when none does.
    /// - Parameter column: where the comparison's own codes stand.
    func first(_ left: UnsafePointer<UInt32>, _ right: UnsafePointer<UInt32>, _ column: Int) -> Int {
        switch kind {
        case .values(let test): return test.holds(left[column], right[column]) ? 0 : 1
        case .similar(let texts, let bounds):
            let (one, other) = (left[column], right[column])
            guard one != 0, other != 0,
                Texts.Similarity(least: bounds[width - 1]).mayHold(texts.entries[one], texts.entries[other])
            else { return width }
            return Self.level(StringDistance.jaroWinkler(texts[one], texts[other]), bounds)
        case .near(let texts, let bounds):
            let (one, other) = (left[column], right[column])
            guard one != 0, other != 0, texts.mayBeNear(one, other, most: bounds[width - 1]) else { return width }
            return Self.level(texts.distance(one, other, most: bounds[width - 1]), bounds)
        case .records(let test): return test(left, right) ? 0 : 1
        }
    }

    /// Which of falling bounds a similarity reaches first.
    @inline(__always)
    static func level(_ similarity: Double, _ bounds: [Double]) -> Int {
        var level = 0
        while level < bounds.count, similarity < bounds[level] { level += 1 }
        return level
    }

    /// Which of rising bounds a distance keeps first.
    @inline(__always)
    static func level(_ distance: Int, _ bounds: [Int]) -> Int {
        var level = 0
        while level < bounds.count, distance > bounds[level] { level += 1 }
        return level
    }
}

/// Works out the agreement patterns of pairs, on one core: each has a reader of its own, because calling a test counts the
/// references to it, and cores that share tests would wait for each other.
struct PatternReader {
    struct Head {
        let column: Int
        let steps: Int
        /// Whether the level follows from the codes of the column, no other having a say.
        let isAlone: Bool
    }

    let heads: [Head]
    let steps: [LevelStep]
    let rules: [(bit: UInt64, test: RecordTest)]
    /// Hold the memory that the tests read.
    private let comparisons: [Comparison]

    init(_ comparisons: [Comparison], _ definite: DefiniteRules, _ data: LinkData) {
        self.comparisons = comparisons
        heads = comparisons.map(\.head)
        steps = comparisons.flatMap { $0.freshSteps(data) }
        rules = definite.freshTests(data)
    }

    /// The levels of all comparisons, four bits each, the first lowest, and the definite rules that hold
    /// (``DefiniteRules``). Level 0 is “one side is missing”, the last is “none of the others”.
    @inline(__always)
    func pattern(_ left: UnsafePointer<UInt32>, _ right: UnsafePointer<UInt32>) -> UInt64 {
        var pattern: UInt64 = 0
        heads.withUnsafeBufferPointer { heads in
            steps.withUnsafeBufferPointer { steps in
                var shift: UInt64 = 0
                var next = 0
                for head in heads {
                    var level = 0
                    let end = next + head.steps
                    if left[head.column] != 0, right[head.column] != 0 {
                        level = 1
                        var step = next
                        while step < end {
                            let first = steps[step].first(left, right, head.column)
                            level += first
                            if first < steps[step].width { break }
                            step += 1
                        }
                    }
                    pattern |= UInt64(level) << shift
                    shift += 4
                    next = end
                }
            }
        }
        for rule in rules where rule.test(left, right) { pattern |= rule.bit }
        return pattern
    }
}
