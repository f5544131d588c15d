/// Turns a test of one column into a test over codes.
struct ColumnTestCompiler {
    let column: LinkData.Column
    /// Where the codes of its values stand in a record.
    let place: Int
    /// Where the codes of its folded texts stand.
    private let folded: Int
    private var values: PinnedValues { column.pinned }

    /// - Parameter width: how many columns a record has.
    init(column: LinkData.Column, place: Int, width: Int) {
        self.column = column
        self.place = place
        folded = width + place
    }

    func test(_ test: ColumnTest) throws(SettingsError) -> RecordTest {
        switch test {
        case .same(let part): return try same(part)
        case .contained:
            let test = texts { TextTests.contained($0, $1) }
            // First and last word must be equal: looked up before any letter is read.
            guard let ends = values.ends else { return test }
            let place = place
            return { left, right in ends[left[place]] == ends[right[place]] && test(left, right) }
        case .abbreviated:
            let test = texts { TextTests.abbreviated($0, $1) }
            // First letters and last word must be equal: looked up before any letter is read.
            guard let given = values.given, let initials = values.initials else { return test }
            let place = place
            return { left, right in
                let (first, second) = (left[place], right[place])
                return given[first] == given[second] && initials[first] == initials[second] && test(left, right)
            }
        case .cutOff:
            return texts { left, right in
                let (short, long) = left.count <= right.count ? (left, right) : (right, left)
                return short.count >= 5 && long.prefix(short.count).elementsEqual(short)
            }
        case .jaroWinkler(let least):
            let (folded, texts) = (folded, values.texts)
            return { left, right in
                let (first, second) = (left[folded], right[folded])
                return first != 0 && second != 0 && texts.mayBeSimilar(first, second, least: least)
                    && StringDistance.jaroWinkler(texts[first], texts[second]) >= least
            }
        case .damerau(let most):
            let (folded, texts) = (folded, values.texts)
            return { left, right in
                let (first, second) = (left[folded], right[folded])
                return first != 0 && second != 0 && texts.mayBeNear(first, second, most: most)
                    && StringDistance.damerauLevenshtein(texts[first], texts[second]) <= most
            }
        case .tokens(let least): return texts { StringDistance.tokenOverlap($0, $1) >= least }
        case .sharedWord: return texts { StringDistance.sharesWord($0, $1) }
        case .samePrefix(let length):
            return texts { left, right in
                left.count >= length && right.count >= length
                    && left.prefix(length).elementsEqual(right.prefix(length))
            }
        case .sameSuffix(let length):
            return texts { left, right in
                left.count >= length && right.count >= length
                    && left.suffix(length).elementsEqual(right.suffix(length))
            }
        case .sameMailbox:
            return texts { left, right in
                // Up to the at sign.
                let (first, second) = (left.prefix { $0 != 64 }, right.prefix { $0 != 64 })
                return first.count > 2 && first.elementsEqual(second)
            }
        case .otherLength: return texts { $0.count != $1.count }
        case .failsCheck:
            let (broken, place) = (try known(values.broken, test), place)
            return { left, right in broken[left[place]] != 0 || broken[right[place]] != 0 }
        case .dayAndMonthSwapped, .sameDatePart, .yearAlone, .apart: return try dated(test)
        case .within(let share):
            let (numbers, place) = (try known(values.number, test), place)
            return { left, right in
                let (first, second) = (numbers[left[place]], numbers[right[place]])
                return abs(first - second) <= share * max(abs(first), abs(second))
            }
        case .neighbours:
            let areas = try known(values.areas, test)
            guard areas.knowsNeighbours else { throw Self.lacksAreas("neighbours") }
            let folded = folded
            return { left, right in areas.areNeighbours(left[folded], right[folded]) }
        case .successors:
            let areas = try known(values.areas, test)
            guard areas.knowsSuccessors else { throw Self.lacksAreas("successors") }
            let folded = folded
            return { left, right in areas.areSuccessors(left[folded], right[folded]) }
        }
    }

    private static func lacksAreas(_ key: String) -> SettingsError {
        SettingsError("cài đặt chưa nêu tệp địa bàn; hãy ghi tệp vào khoá \(key)", at: ["areas"])
    }

    /// - Throws: where values of this kind have no such part; communes without any table of areas.
    private func known<Value>(_ part: Value?, _ test: ColumnTest) throws(SettingsError) -> Value {
        if let part { return part }
        try test.check(column.name, column.values.kind)
        throw Self.lacksAreas(test == .neighbours ? "neighbours" : "successors")
    }

    private func same(_ part: ValuePart) throws(SettingsError) -> RecordTest {
        let (place, folded) = (place, folded)
        func equality(_ codes: Address<UInt32>) -> RecordTest {
            { left, right in
                let code = codes[left[place]]
                return code != 0 && code == codes[right[place]]
            }
        }
        switch part {
        // Where nothing bears marks the two are one.
        case .exact where column.values.kind.isMarked: return equality(values.marked)
        case .exact, .folded: return { left, right in left[folded] != 0 && left[folded] == right[folded] }
        case .given: return equality(try known(values.given, .same(part)))
        case .surname: return equality(try known(values.surname, .same(part)))
        case .ends: return equality(try known(values.ends, .same(part)))
        case .initials: return equality(try known(values.initials, .same(part)))
        case .letters: return equality(try known(values.letters, .same(part)))
        }
    }

    private func texts(
        _ test: @escaping @Sendable (UnsafeRawBufferPointer, UnsafeRawBufferPointer) -> Bool
    ) -> RecordTest {
        let (folded, texts) = (folded, values.texts)
        return { left, right in
            let (first, second) = (left[folded], right[folded])
            return first != 0 && second != 0 && test(texts[first], texts[second])
        }
    }

    private func dated(_ test: ColumnTest) throws(SettingsError) -> RecordTest {
        let dates = try known(values.date, test)
        let place = place
        func holds(_ test: @escaping @Sendable (Int32, Int32) -> Bool) -> RecordTest {
            { left, right in
                let (first, second) = (dates[left[place]], dates[right[place]])
                return first != 0 && second != 0 && test(first, second)
            }
        }
        switch test {
        case .sameDatePart(.year): return holds { $0 / 10_000 == $1 / 10_000 }
        case .sameDatePart(.month): return holds { $0 / 100 % 100 == $1 / 100 % 100 && $0 / 100 % 100 != 0 }
        case .sameDatePart(.day): return holds { $0 % 100 == $1 % 100 && $0 % 100 != 0 }
        case .yearAlone:
            return holds { $0 / 10_000 == $1 / 10_000 && ($0 % 10_000 == 0) != ($1 % 10_000 == 0) }
        case .apart(.year, let most):
            let most = Int32(clamping: most)
            return holds { abs($0 / 10_000 - $1 / 10_000) <= most }
        case .apart(.month, let most):
            let most = Int32(clamping: most)
            return holds { first, second in
                first % 10_000 != 0 && second % 10_000 != 0
                    && abs(first / 10_000 * 12 + first / 100 % 100 - second / 10_000 * 12 - second / 100 % 100) <= most
            }
        case .apart(.day, let most): return holds { abs(TextTests.days($0) - TextTests.days($1)) <= most }
        default:
            // Day and month swapped.
            return holds { first, second in
                first / 10_000 == second / 10_000 && first % 10_000 != 0 && first / 100 % 100 == second % 100
                    && first % 100 == second / 100 % 100
            }
        }
    }
}
