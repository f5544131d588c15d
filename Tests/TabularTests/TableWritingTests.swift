import Kernel
import Tabular
import TestSupport
import Testing

/// What is written is read back as it was.
@Suite
struct TableWritingTests {
    @Test
    func `a workbook keeps texts, numbers, gaps and merged cells`() throws {
        let sheet = Sheet(
            name: "Biểu 1",
            rows: [
                [.text("TỔNG HỢP", look: .title)], [],
                [.text("Tên", look: .heading), .text("Số", look: .heading), .text("", look: .heading)],
                [.text("Thành Đông"), .number(12_156), SheetCell(.number(0.5))],
                [.text("dòng\nhai & <ba> \"bốn\"", look: .problem), SheetCell(.empty, look: .problem), .number(-3)],
            ], merged: [CellRange(rows: 1...1, columns: 0...2), CellRange(rows: 3...4, columns: 2...2)],
            widths: [0: 30], headingRows: 3)
        let file = try TableFile(try XLSXWriter.bytes(of: [sheet]))
        #expect(file.format == .xlsx)
        #expect(file.textForm == nil)
        let table = try #require(file.tables.first)
        #expect(table.name == "Biểu 1")
        #expect(table.rows.map(\.number) == [1, 3, 4, 5])
        #expect(table.rows[0].cells == [.text("TỔNG HỢP")])
        #expect(table.rows[1].cells == [.text("Tên"), .text("Số")])
        #expect(table.rows[2].cells == [.text("Thành Đông"), .number(12_156), .number(0.5)])
        #expect(table.rows[3].cells == [.text("dòng\nhai & <ba> \"bốn\""), .empty, .number(-3)])
        #expect(table.merged == sheet.merged)
    }

    @Test
    func `sheets keep their names and order`() throws {
        let sheets = ["T8", "T9", "Ghi chú"].map { Sheet(name: $0, rows: [[.text($0)]]) }
        let file = try TableFile(try XLSXWriter.bytes(of: sheets))
        #expect(file.tables.map(\.name) == ["T8", "T9", "Ghi chú"])
    }

    @Test
    func `a text that looks like a formula stays a text`() throws {
        let texts = ["=1+1", "+1", "-1", "@SUM(A1)", "'1", "007", "1e3", "TRUE"]
        let bytes = try XLSXWriter.bytes(of: [Sheet(name: "A", rows: texts.map { [SheetCell.text($0)] })])
        #expect(try TableFile(bytes).tables[0].rows.map { $0[0] } == texts.map { Cell.text($0) })
    }

    @Test
    func `two sheets of one name are written under names unlike`() throws {
        let sheet = Sheet(name: "A", rows: [[.text("x")]])
        #expect(try TableFile(try XLSXWriter.bytes(of: [sheet, sheet])).tables.map(\.name) == ["A", "A (2)"])
    }

    @Test
    func `tables of any shape come back the same`() throws {
        var generator = SeededGenerator(seed: 4_711)
        let words = ["Thành Đông", "a;b", "x\"y", "12.156", " ", "đường, phố", "&<>", "\u{1F600}", "một\nhai"]
        for _ in 0..<30 {
            let rows = (0..<Int.random(in: 1...12, using: &generator)).map { _ in
                (0..<Int.random(in: 0...8, using: &generator)).map { _ -> SheetCell in
                    switch Int.random(in: 0...3, using: &generator) {
                    case 0: return SheetCell(.empty)
                    case 1: return .number(Int.random(in: -1_000_000...50_000_000, using: &generator))
                    case 2:
                        return SheetCell(.number(Double(Int.random(in: -1_000_000...1_000_000, using: &generator)) / 8))
                    default: return .text(words.randomElement(using: &generator) ?? "")
                    }
                }
            }
            let file = try? TableFile(try XLSXWriter.bytes(of: [Sheet(name: "A", rows: rows)]))
            let read = file?.tables[0].rows ?? []
            for (index, cells) in rows.enumerated() {
                let row = read.first { $0.number == index + 1 }
                for (column, cell) in cells.enumerated() {
                    let found = row?[column] ?? .empty
                    switch cell.content {
                    case .empty: #expect(found == .empty)
                    case .text(let text): #expect(found == .text(text))
                    case .number(let number), .formula(_, let number): #expect(found == .number(number))
                    case .day(let day): #expect(found == .day(day))
                    case .moment(let moment): #expect(found == .day(moment.day))
                    }
                }
            }
        }
    }

    // MARK: CSV

    @Test
    func `CSV is written as Excel in Viet Nam opens it`() {
        let bytes = CSVWriter.bytes(of: [["Tên", "Số"], ["a;b", "x\"y"], ["m\nn", "1,5", ""]])
        let text = "Tên;Số\r\n\"a;b\";\"x\"\"y\"\r\n\"m\nn\";1,5;\r\n"
        #expect(bytes == [0xEF, 0xBB, 0xBF] + Array(text.utf8))
    }

    @Test
    func `no field of a disarmed file is a formula, and numbers stay numbers`() {
        let fields = [
            "=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "-2+3", "-", "\tx", "-12.156", "+5", "a=b", "=\u{301}1", "",
        ]
        let bytes = CSVWriter.bytes(of: [fields], separator: "|", disarmed: true)
        let text = "'=1+1|\"'+cmd|' /C calc'!A0\"|'@SUM(A1)|'-2+3|-|'\tx|-12.156|+5|a=b|'=\u{301}1|\r\n"
        #expect(bytes == [0xEF, 0xBB, 0xBF] + Array(text.utf8))
    }

    @Test(arguments: [",", ";", "\t", "|"] as [Character])
    func `fields come back whole, whatever stands in them`(separator: Character) throws {
        let rows = [
            ["Tên", "Số", "Ghi chú"], ["a;b,c|d\te", "\"", "\"\""], ["một\r\nhai", " x ", "5\" ống"],
            ["", "y", ""], ["=1+1", "'", "đủ"],
            // With a mark behind it a sign is another letter to Swift; to who reads the file it is the sign.
            ["a;\u{300}b", "\"\u{338}", ",\u{301}|\u{301}\t\u{301}"],
        ]
        let bytes = CSVWriter.bytes(of: rows, separator: separator)
        let read = try CSVReader.records(of: bytes, separator: try #require(separator.asciiValue))
        #expect(read.map(\.fields) == rows)
        #expect(read.map(\.line) == [1, 2, 3, 5, 6, 7])
    }

    @Test
    func `a table written as CSV is read as a table of its separator`() throws {
        let rows = (1...20).map { ["\($0)", "Xã số \($0)", "\($0 * 1_000)"] }
        for separator in [",", ";", "\t", "|"] as [Character] {
            let file = try TableFile(CSVWriter.bytes(of: rows, separator: separator))
            #expect(file.textForm == TextForm(of: separator))
            #expect(file.tables[0].rows.map { $0.cells.map(\.shown) } == rows)
        }
    }
}

extension TextForm {
    /// UTF-8 with this separator, by way of a file of it.
    fileprivate init?(of separator: Character) {
        guard let form = (try? TableFile(Array("a\(separator)b\n".utf8)))?.textForm else { return nil }
        self = form
    }
}
