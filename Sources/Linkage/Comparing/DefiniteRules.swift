/// Conditions that decide beside the scores: a pair where one of `sure` holds is a match, one where one of `never` holds is
/// none, whatever it weighs. `never` goes before `sure`.
struct DefiniteRules: Sendable {
    /// In a pattern, above the levels of thirteen comparisons.
    static let sureBit: UInt64 = 1 << 52
    static let neverBit: UInt64 = 1 << 53
    /// What a sure pair weighs at least: a million million to one.
    static let sureWeight = 40.0

    private let settings: LinkSettings
    private let tests: [(bit: UInt64, test: RecordTest)]
    /// Hold the memory that the tests read.
    private let pinned: [PinnedValues]

    /// No rules.
    static let none = DefiniteRules()

    private init() {
        settings = LinkSettings(columns: [:], blocking: [])
        pinned = []
        tests = []
    }

    init(_ settings: LinkSettings, _ data: LinkData) throws(SettingsError) {
        self.settings = settings
        pinned = data.columns.map(\.pinned)
        tests = try Self.tests(settings, data)
    }

    func freshTests(_ data: LinkData) -> [(bit: UInt64, test: RecordTest)] {
        (try? Self.tests(settings, data)) ?? tests
    }

    private static func tests(
        _ settings: LinkSettings, _ data: LinkData
    ) throws(SettingsError) -> [(bit: UInt64, test: RecordTest)] {
        var tests: [(bit: UInt64, test: RecordTest)] = []
        for (bit, rules) in [(sureBit, settings.sure), (neverBit, settings.never)] {
            for rule in rules ?? [] {
                try rule.check(own: nil, kinds: data.kinds)
                var compiler = TestCompiler(data: data, column: nil)
                tests.append((bit, try compiler.test(rule)))
            }
        }
        return tests
    }
}
