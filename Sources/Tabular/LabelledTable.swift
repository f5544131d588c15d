import Kernel

/// A table whose columns are found by what their headings say: title rows above it, in any order of columns.
public struct LabelledTable: Sendable {
    /// A column looked for.
    public struct Wish: Sendable {
        public let key: String
        /// As messages call it.
        public let title: String
        /// Words a heading has, folded; the first phrase that stands in a heading decides. `=` before a phrase wants the
        /// whole heading.
        public let phrases: [String]
        public let required: Bool

        public init(_ key: String, _ title: String, _ phrases: [String], required: Bool = false) {
            self.key = key
            self.title = title
            self.phrases = phrases
            self.required = required
        }

        func fits(_ words: VietnameseWords) -> Bool {
            phrases.contains { phrase in
                phrase.hasPrefix("=") ? words.text == phrase.dropFirst() : words.has(phrase)
            }
        }
    }

    public struct Row: Sendable {
        /// As the file numbers it.
        public let number: Int
        fileprivate let row: TableRow
        fileprivate let columns: [String: Int]

        /// The cell of a column; empty when the table has none of that key.
        public subscript(key: String) -> Cell { columns[key].map { row[$0] } ?? .empty }

        /// A cell's text, tidied.
        public func text(_ key: String) -> String { VietnameseText.tidy(self[key].shown) }

        /// `D`; empty when the table has no such column.
        public func letters(_ key: String) -> String { columns[key].map(columnLetters) ?? "" }
    }

    /// Rows under the heading that are not blank.
    public let rows: [Row]
    /// The keys that were found.
    public let keys: Set<String>

    /// Finds the table among a file's sheets.
    /// - Returns: nil when no row names all required columns.
    public init?(_ file: TableFile, wishes: [Wish]) {
        let required = Set(wishes.filter(\.required).map(\.key))
        var best: (table: Table, heading: Int, columns: [String: Int], score: Int)?
        for table in file.tables {
            for (index, heading) in table.rows.enumerated().prefix(40) {
                var columns: [String: Int] = [:]
                for column in heading.cells.indices {
                    let words = VietnameseWords(heading[column].shown)
                    guard !words.isEmpty else { continue }
                    if let wish = wishes.first(where: { columns[$0.key] == nil && $0.fits(words) }) {
                        columns[wish.key] = column
                    }
                }
                guard required.isSubset(of: columns.keys) else { continue }
                // A title speaks of the same things in one cell; a heading has a cell for each.
                let score = columns.count * 2 + (heading.cells.count { !$0.isBlank } > 1 ? 1 : 0)
                if score > best?.score ?? 0 { best = (table, index, columns, score) }
            }
        }
        guard let best else { return nil }
        keys = Set(best.columns.keys)
        rows = best.table.rows[(best.heading + 1)...].filter { !$0.isBlank }.map {
            Row(number: $0.number, row: $0, columns: best.columns)
        }
    }
}
