/// A blocking rule ready to run: records with equal keys stand in one group.
struct BlockingRule: Sendable {
    let text: String
    /// Positions of the columns it speaks of.
    let columns: Set<Int>
    private let parts: [@Sendable (UnsafePointer<UInt32>) -> UInt64]

    /// What may stand in a rule: a column's name (its folded value), or a function of it.
    static let functions = [
        "exact", "fold", "given", "surname", "ends", "initials", "year", "month", "day", "date", "prefix", "suffix",
        "phonetic", "digits",
    ]

    init(_ text: String, data: LinkData) throws(SettingsError) {
        self.text = text
        let names = data.columns.map(\.name)
        var columns: Set<Int> = []
        var parts: [@Sendable (UnsafePointer<UInt32>) -> UInt64] = []
        func problem(_ words: String) -> SettingsError { SettingsError("blocking rule “\(text)”: \(words)") }
        for conjunct in try Expression(text).conjuncts {
            guard case .test(let name, let arguments, nil) = conjunct else {
                throw problem(
                    "a rule is a conjunction of columns and functions of columns; write several rules for “or”")
            }
            let columnName = arguments.first ?? name
            guard let place = data.index(of: columnName) else {
                throw problem(
                    "there is no column “\(columnName)”"
                        + (Nearest.name(to: columnName, among: names).map { "; did you mean “\($0)”?" } ?? ""))
            }
            columns.insert(place)
            let values = data.columns[place].values
            let keys: [UInt64]
            switch arguments.isEmpty ? "fold" : name {
            case "fold": keys = values.folded.map(UInt64.init)
            case "exact": keys = values.marked.map(UInt64.init)
            case "given", "surname", "ends", "initials":
                let feature =
                    name == "given"
                    ? values.given : name == "surname" ? values.surname : name == "ends" ? values.ends : values.initials
                guard !feature.isEmpty else {
                    throw problem("\(name) wants a column of the kind person-name or name-part")
                }
                keys = feature.map(UInt64.init)
            case "year", "month", "day", "date":
                guard !values.date.isEmpty else { throw problem("\(name) wants a column of the kind date") }
                keys = values.date.map { date in
                    switch name {
                    case "year": UInt64(date / 10_000)
                    case "month": UInt64(date / 100 % 100)
                    case "day": UInt64(date % 100)
                    default: date % 10_000 == 0 ? 0 : UInt64(date)
                    }
                }
            case "prefix", "suffix":
                guard arguments.count == 2, let length = Int(arguments[1]), (1...64).contains(length) else {
                    throw problem("\(name) wants a column and a length, as in \(name)(\(columnName), 4)")
                }
                keys = Self.keys(values) { text in
                    text.count < length
                        ? nil : name == "prefix" ? Array(text.prefix(length)) : Array(text.suffix(length))
                }
            case "digits": keys = Self.keys(values) { text in text.filter { (48...57).contains($0) } }
            case "phonetic": keys = Self.keys(values) { Phonetic.key(of: $0) }
            default:
                throw problem(
                    "there is no function “\(name)”"
                        + (Nearest.name(to: name, among: Self.functions).map { "; did you mean “\($0)”?" }
                            ?? "; known: \(Self.functions.joined(separator: ", "))"))
            }
            parts.append { record in keys[Int(record[place])] }
        }
        self.columns = columns
        self.parts = parts
    }

    /// 0 when a part is missing: such a record is in no group of this rule.
    @inline(__always)
    func key(_ record: UnsafePointer<UInt32>) -> UInt64 {
        var key: UInt64 = 0x243F_6A88_85A3_08D3
        for part in parts {
            let value = part(record)
            if value == 0 { return 0 }
            let product = (key ^ value).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
            key = product.high ^ product.low
        }
        return key | 1
    }

    private static func keys(_ values: ColumnValues, _ part: (UnsafeRawBufferPointer) -> [UInt8]?) -> [UInt64] {
        var pool = TextPool()
        // Of each distinct folded text once; codes of values share them.
        var byText: [UInt32: UInt64] = [0: 0]
        return values.folded.map { code in
            if let known = byText[code] { return known }
            let key = values.texts.withBytes { all in
                part(UnsafeRawBufferPointer(rebasing: all[values.texts.range(of: code)])).map {
                    UInt64(pool.code(of: $0))
                } ?? 0
            }
            byText[code] = key
            return key
        }
    }
}

/// How a Vietnamese syllable sounds where people mix letters up: d/gi/r, s/x, tr/ch, n/l of the north, i/y, final consonants kept.
enum Phonetic {
    static func key(of text: UnsafeRawBufferPointer) -> [UInt8] {
        var key: [UInt8] = []
        for word in StringDistance.words(text) {
            var letters = Array(text[word])
            func begins(_ prefix: String) -> Bool { letters.starts(with: prefix.utf8) }
            if begins("gi"), letters.count > 2 {
                letters.replaceSubrange(0..<2, with: [100])
            } else if begins("tr") {
                letters.replaceSubrange(0..<2, with: Array("ch".utf8))
            }
            switch letters.first {
            case UInt8(ascii: "r"): letters[0] = 100
            case UInt8(ascii: "x"): letters[0] = UInt8(ascii: "s")
            case UInt8(ascii: "n") where letters.count > 1 && letters[1] != 103 && letters[1] != 104:
                letters[0] = UInt8(ascii: "l")
            case UInt8(ascii: "k"), UInt8(ascii: "q"): letters[0] = UInt8(ascii: "c")
            default: break
            }
            if !key.isEmpty { key.append(32) }
            key += letters.map { $0 == UInt8(ascii: "y") ? UInt8(ascii: "i") : $0 }
        }
        return key
    }
}

/// The groups of one rule over both sides.
struct Groups: Sendable {
    /// Group of each row, 0 for none.
    let left: [UInt32]
    let right: [UInt32]
    /// Rows by group: those of group g lie at `leftStart[g]..<leftStart[g + 1]`.
    let leftStart: [UInt32]
    let leftRows: [UInt32]
    let rightStart: [UInt32]
    let rightRows: [UInt32]
    let isSelf: Bool
    /// Pairs of all groups.
    let pairs: Int

    init(_ rule: BlockingRule, _ data: LinkData) {
        let width = data.columns.count
        var table = KeyTable(capacity: max(data.leftRows, data.rightRows))
        func groups(_ records: [UInt32], _ rows: Int) -> [UInt32] {
            records.withUnsafeBufferPointer { buffer in
                guard let base = buffer.baseAddress else { return [] }
                return (0..<rows).map { table.group(of: rule.key(base + $0 * width)) }
            }
        }
        left = groups(data.leftRecords, data.leftRows)
        right = data.isSelf ? left : groups(data.rightRecords, data.rightRows)
        (leftStart, leftRows) = Self.sorted(left, groups: table.count)
        (rightStart, rightRows) = data.isSelf ? (leftStart, leftRows) : Self.sorted(right, groups: table.count)
        isSelf = data.isSelf
        var pairs = 0
        for group in 1..<max(table.count + 1, 1) {
            let (n, m) = (Int(leftStart[group + 1] - leftStart[group]), Int(rightStart[group + 1] - rightStart[group]))
            pairs += isSelf ? n * (n - 1) / 2 : n * m
        }
        self.pairs = pairs
    }

    var count: Int { leftStart.count - 2 }

    private static func sorted(_ group: [UInt32], groups: Int) -> (start: [UInt32], rows: [UInt32]) {
        var start = [UInt32](repeating: 0, count: groups + 2)
        for code in group where code != 0 { start[Int(code) + 1] += 1 }
        for index in 1..<start.count { start[index] += start[index - 1] }
        var next = start
        var rows = [UInt32](repeating: 0, count: Int(start[groups + 1]))
        for (row, code) in group.enumerated() where code != 0 {
            rows[Int(next[Int(code)])] = UInt32(row)
            next[Int(code)] += 1
        }
        return (start, rows)
    }
}

/// Numbers for keys, in the order of first sight.
private struct KeyTable {
    private var keys: [UInt64]
    private var numbers: [UInt32]
    private var mask: Int
    private(set) var count = 0

    init(capacity: Int) {
        var size = 64
        while size < capacity * 2 { size *= 2 }
        keys = Array(repeating: 0, count: size)
        numbers = Array(repeating: 0, count: size)
        mask = size - 1
    }

    mutating func group(of key: UInt64) -> UInt32 {
        guard key != 0 else { return 0 }
        var place = Int(truncatingIfNeeded: key >> 20) & mask
        while keys[place] != 0 {
            if keys[place] == key { return numbers[place] }
            place = (place + 1) & mask
        }
        count += 1
        keys[place] = key
        numbers[place] = UInt32(count)
        if count * 2 > keys.count { grow() }
        return UInt32(count)
    }

    private mutating func grow() {
        var larger = KeyTable(capacity: keys.count)
        for (key, number) in zip(keys, numbers) where key != 0 {
            var place = Int(truncatingIfNeeded: key >> 20) & larger.mask
            while larger.keys[place] != 0 { place = (place + 1) & larger.mask }
            larger.keys[place] = key
            larger.numbers[place] = number
        }
        larger.count = count
        self = larger
    }
}
