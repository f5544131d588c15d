import Tabular

/// CSV in all encodings.
enum TextTable {
    static func read(_ input: UnsafeRawBufferPointer) {
        scanInPieces(input)
        let bytes = Array(input)
        Tables.read(bytes)
        writeAndReadAgain(bytes)
    }

    // Kept from one input to the next: memory that is asked for anew costs more than reading.
    nonisolated(unsafe) private static var whole: [UInt8] = []
    nonisolated(unsafe) private static var cut: [UInt8] = []

    /// Records are the same wherever the bytes are cut.
    private static func scanInPieces(_ input: UnsafeRawBufferPointer) {
        note(&whole, input, size: max(input.count, 1))
        note(&cut, input, size: 1 + Int(input.first ?? 0) % 61)
        promise(whole == cut, "records of \(whole.count) and \(cut.count) bytes when cut")
    }

    /// Lines, lengths and bytes of all fields, one behind the other.
    private static func note(_ records: inout [UInt8], _ input: UnsafeRawBufferPointer, size: Int) {
        records.removeAll(keepingCapacity: true)
        func add(_ number: Int) { withUnsafeBytes(of: number) { records += $0 } }
        var scanner = CSVScanner(separator: UInt8(ascii: ";"))
        var end = min(size, input.count)
        while true {
            let seen = UnsafeRawBufferPointer(rebasing: input[..<end])
            switch scanner.next(in: seen, isLast: end == input.count) {
            case .record:
                add(scanner.line)
                add(scanner.fields.count)
                for field in scanner.fields {
                    CSVScanner.withText(of: field, in: seen) { text in
                        add(text.count)
                        records += text
                    }
                }
            case .unfinished: end = min(end + size, input.count)
            case .end: return
            case .unclosed(let line):
                add(line)
                return add(-1)
            }
        }
    }

    /// What is read and written is read the same; with which separator the last byte says.
    private static func writeAndReadAgain(_ bytes: [UInt8]) {
        guard let last = bytes.last, let records = try? CSVReader.records(of: bytes) else { return }
        let separator: Character = last % 2 == 0 ? ";" : ","
        let fields = records.map(\.fields)
        let written = CSVWriter.bytes(of: fields, separator: separator)
        let again = try? CSVReader.records(of: written, separator: separator.asciiValue ?? 0)
        promise(again?.map(\.fields) == fields, "written with \(separator) and read otherwise")
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
            // Headings cost more than all else. Which inputs are looked at for them changes with each byte, so that those
            // made from one that was are not all looked at.
            guard bytes.reduce(0, &+) % 8 == 0 else { return }
            let file = try TableFile(bytes, limits: limits)
            if let table = try? LabelledTable(file, wishes: wishes, year: 2_027) { look(at: table) }
        } catch {
            promise(namesRemedy(error.description), "refused without a remedy: \(error)")
        }
    }

    private static let remedy = Array("Hãy ".utf8)

    /// Byte by byte: most inputs are refused, and searching for characters would cost more than refusing.
    private static func namesRemedy(_ words: String) -> Bool {
        var words = words
        return words.withUTF8 { bytes in
            bytes.count >= remedy.count
                && (0...bytes.count - remedy.count).contains { start in
                    bytes[start] == remedy[0] && remedy.indices.allSatisfy { bytes[start + $0] == remedy[$0] }
                }
        }
    }

    private static func look(at reader: RowReader) {
        let row = reader.row
        promise(row.number == reader.number && row.number > 0, "row \(row.number)")
        promise(row.cells.count == reader.width, "row \(row.number): \(row.cells.count) cells of \(reader.width)")
        for (column, cell) in row.cells.enumerated() {
            promise(cell == reader[column], "row \(row.number), column \(column): two cells")
            let isSame = reader.withText(of: column) { bytes in
                if case .text(let text) = cell, text.utf8.elementsEqual(bytes) { return true }
                return String(decoding: bytes, as: UTF8.self) == cell.shown
            }
            promise(isSame || reader.isUncomputed(column), "row \(row.number), column \(column): two texts")
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
