import Figures
import Kernel
import Tabular
import Testing

/// How tables of figures are laid out: wide, long, by block, with sums.
@Suite
struct LayoutTests {
    static let month = FigureFile.month
    /// Form B16a-TS's blocks as headings write them.
    static let blocks = [
        "DN nhà nước", "DN có vốn đầu tư nước ngoài", "DN ngoài nhà nước", "Chủ hộ kinh doanh",
        "Người quản lý không hưởng lương", "Đơn vị ngoài công lập", "Hợp tác xã", "Hội nghề nghiệp, tổ hợp tác",
        "Dân quân thường trực", "HCSN, Đảng, đoàn thể", "Khác",
    ]

    // MARK: Groups and shifts

    @Test
    func `rows of regions and offices with sums between the communes are no units`() throws {
        let reading = try FigureFile.reading([
            Self.month, FigureFile.heading, "BHXH cơ sở Lê Chân|300|30", "Thành Đông|100|10", "Hải Dương|200|20",
            "Khu vực II|400|40", "Kiến An|400|40", "Tổng cộng|700|70",
        ])
        #expect(reading.errors.isEmpty)
        #expect(reading.figures.count == 6)
        #expect(reading.skipped.map(\.row) == [3, 6, 8])
        #expect(reading.warnings.isEmpty, "the sum below is the communes' sum")
    }

    @Test
    func `a separator inside a number shifts a text file's row, which is returned`() throws {
        let text = "Tháng 09/2026,,\nTên xã,BHXH bắt buộc,BHXH tự nguyện\nThành Đông,1,234,56\nHải Dương,200,20\n"
        let reading = try FigureFile.read(try TableFile(Array(text.utf8)))
        #expect(reading.lines == ["10525 200 20"])
        #expect(reading.errors.first?.message.contains("nhiều ô hơn dòng tiêu đề") == true)
    }

    @Test
    func `a file of one scheme says that the other is missing`() throws {
        let reading = try FigureFile.reading([Self.month, "Tên xã|BHXH tự nguyện", "Thành Đông|10"])
        #expect(reading.lines == ["10507 - 10"])
        #expect(reading.warnings.first?.message.contains("không có cột bắt buộc") == true)
    }

    @Test
    func `a text longer than anybody reads neither stalls nor breaks the reading`() throws {
        let long = String(repeating: "xã phường tổng cộng ", count: 3_000)
        let reading = try FigureFile.reading(
            [Self.month, FigureFile.heading + "|Ghi chú", "Thành Đông|100|10|" + long, long + "|1|1|", long])
        #expect(reading.lines == ["10507 100 10"])
        #expect(reading.errors.map(\.row) == [4])
    }

    // MARK: Blocks

    @Test
    func `each block is known by its title, by the form's words and by its number`() {
        for (block, text) in zip(Block.allCases, Self.blocks) {
            #expect(Block.named(text) == block)
            #expect(Block.named(block.title) == block)
            #expect(Block.named(text.uppercased()) == block)
            #expect(Block.named("\(block.rawValue)") == block)
            #expect(Block.named("(\(block.rawValue))") == block)
        }
        for text in ["", "0", "12", "Thành Đông", "BHXH bắt buộc", "Số người", "Khác biệt"] {
            #expect(Block.named(text) == nil, "\(text)")
        }
    }

    static func blockLine(_ name: String, _ people: [Int], _ rest: String...) -> String {
        ([name] + people.map { "\($0)" } + rest).joined(separator: "|")
    }

    @Test
    func `blocks in columns add up to the compulsory figure`() throws {
        let heading = (["Tên xã"] + Self.blocks + ["Cộng BB", "BHXH tự nguyện", "Tổng số"]).joined(separator: "|")
        let reading = try FigureFile.reading([
            Self.month, heading, Self.blockLine("Thành Đông", Array(1...11), "66", "5", "71"),
            Self.blockLine("Hải Dương", Array(1...11), "67", "5", "72"),
            Self.blockLine("Kiến An", Array(1...11), "66", "5", "70"),
        ])
        #expect(reading.lines == ["10507 66 5"])
        #expect(reading.figures.first?.blocks[.stateEnterprise] == 1)
        #expect(reading.figures.first?.blocks[.other] == 11)
        #expect(reading.figures.first?.blocks.count == 11)
        #expect(reading.figures.last?.blocks.isEmpty == true)
        #expect(reading.errorPlaces == ["4M", "5O"])
        #expect(reading.error(at: "4M").contains("không bằng tổng các khối (66, chênh 1)"))
        #expect(reading.error(at: "5O").contains("không bằng bắt buộc cộng tự nguyện (71, chênh -1)"))
    }

    @Test
    func `without a sum of their own all eleven blocks are the compulsory figure`() throws {
        let heading = (["Tên xã"] + Self.blocks + ["BHXH tự nguyện"]).joined(separator: "|")
        let reading = try FigureFile.reading([Self.month, heading, Self.blockLine("Thành Đông", Array(1...11), "5")])
        #expect(reading.lines == ["10507 66 5"])
    }

    @Test
    func `a few blocks may be less than the compulsory figure, never more`() throws {
        let heading = "Tên xã|DN nhà nước|DN FDI|BHXH bắt buộc|BHXH tự nguyện"
        let reading = try FigureFile.reading([
            Self.month, heading, "Thành Đông|10|20|100|5", "Hải Dương|10|20|29|5", "Kiến An|10|20|30|5",
        ])
        #expect(reading.lines == ["10507 100 5", "11443 30 5"])
        #expect(reading.errorPlaces == ["4D"])
    }

    @Test
    func `a few blocks alone are not passed off as everybody`() throws {
        let lines = [Self.month, "Tên xã|DN nhà nước|DN FDI|BHXH tự nguyện", "Thành Đông|10|20|5"]
        let reading = try? FigureFile.reading(lines)
        let silently = reading.map { $0.lines == ["10507 30 5"] && $0.warnings.isEmpty } ?? false
        #expect(!silently)
    }

    @Test
    func `blocks in rows are one commune, and a block left out is asked for`() throws {
        func rows(_ name: String, _ named: [String], without: Int? = nil) -> [String] {
            named.enumerated().filter { $0.offset != without }.map { "\(name)|\($0.element)|\(10 * ($0.offset + 1))" }
        }
        let reading = try FigureFile.reading(
            [Self.month, "Tên xã|Khối|Số người"] + rows("Thành Đông", Self.blocks) + ["Thành Đông|Tự nguyện|55"]
                + rows("Hải Dương", (1...11).map { "\($0)" }, without: 4) + ["Kiến An|Khối lạ|5"])
        #expect(reading.lines == ["10507 660 55"])
        #expect(reading.figures.first?.blocks[.cooperative] == 70)
        #expect(reading.acceptedRows == 12)
        #expect(reading.errorPlaces == ["15", "25B"])
        #expect(reading.error(at: "15").contains("thiếu khối “Người quản lý không hưởng lương”"))
        #expect(reading.error(at: "25B").contains("không phải khối nào"))
        // All rows of the commune go back, not only the first.
        #expect(reading.rejectedRows.count == 11)
    }

    // MARK: One row a scheme

    @Test
    func `a row for each scheme and month is read whatever its order`() throws {
        let heading = "Kỳ báo cáo|Mã xã|Tên đơn vị|Loại hình|Số người"
        let reading = try FigureFile.reading([
            heading, "08/2026|10507|Thành Đông|Bắt buộc|100", "09/2026|10525|Hải Dương|BHXH TN|20",
            "09/2026|10507|Thành Đông|BHXH tự nguyện|11", "08/2026|10507|Thành Đông|TN|10",
            "09/2026|10507|Thành Đông|BB|110", "09/2026|10525|Hải Dương|BHXH bắt buộc|200",
        ])
        #expect(
            reading.byKey == [
                FigureKeyed("10507", "2026-08", .compulsory): 100, FigureKeyed("10507", "2026-08", .voluntary): 10,
                FigureKeyed("10507", "2026-09", .compulsory): 110, FigureKeyed("10507", "2026-09", .voluntary): 11,
                FigureKeyed("10525", "2026-09", .compulsory): 200, FigureKeyed("10525", "2026-09", .voluntary): 20,
            ])
        #expect(reading.acceptedRows == 6)
    }

    @Test
    func `a row of a scheme that nobody knows is returned`() throws {
        let reading = try FigureFile.reading([
            Self.month, "Tên xã|Loại hình|Số người", "Thành Đông|Bắt buộc|100", "Thành Đông|BHYT|500", "Thành Đông||5",
        ])
        #expect(reading.errorPlaces == ["4B", "5B"])
        #expect(reading.error(at: "4B").contains("không rõ loại hình"))
        #expect(reading.lines == ["10507 100 -"])
    }

    @Test
    func `a figure that no block or scheme claims does not vanish without a word`() throws {
        let blocks = Self.blocks.enumerated().map { "Thành Đông|\($0.element)|\($0.offset + 1)" }
        let reading = try FigureFile.reading([Self.month, "Tên xã|Khối|Số người"] + blocks + ["Kiến An||120"])
        #expect(reading.lines.first == "10507 66 -")
        let isTold = (reading.errors + reading.warnings + reading.skipped).contains { $0.row == 14 }
        #expect(isTold || reading.lines.contains("11443 120 -"))
    }

    @Test
    func `blocks are no more than what a total leaves for the compulsory figure`() throws {
        let reading = try FigureFile.reading([
            Self.month, "Tên xã|DN nhà nước|DN FDI|BHXH tự nguyện|Tổng số", "Thành Đông|10|20|5|105",
            "Hải Dương|10|200|5|105",
        ])
        #expect(reading.lines == ["10507 100 5"])
        #expect(reading.errors.map(\.row) == [4])
    }

    // MARK: Sums

    @Test
    func `of a total and its voluntary part the rest is compulsory`() throws {
        let reading = try FigureFile.reading([
            Self.month, "Tên xã|Tổng số|Trong đó tự nguyện", "Thành Đông|110|10", "Hải Dương|5|10", "Kiến An|7|7",
        ])
        #expect(reading.lines == ["10507 100 10", "11443 0 7"])
        #expect(reading.errorPlaces == ["4B"])
        #expect(reading.error(at: "4B").contains("nhỏ hơn số tự nguyện (10)"))
    }

    @Test
    func `a total that is not the sum of the schemes holds its row back`() throws {
        let reading = try FigureFile.reading([
            Self.month, FigureFile.heading + "|Cộng", "Thành Đông|1.000|10|1.010", "Hải Dương|1.000|10|1.011",
        ])
        #expect(reading.lines == ["10507 1000 10"])
        #expect(reading.error(at: "4D").contains("(1.010, chênh 1)"))
    }

    @Test
    func `a row of totals is no commune, and one that does not add up is a warning`() throws {
        let lines = [Self.month, FigureFile.heading, "Thành Đông|100|10", "Hải Dương|200|20"]
        for word in ["Tổng cộng", "TỔNG SỐ", "Cộng", "Tổng", "Toàn thành phố", "Tổng cộng (2 đơn vị)"] {
            let right = try FigureFile.reading(lines + ["\(word)|300|30"])
            #expect(right.lines == ["10507 100 10", "10525 200 20"])
            #expect(right.warnings.isEmpty, "\(word)")
            #expect(right.skipped.map(\.row) == [5])
            let wrong = try FigureFile.reading(lines + ["\(word)|301|30"])
            #expect(wrong.lines == ["10507 100 10", "10525 200 20"])
            #expect(wrong.warnings.map { "\($0.row)\($0.column)" } == ["5B"])
            #expect(wrong.warnings.first?.message.contains("(300, chênh 1)") == true)
        }
    }

    @Test
    func `a total over rows that were not all read is not judged`() throws {
        let reading = try FigureFile.reading([
            Self.month, FigureFile.heading, "Thành Đông|100|10", "Hải Dương|N/A|20", "Tổng cộng|300|31",
        ])
        #expect(reading.warnings.map { "\($0.row)\($0.column)" } == ["5C"])
    }

    @Test
    func `rows of parts are passed over and a unit that begins like a sum is not`() throws {
        let parts = try FigureFile.reading([
            Self.month, FigureFile.heading, "Thành Đông|100|10", "Cộng Hải Dương cũ|100|10", "Kiến An|5|1",
            "Tổng cộng|105|11",
        ])
        #expect(parts.lines == ["10507 100 10", "11443 5 1"])
        #expect(parts.warnings.isEmpty)
        // A ward of before the rearrangement, whose land went to several communes.
        let ward = try FigureFile.reading([Self.month, FigureFile.heading, "Cộng Hoà|100|10", "Kiến An|5|1"])
        #expect(ward.errorPlaces == ["3A"])
    }

    // MARK: Headings

    @Test
    func `a heading of two rows with merged cells is read by both`() throws {
        let lines = [
            Self.month, "STT|Tên đơn vị|Số người tham gia|||Ghi chú", "||Tổng số|BHXH bắt buộc|BHXH tự nguyện|",
            "1|Thành Đông|110|100|10|x",
        ]
        let merged = [
            CellRange(rows: 2...3, columns: 0...0), CellRange(rows: 2...3, columns: 1...1),
            CellRange(rows: 2...2, columns: 2...4), CellRange(rows: 2...3, columns: 5...5),
        ]
        #expect(try FigureFile.read(try FigureFile.xlsx(lines, merged: merged)).lines == ["10507 100 10"])
        // The same as text, where nothing is merged.
        #expect(try FigureFile.reading(lines).lines == ["10507 100 10"])
    }

    @Test
    func `a sum under a scheme is that scheme's`() throws {
        let lines = [
            Self.month, "Tên đơn vị|BHXH bắt buộc||BHXH tự nguyện|", "|Tổng số|Nữ|Tổng số|Nữ", "Thành Đông|100|40|10|4",
        ]
        #expect(try FigureFile.reading(lines).lines == ["10507 100 10"])
    }

    @Test
    func `a row of column numbers under the heading is no unit`() throws {
        for numbers in ["1|2|3", "(1)|(2)|(3)", "A|1|2"] {
            let reading = try FigureFile.reading([Self.month, FigureFile.heading, numbers, "Thành Đông|100|10"])
            #expect(reading.lines == ["10507 100 10"])
            #expect(reading.errors.isEmpty)
        }
    }

    @Test
    func `columns of other things are left alone and named`() throws {
        let reading = try FigureFile.reading([
            Self.month,
            "Tên xã|BHXH bắt buộc|BHXH tự nguyện|Chỉ tiêu năm|Tỷ lệ (%)|Tháng trước|Số tiền|BHYT|Ghi chú",
            "Thành Đông|100|10|200|55|99|5000|300|đủ",
        ])
        #expect(reading.lines == ["10507 100 10"])
        #expect(reading.ignoredColumns == ["Chỉ tiêu năm", "Tỷ lệ (%)", "Tháng trước", "Số tiền", "BHYT", "Ghi chú"])
    }

    @Test
    func `two columns that say the same are not chosen between`() throws {
        let refusal = try FigureFile.refusal([
            Self.month, "Tên xã|BHXH bắt buộc|Số người BHXH bắt buộc|BHXH tự nguyện", "Thành Đông|1|2|3",
        ])
        #expect(refusal.contains("B (BHXH bắt buộc) và C (Số người BHXH bắt buộc)"))
        #expect(
            try FigureFile.refusal([Self.month, "Tên xã|Tên xã cũ|BHXH TN", "Thành Đông|x|1"]).contains(
                "A (Tên xã) và B"))
    }

    @Test
    func `a table without heading, or without a row under it, is refused`() throws {
        #expect(try FigureFile.refusal([Self.month, "Thành Đông|100|10"]).contains("Không tìm thấy dòng tiêu đề"))
        #expect(try FigureFile.refusal(["Họ tên|Số điện thoại", "A|1"]).contains("Không tìm thấy dòng tiêu đề"))
        #expect(try FigureFile.refusal([Self.month, FigureFile.heading]).contains("không có dòng nào"))
        #expect(
            try FigureFile.refusal([Self.month, FigureFile.heading, "Người lập biểu||"]).contains("không có dòng nào"))
    }

    /// The office of a ward stands over its table: the title is no row of data.
    @Test(arguments: ["BẢO HIỂM XÃ HỘI THỦY NGUYÊN", "BHXH Kiến An", "UBND phường Thành Đông", "Đặc khu Cát Hải"])
    func `a title that names a unit does not hide the heading`(title: String) throws {
        let reading = try FigureFile.reading([title, Self.month, FigureFile.heading, "Thành Đông|100|10"])
        #expect(reading.lines == ["10507 100 10"])
    }
}
