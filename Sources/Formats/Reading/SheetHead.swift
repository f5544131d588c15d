import Kernel
import Tabular

/// What is known of a sheet before its first row of data.
struct SheetHead {
    let match: HeadingMatch
    let heading: Heading
    /// Rows looked at, the first of data at ``firstRow``.
    let rows: [TableRow]
    let firstRow: Int
    let hasColumnNumbers: Bool
    /// What the labels above the table say, for every row.
    let headValues: [(column: FormatColumn, cell: Cell)]
    /// The encoding of before Unicode that the headings are in.
    let encoding: OldEncoding?

    static let depths = 1...5

    /// - Parameter rows: the first of the sheet.
    /// - Returns: nil where no row reads as the format's heading, with what comes nearest.
    static func find(
        _ rows: [TableRow], sheet: String, format: Format
    ) -> (head: SheetHead?, nearest: (match: HeadingMatch, heading: Heading)?) {
        let table = Table(name: sheet, rows: rows)
        var nearest: (match: HeadingMatch, heading: Heading)?
        let names = ColumnNames(format)
        // A row stands in several headings: its words are made once.
        var words: [String: String] = [:]
        func folded(_ text: String) -> String {
            if let known = words[text] { return known }
            let made = VietnameseWords(text).text
            words[text] = made
            return made
        }
        let encodings =
            [nil]
            + Set(
                rows.prefix(Heading.mostRows).flatMap { row in
                    row.cells.compactMap { OldEncoding.of($0.shown) }
                }
            ).sorted { $0.rawValue < $1.rawValue }
        for encoding in encodings {
            let found = Heading.find(
                in: table, depths: depths, readable: { encoding?.decode($0) ?? $0 }, endsWhenFound: true
            ) { heading -> (meaning: HeadingMatch, score: Int)? in
                guard heading.depth == 1 || heading.own.contains(where: { !$0.isEmpty }),
                    let match = HeadingMatch(
                        paths: heading.paths.map { path in path.map { folded($0) } }, names,
                        numbers: columnNumbers(rows, at: heading.firstRow))
                else { return nil }
                if nearest.map({ match.score > $0.match.score }) ?? true { nearest = (match, heading) }
                return match.missing.isEmpty ? (match, match.score) : nil
            }
            if let found {
                return (SheetHead(found.meaning, found.heading, rows, format, encoding), nearest)
            }
        }
        return (nil, nearest.flatMap { $0.match.columns.count * 2 > format.needed.count ? $0 : nil })
    }

    private init(
        _ match: HeadingMatch, _ heading: Heading, _ rows: [TableRow], _ format: Format, _ encoding: OldEncoding?
    ) {
        (self.match, self.heading, self.rows, self.encoding) = (match, heading, rows, encoding)
        hasColumnNumbers = Self.columnNumbers(rows, at: heading.firstRow) != nil
        firstRow = heading.firstRow + (hasColumnNumbers ? 1 : 0)
        headValues = format.heads.compactMap { head in
            Self.value(of: head.labels, in: rows[..<heading.first], encoding).map { (head.column, $0) }
        }
    }

    /// The form's own numbers of its columns, `A, B, 1, 2 …`, where a row holds nothing else.
    static func columnNumbers(_ rows: [TableRow], at place: Int) -> [String]? {
        guard rows.indices.contains(place) else { return nil }
        var numbers: [String] = []
        var (filled, last, rising) = (0, 0, true)
        for cell in rows[place].cells {
            let text = VietnameseText.tidy(cell.shown).filter { !"()[] ".contains($0) }
            // `7=4x6` is column 7.
            let number = String(text.prefix { $0 != "=" })
            numbers.append(number)
            guard !number.isEmpty else { continue }
            filled += 1
            if let value = Int(number), (1...99).contains(value) {
                if value <= last { rising = false }
                last = value
            } else if number.utf8.count > 1 || !("A"..."H").contains(number) {
                return nil
            }
        }
        return filled >= 3 && rising && last >= 2 ? numbers : nil
    }

    /// The value behind a label, in its cell or the next that holds anything.
    private static func value(
        of labels: [String], in rows: ArraySlice<TableRow>, _ encoding: OldEncoding?
    ) -> Cell? {
        for row in rows {
            for (place, cell) in row.cells.enumerated() where !cell.isBlank {
                let shown = encoding?.decode(cell.shown) ?? cell.shown
                let parts = shown.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
                let words = VietnameseWords(String(parts[0])).text
                if labels.contains(words) {
                    if parts.count > 1, !VietnameseText.tidy(parts[1]).isEmpty {
                        return .text(VietnameseText.tidy(parts[1]))
                    }
                    return row.cells.dropFirst(place + 1).first { !$0.isBlank }
                }
                // `Tháng 09 năm 2026`: a label without a colon.
                if parts.count == 1,
                    let label = labels.filter({ words.hasPrefix($0 + " ") }).max(by: { $0.utf8.count < $1.utf8.count })
                {
                    let rest = VietnameseText.tidy(shown).split(separator: " ").dropFirst(
                        label.split(separator: " ").count)
                    if rest.contains(where: { $0.contains(where: \.isNumber) }) {
                        return .text(rest.joined(separator: " "))
                    }
                }
            }
        }
        return nil
    }
}
