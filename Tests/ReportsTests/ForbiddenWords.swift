import Documents
import Foundation
import Testing

/// Words that no official paper contains: the engine's, those of files and programs, claims that nobody can stand by. One list
/// for the tests of all kinds; a fault that was seen in a paper adds its words here.
enum ForbiddenWords {
    /// With the reason, or what is written instead.
    static let all: [(words: String, why: String)] = [
        // The engine's own sentences (trial of 2026-11, A8, D11).
        ("phần công bằng", "the engine's name for a share"), ("dùng căn cứ này", "the engine's remark"),
        ("chưa tính đến các yếu tố sau", "the engine's remark"), ("phương án minh họa", "a name of a draft"),
        ("đường thẳng", "“chia đều theo tháng”"), ("nhịp mùa vụ", "“mức tăng từng tháng của năm …”"),
        ("kỳ vọng", "“mức cần có”"), ("KHÔNG khớp", "what is wrong is told to the drafter, not signed"),
        ("KHÁC Kế hoạch", "what is wrong is told to the drafter, not signed"), ("LỆCH", "the desk's mark"),
        // Money: no bound that is none (A9).
        ("ước ít nhất", "a range with its assumptions"), ("mức thấp nhất có thể", "a range with its assumptions"),
        // Both words at once: a ward has tổ dân phố, a xã has thôn (A5).
        ("tổ dân phố, thôn", "the commune's own word"), ("thôn, tổ dân phố", "the commune's own word"),
        // Files, programs, markup.
        (".yaml", "a file's name"), (".md", "a file's name"), (".csv", "a file's name"), (".xlsx", "a file's name"),
        (".docx", "a file's name"), ("baophu", "the program's name"), ("{{", "markup"), ("}}", "markup"),
        ("Optional(", "a value printed raw"), ("nil", "a value printed raw"), ("http", "an address"),
        ("document.", "an event's name"), ("last_total", "a column's name"), ("--", "an option"),
        // English.
        ("target", "English"), ("forecast", "English"), ("scenario", "English"), ("total", "English"),
        ("voluntary", "English"), ("compulsory", "English"), ("figure", "English"),
        // Slips of writing.
        (" ,", "a blank before a comma"), (" ;", "a blank before a semicolon"), ("..", "two full stops"),
        (",.", "two marks"), (";.", "two marks"), ("()", "empty brackets"), ("người người", "a word twice"),
        ("ngày ngày", "a word twice"), ("năm năm", "a word twice"), ("đến đến", "a word twice"),
    ]

    /// What of the list stands in a text; words only where they stand alone (`nil` is no part of `Vinil`).
    /// - Parameter quoted: the plan's own words, which are quoted as they are.
    static func found(in text: String, quoting quoted: [String] = []) -> [String] {
        let text = quoted.reduce(text) { $0.replacing($1, with: "…") }
        return all.compactMap { entry in
            let isWord = entry.words.allSatisfy(\.isLetter)
            var rest = text[...]
            while let range = rest.range(of: entry.words) {
                let before = range.lowerBound > text.startIndex ? text[text.index(before: range.lowerBound)] : " "
                let after = range.upperBound < text.endIndex ? text[range.upperBound] : " "
                if !isWord || !(before.isLetter || after.isLetter) {
                    return "“\(entry.words)” (\(entry.why)): …\(text[range.lowerBound...].prefix(60))"
                }
                rest = text[range.upperBound...]
            }
            return nil
        }
    }

    @Suite
    struct ListTests {
        @Test
        func `the list finds words where they stand and not inside others`() {
            #expect(ForbiddenWords.found(in: "Lý do: Theo phần công bằng.").count == 1)
            #expect(ForbiddenWords.found(in: "Theo tệp a.yaml {{x}}").count == 3)
            #expect(ForbiddenWords.found(in: "Vinil và 7.820 người; Vinil.").isEmpty)
            #expect(ForbiddenWords.found(in: "Giao đến thôn, tổ dân phố", quoting: ["thôn, tổ dân phố"]).isEmpty)
        }
    }
}

/// What a DOCX says, as somebody reads it.
struct WordText {
    /// Of the body and its annexes, in their order; cells of tables are paragraphs too. Empty ones are left out.
    let paragraphs: [String]
    /// The rows of each table that has lines, each row its cells.
    let tables: [[[String]]]
    /// The body's XML, for what is seen and not read.
    let xml: String

    var text: String { paragraphs.joined(separator: "\n") }

    init(_ bytes: [UInt8]) throws {
        xml = try Self.part("word/document.xml", of: bytes)
        paragraphs = Self.paragraphs(xml)
        tables = xml.components(separatedBy: "<w:tbl>").dropFirst().compactMap { part in
            let table = part.components(separatedBy: "</w:tbl>").first ?? ""
            guard table.contains("<w:tblBorders>") else { return nil }
            return table.components(separatedBy: "<w:tr>").dropFirst().map { row in
                row.components(separatedBy: "<w:tc>").dropFirst().map {
                    Self.paragraphs($0).joined(separator: " ")
                }
            }
        }
    }

    /// Whether a paragraph contains the words.
    func says(_ words: String) -> Bool { paragraphs.contains { $0.contains(words) } }

    private static func paragraphs(_ xml: String) -> [String] {
        xml.components(separatedBy: "</w:p>").map { paragraph in
            paragraph.matches(of: /<w:t(?: [^>]*)?>([^<]*)<\/w:t>/).map { unescaped(String($0.output.1)) }.joined()
        }.filter { !$0.isEmpty }
    }

    private static func unescaped(_ text: String) -> String {
        text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
            .replacing("&#39;", with: "'").replacing("&apos;", with: "'").replacing("&amp;", with: "&")
    }

    /// A part of the package.
    static func part(_ name: String, of bytes: [UInt8]) throws -> String {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("paper-\(UUID().uuidString).docx")
        try Data(bytes).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/unzip")
        process.arguments = ["-p", file.path, name]
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }
}
