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
        _ source: RowSource, file: String, id: String?, wanted: [String], pools: [String: TextPool] = [:], threads: Int
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
        let layout = RecordPart.Layout(width: header.count, idColumn: idColumn, keep: keep)
        let parts: [RecordPart]
        switch table.rows {
        case .text(let content, let start, let separator):
            parts = await self.parts(of: content, from: start, separator: separator, layout: layout, threads: threads)
        case .sheet(let reader):
            do {
                parts = [try RecordPart(reader, layout)]
            } catch {
                throw RecordFileError(error, file: file)
            }
        }
        var first = 0
        var counts = (uneven: 0, shifted: 0, uncomputed: 0)
        var firsts: (uneven: Int?, shifted: Int?, uncomputed: Int?)
        for part in parts {
            func number(_ row: Int) -> Int {
                part.numbers.isEmpty ? table.heading + first + row : part.numbers[row - 1]
            }
            if let row = part.invalidRow { throw RecordFileError.invalidText(file: file, row: number(row)) }
            if let row = part.brokenRow { throw RecordFileError.brokenQuoting(file: file, row: number(row)) }
            firsts.uneven = firsts.uneven ?? part.firstUneven.map(number)
            firsts.shifted = firsts.shifted ?? part.firstShifted.map(number)
            firsts.uncomputed = firsts.uncomputed ?? part.firstUncomputed.map(number)
            counts.uneven += part.uneven
            counts.shifted += part.shifted
            counts.uncomputed += part.uncomputed
            first += part.rows
        }
        guard first > 0 else { throw RecordFileError.empty(file: file) }
        let rows = first
        var joined = RecordFile(
            header: header, columns: Array(repeating: [], count: header.count),
            pools: header.map { pools[$0] ?? TextPool() }, ids: TextList(),
            rows: first)
        (joined.uneven, joined.firstUneven) = (counts.uneven, firsts.uneven)
        (joined.shifted, joined.firstShifted) = (counts.shifted, firsts.shifted)
        (joined.uncomputed, joined.firstUncomputed) = (counts.uncomputed, firsts.uncomputed)
        for part in parts { joined.ids.append(contentsOf: part.ids) }
        if idColumn == nil {
            for row in 1...first { Array(String(row).utf8).withUnsafeBytes { joined.ids.append($0) } }
        }
        let ids = joined.ids
        let numbers = parts.first?.numbers ?? []
        let heading = table.heading
        // Columns are independent of one another, so each is put together by a task of its own; another looks through the ids.
        let built = try await withThrowingTaskGroup(of: (Int, [UInt32], TextPool)?.self) { group in
            if idColumn != nil {
                group.addTask {
                    try checkIDs(ids, file: file) { numbers.isEmpty ? heading + $0 + 1 : numbers[$0] }
                    return nil
                }
            }
            // The longest first, so that no core is left with one at the end.
            let sizes = header.indices.map { column in parts.reduce(0) { $0 + $1.pools[column].count } }
            for column in header.indices.filter({ keep[$0] }).sorted(by: { (sizes[$1], $0) < (sizes[$0], $1) }) {
                let pool = joined.pools[column]
                group.addTask {
                    var pool = pool
                    var codes: [UInt32] = []
                    codes.reserveCapacity(rows)
                    for part in parts {
                        let map = pool.merge(part.pools[column])
                        part.columns[column].withUnsafeBufferPointer { local in
                            map.withUnsafeBufferPointer { map in for code in local { codes.append(map[Int(code)]) } }
                        }
                    }
                    return (column, codes, pool)
                }
            }
            var built: [(Int, [UInt32], TextPool)] = []
            for try await case .some(let column) in group { built.append(column) }
            return built
        }
        for (column, codes, pool) in built {
            joined.columns[column] = codes
            joined.pools[column] = pool
        }
        return joined
    }

    /// The names of a file's columns, without reading on.
    static func names(of source: RowSource, file: String) throws -> [String] {
        try OpenTable(source, file: file, looksFor: []).header
    }

    /// - Parameter number: of a row (from 0) in the file.
    private static func checkIDs(_ ids: TextList, file: String, number: (Int) -> Int) throws {
        var pool = TextPool(capacity: ids.count)
        for row in 0..<ids.count {
            let before = pool.count
            let code = ids.withBytes(of: row) { pool.code(of: $0) }
            if code == 0 { throw RecordFileError.missingID(file: file, row: number(row)) }
            if pool.count == before {
                // Codes are given in the order of first sight, and every id so far was new.
                throw RecordFileError.doubleID(ids[row], file: file, rows: [number(Int(code) - 1), number(row)])
            }
        }
    }

    // MARK: Text on all cores

    private static func parts(
        of content: Data, from start: Int, separator: UInt8, layout: RecordPart.Layout, threads: Int
    ) async -> [RecordPart] {
        let cuts = cuts(of: content, from: start, parts: max(threads, 1))
        return await withTaskGroup(of: (Int, RecordPart).self) { group in
            for (index, range) in cuts.enumerated() {
                group.addTask { (index, RecordPart(content, range, separator: separator, layout)) }
            }
            var parts: [RecordPart?] = Array(repeating: nil, count: cuts.count)
            for await (index, part) in group { parts[index] = part }
            return parts.compactMap(\.self)
        }
    }

    /// Cuts the rows into parts of like size, each at the end of a row. A line break within quotes ends no row.
    private static func cuts(of content: Data, from start: Int, parts: Int) -> [Range<Int>] {
        content.withUnsafeBytes { bytes in
            let count = bytes.count
            guard parts > 1, count - start > 1 << 16 else { return [start..<count] }
            var cuts: [Int] = [start]
            var quoted = false
            var position = start
            for part in 1..<parts {
                let wanted = start + (count - start) / parts * part
                while position < count, position < wanted || quoted || bytes[position - 1] != 10 {
                    if bytes[position] == 34 { quoted.toggle() }
                    position += 1
                }
                if position < count, position > cuts[cuts.count - 1] { cuts.append(position) }
            }
            cuts.append(count)
            return zip(cuts, cuts.dropFirst()).map { $0..<$1 }
        }
    }
}
