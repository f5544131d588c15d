import Tabular

/// CSV in all encodings.
enum TextTable {
    static func read(_ input: UnsafeRawBufferPointer) {
        scanInPieces(input)
        let bytes = Array(input)
        Tables.read(bytes)
        writeAndReadAgain(bytes)
    }

    private struct Record: Equatable {
        let line: Int
        let fields: [[UInt8]]
    }

    /// Records are the same wherever the bytes are cut.
    private static func scanInPieces(_ input: UnsafeRawBufferPointer) {
        let whole = records(of: input, size: max(input.count, 1))
        let cut = records(of: input, size: 1 + Int(input.first ?? 0) % 61)
        promise(whole == cut, "records of \(whole.count) and \(cut.count) when cut")
    }

    private static func records(of input: UnsafeRawBufferPointer, size: Int) -> [Record] {
        var scanner = CSVScanner(separator: UInt8(ascii: ";"))
        var records: [Record] = []
        var end = min(size, input.count)
        while true {
            let seen = UnsafeRawBufferPointer(rebasing: input[..<end])
            switch scanner.next(in: seen, isLast: end == input.count) {
            case .record:
                records.append(
                    Record(
                        line: scanner.line,
                        fields: scanner.fields.map { field in
                            CSVScanner.withText(of: field, in: seen) { Array($0) }
                        }))
            case .unfinished: end = min(end + size, input.count)
            case .end: return records
            case .unclosed(let line): return records + [Record(line: line, fields: [])]
            }
        }
    }

    /// What is read and written is read the same.
    private static func writeAndReadAgain(_ bytes: [UInt8]) {
        guard let records = try? CSVReader.records(of: bytes) else { return }
        for separator in [";", ","] as [Character] {
            let written = CSVWriter.bytes(of: records.map(\.fields), separator: separator)
            let again = try? CSVReader.records(of: written, separator: separator.asciiValue ?? 0)
            promise(again?.map(\.fields) == records.map(\.fields), "written with \(separator) and read otherwise")
        }
    }
}

/// A file of tables, whatever its kind.
enum Tables {
    private static let limits: TableLimits = {
        var limits = TableLimits()
        limits.cells = 100_000
        limits.unpackedBytes = 8 << 20
        return limits
    }()

    private static let wishes = [
        LabelledTable.Wish("code", "Mã", ["=ma", "ma xa"]),
        LabelledTable.Wish("name", "Tên", ["ten", "don vi"], required: true),
        LabelledTable.Wish("people", "Số người", ["so nguoi", "=so"], required: true, isFigure: true),
    ]

    static func read(_ bytes: [UInt8]) {
        do throws(TableFileError) {
            let reader = try RowSource(bytes).open(limits: limits)
            while try reader.nextSheet() != nil {
                while try reader.nextRow() { look(at: reader) }
                promise(reader.merged.count <= 100_000, "\(reader.merged.count) merged cells")
            }
            // Headings cost more than all else.
            guard bytes.count % 8 == 0 else { return }
            let file = try TableFile(bytes, limits: limits)
            if let table = try? LabelledTable(file, wishes: wishes, year: 2_027) { look(at: table) }
        } catch {
            promise(error.description.contains("Hãy "), "refused without a remedy: \(error)")
        }
    }

    private static func look(at reader: RowReader) {
        let row = reader.row
        promise(row.number == reader.number && row.number > 0, "row \(row.number)")
        promise(row.cells.count == reader.width, "row \(row.number): \(row.cells.count) cells of \(reader.width)")
        for (column, cell) in row.cells.enumerated() {
            promise(cell == reader[column], "row \(row.number), column \(column): two cells")
            let text = reader.withText(of: column) { String(decoding: $0, as: UTF8.self) }
            promise(text == cell.shown || reader.isUncomputed(column), "row \(row.number), column \(column): two texts")
            _ = cell.isBlank
        }
    }

    private static func look(at table: LabelledTable) {
        for row in table.rows {
            var problems = row.problems(texts: ["code", "name"])
            _ = row.people("people", missing: "thiếu", problems: &problems)
        }
    }
}
