import Kernel

/// A table whose columns are found by what their headings say: title rows above it, in any order of columns, with headings of
/// up to three rows.
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
        /// Whether numbers are read from it: of two columns that could be meant neither is taken.
        public let isFigure: Bool

        public init(
            _ key: String, _ title: String, _ phrases: [String], required: Bool = false, isFigure: Bool = false
        ) {
            self.key = key
            self.title = title
            self.phrases = phrases
            self.required = required
            self.isFigure = isFigure
        }

        func fits(_ words: VietnameseWords) -> Bool {
            phrases.contains { phrase in
                phrase.utf8.first == UInt8(ascii: "=")
                    ? words.text.utf8.elementsEqual(phrase.utf8.dropFirst()) : words.has(phrase)
            }
        }
    }

    /// Why a file's table cannot be read by its headings.
    public enum Fault: Error, Sendable, Equatable {
        /// No row names all required columns.
        case noHeading
        /// Two columns that could be meant, by their letters and titles.
        case doubled(wish: String, columns: [String], row: Int)

        /// In Vietnamese, with the remedy.
        public func words(noHeading: String) -> String {
            switch self {
            case .noHeading: noHeading
            case .doubled(let wish, let columns, let row):
                "Dòng \(row): không rõ cột nào là “\(wish)”: \(columns.joined(separator: " hay ")). Hãy xóa hoặc đổi tên cột không dùng."
            }
        }
    }

    public struct Row: Sendable {
        /// As the file numbers it.
        public let number: Int
        fileprivate let row: TableRow
        fileprivate let columns: [String: Int]
        fileprivate let titles: [Int: String]
        private let shifted: ShiftedRows?

        fileprivate init(
            _ row: TableRow, _ columns: [String: Int], _ titles: [Int: String], _ shifted: ShiftedRows?
        ) {
            number = row.number
            self.row = row
            self.columns = columns
            self.titles = titles
            self.shifted = shifted
        }

        /// The cell of a column; empty when the table has none of that key.
        public subscript(key: String) -> Cell { columns[key].map { row[$0] } ?? .empty }

        /// A cell's text, tidied; empty for an error, which ``problems`` names.
        public func text(_ key: String) -> String {
            switch self[key] {
            case .failed, .uncomputed: ""
            case let cell: VietnameseText.tidy(cell.shown)
            }
        }

        /// `D`; empty when the table has no such column.
        public func letters(_ key: String) -> String { columns[key].map(columnLetters) ?? "" }

        /// A note on a cell.
        public func note(_ key: String, _ message: String, value: String? = nil) -> CellNote {
            CellNote(
                row: number, column: letters(key), heading: columns[key].flatMap { titles[$0] } ?? "",
                value: String((value ?? self[key].shown).prefix(80)), message: message)
        }

        /// What keeps the whole row from being taken: cells that stand in other columns than they should, errors of formulas
        /// where a text is wanted.
        public func problems(texts: [String]) -> [CellNote] {
            var problems: [CellNote] = []
            if let (column, message) = shifted?.problem(of: row) {
                problems.append(
                    CellNote(
                        row: number, column: columnLetters(column), heading: titles[column] ?? "",
                        value: String(row[column].shown.prefix(80)), message: message))
            }
            for key in texts {
                switch self[key] {
                case .failed: problems.append(note(key, "là lỗi của công thức; hãy sửa công thức hoặc dán giá trị"))
                case .uncomputed:
                    problems.append(
                        note(
                            key, "là công thức chưa có kết quả trong tệp; hãy mở bằng Excel, lưu lại, hoặc dán giá trị")
                    )
                default: break
                }
            }
            return problems
        }

        /// Reads a number of people; what is wrong with it is added to `problems`.
        /// - Parameter missing: what an empty cell is told; nil where it may stay empty.
        public func people(_ key: String, missing: String? = nil, problems: inout [CellNote]) -> Int? {
            guard columns[key] != nil else { return nil }
            switch PeopleCell(self[key]) {
            case .people(let people), .repaired(let people, _): return people
            case .missing:
                if let missing { problems.append(note(key, missing, value: "")) }
            case .wrong(let message): problems.append(note(key, message))
            }
            return nil
        }
    }

    /// Rows under the heading that are not blank.
    public let rows: [Row]
    /// The keys that were found.
    public let keys: Set<String>

    /// Words over columns that are never meant where a number of people is wanted: rates, changes, what has been reached.
    private static let foreign = ["ty le", "ti le", "%", "phan tram", "tang", "giam", "so voi", "cung ky", "luy ke"]

    /// Words that leave it to the rows above what is counted.
    private static let plain: Set<String> = ["so nguoi", "nguoi", "so luong", "so tham gia", "gia tri"]

    private struct Found {
        var columns: [String: Int] = [:]
        var doubled: [String: [Int]] = [:]
    }

    /// Finds the table among a file's sheets.
    /// - Parameters:
    ///   - year: that the numbers are of: columns that name another are passed over, those that name it come before those
    ///     that name none.
    ///   - never: further words over columns of numbers that are not meant.
    public init(
        _ file: TableFile, wishes: [Wish], year: Int? = nil, never: [String] = []
    ) throws(Fault) {
        let required = Set(wishes.filter(\.required).map(\.key))
        var best: (table: Table, heading: Heading, found: Found, score: Int)?
        for table in file.tables {
            let found = Heading.find(in: table, depths: 1...3) { heading -> (meaning: Found, score: Int)? in
                let found = Self.columns(of: heading, wishes, year, Self.foreign + never)
                guard required.allSatisfy({ found.columns[$0] != nil }) else { return nil }
                // The last row must carry a heading of its own, or it is data already.
                guard heading.depth == 1 || found.columns.values.contains(where: { !heading.own[$0].isEmpty }) else {
                    return nil
                }
                // A title speaks of the same things in one cell; a heading has a cell for each. Two columns that could be
                // meant say less than one.
                let titled = heading.own.count { !$0.isEmpty }
                return (found, found.columns.count * 4 - found.doubled.count * 2 + (titled > 1 ? 1 : 0))
            }
            guard let found else { continue }
            let score = found.meaning.columns.count * 4 - found.meaning.doubled.count * 2
            if best.map({ score > $0.score }) ?? true { best = (table, found.heading, found.meaning, score) }
        }
        guard let best else { throw .noHeading }
        let heading = best.heading
        if let doubled = best.found.doubled.min(by: { $0.value[0] < $1.value[0] }) {
            throw .doubled(
                wish: wishes.first { $0.key == doubled.key }?.title ?? doubled.key,
                columns: doubled.value.map { "\(columnLetters($0)) (\(heading.title($0)))" },
                row: best.table.rows[heading.first].number)
        }
        let columns = best.found.columns
        let shifted = ShiftedRows(
            best.table, heading, form: file.textForm,
            figures: wishes.filter(\.isFigure).compactMap { columns[$0.key] })
        let titles = Dictionary(
            columns.values.map { ($0, heading.title($0)) }, uniquingKeysWith: { first, _ in first })
        keys = Set(columns.keys)
        rows = best.table.rows[heading.firstRow...].filter { !$0.isBlank }.map {
            Row($0, columns, titles, shifted)
        }
    }

    private static func columns(of heading: Heading, _ wishes: [Wish], _ year: Int?, _ foreign: [String]) -> Found {
        var found = Found()
        var naming: [String: [Int]] = [:]
        var others: [String: [Int]] = [:]
        for column in heading.paths.indices {
            let path = heading.paths[column]
            guard let leaf = path.last.map({ VietnameseWords($0) }) else { continue }
            let whole = path.count == 1 ? leaf : VietnameseWords(path.joined(separator: " "))
            guard !whole.isEmpty else { continue }
            let years = years(in: whole)
            let isOther = foreign.contains { whole.has($0) } || year.map { !years.isEmpty && years != [$0] } ?? false
            let named = wishes.first { wish in
                wish.fits(leaf) && (wish.isFigure ? !isOther : found.columns[wish.key] == nil)
            }
            // Under a merged heading the lowest words may say no more than “Số người”.
            let isPlain = !isOther && plain.contains(leaf.text)
            let wish = named ?? (isPlain ? wishes.first { $0.isFigure && $0.fits(whole) } : nil)
            guard let wish else { continue }
            guard wish.isFigure else {
                found.columns[wish.key] = column
                continue
            }
            if year.map({ years == [$0] }) ?? false {
                naming[wish.key, default: []].append(column)
            } else {
                others[wish.key, default: []].append(column)
            }
        }
        for wish in wishes where wish.isFigure {
            guard let columns = naming[wish.key] ?? others[wish.key] else { continue }
            found.columns[wish.key] = columns[0]
            if columns.count > 1 { found.doubled[wish.key] = columns }
        }
        return found
    }

    /// The years that a heading names.
    private static func years(in words: VietnameseWords) -> Set<Int> {
        // Most headings name none.
        guard words.text.utf8.contains(UInt8(ascii: "2")) else { return [] }
        return Set(
            words.text.split(separator: " ").compactMap { word in
                word.utf8.count == 4 ? Int(word).flatMap { (2_000...2_099).contains($0) ? $0 : nil } : nil
            })
    }
}
