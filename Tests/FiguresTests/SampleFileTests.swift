import Figures
import Kernel
import Tabular
import Province
import TestSupport
import Testing

/// The files that officers sent: three that are right, one with mistakes.
@Suite
struct SampleFileTests {
    struct Sample: Sendable, CustomTestStringConvertible {
        let name: String
        let month: Month
        let compulsory: Int
        let voluntary: Int
        var testDescription: String { name }
    }

    /// As `totals.csv` of the samples has them.
    static let samples = [
        Sample(
            name: "tong-hop-dia-ban-09-2026.xlsx", month: .known(2026, 9), compulsory: 916_423, voluntary: 101_729),
        Sample(name: "BHXH_10_2026.csv", month: .known(2026, 10), compulsory: 913_010, voluntary: 94_079),
        Sample(name: "so-lieu-06.csv", month: .known(2026, 6), compulsory: 887_813, voluntary: 97_862),
    ]
    static let faulty = "co-loi-10-2026.xlsx"

    static func read(
        _ name: String, _ change: (inout FigureReader.Surroundings) -> Void = { _ in }
    ) throws -> FigureReading {
        try FigureFile.read(try TableFile(HaiPhong.sample(name)), named: name, change)
    }

    @Test
    func `the plan has 114 communes and the units of before`() throws {
        #expect(HaiPhong.directory.communes.count == 114)
        #expect(HaiPhong.directory.oldUnits.count == 451)
    }

    @Test(arguments: samples)
    func `a good file gives each commune both figures and the totals it should`(sample: Sample) throws {
        let reading = try Self.read(sample.name)
        #expect(reading.total(.compulsory) == sample.compulsory)
        #expect(reading.total(.voluntary) == sample.voluntary)
        #expect(reading.months == [sample.month])
        #expect(reading.figures.count == 228)
        let communes = Set(reading.figures.map(\.commune)) == Set(HaiPhong.directory.codes)
        #expect(communes)
        #expect(reading.byKey.count == 228)
        #expect(reading.errors.map(\.sentence) == [])
        #expect(reading.rejectedRows.isEmpty)
        #expect(reading.silent.isEmpty)
    }

    @Test
    func `the workbook's blocks, repairs and passed-over rows are told`() throws {
        let reading = try Self.read("tong-hop-dia-ban-09-2026.xlsx")
        #expect(reading.acceptedRows == 114)
        #expect(reading.title == "BẢO HIỂM XÃ HỘI THÀNH PHỐ HẢI PHÒNG")
        #expect(reading.repairs.count > 0)
        #expect(reading.repairs.contains { $0.sentence == "Dòng 12, cột O (BHXH tự nguyện): “1.636” đọc là 1.636" })
        // Names without accents are read and said so.
        #expect(reading.repairs.contains { $0.row == 19 && $0.column == "B" && $0.message.contains("phường Phù Liễn") })
        #expect(reading.skipped.map(\.row) == [9, 10, 61, 127, 129, 130])
        #expect(reading.warnings.map(\.sentence) == [])
        #expect(reading.ignoredColumns == [])
        let hongBang = try #require(
            reading.figures.first { $0.commune == .known("11311") && $0.scheme == .compulsory })
        #expect(hongBang.people == 24_271)
        #expect(hongBang.blocks.count == 11)
        #expect(hongBang.blocks[.stateEnterprise] == 713)
        #expect(hongBang.blocks[.administration] == 3_291)
        #expect(hongBang.blocks[.other] == 283)
        let sums = reading.figures.filter { $0.scheme == .compulsory }
            .allSatisfy { $0.blocks.values.reduce(0, +) == $0.people }
        #expect(sums)
        let bare = reading.figures.allSatisfy { $0.scheme == .compulsory || $0.blocks.isEmpty }
        #expect(bare)
    }

    @Test
    func `a file without its year is taken for the latest such month and says so, in its old encoding too`() throws {
        let file = try TableFile(HaiPhong.sample("so-lieu-06.csv"))
        #expect(file.textForm?.encoding == .tcvn3)
        let reading = try FigureFile.read(file, named: "so-lieu-06.csv")
        #expect(reading.warnings.count == 2)
        #expect(reading.warnings.contains { $0.message.contains("TCVN3") })
        #expect(reading.warnings.contains { $0.value == "so-lieu-06.csv" && $0.message.contains("06/2026") })
        #expect(reading.byKey[FigureKeyed("11948", "2026-06", .compulsory)] == 7_353)
    }

    @Test
    func `the same file for another year is read for the month that is chosen`() throws {
        let reading = try Self.read("so-lieu-06.csv") {
            $0.month = .known(2025, 6)
            $0.isKnown = { _ in true }
        }
        #expect(reading.months == [.known(2025, 6)])
        #expect(reading.total(.compulsory) == 887_813)
    }

    // MARK: Mistakes

    static let faults: [(place: String, words: [String])] = [
        ("6C", ["là chữ"]), ("13D", ["không phải số nguyên", "12.156"]),
        ("23B", ["trùng tên nhiều đơn vị", "xã Cẩm Giang (10888)", "xã Cẩm Giàng (10903)"]),
        ("33A", ["không phải mã xã, phường, đặc khu của thành phố Hải Phòng"]),
        ("44", ["xã Đường An đã có ở dòng 43 với cùng số liệu"]), ("53C", ["số âm"]),
        ("73D", ["ô trống", "không được tính là 0"]),
    ]

    @Test
    func `each mistake is told at its row and column, and the good rows stand`() throws {
        let reading = try Self.read(Self.faulty)
        #expect(reading.errorPlaces == Self.faults.map(\.place))
        for fault in Self.faults {
            for word in fault.words { #expect(reading.error(at: fault.place).contains(word), "\(fault.place)") }
        }
        #expect(reading.acceptedRows == 107)
        #expect(reading.figures.count == 214)
        #expect(reading.months == [.known(2026, 10)])
        #expect(reading.rejectedRows.keys.map(\.row).sorted() == [6, 13, 23, 33, 44, 53, 73])
        #expect(reading.rejectedRows.values.allSatisfy { $0.count == 1 })
        let people = reading.byKey
        #expect(people[FigureKeyed("10507", "2026-10", .compulsory)] == 9_540)
        #expect(people[FigureKeyed("10888", "2026-10", .voluntary)] == 355)
        #expect(people[FigureKeyed("10972", "2026-10", .compulsory)] == 6_995)
        for left in ["10537", "10603", "11113", "11413"] {
            #expect(people[FigureKeyed(left, "2026-10", .compulsory)] == nil)
            #expect(people[FigureKeyed(left, "2026-10", .voluntary)] == nil)
        }
        // What is ten times too small can only be suspected while nothing else is known.
        #expect(reading.warnings.map(\.row) == [63])
        #expect(reading.warnings.first?.message.contains("lớn hơn số bắt buộc") == true)
    }

    @Test
    func `beside the month before, the number that lost a digit is held back`() throws {
        let september = try Self.read("tong-hop-dia-ban-09-2026.xlsx").byKey
        let reading = try Self.read(Self.faulty) {
            $0.earlier = { commune, scheme, _ in
                september[FigureKeyed(commune.text, "2026-09", scheme)].map {
                    (month: Month.known(2026, 9), people: $0)
                }
            }
        }
        #expect(reading.errorPlaces == ["6C", "13D", "23B", "33A", "44", "53C", "63C", "73D"])
        #expect(reading.error(at: "63C").contains("giảm 9"))
        #expect(reading.error(at: "63C").contains("09/2026"))
        #expect(reading.acceptedRows == 106)
        #expect(reading.byKey[FigureKeyed("11242", "2026-10", .voluntary)] == nil)
    }

    @Test
    func `the good files are plausible beside one another`() throws {
        let september = try Self.read("tong-hop-dia-ban-09-2026.xlsx").byKey
        let reading = try Self.read("BHXH_10_2026.csv") {
            $0.earlier = { commune, scheme, _ in
                september[FigureKeyed(commune.text, "2026-09", scheme)].map {
                    (month: Month.known(2026, 9), people: $0)
                }
            }
        }
        #expect(reading.errors.map(\.sentence) == [])
        #expect(reading.figures.count == 228)
    }

    // MARK: Damage

    /// A few bytes of a file at random changed, doubled or cut.
    static func mutated(_ bytes: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
        var bytes = bytes
        for _ in 0...Int.random(in: 0...4, using: &generator) where bytes.count > 1 {
            let place = Int.random(in: 0..<bytes.count, using: &generator)
            let end = min(bytes.count, place + Int.random(in: 1...60, using: &generator))
            switch Int.random(in: 0...4, using: &generator) {
            case 0: bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &generator)
            case 1: bytes.removeSubrange(place..<end)
            case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
            case 3: bytes.replaceSubrange(place..<end, with: bytes[0..<min(20, place)])
            default: bytes = Array(bytes.prefix(max(place, bytes.count / 4)))
            }
        }
        return bytes
    }

    /// Whether the file is read, or refused as files are.
    static func isAnswered(_ bytes: [UInt8], named name: String) throws -> Bool {
        do {
            let reading = try FigureFile.read(try TableFile(bytes), named: name)
            return reading.figures.allSatisfy { (0...PeopleCell.most * 20).contains($0.people) }
        } catch let error as TableFileError {
            return error.description.contains("Hãy ")
        } catch let error as FigureFileError {
            return !error.description.isEmpty
        }
    }

    @Test(arguments: samples.map(\.name) + [faulty])
    func `damaged samples are read or refused, whatever is in them`(name: String) throws {
        let bytes = HaiPhong.sample(name)
        for seed in 0..<50 {
            var generator = SeededGenerator(seed: UInt64(seed))
            #expect(try Self.isAnswered(Self.mutated(bytes, &generator), named: name), "seed \(seed)")
        }
    }

    /// The archive of a workbook does not bear damage; its text as CSV does.
    @Test(arguments: samples.map(\.name) + [faulty])
    func `damaged tables of the samples are read or refused`(name: String) throws {
        let table = try #require(try TableFile(HaiPhong.sample(name)).tables.first)
        let bytes = CSVWriter.bytes(of: table.rows.map { $0.cells.map(\.shown) })
        for seed in 0..<50 {
            var generator = SeededGenerator(seed: UInt64(1_000 + seed))
            #expect(try Self.isAnswered(Self.mutated(bytes, &generator), named: name), "seed \(seed)")
        }
    }
}
