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
}
