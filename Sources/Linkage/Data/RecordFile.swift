public import Foundation
import Kernel

/// The rows of a file as codes of its columns' values.
public struct RecordFile: Sendable {
    /// As the file names them, in its order.
    public let header: [String]
    /// By column index of ``header``; columns that were not asked for are empty.
    public internal(set) var columns: [[UInt32]]
    /// The pool of each column that was asked for; shared by files that are linked.
    public internal(set) var pools: [TextPool]
    /// The records' own ids, in the order of the rows; codes of ``idPool``.
    public internal(set) var ids: TextList
    public let rows: Int
    /// How many rows have more or fewer fields than the header, and the first of them (the header is row 1).
    public internal(set) var uneven = 0
    public internal(set) var firstUneven: Int?
}

/// Reads delimited text (RFC 4180) on all cores into codes: a file of millions of rows in seconds.
public enum RecordReader {
    /// - Parameters:
    ///   - content: the whole file; mapped memory serves.
    ///   - file: its name, for messages.
    ///   - id: the column of ids; nil numbers the rows from 1.
    ///   - wanted: the columns to keep; others are passed over.
    ///   - pools: of the same columns of a file read before, so that equal values get equal codes.
    public static func read(
        _ content: Data, file: String, id: String?, wanted: [String], pools: [String: TextPool] = [:], threads: Int
    ) async throws -> RecordFile {
        let (header, separator, start) = try header(of: content, file: file)
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
        let cuts = cuts(of: content, from: start, parts: max(threads, 1))
        let parts = await parts(
            of: content, at: cuts,
            layout: Layout(width: header.count, separator: separator, idColumn: idColumn, keep: keep))
        var first = 0
        var uneven = 0
        var firstUneven: Int?
        for part in parts {
            if let row = part.invalidRow { throw RecordFileError.invalidText(file: file, row: first + row + 1) }
            if let row = part.brokenRow { throw RecordFileError.brokenQuoting(file: file, row: first + row + 1) }
            if let row = part.firstUneven { firstUneven = firstUneven ?? first + row + 1 }
            uneven += part.uneven
            first += part.rows
        }
        guard first > 0 else { throw RecordFileError.empty(file: file) }
        let rows = first
        var joined = RecordFile(
            header: header, columns: Array(repeating: [], count: header.count),
            pools: header.map { pools[$0] ?? TextPool() }, ids: TextList(),
            rows: first)
        (joined.uneven, joined.firstUneven) = (uneven, firstUneven)
        for part in parts { joined.ids.append(contentsOf: part.ids) }
        if idColumn == nil {
            for row in 1...first { Array(String(row).utf8).withUnsafeBytes { joined.ids.append($0) } }
        }
        let ids = joined.ids
        // Columns are independent of one another, so each is put together by a task of its own; another looks through the ids.
        let built = try await withThrowingTaskGroup(of: (Int, [UInt32], TextPool)?.self) { group in
            if idColumn != nil {
                group.addTask {
                    try checkIDs(ids, file: file)
                    return nil
                }
            }
            for column in header.indices where keep[column] {
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

    /// What is to be read of each row.
    private struct Layout: Sendable {
        let width: Int
        let separator: UInt8
        let idColumn: Int?
        let keep: [Bool]
    }

    private static func parts(of content: Data, at cuts: [Range<Int>], layout: Layout) async -> [Part] {
        await withTaskGroup(of: (Int, Part).self) { group in
            for (index, range) in cuts.enumerated() { group.addTask { (index, Part(content, range, layout)) } }
            var parts: [Part?] = Array(repeating: nil, count: cuts.count)
            for await (index, part) in group { parts[index] = part }
            return parts.compactMap(\.self)
        }
    }

    private static func checkIDs(_ ids: TextList, file: String) throws {
        var pool = TextPool(capacity: ids.count)
        for row in 0..<ids.count {
            let before = pool.count
            let code = ids.withBytes(of: row) { pool.code(of: $0) }
            if code == 0 { throw RecordFileError.missingID(file: file, row: row + 2) }
            if pool.count == before {
                // Codes are given in the order of first sight, and every id so far was new.
                throw RecordFileError.doubleID(ids[row], file: file, rows: [Int(code) + 1, row + 2])
            }
        }
    }

    // MARK: Header

    /// The names of a file's columns, without reading on.
    static func names(of content: Data, file: String) throws -> [String] { try header(of: content, file: file).0 }

    private static func header(of content: Data, file: String) throws -> ([String], UInt8, Int) {
        try content.withUnsafeBytes { bytes in
            var start = 0
            if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { start = 3 }
            guard bytes.count > start else { throw RecordFileError.empty(file: file) }
            if bytes.prefix(1_024).contains(0) { throw RecordFileError.notText(file: file) }
            var end = start
            var quoted = false
            while end < bytes.count, quoted || bytes[end] != 10 {
                if bytes[end] == 34 { quoted.toggle() }
                end += 1
            }
            let line = bytes[start..<end]
            let separators: [UInt8] = [44, 59, 9, 124]
            let separator =
                separators.max { left, right in line.count { $0 == left } < line.count { $0 == right } } ?? 44
            guard line.contains(separator) else { throw RecordFileError.oneColumn(file: file) }
            let names = fields(of: Array(line), separator: separator)
            guard let header = names.map({ String(validating: $0, as: UTF8.self) }) as? [String] else {
                throw RecordFileError.notText(file: file)
            }
            return (
                header.map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }, separator, min(end + 1, bytes.count)
            )
        }
    }

    private static func fields(of line: [UInt8], separator: UInt8) -> [[UInt8]] {
        var fields: [[UInt8]] = [[]]
        var quoted = false
        for byte in line where byte != 13 {
            if byte == 34 {
                quoted.toggle()
            } else if byte == separator, !quoted {
                fields.append([])
            } else {
                fields[fields.count - 1].append(byte)
            }
        }
        return fields
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

    // MARK: One part

    private struct Part: Sendable {
        var pools: [TextPool]
        var columns: [[UInt32]]
        var ids = TextList()
        var rows = 0
        private var waiting: [[(start: Int, end: Int)]]
        /// Rows with more or fewer fields than the header, and the first of them, counted within the part.
        var uneven = 0
        var firstUneven: Int?
        /// The first row with bytes that are no text, counted within the part.
        var invalidRow: Int?
        /// The first row whose quotes do not fit, counted within the part.
        var brokenRow: Int?

        init(_ content: Data, _ range: Range<Int>, _ layout: Layout) {
            pools = Array(repeating: TextPool(), count: layout.width)
            columns = Array(repeating: [], count: layout.width)
            waiting = Array(repeating: [], count: layout.width)
            content.withUnsafeBytes { bytes in
                if let place = UTF8Check.firstInvalid(in: UnsafeRawBufferPointer(rebasing: bytes[range])) {
                    invalidRow = bytes[range].prefix(place).count { $0 == 10 } + 1
                    return
                }
                read(
                    UnsafeRawBufferPointer(rebasing: bytes[range]), header: layout.width, separator: layout.separator,
                    idColumn: layout.idColumn, keep: layout.keep)
            }
        }

        private mutating func read(
            _ bytes: UnsafeRawBufferPointer, header: Int, separator: UInt8, idColumn: Int?, keep: [Bool]
        ) {
            let count = bytes.count
            var position = 0
            var unquoted: [UInt8] = []
            while position < count {
                if bytes[position] == 10 || bytes[position] == 13 {
                    position += 1
                    continue
                }
                var column = 0
                var isEnd = false
                var hasID = false
                while !isEnd {
                    var start = position
                    var end = position
                    var isQuoted = false
                    if position < count, bytes[position] == 34 {
                        isQuoted = true
                        unquoted.removeAll(keepingCapacity: true)
                        position += 1
                        var isClosed = false
                        while position < count {
                            let byte = bytes[position]
                            if byte == 34 {
                                if position + 1 < count, bytes[position + 1] == 34 {
                                    unquoted.append(34)
                                    position += 2
                                    continue
                                }
                                position += 1
                                isClosed = true
                                break
                            }
                            unquoted.append(byte)
                            position += 1
                        }
                        let goesOn =
                            position < count && bytes[position] != separator && bytes[position] != 10
                            && bytes[position] != 13
                        if !isClosed || goesOn {
                            brokenRow = brokenRow ?? rows + 1
                            while position < count, bytes[position] != separator, bytes[position] != 10 {
                                position += 1
                            }
                        }
                    } else {
                        while position < count, bytes[position] != separator, bytes[position] != 10 { position += 1 }
                        end = position
                        if end > start, position == count || bytes[position] == 10, bytes[end - 1] == 13 { end -= 1 }
                        while start < end, bytes[start] == 32 { start += 1 }
                        while end > start, bytes[end - 1] == 32 { end -= 1 }
                    }
                    if position < count, bytes[position] == 13 { position += 1 }
                    isEnd = position >= count || bytes[position] == 10
                    position += 1
                    guard column < header else {
                        column += 1
                        continue
                    }
                    if column == idColumn {
                        hasID = true
                        if isQuoted {
                            unquoted.withUnsafeBytes { ids.append($0) }
                        } else {
                            ids.append(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
                        }
                    }
                    if keep[column] {
                        if isQuoted {
                            // Its bytes may lie nowhere in the file as they are: coded at once, in its turn.
                            flush(column, bytes)
                            let code = unquoted.withUnsafeBytes { pools[column].code(of: $0) }
                            columns[column].append(code)
                        } else {
                            waiting[column].append((start, end))
                        }
                    }
                    column += 1
                }
                if column != header {
                    uneven += 1
                    firstUneven = firstUneven ?? rows + 1
                }
                // A short row lacks its last columns.
                while column < header {
                    if keep[column] { waiting[column].append((0, 0)) }
                    column += 1
                }
                if idColumn != nil, !hasID { ids.append(UnsafeRawBufferPointer(start: nil, count: 0)) }
                rows += 1
                if rows % 64 == 0 { for column in 0..<header where keep[column] { flush(column, bytes) } }
            }
            for column in 0..<header where keep[column] { flush(column, bytes) }
        }

        /// Codes the values of a column that wait for it: many at once, so that memory is waited for once.
        private mutating func flush(_ column: Int, _ bytes: UnsafeRawBufferPointer) {
            guard !waiting[column].isEmpty else { return }
            pools[column].codes(of: waiting[column], in: bytes, into: &columns[column])
            waiting[column].removeAll(keepingCapacity: true)
        }
    }
}
