import Formats
import Kernel
import Tabular
import Testing

@Suite
struct SheetTests {
    private static func text(_ rows: [[String]]) -> [[SheetCell]] { rows.map { $0.map { .text($0) } } }

    /// The official heading of D05-TS: five rows, merged.
    private static let d05 = text([
        ["DANH SÁCH NGƯỜI THAM GIA BHXH TỰ NGUYỆN (Mẫu D05-TS)"],
        ["Mã nhân viên thu: NV01"],
        [
            "STT", "Họ và tên", "Mã số BHXH", "Ngày/ tháng/ năm sinh", "Phương thức đóng", "",
            "Mức thu nhập tháng đóng BHXH",
            "Số tiền đóng", "", "", "", "", "", "", "Hình thức nhận kết quả", "Loại tăng, giảm, điều chỉnh", "Ghi chú",
        ],
        [
            "", "", "", "", "Từ tháng/ năm", "Số tháng", "", "Số tiền phải đóng theo quy định", "Trong đó", "", "", "",
            "",
            "", "", "", "",
        ],
        ["", "", "", "", "", "", "", "", "Người tham gia đóng", "Hỗ trợ"],
        [
            "", "", "", "", "", "", "", "", "", "Tỷ lệ NSNN hỗ trợ theo quy định (%)", "NSNN hỗ trợ thêm", "",
            "Hỗ trợ khác",
            "",
        ],
        ["", "", "", "", "", "", "", "", "", "", "Tỷ lệ (%)", "Số tiền", "Tỷ lệ (%)", "Số tiền"],
        ["A", "B", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15"],
    ])

    @Test
    func `a heading of five rows is read, each column under its own`() throws {
        let row = [
            "1", "Nguyễn Thị Lan", "031190000001", "01/02/1990", "09/2026", "3", "1.500.000", "990.000", "594.000",
            "30%",
            "10", "99.000", "5", "49.500", "điện tử", "Tham gia lần đầu", "",
        ]
        let bytes = try XLSXWriter.bytes(of: [
            Sheet(name: "Hướng dẫn", rows: Self.text([["Cách điền mẫu"], ["Xem trang sau"]])),
            Sheet(
                name: "D05", rows: Self.d05 + Self.text([row]),
                merged: [
                    CellRange(rows: 3...3, columns: 4...5), CellRange(rows: 3...3, columns: 7...13),
                    CellRange(rows: 4...4, columns: 8...13), CellRange(rows: 5...5, columns: 9...13),
                    CellRange(rows: 6...6, columns: 10...11), CellRange(rows: 6...6, columns: 12...13),
                ]),
        ])
        let read = try TestFormats.read(bytes, by: TestFormats.format("d05-ts"))
        #expect(
            read.taken.map(\.values.json) == [
                #"{"agentCode":"NV01","amount":990000,"base":1500000,"birth":"1990-02-01","change":"first","from":"2026-09","months":3,"moreAmount":99000,"moreRate":"1/10","name":"Nguyễn Thị Lan","number":1,"otherAmount":49500,"otherRate":"1/20","ownAmount":594000,"personalID":"031190000001","resultForm":"điện tử","stateRate":"3/10"}"#
            ])
        #expect(read.summary.otherSheets == ["Hướng dẫn": 2])
        #expect(read.summary.balances)
    }

    @Test
    func `rows say what the row above them says, and sums that do not hold are doubted`() throws {
        let text = """
            STT;Họ và tên;Mã số BHXH;Số tháng;Từ tháng;Số tiền phải đóng;Người tham gia đóng;NSNN hỗ trợ > Số tiền
            I;Tăng;;;;;;
            1;Lê An;3123456789;3;09/2026;990000;891000;99000
            II;Giảm;;;;;;
            2;Lê Bình;3123456780;1;09/2026;330000;300000;20000
            """
        let read = try TestFormats.read(text, by: TestFormats.format("d05-ts-490"))
        #expect(read.taken.map { $0.values.text(.changeWritten) } == ["Tăng", "Giảm"])
        #expect(read.taken.map { $0.doubts.map(\.kind) } == [[], [.sum]])
        #expect(read.summary.passedOver[.section] == 2)
    }

    @Test
    func `the tax office's XML is read with its payer and year`() throws {
        let xml = """
            <?xml version="1.0" encoding="UTF-8"?>
            <HSoThueDTu xmlns="http://kekhaithue.gdt.gov.vn/TKhaiThue"><HSoKhaiThue>
            <TTinChung><TTinTKhaiThue><TKhaiThue><KyKKhaiThue><kieuKy>Y</kieuKy><kyKKhai>2025</kyKKhai></KyKKhaiThue>
            </TKhaiThue><NNT><mst>0100112437</mst><tenNNT>Công ty A &amp; B</tenNNT></NNT></TTinTKhaiThue></TTinChung>
            <PLuc><PLuc_05_1_BK_QTT><BKeCTietCNhan id="1"><ct06>1</ct06><ct07>Trần Văn Ba</ct07><ct08>031084000001</ct08>
            <ct09/><ct12>120000000</ct12><ct19>0</ct19></BKeCTietCNhan>
            <BKeCTietCNhan id="2"><ct06>2</ct06><ct08>8123456789</ct08></BKeCTietCNhan></PLuc_05_1_BK_QTT></PLuc>
            </HSoKhaiThue></HSoThueDTu>
            """
        let read = try TestFormats.read(xml, by: TestFormats.format("05-1-bk"))
        #expect(
            read.taken.map(\.values.json) == [
                #"{"income":120000000,"insuranceDeducted":0,"name":"Trần Văn Ba","number":1,"payContract":"three-months","personalID":"031084000001","taxYear":2025,"unitName":"Công ty A & B","unitTaxCode":"0100112437"}"#
            ])
        #expect(read.returned.map(\.reason) == [.missing])
        #expect(read.summary.balances)
        #expect(throws: FormatReadingError.self) {
            try TestFormats.read("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", by: TestFormats.format("05-1-bk"))
        }
    }

    @Test
    func `a file without the heading says which columns are missing`() throws {
        let format = try TestFormats.format("d09-ts")
        let error = #expect(throws: FormatReadingError.self) {
            try TestFormats.read("STT;Họ và tên;Mã số BHXH;Địa chỉ\n1;An;3123456789;Tổ 5\n", by: format)
        }
        #expect(error?.description.contains("còn thiếu cột “Ngày tháng năm sinh”") == true)
    }

    @Test
    func `of two columns that could be meant none is taken by chance`() throws {
        let format = try TestFormats.format("d09-ts")
        let error = #expect(throws: FormatReadingError.self) {
            try TestFormats.read("Họ và tên;Họ và tên;Ngày sinh\nAn;Ba;1990\n", by: format)
        }
        #expect(error?.description.contains("không rõ cột nào là “Họ và tên”: A (Họ và tên) hay B (Họ và tên)") == true)
    }

    @Test
    func `headings written in one cell and a label without a colon are understood`() throws {
        let voluntary = """
            Họ và tên;Từ tháng/ năm;Số tháng;NSNN hỗ trợ thêm - Tỷ lệ (%);NSNN hỗ trợ thêm - Số tiền;Hỗ trợ khác - Tỷ lệ (%)
            Lê An;09/2026;3;10;99.000;5
            """
        let paid = try TestFormats.read(voluntary, by: TestFormats.format("d05-ts")).taken.first?.values
        #expect(paid?.text(.moreRate) == "1/10")
        #expect(paid?.text(.moreAmount) == "99000")
        #expect(paid?.text(.otherRate) == "1/20")
        let business = """
            Năm tính thuế 2025;;
            Mã số thuế;Chủ hộ kinh doanh;Tổng doanh thu
            031084000001;Lê An;1.200.000.000
            """
        let values = try TestFormats.read(business, by: TestFormats.format("household-businesses")).taken.first?.values
        #expect(values?.text(.taxYear) == "2025")
        #expect(values?.text(.revenue) == "1200000000")
    }
}
