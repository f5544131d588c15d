import Foundation
import TestSupport

/// A text file of a table as programs write them, drawn from a seed.
struct GeneratedText {
    let bytes: [UInt8]
    /// How it is to be read, for Python.
    let form: [UInt8]

    private static let words = [
        "Phường Hồng Bàng", "12.156", "12156", "", " ", "a\"b", "\"", "x;y", "x,y", "x\ty", "x|y", "dòng một\ndòng hai",
        "cũ\r\nmới",
        "a\rb", "😀", "1,5", "'", "e\u{301}", "#N/A", "=1+1", "  hai bên  ",
    ]

    init(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        func draw(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
        let separator = [",", ";", "\t", "|"][draw(0...3)]
        let end = ["\n", "\r\n", "\r"][draw(0...2)]
        let quotesAll = draw(1...100) <= 20
        func field(_ text: String) -> String {
            let needs =
                text.unicodeScalars.contains { "\"\n\r".unicodeScalars.contains($0) } || text.contains(separator)
            guard needs || quotesAll || draw(1...100) <= 10 else { return text }
            return "\"\(text.replacing("\"", with: "\"\""))\""
        }
        let width = draw(2...6)
        let skips = draw(1...100) <= 15
        var text = skips ? "sep=\(separator)\(end == "\r" ? "\r\n" : end)" : ""
        // Titles over the columns let the separator be told.
        text += (0..<width).map { "Cột \($0)" }.joined(separator: separator) + end
        for _ in 0..<draw(3...12) {
            if draw(1...100) <= 10 { text += end }
            text += (0..<width).map { _ in field(Self.words[draw(0...Self.words.count - 1)]) }.joined(
                separator: separator)
            text += end
        }
        if draw(1...100) <= 30 { text.unicodeScalars.removeLast(end.unicodeScalars.count) }
        let encoding = ["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be"][draw(0...3)]
        switch encoding {
        case "utf-8": bytes = Array(text.utf8)
        case "utf-8-sig": bytes = [0xEF, 0xBB, 0xBF] + Array(text.utf8)
        case "utf-16-le": bytes = [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
        default: bytes = [0xFE, 0xFF] + text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
        }
        // Python tells the order of bytes by the mark.
        let named = encoding.hasPrefix("utf-16") ? "utf-16" : encoding
        let told = separator == "\t" ? "\\t" : separator
        form = Array("{\"encoding\": \"\(named)\", \"separator\": \"\(told)\", \"skips\": \(skips)}".utf8)
    }
}
