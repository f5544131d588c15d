import Foundation
import Tabular
import TestSupport
import Testing

/// Damaged and hostile files: whatever the bytes, a file is read or refused with a message. Nothing else happens.
@Suite
struct TableFuzzTests {
    /// One change of the bytes at random: flipped, cut, doubled, replaced, or a piece of markup put in.
    static func mutated(_ bytes: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
        var bytes = bytes
        for _ in 0...Int.random(in: 0...3, using: &generator) {
            guard !bytes.isEmpty else { return bytes }
            let place = Int.random(in: 0..<bytes.count, using: &generator)
            let end = min(bytes.count, place + Int.random(in: 1...40, using: &generator))
            switch Int.random(in: 0...6, using: &generator) {
            case 0: bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &generator)
            case 1: bytes[place] = UInt8.random(in: .min ... .max, using: &generator)
            case 2: bytes.removeSubrange(place..<end)
            case 3: bytes.insert(contentsOf: bytes[place..<end], at: place)
            case 4: bytes = Array(bytes.prefix(place))
            case 5: bytes.replaceSubrange(place..<end, with: repeatElement(0x39, count: end - place))
            default:
                let words = [
                    "<", ">", "\"", "&amp;", "<row r=\"", "<c r=\"XFD", "\u{0}", ";", "\n", "</c>", "<v>9e99</v>", "-1",
                ]
                bytes.insert(contentsOf: Array((words.randomElement(using: &generator) ?? "").utf8), at: place)
            }
        }
        return bytes
    }

    /// Whether the file was read or refused as files are: anything else ends the process or never ends.
    static func isAnswered(_ bytes: [UInt8]) -> Bool {
        var limits = TableLimits()
        limits.cells = 200_000
        do {
            let file = try TableFile(bytes, limits: limits)
            // Whatever was read can be looked at.
            for table in file.tables {
                for row in table.rows { _ = row.cells.map(\.shown).joined().utf8.count + (row[3].isBlank ? 1 : 0) }
            }
            return file.tables.contains { !$0.rows.isEmpty }
        } catch {
            return error.description.contains("Hãy ")
        }
    }

    static let csv = """
        SỐ LIỆU THÁNG 9/2026;;
        Mã;Tên;Số
        10507;"Thành ""Đông"" cũ; P";12.156
        10525;Hải Dương;10668
        """

    static var workbook: HandMadeWorkbook {
        var book = HandMadeWorkbook(
            .init(
                name: "Biểu",
                rows: HandMadeWorkbook.row(1, "Mã", "Tên", "Số")
                    + "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c><c r=\"C2\" s=\"1\"><v>46295</v></c></row>"
                    + "<row r=\"3\"><c r=\"A3\"><f>A2+1</f></c><c r=\"B3\" t=\"e\"><v>#N/A</v></c></row>",
                merged: ["A1:B1"]), .init(name: "Ẩn", state: "hidden", rows: HandMadeWorkbook.row(1, "x")))
        book.strings = ["<t>10507</t>", "<r><t>a</t></r><rPh><t>b</t></rPh>"]
        book.styles = "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs>"
        return book
    }

    @Test
    func `what is damaged below is sound`() {
        #expect(Self.isAnswered(Array(Self.csv.utf8)))
        #expect((try? TableFile(Self.workbook.archive))?.tables.first?.rows.count == 3)
        #expect((try? TableFile(Array(Self.csv.utf8)))?.tables.first?.rows.count == 4)
    }

    /// What is no table by mistake would lead `make fuzz` nowhere.
    @Test(arguments: ["csv/semicolon", "csv/sep", "csv/utf16", "csv/tcvn3", "zip/whole"])
    func `the inputs that fuzzing begins with are sound`(name: String) throws {
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(
            path: "../../Fuzz/corpus/\(name)")
        let file = try TableFile(Array(Data(contentsOf: path)))
        #expect(file.tables.first.map { $0.rows.count > 1 } == true)
    }

    @Test
    func `four hundred damaged text files are read or refused`() {
        for seed in 0..<400 {
            var generator = SeededGenerator(seed: UInt64(seed))
            var bytes = Array(Self.csv.utf8)
            // Now and then in UTF-16, with and without its mark.
            if seed % 4 == 0 { bytes = Self.csv.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] } }
            if seed % 8 == 0 { bytes = [0xFF, 0xFE] + bytes }
            #expect(Self.isAnswered(Self.mutated(bytes, &generator)), "seed \(seed)")
        }
    }

    @Test
    func `four hundred damaged workbooks are read or refused`() {
        let archive = Self.workbook.archive
        for seed in 0..<400 {
            var generator = SeededGenerator(seed: UInt64(10_000 + seed))
            #expect(Self.isAnswered(Self.mutated(archive, &generator)), "seed \(seed)")
        }
    }

    @Test
    func `four hundred sound archives with damaged parts are read or refused`() {
        for seed in 0..<400 {
            var generator = SeededGenerator(seed: UInt64(20_000 + seed))
            var parts = Self.workbook.parts
            let index = Int.random(in: 0..<parts.count, using: &generator)
            parts[index].bytes = Self.mutated(parts[index].bytes, &generator)
            #expect(Self.isAnswered(StoredZip(parts).archive), "seed \(seed)")
        }
    }
}
