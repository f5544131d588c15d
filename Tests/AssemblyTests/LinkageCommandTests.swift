import Foundation
import Tabular
import Testing

/// `baophu linkage` as a person uses it, on files of a folder.
@Suite(.enabled(if: Executable.isBuilt))
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
                ("people.yaml", "none.csv", "none.csv cannot be read"), ("bad.yaml", "right.csv", "columns.name: there is no kind “nam”"),
                ("bad.json", "right.csv", "bad.json is no model"), ("people.yaml", "truth.csv", "không có cột"),
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
}
