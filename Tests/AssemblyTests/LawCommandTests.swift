import Foundation
import Testing

/// `baophu law` as programs use it.
@Suite
struct LawCommandTests {
    static let tables = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("legislation").path

    @Test
    func `a parameter is told with its day, and a wrong key with the nearest`() async throws {
        try await Scene.withFolder { folder in
            func get(_ rest: [String]) async throws -> Executable.Outcome {
                try await Executable.run(["law", "get"] + rest + ["--legislation", Self.tables], in: folder)
            }
            let line: [String: Any] = try await get(["poverty_line.rural", "--on", "2027-01-01", "--json"]).json()
            #expect(line["value"] as? String == "2200000" && line["confidence"] as? String == "secondary")
            let wrong = try await get(["poverty_line.rual", "--on", "2027-01-01"])
            #expect(wrong.status == 65 && wrong.errors.contains("có phải là “poverty_line.rural”"))
            let old = try await get(["poverty_line.rural", "--on", "1990-01-01"])
            #expect(old.status == 65 && old.errors.contains("chưa có giá trị"))
        }
    }

    @Test
    func `a clock tells its day and the days off on the way, and all clocks are listed`() async throws {
        try await Scene.withFolder { folder in
            func clock(_ rest: [String]) async throws -> Executable.Outcome {
                try await Executable.run(["law", "clock"] + rest + ["--legislation", Self.tables], in: folder)
            }
            let answer: [String: Any] = try await clock(["other-reminder", "--from", "2026-11-20", "--json"]).json()
            #expect(answer["day"] as? String == "2026-11-30" && (answer["skipped"] as? [Any])?.count == 5)
            let words = try await clock(["payment-monthly", "--from", "2026-04-10"])
            #expect(words.output.hasPrefix("2026-05-31\n") && words.output.contains("nếu được dời: thứ Hai 01/06/2026"))
            let list = try await clock([])
            #expect(list.output.split(separator: "\n").count >= 40 && list.output.contains("denunciation-resolution\t"))
            let wrong = try await clock(["other-remindr", "--from", "2026-11-20"])
            #expect(wrong.status == 65 && wrong.errors.contains("có phải là “other-reminder”"))
            let awaited = try await Executable.run(
                ["law", "list", "--awaited", "--on", "2026-12-07", "--legislation", Self.tables], in: folder)
            #expect(awaited.output.contains("2026-12-31\tNghị định về mức lương tối thiểu từ năm 2027"))
            #expect(awaited.output.contains("dự thảo: 5.700.000 đồng/tháng"))
        }
    }

    @Test
    func `lines are calculated one by one, and a bad one is answered with its number and error`() async throws {
        try await Scene.withFolder { folder in
            let lines = """
                {"income":1500000,"cadence":"monthly","start":"2026-11"}
                {"income":1,"cadence":"monthly","start":"2026-11"}

                {"income":2000000,"cadence":"12-months","start":"2026-11","group":"poor"}
                """
            try Data(lines.utf8).write(to: URL(fileURLWithPath: "\(folder)/in.jsonl"))
            let calculate = ["law", "calculate", "voluntary-contribution", "--legislation", Self.tables, "--input"]
            let outcome = try await Executable.run(calculate + ["in.jsonl"], in: folder)
            let answers = try outcome.output.split(separator: "\n").map {
                try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
            }
            #expect(outcome.status == 0 && answers.count == 3)
            #expect(answers[0]["payable"] as? Int == 264_000 && answers[0]["steps"] == nil)
            #expect(answers[1]["line"] as? Int == 2 && (answers[1]["error"] as? String)?.contains("1.500.000") ?? false)
            // 12 × (440,000 − 165,000).
            #expect(answers[2]["payable"] as? Int == 3_300_000)
            try Data("{\n \"income\": 1500000,\n \"cadence\": \"monthly\", \"start\": \"2026-11\"}".utf8).write(
                to: URL(fileURLWithPath: "\(folder)/one.json"))
            let one: [String: Any] = try await Executable.run(calculate + ["one.json", "--explain"], in: folder).json()
            #expect((one["steps"] as? [Any])?.count ?? 0 > 3 && (one["parameters"] as? [Any])?.isEmpty == false)
        }
    }

    @Test
    func `cases of every kind run from one file, and one that differs says in what and ends with 1`() async throws {
        try await Scene.withFolder { folder in
            let handed = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
                .appending(path: "../LegislationTests/Fixtures/law-cases.jsonl").path
            let calculate = ["law", "calculate", "--legislation", Self.tables, "--input"]
            let outcome = try await Executable.run(calculate + [handed], in: folder)
            let answers = outcome.output.split(separator: "\n")
            #expect(outcome.status == 0 && answers.count == 93)
            #expect(answers.allSatisfy { $0.contains(#""agrees":true"#) })
            let wrong = """
                {"calculation":"retirement-age","input":{"sex":"male","birth":"1965-02-10"},"expect":{"age":"62y0m"}}
                {"calculation":"retirement-age","input":{"sex":"male","birth":"1965-02-10"}}
                """
            try Data(wrong.utf8).write(to: URL(fileURLWithPath: "\(folder)/wrong.jsonl"))
            let second = try await Executable.run(calculate + ["wrong.jsonl"], in: folder)
            let lines = try second.output.split(separator: "\n").map {
                try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
            }
            #expect(second.status == 1 && lines.count == 2)
            #expect(lines[0]["agrees"] as? Bool == false && (lines[0]["differences"] as? [Any])?.count == 1)
            #expect(lines[1]["agrees"] == nil && (lines[1]["answer"] as? [String: Any])?["age"] as? String == "61y6m")
        }
    }
}
