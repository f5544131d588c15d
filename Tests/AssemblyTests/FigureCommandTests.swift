import Access
import Assembly
import Database
import Foundation
import Testing

/// The commands about figures, over the sample files as officers send them.
@Suite
struct FigureCommandTests {
    static func sample(_ name: String) -> String {
        Scene.repository.appendingPathComponent("Tests/FiguresTests/Samples/\(name)").path
    }

    /// The database of a test, Hải Phòng's plan.
    static func flags(_ folder: String) -> [String] { ["--database", folder + "/a.sqlite", "--plan", Scene.haiPhong] }

    @Test(arguments: [
        ("tong-hop-dia-ban-09-2026.xlsx", ["--month", "2026-09"], "2026-09", 114, 916_423, 101_729),
        ("BHXH_10_2026.csv", [], "2026-10", 228, 913_010, 94_079),
        ("so-lieu-06.csv", ["--month", "06/2026"], "2026-06", 114, 887_813, 97_862),
    ])
    func `a good file is taken, shown, and changes nothing a second time`(
        name: String, month: [String], taken: String, rows: Int, compulsory: Int, voluntary: Int
    ) async throws {
        try await Scene.withFolder { folder in
            let command = ["figures", "import", Self.sample(name), "--json"] + month + Self.flags(folder)
            let dry = try await Executable.run(command + ["--dry-run"], in: folder)
            #expect(dry.status == 0)
            #expect(!FileManager.default.fileExists(atPath: folder + "/a.sqlite"), "a dry run leaves nothing behind")
            let outcome = try await Executable.run(command, in: folder)
            #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
            let answer = try outcome.json([String: Any].self)
            #expect(answer["months"] as? [String] == [taken])
            #expect(answer["accepted"] as? Int == rows)
            #expect((answer["errors"] as? [Any])?.isEmpty == true)
            let totals = answer["totals"] as? [String: Int]
            #expect(totals?["compulsory"] == compulsory && totals?["voluntary"] == voluntary)
            #expect(answer["batch"] as? Int == 1)

            let again = try await Executable.run(command, in: folder).json([String: Any].self)
            #expect(again["unchanged"] as? Int == 228 && again["added"] as? Int == 0 && again["batch"] is NSNull)

            let shown = try await Executable.run(
                ["figures", "show", "--month", taken, "--json"] + Self.flags(folder), in: folder)
            let lines = try shown.json([[String: Any]].self)
            #expect(lines.count == 114)
            #expect(lines.reduce(0) { $0 + ($1["compulsory"] as? Int ?? 0) } == compulsory)
            #expect(lines.reduce(0) { $0 + ($1["voluntary"] as? Int ?? 0) } == voluntary)
            let day = taken == "2026-10" ? "2026-10-31" : "\(taken)-30"
            #expect(lines.allSatisfy { $0["cutoff"] as? String == day && ($0["source"] as? String)?.isEmpty == false })
        }
    }

    @Test
    func `a faulty file leaves out what is wrong, says where, and gives it back`() async throws {
        try await Scene.withFolder { folder in
            let command = ["figures", "import", Self.sample("co-loi-10-2026.xlsx"), "--json"] + Self.flags(folder)
            let outcome = try await Executable.run(command + ["--returned", folder + "/tra-lai.xlsx"], in: folder)
            #expect(outcome.status == 0)
            let answer = try outcome.json([String: Any].self)
            #expect(answer["accepted"] as? Int == 107)
            let errors = try #require(answer["errors"] as? [[String: Any]])
            #expect(errors.map { $0["row"] as? Int } == [6, 13, 23, 33, 44, 53, 73])
            #expect(
                errors.allSatisfy {
                    ($0["message"] as? String)?.isEmpty == false && $0["column"] is String && $0["value"] is String
                })
            #expect(FileManager.default.fileExists(atPath: folder + "/tra-lai.xlsx"))
            #expect(try await Executable.run(command + ["--strict"], in: folder).status == 65)
            // What is not known is null, not zero.
            let shown = try await Executable.run(
                ["figures", "show", "--month", "2026-10", "--json"] + Self.flags(folder), in: folder)
            let lines = try shown.json([[String: Any]].self)
            #expect(
                lines.filter { $0["compulsory"] is NSNull && $0["voluntary"] is NSNull && $0["source"] is NSNull }.count
                    == 7)
        }
    }

    @Test
    func `what is no file of figures is refused in Vietnamese with exit code 65`() async throws {
        try await Scene.withFolder { folder in
            try Data("%PDF-1.7 …".utf8).write(to: URL(fileURLWithPath: folder + "/a.xlsx"))
            let outcome = try await Executable.run(
                ["figures", "import", "a.xlsx", "--json"] + Self.flags(folder), in: folder)
            #expect(outcome.status == 65)
            let answer = try outcome.json([String: Any].self)
            let error = try #require((answer["errors"] as? [[String: Any]])?.first)
            #expect(error["row"] as? Int == 0 && (error["message"] as? String)?.contains("PDF") == true)
            let missing = try await Executable.run(
                ["figures", "import", "khong-co.xlsx"] + Self.flags(folder), in: folder)
            #expect(missing.status == 65 && missing.errors.contains("khong-co.xlsx"))
            let nowhere = try await Executable.run(
                [
                    "figures", "show", "--month", "2026-09", "--database", folder + "/khong-co.sqlite", "--plan",
                    Scene.haiPhong,
                ], in: folder)
            #expect(nowhere.status == 1)
            #expect(try await Executable.run(["figures", "show", "--month", "13/2026"], in: folder).status == 64)
        }
    }

    @Test
    func `scores name every unit with its parts in words`() async throws {
        try await Scene.withFolder { folder in
            for name in ["tong-hop-dia-ban-09-2026.xlsx", "BHXH_10_2026.csv"] {
                #expect(
                    try await Executable.run(["figures", "import", Self.sample(name)] + Self.flags(folder), in: folder)
                        .status == 0)
            }
            let csv = "Mã;Năm;Tổng số;Tự nguyện;Văn bản\n10507;2026;14000;1000;QĐ 1\n10525;2026;13000;1600;QĐ 1\n"
            try Data(csv.utf8).write(to: URL(fileURLWithPath: folder + "/chi-tieu.csv"))
            let targets = try await Executable.run(
                ["targets", "import", "chi-tieu.csv", "--json"] + Self.flags(folder), in: folder)
            #expect(try targets.json([String: Any].self)["accepted"] as? Int == 2)
            let outcome = try await Executable.run(
                ["figures", "score", "--month", "2026-10", "--json"] + Self.flags(folder), in: folder)
            #expect(outcome.status == 0, "\(outcome.errors)")
            let lines = try outcome.json([[String: Any]].self)
            #expect(lines.filter { $0["kind"] as? String == "commune" }.count == 114)
            for line in lines {
                let parts = try #require(line["parts"] as? [[String: Any]])
                #expect(!parts.isEmpty && parts.allSatisfy { ($0["words"] as? String)?.isEmpty == false })
                // No figure of last December, so progress cannot be judged: left out, not zero.
                let total = parts.first { $0["part"] as? String == "total" }
                if let total { #expect(total["points"] is NSNull) }
            }
        }
    }
}

/// `kill -9` in the middle of imports.
@Suite
struct FigureCrashTests {
    static func rows(_ month: Int, salt: Int) -> String {
        var text = "Tháng;Mã xã;Bắt buộc;Tự nguyện\n"
        for year in 2010...2025 {
            for (place, code) in ["90001", "90002", "90003"].enumerated() {
                text += "\(month)/\(year);\(code);\(1_000 + salt * 7 + place);\(200 + salt + place)\n"
            }
        }
        return text
    }

    @Test
    func `no batch is lost that was answered, and none is there by half`() async throws {
        try await Scene.withFolder { folder in
            let flags = ["--database", folder + "/a.sqlite", "--plan", Scene.anBien]
            var random = SystemRandomNumberGenerator()
            var answered = 0
            for round in 1...14 {
                let path = folder + "/\(round).csv"
                try Data(Self.rows(round % 12 + 1, salt: round).utf8).write(to: URL(fileURLWithPath: path))
                let pause = Double.random(in: 0.02...0.5, using: &random)
                let finished = try await Executable.offPool {
                    let process = try Executable.start(
                        ["figures", "import", path, "--json", "--accept-jumps"] + flags, in: folder)
                    Thread.sleep(forTimeInterval: pause)
                    let finished = !process.isRunning
                    if !finished { kill(process.processIdentifier, SIGKILL) }
                    process.waitUntilExit()
                    return finished && process.terminationStatus == 0
                }
                if finished { answered += 1 }
            }
            // One more to the end: whatever the kills left behind does not stand in the way.
            let path = folder + "/last.csv"
            try Data(Self.rows(12, salt: 99).utf8).write(to: URL(fileURLWithPath: path))
            let outcome = try await Executable.run(["figures", "import", path, "--accept-jumps"] + flags, in: folder)
            #expect(outcome.status == 0, "\(outcome.errors)")
            answered += 1
            let store = try Storage.openExisting(.sqlite(folder + "/a.sqlite"))
            let found = try await store.read { connection in
                let batches = try connection.integer("SELECT COUNT(*) FROM figure_batch") ?? 0
                let broken =
                    try connection.integer(
                        "SELECT COUNT(*) FROM figure_batch b WHERE b.figures <> (SELECT COUNT(*) FROM figure_entry e WHERE e.batch = b.number) OR b.file IS NULL"
                    ) ?? 0
                let stray =
                    try connection.integer(
                        """
                        SELECT COUNT(*) FROM participant_figure p WHERE NOT EXISTS (SELECT 1 FROM figure_entry e WHERE e.commune = p.commune
                            AND e.month = p.month AND e.scheme = p.scheme AND e.batch = p.batch AND e.people = p.people)
                        """) ?? 0
                let lost =
                    try connection.integer(
                        """
                        SELECT COUNT(*) FROM figure_entry e WHERE NOT EXISTS (SELECT 1 FROM participant_figure p WHERE e.commune = p.commune
                            AND e.month = p.month AND e.scheme = p.scheme)
                        """) ?? 0
                return (batches, broken, stray, lost, try connection.isSound())
            }
            #expect(found.0 >= answered, "an answered batch is gone")
            #expect(found.1 == 0 && found.2 == 0 && found.3 == 0)
            #expect(found.4)
            #expect(try await AuditTrail.verify(in: store).problems.isEmpty)
            try await store.close()
        }
    }
}

extension SQLConnection {
    fileprivate func isSound() throws -> Bool { try integrityProblems().isEmpty }
}
