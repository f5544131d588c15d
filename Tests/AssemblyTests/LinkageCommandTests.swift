import Foundation
import Tabular
import Testing

/// `baophu linkage` as a person uses it, on files of a folder.
@Suite
struct LinkageCommandTests {
    static let settings = """
        id: id
        columns:
          name: {kind: person-name, left: ho_ten, right: ten}
          birth: {kind: date}
          cccd: {kind: identifier}
        blocking: [cccd, "fold(name) & year(birth)", "given(name) & birth"]
        one_to_one: true
        """

    /// Forty people of different names, of whom the second list has thirty, some without number or accents.
    static func fill(_ folder: String) throws {
        let (surnames, givens) = (
            ["Nguyễn", "Trần", "Lê", "Phạm"], ["An", "Bình", "Châu", "Dũng", "Hà", "Lan", "Mai", "Sơn", "Thảo", "Yến"]
        )
        var (left, right, truth) = ("id,ho_ten,birth,cccd\n", "id,ten,birth,cccd\n", "left_id,right_id\n")
        for index in 0..<40 {
            let name = "\(surnames[index / 10]) Văn \(givens[index % 10])"
            let birth = "\(10 + index % 18)/0\(2 + index % 8)/\(1960 + index)"
            left += "P\(index),\(name),\(birth),0310000\(100 + index * 7)\n"
            guard index < 30 else { continue }
            let typed = index % 3 == 0 ? name.uppercased() : name
            right += "T\(index),\(typed),\(birth),\(index % 2 == 0 ? "" : "0310000\(100 + index * 7)")\n"
            truth += "P\(index),T\(index)\n"
        }
        for (name, text) in [("people.yaml", settings), ("left.csv", left), ("right.csv", right), ("truth.csv", truth)]
        {
            try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
        }
        let rows = right.split(separator: "\n").map { line in
            line.split(separator: ",", omittingEmptySubsequences: false).map { SheetCell.text(String($0)) }
        }
        try Data(XLSXWriter.bytes(of: [Sheet(name: "Thuế", rows: rows)])).write(
            to: URL(fileURLWithPath: "\(folder)/right.xlsx"))
    }

    @Test
    func `two lists are linked, judged and linked again by the saved model, workbook or not`() async throws {
        try await Scene.withFolder { folder in
            try Self.fill(folder)
            let link = ["linkage", "link", "people.yaml", "--left", "left.csv", "--output", "pairs.csv", "--json"]
            let first = try await Executable.run(link + ["--right", "right.csv", "--model", "model.json"], in: folder)
            #expect(first.status == 0, "\(first.errors)")
            let answer: [String: Any] = try first.json()
            #expect(answer["leftRows"] as? Int == 40 && answer["rightRows"] as? Int == 30)
            #expect(answer["pairs"] as? Int == 30)
            let pairs = try String(contentsOfFile: "\(folder)/pairs.csv", encoding: .utf8)
            #expect(pairs.hasPrefix("left_id,right_id,match_weight,match_probability,birth,cccd,name\n"))
            let judged = try await Executable.run(
                ["linkage", "evaluate", "--pairs", "pairs.csv", "--truth", "truth.csv", "--json"], in: folder)
            let found: [String: Any] = try judged.json()
            #expect((found["best"] as? [String: Any])?["f1"] as? Double == 1)
            #expect(found["neverSeen"] as? Int == 0)

            let again = try await Executable.run(
                [
                    "linkage", "link", "model.json", "--left", "left.csv", "--right", "right.xlsx", "--output",
                    "again.csv",
                ],
                in: folder)
            #expect(again.status == 0, "\(again.errors)")
            let isSame = try String(contentsOfFile: "\(folder)/again.csv", encoding: .utf8) == pairs
            #expect(isSame)
            let rest = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.contains("partial") }
            #expect(rest.isEmpty)
        }
    }

    @Test
    func `settings and files that cannot be used end with 65 and their reason, and leave no file`() async throws {
        try await Scene.withFolder { folder in
            try Self.fill(folder)
            try Data("id: id\ncolumns: {name: {kind: nam}}\nblocking: [name]\n".utf8).write(
                to: URL(fileURLWithPath: "\(folder)/bad.yaml"))
            try Data("{}".utf8).write(to: URL(fileURLWithPath: "\(folder)/bad.json"))
            let cases = [
                ("people.yaml", "none.csv", "none.csv: không đọc được tệp"),
                ("bad.yaml", "right.csv", "bad.yaml, dòng 2: columns.name: không có loại “nam”"),
                ("bad.json", "right.csv", "bad.json: không phải mô hình: thiếu khóa “version”"),
                ("people.yaml", "truth.csv", "không có cột"),
            ]
            for (settings, right, words) in cases {
                let outcome = try await Executable.run(
                    ["linkage", "link", settings, "--left", "left.csv", "--right", right, "--output", "out.csv"],
                    in: folder)
                #expect(outcome.status == 65)
                #expect(outcome.errors.contains(words), "\(outcome.errors)")
                #expect(!FileManager.default.fileExists(atPath: "\(folder)/out.csv"))
            }
        }
    }

    @Test
    func `the doubles of one list become clusters`() async throws {
        try await Scene.withFolder { folder in
            try Self.fill(folder)
            let left = try String(contentsOfFile: "\(folder)/left.csv", encoding: .utf8)
            let right = try String(contentsOfFile: "\(folder)/right.csv", encoding: .utf8).split(separator: "\n")
                .dropFirst()
            try Data((left + right.joined(separator: "\n") + "\n").utf8).write(
                to: URL(fileURLWithPath: "\(folder)/all.csv"))
            try Data(
                Self.settings.replacingOccurrences(of: ", left: ho_ten, right: ten", with: ", column: ho_ten").utf8
            )
            .write(to: URL(fileURLWithPath: "\(folder)/one.yaml"))
            let outcome = try await Executable.run(
                ["linkage", "dedupe", "one.yaml", "--input", "all.csv", "--output", "clusters.csv", "--json"],
                in: folder)
            #expect(outcome.status == 0, "\(outcome.errors)")
            let answer: [String: Any] = try outcome.json()
            #expect(answer["clusters"] as? Int == 40)
            let lines = try String(contentsOfFile: "\(folder)/clusters.csv", encoding: .utf8).split(separator: "\n")
            #expect(lines.first == "id,cluster")
            #expect(lines.count == 71)
        }
    }

    @Test
    func `from the data alone to settings, a model, an explanation, a report and new numbers`() async throws {
        try await Scene.withFolder { folder in
            try Self.fill(folder)
            func run(_ arguments: String...) async throws -> Executable.Outcome {
                let outcome = try await Executable.run(["linkage"] + arguments, in: folder)
                #expect(outcome.status == 0, "\(arguments): \(outcome.errors)")
                return outcome
            }
            func text(_ name: String) throws -> String {
                try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
            }
            let profile: [String: Any] = try await run("profile", "left.csv", "--json").json()
            #expect(profile["rows"] as? Int == 40)
            let suggested = try await run("suggest", "left.csv", "right.csv", "--id", "id", "--output", "s.yaml")
            #expect(try text("s.yaml").contains("ho_ten: {kind: person-name, left: ho_ten, right: ten}"))
            let account = suggested.output.split(separator: "\n").drop { !$0.hasPrefix("Ước tính của chương trình: ") }
            #expect(account.count >= 2)
            for line in account { #expect(try text("s.yaml").contains("# \(line)\n")) }
            let answered = try await run(
                "suggest", "left.csv", "right.csv", "--id", "id", "--output", "s.yaml", "--force", "--json")
            for key in ["expected", "precision", "recall", "questions"] {
                #expect(answered.output.contains("\"\(key)\""))
            }
            let quick = try await run(
                "suggest", "left.csv", "right.csv", "--id", "id", "--output", "s.yaml", "--force", "--json", "--quick")
            #expect(!quick.output.contains("\"expected\""))
            let linked = try await run(
                "link", "s.yaml", "--left", "left.csv", "--right", "right.csv", "--output", "p.csv", "--model",
                "m.json",
                "--report", "r.html", "--truth", "truth.csv", "--progress", "--clusters", "all.csv")
            #expect(linked.errors.contains("comparing"))
            #expect(try text("r.html").contains("So với sự thật"))
            #expect(try text("all.csv").hasPrefix("list,id,cluster\nleft.csv,P0,1\n"))
            _ = try await run("train", "people.yaml", "--left", "left.csv", "--right", "right.csv", "--model", "m.json")
            let explained = try await run(
                "explain", "m.json", "--left", "left.csv", "--right", "right.csv", "--pair", "P1,T1", "--svg", "w.svg")
            #expect(explained.output.contains("trọng số ghép"))
            #expect(try text("w.svg").hasPrefix("<svg"))
            let compared = try await run("compare", "m.json", "m.json")
            #expect(compared.output.contains("prior weight"))
            _ = try await run(
                "sheet", "m.json", "--left", "left.csv", "--right", "right.csv", "--count", "10", "--output",
                "sheet.csv", "--key", "k.json")
            var judged: [String] = []
            for (index, line) in try text("sheet.csv").split(separator: "\n").enumerated() {
                let ids = line.split(separator: ",").prefix(2).map { $0.dropFirst() }
                let label = ids[0] == ids[1] ? "yes" : "no"
                judged.append(
                    index == 0 ? String(line) : String(line).replacing(",,,", with: ",\(label),A,", maxReplacements: 1))
            }
            try Data(judged.joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: "\(folder)/labels.csv"))
            let evaluated = try await run("evaluate", "--labels", "labels.csv", "--key", "k.json")
            #expect(evaluated.output.contains("precision 1.0000"))
            let numbers = "id,cluster\n" + (0..<40).map { "P\($0),\(500 + $0)\n" }.joined()
            try Data(numbers.utf8).write(to: URL(fileURLWithPath: "\(folder)/known.csv"))
            let added: [String: Any] = try await run(
                "add", "m.json", "--register", "left.csv", "--clusters", "known.csv", "--input", "right.csv",
                "--output", "new.csv", "--json"
            ).json()
            #expect(added["known"] as? Int == 30 && added["newClusters"] as? Int == 0)
            #expect(try text("new.csv").contains("T7,507,no,P7,"))
        }
    }

    @Test
    func `a key that means nothing does not pass for a wish`() async throws {
        try await Scene.withFolder { folder in
            try Self.fill(folder)
            for (change, words) in [
                ("one_to_ona: true", "x.yaml, dòng 7: không có khóa “one_to_ona”; có phải là “one_to_one”?"),
                (
                    "comparisons: [{name: x, column: name, levels: [exact, jaro-winkler <= 0.9]}]",
                    "x.yaml, dòng 7: comparisons.1.levels.2: “jaro-winkler <= 0.9”, “jaro-winkler”: dùng dấu “>=”"
                ),
                (
                    "sure:\n  - exact(cccd)\n  - year(name)",
                    "x.yaml, dòng 9: sure.2: “year(name)”: chỉ dùng cho cột loại date"
                ),
                ("threshold: abc", "x.yaml, dòng 7: threshold: phải là số"),
                ("largest_block: 0", "x.yaml, dòng 7: largest_block: phải là số cặp lớn hơn 0"),
                (
                    "prior: {rules: [cccd], recal: 1}",
                    "x.yaml, dòng 7: prior: không có khóa “recal”; có phải là “recall”?"
                ),
            ] {
                let text = Self.settings.replacing("one_to_one: true", with: change)
                try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/x.yaml"))
                let outcome = try await Executable.run(
                    ["linkage", "link", "x.yaml", "--left", "left.csv", "--right", "right.csv", "--output", "o.csv"],
                    in: folder)
                #expect(outcome.status == 65 && outcome.errors.contains(words), "\(outcome.errors)")
            }
        }
    }

    @Test
    func `an input is never written over, and options that do nothing are refused`() async throws {
        try await Scene.withFolder { folder in
            try Self.fill(folder)
            let before = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/left.csv"))
            let link = ["linkage", "link", "people.yaml", "--left", "left.csv", "--right", "right.csv"]
            for (rest, words) in [
                (["--output", "left.csv"], "left.csv is an input"),
                (["--output", "o.csv", "--model", "o.csv"], "two outputs"),
                (["--output", "none/o.csv"], "cannot be written"),
                (["--output", "o.csv", "--truth", "truth.csv"], "--truth is for the report"),
            ] {
                let outcome = try await Executable.run(link + rest, in: folder)
                #expect(outcome.status == 64 && outcome.errors.contains(words), "\(outcome.errors)")
            }
            #expect(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/left.csv")) == before)
            // Semicolons, as Excel saves here.
            let truth = try String(contentsOfFile: "\(folder)/truth.csv", encoding: .utf8).replacing(",", with: ";")
            try Data(truth.utf8).write(to: URL(fileURLWithPath: "\(folder)/t2.csv"))
            _ = try await Executable.run(link + ["--output", "o.csv"], in: folder)
            let judged: [String: Any] = try await Executable.run(
                ["linkage", "evaluate", "--pairs", "o.csv", "--truth", "t2.csv", "--json"], in: folder
            ).json()
            #expect((judged["best"] as? [String: Any])?["f1"] as? Double == 1)
        }
    }
}
