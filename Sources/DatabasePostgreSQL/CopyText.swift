import Database

/// The text format of PostgreSQL's `COPY`: tabs between values, `\N` for null, backslash escapes.
enum CopyText {
    static func append(_ row: [SQLValue], to buffer: inout [UInt8]) {
        for (index, value) in row.enumerated() {
            if index > 0 { buffer.append(UInt8(ascii: "\t")) }
            switch value {
            case .null: buffer += "\\N".utf8
            case .integer(let number): buffer += String(number).utf8
            case .real(let number): buffer += "\(number)".utf8
            case .text(let text): append(text, to: &buffer)
            case .bytes(let bytes): append(hex: bytes, to: &buffer)
            }
        }
        buffer.append(UInt8(ascii: "\n"))
    }

    private static func append(_ text: String, to buffer: inout [UInt8]) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\\"): buffer += [92, 92]
            case UInt8(ascii: "\t"): buffer += [92, UInt8(ascii: "t")]
            case UInt8(ascii: "\n"): buffer += [92, UInt8(ascii: "n")]
            case UInt8(ascii: "\r"): buffer += [92, UInt8(ascii: "r")]
            default: buffer.append(byte)
            }
        }
    }

    private static let digits = Array("0123456789abcdef".utf8)

    private static func append(hex bytes: [UInt8], to buffer: inout [UInt8]) {
        buffer += Array("\\\\x".utf8)
        for byte in bytes {
            buffer.append(digits[Int(byte >> 4)])
            buffer.append(digits[Int(byte & 15)])
        }
    }

    /// The bytes of `\x48656c6c6f`, the form in which PostgreSQL prints BYTEA.
    static func bytes(hex text: String) -> [UInt8] {
        var result: [UInt8] = []
        var high: UInt8?
        for character in text.utf8.dropFirst(2) {
            let digit = character <= 57 ? character &- 48 : character &- 87
            if let first = high {
                result.append(first << 4 | digit)
                high = nil
            } else {
                high = digit
            }
        }
        return result
    }
}
