/// Counts by a 64-bit key: patterns with the rules that hold.
struct PatternCounts: Sendable {
    private(set) var keys: [UInt64] = []
    private(set) var counts: [Int] = []
    private var table: [UInt32] = Array(repeating: 0, count: 1_024)

    /// The index of a key, with room made for it on first sight.
    @inline(__always)
    mutating func index(of key: UInt64) -> Int {
        let mask = table.count - 1
        var place = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
        while table[place] != 0 {
            let index = Int(table[place]) - 1
            if keys[index] == key { return index }
            place = (place + 1) & mask
        }
        keys.append(key)
        counts.append(0)
        table[place] = UInt32(keys.count)
        if keys.count * 2 > table.count { grow() }
        return keys.count - 1
    }

    mutating func add(_ key: UInt64, _ count: Int = 1) { counts[index(of: key)] += count }

    mutating func add(_ other: PatternCounts) {
        for (key, count) in zip(other.keys, other.counts) { add(key, count) }
    }

    mutating func count(at index: Int) { counts[index] += 1 }

    private mutating func grow() {
        table = Array(repeating: 0, count: table.count * 2)
        let mask = table.count - 1
        for (index, key) in keys.enumerated() {
            var place = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
            while table[place] != 0 { place = (place + 1) & mask }
            table[place] = UInt32(index + 1)
        }
    }

    /// Key and count in the order of the keys: independent of how the counting was shared out.
    var sorted: [(key: UInt64, count: Int)] {
        zip(keys, counts).map { (key: $0, count: $1) }.sorted { $0.key < $1.key }
    }
}
