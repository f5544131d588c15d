/// Turns conditions into tests over codes. Their columns are there and of the right kinds (``Condition/check(own:kinds:)``).
struct TestCompiler {
    let data: LinkData
    /// The column that conditions without an argument speak of; nil where each names its own.
    let column: Int?
    private(set) var columns: Set<Int> = []

    init(data: LinkData, column: Int?) {
        self.data = data
        self.column = column
    }

    /// The conditions of a comparison's levels in their order; neighbours that ask the same distance become one step.
    mutating func steps(_ conditions: [Condition]) throws(SettingsError) -> [LevelStep] {
        var steps: [LevelStep] = []
        var index = 0
        while index < conditions.count {
            if let (step, width) = try graded(conditions[index...]) {
                steps.append(step)
                index += width
                continue
            }
            steps.append(LevelStep(width: 1, kind: try kind(of: conditions[index])))
            index += 1
        }
        return steps
    }

    /// Of a level that looks at the comparison's own column alone, the test of its values.
    private mutating func kind(of condition: Condition) throws(SettingsError) -> LevelStep.Kind {
        switch condition {
        case .test(let test, let name) where isOwn(name):
            return .values(try own { compiler throws(SettingsError) in try compiler.test(test) })
        case .and(
            .test(.sameDatePart(.year), let first),
            .or(.test(.sameDatePart(.month), let second), .test(.sameDatePart(.day), let third))
        ) where isOwn(first) && isOwn(second) && isOwn(third):
            // Checked with the settings: the column is of days.
            let test = try own { compiler throws(SettingsError) in try compiler.test(.sameDatePart(.year)) }
            guard case .dates(let dates, _) = test else { break }
            return .values(.dates(dates, .sameYearAndOther))
        default: break
        }
        return .records(try test(condition))
    }

    private func isOwn(_ name: String?) -> Bool {
        guard let column else { return false }
        return name.map { data.index(of: $0) == column } ?? true
    }

    private mutating func own(
        _ body: (ColumnTestCompiler) throws(SettingsError) -> ValueTest
    ) throws(SettingsError) -> ValueTest {
        let place = try position(nil)
        columns.insert(place)
        return try body(ColumnTestCompiler(column: data.columns[place]))
    }

    /// Two or more conditions in a row of one distance of the own column, the bounds ever wider.
    private mutating func graded(
        _ conditions: ArraySlice<Condition>
    ) throws(SettingsError) -> (LevelStep, Int)? {
        switch conditions.first {
        case .test(.jaroWinkler(let least), let name) where isOwn(name):
            var bounds = [least]
            for condition in conditions.dropFirst() {
                guard case .test(.jaroWinkler(let next), let other) = condition, isOwn(other),
                    next < bounds[bounds.count - 1]
                else { break }
                bounds.append(next)
            }
            guard bounds.count > 1 else { return nil }
            return (LevelStep(width: bounds.count, kind: .similar(try texts(of: nil).texts, bounds)), bounds.count)
        case .test(.damerau(let most), let name) where isOwn(name):
            var bounds = [most]
            for condition in conditions.dropFirst() {
                guard case .test(.damerau(let next), let other) = condition, isOwn(other),
                    next > bounds[bounds.count - 1]
                else { break }
                bounds.append(next)
            }
            guard bounds.count > 1 else { return nil }
            return (LevelStep(width: bounds.count, kind: .near(try texts(of: nil).texts, bounds)), bounds.count)
        default: return nil
        }
    }

    /// Where the codes of a column stand in a record, and its texts.
    private mutating func texts(of column: String?) throws(SettingsError) -> (place: Int, texts: Texts) {
        let place = try position(column)
        columns.insert(place)
        return (place, data.columns[place].pinned.texts)
    }

    private func position(_ name: String?) throws(SettingsError) -> Int {
        guard let place = name.map({ data.index(of: $0) }) ?? column else {
            throw .noColumn(name ?? "", among: data.columns.map(\.name))
        }
        return place
    }

    mutating func test(_ condition: Condition) throws(SettingsError) -> RecordTest {
        switch condition {
        case .and(let left, let right):
            let (first, second) = (try test(left), try test(right))
            return { first($0, $1) && second($0, $1) }
        case .or(let left, let right):
            let (first, second) = (try test(left), try test(right))
            return { first($0, $1) || second($0, $1) }
        case .not(let inner):
            // What is missing is neither so nor otherwise.
            let before = columns
            columns = []
            let test = try test(inner)
            let places = Array(columns)
            columns.formUnion(before)
            return { left, right in
                for place in places where left[place] == 0 || right[place] == 0 { return false }
                return !test(left, right)
            }
        case .swapped(let first, let second): return try swapped(first, second)
        case .test(let test, let name):
            let place = try position(name)
            columns.insert(place)
            let test = try ColumnTestCompiler(column: data.columns[place]).test(test)
            return { left, right in test.holds(left[place], right[place]) }
        }
    }

    private mutating func swapped(_ one: String, _ other: String) throws(SettingsError) -> RecordTest {
        let (first, firstTexts) = try texts(of: one)
        let (second, secondTexts) = try texts(of: other)
        return { left, right in
            let (a, b) = (left[first], left[second])
            let (c, d) = (right[first], right[second])
            return a != 0 && b != 0 && firstTexts[a].elementsEqual(secondTexts[d])
                && secondTexts[b].elementsEqual(firstTexts[c])
        }
    }
}

extension LinkData {
    /// Of the columns, by their names.
    var kinds: [String: ColumnKind] {
        Dictionary(columns.map { ($0.name, $0.values.kind) }, uniquingKeysWith: { first, _ in first })
    }
}
