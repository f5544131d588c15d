import Kernel
import Province
import Tabular

/// Reads rows of data of one sheet.
struct DataRowReader {
    private let format: Format
    private let sheet: String
    private let context: ReadingContext
    private let columns: [(reader: ColumnReader, place: Int, heading: String)]
    private let headValues: [(reader: ColumnReader, cell: Cell)]
    private let shifted: ShiftedRows?
    /// Where cells may be read, and what the others are headed by; nil where all may be.
    private let covered: (places: Set<Int>, others: [Int: String])?
    /// Cells that were left out, by heading.
    private(set) var leftOut: [String: Int] = [:]
    private var communes: [String: CommuneFinder.Answer] = [:]
    private var tails: [String: CommuneFinder.Answer?] = [:]
    /// What the section that the rows stand under says of them.
    var section: Format.Section?

    init(_ head: SheetHead, sheet: String, format: Format, context: ReadingContext, form: TextForm?) {
        (self.format, self.sheet, self.context) = (format, sheet, context)
        headValues = head.headValues.filter { context.covers($0.column) }
            .map { (Self.reader($0.column, context), $0.cell) }
        for value in head.headValues where !context.covers(value.column) && !value.cell.shown.isEmpty {
            leftOut[value.column.name, default: 0] += 1
        }
        // In the order of the fields: values are kept in it.
        let held = Set(head.match.columns.map { format.columns[$0.key].fields[0] })
        // Nine digits among codes are an old card's number only where the list has no column of such numbers.
        let others: Set<RecordField> = held.isDisjoint(with: [.personalID, .oldPersonalID]) ? [] : [.oldPersonalID]
        let columns = head.match.columns.filter { context.covers(format.columns[$0.key]) }.sorted {
            format.columns[$0.key].fields[0].rawValue < format.columns[$1.key].fields[0].rawValue
        }.map { column, place in
            let known = format.columns[column]
            return (
                reader: Self.reader(known, context, leavingTo: known.fields[0] == .siCode ? others : []), place: place,
                heading: head.heading.title(place)
            )
        }
        self.columns = columns
        covered =
            context.covered == nil
            ? nil
            : (
                Set(columns.map(\.place)),
                Dictionary(
                    uniqueKeysWithValues: head.heading.paths.indices.map { ($0, head.heading.title($0)) })
            )
        let rows = head.rows[head.heading.first..<head.heading.firstRow]
        shifted = form.map { form in
            ShiftedRows(
                cells: rows.map(\.cells.count).max() ?? 0, headed: head.heading.width, form: form,
                figures: columns.filter { $0.reader.column.fields[0].type == .money }.map(\.place))
        }
    }

    /// Of a file of XML, whose rows have a cell for each column of the format.
    /// - Parameter said: what stands outside of the rows, by the elements' names.
    init(said: [String: String], format: Format, context: ReadingContext) {
        (self.format, sheet, self.context, shifted) = (format, "", context, nil)
        columns = format.columns.enumerated().filter { $0.element.element != nil && context.covers($0.element) }.sorted
        {
            $0.element.fields[0].rawValue < $1.element.fields[0].rawValue
        }.map { place, column in
            (reader: Self.reader(column, context), place: place, heading: column.leaf)
        }
        covered =
            context.covered == nil
            ? nil
            : (
                Set(columns.map(\.place)),
                Dictionary(uniqueKeysWithValues: format.columns.enumerated().map { ($0.offset, $0.element.leaf) })
            )
        let words = said.sorted { $0.key < $1.key }.map { (VietnameseWords($0.key).text, $0.value) }
        headValues = format.heads.filter { context.covers($0.column) }.compactMap { head in
            words.first { head.labels.contains($0.0) }.map { (Self.reader(head.column, context), .text($0.1)) }
        }
    }

    private static func reader(
        _ column: FormatColumn, _ context: ReadingContext, leavingTo others: Set<RecordField> = []
    ) -> ColumnReader {
        ColumnReader(
            CellReader(column: column, today: context.today, accepted: context.accepted, leavingTo: others))
    }

    mutating func read(_ row: TableRow) -> RowOutcome {
        leaveOut(row)
        if let (column, message) = shifted?.problem(of: row) {
            let cells = cells(of: row)
            return .returned(
                ReturnedRow(
                    sheet: sheet, row: row.number, column: columnLetters(column),
                    value: cells.indices.contains(column) ? cells[column] : "",
                    reason: .shifted, words: "ô lệch cột", remedy: message, cells: cells))
        }
        var delivered = DeliveredRow(sheet: sheet, row: row.number, kind: format.record, values: RecordValues())
        for (reader, place, heading) in columns {
            let cell = row[place]
            if let returned = take(reader, cell, place, heading, row, into: &delivered) { return .returned(returned) }
        }
        for (reader, cell) in headValues where reader.column.fields.allSatisfy({ delivered.values[$0] == nil }) {
            _ = take(reader, cell, nil, reader.column.name, row, into: &delivered)
        }
        if let section, context.covers(section.field), delivered.values[section.field] == nil {
            delivered.values[section.field] = section.value
        }
        for statement in format.statements where delivered.values[statement.field] == nil {
            delivered.values[statement.field] = statement.value
        }
        if let group = format.oneOf.first(where: { $0.allSatisfy { delivered.values[$0] == nil } }) {
            return .returned(
                self.returned(
                    row, nil, "", .missing, "thiếu cả \(names(of: group))", "điền ít nhất một trong các cột đó"))
        }
        locate(&delivered)
        judge(&delivered)
        return .taken(delivered)
    }

    // MARK: Cells

    /// - Parameter place: of the cell in the row; nil for what stands above the table.
    /// - Returns: the row, where it cannot be taken for this cell.
    private mutating func take(
        _ reader: ColumnReader, _ cell: Cell, _ place: Int?, _ heading: String, _ row: TableRow,
        into delivered: inout DeliveredRow
    ) -> ReturnedRow? {
        let column = reader.column
        var letters: String { place.map(columnLetters) ?? "" }
        switch reader.read(cell) {
        case .blank:
            guard column.isNeeded, place != nil else { return nil }
            return returned(row, place, heading, .missing, "chưa điền “\(column.leaf)”", "điền ô này")
        case .value(let field, let value, let repair):
            if column.fields[0] == .commune {
                return takeCommune(cell, value, repair, letters, column, row, place, heading, into: &delivered)
            }
            if let other = delivered.values[field], other != value {
                // Two columns fill the field. Who somebody is, is not chosen by chance; of remarks the first is kept.
                if field.isSealed {
                    return returned(
                        row, place, heading, .contradiction, "khác với “\(other.text)” ở cột khác của dòng",
                        "kiểm tra xem cột nào đúng")
                }
                delivered.doubts.append(Doubt(field, column: letters, .leftOut, value: String(cell.shown.prefix(200))))
                return nil
            }
            delivered.values[field] = value
            if let repair { delivered.repairs.append(Repair(field, column: letters, repair, original: cell.shown)) }
            return nil
        case .old(let encoding, let meant):
            return returned(
                row, place, heading, .oldEncoding,
                "có vẻ ở bảng mã \(encoding.rawValue.uppercased()), đọc là “\(meant)”",
                "cho phép chuyển mã, hoặc lưu lại ở Unicode")
        case .fault(let reason, let words, let remedy):
            if column.isNeeded || reason == .formula { return returned(row, place, heading, reason, words, remedy) }
            delivered.doubts.append(
                Doubt(column.fields[0], column: letters, .leftOut, value: String(cell.shown.prefix(200))))
            return nil
        }
    }

    private func returned(
        _ row: TableRow, _ place: Int?, _ heading: String, _ reason: ReturnedRow.Reason, _ words: String,
        _ remedy: String
    ) -> ReturnedRow {
        ReturnedRow(
            sheet: sheet, row: row.number, column: place.map(columnLetters) ?? "", heading: heading,
            value: String((place.map { row[$0].shown } ?? "").prefix(200)), reason: reason, words: words,
            remedy: remedy, cells: cells(of: row))
    }

    // MARK: What is not covered

    /// What of a row may be kept where it is returned: cells of other columns are blank.
    func cells(of row: TableRow) -> [String] {
        guard let covered else { return row.cells.map(\.shown) }
        return row.cells.enumerated().map { covered.places.contains($0.offset) ? $0.element.shown : "" }
    }

    private mutating func leaveOut(_ row: TableRow) {
        guard let covered else { return }
        for (place, cell) in row.cells.enumerated() where !covered.places.contains(place) && !cell.shown.isEmpty {
            let heading = covered.others[place].flatMap { $0.isEmpty ? nil : $0 } ?? "cột \(columnLetters(place))"
            leftOut[heading, default: 0] += 1
        }
    }

    private func names(of fields: [RecordField]) -> String {
        let names = fields.compactMap { field in
            format.columns.first { $0.fields.contains(field) }.map { "“\($0.leaf)”" }
        }
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }.joined(separator: ", ")
    }

    // MARK: Communes

    private mutating func takeCommune(
        _ cell: Cell, _ value: RecordValue, _ repair: Repair.Kind?, _ letters: String, _ column: FormatColumn,
        _ row: TableRow, _ place: Int?, _ heading: String, into delivered: inout DeliveredRow
    ) -> ReturnedRow? {
        if case .commune = value {
            delivered.values[.commune] = value
            if let repair { delivered.repairs.append(Repair(.commune, column: letters, repair, original: cell.shown)) }
            return nil
        }
        delivered.values[.communeWritten] = value
        if let repair {
            delivered.repairs.append(Repair(.communeWritten, column: letters, repair, original: cell.shown))
        }
        guard let answer = answer(value.text) else { return nil }
        switch answer {
        case .certain(let code): delivered.values[.commune] = .commune(code)
        case .former(let code, _):
            delivered.values[.commune] = .commune(code)
            delivered.repairs.append(Repair(.commune, column: letters, .communeName, original: cell.shown))
        case .likely(let code, _):
            delivered.values[.commune] = .commune(code)
            delivered.doubts.append(Doubt(.commune, column: letters, .commune, value: cell.shown))
        case .ambiguous, .split:
            delivered.doubts.append(Doubt(.commune, column: letters, .commune, value: cell.shown))
        case .unknown:
            if column.isNeeded {
                return returned(
                    row, place, heading, .unknownWord, "không có trong danh mục xã, phường", "sửa lại tên xã, phường")
            }
            delivered.doubts.append(Doubt(.commune, column: letters, .commune, value: cell.shown))
        }
        return nil
    }

    private mutating func answer(_ text: String) -> CommuneFinder.Answer? {
        guard let finder = context.communes else { return nil }
        if let known = communes[text] { return known }
        let found = finder.find(text)
        // A list names a few hundred; a column of addresses would name millions.
        if communes.count < 20_000 { communes[text] = found }
        return found
    }

    /// The commune and residential group that the address names, where the list has no column that says so. Who reads the
    /// record sees the address as it was written beside it.
    private mutating func locate(_ row: inout DeliveredRow) {
        guard let finder = context.addresses, row.values[.commune] == nil, row.values[.communeWritten] == nil,
            case .text(let address)? = row.values[.address]
        else { return }
        if row.values[.group] == nil {
            let group = AddressFinder.group(in: address)
            if !group.isEmpty { row.values[.group] = .text(group) }
        }
        guard let tail = AddressFinder.tail(of: address) else { return }
        let answer: CommuneFinder.Answer?
        if let known = tails[tail] {
            answer = known
        } else {
            answer = finder.find(tail: tail)
            if tails.count < 20_000 { tails[tail] = answer }
        }
        switch answer {
        case .certain(let code), .former(let code, _): row.values[.commune] = .commune(code)
        case .likely(let code, _):
            row.values[.commune] = .commune(code)
            doubt(&row, .address, .commune, tail)
        case .ambiguous, .split: doubt(&row, .address, .commune, tail)
        case .unknown, nil: break
        }
    }

    // MARK: The row as a whole

    private func judge(_ row: inout DeliveredRow) {
        if case .personalID(let number)? = row.values[.personalID] {
            var disagrees = !number.isPlausible(today: context.today)
            if case .partialDay(let birth)? = row.values[.birth], birth.year != number.birthYear { disagrees = true }
            if case .code(let sex)? = row.values[.sex], (sex == "female") != number.isOfWoman { disagrees = true }
            if disagrees { doubt(&row, .personalID, .identityDisagrees, number.text) }
        }
        for field in [RecordField.unitTaxCode, .taxCode, .aboveTaxCode] {
            if case .taxCode(let code)? = row.values[field], !code.passesCheck {
                doubt(&row, field, .checkDigit, code.text)
            }
        }
        for sum in format.sums {
            guard let total = amount(row.values[sum.total]) else { continue }
            let parts = sum.parts.compactMap { amount(row.values[$0]) }
            guard !parts.isEmpty else { continue }
            // A đồng of rounding for each part.
            let (difference, overflow) = parts.reduce(0, { $0 &+ $1 }).subtractingReportingOverflow(total)
            if overflow || difference.magnitude > UInt(parts.count) { doubt(&row, sum.total, .sum, String(total)) }
        }
    }

    private func amount(_ value: RecordValue?) -> Int? {
        switch value {
        case .money(let dong): dong.amount
        case .count(let count): count
        default: nil
        }
    }

    private func doubt(_ row: inout DeliveredRow, _ field: RecordField, _ kind: Doubt.Kind, _ value: String) {
        let place = columns.first { $0.reader.column.fields.contains(field) }?.place
        row.doubts.append(Doubt(field, column: place.map(columnLetters) ?? "", kind, value: value))
    }
}
