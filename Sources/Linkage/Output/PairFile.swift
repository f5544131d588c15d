public import Foundation
import Synchronization

/// Writes results as CSV in pieces of a few megabytes: nothing is held twice.
public enum PairFile {
    /// `left_id,right_id,match_weight,match_probability` and for each comparison the condition that held: `null` where a side
    /// was missing, `else` where none did. Of several lists `left_list,left_id,right_list,right_id,…`.
    /// - Parameters:
    ///   - result: of a run.
    ///   - write: takes the next bytes.
    public static func write(_ result: LinkResult, to write: (Data) throws -> Void) rethrows {
        let line = PairLines(result.model)
        let lists = result.lists.map { Array((quoted($0) + ",").utf8) }
        let showsLists = !result.sources.isEmpty
        try write(Data(line.header(showsLists: showsLists)))
        @Sendable func piece(_ range: Range<Int>) -> Data {
            var bytes: [UInt8] = []
            bytes.reserveCapacity(range.count * 128)
            for index in range {
                let pair = result.pairs[index]
                if showsLists { bytes += lists[result.list(left: pair.left)] }
                append(result.leftIDs, pair.left, to: &bytes)
                bytes.append(44)
                if showsLists { bytes += lists[result.list(right: pair.right)] }
                append(result.rightIDs, pair.right, to: &bytes)
                line.append(pair.weight, pair.probability, pair.pattern, to: &bytes)
            }
            return Data(bytes)
        }
        // A piece for each core at a time, written in their order.
        let cores = ProcessInfo.processInfo.activeProcessorCount
        var start = 0
        while start < result.pairs.count {
            let pieces = stride(
                from: start, to: min(start + cores * pairsOfPiece, result.pairs.count), by: pairsOfPiece
            )
            .map { $0..<min($0 + pairsOfPiece, result.pairs.count) }
            let made = Pieces(pieces.count)
            DispatchQueue.concurrentPerform(iterations: pieces.count) { made.put(piece(pieces[$0]), at: $0) }
            for data in made.all { try write(data) }
            start += cores * pairsOfPiece
        }
    }

    /// Pieces of a file as they are made, on several cores.
    private final class Pieces: Sendable {
        private let list: Mutex<[Data]>

        init(_ count: Int) { list = Mutex(Array(repeating: Data(), count: count)) }

        func put(_ data: Data, at index: Int) { list.withLock { $0[index] = data } }

        var all: [Data] { list.withLock { $0 } }
    }

    private static let pairsOfPiece = 16_384

    /// `id,cluster`: a row for each record, clusters numbered from 1 in the order of their first records. Of several lists
    /// `list,id,cluster`.
    /// - Parameters:
    ///   - clusters: for each row of the left side, from 0.
    ///   - result: of the run they are of.
    ///   - write: takes the next bytes.
    public static func write(clusters: [Int], of result: LinkResult, to write: (Data) throws -> Void) rethrows {
        let lists = result.lists.map { Array((quoted($0) + ",").utf8) }
        let showsLists = !result.sources.isEmpty
        var bytes = Array(((showsLists ? "list," : "") + clusterHeader).utf8)
        for (row, cluster) in clusters.enumerated() {
            if showsLists { bytes += lists[result.list(left: row)] }
            append(result.leftIDs, row, to: &bytes)
            bytes.append(44)
            append(cluster + 1, to: &bytes)
            bytes.append(10)
            if bytes.count > size {
                try write(Data(bytes))
                bytes.removeAll(keepingCapacity: true)
            }
        }
        try write(Data(bytes))
    }

    static let clusterHeader = "id,cluster\n"

    /// Bytes of a piece.
    private static let size = 1 << 20

    /// A field of CSV.
    public static func quoted(_ field: String) -> String {
        guard field.utf8.contains(where: isSpecial) else { return field }
        // By bytes: a quote with a combining mark behind it is a letter of its own to a search for quotes.
        let doubled = field.utf8.flatMap { $0 == 34 ? [$0, $0] : [$0] }
        return "\"" + String(decoding: doubled, as: UTF8.self) + "\""
    }

    private static func isSpecial(_ byte: UInt8) -> Bool { byte == 44 || byte == 34 || byte == 10 || byte == 13 }

    private static func append(_ ids: TextList, _ row: Int, to bytes: inout [UInt8]) {
        ids.withBytes(of: row) { append(id: $0, to: &bytes) }
    }

    static func append(id: UnsafeRawBufferPointer, to bytes: inout [UInt8]) {
        if id.contains(where: isSpecial) {
            bytes += quoted(String(decoding: id, as: UTF8.self)).utf8
        } else {
            bytes.append(contentsOf: id)
        }
    }

    static func append(_ number: Int, to bytes: inout [UInt8]) {
        var rest = number.magnitude
        if number < 0 { bytes.append(45) }
        let start = bytes.count
        repeat {
            bytes.append(48 + UInt8(rest % 10))
            rest /= 10
        } while rest > 0
        bytes[start...].reverse()
    }

    /// A decimal point and so many digits behind it, the same on every machine and in every language.
    static func append(_ value: Double, _ digits: Int, to bytes: inout [UInt8]) {
        var scale = 1
        for _ in 0..<digits { scale *= 10 }
        let whole = Int((min(max(value, -1e9), 1e9) * Double(scale)).rounded())
        if whole < 0 { bytes.append(45) }
        append(Int(whole.magnitude) / scale, to: &bytes)
        bytes.append(46)
        let rest = Int(whole.magnitude) % scale
        var place = scale / 10
        while place > 0 {
            bytes.append(48 + UInt8(rest / place % 10))
            place /= 10
        }
    }

    /// The same as text.
    static func decimals(_ value: Double, _ digits: Int) -> String {
        var bytes: [UInt8] = []
        append(value, digits, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// The lines of a pairs file behind the ids.
struct PairLines {
    private let names: [String]
    private let conditions: [[[UInt8]]]

    init(_ model: LinkModel) {
        names = model.comparisons.map(\.name)
        conditions = model.comparisons.map { comparison in
            [Array(",null".utf8)]
                + comparison.levels.map { Array(("," + PairFile.quoted($0.condition)).utf8) }
        }
    }

    func header(showsLists: Bool) -> [UInt8] {
        var header = showsLists ? "left_list,left_id,right_list,right_id" : "left_id,right_id"
        header += ",match_weight,match_probability"
        for name in names { header += "," + PairFile.quoted(name) }
        return Array((header + "\n").utf8)
    }

    func append(_ weight: Double, _ probability: Double, _ pattern: UInt64, to bytes: inout [UInt8]) {
        bytes.append(44)
        PairFile.append(weight, 4, to: &bytes)
        bytes.append(44)
        PairFile.append(probability, 6, to: &bytes)
        for (place, condition) in conditions.enumerated() {
            bytes += condition[Int(pattern >> UInt64(place * 4) & 15)]
        }
        bytes.append(10)
    }
}
