import Foundation

/// Texts kept once each: every distinct value gets a code, and equal values of two files get the same one.
///
/// Code 0 is the missing value. Bytes lie in one stretch of memory, so that millions of values cost a few bytes each over
/// their own length.
public struct TextPool: Sendable {
    private var bytes: [UInt8] = []
    /// Where the value of a code ends; it begins where the one before ends.
    private var ends: [UInt32] = [0]
    private var hashes: [UInt32] = [0]
    /// Open addressing: hash and code side by side, so that a search touches one place in memory; 0 for an empty place. Its
    /// size is a power of two.
    private var table: [UInt64]
    private var mask: Int

    public init(capacity: Int = 16) {
        var size = 64
        while size < capacity * 2 { size *= 2 }
        table = LargePages.array(repeating: 0, count: size)
        mask = size - 1
    }

    /// How many distinct values there are, the missing one not among them.
    public var count: Int { ends.count - 1 }

    /// The code of a value, given on first sight; 0 for no bytes.
    public mutating func code(of value: UnsafeRawBufferPointer) -> UInt32 {
        value.isEmpty ? 0 : code(of: value, hash: Self.hash(value))
    }

    private mutating func code(of value: UnsafeRawBufferPointer, hash: UInt32) -> UInt32 {
        var place = Int(hash) & mask
        while true {
            let entry = table[place]
            if entry == 0 { break }
            if UInt32(truncatingIfNeeded: entry >> 32) == hash {
                let code = UInt32(truncatingIfNeeded: entry)
                if equals(code, value) { return code }
            }
            place = (place + 1) & mask
        }
        let code = UInt32(ends.count)
        bytes.append(contentsOf: value)
        ends.append(UInt32(bytes.count))
        hashes.append(hash)
        table[place] = UInt64(hash) << 32 | UInt64(code)
        if ends.count * 2 > table.count { grow() }
        return code
    }

    /// The code of a value that is here already; nil for others, 0 for no bytes.
    public func known(_ value: UnsafeRawBufferPointer) -> UInt32? {
        guard !value.isEmpty else { return 0 }
        let hash = Self.hash(value)
        var place = Int(hash) & mask
        while table[place] != 0 {
            let entry = table[place]
            if UInt32(truncatingIfNeeded: entry >> 32) == hash, equals(UInt32(truncatingIfNeeded: entry), value) {
                return UInt32(truncatingIfNeeded: entry)
            }
            place = (place + 1) & mask
        }
        return nil
    }

    public mutating func code(of text: [UInt8]) -> UInt32 { text.withUnsafeBytes { code(of: $0) } }

    /// Takes back the values that came last, until only `count` are left.
    mutating func forget(to count: Int) {
        while self.count > count {
            let code = ends.count - 1
            // Nothing came after it, so no search for another value passes its place.
            var place = Int(hashes[code]) & mask
            while UInt32(truncatingIfNeeded: table[place]) != UInt32(code) { place = (place + 1) & mask }
            table[place] = 0
            ends.removeLast()
            hashes.removeLast()
            bytes.removeLast(bytes.count - Int(ends[ends.count - 1]))
        }
    }

    /// Where a code's bytes lie in ``withBytes(_:)``.
    public func range(of code: UInt32) -> Range<Int> {
        code == 0 ? 0..<0 : Int(ends[Int(code) - 1])..<Int(ends[Int(code)])
    }

    public func text(of code: UInt32) -> String { String(decoding: bytes[range(of: code)], as: UTF8.self) }

    public func withBytes<T>(_ body: (UnsafeRawBufferPointer) throws -> T) rethrows -> T {
        try bytes.withUnsafeBytes(body)
    }

    /// Takes in another pool's values and answers the code here of each of its codes.
    public mutating func merge(_ other: TextPool) -> [UInt32] {
        if count == 0 {
            self = other
            return (0..<UInt32(other.ends.count)).map(\.self)
        }
        var map: [UInt32] = []
        map.reserveCapacity(other.ends.count)
        map.append(0)
        while (ends.count + other.ends.count) * 2 > table.count, table.count < other.ends.count * 4 { grow() }
        other.bytes.withUnsafeBytes { all in
            var start = 1
            while start < other.ends.count {
                let end = min(start + 64, other.ends.count)
                // Looks at all places first: these loads do not wait for one another.
                for code in start..<end { touched ^= table[Int(other.hashes[code]) & mask] }
                for code in start..<end {
                    let range = Int(other.ends[code - 1])..<Int(other.ends[code])
                    map.append(self.code(of: UnsafeRawBufferPointer(rebasing: all[range]), hash: other.hashes[code]))
                }
                start = end
            }
        }
        return map
    }

    /// The codes of the values of a stretch of a file, given on first sight; 0 for empty ones.
    mutating func codes(
        of values: [TextPiece.Value], in bytes: UnsafeRawBufferPointer, _ unquoted: UnsafeRawBufferPointer,
        into codes: inout [UInt32]
    ) {
        var start = 0
        while start < values.count {
            let stretch = start..<min(start + Self.ahead, values.count)
            self.codes(stretch.count, into: &codes) { TextPiece.text(values[start + $0], in: bytes, unquoted) }
            start = stretch.upperBound
        }
    }

    /// The codes of texts that stand one behind the other; 0 for empty ones.
    /// - Parameter ends: where each ends.
    mutating func codes(of ends: [Int], in bytes: [UInt8], into codes: inout [UInt32]) {
        bytes.withUnsafeBytes { bytes in
            var start = 0
            while start < ends.count {
                let stretch = start..<min(start + Self.ahead, ends.count)
                self.codes(stretch.count, into: &codes) { index in
                    let place = start + index
                    return UnsafeRawBufferPointer(rebasing: bytes[(place == 0 ? 0 : ends[place - 1])..<ends[place]])
                }
                start = stretch.upperBound
            }
        }
    }

    /// So many values are looked for at once.
    private static let ahead = 64

    @inline(__always)
    private mutating func codes(
        _ count: Int, into codes: inout [UInt32], _ value: (Int) -> UnsafeRawBufferPointer
    ) {
        // Room first: a table that grows in between would be touched in vain.
        while (ends.count + count) * 2 > table.count { grow() }
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: Self.ahead) { hashes in
            for index in 0..<count {
                let hash = Self.hash(value(index))
                hashes[index] = hash
                // These loads do not wait for one another.
                touched ^= table[Int(hash) & mask]
            }
            for index in 0..<count {
                let text = value(index)
                codes.append(text.isEmpty ? 0 : code(of: text, hash: hashes[index]))
            }
        }
    }

    /// Gives back what is only needed to look for values: from now on none is looked for, and none comes to it.
    mutating func settle() { table = [] }

    /// What was looked at ahead; means nothing.
    private var touched: UInt64 = 0

    private func equals(_ code: UInt32, _ value: UnsafeRawBufferPointer) -> Bool {
        let start = Int(ends[Int(code) - 1])
        guard Int(ends[Int(code)]) - start == value.count else { return false }
        return bytes.withUnsafeBytes { all in
            guard let own = all.baseAddress, let other = value.baseAddress else { return true }
            return Self.areEqual(own + start, other, value.count)
        }
    }

    /// Short texts by two words that may overlap: most values are no longer.
    @inline(__always)
    static func areEqual(_ one: UnsafeRawPointer, _ other: UnsafeRawPointer, _ count: Int) -> Bool {
        func same<Word: FixedWidthInteger & BitwiseCopyable>(_ place: Int, as type: Word.Type) -> Bool {
            one.loadUnaligned(fromByteOffset: place, as: type) == other.loadUnaligned(fromByteOffset: place, as: type)
        }
        if count > 16 { return memcmp(one, other, count) == 0 }
        if count >= 8 { return same(0, as: UInt64.self) && same(count - 8, as: UInt64.self) }
        if count >= 4 { return same(0, as: UInt32.self) && same(count - 4, as: UInt32.self) }
        for place in 0..<count where !same(place, as: UInt8.self) { return false }
        return true
    }

    private mutating func grow() {
        var larger = LargePages.array(repeating: UInt64(0), count: table.count * 2)
        let mask = larger.count - 1
        for code in 1..<ends.count {
            var place = Int(hashes[code]) & mask
            while larger[place] != 0 { place = (place + 1) & mask }
            larger[place] = UInt64(hashes[code]) << 32 | UInt64(code)
        }
        table = larger
        self.mask = mask
    }

    /// Eight bytes at a time, multiplied and folded. The same on every machine of our byte order and in every run.
    static func hash(_ value: UnsafeRawBufferPointer) -> UInt32 {
        let count = value.count
        var hash: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(count)
        if count >= 8 {
            var index = 0
            while index + 8 < count {
                hash = mix(hash ^ value.loadUnaligned(fromByteOffset: index, as: UInt64.self))
                index += 8
            }
            // The last eight, some of them for the second time.
            hash = mix(hash ^ value.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self))
        } else if count >= 4 {
            let first = UInt64(value.loadUnaligned(fromByteOffset: 0, as: UInt32.self))
            hash = mix(hash ^ (first << 32 | UInt64(value.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self))))
        } else {
            var rest: UInt64 = 0
            for byte in value { rest = rest << 8 | UInt64(byte) }
            hash = mix(hash ^ rest)
        }
        return UInt32(truncatingIfNeeded: hash ^ hash >> 32)
    }

    @inline(__always)
    private static func mix(_ value: UInt64) -> UInt64 {
        let product = value.multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
        return product.high ^ product.low
    }
}
