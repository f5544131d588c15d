import Kernel
public import Tabular

/// Reads a delivered file by its format, row by row in bounded memory: each row of data is either taken, with what was
/// repaired in it, or returned with a reason; the others are counted by what they are.
///
/// ```swift
/// let reader = try FormatReader(RowSource(file: path), format: format, context: context)
/// while let outcome = try reader.next() { … }
/// print(reader.summary.taken)
/// ```
public final class FormatReader {
    private enum Source {
        case table(RowReader)
        case markup(XMLRecords)
    }

    private let source: Source
    private let format: Format
    private let context: ReadingContext
    public private(set) var summary = ReadingSummary()
    /// What stands above the rows of data of each sheet read so far, by its name: titles, labels, headings, row by row. A file
    /// that begins with them is of the sender's layout.
    public private(set) var tops: [String: [[String]]] = [:]

    /// The sheet that is being read; rows looked at and not yet given out come first.
    private var sheet: (name: String, kinds: RowKinds, reader: DataRowReader)?
    private var waiting: ArraySlice<TableRow> = []
    private var hasReadSheet = false
    private var nearest: (match: HeadingMatch, heading: Heading, sheet: String, row: Int)?
    /// By what is the same in no two rows: where it stood first.
    private var seen: [Int: UInt32] = [:]
    private var hasChecked = false
    private var markupReader: DataRowReader?
    /// What was left out of the sheets before this one.
    private var leftOutBefore: [String: Int] = [:]
    /// Whether all that makes rows the same may be read.
    private let judgesRepeats: Bool

    /// Rows that a heading is looked for among, and a few below it.
    private static let lookahead = Heading.mostRows + SheetHead.depths.upperBound + 1

    public init(
        _ source: RowSource, format: Format, context: ReadingContext, limits: TableLimits = .rows
    ) throws(FormatReadingError) {
        do {
            if let markup = format.markup, try XMLRecords.isXML(source) {
                self.source = .markup(try XMLRecords(source, record: markup.row))
            } else {
                let rows = try source.open(limits: limits)
                summary.hiddenSheets = rows.hiddenSheets
                self.source = .table(rows)
            }
        } catch {
            throw .file(error.description)
        }
        (self.format, self.context) = (format, context)
        let same = Set(format.same)
        judgesRepeats = (format.columns + format.heads.map(\.column)).allSatisfy {
            same.isDisjoint(with: $0.fields) || context.covers($0)
        }
    }

    /// The next row of data.
    /// - Returns: nil behind the last one.
    public func next() throws(FormatReadingError) -> RowOutcome? {
        switch source {
        case .table(let rows): try nextOfTable(rows)
        case .markup(let records): try nextRecord(records)
        }
    }

    // MARK: XML

    private func nextRecord(_ records: XMLRecords) throws(FormatReadingError) -> RowOutcome? {
        let record: [String: String]?
        do {
            record = try records.next()
        } catch {
            throw .file(error.description)
        }
        guard let record else {
            if !hasReadSheet {
                throw .otherKind("Tệp XML không có dòng nào của “\(format.title)”. Hãy kiểm tra đúng loại tờ khai.")
            }
            return nil
        }
        hasReadSheet = true
        summary.rows += 1
        var reader = markupReader ?? DataRowReader(said: records.outside, format: format, context: context)
        let cells = format.columns.map { column in
            column.element.flatMap { record[$0] }.map { Cell.text($0) } ?? .empty
        }
        let row = TableRow(number: records.number, cells: cells)
        let outcome = withoutRepeats(reader.read(row), cells: { reader.cells(of: row) }, row.number)
        if context.covered != nil { summary.leftOut = reader.leftOut }
        markupReader = reader
        count(outcome)
        return outcome
    }

    // MARK: Tables

    private func nextOfTable(_ rows: RowReader) throws(FormatReadingError) -> RowOutcome? {
        while true {
            guard sheet != nil else {
                guard try openSheet(rows) else {
                    if !hasReadSheet { throw noHeading }
                    return nil
                }
                continue
            }
            guard let row = try nextRow(rows) else {
                sheet = nil
                continue
            }
            summary.rows += 1
            if let outcome = read(row) { return outcome }
        }
    }

    // MARK: Sheets

    /// Goes on to the next sheet with the format's heading.
    private func openSheet(_ rows: RowReader) throws(FormatReadingError) -> Bool {
        while let name = try nextSheet(rows) {
            var first: [TableRow] = []
            while first.count < Self.lookahead, let row = try rawRow(rows) { first.append(row) }
            try checkText(first, rows.textForm)
            let isWanted =
                format.sheets.isEmpty || name.isEmpty || format.sheets.contains { VietnameseWords(name).has($0) }
            let found = isWanted ? SheetHead.find(first, sheet: name, format: format) : (head: nil, nearest: nil)
            if let near = found.nearest, found.head == nil, nearest.map({ near.match.score > $0.match.score }) ?? true {
                nearest = (near.match, near.heading, name, first[near.heading.first].number)
            }
            guard let head = found.head else {
                try passSheet(rows, name, first.count)
                continue
            }
            try check(head, name)
            begin(head, name, rows.textForm)
            return true
        }
        return false
    }

    private func begin(_ head: SheetHead, _ name: String, _ form: TextForm?) {
        hasReadSheet = true
        leftOutBefore = summary.leftOut
        let (titles, headed) = (head.heading.first, head.heading.depth)
        summary.rows += head.firstRow
        if titles > 0 { summary.passedOver[.title, default: 0] += titles }
        summary.passedOver[.heading, default: 0] += headed
        if head.hasColumnNumbers { summary.passedOver[.columnNumbers, default: 0] += 1 }
        tops[name] = head.rows[..<head.firstRow].map { $0.cells.map(\.shown) }
        let read = Set(head.match.columns.values)
        let unread = head.heading.paths.indices.filter { !head.heading.paths[$0].isEmpty && !read.contains($0) }
        if !unread.isEmpty { summary.unread[name] = unread.map { head.heading.title($0) } }
        waiting = head.rows[head.firstRow...]
        sheet = (
            name, RowKinds(format, head.match.columns),
            DataRowReader(head, sheet: name, format: format, context: context, form: form)
        )
    }

    private func check(_ head: SheetHead, _ name: String) throws(FormatReadingError) {
        let row = head.rows[head.heading.first].number
        if let encoding = head.encoding, encoding != context.accepted {
            let shown: [String] = head.rows[head.heading.first..<head.heading.firstRow].flatMap(\.cells).map(\.shown)
            let sample: String = shown.first(where: { OldEncoding.of($0) == encoding }) ?? ""
            throw .oldEncoding(encoding, shown: sample, meant: VietnameseText.unified(encoding.decode(sample)))
        }
        for (column, places) in head.match.doubled {
            let wanted = format.columns[column]
            // Two columns of remarks do no harm; of numbers and names one would be chosen by chance.
            guard wanted.isNeeded || wanted.fields[0].type != .text else { continue }
            throw .doubled(
                column: wanted.leaf, columns: places.map { "\(columnLetters($0)) (\(head.heading.title($0)))" },
                sheet: name, row: row)
        }
    }

    /// A text file that was read as TCVN3 by its bytes waits for somebody's word.
    private func checkText(_ first: [TableRow], _ form: TextForm?) throws(FormatReadingError) {
        guard !hasChecked else { return }
        hasChecked = true
        guard form?.encoding == .tcvn3, context.accepted != .tcvn3 else { return }
        let shown: [String] = first.flatMap(\.cells).map(\.shown)
        let sample: String = shown.first(where: { $0.utf8.contains { $0 > 127 } }) ?? ""
        // Its bytes have no look of their own.
        throw .oldEncoding(.tcvn3, shown: "", meant: sample)
    }

    private func passSheet(_ rows: RowReader, _ name: String, _ looked: Int) throws(FormatReadingError) {
        var count = looked
        while try rawRow(rows) != nil { count += 1 }
        guard count > 0 else { return }
        summary.rows += count
        summary.otherSheets[name, default: 0] += count
    }

    private var noHeading: FormatReadingError {
        .noHeading(
            format: format.title, missing: nearest?.match.missing.map { format.columns[$0].leaf } ?? [],
            sheet: nearest?.sheet ?? "", row: nearest?.row ?? 0)
    }

    // MARK: Rows

    private func read(_ row: TableRow) -> RowOutcome? {
        guard let kinds = sheet?.kinds else { return nil }
        switch kinds.kind(of: row) {
        case .passed(let kind):
            summary.passedOver[kind, default: 0] += 1
            return nil
        case .section(let section):
            sheet?.reader.section = section
            summary.passedOver[.section, default: 0] += 1
            return nil
        case .data: break
        }
        guard let outcome = sheet?.reader.read(row) else { return nil }
        if context.covered != nil, let sheet {
            summary.leftOut = leftOutBefore.merging(sheet.reader.leftOut, uniquingKeysWith: +)
        }
        let judged = withoutRepeats(
            outcome, cells: { sheet?.reader.cells(of: row) ?? [] }, row.number)
        count(judged)
        return judged
    }

    /// Rows that differ only in what may not be read are no repeats.
    private func withoutRepeats(_ outcome: RowOutcome, cells: () -> [String], _ number: Int) -> RowOutcome {
        guard case .taken(let delivered) = outcome, !format.same.isEmpty, judgesRepeats else { return outcome }
        var hasher = Hasher()
        var isSaid = false
        for field in format.same {
            let value = delivered.values[field]
            if value != nil { isSaid = true }
            // Texts are unified: their bytes say all, and hashing them by letters takes long.
            if case .text(let text)? = value {
                TextBytes(text).hash(into: &hasher)
            } else {
                hasher.combine(value)
            }
        }
        guard isSaid else { return outcome }
        let key = hasher.finalize()
        guard let first = seen[key] else {
            seen[key] = UInt32(clamping: number)
            return outcome
        }
        return .returned(
            ReturnedRow(
                sheet: delivered.sheet, row: number, column: "", value: "", reason: .repeated,
                words: "trùng với dòng \(first)", remedy: "bỏ một trong hai dòng, hoặc sửa chỗ khác nhau",
                cells: cells()))
    }

    private func count(_ outcome: RowOutcome) {
        switch outcome {
        case .taken(let row):
            summary.taken += 1
            if !row.repairs.isEmpty { summary.repaired += 1 }
            for repair in row.repairs { summary.repairs[repair.kind, default: 0] += 1 }
            for doubt in row.doubts { summary.doubts[doubt.kind, default: 0] += 1 }
        case .returned(let row): summary.returned[row.reason, default: 0] += 1
        }
    }

    private func nextRow(_ rows: RowReader) throws(FormatReadingError) -> TableRow? {
        if let row = waiting.popFirst() { return row }
        return try rawRow(rows)
    }

    /// The next row of the sheet that holds anything.
    private func rawRow(_ rows: RowReader) throws(FormatReadingError) -> TableRow? {
        do {
            while try rows.nextRow() {
                let row = rows.row
                if !row.isBlank { return row }
            }
            return nil
        } catch {
            throw .file(error.description)
        }
    }

    private func nextSheet(_ rows: RowReader) throws(FormatReadingError) -> String? {
        do {
            return try rows.nextSheet()
        } catch {
            throw .file(error.description)
        }
    }
}
