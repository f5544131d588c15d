import Foundation
import Kernel
import Tabular
import TestSupport
import Testing

/// Files read row by row: the same as read whole, from memory and from disk.
@Suite
struct RowSourceTests {
    /// Every row that a source hands out, with its sheet.
    static func rows(_ source: RowSource, limits: TableLimits = .rows) throws -> [String] {
        let reader = try source.open(limits: limits)
        var rows: [String] = []
        while let sheet = try reader.nextSheet() {
            while try reader.nextRow() {
                rows.append("\(sheet)\(reader.number): " + reader.row.cells.map(\.shown).joined(separator: "|"))
            }
        }
        return rows
    }

    static func withFile<Result>(_ bytes: [UInt8], _ body: (RowSource) throws -> Result) throws -> Result {
        let path = NSTemporaryDirectory() + "rows-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        return try body(RowSource(file: path))
    }

    @Test
    func `a workbook's sheets come one behind the other, from bytes, data and disk alike`() throws {
        let bytes = try XLSXWriter.bytes(of: [
            Sheet(name: "A", rows: [[.text("Tên"), .number(1)], [], [.text("Thành Đông"), .text("x")]]),
            Sheet(name: "B", rows: [[SheetCell(.empty), .text("cuối")]]),
        ])
        let expected = ["A1: Tên|1", "A3: Thành Đông|x", "B1: |cuối"]
        #expect(try Self.rows(RowSource(bytes)) == expected)
        #expect(try Self.rows(RowSource(Data(bytes))) == expected)
        #expect(try Self.withFile(bytes) { try Self.rows($0) } == expected)
    }

    @Test
    func `a source may be read again, by several readers at once`() throws {
        let source = RowSource(Array("a;b\nc;d\ne;f\n".utf8))
        let (first, second) = (try source.open(), try source.open())
        _ = (try first.nextSheet(), try second.nextSheet())
        _ = (try first.nextRow(), try first.nextRow(), try second.nextRow())
        #expect(first[0] == .text("c"))
        #expect(second[0] == .text("a"))
        #expect(try Self.rows(source) == ["1: a|b", "2: c|d", "3: e|f"])
    }

    @Test
    func `a reader that was left in the middle goes on with the next sheet`() throws {
        let bytes = try XLSXWriter.bytes(of: [
            Sheet(name: "A", rows: (1...5_000).map { [.number($0), .text("chữ \($0)")] }),
            Sheet(name: "B", rows: [[.text("x")]]),
        ])
        let reader = try RowSource(bytes).open()
        #expect(try reader.nextSheet() == "A")
        #expect(try reader.nextRow())
        #expect(try reader.nextSheet() == "B")
        #expect(try reader.nextRow())
        #expect(reader.number == 1)
        #expect(reader[0] == .text("x"))
        #expect(try !reader.nextRow())
        #expect(try !reader.nextRow())
        #expect(try reader.nextSheet() == nil)
    }

    /// Pieces of a part end anywhere: within rows, texts, tags and letters.
    @Test
    func `rows are whole wherever the pieces of a part end`() throws {
        var generator = SeededGenerator(seed: 12)
        let words = ["Nguyễn Thị Ánh", "đường Lê Lợi & <số 5>", "x", "日本語", "\u{1F600}"]
        let rows = (0..<4_000).map { row in
            (0..<12).map { _ in
                Int.random(in: 0...3, using: &generator) == 0
                    ? SheetCell.number(row) : .text(words[Int.random(in: 0..<5, using: &generator)])
            }
        }
        let reader = try RowSource(try XLSXWriter.bytes(of: [Sheet(name: "A", rows: rows)])).open()
        _ = try reader.nextSheet()
        for (index, cells) in rows.enumerated() {
            #expect(try reader.nextRow())
            #expect(reader.number == index + 1)
            let expected = cells.map { cell -> String in
                switch cell.content {
                case .text(let text): text
                case .number(let number): Cell.number(number).shown
                default: ""
                }
            }
            #expect(reader.row.cells.map(\.shown) == expected)
            #expect((0..<12).map { reader.withText(of: $0) { String(decoding: $0, as: UTF8.self) } } == expected)
        }
        #expect(try !reader.nextRow())
    }

    @Test(arguments: [TextForm.Encoding.utf16LittleEndian, .utf16BigEndian, .tcvn3])
    func `a long text of another encoding is decoded piece by piece without losing a row`(encoding: TextForm.Encoding)
        throws
    {
        let isTCVN3 = encoding == .tcvn3
        // Letters of two units and quoted line ends meet the pieces' ends.
        let lines = (1...60_000).map {
            isTCVN3 ? "\($0);x\u{B8}y" : "\($0);\($0 % 7 == 0 ? "\"a\r\nb\u{1F600}\"" : "\u{1F600}ế")"
        }
        let text = lines.joined(separator: "\r\n")
        let bytes: [UInt8] =
            isTCVN3
            ? text.unicodeScalars.map { UInt8($0.value) }
            : (encoding == .utf16BigEndian ? [0xFE, 0xFF] : [0xFF, 0xFE])
                + TableTextTests.utf16(text, big: encoding == .utf16BigEndian)
        let reader = try RowSource(bytes).open(limits: .rows)
        #expect(reader.textForm?.encoding == encoding)
        _ = try reader.nextSheet()
        var count = 0
        while try reader.nextRow() {
            count += 1
            guard reader[0].shown == "\(count)" else {
                Issue.record("row \(count) begins with \(reader[0].shown)")
                return
            }
        }
        #expect(count == 60_000)
        #expect(reader[1].shown == (isTCVN3 ? "xáy" : "\u{1F600}ế"))
    }

    @Test
    func `a record longer than a piece is read whole`() throws {
        let long = String(repeating: "ế\n", count: 400_000)
        let text = "a;b\n\"\(long)\";c\nd;e\n"
        let reader = try RowSource([0xFF, 0xFE] + TableTextTests.utf16(text, big: false)).open()
        _ = try reader.nextSheet()
        #expect(try reader.nextRow() && reader.nextRow())
        #expect(reader[0] == .text(long))
        #expect(reader[1] == .text("c"))
        #expect(try reader.nextRow())
        #expect(reader.number == 400_003)
        #expect(reader[0] == .text("d"))
    }

    @Test
    func `a file that is not there is told with its path`() {
        #expect(throws: TableFileError.unreadable("/nowhere/x.xlsx")) { try RowSource(file: "/nowhere/x.xlsx").open() }
    }

    @Test
    func `text for reading on all cores is UTF-8 behind its mark and Excel's word on the separator`() throws {
        let plain = try #require(try RowSource([0xEF, 0xBB, 0xBF] + Array("sep=|\na|b\n".utf8)).unicodeText())
        #expect(plain.form.separator == "|")
        #expect(plain.data.dropFirst(plain.start) == Data("\na|b\n".utf8))
        let wide = try #require(
            try RowSource([0xFF, 0xFE] + TableTextTests.utf16("ế;b\n", big: false)).unicodeText())
        #expect(wide.data.dropFirst(wide.start) == Data("ế;b\n".utf8))
        #expect(try RowSource(HandMadeWorkbook(rows: "").archive).unicodeText() == nil)
    }
}
