/// Texts in a row, without a search: one stretch of bytes and where each ends.
public struct TextList: Sendable {
    private var bytes: [UInt8] = []
    private var ends: [UInt32] = [0]

    public init() {}

    public var count: Int { ends.count - 1 }

    mutating func append(_ value: UnsafeRawBufferPointer) {
        bytes.append(contentsOf: value)
        ends.append(UInt32(bytes.count))
    }

    mutating func append(contentsOf other: TextList) {
        let offset = UInt32(bytes.count)
        bytes += other.bytes
        ends += other.ends.dropFirst().map { $0 + offset }
    }

    public subscript(index: Int) -> String {
        String(decoding: bytes[Int(ends[index])..<Int(ends[index + 1])], as: UTF8.self)
    }

    /// A number that follows from the text alone, the same on every machine (FNV-1a, mixed).
    func hash(of index: Int) -> UInt64 {
        withBytes(of: index) { StableHash.of($0) }
    }

    /// Whether one text comes before another, by an order that follows from the texts alone.
    func isBefore(_ first: Int, _ second: Int) -> Bool {
        let (left, right) = (hash(of: first), hash(of: second))
        return left == right ? self[first] < self[second] : left < right
    }

    /// Some of the indices, drawn by the texts alone: the order they stand in does not matter.
    func sample(_ most: Int) -> [Int] {
        guard count > most else { return sorted(Array(0..<count)) }
        // Hashes are evenly spread: this bound holds a few more than are wanted.
        let share = (Double(most) * 1.3 + 64) / Double(count)
        let bound = share < 1 ? UInt64(share * 0x1p63) : UInt64(1) << 63
        let drawn = (0..<count).filter { hash(of: $0) >> 1 < bound }
        return Array(sorted(drawn).prefix(most))
    }

    /// By the order of ``isBefore(_:_:)``, each hash worked out once.
    private func sorted(_ indices: [Int]) -> [Int] {
        indices.map { (hash: hash(of: $0), index: $0) }.sorted { first, second in
            first.hash == second.hash ? self[first.index] < self[second.index] : first.hash < second.hash
        }.map(\.index)
    }

    func isEmpty(_ index: Int) -> Bool { ends[index] == ends[index + 1] }

    func areEqual(_ first: Int, _ second: Int) -> Bool {
        withBytes(of: first) { one in
            withBytes(of: second) { other in
                guard one.count == other.count, let start = one.baseAddress, let place = other.baseAddress else {
                    return one.count == other.count
                }
                return TextPool.areEqual(start, place, one.count)
            }
        }
    }

    func withBytes<T>(of index: Int, _ body: (UnsafeRawBufferPointer) -> T) -> T {
        bytes.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[Int(ends[index])..<Int(ends[index + 1])])) }
    }
}

/// Numbers that follow from bytes alone, the same on every machine and in every run.
enum StableHash {
    /// FNV-1a, mixed.
    static func of(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        var mixer = SplitMix(state: hash)
        return mixer.next()
    }
}
