import Foundation
import Tabular
import Testing

@testable import Linkage

/// Lists in the forms that offices send.
@Suite
struct ListReadingTests {
    static let people = People(60, shared: 60)

    private static func pairs(_ left: RowSource, _ right: RowSource) async throws -> [[String]] {
        let result = try await Linker(People.settings).link([
            LinkList(name: "l", source: left), LinkList(name: "r", source: right),
        ])
        return result.pairs.map { [result.leftIDs[$0.left], result.rightIDs[$0.right]] }.sorted { $0[0] < $1[0] }
    }

    private static func workbook(_ rows: [[String]], above: [[String]] = []) throws -> RowSource {
        let sheets = [
            Sheet(name: "Trống", rows: []),
            Sheet(name: "Danh sách", rows: (above + [People.header] + rows).map { $0.map { .text($0) } }),
        ]
        return RowSource(try XLSXWriter.bytes(of: sheets))
    }

    @Test
    func `a workbook is linked as the same rows in text are, titles above its headings or not`() async throws {
        let expected = try await Self.pairs(
            RowSource(People.csv(Self.people.left)), RowSource(People.csv(Self.people.right)))
        #expect(expected.count > 50)
        for titles in [[], [["DANH SÁCH THÁNG 9"], [], ["", "Đơn vị: BHXH, thành phố"]]] {
            let found = try await Self.pairs(
                Self.workbook(Self.people.left, above: titles), RowSource(People.csv(Self.people.right)))
            #expect(found == expected)
        }
    }

    @Test
    func `texts in UTF-16, with a word on the separator or with old line ends are linked alike`() async throws {
        let text = String(decoding: People.csv(Self.people.left), as: UTF8.self)
        let right = RowSource(People.csv(Self.people.right))
        let expected = try await Self.pairs(RowSource(Data(text.utf8)), right)
        let units = ("\u{FEFF}" + text).utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
        let writings: [[UInt8]] = [
            units, Array("sep=,\r\n\(text)".utf8), Array(text.replacing("\n", with: "\r").utf8),
            Array("DANH SÁCH\n\n\(text)".utf8),
        ]
        for bytes in writings { #expect(try await Self.pairs(RowSource(bytes), right) == expected) }
    }

    @Test
    func `faults of a workbook's rows are told with the rows' numbers`() async throws {
        let rows = [["1", "A", "1990", "1", "nam"], [], ["1", "B", "1990", "2", "nam"]]
        let source = try Self.workbook(rows, above: [["Danh sách"], []])
        await #expect(throws: RecordFileError.doubleID("1", file: "l", rows: [4, 6])) {
            _ = try await Self.pairs(source, RowSource(People.csv(Self.people.right)))
        }
        let missing = try Self.workbook([["", "A", "1990", "1", "nam"]])
        await #expect(throws: RecordFileError.missingID(file: "l", row: 2)) {
            _ = try await Self.pairs(missing, RowSource(People.csv(Self.people.right)))
        }
    }

    @Test
    func `what is no table is told with the reason and the remedy`() async throws {
        await #expect(throws: RecordFileError.unreadable(file: "l", reason: TableFileError.oldExcel.description)) {
            _ = try await Self.pairs(
                RowSource([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0]),
                RowSource(People.csv(Self.people.right)))
        }
        await #expect(
            throws: RecordFileError.unreadable(file: "l", reason: TableFileError.unreadable("/none").description)
        ) {
            _ = try await Self.pairs(RowSource(file: "/none"), RowSource(People.csv(Self.people.right)))
        }
    }

    /// More than a stretch of a file: rows with line ends, quotes and separators within quotes among them.
    private static func long(_ rows: Int, changing: (row: Int, line: String)? = nil) -> Data {
        var text = "id,v,w\n"
        for row in 0..<rows {
            if let changing, changing.row == row {
                text += changing.line + "\n"
                continue
            }
            let value = row % 7 == 0 ? "\"số \(row % 1_000)\nthôn \"\"Đông\"\", xã\"" : " số \(row % 1_000) "
            text += "N\(row),\(value),\(row % 3 == 0 ? "" : "\(row * 7)")\n"
        }
        return Data(text.utf8)
    }

    @Test
    func `a long file is read alike on one core and several, and its codes are those of the order of its rows`()
        async throws
    {
        let rows = 60_000
        let data = Self.long(rows)
        #expect(data.count > 1 << 20)
        var before: [[UInt32]]?
        for threads in [1, 2, 3] {
            let file = try await RecordReader.read(
                RowSource(data), file: "l", id: "id", wanted: ["v", "w"], threads: threads)
            #expect(file.rows == rows && file.ids.count == rows && file.ids[rows - 1] == "N\(rows - 1)")
            for row in [0, 1, 7, 6_999, 7_000, 30_001, rows - 1] {
                let expected = row % 7 == 0 ? "số \(row % 1_000)\nthôn \"Đông\", xã" : "số \(row % 1_000)"
                #expect(file.pools[1].text(of: file.columns[1][row]) == expected)
                #expect(file.pools[2].text(of: file.columns[2][row]) == (row % 3 == 0 ? "" : "\(row * 7)"))
            }
            // On first sight: no code comes before a smaller one.
            var most: UInt32 = 0
            for code in file.columns[1] where code > most {
                #expect(code == most + 1)
                most = code
            }
            if let before { #expect(file.columns == before) } else { before = file.columns }
        }
    }

    @Test
    func `faults deep in a long file are told with their rows`() async throws {
        func read(_ line: String, at row: Int) async throws -> RecordFile {
            try await RecordReader.read(
                RowSource(Self.long(60_000, changing: (row, line))), file: "l", id: "id", wanted: ["v", "w"], threads: 2
            )
        }
        await #expect(throws: RecordFileError.doubleID("N3", file: "l", rows: [5, 50_002])) {
            _ = try await read("N3,a,b", at: 50_000)
        }
        await #expect(throws: RecordFileError.missingID(file: "l", row: 50_002)) {
            _ = try await read(",a,b", at: 50_000)
        }
        await #expect(throws: RecordFileError.brokenQuoting(file: "l", row: 50_002)) {
            _ = try await read("x,\"a\"b,c", at: 50_000)
        }
        let file = try await read("x,a,b,c", at: 50_000)
        #expect(
            file.shifted == 1 && file.firstShifted == 50_002 && file.ids[50_000] == "x" && file.columns[1][50_000] == 0)
        let short = try await read("x,a", at: 50_000)
        #expect(short.uneven == 1 && short.firstUneven == 50_002 && short.columns[2][50_000] == 0)
    }
}
