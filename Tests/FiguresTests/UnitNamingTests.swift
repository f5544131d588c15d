import Figures
import Foundation
import Kernel
import Province
import Tabular
import Testing

/// The manners in which files name a commune.
@Suite
struct UnitNamingTests {
    static func reading(_ names: String...) throws -> FigureReading {
        try FigureFile.reading([FigureFile.month, FigureFile.heading] + names.map { "\($0)|9540|1526" })
    }

    @Test(arguments: [
        "Thành Đông", "Phường Thành Đông", "phường Thành Đông", "P. Thành Đông", "P.Thành Đông", "p Thành Đông",
        "THÀNH ĐÔNG", "PHƯỜNG THÀNH ĐÔNG", "UBND phường Thành Đông", "Ủy ban nhân dân phường Thành Đông",
        "BHXH phường Thành Đông", "Địa bàn Thành Đông", "Thành Đông, thành phố Hải Phòng", "  Thành   Đông ",
        "Thành\u{A0}Đông", "Thành Ðông", "Thành\u{200B} Đông", "Thµnh §«ng", "Ph\u{AD}êng Thµnh §«ng",
    ])
    func `a commune is known by each manner of writing it`(name: String) throws {
        let reading = try Self.reading(name)
        #expect(reading.lines == ["10507 9540 1526"])
        #expect(reading.repairs.isEmpty)
        #expect(reading.errors.isEmpty)
    }

    @Test
    func `decomposed letters name the same commune`() throws {
        #expect(try Self.reading("Thành Đông".decomposedStringWithCanonicalMapping).lines == ["10507 9540 1526"])
        #expect(try Self.reading("VIỆT HÒA".decomposedStringWithCanonicalMapping).lines == ["10543 9540 1526"])
    }

    static let doubtful: [(name: String, code: String, doubt: String)] = [
        ("Thanh Dong", "10507", "viết không dấu, đọc là phường Thành Đông"),
        ("PHUONG THANH DONG", "10507", "viết không dấu, đọc là phường Thành Đông"),
        ("Thành Dong", "10507", "dấu khác với tên trong danh mục, đọc là phường Thành Đông"),
        ("Xã Thành Đông", "10507", "ghi là xã, trong danh mục là phường"),
        ("X. Bạch Long Vĩ", "11948", "ghi là xã, trong danh mục là đặc khu"), ("Viet Hoa", "10543", "viết không dấu"),
    ]

    @Test(arguments: doubtful)
    func `what is found with a doubt is taken and the doubt told`(name: String, code: String, doubt: String) throws {
        let reading = try Self.reading(name)
        #expect(reading.lines == ["\(code) 9540 1526"])
        #expect(reading.repairs.map(\.column) == ["A"])
        #expect(reading.repairs.map(\.row) == [3])
        #expect(reading.repairs.map(\.value) == [name])
        #expect(reading.repairs.first?.message.hasPrefix(doubt) == true)
    }

    @Test
    func `every commune is known by its name, kind, short name, committee and capitals`() throws {
        for naming in [\.name, \.fullName, \.shortName, \.committeeName] as [KeyPath<Commune, String>] {
            let names = HaiPhong.directory.communes.map { $0[keyPath: naming] }
            for lines in [names, names.map { $0.uppercased() }] {
                let reading = try FigureFile.reading(
                    [FigureFile.month, FigureFile.heading] + lines.map { "\($0)|100|10" })
                let all = reading.lines == HaiPhong.directory.codes.map { "\($0) 100 10" }
                #expect(all)
                #expect(reading.repairs.map(\.sentence) == [])
            }
        }
        let spellings = HaiPhong.directory.communes.filter { !$0.alternativeName.isEmpty }
        #expect(spellings.count == 5)
        for commune in spellings {
            #expect(try Self.reading(commune.alternativeName).lines == ["\(commune.code) 9540 1526"])
        }
    }

    @Test(arguments: ["Cam Giang", "Xa Cam Giang", "CAM GIANG", "Cấm Giang"])
    func `a name that two communes could mean is left to the sender`(name: String) throws {
        let reading = try FigureFile.reading([
            FigureFile.month, FigureFile.heading, "\(name)|9540|1526", "Cẩm Giang|100|10", "Cẩm Giàng|200|20",
        ])
        #expect(reading.errorPlaces == ["3A"])
        #expect(reading.error(at: "3A").contains("xã Cẩm Giang (10888), xã Cẩm Giàng (10903)"))
        #expect(reading.lines == ["10888 100 10", "10903 200 20"])
    }

    @Test
    func `a misspelling is not guessed, the nearest names are offered`() throws {
        let reading = try Self.reading("Thành Đôn", "Kiến An")
        #expect(reading.errorPlaces == ["3A"])
        #expect(reading.error(at: "3A").contains("có phải phường Thành Đông (10507)?"))
        #expect(reading.lines == ["11443 9540 1526"])
        #expect(try Self.reading("Qwerty", "Kiến An").error(at: "3A").contains("hãy kiểm tra lại tên"))
    }

    @Test
    func `figures without a unit are no unit's`() throws {
        let reading = try Self.reading("", "Kiến An")
        #expect(reading.errorPlaces == ["3A"])
        #expect(reading.error(at: "3A").contains("không ghi đơn vị nào"))
    }

    // MARK: Codes

    static let coded = "Mã xã|Tên xã|BHXH bắt buộc|BHXH tự nguyện"

    @Test
    func `a code alone is enough, also as a number`() throws {
        let lines = [FigureFile.month, "Mã xã|BHXH bắt buộc|BHXH tự nguyện", "10507|9540|1526", " 10525 |100|10"]
        #expect(try FigureFile.reading(lines).lines == ["10507 9540 1526", "10525 100 10"])
        #expect(try FigureFile.read(try FigureFile.xlsx(lines)).lines == ["10507 9540 1526", "10525 100 10"])
    }

    @Test
    func `a code and a name that contradict each other are both refused`() throws {
        let reading = try FigureFile.reading([
            FigureFile.month, Self.coded, "10507|Hải Dương|9540|1526", "10525||100|10",
        ])
        #expect(reading.errorPlaces == ["3B"])
        #expect(reading.error(at: "3B").contains("không khớp mã 10507 (phường Thành Đông)"))
        #expect(reading.lines == ["10525 100 10"])
    }

    @Test
    func `a code decides what a name leaves open`() throws {
        let reading = try FigureFile.reading([
            FigureFile.month, Self.coded, "10903|Cam Giang|100|10", "10543|Thị trấn Lai Cách|200|20",
            "10507|Tên Lạ|300|30",
        ])
        #expect(reading.lines == ["10507 300 30", "10543 200 20", "10903 100 10"])
        #expect(reading.repairs.map(\.row) == [4, 5])
        #expect(reading.repairs.map(\.message).allSatisfy { $0.contains("lấy theo mã") })
    }

    @Test
    func `a code that is none of the province's is told in its column`() throws {
        let reading = try FigureFile.reading([
            FigureFile.month, Self.coded, "99999|Phường Không Có|100|10", "10525|Hải Dương|100|10", "ABC|Kiến An|5|1",
            "10532|Lê Thanh Nghị|7|1",
        ])
        #expect(reading.errorPlaces == ["3A", "5A"])
        #expect(reading.lines == ["10525 100 10", "10532 7 1"])
    }

    @Test
    func `codes of another numbering are left alone beside names and refused without`() throws {
        let reading = try FigureFile.reading([
            FigureFile.month, Self.coded, "TA01|Thành Đông|9540|1526", "TA02|Hải Dương|100|10",
        ])
        #expect(reading.lines == ["10507 9540 1526", "10525 100 10"])
        let refusal = try FigureFile.refusal([
            FigureFile.month, "Mã|BHXH bắt buộc|BHXH tự nguyện", "TA01|9540|1526", "TA02|100|10",
        ])
        #expect(refusal.contains("Cột mã"))
        #expect(refusal.contains("5 chữ số"))
    }

    // MARK: Units of before the rearrangement

    @Test
    func `a unit that went whole to one commune is taken for it with a doubt`() throws {
        let reading = try Self.reading("Phường Cẩm Thượng")
        #expect(reading.lines == ["10507 9540 1526"])
        #expect(
            reading.repairs.first?.message
                == "là Phường Cẩm Thượng trước khi sắp xếp, nay thuộc phường Thành Đông; hãy kiểm tra")
    }

    @Test(arguments: [
        "Phường Nguyễn Trãi, thành phố Hải Dương", "P. Nguyễn Trãi, TP. Hải Dương", "Nguyễn Trãi, Hải Dương",
    ])
    func `a name with a district of before the rearrangement is that of the former unit`(name: String) throws {
        // Another unit bears the name Nguyễn Trãi today; the district says which is meant.
        let successor = try #require(
            HaiPhong.directory.oldUnits.first {
                $0.name == "Phường Nguyễn Trãi" && $0.district == "Thành phố Hải Dương"
            })
        let reading = try FigureFile.reading([FigureFile.month, FigureFile.heading, "\(name)|9540|1526"])
        #expect(reading.figures.first?.commune == successor.successor)
        #expect(reading.repairs.first?.message.contains("trước khi sắp xếp") == true)
    }

    @Test(arguments: [
        "Phường Hồng Bàng, quận Hồng Bàng", "Phường Hồng Bàng, thành phố Hải Phòng", "Hồng Bàng, Hải Phòng",
    ])
    func `a district or city of the same name leaves today's unit`(name: String) throws {
        let code = HaiPhong.directory.communes.first { $0.name == "Hồng Bàng" }?.code
        let reading = try FigureFile.reading([FigureFile.month, FigureFile.heading, "\(name)|9540|1526"])
        #expect(reading.figures.first?.commune == code)
        #expect(reading.repairs.isEmpty)
    }

    @Test
    func `a unit that was split is refused with the communes it went to`() throws {
        let reading = try Self.reading("Thị trấn Lai Cách", "Phường Cộng Hoà", "Kiến An")
        #expect(reading.errorPlaces == ["3A", "4A"])
        #expect(reading.error(at: "3A").contains("phường Việt Hoà (10543), phường Tứ Minh (10891)"))
        #expect(reading.error(at: "4A").contains("phường Chu Văn An (10549), phường Trần Hưng Đạo (10570)"))
        #expect(reading.lines == ["11443 9540 1526"])
    }

    @Test
    func `all units that now make up a commune add up to it`() throws {
        let reading = try FigureFile.reading([
            FigureFile.month, FigureFile.heading, "Phường Phả Lại|1000|100", "Kiến An|5|1", "Phường Cổ Thành|2000|200",
            "Xã Nhân Huệ|3000|300",
        ])
        #expect(reading.lines == ["10546 6000 600", "11443 5 1"])
        #expect(reading.warnings.map(\.row) == [3])
        #expect(reading.warnings.first?.message == "cộng 3 đơn vị cũ thành phường Chí Linh; hãy kiểm tra")
        #expect(reading.errors.isEmpty)
    }

    @Test
    func `a unit of before that is missing from the sum is told`() throws {
        let reading = try FigureFile.reading([
            FigureFile.month, FigureFile.heading, "Phường Phả Lại|1000|100", "Phường Cổ Thành|2000|200",
        ])
        #expect(reading.lines == ["10546 3000 300"])
        #expect(
            reading.warnings.first?.message.contains("còn 1 đơn vị cũ thuộc phường Chí Linh không có trong tệp") == true
        )
        // The same holds where only one of them is there: a third of the commune must not pass for the whole.
        let one = try Self.reading("Phường Phả Lại")
        #expect(one.warnings.contains { $0.message.contains("còn 2 đơn vị cũ thuộc phường Chí Linh") })
    }

    @Test
    func `a commune given as itself and as a part of itself is no sum`() throws {
        let reading = try FigureFile.reading([
            FigureFile.month, FigureFile.heading, "Phường Phả Lại|1000|100", "Phường Chí Linh|2000|200",
        ])
        #expect(reading.lines == [])
        #expect(reading.errorPlaces == ["3", "4"])
    }

    /// Names that a commune of today shares with another kind of unit of before: the kind says that the old one is meant, and
    /// its people are not those of the new one of that name.
    @Test(arguments: [
        ("Phường Trần Phú", "10633"), ("Phường Chí Minh", "11131"), ("Phường An Phụ", "10645"),
        ("Phường An Hưng", "11674"),
        ("Xã Hưng Đạo", "11689"), ("Xã Bạch Đằng", "11473"), ("Xã Ngô Quyền", "11329"), ("Xã Tân Hưng", "10537"),
        ("Xã An Thanh", "10792"),
    ])
    func `a unit of before is not taken for a commune that only shares its name`(name: String, other: String) throws {
        let reading = try Self.reading(name, "Kiến An")
        #expect(!reading.figures.contains { $0.commune.text == other })
    }
}
