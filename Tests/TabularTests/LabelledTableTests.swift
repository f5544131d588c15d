import Tabular
import Testing

/// Tables whose columns are found by their headings.
@Suite
struct LabelledTableTests {
    static let wishes: [LabelledTable.Wish] = [
        .init("year", "Năm", ["=nam"]), .init("code", "Mã", ["ma xa", "=ma"]),
        .init("voluntary", "Tự nguyện", ["tu nguyen"], required: true),
        .init("total", "Tổng số", ["tong so", "chi tieu"]),
        .init("name", "Tên", ["ten", "xa phuong"], required: true),
    ]

    static func read(_ lines: String..., year: Int? = nil) throws -> LabelledTable {
        try LabelledTable(try TableFile(Array(lines.joined(separator: "\n").utf8)), wishes: wishes, year: year)
    }

    @Test
    func `columns are found in any order and by any of their phrases`() throws {
        let table = try Self.read(
            "BHXH TN;Ghi chú;Xã/phường;Tự nguyện;Chỉ tiêu;NĂM", "9;x; Thành  Đông ;938;12156;2026")
        #expect(table.keys == ["name", "voluntary", "total", "year"])
        #expect(table.rows.count == 1)
        let row = table.rows[0]
        #expect(row.number == 2)
        #expect(row.text("name") == "Thành Đông")
        #expect(row["name"] == .text(" Thành  Đông "))
        #expect(row.text("voluntary") == "938")
        #expect(row.letters("voluntary") == "D")
        #expect(row.letters("year") == "F")
        #expect(row["code"] == .empty)
        #expect(row.letters("code") == "")
        #expect(row.text("code") == "")
    }

    @Test
    func `a whole heading is asked for where the phrase begins with an equals sign`() throws {
        let table = try Self.read("Năm trước;Mã;Tên;Tự nguyện", "1;2;3;4")
        #expect(table.keys == ["code", "name", "voluntary"])
        #expect(table.rows[0].text("code") == "2")
    }

    @Test
    func `the first column that fits is taken and the next goes to another wish or to none`() throws {
        let table = try Self.read("Tên xã;Tên cũ;Tự nguyện;Tổng số;Chỉ tiêu tự nguyện", "a;b;1;2;3")
        #expect(table.rows[0].text("name") == "a")
        #expect(table.rows[0].text("voluntary") == "1")
        #expect(table.rows[0].text("total") == "2")
    }

    @Test
    func `titles above are passed over and blank rows left out`() throws {
        let table = try Self.read(
            "ỦY BAN NHÂN DÂN;;", "Năm 2026;;", "Tên;Tự nguyện;", ";;", "Thành Đông;1;", ";;", "Hải Dương;2;")
        #expect(table.rows.map(\.number) == [5, 7])
        #expect(table.rows.map { $0.text("name") } == ["Thành Đông", "Hải Dương"])
    }

    /// The words of a table's title are those of its columns.
    @Test
    func `a title that speaks of what a column holds is no heading`() throws {
        let table = try Self.read(
            "CHỈ TIÊU BHXH TỰ NGUYỆN, TÊN CÁC XÃ;;;", "STT;Tên xã;Tự nguyện;Tổng số", "1;Thành Đông;938;12156")
        #expect(table.keys == ["name", "voluntary", "total"])
        #expect(table.rows.map { $0.text("name") } == ["Thành Đông"])
        let one: [LabelledTable.Wish] = [
            .init("households", "Số hộ", ["so ho"]), .init("name", "Tên", ["ten to", "to dan pho"], required: true),
        ]
        let file = try TableFile(Array("DANH SÁCH TỔ DÂN PHỐ;;\nSTT;Tên tổ dân phố;Số hộ\n1;Tổ 1;120\n".utf8))
        let groups = try LabelledTable(file, wishes: one)
        #expect(groups.rows.map { $0.text("name") } == ["Tổ 1"])
        #expect(groups.rows.map { $0.text("households") } == ["120"])
    }

    @Test
    func `a table without a required column is none`() throws {
        for lines in [["Mã;Tổng số", "1;2"], ["Tên;Tổng số", "1;2"], ["1;2", "3;4"]] {
            #expect(throws: LabelledTable.Fault.noHeading) { try Self.read(lines[0], lines[1]) }
        }
    }

    @Test
    func `a heading without rows under it is a table without rows`() throws {
        let table = try Self.read("Tên;Tự nguyện")
        #expect(table.rows.isEmpty)
    }

    @Test
    func `the heading may stand on a later sheet`() throws {
        let bytes = try XLSXWriter.bytes(of: [
            Sheet(name: "Bìa", rows: [[.text("Kính gửi")]]),
            Sheet(name: "Biểu", rows: [[.text("Tên"), .text("Tự nguyện")], [.text("Thành Đông"), .number(938)]]),
        ])
        let table = try LabelledTable(try TableFile(bytes), wishes: Self.wishes)
        #expect(table.rows.map { $0["voluntary"] } == [.number(938)])
        #expect(table.rows.map(\.number) == [2])
    }

    static let figures: [LabelledTable.Wish] = [
        .init("voluntary", "Tự nguyện", ["tu nguyen"], isFigure: true),
        .init("total", "Tổng số", ["tong so", "chi tieu"], required: true, isFigure: true),
        .init("name", "Tên", ["ten", "xa phuong", "don vi"], required: true),
    ]

    static func numbers(_ text: String, year: Int? = nil) throws -> [[String]] {
        let table = try LabelledTable(try TableFile(Array(text.utf8)), wishes: figures, year: year)
        return table.rows.map { row in ["name", "total", "voluntary"].map { row.text($0) } }
    }

    @Test
    func `the column of the year asked for is read, never another year's`() throws {
        let text = "Đơn vị;Tổng số năm 2026;Tổng số năm 2027;Tự nguyện\nPhường Lê Chân;11000;13000;800\n"
        #expect(try Self.numbers(text, year: 2027) == [["Phường Lê Chân", "13000", "800"]])
        #expect(try Self.numbers(text, year: 2026) == [["Phường Lê Chân", "11000", "800"]])
        #expect(throws: LabelledTable.Fault.noHeading) { try Self.numbers(text, year: 2028) }
        let beside = "Đơn vị;Tổng số;Tổng số 2027\nA;1;2\n"
        #expect(try Self.numbers(beside, year: 2027) == [["A", "2", ""]])
    }

    @Test
    func `two columns that could be meant are refused by name, not chosen from`() throws {
        let text = "Đơn vị;Tổng số;Tự nguyện;Chỉ tiêu\nA;1;2;3\n"
        let fault = LabelledTable.Fault.doubled(wish: "Tổng số", columns: ["B (Tổng số)", "D (Chỉ tiêu)"], row: 1)
        #expect(throws: fault) { try Self.numbers(text) }
        #expect(fault.words(noHeading: "").contains("B (Tổng số) hay D (Chỉ tiêu). Hãy"))
    }

    @Test
    func `rates, changes and sums over time are no numbers of people`() throws {
        for heading in ["Tỷ lệ tổng số (%)", "Tổng số tăng thêm", "Lũy kế tổng số", "Tổng số so với cùng kỳ"] {
            #expect(try Self.numbers("Đơn vị;\(heading);Tổng số\nA;9;7\n") == [["A", "7", ""]], "\(heading)")
        }
    }

    @Test
    func `a merged heading over several columns parts them`() throws {
        let text = ";Thực hiện 2026;;Chỉ tiêu 2027;\nĐơn vị;Tổng số;Tự nguyện;Tổng số;Tự nguyện\nA;1;2;3;4\n"
        #expect(try Self.numbers(text, year: 2027) == [["A", "3", "4"]])
        func cells(_ texts: String...) -> [SheetCell] { texts.map { .text($0) } }
        let bytes = try XLSXWriter.bytes(of: [
            Sheet(
                name: "Biểu",
                rows: [
                    cells("Đơn vị", "Thực hiện năm 2026", "", "Kế hoạch năm 2027", ""),
                    cells("", "Tổng số", "Tự nguyện", "Tổng số", "Tự nguyện"),
                    cells("A", "1", "2", "3", "4"),
                ],
                merged: [
                    CellRange(rows: 1...2, columns: 0...0), CellRange(rows: 1...1, columns: 1...2),
                    CellRange(rows: 1...1, columns: 3...4),
                ])
        ])
        let table = try LabelledTable(try TableFile(bytes), wishes: Self.figures, year: 2027)
        #expect(table.rows.map { $0.text("total") } == ["3"])
        #expect(throws: LabelledTable.Fault.self) { try LabelledTable(try TableFile(bytes), wishes: Self.figures) }
    }

    @Test
    func `errors of formulas are no texts`() throws {
        var book = HandMadeWorkbook(
            rows: HandMadeWorkbook.row(1, "Đơn vị", "Tổng số")
                + "<row r=\"2\"><c r=\"A2\" t=\"e\"><f>B1</f><v>#REF!</v></c><c r=\"B2\"><v>5</v></c></row>"
                + "<row r=\"3\"><c r=\"A3\"><f>B1</f></c><c r=\"B3\"><v>5</v></c></row>")
        book.styles = nil
        let table = try LabelledTable(try TableFile(book.archive), wishes: Self.figures)
        for row in table.rows {
            #expect(row.text("name").isEmpty)
            #expect(row.problems(texts: ["name"]).map(\.column) == ["A"])
            #expect(row.problems(texts: ["name"]).first?.message.contains("dán giá trị") == true)
        }
    }

    /// A title spreads over the columns of a text file as a merged cell does.
    @Test
    func `a title's words make no column of numbers of what is none`() throws {
        let text = "CHỈ TIÊU, TỔNG SỐ VÀ TỰ NGUYỆN;;;\nSTT;Đơn vị;Tổng số;Ghi chú\n1;A;5;x\n"
        let table = try LabelledTable(try TableFile(Array(text.utf8)), wishes: Self.figures)
        #expect(table.keys == ["name", "total"])
        #expect(table.rows.map { $0.text("total") } == ["5"])
        let plain = "Chỉ tiêu;;Tự nguyện\nĐơn vị;Số người;Số người\nA;5;2\n"
        #expect(try Self.numbers(plain) == [["A", "5", "2"]])
    }
}
