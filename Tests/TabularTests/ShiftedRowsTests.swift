import Tabular
import Testing

/// Rows whose cells stand in other columns than they should.
@Suite
struct ShiftedRowsTests {
    static let wishes: [LabelledTable.Wish] = [
        .init("total", "Tổng số", ["tong so"], required: true, isFigure: true),
        .init("part", "Tự nguyện", ["tu nguyen"], isFigure: true), .init("name", "Tên", ["ten"], required: true),
    ]

    /// By row: the column that shows it, empty for a row that stands right.
    static func shifted(_ text: String) throws -> [String] {
        try LabelledTable(try TableFile(Array(text.utf8)), wishes: wishes).rows.map {
            $0.problems(texts: []).first?.column ?? ""
        }
    }

    @Test
    func `a row with more cells than the heading is returned with the cell that is too many`() throws {
        #expect(try Self.shifted("Tên,Tổng số,Tự nguyện\nA,12,000,900\nB,13000,800\n") == ["D", ""])
        #expect(try Self.shifted("Tên;Tổng số;Tự nguyện\nA; B;13000;800\nB;13000;800;\n") == ["D", ""])
    }

    @Test
    func `a number parted by a comma is seen where an empty column takes what is too many`() throws {
        let heading = "Tên,Tổng số,Tự nguyện,\n"
        #expect(try Self.shifted(heading + "A,12,345,900\nB,13000,800,\nC,13000,800,xem lại\n") == ["C", "", ""])
        #expect(try Self.shifted("Tên,Tổng số,Tự nguyện,Ghi chú\nA,12,000,900\nB,12,345,x\n") == ["C", ""])
    }

    @Test
    func `codes with zeros and separators that part no numbers are left alone`() throws {
        #expect(try Self.shifted("STT,Mã,Tên,Tổng số\n1,001,A,12000\n2,002,B,5\n") == ["", ""])
        #expect(try Self.shifted("Tên;Tổng số;Tự nguyện;\nA;12;000;900\n") == [""])
    }

    @Test
    func `cells of a workbook stand where they stand`() throws {
        let bytes = try XLSXWriter.bytes(of: [
            Sheet(
                name: "a",
                rows: [
                    [.text("Tên"), .text("Tổng số")], [.text("A"), .number(12), .number(0), .text("ghi chú")],
                ])
        ])
        let table = try LabelledTable(try TableFile(bytes), wishes: Self.wishes)
        #expect(table.rows.allSatisfy { $0.problems(texts: []).isEmpty })
    }
}
