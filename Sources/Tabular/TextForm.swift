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

    struct Text {
        let form: TextForm
        let utf8: [UInt8]

        func rows(limit: Int) throws(TableFileError) -> [TableRow] {
            let records: [CSVRecord]
            do {
                records = try CSVReader.records(of: utf8, separator: form.separator.asciiValue ?? 44)
            } catch {
                switch error {
                case .unclosedQuote(let line): throw .unclosedQuote(line: line)
                case .notUTF8(let line): throw .encoding("dòng \(line)")
                }
            }
            var cells = 0
            var rows: [TableRow] = []
            rows.reserveCapacity(records.count)
            for record in records {
                cells += record.fields.count
                guard cells <= limit else { throw .tooLarge("hơn \(VietnameseText.grouped(limit)) ô") }
                rows.append(TableRow(number: record.line, cells: record.fields.map { $0.isEmpty ? .empty : .text($0) }))
            }
            return rows
        }
    }

    static func read(_ bytes: [UInt8]) throws(TableFileError) -> Text {
        var (encoding, utf8) = try decode(bytes)
        // Old Macs end lines with a carriage return alone.
        if !utf8.contains(10), utf8.contains(13) { utf8 = utf8.map { $0 == 13 ? 10 : $0 } }
        // Excel's own word on the separator is no row of the table; a blank line keeps the lines' numbers.
        var told: Character?
        if utf8.starts(with: "sep=".utf8), utf8.count > 4, let end = utf8.firstIndex(of: 10) {
            told = Character(UnicodeScalar(utf8[4]))
            utf8.replaceSubrange(0..<end, with: [])
        }
        return Text(form: TextForm(encoding: encoding, separator: told ?? separator(of: utf8)), utf8: utf8)
    }

    private static func decode(_ bytes: [UInt8]) throws(TableFileError) -> (Encoding, [UInt8]) {
        if bytes.starts(with: [0xFF, 0xFE]) { return (.utf16LittleEndian, try utf16(bytes.dropFirst(2), big: false)) }
        if bytes.starts(with: [0xFE, 0xFF]) { return (.utf16BigEndian, try utf16(bytes.dropFirst(2), big: true)) }
        if looksLikeUTF16(bytes) {
            let big = bytes[0] == 0
            return (big ? .utf16BigEndian : .utf16LittleEndian, try utf16(bytes[...], big: big))
        }
        if String(validating: bytes, as: UTF8.self) != nil {
            return (.utf8, bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes)
        }
        if LegacyEncoding.looksLikeTCVN3(bytes) { return (.tcvn3, Array(LegacyEncoding.decodeTCVN3(bytes).utf8)) }
        return (.latin1, Array(String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) })).utf8))
    }

    /// Text without a byte-order mark where every second byte of the beginning is zero: ASCII in UTF-16.
    static func looksLikeUTF16(_ bytes: [UInt8]) -> Bool {
        let beginning = bytes.prefix(64)
        guard beginning.count >= 8, bytes.count % 2 == 0 else { return false }
        let even = beginning.enumerated().filter { $0.offset % 2 == 0 && $0.element == 0 }.count
        let odd = beginning.enumerated().filter { $0.offset % 2 == 1 && $0.element == 0 }.count
        let half = beginning.count / 2
        return (even == 0 && odd * 4 >= half * 3) || (odd == 0 && even * 4 >= half * 3)
    }

    private static func utf16(_ bytes: ArraySlice<UInt8>, big: Bool) throws(TableFileError) -> [UInt8] {
        guard bytes.count % 2 == 0 else { throw .encoding("UTF-16 thiếu một byte ở cuối tệp") }
        var units: [UInt16] = []
        units.reserveCapacity(bytes.count / 2)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
            units.append(big ? first << 8 | second : second << 8 | first)
            index += 2
        }
        return Array(String(decoding: units, as: UTF16.self).utf8)
    }

    /// The separator that most lines agree on; the semicolon of Vietnamese settings before the comma where both do.
    private static func separator(of utf8: [UInt8]) -> Character {
        var best: (character: Character, score: Int) = (",", 0)
        let lines = utf8.prefix(64 << 10).split(separator: UInt8(ascii: "\n")).prefix(40)
        for character in ["\t", ";", ",", "|"] as [Character] {
            guard let byte = character.asciiValue else { continue }
            var agreeing: [Int: Int] = [:]
            for line in lines {
                let count = Self.count(of: byte, outsideQuotesIn: line)
                if count > 0 { agreeing[count, default: 0] += 1 }
            }
            // Lines that agree, weighted by columns: title lines with a stray comma do not decide.
            let score = agreeing.map { $0.value * $0.value * min($0.key, 4) }.max() ?? 0
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
