import Testing

/// `docs/asvs.md` against the standard's list of items.
@Suite
struct SecurityStandardTests {
    /// Of ASVS 4.0.3 the items of level 2, by section; given-up ones and those of level 3 alone left out.
    static let sections: [(section: String, items: [Int])] = [
        ("1.1", Array(1...7)), ("1.2", Array(1...4)), ("1.4", [1, 4, 5]), ("1.5", Array(1...4)), ("1.6", Array(1...4)),
        ("1.7", [1, 2]), ("1.8", [1, 2]), ("1.9", [1, 2]), ("1.10", [1]), ("1.11", [1, 2]), ("1.12", [2]),
        ("1.14", Array(1...6)), ("2.1", Array(1...12)), ("2.2", [1, 2, 3]), ("2.3", [1, 2, 3]), ("2.4", Array(1...5)),
        ("2.5", Array(1...7)), ("2.6", [1, 2, 3]), ("2.7", Array(1...6)), ("2.8", Array(1...7)), ("2.9", [1, 2, 3]),
        ("2.10", Array(1...4)), ("3.1", [1]), ("3.2", Array(1...4)), ("3.3", Array(1...4)), ("3.4", Array(1...5)),
        ("3.5", [1, 2, 3]), ("3.7", [1]), ("4.1", [1, 2, 3, 5]), ("4.2", [1, 2]), ("4.3", [1, 2, 3]),
        ("5.1", Array(1...5)), ("5.2", Array(1...8)), ("5.3", Array(1...10)), ("5.4", [1, 2, 3]), ("5.5", Array(1...4)),
        ("6.1", [1, 2, 3]), ("6.2", Array(1...6)), ("6.3", [1, 2]), ("6.4", [1, 2]), ("7.1", Array(1...4)),
        ("7.2", [1, 2]), ("7.3", [1, 3, 4]), ("7.4", [1, 2, 3]), ("8.1", Array(1...4)), ("8.2", [1, 2, 3]),
        ("8.3", Array(1...8)), ("9.1", [1, 2, 3]), ("9.2", Array(1...4)), ("10.2", [1, 2]), ("10.3", [1, 2, 3]),
        ("11.1", Array(1...8)), ("12.1", [1, 2, 3]), ("12.2", [1]), ("12.3", Array(1...6)), ("12.4", [1, 2]),
        ("12.5", [1, 2]), ("12.6", [1]), ("13.1", [1, 3, 4, 5]), ("13.2", [1, 2, 3, 5, 6]), ("13.3", [1, 2]),
        ("13.4", [1, 2]), ("14.1", Array(1...4)), ("14.2", Array(1...6)), ("14.3", [2, 3]), ("14.4", Array(1...7)),
        ("14.5", Array(1...4)),
    ]
    static let states = ["met", "in part", "not met", "who runs it", "not applicable"]

    @Test
    func `each item of level 2 stands once, with its state and where or why`() throws {
        let text = try Repository.text("docs/asvs.md")
        let rows = text.split(separator: "\n").compactMap {
            $0.wholeMatch(of: /\| ([0-9.]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|/)
        }
        #expect(
            rows.map { String($0.1) }
                == Self.sections.flatMap { section in section.items.map { "\(section.section).\($0)" } })
        for row in rows { #expect(Self.states.contains(String(row.3)), "\(row.1)") }
        let counts = Self.states.map { state in rows.filter { $0.3 == state }.count }
        let told = try #require(
            text.firstMatch(
                of:
                    /Of ([0-9]+) items: ([0-9]+) met, ([0-9]+) in part, ([0-9]+) not met, ([0-9]+) for who runs it, ([0-9]+) not applicable/
            ))
        #expect([told.2, told.3, told.4, told.5, told.6].map { Int($0) } == counts && Int(told.1) == rows.count)
    }
}
