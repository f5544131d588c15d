import Foundation
import Synchronization

/// The records of one side, made from its columns on all cores.
struct RecordTable {
    private(set) var records: [UInt32]
    /// By column how often each value occurs.
    private(set) var counts: [[UInt32]]
    let written: WrittenCodes

    /// Rows that are laid side by side in one go.
    private static let rowsOfPiece = 1 << 14

    /// - Parameters:
    ///   - columns: codes by row.
    ///   - values: of the columns.
    ///   - stride: codes of a record; those behind the columns are 0.
    init(_ columns: [[UInt32]], _ values: [LinkData.Column], rows: Int, stride: Int) {
        let found = Mutex([[UInt32]](repeating: [], count: columns.count))
        DispatchQueue.concurrentPerform(iterations: columns.count) { column in
            let alike = values[column].alike
            var counts = [UInt32](repeating: 0, count: alike.count)
            for code in columns[column] { counts[Int(alike[Int(code)])] += 1 }
            found.withLock { $0[column] = counts }
        }
        counts = found.withLock { $0 }
        let pieces = (rows + Self.rowsOfPiece - 1) / Self.rowsOfPiece
        let written = Mutex([WrittenCodes](repeating: WrittenCodes(columns: columns.count), count: pieces))
        let alike = values.map(\.alike)
        records = Array(unsafeUninitializedCapacity: rows * stride) { buffer, count in
            LargePages.advise(buffer.baseAddress, bytes: rows * stride * MemoryLayout<UInt32>.stride)
            // Each piece writes its own rows alone, and all are done when the closure ends.
            nonisolated(unsafe) let memory = buffer
            DispatchQueue.concurrentPerform(iterations: pieces) { piece in
                let range = piece * Self.rowsOfPiece..<min((piece + 1) * Self.rowsOfPiece, rows)
                var other = WrittenCodes(columns: columns.count)
                for column in columns.indices {
                    var place = range.lowerBound * stride + column
                    let (codes, alike) = (columns[column], alike[column])
                    for row in range {
                        let code = codes[row]
                        let first = alike[Int(code)]
                        memory[place] = first
                        if first != code { other.add(code, column, row: row) }
                        place += stride
                    }
                }
                if stride > columns.count {
                    for row in range {
                        for spare in columns.count..<stride { memory[row * stride + spare] = 0 }
                    }
                }
                let done = other
                written.withLock { $0[piece] = done }
            }
            count = rows * stride
        }
        self.written = written.withLock { WrittenCodes(pieces: $0, columns: columns.count) }
    }
}

/// What stands in a list where its records hold the code of another value that reads the same: few rows in most columns.
struct WrittenCodes: Sendable {
    /// By column, rows rising.
    private var rows: [[UInt32]]
    private var codes: [[UInt32]]

    init(columns: Int) {
        rows = Array(repeating: [], count: columns)
        codes = rows
    }

    /// - Parameter pieces: of rising rows.
    init(pieces: [WrittenCodes], columns: Int) {
        rows = (0..<columns).map { column in pieces.flatMap { $0.rows[column] } }
        codes = (0..<columns).map { column in pieces.flatMap { $0.codes[column] } }
    }

    /// - Parameter row: behind all that were added before.
    mutating func add(_ code: UInt32, _ column: Int, row: Int) {
        rows[column].append(UInt32(row))
        codes[column].append(code)
    }

    /// nil where the record has it itself.
    func code(of column: Int, row: Int) -> UInt32? {
        let rows = rows[column]
        var (low, high) = (0, rows.count)
        while low < high {
            let middle = (low + high) / 2
            if rows[middle] < row { low = middle + 1 } else { high = middle }
        }
        return low < rows.count && rows[low] == row ? codes[column][low] : nil
    }
}
