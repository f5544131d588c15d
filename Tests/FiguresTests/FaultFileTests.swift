import Figures
import Province
import Foundation
import Kernel
import Tabular
import TestSupport
import Testing

/// Small files with one fault each, after reports of this field (Tests/Fixtures/faults).
@Suite
struct FaultFileTests {
    static let folder = HaiPhong.package.appending(path: "Tests/Fixtures/faults")

    static func read(_ name: String) throws -> FigureReading {
        let file = try TableFile(HaiPhong.bytes(folder.appending(path: name)))
        return try FigureFile.read(file, named: name.split(separator: "/").last.map(String.init) ?? name)
    }

    struct Sample: Sendable, CustomTestStringConvertible {
        let name: String
        var rows = 4
        var compulsory = 4_060
        var voluntary = 406
        var months: [Month] = [.known(2026, 9)]
        var testDescription: String { name }
    }

    static let samples: [Sample] =
        ["c01/c01.csv", "c01/c01b.csv", "x02/x02.xlsx", "x09/x09.xlsx"].map { Sample(name: $0) }
        + "abcdefgh".map { Sample(name: "x11/x11\($0).xlsx") }
        + ["", "b", "c", "d", "e", "f"].map { Sample(name: "x20/x20\($0).xlsx", compulsory: 4_006) }
        + [
            Sample(
                name: "x02/x02b.xlsx", rows: 8, compulsory: 7_720, voluntary: 812,
                months: [.known(2026, 8), .known(2026, 9)]),
            // The fourth row holds 1030.4 people.
            Sample(name: "x14/x14.xlsx", rows: 3, compulsory: 3_030, voluntary: 303),
        ]
        + ["n1/n06.csv", "n1/n07.csv", "n1/n08.csv"].map {
            Sample(name: $0, rows: 3, compulsory: 3_000, voluntary: 300)
        }

    @Test(arguments: samples)
    func `a file is read as the program that wrote it shows it`(_ sample: Sample) throws {
        let reading = try Self.read(sample.name)
        #expect(reading.acceptedRows == sample.rows)
        #expect(reading.total(.compulsory) == sample.compulsory)
        #expect(reading.total(.voluntary) == sample.voluntary)
        #expect(reading.months == sample.months)
    }

    @Test
    func `sheets whose names are alike at their beginning go back under names of their own`() throws {
        let file = try TableFile(HaiPhong.bytes(Self.folder.appending(path: "r2_prefix/in.xlsx")))
        let reading = try FigureFile.read(file, named: "in.xlsx")
        #expect(reading.errors.count > 0)
        let returned = try TableFile(try ReturnedFile.bytes(file, reading, by: HaiPhong.reader))
        #expect(returned.tables.count == file.tables.count)
        #expect(Set(returned.tables.map(\.name)).count == file.tables.count)
        for (table, own) in zip(returned.tables, file.tables) {
            #expect(own.name.hasPrefix(table.name.prefix(27)))
            let marked = table.rows.filter { row in row.cells.contains { $0.shown.contains("hãy") } }.map(\.number)
            #expect(marked == reading.errors.filter { $0.sheet == own.name }.map(\.row))
        }
    }

    @Test(arguments: [
        "Ðặc khu Cát Hải", "Ɖặc khu Cát Hải", "ĐẶC\u{AD} KHU Cát Hải", "\u{FEFF}đặc khu  Cát\u{2060} Hải",
        "Đặc khu Cát Hải\u{200E}", "Đặc\u{AD}khu\u{AD}Cát\u{AD}Hải", "Đặc khu\u{200B}Cát Hải",
        "Đặc khu Cát H\u{430}\u{309}i",
    ])
    func `look-alike letters and marks without room do not hide a unit, in its kind's word neither`(name: String) throws
    {
        let text = "Tháng 09/2026\nTên đơn vị;Bắt buộc;Tự nguyện\n\(name);1000;100\n"
        let reading = try FigureFile.read(try TableFile(Array(text.utf8)), named: "a.csv")
        #expect(reading.total(.compulsory) == 1_000, "\(reading.errors + reading.skipped)")
    }

    /// Whatever stands in a table: each row is taken, returned with a reason, or told of as none of a unit; and each number taken
    /// stands in its row.
    @Test
    func `no row vanishes and no number is made up`() throws {
        let names = HaiPhong.directory.communes.map(\.fullName)
        let cells = [
            "1000", "12.156", "12,000", "900", "0", "", "x", "-", "25%", "1,5", "-3", "000", "007", "1e3", "#N/A",
            "=A1",
            "12 345", "người", "50000001", "1.23.456",
        ]
        let labels = [
            "Tổng cộng", "Cụm 1", "Người lập biểu", "", "Phường Không Có", "Huyện An Dương", "Cộng", "1", "\u{AD}",
        ]
        var taken = 0
        var returned = 0
        for seed in 0..<400 {
            var generator = SeededGenerator(seed: UInt64(seed))
            func draw(_ texts: [String]) -> String { texts[Int.random(in: 0..<texts.count, using: &generator)] }
            let separator = draw([",", ";", "\t"])
            var lines = ["Tháng 09/2026", ["Tên đơn vị", "Bắt buộc", "Tự nguyện"].joined(separator: separator)]
            for _ in 0..<Int.random(in: 4...20, using: &generator) {
                var fields = [Int.random(in: 0..<4, using: &generator) == 0 ? draw(labels) : draw(names)]
                if Bool.random(using: &generator) {
                    fields += [draw(["1000", "12.156", "900", "0", "007"]), draw(["100", "1.234", "0"])]
                } else {
                    for _ in 0..<Int.random(in: 0...3, using: &generator) { fields.append(draw(cells)) }
                }
                lines.append(fields.joined(separator: separator))
            }
            let end = draw(["\n", "\r\n", "\r"])
            let file: TableFile
            do {
                file = try TableFile(Array(lines.joined(separator: end).utf8))
            } catch {
                continue
            }
            guard let reading = try? FigureFile.read(file, named: "a.csv") else { continue }
            let under = file.tables[0].rows.filter { $0.number > 2 && !$0.isBlank }
            let told = Set(reading.rejectedRows.keys.map(\.row))
            let passed = Set(reading.skipped.map(\.row))
            #expect(told.isDisjoint(with: passed), "seed \(seed)")
            #expect(
                reading.acceptedRows + told.count + passed.count + reading.silent.count == under.count,
                "seed \(seed): \(lines)")
            #expect(reading.rejectedRows.values.allSatisfy { $0.contains { !$0.isEmpty } }, "seed \(seed)")
            for figure in reading.figures {
                let column = figure.scheme == .compulsory ? 1 : 2
                let name = HaiPhong.directory[figure.commune]?.fullName
                let isThere = under.contains { row in
                    row[0].shown == name
                        && row[column].shown.filter(\.isNumber).drop { $0 == "0" }
                            == String(figure.people).drop { $0 == "0" }
                }
                #expect(isThere, "seed \(seed): \(figure)")
            }
            taken += reading.acceptedRows
            returned += told.count
        }
        #expect(taken > 300 && returned > 300)
    }
}
