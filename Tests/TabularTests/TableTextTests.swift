import Kernel
import Tabular
import Testing

/// CSV in the encodings and with the separators that people send.
@Suite
struct TableTextTests {
    static let text = "Mã;Tên;Số\n10507;Thành Đông;12\n"
    static let cells: [[Cell]] = [
        [.text("Mã"), .text("Tên"), .text("Số")], [.text("10507"), .text("Thành Đông"), .text("12")],
    ]

    static func utf16(_ text: String, big: Bool) -> [UInt8] {
        text.utf16.flatMap { unit -> [UInt8] in
            let (high, low) = (UInt8(unit >> 8), UInt8(unit & 255))
            return big ? [high, low] : [low, high]
        }
    }

    /// The same text as TCVN3 writes it: `ã` 0xB7, `ê` 0xAA, `ố` 0xE8, `à` 0xB5, `Đ` 0xA7, `ô` 0xAB.
    static let tcvn3: [UInt8] = {
        let pieces: [[UInt8]] = [
            [0x4D, 0xB7, 0x3B, 0x54, 0xAA, 0x6E, 0x3B, 0x53, 0xE8, 0x0A], Array("10507;Th".utf8), [0xB5],
            Array("nh ".utf8), [0xA7, 0xAB], Array("ng;12\n".utf8),
        ]
        return Array(pieces.joined())
    }()

    struct Writing: Sendable, CustomTestStringConvertible {
        let name: String
        let bytes: [UInt8]
        let encoding: TextForm.Encoding
        var testDescription: String { name }
    }

    static let writings: [Writing] = [
        Writing(name: "UTF-8", bytes: Array(text.utf8), encoding: .utf8),
        Writing(name: "UTF-8 with mark", bytes: [0xEF, 0xBB, 0xBF] + Array(text.utf8), encoding: .utf8),
        Writing(
            name: "UTF-16 LE with mark", bytes: [0xFF, 0xFE] + utf16(text, big: false), encoding: .utf16LittleEndian),
        Writing(name: "UTF-16 BE with mark", bytes: [0xFE, 0xFF] + utf16(text, big: true), encoding: .utf16BigEndian),
        Writing(name: "UTF-16 LE", bytes: utf16(text, big: false), encoding: .utf16LittleEndian),
        Writing(name: "UTF-16 BE", bytes: utf16(text, big: true), encoding: .utf16BigEndian),
        Writing(name: "TCVN3", bytes: tcvn3, encoding: .tcvn3),
    ]

    @Test(arguments: writings)
    func `the same table is read from each encoding`(writing: Writing) throws {
        let file = try TableFile(writing.bytes)
        #expect(file.format == .csv)
        #expect(file.textForm?.encoding == writing.encoding)
        #expect(file.textForm?.separator == ";")
        #expect(file.tables.count == 1)
        #expect(file.tables.first?.name == "")
        #expect(file.tables.first?.rows.map(\.cells) == Self.cells)
        #expect(file.tables.first?.rows.map(\.number) == [1, 2])
    }

    @Test
    func `only an encoding that was guessed says so`() throws {
        for writing in Self.writings {
            #expect(try TableFile(writing.bytes).textForm?.isGuess == (writing.encoding == .tcvn3))
        }
        // `Hà Nam` in Windows-1252.
        let western = try TableFile([0x48, 0xE0, 0x20, 0x4E, 0x61, 0x6D, 0x3B, 0x35, 0x0A])
        #expect(western.textForm?.encoding == .latin1)
        #expect(western.textForm?.isGuess == true)
        #expect(western.tables.first?.rows.first?.cells == [.text("Hà Nam"), .text("5")])
    }

    @Test(arguments: [",", ";", "\t", "|"] as [Character])
    func `the separator is found`(separator: Character) throws {
        let lines =
            ["Mã", "Tên", "Số"].map { $0 + String(separator) }.joined() + "x\n10507\(separator)A\(separator)12\n"
        let file = try TableFile(Array(lines.utf8))
        #expect(file.textForm?.separator == separator)
        #expect(file.tables.first?.rows.last?.cells == [.text("10507"), .text("A"), .text("12")])
    }

    @Test
    func `commas in title lines and in quotes do not part columns`() throws {
        let text = """
            BẢO HIỂM XÃ HỘI, THÀNH PHỐ HẢI PHÒNG, NĂM 2026, THÁNG 9
            Kèm theo Công văn số 1, ngày 1/10/2026
            Tên;Bắt buộc;Tự nguyện
            "Thành Đông, Hải Phòng";12.156;938
            "Hải Dương, Hải Phòng";10.668;1.523
            """
        let file = try TableFile(Array(text.utf8))
        #expect(file.textForm?.separator == ";")
        let rows = file.tables[0].rows
        #expect(rows.map(\.cells.count) == [1, 1, 3, 3, 3])
        #expect(rows[3].cells == [.text("Thành Đông, Hải Phòng"), .text("12.156"), .text("938")])
    }

    @Test
    func `where the semicolon and the comma both fit, the semicolon of Vietnamese settings parts columns`() throws {
        let file = try TableFile(Array("Thành Đông, HP;12\nHải Dương, HP;13\n".utf8))
        #expect(file.textForm?.separator == ";")
        #expect(file.tables[0].rows[1].cells == [.text("Hải Dương, HP"), .text("13")])
    }

    @Test
    func `rows carry the numbers of their lines and blank lines count`() throws {
        let file = try TableFile(Array("a;b\r\n\r\n\"1\r\n2\";3\r\n;;\r\n4;5\r\n".utf8))
        let rows = file.tables[0].rows
        #expect(rows.map(\.number) == [1, 3, 5, 6])
        #expect(rows[1].cells == [.text("1\r\n2"), .text("3")])
        #expect(rows[2].isBlank)
        #expect(rows[2][7] == .empty)
    }

    @Test
    func `text keeps its spaces and is blank when it has nothing else`() throws {
        let rows = try TableFile(Array(" a ;  ;\u{A0}\nb;c;d\n".utf8)).tables[0].rows
        #expect(rows[0].cells == [.text(" a "), .text("  "), .text("\u{A0}")])
        #expect(rows[0].cells.map(\.isBlank) == [false, true, true])
        #expect(!rows[0].isBlank)
    }

    /// As people see them: what messages quote.
    static let shownCells: [(cell: Cell, shown: String)] = [
        (.empty, ""), (.text("x"), "x"), (.number(5), "5"), (.number(-2.5), "-2.5"),
        (.number(1e15), "1000000000000000"), (.truth(true), "TRUE"), (.truth(false), "FALSE"),
        (.failed("#REF!"), "#REF!"), (.uncomputed("A1+1"), "=A1+1"),
    ]

    @Test(arguments: shownCells)
    func `a cell is shown as its program shows it`(cell: Cell, shown: String) {
        #expect(cell.shown == shown)
        #expect(cell.isBlank == shown.isEmpty)
    }

    @Test
    func `a day is shown day first`() throws {
        let day = try #require(Day(year: 2026, month: 9, day: 30))
        #expect(Cell.day(day).shown == "30/09/2026")
    }

    @Test(arguments: [
        (0, "A"), (3, "D"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD"),
    ])
    func `columns have the letters of spreadsheets`(column: Int, letters: String) {
        #expect(columnLetters(column) == letters)
    }
}
