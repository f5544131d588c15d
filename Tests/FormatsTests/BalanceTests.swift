import Formats
import Kernel
import Tabular
import Testing

/// Rows in are rows out, whatever stands in them.
@Suite
struct BalanceTests {
    /// Numbers that are the same in every run.
    private struct Dice {
        var state: UInt64

        mutating func roll(_ sides: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % sides
        }
    }

    private static let cells = [
        "", "", "x", "1", "I", "Nguyễn Văn An", "Tổng cộng", "Cộng", "Người lập biểu", "031084000001", "31084000001",
        "3.1E+10",
        "0100112437", "21/01/1984", "1984", "31/02/1984", "09/2026", "5.310.000", "-1", "2,34", "22%", "nam", "Nữ",
        "NguyÔn V¨n", "#REF!", "Tăng", "\u{200B}", "ngày 05 tháng 10 năm 2026", "Số", "0912345678", "=1+1",
    ]

    @Test(arguments: TestFormats.folder.all.map(\.key))
    func `every row of a list stands in exactly one count`(key: String) throws {
        let format = try TestFormats.format(key)
        for seed in 1...8 {
            var dice = Dice(state: UInt64(seed))
            var rows = (0..<dice.roll(4)).map { ["Dòng tên bảng \($0)"] }
            rows.append(format.columns.map { $0.name.replacing(">", with: " ") })
            let width = format.columns.count
            for _ in 0..<dice.roll(60) {
                rows.append((0..<width).map { _ in dice.roll(3) == 0 ? Self.cells[dice.roll(Self.cells.count)] : "" })
            }
            let sheet = Sheet(name: "S", rows: rows.map { $0.map { .text($0) } })
            let read = try TestFormats.read(
                XLSXWriter.bytes(of: [sheet]), by: format, accepted: seed % 2 == 0 ? .tcvn3 : nil)
            let filled = rows.count { row in row.contains { !Cell.text($0).isBlank } }
            #expect(read.summary.rows == filled, "\(key), seed \(seed)")
            #expect(read.summary.balances, "\(key), seed \(seed)")
            #expect(read.summary.taken == read.taken.count)
            #expect(read.summary.data == read.taken.count + read.returned.count)
            // What was taken can be written and read again.
            for row in read.taken { #expect(try RecordValues(json: row.values.json) == row.values) }
        }
    }

    @Test
    func `a row taken has what its list needs`() throws {
        for format in TestFormats.folder.all {
            let needed = format.needed.map(\.fields)
            var dice = Dice(state: 7)
            let rows = (0..<200).map { _ in
                format.columns.map { _ in dice.roll(2) == 0 ? Self.cells[dice.roll(Self.cells.count)] : "" }
            }
            let heading = format.columns.map { $0.name.replacing(">", with: " ") }
            let sheet = Sheet(name: "S", rows: ([heading] + rows).map { $0.map { .text($0) } })
            for row in try TestFormats.read(XLSXWriter.bytes(of: [sheet]), by: format).taken {
                #expect(needed.allSatisfy { fields in fields.contains { row.values[$0] != nil } }, "\(format.key)")
                for group in format.oneOf { #expect(group.contains { row.values[$0] != nil }, "\(format.key)") }
            }
        }
    }
}
