import Kernel
import Tabular
import Testing

@testable import Figures

/// Which month a file is of: its title, its rows, its name, the sender's choice.
@Suite
struct FileMonthTests {
    static let rows = [FigureFile.heading, "Thành Đông|100|10"]

    @Test(arguments: [
        "Tháng 09/2026", "THÁNG 9 NĂM 2026", "Kỳ báo cáo: 09/2026", "(Tháng 9-2026)", "Báo cáo tháng 09.2026 của BHXH",
        "T9/2026", "Kỳ: 9/2026", "tháng 9/2026, đơn vị tính: người", "Số liệu tính đến ngày 30/09/2026",
        "Số liệu chốt 30.9.2026", "Tháng 09 / 2026",
    ])
    func `a title names the month`(title: String) throws {
        #expect(try FigureFile.reading(["BÁO CÁO", title] + Self.rows).months == [.known(2026, 9)])
    }

    @Test(arguments: [
        "Từ tháng 01/2026 đến tháng 09/2026", "So với tháng 08/2026, tháng 09/2026 tăng",
        "Lũy kế tháng 1/2026 - tháng 9/2026",
    ])
    func `a title that names two months is not read as the first`(title: String) throws {
        let wrong = try? FigureFile.reading([title] + Self.rows)
        #expect(wrong.map { $0.months == [.known(2026, 9)] } ?? true)
    }

    @Test
    func `of two titles that name two months the first is not simply believed`() throws {
        for titles in [["(So với tháng 08/2026)", "Tháng 09/2026"], ["Kèm báo cáo tháng 8/2026", "THÁNG 9/2026"]] {
            let reading = try? FigureFile.reading(titles + Self.rows)
            #expect(reading.map { $0.months == [.known(2026, 9)] } ?? true, "\(titles)")
        }
    }

    @Test
    func `a title's day of counting is kept, its month where none is named`() throws {
        let reading = try FigureFile.reading(["Tháng 8/2026", "Tính đến hết ngày 31/8/2026"] + Self.rows)
        #expect(reading.cutoff == .known(2026, 8, 31))
        #expect(reading.months == [.known(2026, 8)])
        #expect(reading.title.isEmpty, "neither line says whose the table is")
        let named = try FigureFile.reading(["BHXH thành phố", "Tháng 8/2026"] + Self.rows)
        #expect(named.title == "BHXH thành phố")
        #expect(try FigureFile.reading(["Số liệu chốt đến ngày 31/8/2026"] + Self.rows).months == [.known(2026, 8)])
        #expect(try FigureFile.reading(["Tháng 8/2026"] + Self.rows).cutoff == nil)
    }

    @Test
    func `the sheet's name names the month where the sheet does not`() throws {
        let file = try FigureFile.xlsx(Self.rows, name: "T9.2026")
        #expect(try FigureFile.read(file).months == [.known(2026, 9)])
    }

    static let fileNames: [(name: String, found: MonthWords.FileName)] = [
        ("BHXH_10_2026.csv", .month(.known(2026, 10))), ("tong-hop-dia-ban-09-2026.xlsx", .month(.known(2026, 9))),
        ("2026-09.xlsx", .month(.known(2026, 9))), ("T9.2026.xlsx", .month(.known(2026, 9))),
        ("Số liệu tháng 9 2026 (bản cuối).xlsx", .month(.known(2026, 9))),
        ("bao-cao-30-09-2026.csv", .month(.known(2026, 9))),
        ("092026.xlsx", .month(.known(2026, 9))), ("2026_9.csv", .month(.known(2026, 9))),
        ("so-lieu-06.csv", .number(6)),
        ("T6.csv", .number(6)), ("so-lieu.csv", .nothing), ("", .nothing), ("2026.xlsx", .nothing),
        ("so-lieu-13.csv", .nothing),
        ("bieu-1-thang-6.csv", .number(6)), ("x/y/BHXH_10_2026.csv", .month(.known(2026, 10))),
        ("13-2026.csv", .nothing),
        ("so lieu 6", .nothing), ("so lieu 06", .number(6)), ("Book1.xlsx", .nothing), ("Số liệu (1).xlsx", .nothing),
        ("bao cao lan 2.xlsx", .nothing), ("lan-02.csv", .nothing), ("tuan 3.csv", .nothing), ("v2.csv", .nothing),
        ("BHXH-10.csv", .number(10)),
    ]

    @Test(arguments: fileNames)
    func `a file's name names the month or its number`(name: String, found: MonthWords.FileName) {
        #expect(MonthWords.month(ofFile: name) == found)
    }

    @Test(arguments: ["BHXH-quy-3-2026.xlsx", "Quý 3 2026.xlsx", "Q3-2026.csv"])
    func `a quarter is no month`(name: String) {
        #expect(MonthWords.month(ofFile: name) == .nothing)
    }

    @Test
    func `a month of the file's name alone is taken`() throws {
        let reading = try FigureFile.reading(Self.rows, named: "BHXH_08_2026.csv")
        #expect(reading.months == [.known(2026, 8)])
        #expect(reading.warnings.isEmpty)
    }

    @Test
    func `a number of the file's name is the latest such month that is over`() throws {
        #expect(try FigureFile.reading(Self.rows, named: "so-lieu-10.csv").months == [.known(2026, 10)])
        #expect(try FigureFile.reading(Self.rows, named: "so-lieu-11.csv").months == [.known(2025, 11)])
        #expect(try FigureFile.reading(Self.rows, named: "so-lieu-12.csv").months == [.known(2025, 12)])
        let january = try FigureFile.reading(Self.rows, named: "so-lieu-12.csv") { $0.today = .known(2027, 1, 5) }
        #expect(january.months == [.known(2026, 12)])
        #expect(january.warnings.map(\.value) == ["so-lieu-12.csv"])
        #expect(january.warnings.first?.message.contains("12/2026") == true)
    }

    @Test
    func `a number whose month is known already is refused, so that nothing is replaced by a guess`() throws {
        let refusal = try FigureFile.refusal(Self.rows, named: "so-lieu-06.csv") {
            $0.isKnown = { $0 == .known(2026, 6) }
        }
        #expect(refusal.contains("không ghi năm"))
        #expect(refusal.contains("Hãy chọn rõ kỳ báo cáo, ví dụ 06/2026"))
        let other = try FigureFile.reading(Self.rows, named: "so-lieu-06.csv") {
            $0.isKnown = { $0 == .known(2026, 7) }
        }
        #expect(other.months == [.known(2026, 6)])
    }

    @Test
    func `a file without any month is refused with how to name one`() throws {
        let refusal = try FigureFile.refusal(Self.rows)
        #expect(refusal.contains("Không thấy kỳ báo cáo"))
        #expect(refusal.contains("Tháng 09/2026"))
    }

    // MARK: Contradictions

    @Test
    func `a chosen month against the file's own is refused`() throws {
        let refusal = try FigureFile.refusal([FigureFile.month] + Self.rows) { $0.month = .known(2026, 10) }
        #expect(refusal.contains("Tệp ghi tháng 09/2026"))
        #expect(refusal.contains("tháng 10/2026"))
        let same = try FigureFile.reading([FigureFile.month] + Self.rows) { $0.month = .known(2026, 9) }
        #expect(same.months == [.known(2026, 9)])
    }

    @Test
    func `a file's name against its title, or against the chosen month, is a warning`() throws {
        let titled = try FigureFile.reading([FigureFile.month] + Self.rows, named: "BHXH_08_2026.csv")
        #expect(titled.months == [.known(2026, 9)])
        #expect(titled.warnings.map(\.value) == ["BHXH_08_2026.csv"])
        let chosen = try FigureFile.reading(Self.rows, named: "BHXH_08_2026.csv") { $0.month = .known(2026, 10) }
        #expect(chosen.months == [.known(2026, 10)])
        #expect(chosen.warnings.map(\.value) == ["BHXH_08_2026.csv"])
        let agreed = try FigureFile.reading([FigureFile.month] + Self.rows, named: "BHXH_09_2026.csv")
        #expect(agreed.warnings.isEmpty)
    }

    @Test
    func `a month to come is refused, the running one taken with a warning`() throws {
        #expect(try FigureFile.refusal(["Tháng 12/2026"] + Self.rows).hasPrefix("Tháng 12/2026 chưa đến"))
        #expect(try FigureFile.refusal(Self.rows) { $0.month = .known(2027, 1) }.contains("chưa đến"))
        #expect(try FigureFile.refusal(["Tháng 12/2007"] + Self.rows).contains("quá xa"))
        let now = try FigureFile.reading(["Tháng 11/2026"] + Self.rows)
        #expect(now.months == [.known(2026, 11)])
        #expect(now.warnings.first?.message.contains("chưa kết thúc") == true)
    }

    @Test(arguments: [
        "Hải Phòng, ngày 05 tháng 10 năm 2026", "(Kèm theo Quyết định số 12/QĐ-UBND ngày 15 tháng 8 năm 2026)",
        "Công văn ngày 2 tháng 7 năm 2026",
    ])
    func `the day of a place and date line or of a decree is no month of figures`(line: String) throws {
        #expect(try FigureFile.reading([line, "Tháng 09/2026"] + Self.rows).months == [.known(2026, 9)])
        #expect(try FigureFile.refusal([line] + Self.rows).contains("Không thấy kỳ báo cáo"))
    }

    @Test
    func `figures counted to a day of another month than the title's are asked about`() throws {
        let lines = ["Tháng 9/2026", "Số liệu tính đến ngày 15 tháng 10 năm 2026"] + Self.rows
        let refusal = try FigureFile.refusal(lines)
        #expect(refusal.contains("Tệp ghi tháng 09/2026 nhưng cũng ghi tính đến ngày 15/10/2026"))
        for month in [Month.known(2026, 9), .known(2026, 10)] {
            #expect(try FigureFile.reading(lines) { $0.month = month }.months == [month])
        }
        #expect(try FigureFile.refusal(lines) { $0.month = .known(2026, 8) }.contains("kỳ được chọn là tháng 08/2026"))
    }

    @Test
    func `a month that does not exist is said so and not passed over`() throws {
        let refusal = try FigureFile.refusal(["Tháng 13/2026"] + Self.rows, named: "BHXH_09_2026.csv")
        #expect(refusal.contains("tháng 13/2026, không phải tháng có thật"))
        let chosen = try FigureFile.reading(["Tháng 13/2026"] + Self.rows) { $0.month = .known(2026, 9) }
        #expect(chosen.months == [.known(2026, 9)])
    }

    // MARK: Sheets

    private static func book(_ sheets: [(name: String, lines: [String])]) throws -> TableFile {
        try TableFile(try XLSXWriter.bytes(of: sheets.map { FigureFile.sheet($0.lines, name: $0.name) }))
    }

    @Test
    func `sheets named after months take their year from the title or the file's name`() throws {
        let titled = try Self.book([
            ("Tháng 8", ["Số liệu năm 2026"] + Self.rows), ("T9", ["Số liệu năm 2026"] + Self.rows),
        ])
        #expect(try FigureFile.read(titled).months == [.known(2026, 8), .known(2026, 9)])
        let bare = try Self.book([("Tháng 8", Self.rows), ("T9", Self.rows)])
        #expect(try FigureFile.read(bare, named: "BHXH 2026.xlsx").months == [.known(2026, 8), .known(2026, 9)])
        let guessed = try FigureFile.read(bare, named: "so lieu.xlsx")
        #expect(guessed.months == [.known(2026, 8), .known(2026, 9)])
        #expect(guessed.warnings.map(\.value) == ["Tháng 8", "T9"])
    }

    @Test
    func `sheets of the same kind without months of their own are refused`() throws {
        let book = try Self.book([("Biểu 1", Self.rows), ("Biểu 2", Self.rows)])
        #expect(throws: FigureFileError.self) { try FigureFile.read(book, named: "BHXH_09_2026.xlsx") }
        #expect(throws: FigureFileError.self) { try FigureFile.read(book) { $0.month = .known(2026, 9) } }
        let parts = try Self.book([
            ("BB", ["Tên xã|BHXH bắt buộc", "Thành Đông|100"]), ("TN", ["Tên xã|BHXH tự nguyện", "Thành Đông|10"]),
        ])
        #expect(try FigureFile.read(parts, named: "BHXH_09_2026.xlsx").lines == ["10507 100 10"])
    }

    @Test
    func `a sheet of another month than chosen is left out, the others stand`() throws {
        let book = try Self.book([("T8.2026", Self.rows), ("T9.2026", Self.rows)])
        let reading = try FigureFile.read(book) { $0.month = .known(2026, 9) }
        #expect(reading.months == [.known(2026, 9)])
        #expect(reading.errors.map(\.sheet) == ["T8.2026"])
        #expect(reading.errors.first?.sentence.contains("trang này không được nhận") == true)
    }

    @Test
    func `a double on another sheet is named with its sheet`() throws {
        let lines = [FigureFile.month] + Self.rows
        let reading = try FigureFile.read(try Self.book([("Phường", lines), ("Xã", lines)]))
        #expect(reading.lines == ["10507 100 10"])
        #expect(reading.errors.first?.message.contains("trang “Phường”, dòng 3") == true)
    }

    // MARK: Months by row

    static let monthly = "Kỳ|Tên xã|BHXH bắt buộc|BHXH tự nguyện"

    @Test
    func `rows of several months are read each for its own`() throws {
        let reading = try FigureFile.reading([
            Self.monthly, "07/2026|Thành Đông|100|10", "Tháng 8 năm 2026|Thành Đông|110|11",
            "2026-09|Thành Đông|120|12",
            "30/10/2026|Thành Đông|130|13",
        ])
        #expect(reading.months == (7...10).map { Month.known(2026, $0) })
        #expect(reading.byKey[FigureKeyed("10507", "2026-08", .voluntary)] == 11)
        #expect(reading.byKey[FigureKeyed("10507", "2026-10", .compulsory)] == 130)
        #expect(reading.figures.count == 8)
    }

    @Test
    func `a year and a month in columns of their own are one month`() throws {
        let reading = try FigureFile.reading([
            "Năm|Tháng|Tên xã|BHXH bắt buộc|BHXH tự nguyện", "2026|9|Thành Đông|100|10", "2025|Tháng 8|Thành Đông|90|9",
        ])
        #expect(reading.months == [.known(2025, 8), .known(2026, 9)])
        let numbers = try FigureFile.read(
            try FigureFile.xlsx(["Năm|Tháng|Tên xã|BHXH bắt buộc|BHXH tự nguyện", "2026|9|Thành Đông|100|10"]))
        #expect(numbers.months == [.known(2026, 9)])
        let joined = try FigureFile.read(try FigureFile.xlsx([Self.monthly, "202609|Thành Đông|100|10"]))
        #expect(joined.months == [.known(2026, 9)])
    }

    @Test
    func `a row of no month, of one to come or of another than chosen is returned`() throws {
        let lines = [
            Self.monthly, "13/2026|Thành Đông|100|10", "12/2026|Hải Dương|100|10", "|Lê Thanh Nghị|1|1",
            "9|Tân Hưng|1|1",
            "09/2026|Kiến An|100|10",
        ]
        let reading = try FigureFile.reading(lines)
        #expect(reading.errorPlaces == ["2A", "3A", "4A", "5A"])
        #expect(reading.error(at: "2A").contains("không phải tháng có thật"))
        #expect(reading.error(at: "3A").contains("chưa đến"))
        #expect(reading.lines == ["11443 100 10"])
        let chosen = try FigureFile.reading([Self.monthly, "08/2026|Thành Đông|1|1", "09/2026|Kiến An|100|10"]) {
            $0.month = .known(2026, 9)
        }
        #expect(chosen.errorPlaces == ["2A"])
        #expect(chosen.error(at: "2A").contains("khác kỳ được chọn"))
        #expect(chosen.lines == ["11443 100 10"])
        let none = try FigureFile.refusal([Self.monthly, "08/2026|Thành Đông|1|1", "08/2026|Kiến An|100|10"]) {
            $0.month = .known(2026, 9)
        }
        #expect(none.contains("Không dòng nào của tệp thuộc kỳ được chọn"))
    }
}
