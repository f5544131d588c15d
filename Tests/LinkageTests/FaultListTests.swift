import Foundation
import Tabular
import Testing

@testable import Linkage

/// Lists with days of other shapes, titles, errors and cells that moved (Tests/Fixtures/faults).
@Suite
struct FaultListTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures/faults")

    static func source(_ name: String) -> RowSource { RowSource(file: folder.appending(path: name).path) }

    static func read(_ sources: RowSource...) async throws -> LinkData {
        try await LinkReading(settings: People.settings, threads: 2).read(
            sources.map { LinkList(name: "l", source: $0) }, within: false)
    }

    /// The days of the left list, row by row.
    static func births(_ data: LinkData) throws -> [Int32] {
        let column = try #require(data.index(of: "birth"))
        return (0..<data.leftRows).map { data.columns[column].values.date[Int(data.code(of: column, left: $0))] }
    }

    @Test(
        arguments: [
            ("ld_ddmmyyyy", nil), ("ld_ngay", nil), ("ld_yy", "400 ô ghi năm hai chữ số"),
            ("ld_serial", "400 ô là số thứ tự ngày"),
        ] as [(String, String?)])
    func `days of another shape are read, and told of where they could mean another`(
        name: String, warning: String?
    ) async throws {
        let data = try await Self.read(Self.source("\(name)/a.csv"), Self.source("\(name)/b.csv"))
        let births = try Self.births(data)
        #expect(births.count == 400)
        #expect(births.prefix(3) == [19_540_121, 19_770_903, 19_680_328])
        #expect(!births.contains(0))
        let words = try await Self.births(Self.read(Self.source("ld_ngay/a.csv")))
        #expect(births == words)
        #expect(data.warnings.count == (warning == nil ? 0 : 1), "\(data.warnings)")
        if let warning { #expect(data.warnings.first?.contains(warning) == true, "\(data.warnings)") }
    }

    @Test
    func `days before March 1900 and tables under titles are read from a workbook`() async throws {
        for name in ["lx_1900", "lx_title"] {
            let data = try await Self.read(Self.source("\(name)/a.xlsx"), Self.source("\(name)/b.csv"))
            #expect(data.leftRows == 400 && data.rightRows == 350)
            #expect(try !Self.births(data).contains(0))
            #expect(data.warnings.isEmpty, "\(data.warnings)")
        }
        let result = try await Linker(People.settings).link(
            ["lx_1900/a.xlsx", "lx_1900/b.csv"].map { LinkList(name: $0, source: Self.source($0)) })
        let early = try await Self.read(Self.source("lx_1900/a.xlsx"), Self.source("lx_1900/b.csv"))
        let births = try Self.births(early)
        let column = try #require(early.index(of: "birth"))
        var pairs = 0
        for pair in result.pairs where births[pair.left] < 19_000_301 {
            pairs += 1
            #expect(
                early.columns[column].values.date[Int(early.code(of: column, right: pair.right))] == births[pair.left])
        }
        #expect(pairs == 40)
    }

    @Test
    func `a column of days is taken for one, whatever their shape`() {
        for name in ["ld_ddmmyyyy", "ld_yy", "ld_serial", "ld_ngay"] {
            let text = (try? String(contentsOf: Self.folder.appending(path: "\(name)/a.csv"), encoding: .utf8)) ?? ""
            var pool = TextPool()
            for line in text.split(separator: "\n").dropFirst() {
                _ = pool.code(of: Array(line.split(separator: ",")[2].utf8))
            }
            #expect(KindGuess.kind(of: "birth", pool, filled: 400, usual: pool.count) == .date, "\(name)")
            if name != "ld_serial", name != "ld_ddmmyyyy" {
                #expect(KindGuess.kind(of: "x", pool, filled: 400, usual: pool.count) == .date, "\(name)")
            }
        }
    }

    @Test
    func `what is no day or no number is empty and counted`() async throws {
        let lines = [
            "id,name,birth,cccd,sex", "1,Nguyễn Văn A,hôm qua,1,nam", "2,Nguyễn Văn B,12.156,2,nam",
            "3,C,31/02/1980,3,nam",
            "4,D,01/01/1980,4,nam", "5,E,,5,nam",
        ]
        let data = try await Self.read(RowSource(Data(lines.joined(separator: "\n").utf8)))
        #expect(try Self.births(data) == [0, 0, 19_800_231, 19_800_000, 0])
        #expect(data.warnings.contains { $0.contains("2 ô không đọc được thành ngày (ví dụ “hôm qua”)") })
        #expect(data.warnings.contains { $0.contains("1 ô ghi ngày không có trong lịch (ví dụ “31/02/1980”)") })
    }

    @Test
    func `of a row with more cells than headings the id alone is kept`() async throws {
        let lines = [
            "id,name,birth,cccd,sex", "1,Nguyễn, Văn A,21/01/1954,031,nam", "2,Trần B,21/01/1954,032,nữ",
            "3,Trần B,21/01/1954,032,nữ,,",
        ]
        let data = try await Self.read(RowSource(Data(lines.joined(separator: "\n").utf8)))
        #expect(data.leftIDs[0] == "1" && data.leftRows == 3)
        #expect(data.columns.indices.allSatisfy { data.code(of: $0, left: 0) == 0 })
        #expect(data.columns.indices.allSatisfy { data.code(of: $0, left: 1) == data.code(of: $0, left: 2) })
        #expect(data.warnings.contains { $0.contains("1 dòng có nhiều ô hơn dòng tiêu đề (dòng đầu tiên: 2)") })
        #expect(data.warnings.contains { $0.contains("1 dòng có số ô khác dòng tiêu đề (dòng đầu tiên: 4)") })
    }

    @Test
    func `errors of formulas are empty and counted`() async throws {
        let lines = ["id,name,birth,cccd,sex", "1,#N/A,21/01/1954,#REF!,nam", "2,#N/A,21/01/1954,#REF!,nữ"]
        let data = try await Self.read(RowSource(Data(lines.joined(separator: "\n").utf8)))
        let name = try #require(data.index(of: "name"))
        #expect(data.code(of: name, left: 0) == 0 && data.code(of: name, left: 1) == 0)
        #expect(data.warnings.contains { $0.contains("cột “name”: 2 ô là lỗi của công thức (#N/A)") })
    }
}
