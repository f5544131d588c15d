import Figures
import Kernel
import Tabular
import Province
import Testing

/// What keeps a row from being taken, and what does not.
@Suite
struct RowFaultTests {
    static let top = [FigureFile.month, FigureFile.heading]

    static let badCells: [(value: String, words: String)] = [
        ("N/A", "là chữ"), ("12,5", "không phải số nguyên"), ("12.34", "không phải số nguyên"), ("-15", "số âm"),
        ("—", "không rõ là 0"), ("1 000 000 000", "lớn bất thường"), ("=A1+B1", "công thức"),
        ("12 người lao động", "có chữ lẫn"),
        ("", "ô trống"), ("#REF!", "là chữ"),
    ]

    @Test(arguments: badCells)
    func `a cell that is no number of people holds its row back, alone`(value: String, words: String) throws {
        let reading = try FigureFile.reading(
            Self.top + ["Thành Đông|100|10", "Hải Dương|\(value)|20", "Kiến An|300|30"])
        #expect(reading.lines == ["10507 100 10", "11443 300 30"])
        #expect(reading.errorPlaces == ["4B"])
        let error = try #require(reading.errors.first)
        #expect(error.heading == "BHXH bắt buộc")
        #expect(error.value == value)
        #expect(error.message.contains(words))
        #expect(error.sentence.hasPrefix("Dòng 4, cột B (BHXH bắt buộc): "))
        #expect(reading.acceptedRows == 2)
        #expect(reading.rejectedRows.keys.map(\.row) == [4])
        #expect(reading.rejectedRows.values.first?.first?.hasPrefix("BHXH bắt buộc: ") == true)
    }

    @Test
    func `every bad cell of a row is told at once`() throws {
        let reading = try FigureFile.reading(Self.top + ["Không Có|N/A|-1", "Kiến An|300|30"])
        #expect(reading.errorPlaces == ["3A", "3B", "3C"])
        #expect(reading.rejectedRows.values.map(\.count) == [3])
    }

    @Test
    func `numbers, texts with dots and formulas of a workbook are told apart`() throws {
        let sheet = Sheet(
            name: "Biểu",
            rows: [
                [.text("Tháng 09/2026")], [.text("Tên xã"), .text("BHXH bắt buộc"), .text("BHXH tự nguyện")],
                [.text("Thành Đông"), .text("12.156"), .number(938)],
                [.text("Hải Dương"), SheetCell(.number(12.5)), .number(1)],
                [.text("Kiến An"), .number(-15), .number(1)], [.text("Gia Viên"), .text("0"), .number(0)],
            ])
        let reading = try FigureFile.read(try TableFile(try XLSXWriter.bytes(of: [sheet])))
        #expect(reading.lines == ["10507 12156 938", "11359 0 0"])
        #expect(reading.repairs.map(\.sentence) == ["Dòng 3, cột B (BHXH bắt buộc): “12.156” đọc là 12.156"])
        #expect(reading.errorPlaces == ["4B", "5B"])
        #expect(reading.errors.map(\.value) == ["12.5", "-15"])
    }

    @Test
    func `a formula whose result the file does not hold is not zero`() throws {
        func cell(_ place: String, _ text: String) -> String {
            "<c r=\"\(place)\" t=\"inlineStr\"><is><t>\(text)</t></is></c>"
        }
        let head = cell("A2", "Tên xã") + cell("B2", "BHXH bắt buộc") + cell("C2", "BHXH tự nguyện")
        let rows = [
            cell("A1", "Tháng 09/2026"), head,
            "\(cell("A3", "Thành Đông"))<c r=\"B3\"><f>SUM(D3:F3)</f></c><c r=\"C3\"><v>10</v></c>",
            "\(cell("A4", "Hải Dương"))<c r=\"B4\"><f>SUM(D4:F4)</f><v>7</v></c><c r=\"C4\"><v>1</v></c>",
            "\(cell("A5", "Kiến An"))<c r=\"B5\" t=\"e\"><f>X!1</f><v>#REF!</v></c><c r=\"C5\"><v>1</v></c>",
        ].enumerated().map { "<row r=\"\($0.offset + 1)\">\($0.element)</row>" }
        let reading = try FigureFile.read(try TableFile(StoredWorkbook.archive(rows: rows.joined())))
        #expect(reading.lines == ["10525 7 1"])
        #expect(reading.errorPlaces == ["3B", "5B"])
        #expect(reading.error(at: "3B").contains("công thức chưa có kết quả"))
        #expect(reading.error(at: "5B").contains("#REF!"))
    }

    // MARK: Nothing there

    @Test
    func `a commune without any figure is silent, neither zero nor wrong`() throws {
        let reading = try FigureFile.reading(Self.top + ["Thành Đông||", "Hải Dương|5|1", "Kiến An| |  "])
        #expect(reading.silent == [.known("10507"), .known("11443")])
        #expect(reading.errors.isEmpty)
        #expect(reading.lines == ["10525 5 1"])
        let alone = try FigureFile.reading(Self.top + ["Thành Đông||"])
        #expect(alone.silent == [.known("10507")])
        #expect(alone.figures.isEmpty)
        #expect(alone.months.isEmpty)
    }

    @Test
    func `signatures and remarks under the table are passed over`() throws {
        let reading = try FigureFile.reading(
            Self.top + [
                "Thành Đông|100|10", "Ghi chú: số liệu tạm tính||", "|Người lập biểu|Giám đốc", "|(ký)|(đã ký)",
            ])
        #expect(reading.lines == ["10507 100 10"])
        #expect(reading.errors.isEmpty)
        #expect(reading.skipped.map(\.row) == [4, 5, 6])
    }

    @Test
    func `a table of another province is refused whole`() throws {
        let names = ["Phường Ba Đình", "Phường Hoàn Kiếm", "Phường Cửa Nam", "Phường Ngọc Hà", "Phường Giảng Võ"]
        let refusal = try FigureFile.refusal(Self.top + names.map { "\($0)|1|1" })
        #expect(refusal.contains("Chỉ nhận ra 0 trong 5 tên đơn vị"))
        #expect(refusal.contains("Phường Ba Đình, Phường Hoàn Kiếm, Phường Cửa Nam"))
        #expect(refusal.contains("thành phố Hải Phòng"))
        let half = try FigureFile.reading(
            Self.top + ["Phường Ba Đình|1|1", "Phường Hoàn Kiếm|1|1", "Thành Đông|1|1", "Hải Dương|1|1"])
        #expect(half.lines.count == 2)
    }

    // MARK: Twice

    @Test
    func `a commune given twice with the same figures is taken once`() throws {
        let reading = try FigureFile.reading(Self.top + ["Thành Đông|100|10", "Hải Dương|5|1", "P. Thành Đông|100|10"])
        #expect(reading.lines == ["10507 100 10", "10525 5 1"])
        #expect(reading.errorPlaces == ["5"])
        #expect(reading.error(at: "5").contains("phường Thành Đông đã có ở dòng 3 với cùng số liệu"))
    }

    @Test
    func `a commune given twice with other figures is not taken at all`() throws {
        let reading = try FigureFile.reading(
            Self.top + ["Thành Đông|100|10", "Hải Dương|5|1", "Thành Đông|101|10", "Thành Đông|100|10"])
        #expect(reading.lines == ["10525 5 1"])
        #expect(reading.errorPlaces == ["3", "5", "6"])
        #expect(reading.error(at: "5").contains("đã có ở dòng 3 với số liệu khác"))
        #expect(reading.rejectedRows.count == 3)
    }

    @Test
    func `two sheets of two months are read each, of one month not twice`() throws {
        let months = try TableFile(
            try XLSXWriter.bytes(of: [
                FigureFile.sheet(["Tháng 08/2026", FigureFile.heading, "Thành Đông|90|9"], name: "T8"),
                FigureFile.sheet(["Tháng 09/2026", FigureFile.heading, "Thành Đông|100|10"], name: "T9"),
                FigureFile.sheet(["Ghi chú: không có"], name: "Ghi chú"),
            ]))
        let reading = try FigureFile.read(months)
        #expect(reading.months == [.known(2026, 8), .known(2026, 9)])
        #expect(reading.figures.count == 4)
        let twice = try TableFile(
            try XLSXWriter.bytes(of: [
                FigureFile.sheet(["Tháng 09/2026", FigureFile.heading, "Thành Đông|90|9"], name: "A"),
                FigureFile.sheet(
                    ["Tháng 09/2026", FigureFile.heading, "Thành Đông|100|10", "Kiến An|N/A|1"], name: "B"),
            ]))
        let clash = try FigureFile.read(twice)
        #expect(clash.figures.isEmpty)
        #expect(clash.errors.map { "\($0.sheet)\($0.row)\($0.column)" } == ["A3", "B3", "B4B"])
        #expect(clash.errors.last?.sentence.hasPrefix("Trang “B”, dòng 4, cột B (BHXH bắt buộc): “N/A”") == true)
    }

    // MARK: Jumps

    static let before: @Sendable (CommuneCode, Scheme, Month) -> (month: Month, people: Int)? = {
        commune, scheme, month in
        commune.text == "10507" && scheme == .compulsory ? (month: month.adding(months: -2), people: 9_540) : nil
    }

    @Test
    func `a fall by nine tenths is held back until somebody has looked`() throws {
        let lines = Self.top + ["Thành Đông|950|1526", "Hải Dương|5|1"]
        let held = try FigureFile.reading(lines) { $0.earlier = Self.before }
        #expect(held.lines == ["10525 5 1"])
        #expect(held.errorPlaces == ["3B"])
        #expect(held.error(at: "3B").contains("giảm 90 % so với tháng 07/2026 (9.540 người)"))
        let taken = try FigureFile.reading(lines) {
            $0.earlier = Self.before
            $0.acceptsJumps = true
        }
        #expect(taken.lines == ["10507 950 1526", "10525 5 1"])
        #expect(taken.errors.isEmpty)
        #expect(taken.warnings.contains { $0.row == 3 && $0.column == "B" && $0.message.contains("giảm 90 %") })
    }

    @Test
    func `a fall that leaves somebody is no fall by all`() throws {
        for (people, words) in [(30, "giảm 99 %"), (0, "giảm 100 %")] {
            let reading = try FigureFile.reading(Self.top + ["Thành Đông|\(people)|10"]) { $0.earlier = Self.before }
            #expect(reading.error(at: "3B").contains(words))
        }
    }

    static let jumps: [(people: Int, isHeld: Bool)] = [
        (1_907, true), (1_908, false), (9_540, false), (57_240, false), (57_241, true), (95_400, true), (0, true),
    ]

    @Test(arguments: jumps)
    func `below a fifth and above six times the figure before is a jump`(people: Int, isHeld: Bool) throws {
        let reading = try FigureFile.reading(Self.top + ["Thành Đông|\(people)|10"]) { $0.earlier = Self.before }
        #expect(reading.errors.isEmpty != isHeld)
    }

    @Test(arguments: [(5_723, true), (5_724, false), (9_540, false), (15_264, false), (15_265, true), (950, false)])
    func `beyond six tenths and sixteen tenths a figure is taken with a warning`(people: Int, isWarned: Bool) throws {
        let reading = try FigureFile.reading(Self.top + ["Thành Đông|\(people)|10"]) { $0.earlier = Self.before }
        #expect(reading.warnings.contains { $0.message.contains("được nhận, hãy kiểm tra") } == isWarned)
    }

    @Test
    func `small figures may jump, and the month before in the same file counts`() throws {
        let small = try FigureFile.reading(Self.top + ["Thành Đông|49|1"]) {
            $0.earlier = { _, _, month in (month: month.adding(months: -1), people: 2) }
        }
        #expect(small.lines == ["10507 49 1"])
        let file = try FigureFile.reading([
            "Tháng|Tên xã|BHXH bắt buộc|BHXH tự nguyện", "09/2026|Thành Đông|950|100", "08/2026|Thành Đông|9500|100",
        ])
        #expect(file.months == [.known(2026, 8)])
        #expect(file.errorPlaces == ["2C"])
    }

    @Test
    func `more voluntary than compulsory participants are taken with a warning`() throws {
        let reading = try FigureFile.reading(Self.top + ["Thành Đông|10|100"])
        #expect(reading.lines == ["10507 10 100"])
        #expect(reading.warnings.map(\.row) == [3])
        #expect(reading.warnings.first?.message.contains("lớn hơn số bắt buộc") == true)
    }
}
