/// Numbers for keys, in the order of first sight.
struct KeyTable: Sendable {
    /// A key and its number side by side: a search touches one place in memory.
    private struct Entry: BitwiseCopyable {
        var key: UInt64 = 0
        var number: UInt32 = 0
    }

    private var entries: [Entry]
    private var mask: Int
    private(set) var count = 0

    init(capacity: Int) {
        var size = 64
        while size < capacity * 2 { size *= 2 }
        entries = LargePages.array(repeating: Entry(), count: size)
        mask = size - 1
    }

    /// The number of a key, given on first sight; 0 for the key 0.
    mutating func group(of key: UInt64) -> UInt32 {
        guard key != 0 else { return 0 }
        var place = Self.place(of: key, mask)
        while entries[place].key != 0 {
            if entries[place].key == key { return entries[place].number }
            place = (place + 1) & mask
        }
        count += 1
        entries[place] = Entry(key: key, number: UInt32(count))
        if count * 2 > entries.count { grow() }
        return UInt32(count)
    }

    /// The numbers of several keys, as ``group(of:)`` gives them one by one.
    mutating func groups(of keys: [UInt64], into groups: inout [UInt32]) {
        // Room first: a table that grows in between would be touched in vain.
        while (count + keys.count) * 2 > entries.count { grow() }
        var start = 0
        while start < keys.count {
            let end = min(start + 64, keys.count)
            // Looks at all places first: these loads do not wait for one another, so memory is waited for once, not 64 times.
            for index in start..<end { touched ^= entries[Self.place(of: keys[index], mask)].key }
            for index in start..<end { groups.append(group(of: keys[index])) }
            start = end
        }
    }

    /// The numbers of several keys seen before; 0 for others.
    /// - Parameter sieve: of this table's keys.
    mutating func known(_ keys: [UInt64], passing sieve: KeySieve, into groups: inout [UInt32]) {
        var start = 0
        while start < keys.count {
            let end = min(start + 64, keys.count)
            for index in start..<end where sieve.mayHold(keys[index]) {
                touched ^= entries[Self.place(of: keys[index], mask)].key
            }
            for index in start..<end { groups.append(sieve.mayHold(keys[index]) ? known(keys[index]) : 0) }
            start = end
        }
    }

    /// Which keys may be here.
    var sieve: KeySieve {
        var sieve = KeySieve(keys: count)
        for entry in entries where entry.key != 0 { sieve.put(entry.key) }
        return sieve
    }

    /// What was looked at; means nothing.
    private var touched: UInt64 = 0

    /// The number of a key seen before; 0 for others.
    func known(_ key: UInt64) -> UInt32 {
        guard key != 0 else { return 0 }
        var place = Self.place(of: key, mask)
        while entries[place].key != 0 {
            if entries[place].key == key { return entries[place].number }
            place = (place + 1) & mask
        }
        return 0
    }

    @inline(__always)
    private static func place(of key: UInt64, _ mask: Int) -> Int { Int(truncatingIfNeeded: key >> 20) & mask }

    private mutating func grow() {
        var larger = LargePages.array(repeating: Entry(), count: entries.count * 2)
        let mask = larger.count - 1
        for entry in entries where entry.key != 0 {
            var place = Self.place(of: entry.key, mask)
            while larger[place].key != 0 { place = (place + 1) & mask }
            larger[place] = entry
        }
        entries = larger
        self.mask = mask
    }
}

/// Tells most keys that a table lacks from those it has in little memory, so that the table itself is seldom looked at in vain.
struct KeySieve: Sendable {
    private var bits: [UInt64]
    private let mask: UInt64

    /// - Parameter keys: how many will be put in.
    init(keys: Int) {
        // Eight bits a key and more: of eight keys that are not there one passes at most.
        var words = 64
        while words * 8 < keys { words *= 2 }
        bits = Array(repeating: 0, count: words)
        mask = UInt64(words * 64 - 1)
    }

    mutating func put(_ key: UInt64) { bits[Int((key & mask) >> 6)] |= 1 << (key & 63) }

    /// False for a key that was not put in for sure, and for the key 0.
    @inline(__always)
    func mayHold(_ key: UInt64) -> Bool { key != 0 && bits[Int((key & mask) >> 6)] >> (key & 63) & 1 == 1 }
}
