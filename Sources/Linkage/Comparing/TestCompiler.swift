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
            steps.append(LevelStep(try test(conditions[index])))
            index += 1
        }
        return steps
    }

    /// Two or more conditions in a row of one distance of one column, the bounds ever wider.
    private mutating func graded(
        _ conditions: ArraySlice<Condition>
    ) throws(SettingsError) -> (LevelStep, Int)? {
        switch conditions.first {
        case .test(.jaroWinkler(let least), let column):
            var bounds = [least]
            for condition in conditions.dropFirst() {
                guard case .test(.jaroWinkler(let next), column) = condition, next < bounds[bounds.count - 1] else {
                    break
                }
                bounds.append(next)
            }
            guard bounds.count > 1 else { return nil }
            let (limits, widest) = (bounds, bounds[bounds.count - 1])
            let (folded, texts) = try texts(of: column)
            let step = LevelStep(width: limits.count) { left, right in
                let (first, second) = (left[folded], right[folded])
                guard first != 0, second != 0, texts.mayBeSimilar(first, second, least: widest) else {
                    return limits.count
                }
                let similarity = StringDistance.jaroWinkler(texts[first], texts[second])
                return limits.firstIndex { similarity >= $0 } ?? limits.count
            }
            return (step, limits.count)
        case .test(.damerau(let most), let column):
            var bounds = [most]
            for condition in conditions.dropFirst() {
                guard case .test(.damerau(let next), column) = condition, next > bounds[bounds.count - 1] else { break }
                bounds.append(next)
            }
            guard bounds.count > 1 else { return nil }
            let (limits, widest) = (bounds, bounds[bounds.count - 1])
            let (folded, texts) = try texts(of: column)
            let step = LevelStep(width: limits.count) { left, right in
                let (first, second) = (left[folded], right[folded])
                guard first != 0, second != 0, texts.mayBeNear(first, second, most: widest) else {
                    return limits.count
                }
                let distance = StringDistance.damerauLevenshtein(texts[first], texts[second])
                return limits.firstIndex { distance <= $0 } ?? limits.count
            }
            return (step, limits.count)
        default: return nil
        }
    }

    /// Where the folded codes of a column stand in a record, and their texts.
    private mutating func texts(of column: String?) throws(SettingsError) -> (Int, Texts) {
        let place = try position(column)
        columns.insert(place)
        return (data.columns.count + place, data.columns[place].pinned.texts)
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
            let folded = columns.map { data.columns.count + $0 }
            columns.formUnion(before)
            return { left, right in
                for place in folded where left[place] == 0 || right[place] == 0 { return false }
                return !test(left, right)
            }
        case .swapped(let first, let second): return try swapped(first, second)
        case .test(let test, let name):
            let place = try position(name)
            columns.insert(place)
            return try ColumnTestCompiler(column: data.columns[place], place: place, width: data.columns.count).test(
                test)
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
