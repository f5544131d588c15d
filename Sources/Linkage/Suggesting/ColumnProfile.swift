/// What a column of a file holds.
public struct ColumnProfile: Sendable, Equatable {
    public let name: String
    public let rows: Int
    /// Rows with a value.
    public let filled: Int
    public let distinct: Int
    /// The most frequent values.
    public let common: [(value: String, count: Int)]
    /// Letters of the shortest and the longest value.
    public let lengths: ClosedRange<Int>
    /// The chance that two rows share a value.
    public let collision: Double
    /// What the values seem to be.
    public let kind: ColumnKind

    public static func == (left: Self, right: Self) -> Bool {
        left.name == right.name && left.rows == right.rows && left.filled == right.filled
            && left.distinct == right.distinct
            && left.kind == right.kind
    }

    public var fill: Double { rows == 0 ? 0 : Double(filled) / Double(rows) }

    /// Whether every row has a value of its own.
    public var isUnique: Bool { filled == rows && distinct == rows }
}

/// Reads what the columns of a file hold.
public struct FileProfile: Sendable {
    public let rows: Int
    public let columns: [ColumnProfile]
    let file: RecordFile

    /// - Throws: ``RecordFileError``.
    public init(_ list: LinkList, threads: Int) async throws {
        // All columns are wanted: the header tells which there are.
        let header = try RecordReader.names(of: list.source, file: list.name)
        let file = try await RecordReader.read(
            list.source, file: list.name, id: nil, wanted: header, threads: threads)
        self.file = file
        rows = file.rows
        columns = await withTaskGroup(of: (Int, ColumnProfile).self) { group in
            for (index, name) in file.header.enumerated() {
                group.addTask { (index, Self.profile(name, file.columns[index], file.pools[index])) }
            }
            var profiles: [ColumnProfile?] = Array(repeating: nil, count: file.header.count)
            for await (index, profile) in group { profiles[index] = profile }
            return profiles.compactMap(\.self)
        }
    }

    /// How many values make up all but one in a hundred of the rows that have one: slips of the pen make a category no text.
    private static func usual(_ counts: [Int], _ filled: Int) -> Int {
        var rest = filled - filled / 100
        for (index, count) in counts.dropFirst().sorted(by: >).enumerated() {
            rest -= count
            if rest <= 0 { return index + 1 }
        }
        return counts.count
    }

    private static func profile(_ name: String, _ codes: [UInt32], _ pool: TextPool) -> ColumnProfile {
        var counts = [Int](repeating: 0, count: pool.count + 1)
        for code in codes { counts[Int(code)] += 1 }
        let filled = codes.count - counts[0]
        var top: [(code: Int, count: Int)] = []
        var lengths = (Int.max, 0)
        var pairs = 0.0
        for code in 1..<max(counts.count, 1) where counts[code] > 0 {
            let length = pool.range(of: UInt32(code)).count
            lengths = (min(lengths.0, length), max(lengths.1, length))
            pairs += Double(counts[code]) * Double(counts[code] - 1)
            if top.count < 5 || counts[code] > top[4].count {
                top.append((code, counts[code]))
                top.sort { ($0.count, $1.code) > ($1.count, $0.code) }
                if top.count > 5 { top.removeLast() }
            }
        }
        let distinct = counts.dropFirst().count { $0 > 0 }
        return ColumnProfile(
            name: name, rows: codes.count, filled: filled, distinct: distinct,
            common: top.map { (pool.text(of: UInt32($0.code)), $0.count) },
            lengths: lengths.0 == .max ? 0...0 : lengths.0...lengths.1,
            collision: filled > 1 ? pairs / (Double(filled) * Double(filled - 1)) : 0,
            kind: KindGuess.kind(of: name, pool, filled: filled, usual: usual(counts, filled)))
    }
}
