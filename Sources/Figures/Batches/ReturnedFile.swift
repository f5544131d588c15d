public import Access
import Database
public import Files
import Jobs
public import Kernel
public import Tabular

/// The sender's own table with a column “Lý do” behind its last one: what keeps each returned row from being taken.
public enum ReturnedFile {
    /// - Returns: the file's bytes, in the format it came in.
    public static func bytes(_ file: TableFile, _ reading: FigureReading, by reader: FigureReader) throws -> [UInt8] {
        let several = file.tables.filter { reader.columns(of: $0) != nil }.count > 1
        switch file.format {
        case .csv:
            let rows = file.tables.flatMap { table in
                let width = table.rows.map(\.cells.count).max() ?? 0
                let heading = reader.columns(of: table)?.headingRow
                return table.rows.enumerated().map { index, row in
                    var fields = (0..<width).map { row[$0].shown }
                    fields.append(index == heading ? columnTitle : reason(row.number, sheet: "", reading))
                    return fields
                }
            }
            return CSVWriter.bytes(of: rows, separator: file.textForm?.separator ?? ";", disarmed: true)
        case .xlsx:
            return try XLSXWriter.bytes(
                of: file.tables.map { table in
                    sheet(table, reader.columns(of: table), name: several ? table.name : "", reading)
                })
        }
    }

    static let columnTitle = "Lý do"

    private static func reason(_ row: Int, sheet: String, _ reading: FigureReading) -> String {
        (reading.rejectedRows[.init(sheet: sheet, row: row)] ?? []).joined(separator: "; ")
    }

    private static func sheet(_ table: Table, _ columns: FigureColumns?, name: String, _ reading: FigureReading)
        -> Sheet
    {
        let width = table.rows.map(\.cells.count).max() ?? 0
        var rows: [[SheetCell]] = []
        for (index, row) in table.rows.enumerated() {
            // Blank rows of the file are not among the rows read.
            while rows.count < min(row.number - 1, 200_000) { rows.append([]) }
            let reason = columns == nil ? "" : reason(row.number, sheet: name, reading)
            let isHeading =
                columns.map { (columns: FigureColumns) in index >= columns.headingRow && index < columns.firstRow }
                ?? false
            let look: SheetCell.Look = isHeading ? .heading : reason.isEmpty ? .plain : .problem
            var cells = (0..<width).map { column -> SheetCell in
                switch row[column] {
                case .empty: SheetCell(.empty, look: look)
                case .number(let number): SheetCell(.number(number), look: look)
                case let cell: .text(cell.shown, look: look)
                }
            }
            cells.append(
                .text(index == columns?.headingRow ? columnTitle : reason, look: isHeading ? .heading : .problem))
            if reason.isEmpty, !isHeading { cells.removeLast() }
            rows.append(cells)
        }
        // Merged titles stay merged; Excel refuses overlapping ones.
        var merged: [CellRange] = []
        // Only within the table: a range over whole columns would become a million cells.
        let last = table.rows.last?.number ?? 0
        for range in table.merged where range.rows.count > 1 || range.columns.count > 1 {
            guard range.rows.upperBound <= last, range.columns.upperBound <= width else { continue }
            if !merged.contains(where: { $0.rows.overlaps(range.rows) && $0.columns.overlaps(range.columns) }),
                merged.count < 1_000
            {
                merged.append(range)
            }
        }
        return Sheet(name: table.name, rows: rows, merged: merged, widths: [width: 60])
    }
}

extension FigureService {
    /// A waiting file as it goes back to its sender, with its name and the file that the name is of.
    public func returnedFile(of id: RecordID, for viewer: Viewer) async throws -> (
        name: String, format: TableFile.Format, bytes: [UInt8], source: StoredFile
    ) {
        try viewer.require(.acceptFigures)
        let upload = try await store.read { try Self.upload(id, on: $0) }
        let reading = try await understood(upload, acceptsJumps: false).reading
        let file = try await file(of: upload)
        guard let source = try await store.read({ try StoredFiles.find(upload.file, on: $0) }) else {
            throw Refusal(.notFound, "Không có tệp này, hoặc tệp không thuộc phạm vi của bạn.")
        }
        let parts = upload.fileName.split(separator: ".")
        let stem = parts.count > 1 ? parts.dropLast().joined(separator: ".") : upload.fileName
        return try await readings.alone {
            let bytes = try await file.content()
            return try await Blocking.run {
                let table = try TableFile(bytes, limits: Self.limits)
                return (
                    "\(stem)-tra-lai.\(table.format.rawValue)", table.format,
                    try ReturnedFile.bytes(table, reading, by: reader), source
                )
            }
        }
    }
}
