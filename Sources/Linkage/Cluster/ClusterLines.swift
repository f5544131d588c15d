import Foundation

/// The lines between Spark and the workers: fields parted by tabs; within a field a tab, a line's end and a backslash are written
/// `\t`, `\n`, `\r`, `\\`.
enum ClusterLines {
    static let tab: UInt8 = 9

    /// Calls with the fields of each line, which are good only within the call.
    /// - Parameter body: the bytes of all lines and where the fields lie.
    static func each(
        in input: Data, _ body: (UnsafeRawBufferPointer, [Range<Int>]) throws -> Void
    ) throws {
        try input.withUnsafeBytes { bytes in
            var fields: [Range<Int>] = []
            var (start, place) = (0, 0)
            while place < bytes.count {
                switch bytes[place] {
                case tab:
                    fields.append(start..<place)
                    start = place + 1
                case 10:
                    fields.append(start..<place)
                    try body(bytes, fields)
                    fields.removeAll(keepingCapacity: true)
                    start = place + 1
                default: break
                }
                place += 1
            }
            if start < bytes.count || !fields.isEmpty {
                fields.append(start..<bytes.count)
                try body(bytes, fields)
            }
        }
    }

    static func number(_ bytes: UnsafeRawBufferPointer, _ field: Range<Int>) throws -> Int {
        guard !field.isEmpty else { throw fault(bytes, field) }
        let isNegative = bytes[field.lowerBound] == 45
        var value = 0
        for place in field.dropFirst(isNegative ? 1 : 0) {
            guard (48...57).contains(bytes[place]) else { throw fault(bytes, field) }
            // Down from 0: the least number has no positive counterpart.
            value = value &* 10 &- Int(bytes[place] - 48)
        }
        return isNegative ? value : 0 &- value
    }

    static func decimal(_ bytes: UnsafeRawBufferPointer, _ field: Range<Int>) throws -> Double {
        guard let value = Double(String(decoding: bytes[field], as: UTF8.self)) else { throw fault(bytes, field) }
        return value
    }

    private static func fault(_ bytes: UnsafeRawBufferPointer, _ field: Range<Int>) -> ClusterFault {
        ClusterFault("“\(String(decoding: bytes[field].prefix(40), as: UTF8.self))” is no number")
    }

    /// A field's own bytes.
    static func value(_ bytes: UnsafeRawBufferPointer, _ field: Range<Int>, into value: inout [UInt8]) {
        value.removeAll(keepingCapacity: true)
        var place = field.lowerBound
        while place < field.upperBound {
            if bytes[place] == 92, place + 1 < field.upperBound {
                place += 1
                switch bytes[place] {
                case UInt8(ascii: "t"): value.append(9)
                case UInt8(ascii: "n"): value.append(10)
                case UInt8(ascii: "r"): value.append(13)
                default: value.append(bytes[place])
                }
            } else {
                value.append(bytes[place])
            }
            place += 1
        }
    }
}

/// Lines to write, handed over in pieces.
struct ClusterOutput {
    private var bytes: [UInt8] = []
    private let write: (Data) throws -> Void
    private var isFirst = true

    init(_ write: @escaping (Data) throws -> Void) { self.write = write }

    mutating func put(_ number: Int) {
        part()
        PairFile.append(number, to: &bytes)
    }

    mutating func put(_ number: UInt64) { put(Int(bitPattern: UInt(number))) }

    /// The shortest text that reads as the same number.
    mutating func put(_ number: Double) { put("\(number)") }

    mutating func put(_ text: String) {
        part()
        bytes += text.utf8
    }

    /// What is written as fields already.
    mutating func put(_ fields: UnsafeRawBufferPointer, _ range: Range<Int>) {
        part()
        bytes.append(contentsOf: fields[range])
    }

    private mutating func part() {
        if !isFirst { bytes.append(ClusterLines.tab) }
        isFirst = false
    }

    mutating func end() throws {
        bytes.append(10)
        isFirst = true
        if bytes.count > 1 << 20 { try flush() }
    }

    mutating func flush() throws {
        guard !bytes.isEmpty else { return }
        try write(Data(bytes))
        bytes.removeAll(keepingCapacity: true)
    }
}
