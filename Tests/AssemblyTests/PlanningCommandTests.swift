import Foundation
import Testing

/// `baophu allocate` and `baophu forecast` as analysts use them.
@Suite
struct PlanningCommandTests {
    static let units = """
        code,name,last_total,last_voluntary,labour_force,pool
        10507,Thành Đông,12000,300,20000,5000
        10525,Hải Dương,9000,200,15000,4000
        10532,Lê Thanh Nghị,6000,100,12000,
        """

    @Test
    func `a target is split with its reasons, as text and as JSON, over one year and several`() async throws {
        try await Scene.withFolder { folder in
            try Data(Self.units.utf8).write(to: URL(fileURLWithPath: "\(folder)/units.csv"))
            let base = ["allocate", "--input", "units.csv"]
            let one: [String: Any] = try await Executable.run(
                base + ["--total", "28500", "--voluntary", "700", "--json"], in: folder
            ).json()
            let units = try #require(one["units"] as? [[String: Any]])
            #expect(units.compactMap { $0["total"] as? Int }.reduce(0, +) == 28_500)
            #expect(units.compactMap { $0["voluntary"] as? Int }.reduce(0, +) == 700)
            #expect(units.allSatisfy { ($0["reason"] as? String)?.contains("phần công bằng") ?? false })
            #expect((one["remarks"] as? [String])?.contains { $0.contains("Lê Thanh Nghị") } ?? false)
            let several: [[String: Any]] = try await Executable.run(
                base + ["--total", "28000,29000", "--voluntary", "650,700", "--json"], in: folder
            ).json()
            #expect(several.count == 2)
        }
    }

    @Test
    func `what cannot be split or read ends with 65 and says row, column, value and remedy`() async throws {
        try await Scene.withFolder { folder in
            func run(_ text: String, _ more: [String], settings: String? = nil) async throws -> Executable.Outcome {
                try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/units.csv"))
                var arguments = ["allocate", "--input", "units.csv"] + more
                if let settings {
                    try Data(settings.utf8).write(to: URL(fileURLWithPath: "\(folder)/s.yaml"))
                    arguments += ["--settings", "s.yaml"]
                }
                return try await Executable.run(arguments, in: folder)
            }
            let target = ["--total", "28500", "--voluntary", "700"]
            let word = try await run(Self.units.replacing("9000,", with: "nhiều,"), target)
            #expect(word.status == 65 && word.errors.contains("Dòng 3, cột C (last_total), “nhiều”"))
            let few = try await run(Self.units, ["--total", "20000", "--voluntary", "700"])
            #expect(few.status == 65 && few.errors.contains("thiếu 7.000 người"))
            let dotted = try await run(Self.units, ["--total", "28.500", "--voluntary", "700"])
            #expect(dotted.status == 0, "\(dotted)")
            let part = try await run(Self.units, ["--total", "28.5", "--voluntary", "700"])
            #expect(part.status == 65 && part.errors.contains("ví dụ 1250000"))
            let typed = try await run(Self.units, target, settings: "floor_percent: abc\n")
            #expect(typed.status == 65 && typed.errors.contains("floor_percent"))
            let unknown = try await run(Self.units, target, settings: "floor: 100\n")
            #expect(unknown.status == 65 && unknown.errors.contains("“floor” không có"))
        }
    }

    @Test
    func `counts are forecast, a gap and a short series are told`() async throws {
        try await Scene.withFolder { folder in
            func run(_ months: [String]) async throws -> Executable.Outcome {
                let rows = months.enumerated().map { "a,\($1),\(1_000 + 10 * $0)" }
                try Data(("series,month,people\n" + rows.joined(separator: "\n")).utf8).write(
                    to: URL(fileURLWithPath: "\(folder)/s.csv"))
                return try await Executable.run(
                    ["forecast", "--input", "s.csv", "--horizon", "3", "--target", "1100", "--json"], in: folder)
            }
            let good = try await run((1...9).map { "2026-0\($0)" })
            let answer: [String: Any] = try good.json()
            #expect((answer["points"] as? [Any])?.count == 3 && answer["chance"] is Double)
            let gap = try await run(["2026-01", "2026-02", "2026-04", "2026-05"])
            #expect(gap.status == 65 && gap.errors.contains("2026-04 không nối tiếp"))
            let short = try await run(["2026-01", "2026-02"])
            #expect(short.status == 65 && short.errors.contains("có 2 tháng, cần ít nhất 4"))
        }
    }
}
