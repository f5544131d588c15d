import Foundation
import Tabular

/// Rows of a workbook: each column's values as codes of a pool of its own.
struct RecordPart: Sendable {
    private(set) var pools: [TextPool]
    private(set) var columns: [[UInt32]]
    private(set) var ids = TextList()
    private(set) var counts = RowCounts()
    /// The numbers of the rows in the workbook.
    private(set) var numbers: [Int] = []

    /// Reads all rows behind the one that a reader stands at.
    init(_ reader: RowReader, _ layout: RecordLayout) throws(TableFileError) {
        pools = Array(repeating: TextPool(), count: layout.width)
        columns = Array(repeating: [], count: layout.width)
        while try reader.nextRow() {
            for column in layout.columns {
                if reader.isUncomputed(column) {
                    if layout.keep[column] { columns[column].append(0) }
                    if column == layout.idColumn { ids.append(UnsafeRawBufferPointer(start: nil, count: 0)) }
                    counts.uncomputed += 1
                    counts.firstUncomputed = counts.firstUncomputed ?? counts.rows + 1
                    continue
                }
                reader.withText(of: column) { text in
                    let text = Self.trimmed(text)
                    if layout.keep[column] { columns[column].append(pools[column].code(of: text)) }
                    if column == layout.idColumn { ids.append(text) }
                }
            }
            counts.rows += 1
            numbers.append(reader.number)
            // A workbook's cells stand where they stand: those beyond the header are remarks.
        }
    }

    private static func trimmed(_ text: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        var (start, end) = (0, text.count)
        while start < end, text[start] == 32 { start += 1 }
        while end > start, text[end - 1] == 32 { end -= 1 }
        return UnsafeRawBufferPointer(rebasing: text[start..<end])
    }
}
