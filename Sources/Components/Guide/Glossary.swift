import Kernel

/// The words of the screens that officers ask about, from the table under “Words on screens” in `docs/glossary.md`.
public struct Glossary: Sendable {
    public struct Term: Sendable, Equatable {
        /// In addresses.
        public let slug: String
        public let word: String
        /// Other headings that mean the same.
        public let alsoWritten: [String]
        public let meaning: String
    }

    public let terms: [Term]
    private let byHeading: [String: Int]

    static let heading = "Words on screens"

    /// - Parameter text: of the whole file.
    /// - Throws: ``GuideFault`` when the table is missing or says a word twice.
    public init(_ text: String) throws(GuideFault) {
        let file = "glossary.md"
        let lines = GuideReader.lines(text)
        guard let begin = lines.firstIndex(where: { $0.text == "## \(Self.heading)" }) else {
            throw GuideFault(file: file, line: nil, reason: "there is no part “\(Self.heading)”")
        }
        let own = lines[(begin + 1)...].prefix { !$0.text.hasPrefix("## ") }
        let tables = try GuideReader(file: file).blocks(Array(own)).compactMap { block -> [[[GuideSpan]]]? in
            if case .table(_, let rows) = block { rows } else { nil }
        }
        var terms: [Term] = []
        var byHeading: [String: Int] = [:]
        for row in tables.flatMap({ $0 }) {
            let names = row[0].words.split(separator: ";").map { VietnameseText.tidy($0) }
            guard let word = names.first, let meaning = row.dropFirst().first?.words, !meaning.isEmpty else {
                throw GuideFault(file: file, line: nil, reason: "a word without its meaning: \(row.map(\.words))")
            }
            for name in names {
                guard byHeading.updateValue(terms.count, forKey: Self.key(name)) == nil else {
                    throw GuideFault(file: file, line: nil, reason: "“\(name)” is explained twice")
                }
            }
            terms.append(
                Term(
                    slug: GuideBook.slugOf(word), word: word, alsoWritten: Array(names.dropFirst()), meaning: meaning))
        }
        guard !terms.isEmpty else { throw GuideFault(file: file, line: nil, reason: "no word is explained") }
        self.terms = terms
        self.byHeading = byHeading
    }

    /// Headings are compared with their accents: “Hạn” is not “Hàn”.
    private static func key(_ words: some StringProtocol) -> String { words.lowercased() }

    /// The term that a heading names: all of its words.
    public func term(_ heading: some StringProtocol) -> Term? {
        byHeading[Self.key(heading)].map { terms[$0] }
    }
}
