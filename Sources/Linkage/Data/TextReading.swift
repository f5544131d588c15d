import Foundation

/// Reads a text's rows on all cores: stretches of it are taken apart while the columns of those before get their codes, each column in
/// the order of the rows.
struct TextReading: Sendable {
    let content: Data
    let separator: UInt8
    let layout: RecordLayout
    /// For messages.
    let file: String
    /// The line of the headings.
    let heading: Int
    /// By column; nil for those that are not kept.
    let builders: [ColumnBuilder?]
    let ids: IDBuilder
    /// Cores to use.
    let threads: Int

    /// Stretches that are read at once.
    private var wave: Int { 4 * max(threads, 1) }

    /// - Throws: ``RecordFileError`` for the first row that cannot be read.
    func read(from start: Int) async throws(RecordFileError) -> RowCounts {
        let cuts = TextCuts.ranges(of: content, from: start)
        var counts = RowCounts()
        var expected = 0
        var next = Array(cuts.prefix(wave))
        var first = next.count
        var pieces: [TextPiece] = []
        while !next.isEmpty || !pieces.isEmpty {
            let found = await step(coding: pieces, reading: next, rows: expected)
            for piece in found {
                let before = counts.rows
                try piece.counts.check(file) { heading + before + $0 }
                counts.add(piece.counts)
            }
            if expected == 0, let piece = found.first {
                // A little more than it seems: an array that grows is copied.
                expected = piece.counts.rows * (content.count - start) / max(piece.range.count, 1) * 51 / 50 + 16
            }
            pieces = found
            next = Array(cuts[first..<min(first + wave, cuts.count)])
            first += next.count
        }
        return counts
    }

    private func step(coding pieces: [TextPiece], reading ranges: [Range<Int>], rows: Int) async -> [TextPiece] {
        await withTaskGroup(of: (Int, TextPiece)?.self) { group in
            if !pieces.isEmpty {
                for column in layout.columns {
                    if let builder = builders[column] {
                        group.addTask {
                            for piece in pieces { builder.add(piece, column: column, of: content, rows: rows) }
                            return nil
                        }
                    }
                    if column == layout.idColumn {
                        group.addTask {
                            for piece in pieces { ids.add(piece, column: column, of: content) }
                            return nil
                        }
                    }
                }
            }
            for (index, range) in ranges.enumerated() {
                group.addTask { (index, TextPiece(content, range, separator: separator, layout)) }
            }
            var found: [TextPiece?] = Array(repeating: nil, count: ranges.count)
            for await case .some(let (index, piece)) in group { found[index] = piece }
            return found.compactMap(\.self)
        }
    }
}
