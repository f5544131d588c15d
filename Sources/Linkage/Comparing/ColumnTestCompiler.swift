/// Turns a test of one column into a test over the codes of its values.
struct ColumnTestCompiler {
    let column: LinkData.Column
    private var values: PinnedValues { column.pinned }
    private var texts: Texts { values.texts }

    func test(_ test: ColumnTest) throws(SettingsError) -> ValueTest {
        switch test {
        case .same(.exact) where column.tellsMarks: return .sameValue
        case .same(.folded) where !column.values.kind.isMarked: return .sameValue
        case .same(let part): return try .same(codes(of: part))
        case .contained: return .contained(texts, ends: values.ends)
        case .abbreviated: return .abbreviated(texts, given: values.given, initials: values.initials)
        case .cutOff: return .cutOff(texts)
        case .jaroWinkler(let least): return .similar(texts, least: least)
        case .damerau(let most): return .near(texts, most: most)
        case .tokens(let least): return .tokens(texts, least: least)
        case .sharedWord: return .sharedWord(texts)
        case .samePrefix(let length): return .samePrefix(texts, length)
        case .sameSuffix(let length): return .sameSuffix(texts, length)
        case .sameMailbox: return .sameMailbox(texts)
        case .otherLength: return .otherLength(texts)
        case .failsCheck: return .failsCheck(try known(values.broken, test))
        case .sameDatePart(.year): return try dates(test, .sameYear)
        case .sameDatePart(.month): return try dates(test, .sameMonth)
        case .sameDatePart(.day): return try dates(test, .sameDay)
        case .yearAlone: return try dates(test, .yearAlone)
        case .dayAndMonthSwapped: return try dates(test, .swapped)
        case .apart(let part, let most): return try dates(test, .apart(part, most: Int32(clamping: most)))
        case .within(let share): return .within(try known(values.number, test), share: share)
        case .neighbours:
            let areas = try known(values.areas, test)
            guard areas.knowsNeighbours else { throw Self.lacksAreas("neighbours") }
            return .areas(values.folded, areas, neighbours: true)
        case .successors:
            let areas = try known(values.areas, test)
            guard areas.knowsSuccessors else { throw Self.lacksAreas("successors") }
            return .areas(values.folded, areas, neighbours: false)
        }
    }

    private func dates(_ test: ColumnTest, _ dated: DateTest) throws(SettingsError) -> ValueTest {
        .dates(try known(values.date, test), dated)
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

    private func codes(of part: ValuePart) throws(SettingsError) -> Address<UInt32> {
        switch part {
        // Where nothing bears marks the two are one.
        case .exact: values.marked
        case .folded: values.folded
        case .given: try known(values.given, .same(part))
        case .surname: try known(values.surname, .same(part))
        case .ends: try known(values.ends, .same(part))
        case .initials: try known(values.initials, .same(part))
        case .letters: try known(values.letters, .same(part))
        }
    }
}
