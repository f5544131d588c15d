import Foundation
import Kernel
import Tabular
import Testing

@Suite
struct WorkbookStreamTests {
    private func written(_ path: String) throws -> Data {
        let book = try WorkbookStream(path: path, made: 1_780_000_000)
        try book.begin(sheet: "Một")
        book.add([.text("Danh sách", look: .title)])
        book.add([.text("Lương", look: .heading), .text("", look: .heading), .text("Ngày", look: .heading)])
        book.merge(0...1, text: "Lương")
        for number in 1...2_000 {
            book.add([.number(number), .text("Dòng \(number)"), SheetCell(.day(Day(daysSinceEpoch: number)))])
        }
        try book.begin(sheet: "Hai")
        book.add([.text("cuối")])
        try book.close()
        return try Data(contentsOf: URL(fileURLWithPath: path))
    }

    @Test
    func `rows written one by one are read back, each in its place`() throws {
        let path = NSTemporaryDirectory() + "stream-\(UUID().uuidString).xlsx"
        defer { try? FileManager.default.removeItem(atPath: path) }
        _ = try written(path)
        let reader = try RowSource(file: path).open()
        #expect(try reader.nextSheet() == "Một")
        var rows = 0
        while try reader.nextRow() {
            rows += 1
            #expect(reader.number == rows)
            guard rows > 2 else { continue }
            #expect(reader[0] == .number(Double(rows - 2)))
            #expect(reader[1].shown == "Dòng \(rows - 2)")
            #expect(reader[2] == .day(Day(daysSinceEpoch: rows - 2)))
        }
        #expect(rows == 2_002)
        #expect(reader.merged.map(\.columns) == [0...1])
        #expect(try reader.nextSheet() == "Hai")
        #expect(try reader.nextRow())
        #expect(reader[0].shown == "cuối")
    }

    @Test
    func `equal rows give equal bytes`() throws {
        let path = NSTemporaryDirectory() + "stream-\(UUID().uuidString).xlsx"
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(try written(path) == written(path))
    }
}
