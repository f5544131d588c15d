import Foundation
import Synchronization

/// A column as it is put together: its values get their codes stretch by stretch, by one core at a time.
final class ColumnBuilder: Sendable {
    struct Built {
        var pool: TextPool
        var codes: [UInt32] = []
    }

    private let built: Mutex<Built>

    /// - Parameter pool: of the same column of a file read before.
    init(_ pool: consuming sending TextPool) { built = Mutex(Built(pool: pool)) }

    /// - Parameter rows: how many there will be, about.
    func add(_ piece: TextPiece, column: Int, of content: Data, rows: Int) {
        built.withLock { built in
            if built.codes.isEmpty { built.codes.reserveCapacity(rows) }
            content.withUnsafeBytes { bytes in
                piece.unquoted.withUnsafeBytes { unquoted in
                    built.pool.codes(
                        of: piece.values[column], in: UnsafeRawBufferPointer(rebasing: bytes[piece.range]), unquoted,
                        into: &built.codes)
                }
            }
        }
    }

    /// Takes in rows whose codes are of another pool.
    func add(_ codes: [UInt32], of pool: TextPool) {
        built.withLock { built in
            let map = built.pool.merge(pool)
            for code in codes { built.codes.append(map[Int(code)]) }
        }
    }

    /// What came together; nothing is left here.
    func finish() -> (pool: TextPool, codes: [UInt32]) {
        built.withLock { built in
            defer { built = Built(pool: TextPool()) }
            return (built.pool, built.codes)
        }
    }
}

/// The ids of a file, looked through for missing and doubled ones as they come.
final class IDBuilder: Sendable {
    private struct Built {
        var ids = TextList()
        var table = RowTable()
    }

    private let built = Mutex(Built())

    func add(_ piece: TextPiece, column: Int, of content: Data) {
        built.withLock { built in
            content.withUnsafeBytes { bytes in
                let bytes = UnsafeRawBufferPointer(rebasing: bytes[piece.range])
                piece.unquoted.withUnsafeBytes { unquoted in
                    for value in piece.values[column] { built.ids.append(TextPiece.text(value, in: bytes, unquoted)) }
                }
            }
            built.table.add(built.ids)
        }
    }

    func add(_ ids: TextList) {
        built.withLock { built in
            built.ids.append(contentsOf: ids)
            built.table.add(built.ids)
        }
    }

    /// - Parameter number: of a row (from 0) in the file.
    /// - Throws: ``RecordFileError`` for the first id that is missing or was there before.
    func finish(_ file: String, number: (Int) -> Int) throws -> TextList {
        let (ids, fault) = built.withLock { built in
            defer { built = Built() }
            return (built.ids, built.table.fault)
        }
        switch fault {
        case .missing(let row): throw RecordFileError.missingID(file: file, row: number(row))
        case .double(let first, let row):
            throw RecordFileError.doubleID(ids[row], file: file, rows: [number(first), number(row)])
        case nil: return ids
        }
    }
}

/// Rows by the hash of their ids: finds the first id that was there before.
private struct RowTable {
    enum Fault {
        case missing(row: Int)
        case double(first: Int, row: Int)
    }

    private(set) var fault: Fault?
    /// Open addressing: hash above row + 1; 0 for an empty place. Its size is a power of two.
    private var table = [UInt64](repeating: 0, count: 1 << 12)
    private var count = 0
    /// What was looked at ahead; means nothing.
    private var touched: UInt64 = 0

    /// Looks through the ids that came since.
    mutating func add(_ ids: TextList) {
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { hashes in
            while count < ids.count, fault == nil {
                let rows = count..<min(count + 64, ids.count)
                while rows.upperBound * 2 > table.count { grow() }
                // Looks at all places first: these loads do not wait for one another.
                for row in rows {
                    let hash = ids.withBytes(of: row) { TextPool.hash($0) }
                    hashes[row - rows.lowerBound] = hash
                    touched ^= table[Int(hash) & (table.count - 1)]
                }
                for row in rows where fault == nil { put(row, hashes[row - rows.lowerBound], ids) }
                count = rows.upperBound
            }
        }
    }

    private mutating func put(_ row: Int, _ hash: UInt32, _ ids: TextList) {
        if ids.isEmpty(row) {
            fault = .missing(row: row)
            return
        }
        var place = Int(hash) & (table.count - 1)
        while table[place] != 0 {
            if UInt32(truncatingIfNeeded: table[place] >> 32) == hash {
                let other = Int(UInt32(truncatingIfNeeded: table[place])) - 1
                if ids.areEqual(other, row) {
                    fault = .double(first: other, row: row)
                    return
                }
            }
            place = (place + 1) & (table.count - 1)
        }
        table[place] = UInt64(hash) << 32 | UInt64(row + 1)
    }

    private mutating func grow() {
        var larger = LargePages.array(repeating: UInt64(0), count: table.count * 2)
        for entry in table where entry != 0 {
            var place = Int(entry >> 32) & (larger.count - 1)
            while larger[place] != 0 { place = (place + 1) & (larger.count - 1) }
            larger[place] = entry
        }
        table = larger
    }
}
