/// Tells what to expect of suggested settings, and which questions are worth asking: each guess is turned round, and what the run
/// would decide otherwise is counted.
struct Questioning {
    let settings: LinkSettings
    let lists: ProfiledLists
    let threads: Int

    /// Records of a side that other answers are tried on.
    private static let most = 10_000
    /// A guess that decides less than this is not asked about.
    private static let least = 0.000_5
    static let questions = 3

    func outlook() async throws -> Outlook {
        try await Linker(settings, threads: threads).outlook(lists.data(settings))
    }

    /// - Parameter outlook: of the settings on all records.
    func questions(_ doubts: [SuggestionDoubt], _ outlook: Outlook) async throws -> [SuggestionQuestion] {
        let rows = rows(outlook)
        func tried(_ settings: LinkSettings) async throws -> Outlook {
            try await Linker(settings, threads: threads).outlook(
                lists.data(settings, leftRows: rows.left, rightRows: rows.right))
        }
        guard !doubts.isEmpty else { return [] }
        let base = try await tried(settings)
        var found: [(worth: Double, question: SuggestionQuestion)] = []
        for doubt in doubts where !doubt.settings.blocking.isEmpty {
            let difference: Double
            do {
                difference = try await tried(doubt.settings).difference(from: base)
            } catch is SettingsError {
                // The other answer cannot be carried out with these columns.
                continue
            }
            guard difference >= Self.least else { continue }
            found.append(
                (
                    difference * doubt.chance,
                    SuggestionQuestion(text: doubt.text, change: doubt.change, difference: difference)
                ))
        }
        // The first ones asked stay first where two are worth the same.
        return found.enumerated().sorted { ($1.element.worth, $0.offset) < ($0.element.worth, $1.offset) }
            .prefix(Self.questions).map(\.element.question)
    }

    /// Some records with all that may be one with them, and as many others; nil for all.
    private func rows(_ outlook: Outlook) -> (left: [Int]?, right: [Int]?) {
        guard let right = lists.right else {
            guard lists.left.rows > Self.most * 2 else { return (nil, nil) }
            var kept = drawn(lists.left)
            for pair in outlook.pairs where kept[pair.left] != kept[pair.right] {
                (kept[pair.left], kept[pair.right]) = (true, true)
            }
            return (kept.indices.filter { kept[$0] }, nil)
        }
        guard lists.left.rows + right.rows > Self.most * 4 else { return (nil, nil) }
        let (small, large) = (drawn(right), drawn(lists.left))
        var partners = large
        for pair in outlook.pairs where small[pair.right] { partners[pair.left] = true }
        return (partners.indices.filter { partners[$0] }, small.indices.filter { small[$0] })
    }

    /// By the ids alone.
    private func drawn(_ profile: FileProfile) -> [Bool] {
        var kept = [Bool](repeating: false, count: profile.rows)
        for row in lists.ids(profile, settings.id).sample(Self.most) { kept[row] = true }
        return kept
    }
}
