import Foundation
import Kernel
public import Tabular

/// The rows of a file as codes of its columns' values.
public struct RecordFile: Sendable {
    /// As the file names them, in its order.
    public let header: [String]
    /// By column index of ``header``; columns that were not asked for are empty.
    public internal(set) var columns: [[UInt32]]
    /// The pool of each column that was asked for; shared by files that are linked.
    public internal(set) var pools: [TextPool]
    /// The records' own ids, in the order of the rows.
    public internal(set) var ids: TextList
    public let rows: Int
    /// How many rows have more or fewer fields than the header, and the first of them (the header is row 1).
    public internal(set) var uneven = 0
    public internal(set) var firstUneven: Int?
    /// Rows with more values than the header has columns, of which the ids alone are kept, and the first of them.
    public internal(set) var shifted = 0
    public internal(set) var firstShifted: Int?
    /// Formulas without a result, taken for empty, and the row of the first.
    public internal(set) var uncomputed = 0
    public internal(set) var firstUncomputed: Int?
}

/// Reads the rows of a file into codes: a text of millions of rows on all cores in seconds, a workbook as it unpacks.
public enum RecordReader {
    /// - Parameters:
    ///   - source: a file with a row of headings; of a workbook, its first sheet with rows.
    ///   - file: its name, for messages.
    ///   - id: the column of ids; nil numbers the rows from 1.
    ///   - wanted: the columns to keep; others are passed over.
    ///   - pools: of the same columns of a file read before, so that equal values get equal codes.
    ///   - threads: cores to use.
    public static func read(
        _ source: RowSource, file: String, id: String?, wanted: [String], pools: consuming [String: TextPool] = [:],
        threads: Int
    ) async throws -> RecordFile {
        let table = try OpenTable(source, file: file, looksFor: wanted + [id].compactMap(\.self))
        let header = table.header
        var positions: [String: Int] = [:]
        for (index, name) in header.enumerated() {
            if positions[name] != nil, wanted.contains(name) || name == id {
                throw RecordFileError.doubleColumn(name, file: file)
            }
            positions[name] = index
        }
        for name in wanted + [id].compactMap(\.self) where positions[name] == nil {
            throw RecordFileError.missingColumn(name, file: file, nearest: Nearest.name(to: name, among: header))
        }
        let idColumn = id.flatMap { positions[$0] }
        var isWanted = Array(repeating: false, count: header.count)
        for name in wanted { if let position = positions[name] { isWanted[position] = true } }
        let keep = isWanted
        let layout = RecordLayout(width: header.count, idColumn: idColumn, keep: keep)
        let ids = IDBuilder()
        var builders: [ColumnBuilder?] = []
        for column in header.indices {
            builders.append(keep[column] ? ColumnBuilder(pools.removeValue(forKey: header[column]) ?? TextPool()) : nil)
        }
        let heading = table.heading
        var numbers: [Int] = []
        let counts: RowCounts
        switch table.rows {
        case .text(let content, let start, let separator):
            let reading = TextReading(
                content: content, separator: separator, layout: layout, file: file, heading: heading,
                builders: builders,
                ids: ids, threads: threads)
            counts = try await reading.read(from: start)
        case .sheet(let reader):
            do {
                let part = try RecordPart(reader, layout)
                (counts, numbers) = (part.counts, part.numbers)
                for column in header.indices { builders[column]?.add(part.columns[column], of: part.pools[column]) }
                if idColumn != nil { ids.add(part.ids) }
            } catch {
                throw RecordFileError(error, file: file)
            }
        }
        func number(_ row: Int) -> Int { numbers.isEmpty ? heading + row : numbers[row - 1] }
        guard counts.rows > 0 else { throw RecordFileError.empty(file: file) }
        var joined = RecordFile(
            header: header, columns: Array(repeating: [], count: header.count),
            pools: Array(repeating: TextPool(), count: header.count), ids: try ids.finish(file) { number($0 + 1) },
            rows: counts.rows)
        (joined.uneven, joined.firstUneven) = (counts.uneven, counts.firstUneven.map(number))
        (joined.shifted, joined.firstShifted) = (counts.shifted, counts.firstShifted.map(number))
        (joined.uncomputed, joined.firstUncomputed) = (counts.uncomputed, counts.firstUncomputed.map(number))
        if idColumn == nil {
            for row in 1...counts.rows { Array(String(row).utf8).withUnsafeBytes { joined.ids.append($0) } }
        }
        for (column, builder) in builders.enumerated() {
            guard let (pool, codes) = builder?.finish() else { continue }
            (joined.pools[column], joined.columns[column]) = (pool, codes)
        }
        return joined
    }

    /// The names of a file's columns, without reading on.
    static func names(of source: RowSource, file: String) throws -> [String] {
        try OpenTable(source, file: file, looksFor: []).header
    }
}
