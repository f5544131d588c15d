import Foundation
import Testing

@testable import Linkage

@Suite
struct LinkageBadInputTests {
    static func message(_ left: String, _ settings: LinkSettings = People.settings) async -> String {
        let right = People.csv(People(5, shared: 5).right)
        do {
            _ = try await Linker(settings).link(
                left: Data(left.utf8), leftName: "a.csv", right: right, rightName: "b.csv")
            return ""
        } catch {
            return "\(error)"
        }
    }

    static let files: [(content: String, words: String)] = [
        ("", "Tệp a.csv không có dòng dữ liệu"), ("id,name,birth,cccd,sex\n", "Tệp a.csv không có dòng dữ liệu"),
        ("id\n1\n", "chỉ có một cột"),
        ("id,nam,birth,cccd,sex\n1,A,1990,1,nam\n", "không có cột “name”; có phải là “nam”?"),
        ("id,name,name,birth,cccd,sex\n1,A,B,1990,1,nam\n", "hai cột cùng tên “name”"),
        ("id,name,birth,cccd,sex\n1,A,1990,1,nam\n1,B,1990,2,nam\n", "mã “1” có ở dòng 2 và 3"),
        ("id,name,birth,cccd,sex\n1,A,1990,1,nam\n,B,1990,2,nam\n", "dòng 3: mã để trống"),
        ("id,name,birth,cccd,sex\n1,\"A\"x,1990,1,nam\n", "dấu ngoặc kép"),
        ("id,name,birth,cccd,sex\n1,\"A,1990,1,nam\n", "dấu ngoặc kép"),
        ("\u{0}\u{1}id,name\n1,2\n", "không phải văn bản UTF-8"),
    ]

    @Test(arguments: files)
    func `a file that cannot be read says what and where`(content: String, words: String) async {
        let message = await Self.message(content)
        #expect(message.contains(words), "\(message)")
    }

    static let file = "id,name,birth,cccd,sex\n1,Nguyễn Văn An,01/02/1990,031,nam\n2,Trần Thị Lan,1991,,nữ\n"

    @Test
    func `settings that cannot be carried out say where and what is near`() async throws {
        func settings(_ change: (inout LinkSettings) throws -> Void) rethrows -> LinkSettings {
            var settings = People.settings
            try change(&settings)
            return settings
        }
        let cases: [(LinkSettings, String)] = [
            (
                settings { $0.blocking = ["cccdd"] },
                "blocking.1: quy tắc gom khối “cccdd”: không có cột “cccdd”; có phải là “cccd”?"
            ),
            (settings { $0.blocking = ["yeer(birth)"] }, "không có hàm “yeer”; có phải là “year”?"),
            (
                settings { $0.blocking = ["cccd", "year(name)"] },
                "blocking.2: quy tắc gom khối “year(name)”: hàm của “name” chỉ dùng cho cột loại date"
            ),
            (settings { $0.blocking = ["name or birth"] }, "nối bằng &"),
            (settings { $0.blocking = ["prefix(name, x)"] }, "số ký tự"),
            (settings { $0.blocking = [] }, "blocking: cần từ 1 đến 16 quy tắc"),
            (settings { $0.comparisons = [.init(name: "x", column: "y")] }, "comparisons.1.column: không có cột “y”"),
            (
                try settings {
                    $0.comparisons = [
                        .init(name: "x", column: "name", levels: [.init(.contained), .init(try Condition("year"))])
                    ]
                }, "comparisons.1.levels.2: “year(name)”: chỉ dùng cho cột loại date; “name” là cột loại person-name"
            ),
            (
                settings { $0.comparisons = [.init(name: "x", column: "sex"), .init(name: "x", column: "name")] },
                "comparisons.2.name: hai phép so sánh cùng tên “x”"
            ),
            (
                settings { $0.comparisons = [.init(name: "x", column: "name", levels: [])] },
                "comparisons.1.levels: cần từ 1 đến 12 mức"
            ),
            (
                settings {
                    $0.mostPairs = 0; $0.blocking = ["sex"]
                }, "nhiều hơn 0"
            ),
            (settings { $0.columns = [:] }, "columns: chưa khai báo cột nào"),
        ]
        for (settings, words) in cases {
            let message = await Self.message(Self.file, settings)
            #expect(message.contains(words), "\(words): \(message)")
        }
    }

    @Test
    func `columns without any value, and files of one record, are linked without a crash`() async throws {
        let empty = "id,name,birth,cccd,sex\n1,,,,\n2,,,,\n"
        #expect(await Self.message(empty) == "")
        #expect(await Self.message("id,name,birth,cccd,sex\n1,Nguyễn Văn An,01/02/1990,031,nam\n") == "")
    }

    @Test
    func `random bytes are read or refused, and never crash`() async {
        var generator = SplitMix(state: 11)
        let pieces = Array("id,name,birth,cccd,sex\n1\"é;\t|\r ".utf8)
        for round in 0..<300 {
            let head: [UInt8] = round % 2 == 0 ? Array("id,name,birth,cccd,sex\n".utf8) : []
            let bytes =
                head
                + (0..<Int(generator.next() % 200)).map { _ in
                    generator.next() % 3 == 0
                        ? UInt8(truncatingIfNeeded: generator.next())
                        : pieces[Int(generator.next() % UInt64(pieces.count))]
                }
            _ = try? await Linker(People.settings, threads: 2).link(
                left: Data(bytes), leftName: "a", right: nil, rightName: "a")
        }
    }
}
