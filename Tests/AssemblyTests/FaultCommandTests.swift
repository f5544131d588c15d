import Foundation
import Testing

/// Commands over small files with one fault each (Tests/Fixtures/faults): a row is read right or named, and nothing stops the
/// program.
@Suite
struct FaultCommandTests {
    static func path(_ name: String) -> String {
        Scene.repository.appendingPathComponent("Tests/Fixtures/faults/\(name)").path
    }

    static func forecast(_ name: String, _ more: [String] = ["--horizon", "2"]) async throws -> Executable.Outcome {
        try await Executable.run(["forecast", "--input", path("\(name)/s.csv")] + more)
    }

    static func forecast(rows: [String], heading: String = "series,month,people") async throws -> Executable.Outcome {
        try await Scene.withFolder { folder in
            let text = ([heading] + rows).joined(separator: "\n")
            try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/s.csv"))
            return try await Executable.run(["forecast", "--input", "s.csv", "--horizon", "2"], in: folder)
        }
    }

    /// The first forecast.
    static func first(_ outcome: Executable.Outcome) -> String {
        let line = outcome.output.split(separator: "\n").first?.split(separator: "\t") ?? []
        return line.count > 2 ? String(line[2]) : outcome.errors
    }

    static let months = (1...9).map { "2026-0\($0)" }

    @Test
    func `a series is read by the names of its columns`() async throws {
        let good = try await Self.forecast("f_cols")
        #expect(good.status == 0 && Self.first(good) == "1359.43", "\(good)")
        let bare = try await Self.forecast(rows: Self.months.map { "a,\($0),5" }, heading: "a,2025-12,5")
        #expect(bare.status == 65 && bare.errors.contains("series, month, people"), "\(bare)")
        let own = try await Self.forecast(
            rows: Self.months.map { "tháng \($0.suffix(2))/2026;Lê Chân;12.156" }, heading: "Kỳ báo cáo;Đơn vị;Số người"
        )
        #expect(own.status == 0 && Self.first(own) == "12156.0", "\(own)")
    }

    @Test
    func `a number that cannot be meant is named with its line`() async throws {
        let shifted = try await Self.forecast("f_shift")
        #expect(shifted.status == 65 && shifted.errors.contains("Dòng 2, cột D"), "\(shifted)")
        let infinite = try await Self.forecast("f_inf")
        #expect(infinite.status == 65 && infinite.errors.contains("Dòng 37, cột C (people): “inf”"), "\(infinite)")
        let empty = try await Self.forecast("f_header")
        #expect(empty.status == 65 && empty.errors.contains("không có dòng nào"), "\(empty)")
        for word in ["nan", "-5", "25%", "", "x", "0x10"] {
            let wrong = try await Self.forecast(rows: Self.months.map { "a,\($0),\(word)" })
            #expect(wrong.status == 65 && wrong.errors.contains("Dòng 2"), "\(word): \(wrong)")
        }
        for target in ["-5", "0", "-9223372036854775808"] {
            let outcome = try await Self.forecast("f_cols", ["--target", target])
            #expect(outcome.status == 64, "\(target): \(outcome)")
        }
    }

    @Test(arguments: ["12.156", "12,156", "12 156", "12156,0"])
    func `thousands are read in a forecast as everywhere`(number: String) async throws {
        let outcome = try await Self.forecast(
            rows: Self.months.map { "a;\($0);\(number)" }, heading: "series;month;people")
        #expect(outcome.status == 0 && Self.first(outcome) == "12156.0", "\(outcome)")
    }

    @Test
    func `a sign that cannot part thousands and begin decimals at once is named`() async throws {
        let rows = Self.months.enumerated().map { "a;\($1);\($0 == 4 ? "1012.25" : "999.500")" }
        let outcome = try await Self.forecast(rows: rows, heading: "series;month;people")
        #expect(outcome.status == 65 && outcome.errors.contains("ngăn hàng nghìn"), "\(outcome)")
    }

    @Test
    func `settings of a split given in part keep the rest`() async throws {
        let answer: [String: Any] = try await Executable.run([
            "allocate", "--input", Self.path("a_partkeys/u.csv"), "--total", "4.000", "--voluntary", "400",
            "--settings",
            Self.path("a_partkeys/s.yaml"), "--json",
        ]).json()
        let units = try #require(answer["units"] as? [[String: Any]])
        #expect(units.compactMap { $0["voluntary"] as? Int } == [124, 214, 62])
    }

    @Test(arguments: ["ok", "both", "rev", "self", "sp"])
    func `a truth is read without spaces, turned pairs and pairs of one record`(name: String) async throws {
        let outcome = try await Executable.run([
            "linkage", "evaluate", "--pairs", Self.path("le_dd/p.csv"), "--truth", Self.path("le_dd/\(name).csv"),
            "--one-file", "--json",
        ])
        let answer: [String: Any] = try outcome.json()
        #expect(answer["truePairs"] as? Int == 100)
        #expect((answer["best"] as? [String: Any])?["recall"] as? Double == 1)
        #expect(outcome.errors.contains("với chính nó") == (name == "self"))
    }

    @Test
    func `true pairs of unknown ids are named`() async throws {
        let outcome = try await Executable.run([
            "linkage", "evaluate", "--pairs", Self.path("le_dd/p.csv"), "--truth", Self.path("le_dd/unknown.csv"),
            "--one-file",
        ])
        #expect(outcome.status == 0 && outcome.errors.contains("100 cặp có mã không đứng trong cặp nào"), "\(outcome)")
    }

    @Test
    func `pairs and labels in files whose rows are longer than their heading are refused by line`() async throws {
        try await Scene.withFolder { folder in
            try Data("TỆP CẶP ĐÚNG\nleft_id,right_id\n0a,0b\n1a,1,b\n".utf8).write(
                to: URL(fileURLWithPath: "\(folder)/t.csv"))
            let outcome = try await Executable.run(
                ["linkage", "evaluate", "--pairs", Self.path("le_dd/p.csv"), "--truth", "t.csv", "--one-file"],
                in: folder)
            #expect(outcome.status == 65 && outcome.errors.contains("dòng 4"), "\(outcome)")
        }
    }
}
