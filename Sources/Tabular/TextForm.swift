import Kernel

/// How a text file of a table is written.
public struct TextForm: Sendable, Equatable {
    public enum Encoding: String, Sendable {
        case utf8 = "UTF-8"
        case utf16LittleEndian = "UTF-16 LE"
        case utf16BigEndian = "UTF-16 BE"
        case tcvn3 = "TCVN3"
        case latin1 = "Windows-1252"
    }

    public let encoding: Encoding
    /// Comma, semicolon, tab or bar.
    public let separator: Character

    /// Whether the encoding is a guess from the letters met, to be looked at before the text is trusted.
    public var isGuess: Bool { encoding == .tcvn3 || encoding == .latin1 }

    /// A text's form with what is no row of the table passed over.
    struct Beginning {
        let form: TextForm
        /// Where the text begins in the file's bytes: behind the byte-order mark.
        let start: Int
        /// How many bytes at the beginning of the decoded text are Excel's word on the separator.
        let passedOver: Int
    }

    /// Looks a whole file through and tells how it is written.
    /// - Parameter takesUTF8: whether what is not UTF-16 by its first bytes is taken for UTF-8 without looking on.
    static func beginning(
        of bytes: UnsafeRawBufferPointer, takesUTF8: Bool = false
    ) throws(TableFileError) -> Beginning {
        let (encoding, start) = encoding(of: bytes, takesUTF8: takesUTF8)
        if encoding == .utf16LittleEndian || encoding == .utf16BigEndian, (bytes.count - start) % 2 != 0 {
            throw .encoding("UTF-16 thiếu một byte ở cuối tệp")
        }
        var decoder = TextDecoder(encoding: encoding, position: start)
        let beginning = decoder.next(in: bytes, most: 64 << 10)
        var told: Character?
        var passedOver = 0
        if beginning.starts(with: "sep=".utf8), beginning.count > 4,
            let end = beginning.firstIndex(where: { $0 == 10 || $0 == 13 })
        {
            told = Character(UnicodeScalar(beginning[4]))
            // The line's end stays: a blank line keeps the numbers of the lines.
            passedOver = end
        }
        let separator = told ?? separator(of: beginning[passedOver...])
        return Beginning(
            form: TextForm(encoding: encoding, separator: separator), start: start, passedOver: passedOver)
    }

    private static func encoding(of bytes: UnsafeRawBufferPointer, takesUTF8: Bool) -> (Encoding, start: Int) {
        if bytes.starts(with: [0xFF, 0xFE]) { return (.utf16LittleEndian, 2) }
        if bytes.starts(with: [0xFE, 0xFF]) { return (.utf16BigEndian, 2) }
        if looksLikeUTF16(bytes) { return (bytes[0] == 0 ? .utf16BigEndian : .utf16LittleEndian, 0) }
        if takesUTF8 || UTF8Check.firstInvalid(in: bytes) == nil {
            return (.utf8, bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0)
        }
        return (LegacyEncoding.looksLikeTCVN3(bytes) ? .tcvn3 : .latin1, 0)
    }

    /// Text without a byte-order mark where every second byte of the beginning is zero: ASCII in UTF-16.
    static func looksLikeUTF16(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let beginning = bytes.prefix(64)
        guard beginning.count >= 8, bytes.count % 2 == 0 else { return false }
        var (even, odd) = (0, 0)
        for place in beginning.indices where beginning[place] == 0 {
            if place % 2 == 0 { even += 1 } else { odd += 1 }
        }
        let half = beginning.count / 2
        return (even == 0 && odd * 4 >= half * 3) || (odd == 0 && even * 4 >= half * 3)
    }

    /// The separator that most lines agree on; the semicolon of Vietnamese settings before the comma where both do.
    private static func separator(of utf8: ArraySlice<UInt8>) -> Character {
        var best: (character: Character, score: Int) = (",", 0)
        let lines = utf8.split { $0 == 10 || $0 == 13 }.prefix(40)
        for character in ["\t", ";", ",", "|"] as [Character] {
            guard let byte = character.asciiValue, utf8.contains(byte) else { continue }
            let counts = lines.map { Self.count(of: byte, outsideQuotesIn: $0) }
            // Lines that agree, weighted by columns: title lines with a stray comma do not decide.
            var score = 0
            for count in counts where count > 0 {
                let agreeing = counts.count { $0 == count }
                score = max(score, agreeing * agreeing * min(count, 4))
            }
            if score > best.score { best = (character, score) }
        }
        return best.character
    }

    private static func count(of byte: UInt8, outsideQuotesIn line: ArraySlice<UInt8>) -> Int {
        var quoted = false
        var count = 0
        for found in line {
            if found == UInt8(ascii: "\"") { quoted.toggle() } else if found == byte, !quoted { count += 1 }
        }
        return count
    }
}

/// Turns a text into UTF-8 piece by piece.
struct TextDecoder {
    let encoding: TextForm.Encoding
    /// In the file's bytes.
    private(set) var position: Int

    init(encoding: TextForm.Encoding, position: Int) {
        self.encoding = encoding
        self.position = position
    }

    func isAtEnd(of bytes: UnsafeRawBufferPointer) -> Bool { position >= bytes.count }

    /// The next piece, of about so many of the file's bytes.
    mutating func next(in bytes: UnsafeRawBufferPointer, most: Int) -> [UInt8] {
        var end = min(position + most, bytes.count)
        let isBig = encoding == .utf16BigEndian
        if encoding == .utf16LittleEndian || isBig {
            end -= (end - position) % 2
            // The two halves of a letter stay together.
            if end < bytes.count, end > position, (0xD8...0xDB).contains(bytes[isBig ? end - 2 : end - 1]) { end -= 2 }
        }
        defer { position = end }
        let piece = bytes[position..<end]
        switch encoding {
        case .utf8: return Array(piece)
        case .tcvn3: return Array(LegacyEncoding.decodeTCVN3(piece).utf8)
        case .latin1:
            var text: [UInt8] = []
            text.reserveCapacity(piece.count + piece.count / 4)
            for byte in piece {
                if byte < 0x80 {
                    text.append(byte)
                } else {
                    text.append(0xC0 | byte >> 6)
                    text.append(0x80 | byte & 0x3F)
                }
            }
            return text
        case .utf16LittleEndian, .utf16BigEndian:
            var units: [UInt16] = []
            units.reserveCapacity(piece.count / 2)
            for place in stride(from: piece.startIndex, to: piece.endIndex - 1, by: 2) {
                let (first, second) = (UInt16(bytes[place]), UInt16(bytes[place + 1]))
                units.append(isBig ? first << 8 | second : second << 8 | first)
            }
            return Array(String(decoding: units, as: UTF16.self).utf8)
        }
    }
}
