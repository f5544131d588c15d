import Kernel
import Province
import Tabular
import Testing

@testable import Figures

/// What is of another kind, or wrong throughout, is sent back early and whole.
@Suite
struct ReadingBoundsTests {
    static let top = [FigureFile.month, FigureFile.heading]

    @Test
    func `a file of many unknown units is refused with the first twenty of them`() throws {
        let known = (1...10).map { _ in "Thành Đông|100|10" }
        let unknown = (1...FigureReader.mostUnknownNames + 1).map { "Không Đâu \($0)|1|1" }
        let refusal = try FigureFile.refusal(Self.top + known + unknown + ["Kiến An|N/A|3"])
        #expect(refusal.contains("Hơn 200 tên không có trong danh mục"))
        #expect(refusal.contains("Không Đâu 1, ") && refusal.contains("Không Đâu 20."))
        #expect(!refusal.contains("Không Đâu 21"))
        // As many rows of few names are no reason: each row is sent back.
        let few = (1...600).map { "Không Đâu \($0 % 5)|1|1" }
        let many = (1...700).map { "Thành Đông|\($0)|10" }
        let reading = try FigureFile.reading(Self.top + many + few)
        #expect(reading.rejectedRows.count >= 600)
    }

    @Test
    func `a file of nothing but unknown units names twenty of them and is not read to its end`() throws {
        let lines = (1...150_000).map { "Nơi Nào Đó \($0)|1|1" }
        let file = try FigureFile.csv(Self.top + lines)
        let clock = ContinuousClock()
        let start = clock.now
        #expect(throws: FigureFileError.self) { try FigureFile.read(file) }
        #expect(start.duration(to: clock.now) < .seconds(5), "22 seconds once")
        let refusal = try FigureFile.refusal(Self.top + lines.prefix(300))
        #expect(refusal.contains("Nơi Nào Đó 20") && !refusal.contains("Nơi Nào Đó 21"))
    }

    @Test
    func `a file with too many rows to be sent back is sent back whole, with examples`() throws {
        let wrong = (0...FigureReader.mostRejectedRows).map { _ in "Thành Đông|N/A|10" }
        let refusal = try FigureFile.refusal(Self.top + wrong)
        #expect(refusal.contains("Hơn 20.000 dòng không nhận được") && refusal.contains("N/A"))
        // The same for rows that are wrong beside others: the same unit again and again.
        let doubled = (0...FigureReader.mostRejectedRows + 1).map { _ in "Thành Đông|100|10" }
        #expect(try FigureFile.refusal(Self.top + doubled).contains("Hơn 20.000 dòng không nhận được"))
    }

    @Test
    func `a file longer than all figures there can be is refused before it is read`() throws {
        // Every commune, month since 2008, scheme and block, one number a row, with a total.
        #expect(HaiPhong.reader.mostRows(today: HaiPhong.today) >= 114 * (18 * 12 + 11) * 14)
        let few = FigureReader(
            directory: CommuneDirectory(Array(HaiPhong.directory.communes.prefix(3))),
            province: HaiPhong.province)
        let most = few.mostRows(today: HaiPhong.today)
        let lines = Self.top.map { $0.replacing("|", with: ";") } + Array(repeating: "10507;1;1", count: most)
        let file = try TableFile(Array(lines.joined(separator: "\n").utf8))
        let error = #expect(throws: FigureFileError.self) {
            try few.read(file, fileName: "x.csv", in: .init(today: HaiPhong.today))
        }
        #expect(error?.description.contains("nhiều hơn mọi số liệu") == true)
    }
}
