/// Whether bytes are text in UTF-8.
public enum UTF8Check {
    /// Where the first sequence stands that is none; nil for text.
    public static func firstInvalid(in bytes: UnsafeRawBufferPointer) -> Int? {
        var index = 0
        let count = bytes.count
        while index < count {
            // Eight bytes at a time, past those of ASCII.
            while index + 8 <= count {
                let marks =
                    bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self).littleEndian & 0x8080_8080_8080_8080
                index += marks.trailingZeroBitCount >> 3
                if marks != 0 { break }
            }
            guard index < count else { return nil }
            let byte = bytes[index]
            let length: Int
            switch byte {
            case 0..<0x80: length = 1
            case 0xC2...0xDF: length = 2
            case 0xE0...0xEF: length = 3
            case 0xF0...0xF4: length = 4
            default: return index
            }
            guard index + length <= count else { return index }
            for next in 1..<max(length, 1) where bytes[index + next] & 0xC0 != 0x80 { return index }
            if byte == 0xE0, bytes[index + 1] < 0xA0 { return index }
            if byte == 0xED, bytes[index + 1] > 0x9F { return index }
            if byte == 0xF0, bytes[index + 1] < 0x90 { return index }
            if byte == 0xF4, bytes[index + 1] > 0x8F { return index }
            index += length
        }
        return nil
    }
}
