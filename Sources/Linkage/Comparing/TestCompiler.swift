import Kernel

/// Turns conditions into tests over codes.
struct TestCompiler {
    let data: LinkData
    /// Where the condition stands, for messages.
    let place: String
    /// The column that conditions without an argument speak of; nil where each must name its own.
    let column: Int?
    private(set) var columns: Set<Int> = []

    init(data: LinkData, place: String, column: Int?) {
        self.data = data
        self.place = place
        self.column = column
    }

    /// The conditions of a comparison's levels in their order; neighbours that ask the same distance become one step.
    mutating func steps(_ expressions: [Expression]) throws(SettingsError) -> [LevelStep] {
        var steps: [LevelStep] = []
        var index = 0
        while index < expressions.count {
            if let (step, width) = try graded(expressions[index...]) {
                steps.append(step)
                index += width
                continue
            }
            let test = try test(expressions[index])
            steps.append(LevelStep(width: 1) { test($0, $1) ? 0 : 1 })
            index += 1
        }
        return steps
    }

    /// Two or more conditions in a row of one distance of one column, the bounds ever wider.
    private mutating func graded(
        _ expressions: ArraySlice<Expression>
    ) throws(SettingsError) -> (LevelStep, Int)? {
        guard case .test(let name, let arguments, let bound?)? = expressions.first,
            name == "jaro-winkler" || name == "damerau"
        else { return nil }
        if name == "jaro-winkler", !(0...1).contains(bound) {
            throw SettingsError("\(place), “\(name)”: wants a bound from 0 to 1")
        }
        var bounds = [bound]
        for expression in expressions.dropFirst() {
            guard case .test(name, arguments, let next?) = expression, let last = bounds.last,
                name == "damerau" ? next > last : next < last
            else { break }
            bounds.append(next)
        }
        guard bounds.count > 1, arguments.count < 2, let place = try position(name, arguments.first) else { return nil }
        columns.insert(place)
        let values = data.columns[place].pinned
        let (folded, texts, widest, limits) = (
            data.columns.count + place, values.texts, bounds[bounds.count - 1], bounds
        )
        let isSimilarity = name == "jaro-winkler"
        let step = LevelStep(width: limits.count) { left, right in
            let (first, second) = (left[folded], right[folded])
            guard first != 0, second != 0 else { return limits.count }
            let measure: Double
            if isSimilarity {
                guard texts.mayBeSimilar(first, second, least: widest) else { return limits.count }
                measure = -StringDistance.jaroWinkler(texts[first], texts[second])
            } else {
                guard texts.mayBeNear(first, second, most: Int(widest)) else { return limits.count }
                measure = Double(StringDistance.damerauLevenshtein(texts[first], texts[second]))
            }
            return limits.firstIndex { measure <= (isSimilarity ? -$0 : $0) } ?? limits.count
        }
        return (step, limits.count)
    }

    private func position(_ name: String, _ argument: String?) throws(SettingsError) -> Int? {
        guard let argument else { return column }
        guard let found = data.index(of: argument) else {
            throw SettingsError(
                "\(place), “\(name)”: there is no column “\(argument)”"
                    + (Nearest.name(to: argument, among: data.columns.map(\.name)).map { "; did you mean “\($0)”?" }
                        ?? ""))
        }
        return found
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
        case .test(let name, let arguments, let bound): return try test(name, arguments, bound)
        }
    }

    private mutating func test(_ name: String, _ arguments: [String], _ bound: Double?) throws(SettingsError)
        -> RecordTest
    {
        let written = self.place
        func problem(_ text: String) -> SettingsError { SettingsError("\(written), “\(name)”: \(text)") }
        guard let place = try position(name, arguments.first) else {
            let isColumn = data.index(of: name) != nil
            throw problem(
                isColumn
                    ? "is a column; say what must hold of it, as in exact(\(name))"
                    : "name the column it speaks of, as in \(name)(\(data.columns.first?.name ?? "name"))")
        }
        columns.insert(place)
        let values = data.columns[place].pinned
        func equality(_ feature: Address<UInt32>) -> RecordTest {
            { left, right in
                let code = feature[left[place]]
                return code != 0 && code == feature[right[place]]
            }
        }
        let foldedPlace = data.columns.count + place
        func foldedEquality() -> RecordTest {
            { left, right in left[foldedPlace] != 0 && left[foldedPlace] == right[foldedPlace] }
        }
        func limit() throws(SettingsError) -> Double {
            guard let bound else { throw problem("wants a bound, as in “\(name) >= 0.9” or “\(name) <= 1”") }
            if name == "jaro-winkler" || name == "tokens", !(0...1).contains(bound) {
                throw problem("wants a bound from 0 to 1")
            }
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
            let (folded, texts) = (data.columns.count + place, values.texts)
            return { left, right in
                let (first, second) = (left[folded], right[folded])
                return first != 0 && second != 0 && test(texts[first], texts[second])
            }
        }
        switch name {
        // Where nothing bears marks the two are one.
        case "exact" where !data.columns[place].values.kind.isMarked: return foldedEquality()
        case "exact": return equality(values.marked)
        case "folded": return foldedEquality()
        case "given": return try named(values.given)
        case "surname": return try named(values.surname)
        case "ends": return try named(values.ends)
        case "initials": return try named(values.initials)
        case "contained":
            let test = texts { TextTests.contained($0, $1) }
            // First and last word must be equal: looked up before any letter is read.
            guard let ends = values.ends else { return test }
            return { left, right in ends[left[place]] == ends[right[place]] && test(left, right) }
        case "jaro-winkler":
            let least = try limit()
            let (folded, texts) = (data.columns.count + place, values.texts)
            return { left, right in
                let (first, second) = (left[folded], right[folded])
                return first != 0 && second != 0 && texts.mayBeSimilar(first, second, least: least)
                    && StringDistance.jaroWinkler(texts[first], texts[second]) >= least
            }
        case "damerau":
            let most = Int(try limit())
            let (folded, texts) = (data.columns.count + place, values.texts)
            return { left, right in
                let (first, second) = (left[folded], right[folded])
                return first != 0 && second != 0 && texts.mayBeNear(first, second, most: most)
                    && StringDistance.damerauLevenshtein(texts[first], texts[second]) <= most
            }
        case "tokens":
            let least = try limit()
            return texts { StringDistance.tokenOverlap($0, $1) >= least }
        case "shares":
            return texts { StringDistance.sharesWord($0, $1) }
        case "prefix", "suffix":
            guard arguments.count == 2, let length = Int(arguments[1]), (1...64).contains(length) else {
                throw problem("wants a column and a length, as in \(name)(\(data.columns[place].name), 4)")
            }
            return texts { left, right in
                guard left.count >= length, right.count >= length else { return false }
                return name == "prefix"
                    ? left.prefix(length).elementsEqual(right.prefix(length))
                    : left.suffix(length).elementsEqual(right.suffix(length))
            }
        case "local":
            // What stands before the at sign.
            return texts { left, right in
                let (first, second) = (left.prefix { $0 != 64 }, right.prefix { $0 != 64 })
                return first.count > 2 && first.elementsEqual(second)
            }
        case "broken":
            guard let broken = values.broken else { throw problem("wants a column of the kind identifier") }
            return { left, right in broken[left[place]] != 0 || broken[right[place]] != 0 }
        case "neighbour", "successor":
            guard let areas = values.areas else { throw problem("wants a column of the kind commune") }
            guard name == "neighbour" ? areas.knowsNeighbours : areas.knowsSuccessors else {
                throw problem("the settings name no file of \(name)s; give one under “areas”")
            }
            let folded = data.columns.count + place
            if name == "neighbour" {
                return { left, right in areas.areNeighbours(left[folded], right[folded]) }
            }
            return { left, right in areas.areSuccessors(left[folded], right[folded]) }
        case "shorter":
            // An old number of another length says nothing against the new one.
            return texts { $0.count != $1.count }
        case "swapped":
            if arguments.count == 2 {
                guard let other = data.index(of: arguments[1]) else {
                    throw problem("there is no column “\(arguments[1])”")
                }
                columns.insert(other)
                let (first, second) = (data.columns.count + place, data.columns.count + other)
                let (firstTexts, secondTexts) = (values.texts, data.columns[other].pinned.texts)
                return { left, right in
                    let (a, b) = (left[first], left[second])
                    let (c, d) = (right[first], right[second])
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
        case "months":
            let most = Int32(try limit())
            return try dated { first, second in
                first % 10_000 != 0 && second % 10_000 != 0
                    && abs(first / 10_000 * 12 + first / 100 % 100 - second / 10_000 * 12 - second / 100 % 100) <= most
            }
        case "days":
            let most = Int(try limit())
            return try dated { abs(TextTests.days($0) - TextTests.days($1)) <= most }
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
                "tokens", "shares", "prefix", "suffix", "local", "shorter", "broken", "swapped", "year", "month", "day",
                "year-only", "years", "months", "days", "within", "neighbour", "successor",
            ]
            throw problem(
                "there is no such condition"
                    + (Nearest.name(to: name, among: known).map { "; did you mean “\($0)”?" }
                        ?? "; known: \(known.joined(separator: ", "))"))
        }
    }
}
