import Figures
import Kernel
import Tabular
import Testing

/// The sender's own table, given back with what keeps each row from being taken.
@Suite
struct ReturnedFileTests {
    static let lines = [
        "BẢO HIỂM XÃ HỘI THÀNH PHỐ", FigureFile.month, FigureFile.heading, "Thành Đông|100|10", "Hải Dương|N/A|-20",
        "Cam Giang|5|1", "Kiến An|300|30", "Tổng cộng|400|40",
    ]
    /// Row of the file and the words of its reason.
    static let reasons: [(row: Int, words: [String])] = [
        (5, ["BHXH bắt buộc: “N/A” là chữ", "BHXH tự nguyện: “-20” số âm"]), (6, ["Tên xã: “Cam Giang” trùng tên"]),
    ]

    static func returned(_ file: TableFile) throws -> TableFile {
        let reading = try FigureFile.read(file)
        return try TableFile(try ReturnedFile.bytes(file, reading, by: HaiPhong.reader))
    }

    static func file(_ format: TableFile.Format) throws -> TableFile {
        try format == .csv ? FigureFile.csv(lines) : FigureFile.xlsx(lines)
    }

    @Test(arguments: [TableFile.Format.csv, .xlsx])
    func `the rows are the sender's, with their reasons behind the last column`(format: TableFile.Format) throws {
        let file = try Self.file(format)
        let back = try Self.returned(file)
        #expect(back.format == format)
        let (sent, rows) = (file.tables[0].rows, back.tables[0].rows)
        #expect(rows.map(\.number) == sent.map(\.number))
        for (row, original) in zip(rows, sent) {
            #expect((0..<3).map { row[$0] } == (0..<3).map { original[$0] })
        }
        #expect(
            rows.map { $0[3].shown }.enumerated().filter { !$0.element.isEmpty }.map { $0.offset + 1 } == [3, 5, 6])
        #expect(rows[2][3] == .text("Lý do"))
        for reason in Self.reasons {
            let shown = rows[reason.row - 1][3].shown
            for word in reason.words { #expect(shown.contains(word), "\(shown)") }
        }
    }

    @Test(arguments: [TableFile.Format.csv, .xlsx])
    func `read again it says the same, and mended it is taken`(format: TableFile.Format) throws {
        let file = try Self.file(format)
        let back = try Self.returned(file)
        let (first, again) = (try FigureFile.read(file), try FigureFile.read(back))
        #expect(again.lines == ["10507 100 10", "11443 300 30"])
        #expect(again.errorPlaces == first.errorPlaces)
        #expect(again.ignoredColumns == ["Lý do"])
        // The sender mends the rows and sends the file with the column of reasons still there.
        let mended = back.tables[0].rows.map { row in
            row.cells.map { cell in
                ["N/A": "200", "-20": "20", "Cam Giang": "Cẩm Giang"][cell.shown] ?? cell.shown
            }
        }
        let taken = try FigureFile.read(try TableFile(CSVWriter.bytes(of: mended)))
        #expect(taken.lines == ["10507 100 10", "10525 200 20", "10888 5 1", "11443 300 30"])
        #expect(taken.errors.isEmpty)
    }

    @Test(arguments: [",", ";", "\t"] as [Character])
    func `a text file goes back with its separator, as UTF-8`(separator: Character) throws {
        let file = try FigureFile.csv(Self.lines, separator: separator)
        let bytes = try ReturnedFile.bytes(file, try FigureFile.read(file), by: HaiPhong.reader)
        #expect(bytes.starts(with: [0xEF, 0xBB, 0xBF]))
        let back = try TableFile(bytes)
        #expect(back.textForm?.separator == separator)
        #expect(back.tables[0].rows[4][3].shown.contains("N/A"))
    }

    @Test
    func `a file in an old encoding goes back as UTF-8 with the letters that were read`() throws {
        let file = try TableFile(HaiPhong.sample("so-lieu-06.csv"))
        let reading = try FigureFile.read(file, named: "so-lieu-06.csv")
        let back = try TableFile(try ReturnedFile.bytes(file, reading, by: HaiPhong.reader))
        #expect(back.textForm?.encoding == .utf8)
        #expect(back.tables[0].rows[0].cells.last == .text("Lý do"))
        #expect(back.tables[0].rows[114][1] == .text("đặc khu Bạch Long Vĩ"))
        let again = try FigureFile.read(back, named: "so-lieu-06.csv")
        let same = again.byKey == reading.byKey
        #expect(same)
    }

    @Test
    func `the faulty sample goes back whole`() throws {
        let file = try TableFile(HaiPhong.sample(SampleFileTests.faulty))
        let reading = try FigureFile.read(file, named: SampleFileTests.faulty)
        let back = try TableFile(try ReturnedFile.bytes(file, reading, by: HaiPhong.reader))
        #expect(back.tables.map(\.name) == ["Sheet"])
        let marked = back.tables[0].rows.filter { !$0[4].isBlank }.map(\.number)
        #expect(marked == [2, 6, 13, 23, 33, 44, 53, 73])
        let again = try FigureFile.read(back, named: SampleFileTests.faulty)
        let same = again.byKey == reading.byKey
        #expect(same)
        #expect(again.errorPlaces == reading.errorPlaces)
    }

    @Test
    func `merged headings and blank rows keep their places`() throws {
        let file = try TableFile(HaiPhong.sample("tong-hop-dia-ban-09-2026.xlsx"))
        let reading = try FigureFile.read(file, named: "tong-hop-dia-ban-09-2026.xlsx")
        let back = try TableFile(try ReturnedFile.bytes(file, reading, by: HaiPhong.reader))
        #expect(back.tables[0].rows.map(\.number) == file.tables[0].rows.map(\.number))
        #expect(Set(back.tables[0].merged.map { "\($0)" }) == Set(file.tables[0].merged.map { "\($0)" }))
        let again = try FigureFile.read(back, named: "tong-hop-dia-ban-09-2026.xlsx")
        let same = again.byKey == reading.byKey
        #expect(same)
    }

    @Test
    func `of several sheets each bears its own reasons`() throws {
        let file = try TableFile(
            try XLSXWriter.bytes(of: [
                FigureFile.sheet(["Tháng 08/2026", FigureFile.heading, "Thành Đông|x1|9"], name: "T8"),
                FigureFile.sheet(["Lưu ý"], name: "Ghi chú"),
                FigureFile.sheet(
                    ["Tháng 09/2026", FigureFile.heading, "Thành Đông|100|10", "Kiến An|x2|1"], name: "T9"),
            ]))
        let back = try Self.returned(file)
        #expect(back.tables.map(\.name) == ["T8", "Ghi chú", "T9"])
        #expect(back.tables[0].rows[2][3].shown.contains("x1"))
        #expect(back.tables[1].rows.map(\.cells) == [[.text("Lưu ý")]])
        #expect(back.tables[2].rows[2][3] == .empty)
        #expect(back.tables[2].rows[3][3].shown.contains("x2"))
    }

    /// A few bytes say that half a million cells are merged; they must not be written one by one.
    @Test(.timeLimit(.minutes(1)))
    func `a merged range far beyond the table is not blown up`() throws {
        let text = { (place: String, text: String) in "<c r=\"\(place)\" t=\"inlineStr\"><is><t>\(text)</t></is></c>" }
        let rows = [
            text("A1", "Tháng 09/2026"), text("A2", "Tên xã") + text("B2", "BHXH bắt buộc"),
            text("A3", "Thành Đông") + "<c r=\"B3\"><v>100</v></c>",
        ].enumerated().map { "<row r=\"\($0.offset + 1)\">\($0.element)</row>" }
        let file = try TableFile(StoredWorkbook.archive(rows: rows.joined(), merged: "C4:Z20000"))
        let bytes = try ReturnedFile.bytes(file, try FigureFile.read(file), by: HaiPhong.reader)
        #expect(bytes.count < 100_000)
    }
}
