public import Kernel
public import Tabular

/// What is understood of a table before its rows are read: where its heading stands, and which column fills what.
public struct ListLook: Codable, Sendable, Equatable {
    /// How a column's field is known.
    public enum Origin: String, Codable, Sendable {
        /// The format has it under this name.
        case format
        /// Somebody said so of this layout.
        case explained
        /// Proposed: lists call a field so, or most of its cells look like one.
        case proposed
    }

    public struct Column: Codable, Sendable, Equatable {
        /// As spreadsheets show them.
        public let letters: String
        public let title: String
        /// What stands over it, folded, from the upmost heading down.
        public let path: [String]
        /// Nil where nothing is known of it: its cells are passed over.
        public let field: RecordField?
        public let origin: Origin?
        /// Of a proposal, why; in Vietnamese.
        public let reason: String
    }

    /// Empty where the file has one table.
    public let sheet: String
    /// As the file numbers it.
    public let headingRow: Int
    public let columns: [Column]
    /// Columns that the format needs, and none of these fills.
    public let missing: [String]
    /// Whether the format reads the table as it is; otherwise its columns are proposals that a person has to confirm.
    public let isRead: Bool

    /// What is proposed, or was found, as something to be confirmed.
    public var mapping: ColumnMapping {
        ColumnMapping(columns.map { .init(path: $0.path, title: $0.title, field: $0.field) })
    }

    /// - Parameter formats: whose columns' names are known.
    /// - Returns: nil for a file of XML, and where no row of any sheet could be a heading.
    public init?(
        _ source: RowSource, format: Format, among formats: [Format], context: ReadingContext
    ) throws(FormatReadingError) {
        guard try !Self.isXML(source) else { return nil }
        let sheets = try SheetSample.read(source)
        for sheet in sheets where Self.wants(sheet, format) {
            guard let head = SheetHead.find(sheet.rows, sheet: sheet.name, format: format).head else { continue }
            self.init(head, sheet, format)
            return
        }
        let known = FormatSuggestion.names(formats.filter { $0.key != format.key } + [format])
        guard let best = Self.heading(in: sheets, known, context.accepted) else { return nil }
        self.init(proposing: best.heading, best.sheet, format, known, context)
    }

    /// What tells the layout of a file from others, whatever stands below its heading: the same for every file of a layout.
    /// - Returns: nil where there is no heading.
    public static func shape(
        of source: RowSource, among formats: [Format]
    ) throws(FormatReadingError) -> String? {
        guard try !isXML(source) else { return nil }
        let best = heading(in: try SheetSample.read(source), FormatSuggestion.names(formats))
        return best.map { found in
            found.heading.paths.map { $0.map { VietnameseWords($0).text }.joined(separator: ">") }
                .joined(separator: "|")
        }
    }

    private static func isXML(_ source: RowSource) throws(FormatReadingError) -> Bool {
        do {
            return try XMLRecords.isXML(source)
        } catch {
            throw .file(error.description)
        }
    }

    private static func wants(_ sheet: SheetSample, _ format: Format) -> Bool {
        format.sheets.isEmpty || sheet.name.isEmpty || format.sheets.contains { VietnameseWords(sheet.name).has($0) }
    }

    private static func heading(
        in sheets: [SheetSample], _ known: [String: [RecordField]], _ accepted: OldEncoding? = nil
    ) -> (heading: Heading, sheet: SheetSample)? {
        var best: (heading: Heading, score: Int, sheet: SheetSample)?
        for sheet in sheets {
            guard let found = FormatSuggestion.heading(of: sheet, known, accepted: accepted) else { continue }
            if best.map({ found.score > $0.score }) ?? true { best = (found.heading, found.score, sheet) }
        }
        return best.map { ($0.heading, $0.sheet) }
    }

    private init(_ head: SheetHead, _ sheet: SheetSample, _ format: Format) {
        let byPlace = Dictionary(
            head.match.columns.map { ($0.value, $0.key) }, uniquingKeysWith: { first, _ in first })
        self.init(
            sheet: sheet.name, headingRow: head.rows[head.heading.first].number,
            columns: Self.titled(head.heading).map { place, path in
                let column = byPlace[place]
                return Column(
                    letters: columnLetters(place), title: head.heading.title(place), path: path,
                    field: column.map { format.columns[$0].fields[0] },
                    origin: column == nil ? nil : format.explained[path] == nil ? .format : .explained, reason: "")
            }, missing: [], isRead: true)
    }

    private init(
        proposing heading: Heading, _ sheet: SheetSample, _ format: Format, _ known: [String: [RecordField]],
        _ context: ReadingContext
    ) {
        let numbered = SheetHead.columnNumbers(sheet.rows, at: heading.firstRow) != nil
        let rows = sheet.rows.dropFirst(heading.firstRow + (numbered ? 1 : 0))
        var taken: Set<RecordField> = []
        let columns = Self.titled(heading).map { place, path in
            let guess = ColumnGuess.of(path: path, cells: rows.map { $0[place] }, known: known, context: context)
            let isFree = guess.map { taken.insert($0.field).inserted } ?? false
            let chosen = isFree ? guess : nil
            return Column(
                letters: columnLetters(place), title: heading.title(place), path: path, field: chosen?.field,
                origin: chosen == nil ? nil : .proposed, reason: chosen?.reason ?? "")
        }
        let missing = format.needed.filter { column in !column.fields.contains { taken.contains($0) } }
        self.init(
            sheet: sheet.name, headingRow: sheet.rows[heading.first].number, columns: columns,
            missing: missing.map(\.leaf), isRead: false)
    }

    private init(sheet: String, headingRow: Int, columns: [Column], missing: [String], isRead: Bool) {
        (self.sheet, self.headingRow, self.columns) = (sheet, headingRow, columns)
        (self.missing, self.isRead) = (missing, isRead)
    }

    /// Columns that are headed at all, each with its folded path.
    private static func titled(_ heading: Heading) -> [(place: Int, path: [String])] {
        heading.paths.indices.filter { !heading.paths[$0].isEmpty }.map { place in
            (place, heading.paths[place].map { VietnameseWords($0).text })
        }
    }
}
