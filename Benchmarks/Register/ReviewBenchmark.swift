import Foundation
import Kernel
import TestSupport

/// A fictitious city's register reviewed: what it costs, how right it is, what a second run costs after a new list.
struct ReviewBenchmark {
    let plan: String

    /// What `baophu review run --json` answers.
    private struct Answer: Decodable {
        struct Stage: Decodable {
            let name: String
            let seconds: Double
            let megabytes: Int
        }

        let whole: Bool
        let looked: Int
        let people: Int
        let employers: Int
        let stages: [Stage]

        var seconds: Double { stages.reduce(0) { $0 + $1.seconds } }
    }

    func run(scale: Double) async throws {
        let folder = NSTemporaryDirectory() + "baophu-bench-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let large = try RegisterBenchmark.databases(folder, "review-large")
        let small = try RegisterBenchmark.databases(folder, "review-small")
        for (large, small) in zip(large, small) {
            let quarter = try review(scale / 4, large.engine, small.database, folder)
            let whole = try review(scale, large.engine, large.database, folder)
            let growth = whole.seconds / quarter.seconds / (Double(whole.rows) / Double(max(quarter.rows, 1)))
            print(
                "review, \(large.engine): from a city of \(scale / 4) to one of \(scale) time grows \(Spread.text(growth)) times as fast as rows (wanted: at most 1.3)"
            )
        }
    }

    /// - Returns: seconds of the first run, and the rows it gave.
    private func review(
        _ scale: Double, _ engine: String, _ database: String, _ folder: String
    ) throws -> (seconds: Double, rows: Int) {
        let files = "\(folder)/city-\(scale)"
        let program = RegisterProgram(database: database, folder: folder, plan: plan)
        if !FileManager.default.fileExists(atPath: files) {
            _ = try output(
                of: URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
                    .appendingPathComponent("baophu").path,
                ["city", "--scale", String(scale), "--seed", "7", "--output", files, "--plan", plan])
        }
        var codes: [String: String] = [:]
        let lists = try CityBenchmark.lists(in: files)
        // The last month's movements come after the first run.
        let late = lists.last { $0.format == "d02-lt" }
        for list in lists where list.name != late?.name {
            codes[try program.receive("\(files)/\(list.name)", list.format, of: list.sender, list.period).delivery] =
                list.name
        }
        let day = lists.compactMap { Month($0.period) }.max()?.lastDay.description ?? ""
        let first = try run("first", day, program)
        print("review, \(engine): a city of \(scale): \(told(first))")
        if let late {
            codes[try program.receive("\(files)/\(late.name)", late.format, of: late.sender, late.period).delivery] =
                late.name
            let second = try run("second", day, program)
            print(
                "review, \(engine): a city of \(scale), after the last month's movements: \(told(second)), \(Spread.text(second.seconds / first.seconds)) of the first run (wanted: at most 0.2)"
            )
        }
        return (first.seconds, try accuracy(engine, scale, files, codes, program))
    }

    private func told(_ answer: Answer) -> String {
        let stages = answer.stages.map { "\($0.name) \(Spread.text($0.seconds)) s" }.joined(separator: ", ")
        return
            "\(answer.looked) employers looked at, \(answer.people) people and \(answer.employers) employers to bring in, \(Spread.text(answer.seconds)) s (\(stages)), \(answer.stages.map(\.megabytes).max() ?? 0) MB at most"
    }

    private func run(_ name: String, _ day: String, _ program: RegisterProgram) throws -> Answer {
        let process = try program.start(["review", "run", name, "--as-of", day, "--json"])
        process.waitUntilExit()
        return try JSONDecoder().decode(
            Answer.self, from: Data(contentsOf: URL(fileURLWithPath: program.folder + "/answer.json")))
    }

    /// Prints leads beside the truth, and which class stands for which.
    /// - Returns: how many rows the review gave.
    private func accuracy(
        _ engine: String, _ scale: Double, _ files: String, _ codes: [String: String], _ program: RegisterProgram
    ) throws -> Int {
        let keys = try DerivedAccuracy.keys(
            truth: files + "/truth", records: try program.written("records"), files: codes)
        let path = program.folder + "/rows.csv"
        let process = try program.start(["review", "rows", "second", "--all", "--output", path], answer: "said")
        process.waitUntilExit()
        // A payer that no list of employers names stands under the first row that names it: it is told by its people alone.
        var truth: [String: [String: String]] = [:]
        for line in try DerivedAccuracy.lines(files + "/truth/coverage.csv") where !line[1].isEmpty {
            truth[line[1], default: [:]][line[0]] = line[2]
        }
        var confusion: [[String]: Int] = [:]
        var (found, right, missed) = (0, 0, 0)
        let rows = try DerivedAccuracy.lines(path)
        var seen: Set<[String]> = []
        for line in rows where !line[1].isEmpty {
            guard let person = keys[line[1]], let classes = truth[person] else { continue }
            let employer = keys[line[0]] ?? ""
            guard
                let (name, real) = classes[employer].map({ (employer, $0) })
                    ?? classes.sorted(by: { $0.key < $1.key }).first
            else { continue }
            seen.insert([person, name])
            confusion[[real, line[2]], default: 0] += 1
            if Self.leads.contains(line[2]) {
                found += 1
                if Self.leads.contains(real) { right += 1 }
            } else if Self.leads.contains(real) {
                missed += 1
            }
        }
        for (person, classes) in truth {
            for (employer, real) in classes where Self.leads.contains(real) && !seen.contains([person, employer]) {
                missed += 1
            }
        }
        let precision = Double(right) / Double(max(found, 1))
        let recall = Double(right) / Double(max(right + missed, 1))
        print(
            "review, \(engine): a city of \(scale), leads: \(found) found, precision \(Spread.text(precision)), recall \(Spread.text(recall)) (wanted: 0.98 and 0.95)"
        )
        for (pair, count) in confusion.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            print("review, \(engine): a city of \(scale), true \(pair[0]), found \(pair[1]): \(count)")
        }
        return rows.count
    }

    private static let leads: Set<String> = [
        "base-under", "part-bound", "employer-unknown", "employer-stopped", "deduction-zero", "worker-missing",
        "owner-bound", "manager",
    ]
}
