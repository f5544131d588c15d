import Kernel
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
        #expect(reading.title == "Tháng 8/2026")
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
        ("bieu-1-thang-6.csv", .nothing), ("x/y/BHXH_10_2026.csv", .month(.known(2026, 10))), ("13-2026.csv", .nothing),
        ("so lieu 6", .number(6)),
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
        #expect(refusal.contains("--month 2026-06"))
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
    }
}
