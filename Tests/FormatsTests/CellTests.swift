import Kernel
import Tabular
import Testing

@testable import Formats

@Suite
struct CellTests {
    private static let columns = "Họ và tên;Ngày sinh;Số CCCD;Mã số BHXH;Số điện thoại;Giới tính;Tiền lương đóng BHXH"

    private func read(_ row: String, accepted: OldEncoding? = nil) throws -> TestFormats.Read {
        try TestFormats.read("\(Self.columns)\n\(row)\n", by: TestFormats.format("d09-ts"), accepted: accepted)
    }

    @Test(arguments: [
        ("031084000001", "personalID", "031084000001"), ("31084000001", "personalID", "031084000001"),
        ("3.1084000001E+10", "personalID", "031084000001"), ("'031 084 000 001", "personalID", "031084000001"),
        ("030123456", "oldPersonalID", "030123456"), ("B1234567", "passport", "B1234567"),
    ])
    func `a number of a person is told by its shape`(written: String, field: String, value: String) throws {
        let row = try #require(try read("Lê An;1984;\(written);;;;").taken.first)
        #expect(row.values.text(try #require(RecordField(rawValue: field))) == value)
        #expect(row.repairs.allSatisfy { $0.original == written })
        #expect(row.repairs.isEmpty == (written == value))
    }

    @Test
    func `a column of SI codes takes a personal number, a lost zero, an old health card`() throws {
        func code(_ text: String) throws -> [String?] {
            let row = try #require(try read("Lê An;1984;;\(text);;;").taken.first)
            return [row.values.text(.siCode), row.values.text(.personalID)]
        }
        #expect(try code("031084000001") == [nil, "031084000001"])
        #expect(try code("123456789") == ["0123456789", nil])
        #expect(try code("DN4010120860538") == ["0120860538", nil])
    }

    @Test
    func
        `nine digits among codes are an old card's where the list has no column of numbers, unless a sheet holds them as a number`()
        throws
    {
        let format = try TestFormats.format("d02-lt")
        let headings = "Họ và tên;Mã số BHXH;Ngày sinh;Loại tăng, giảm, điều chỉnh"
        let row = try #require(
            try TestFormats.read("\(headings)\nLê An;031234567;1984;TM\n", by: format).taken.first)
        #expect(row.values.text(.oldPersonalID) == "031234567" && row.values.text(.siCode) == nil)
        let column = try #require(format.columns.first { $0.fields[0] == .siCode })
        let reader = CellReader(column: column, today: try #require(Day("2026-11-29")), accepted: nil)
        guard case .value(.siCode, let code, repair: .leadingZero) = reader.read(.number(120_860_538)) else {
            Issue.record("a number lost its zero")
            return
        }
        #expect(code.text == "0120860538")
    }

    @Test(arguments: [
        ("21/01/1954", "1954-01-21"), ("1954", "1954"), ("01/1954", "1954-01"), ("19745", "1954-01-21"),
        ("21-Jan-1954", "1954-01-21"), ("02/15/1990", "1990-02-15"), ("21/01/27", "1927-01-21"),
        ("ngày 21 tháng 01 năm 1954", "1954-01-21"),
    ])
    func `a birth is read as far as it is said`(written: String, value: String) throws {
        #expect(try read("Lê An;\(written);;;;;").taken.first?.values.text(.birth) == value)
    }

    @Test(arguments: ["31/02/1990", "01/01/2031", "1850", "hôm qua"])
    func `a birth that cannot be returns the row`(written: String) throws {
        let returned = try #require(try read("Lê An;\(written);;;;;").returned.first)
        #expect(returned.reason == .wrongValue)
        #expect(returned.column == "B")
        #expect(!returned.remedy.isEmpty)
    }

    @Test
    func `what is not needed and not understood is left out with a doubt`() throws {
        let row = try #require(try read("Lê An;1984;;;12;Nữ;nhiều").taken.first)
        #expect(row.doubts.map(\.kind) == [.leftOut, .leftOut])
        #expect(row.doubts.map(\.value).sorted() == ["12", "nhiều"])
        #expect(row.values.text(.sex) == "female")
    }

    @Test
    func `a personal number that says another sex or year is doubted, not returned`() throws {
        func doubts(_ row: String) throws -> [Doubt.Kind] { try read(row).taken.first?.doubts.map(\.kind) ?? [] }
        #expect(try doubts("Lê An;1984;031084000001;;;Nam;") == [])
        #expect(try doubts("Lê An;1984;031084000001;;;Nữ;") == [.identityDisagrees])
        #expect(try doubts("Lê An;1985;031084000001;;;Nam;") == [.identityDisagrees])
        #expect(try doubts("Lê An;1984;099084000001;;;Nam;") == [.identityDisagrees])
    }

    @Test
    func `two numbers of one person in a row return it`() throws {
        #expect(try read("Lê An;1984;031084000001;031084000002;;;").returned.map(\.reason) == [.contradiction])
    }

    @Test
    func `a row that stands further up is returned once more`() throws {
        let read = try read("Lê An;1984;031084000001;;;;\nLê An;1984;31084000001;;;;\nLê An;1984;;;;;")
        #expect(read.taken.count == 2)
        #expect(read.returned.map(\.words) == ["trùng với dòng 2"])
    }

    @Test
    func `letters are kept precomposed, Latin and visible`() throws {
        let written = "Vu\u{303} Thi\u{323} H\u{1B0}\u{1A1}\u{300}ng \u{D0}\u{1ED7}\u{200B}"
        let row = try #require(try read("\(written);1984;;;;;").taken.first)
        #expect(row.values.text(.name)?.unicodeScalars.elementsEqual("Vũ Thị Hường Đỗ".unicodeScalars) == true)
        #expect(row.repairs.map(\.kind) == [.letters])
    }

    @Test
    func `text of before Unicode is offered and never read without a word`() throws {
        let tcvn3 = "NguyÔn V¨n B×nh"
        let returned = try #require(try read("\(tcvn3);1984;;;;;").returned.first)
        #expect(returned.reason == .oldEncoding)
        #expect(returned.words.contains("“Nguyễn Văn Bình”"))
        let taken = try #require(try read("\(tcvn3);1984;;;;;", accepted: .tcvn3).taken.first)
        #expect(taken.values.text(.name) == "Nguyễn Văn Bình")
        #expect(taken.repairs.map(\.kind) == [.legacyEncoding])
        #expect(try read("Nguyeãn Thò Höôøng;1984;;;;;").returned.map(\.reason) == [.oldEncoding])
        #expect(
            try read("Nguyeãn Thò Höôøng;1984;;;;;", accepted: .vni).taken.first?.values.text(.name)
                == "Nguyễn Thị Hường")
        // Foreigners' names are no old encoding.
        #expect(try read("Jürgen Müller Peña;1984;;;;;").taken.count == 1)
    }

    @Test
    func `a file whose headings are in TCVN3 says so with a sample`() throws {
        let text = "Hä vµ tªn;Ngµy sinh\nLª An;1984\n"
        let format = try TestFormats.format("d09-ts")
        let error = #expect(throws: FormatReadingError.self) { try TestFormats.read(text, by: format) }
        #expect(error == .oldEncoding(.tcvn3, shown: "Hä vµ tªn", meant: "Họ và tên"))
        #expect(try TestFormats.read(text, by: format, accepted: .tcvn3).taken.first?.values.text(.name) == "Lê An")
    }

    @Test
    func `numbers of a workbook are read as what they stand for`() throws {
        let sheet = Sheet(
            name: "DS",
            rows: [
                Self.columns.split(separator: ";").map { .text(String($0)) },
                [
                    .text("Lê An"), .number(19_745), .number(31_084_000_001), .number(3_123_456_789),
                    .number(912_345_678),
                ],
            ])
        let read = try TestFormats.read(XLSXWriter.bytes(of: [sheet]), by: TestFormats.format("d09-ts"))
        #expect(
            read.taken.map(\.values.json) == [
                #"{"birth":"1954-01-21","name":"Lê An","personalID":"031084000001","phone":"0912345678","siCode":"3123456789"}"#
            ])
        #expect(Set(read.taken.flatMap(\.repairs).map(\.kind)) == [.leadingZero, .serialDay])
    }

    @Test
    func `pay is đồng from a thousand on and a coefficient below`() throws {
        let text = "Họ và tên;Ngày sinh;Hệ số lương/ Tiền lương\nLê An;1984;2,34\nLê Ba;1985;5.310.000\n"
        let read = try TestFormats.read(text, by: TestFormats.format("d02-lt"))
        #expect(read.taken.map { $0.values.text(.coefficient) } == ["117/50", nil])
        #expect(read.taken.map { $0.values.text(.base) } == [nil, "5310000"])
    }
}
