import Foundation

/// A blocking rule ready to run: records with equal keys stand in one group.
struct BlockingRule: Sendable {
    /// One column's share of the key.
    private struct Part: Sendable {
        let column: Int
        /// By value; 0 where the part is missing.
        let keys: [UInt64]
        /// The same of a value that came later.
        let key: @Sendable (ColumnValues, Int) -> UInt64
    }

    let text: String
    /// Positions of the columns it speaks of.
    let columns: Set<Int>
    private let parts: [Part]

    /// - Throws: ``SettingsError`` for a rule that these columns cannot carry out.
    /// - Parameter byText: whether keys follow from the texts alone, so that records read apart have equal ones.
    init(_ text: String, data: LinkData, byText: Bool = false) throws(SettingsError) {
        self.text = text
        let rule = try BlockingKey(text)
        try rule.check(data.kinds)
        var columns: Set<Int> = []
        var parts: [Part] = []
        for part in rule.parts {
            // Checked above.
            guard let place = data.index(of: part.column) else { continue }
            columns.insert(place)
            let values = data.columns[place].values
            let key = Self.key(part.function, byText: byText)
            // Of each distinct value once.
            let keys =
                if case .same(let same) = part.function, !byText { values.part(same).map { UInt64($0) } } else {
                    values.folded.indices.map { key(values, $0) }
                }
            parts.append(Part(column: place, keys: keys, key: key))
        }
        self.columns = columns
        self.parts = parts
    }

    private static func key(
        _ function: BlockingKey.Function, byText: Bool
    ) -> @Sendable (ColumnValues, Int) -> UInt64 {
        switch function {
        case .same(let part) where byText: return { $0.hash(of: part, at: $1) }
        case .same(let part): return { UInt64($0.part(part)[$1]) }
        case .date(.year): return { UInt64($0.date[$1] / 10_000) }
        case .date(.month): return { UInt64($0.date[$1] / 100 % 100) }
        case .date(.day): return { UInt64($0.date[$1] % 100) }
        case .date(nil): return { $0.date[$1] % 10_000 == 0 ? 0 : UInt64($0.date[$1]) }
        case .prefix(let length):
            return { values, value in values.textKey(value) { $0.count < length ? [] : Array($0.prefix(length)) } }
        case .suffix(let length):
            return { values, value in values.textKey(value) { $0.count < length ? [] : Array($0.suffix(length)) } }
        case .digits:
            return { values, value in values.textKey(value) { text in text.filter { (48...57).contains($0) } } }
        case .window(let size, let offset): return { $0.window($1, size: size, offset: offset) }
        case .phonetic: return { values, value in values.textKey(value) { Phonetic.key(of: $0) } }
        }
    }

    private static let start: UInt64 = 0x243F_6A88_85A3_08D3

    @inline(__always)
    private static func mixed(_ key: UInt64, _ value: UInt64) -> UInt64 {
        let product = (key ^ value).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        return product.high ^ product.low
    }

    /// The keys of records; 0 where a part is missing: such a record is in no group of this rule.
    func keys(of records: UnsafeBufferPointer<UInt32>, rows: Range<Int>, width: Int) -> [UInt64] {
        var keys = [UInt64](repeating: Self.start, count: rows.count)
        guard let base = records.baseAddress else { return keys }
        for part in parts {
            part.keys.withUnsafeBufferPointer { values in
                var record = base + rows.lowerBound * width + part.column
                for index in keys.indices {
                    let value = values[Int(record.pointee)]
                    let known = value != 0 && keys[index] != 0
                    keys[index] = known ? Self.mixed(keys[index], value) | 1 << 63 : 0
                    record += width
                }
            }
        }
        return keys
    }

    /// The key of a record with values that came later; 0 where a part is missing.
    func key(of codes: [UInt32], in columns: [ColumnValues]) -> UInt64 {
        var key = Self.start
        for part in parts {
            let value = part.key(columns[part.column], Int(codes[part.column]))
            if value == 0 { return 0 }
            key = Self.mixed(key, value) | 1 << 63
        }
        return key
    }

    /// What a record's parts of the key read as, for messages; nil where one is missing.
    func example(leftRow row: Int, in data: LinkData) -> String {
        parts.map { data.columns[$0.column].pool.text(of: data.writtenCode(of: $0.column, left: row)) }
            .joined(separator: " · ")
    }
}

extension ColumnValues {
    /// The stretch that a whole day, or a number above nothing, lies in; 0 for none.
    fileprivate func window(_ value: Int, size: Int, offset: Int) -> UInt64 {
        if kind == .date {
            let date = date[value]
            guard date % 10_000 != 0 else { return 0 }
            return UInt64((TextTests.days(date) + offset) / size + 1)
        }
        guard number[value].isFinite, number[value] != 0 else { return 0 }
        let width = log1p(Double(size) / 100)
        let place = (log(abs(number[value])) + width * Double(offset) / Double(size)) / width
        return UInt64(bitPattern: Int64(place.rounded(.down))) &+ (number[value] < 0 ? 1 << 32 : 1 << 40)
    }

    /// A number for part of a value's folded text, the same for equal parts; 0 for none.
    func textKey(_ value: Int, _ part: (UnsafeRawBufferPointer) -> [UInt8]) -> UInt64 {
        let code = folded[value]
        guard code != 0 else { return 0 }
        return texts.withBytes { all in
            let bytes = part(UnsafeRawBufferPointer(rebasing: all[texts.range(of: code)]))
            return bytes.isEmpty ? 0 : bytes.withUnsafeBytes { StableHash.of($0) } | 1
        }
    }
}
