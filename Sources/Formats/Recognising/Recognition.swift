import Kernel
public import Tabular

/// Which kind of list a file is, by its headings and by what stands under them.
public struct Recognition: Sendable {
    public struct Candidate: Sendable, Equatable {
        public let format: String
        public let title: String
        /// 0 to 100: how sure.
        public let score: Int
        /// Why, in Vietnamese.
        public let reasons: [String]
        /// Columns that the format needs and the file has not.
        public let missing: [String]
    }

    /// The surest first; those that could be nothing of it are left out.
    public let candidates: [Candidate]

    /// The one candidate that can be taken without asking: sure enough, and well before the next.
    public var sure: Candidate? {
        guard let first = candidates.first, first.score >= 70, first.missing.isEmpty,
            candidates.dropFirst().allSatisfy({ first.score - $0.score >= 8 })
        else { return nil }
        return first
    }

    /// Looks at the first rows of each sheet.
    public init(
        _ source: RowSource, among formats: [Format], context: ReadingContext
    ) throws(FormatReadingError) {
        if let declared = try Self.declared(source, formats) {
            candidates = declared
            return
        }
        let sheets = try SheetSample.read(source)
        candidates = formats.compactMap { format in
            sheets.compactMap { Self.candidate(format, $0, context) }.max { $0.score < $1.score }
        }.sorted { ($1.score, $0.format) < ($0.score, $1.format) }
    }

    /// Of a file of XML: the formats whose rows are in it by name.
    /// - Returns: nil for a table.
    private static func declared(
        _ source: RowSource, _ formats: [Format]
    ) throws(FormatReadingError) -> [Candidate]? {
        do {
            guard try XMLRecords.isXML(source), formats.contains(where: { $0.markup != nil }) else { return nil }
            var found: [Candidate] = []
            for format in formats {
                guard let markup = format.markup,
                    let record = try XMLRecords(source, record: markup.row).next()
                else { continue }
                let elements = format.columns.compactMap(\.element)
                let had = elements.count { record[$0] != nil }
                found.append(
                    Candidate(
                        format: format.key, title: format.title, score: 60 + 40 * had / max(elements.count, 1),
                        reasons: ["tệp XML có dòng “\(markup.row)”, \(had)/\(elements.count) chỉ tiêu của mẫu"],
                        missing: format.needed.filter { $0.element.map { record[$0] == nil } ?? true }.map(\.leaf)))
            }
            return found.sorted { ($1.score, $0.format) < ($0.score, $1.format) }
        } catch {
            throw .file(error.description)
        }
    }

    private static func candidate(_ format: Format, _ sheet: SheetSample, _ context: ReadingContext) -> Candidate? {
        let found = SheetHead.find(sheet.rows, sheet: sheet.name, format: format)
        guard let match = found.head?.match ?? found.nearest?.match,
            let heading = found.head?.heading ?? found.nearest?.heading
        else { return nil }
        let headed = heading.paths.count { !$0.isEmpty }
        let named = match.columns.count
        guard named >= 2, headed > 0 else { return nil }
        // Of the file's columns those it explains, and of the form's own those it has.
        let own = format.columns.indices.filter { format.columns[$0].number != nil }
        let official = own.isEmpty ? Array(format.columns.indices) : own
        let had = official.count { match.columns[$0] != nil }
        let explained = Double(named) / Double(headed)
        let complete = Double(had) / Double(official.count)
        let firstRow = found.head?.firstRow ?? heading.firstRow
        let fit = contents(format, match, sheet.rows.dropFirst(firstRow), context)
        let titles = VietnameseWords(
            sheet.rows.prefix(heading.first).flatMap(\.cells).map(\.shown).joined(separator: " ") + " " + sheet.name)
        let mark = format.marks.first { titles.has($0) }
        var score = 35 * explained + 20 * complete + 30 * fit.share + (mark == nil ? 0 : 15)
        score -= Double(match.missing.count * 15)
        var reasons = ["\(named)/\(headed) cột của tệp có trong mẫu, \(had)/\(official.count) cột của mẫu có trong tệp"]
        if fit.cells > 0 {
            reasons.append("\(Int((fit.share * 100).rounded())) % ô đúng loại giá trị (\(fit.rows) dòng đầu)")
        } else {
            reasons.append("không có dòng dữ liệu nào dưới tiêu đề")
        }
        if let mark { reasons.append("tên bảng ghi “\(mark)”") }
        return Candidate(
            format: format.key, title: format.title, score: min(max(Int(score.rounded()), 0), 100), reasons: reasons,
            missing: match.missing.map { format.columns[$0].leaf })
    }

    /// How many of the filled cells in columns that were named hold what the format says.
    private static func contents(
        _ format: Format, _ match: HeadingMatch, _ rows: ArraySlice<TableRow>, _ context: ReadingContext
    ) -> (share: Double, cells: Int, rows: Int) {
        let kinds = RowKinds(format, match.columns)
        var (right, cells, read) = (0, 0, 0)
        for row in rows {
            guard case .data = kinds.kind(of: row) else { continue }
            read += 1
            for (column, place) in match.columns {
                let reader = CellReader(
                    column: format.columns[column], today: context.today, accepted: context.accepted)
                switch reader.read(row[place]) {
                case .blank: continue
                case .value(let field, _, _):
                    if field.type != .text || format.columns[column].fields[0].type == .text { right += 1 }
                case .old: right += 1
                case .fault: break
                }
                cells += 1
            }
        }
        return (cells == 0 ? 0 : Double(right) / Double(cells), cells, read)
    }
}

/// The first rows of a sheet.
struct SheetSample {
    let name: String
    let rows: [TableRow]
    let form: TextForm?

    static let most = 240

    static func read(_ source: RowSource) throws(FormatReadingError) -> [SheetSample] {
        do {
            let reader = try source.open(limits: .rows)
            var sheets: [SheetSample] = []
            while let name = try reader.nextSheet() {
                var rows: [TableRow] = []
                while rows.count < most, try reader.nextRow() {
                    let row = reader.row
                    if !row.isBlank { rows.append(row) }
                }
                if !rows.isEmpty { sheets.append(SheetSample(name: name, rows: rows, form: reader.textForm)) }
                if sheets.count >= 40 { break }
            }
            return sheets
        } catch {
            throw .file(error.description)
        }
    }
}
