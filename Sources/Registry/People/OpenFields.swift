import Formats

/// Reads the open fields of a stored record. Persons are worked out of millions of records: a decoder that knows all of JSON costs
/// ten times as much as what ``RecordValues/json`` writes needs.
enum OpenFields {
    private static let fields = Dictionary(uniqueKeysWithValues: RecordField.allCases.map { ($0.rawValue, $0) })

    /// The values as ``RecordValue/text`` writes them.
    /// - Returns: nil for a text that is no such line.
    static func read(_ json: String) -> [RecordField: String]? {
        var json = json
        return json.withUTF8 { bytes in
            var scanner = Scanner(bytes: bytes)
            return scanner.object()
        }
    }

    private struct Scanner {
        let bytes: UnsafeBufferPointer<UInt8>
        var place = 0

        mutating func take(_ byte: Unicode.Scalar) -> Bool {
            guard place < bytes.count, bytes[place] == UInt8(ascii: byte) else { return false }
            place += 1
            return true
        }

        mutating func object() -> [RecordField: String]? {
            guard take("{") else { return nil }
            var values: [RecordField: String] = [:]
            if take("}") { return values }
            while true {
                guard let name = text(), take(":"), let value = value() else { return nil }
                // A field of a later version says nothing to this one.
                if let field = OpenFields.fields[name] { values[field] = value }
                if take("}") { return values }
                guard take(",") else { return nil }
            }
        }

        /// A text, or a number or truth as it stands.
        mutating func value() -> String? {
            if place < bytes.count, bytes[place] == UInt8(ascii: "\"") { return text() }
            let start = place
            while place < bytes.count, bytes[place] != UInt8(ascii: ","), bytes[place] != UInt8(ascii: "}") {
                place += 1
            }
            return place > start ? String(decoding: bytes[start..<place], as: UTF8.self) : nil
        }

        mutating func text() -> String? {
            guard take("\"") else { return nil }
            let start = place
            while place < bytes.count, bytes[place] != UInt8(ascii: "\""), bytes[place] != UInt8(ascii: "\\") {
                place += 1
            }
            guard place < bytes.count else { return nil }
            if bytes[place] == UInt8(ascii: "\"") {
                place += 1
                return String(decoding: bytes[start..<place - 1], as: UTF8.self)
            }
            return escaped(from: start)
        }

        private mutating func escaped(from start: Int) -> String? {
            var plain = Array(bytes[start..<place])
            while place < bytes.count {
                let byte = bytes[place]
                place += 1
                switch byte {
                case UInt8(ascii: "\""): return String(decoding: plain, as: UTF8.self)
                case UInt8(ascii: "\\"):
                    guard place < bytes.count else { return nil }
                    let next = bytes[place]
                    place += 1
                    guard next == UInt8(ascii: "u") else {
                        plain.append(next)
                        continue
                    }
                    // Signs below the blank alone are written so.
                    guard place + 4 <= bytes.count,
                        let code = UInt8(String(decoding: bytes[place..<place + 4], as: UTF8.self), radix: 16)
                    else { return nil }
                    plain.append(code)
                    place += 4
                default: plain.append(byte)
                }
            }
            return nil
        }
    }
}
