import Figures
import Kernel
import Tabular
import Testing

/// What headings say, and where they stand.
@Suite
struct HeadingTests {
    static let month = FigureFile.month

    @Test(arguments: [
        "BHXH bắt buộc", "BHXH BB", "BB", "Bắt buộc (người)", "Số người tham gia BHXH bắt buộc", "Cộng BB", "BHXHBB",
        "Số lao động tham gia BHXH bắt buộc", "Số người lao động đóng BHXH bắt buộc", "Người đang đóng BHXH bắt buộc",
        "B¾t buéc", "Số người tham gia\nBHXH bắt buộc",
    ])
    func `a heading of compulsory participants is known`(heading: String) throws {
        let reading = try FigureFile.reading([Self.month, "Tên xã|\(heading)|Tự nguyện", "Thành Đông|100|10"])
        #expect(reading.lines == ["10507 100 10"])
    }

    @Test(arguments: [
        "Tên xã", "Xã", "Phường", "Tên xã, phường, đặc khu", "Xã/phường", "Đơn vị", "Tên đơn vị", "Địa bàn",
        "Địa phương",
        "Đơn vị hành chính", "Tên phường/xã", "TÊN XÃ",
    ])
    func `a heading of names is known`(heading: String) throws {
        let reading = try FigureFile.reading([
            Self.month, "\(heading)|BHXH bắt buộc|BHXH tự nguyện", "Thành Đông|100|10",
        ])
        #expect(reading.lines == ["10507 100 10"])
    }

    /// Columns beside the wanted ones: money, debts, newcomers, other times, other insurances, shares.
    @Test(arguments: [
        "Số thu BHXH bắt buộc", "Tiền đóng BHXH tự nguyện", "Số tiền BHXH bắt buộc (triệu đồng)", "Nợ BHXH bắt buộc",
        "Số người mới tham gia BHXH tự nguyện", "Tham gia mới BHXH tự nguyện", "Phát triển mới BHXH tự nguyện",
        "BHXH tự nguyện tăng trong tháng", "BHXH bắt buộc tháng trước", "BHXH tự nguyện cùng kỳ năm trước",
        "Chỉ tiêu BHXH tự nguyện", "Tỷ lệ BHXH tự nguyện (%)", "BHTN bắt buộc", "Số đơn vị tham gia BHXH bắt buộc",
        "BHXH tự nguyện tiềm năng", "Lực lượng lao động", "BHYT", "Dân số", "Số người dừng đóng BHXH tự nguyện",
    ])
    func `a column of something else is left alone`(heading: String) throws {
        let lines = [Self.month, "Tên xã|BHXH bắt buộc|BHXH tự nguyện|\(heading)", "Thành Đông|100|10|77"]
        let reading = try FigureFile.reading(lines)
        #expect(reading.lines == ["10507 100 10"])
        #expect(reading.ignoredColumns == [heading])
    }

    /// The same columns alone are no figures at all.
    @Test(arguments: [
        "Số thu BHXH bắt buộc", "Tiền đóng BHXH tự nguyện", "Nợ BHXH bắt buộc", "Số người mới tham gia BHXH tự nguyện",
        "Chỉ tiêu BHXH tự nguyện",
    ])
    func `a table of something else is not read as participants`(heading: String) throws {
        let refusal = try FigureFile.refusal([Self.month, "Tên xã|\(heading)", "Thành Đông|77"])
        #expect(refusal.contains("Không tìm thấy dòng tiêu đề"))
    }

    /// The usual head of a paper: the office on the left, the state's name or the form's number on the right.
    @Test(arguments: [
        "BHXH Kiến An||CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", "UBND phường Thành Đông||Mẫu số 01",
        "BẢO HIỂM XÃ HỘI THỦY NGUYÊN|Mẫu B16a-TS|", "BHXH CƠ SỞ KIẾN AN||Biểu 1",
    ])
    func `the head of a paper in two cells does not hide the heading`(head: String) throws {
        let reading = try FigureFile.reading([head, Self.month, FigureFile.heading, "Thành Đông|100|10"])
        #expect(reading.lines == ["10507 100 10"])
    }

    @Test
    func `blank rows and a long preface before the heading do no harm`() throws {
        let preface = (1...25).map { "Dòng giới thiệu số \($0)" }
        let reading = try FigureFile.reading(preface + [Self.month, FigureFile.heading, "", "Thành Đông|100|10"])
        #expect(reading.lines == ["10507 100 10"])
        #expect(
            try FigureFile.refusal((1...45).map { "Dòng \($0)" } + [FigureFile.heading, "Thành Đông|1|1"]).isEmpty
                == false)
    }

    @Test
    func `a workbook typed in a font of before Unicode is read whole, not name by name`() throws {
        // `Tứ Kỳ` and `Gia Lộc` show no sign that only this set has; the others of the column do.
        let sheet = Sheet(
            name: "Sheet1",
            rows: [
                [.text("Th¸ng 9/2026")], [.text("Tªn x·"), .text("B¾t buéc"), .text("Tù nguyÖn")],
                [.text("X· Nam S¸ch"), .number(100), .number(10)], [.text("Tø Kú"), .number(200), .number(20)],
                [.text("Gia Léc"), .number(300), .number(30)], [.text("KiÕn An"), .number(400), .number(40)],
            ])
        let reading = try FigureFile.read(try TableFile(try XLSXWriter.bytes(of: [sheet])))
        #expect(reading.lines == ["10606 100 10", "10999 300 30", "11074 200 20", "11443 400 40"])
        // A guess of the encoding says so.
        #expect(
            (reading.repairs + reading.warnings).contains {
                $0.message.contains("TCVN3") || $0.message.contains("bảng mã")
            })
    }
}
