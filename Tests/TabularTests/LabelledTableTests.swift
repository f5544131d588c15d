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

    static func read(_ lines: String...) throws -> LabelledTable? {
        LabelledTable(try TableFile(Array(lines.joined(separator: "\n").utf8)), wishes: wishes)
    }

    @Test
    func `columns are found in any order and by any of their phrases`() throws {
        let table = try #require(
            try Self.read("BHXH TN;Ghi chú;Xã/phường;Tự nguyện;Chỉ tiêu;NĂM", "9;x; Thành  Đông ;938;12156;2026"))
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
        let table = try #require(try Self.read("Năm trước;Mã;Tên;Tự nguyện", "1;2;3;4"))
        #expect(table.keys == ["code", "name", "voluntary"])
        #expect(table.rows[0].text("code") == "2")
    }

    @Test
    func `the first column that fits is taken and the next goes to another wish or to none`() throws {
        let table = try #require(try Self.read("Tên xã;Tên cũ;Tự nguyện;Tổng số;Chỉ tiêu tự nguyện", "a;b;1;2;3"))
        #expect(table.rows[0].text("name") == "a")
        #expect(table.rows[0].text("voluntary") == "1")
        #expect(table.rows[0].text("total") == "2")
    }

    @Test
    func `titles above are passed over and blank rows left out`() throws {
        let table = try #require(
            try Self.read(
                "ỦY BAN NHÂN DÂN;;", "Năm 2026;;", "Tên;Tự nguyện;", ";;", "Thành Đông;1;", ";;", "Hải Dương;2;"))
        #expect(table.rows.map(\.number) == [5, 7])
        #expect(table.rows.map { $0.text("name") } == ["Thành Đông", "Hải Dương"])
    }

    /// The words of a table's title are those of its columns.
    @Test
    func `a title that speaks of what a column holds is no heading`() throws {
        let table = try #require(
            try Self.read(
                "CHỈ TIÊU BHXH TỰ NGUYỆN, TÊN CÁC XÃ;;;", "STT;Tên xã;Tự nguyện;Tổng số", "1;Thành Đông;938;12156"))
        #expect(table.keys == ["name", "voluntary", "total"])
        #expect(table.rows.map { $0.text("name") } == ["Thành Đông"])
        let one: [LabelledTable.Wish] = [
            .init("households", "Số hộ", ["so ho"]), .init("name", "Tên", ["ten to", "to dan pho"], required: true),
        ]
        let file = try TableFile(Array("DANH SÁCH TỔ DÂN PHỐ;;\nSTT;Tên tổ dân phố;Số hộ\n1;Tổ 1;120\n".utf8))
        let groups = try #require(LabelledTable(file, wishes: one))
        #expect(groups.rows.map { $0.text("name") } == ["Tổ 1"])
        #expect(groups.rows.map { $0.text("households") } == ["120"])
    }

    @Test
    func `a table without a required column is none`() throws {
        for lines in [["Mã;Tổng số", "1;2"], ["Tên;Tổng số", "1;2"], ["1;2", "3;4"]] {
            let table = try Self.read(lines[0], lines[1])
            #expect(table?.keys == nil)
        }
    }

    @Test
    func `a heading without rows under it is a table without rows`() throws {
        let table = try #require(try Self.read("Tên;Tự nguyện"))
        #expect(table.rows.isEmpty)
    }

    @Test
    func `the heading may stand on a later sheet`() throws {
        let bytes = try XLSXWriter.bytes(of: [
            Sheet(name: "Bìa", rows: [[.text("Kính gửi")]]),
            Sheet(name: "Biểu", rows: [[.text("Tên"), .text("Tự nguyện")], [.text("Thành Đông"), .number(938)]]),
        ])
        let table = try #require(LabelledTable(try TableFile(bytes), wishes: Self.wishes))
        #expect(table.rows.map { $0["voluntary"] } == [.number(938)])
        #expect(table.rows.map(\.number) == [2])
    }
}
