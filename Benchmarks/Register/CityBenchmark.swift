import Foundation
import Kernel
import PlanText
import TestSupport

/// A fictitious city's files to the finished register, beside the truth, and how time grows with the city.
struct CityBenchmark {
    let plan: String
    let folder: String
    let seed: UInt64

    private struct Run {
        var seconds = 0.0
        var processor = 0.0
        var rows = 0
        var megabytes = 0
        var stages: [String: Double] = [:]
    }

    /// - Parameter scale: of the larger city; the other one is a quarter of it.
    func run(scale: Double) async throws {
        let engines = try RegisterBenchmark.databases(folder, "city-large")
        let others = try RegisterBenchmark.databases(folder, "city-small")
        for (large, small) in zip(engines, others) {
            let quarter = try city(scale / 4, large.engine, small.database)
            let whole = try city(scale, large.engine, large.database)
            let rows = Double(whole.rows) / Double(quarter.rows)
            print(
                "register, \(large.engine): from a city of \(scale / 4) to one of \(scale) processor time grows \(Spread.text(whole.processor / quarter.processor / rows)) times as fast as rows, time \(Spread.text(whole.seconds / quarter.seconds / rows)) times (wanted: at most 1.3)"
            )
        }
    }

    private func city(_ scale: Double, _ engine: String, _ database: String) throws -> Run {
        let files = "\(folder)/city-\(scale)"
        let program = RegisterProgram(database: database, folder: folder, plan: plan)
        if !FileManager.default.fileExists(atPath: files) {
            // Its options know no database.
            let answer = try output(
                of: URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
                    .appendingPathComponent("baophu").path,
                ["city", "--scale", String(scale), "--seed", String(seed), "--output", files, "--plan", plan])
            guard FileManager.default.fileExists(atPath: files + "/truth/records.csv") else {
                throw CocoaError(.fileNoSuchFile, userInfo: ["city": answer])
            }
        }
        var run = Run()
        var codes: [String: String] = [:]
        for list in try Self.lists(in: files) {
            let (answer, seconds, processor) = try RegisterBenchmark.measured {
                try program.receive("\(files)/\(list.name)", list.format, of: list.sender, list.period)
            }
            codes[answer.delivery] = list.name
            run.seconds += seconds
            run.processor += processor
            run.rows += answer.rows
            run.megabytes = max(run.megabytes, RegisterBenchmark.megabytes(answer))
            for stage in answer.stages { run.stages[stage.name, default: 0] += stage.seconds }
        }
        let stages = run.stages.sorted { $0.value > $1.value }.map { "\($0.key) \(Spread.text($0.value)) s" }
        print(
            "register, \(engine): a city of \(scale), \(run.rows) rows of \(codes.count) lists in \(Spread.text(run.seconds)) s, \(Spread.text(run.processor)) s of processor (\(stages.joined(separator: ", "))), \(run.megabytes) MB at most (wanted: under 600)"
        )
        let told = try ClusterAccuracy.of(
            try program.records(), files: codes, truth: files + "/truth/records.csv")
        for (subject, accuracy) in told.sorted(by: { $0.key < $1.key }) {
            print("register, \(engine): a city of \(scale), \(subject): \(accuracy)")
        }
        let months = try Self.lists(in: files).filter { Self.monthly.contains($0.format) }.compactMap {
            Month($0.period)
        }
        guard let first = months.min(), let last = months.max() else { return run }
        let derived = try DerivedAccuracy(
            truth: files + "/truth", records: folder + "/records.csv", spells: try program.written("spells"),
            files: codes,
            window: first...last)
        for line in derived.lines { print("register, \(engine): a city of \(scale), \(line)") }
        return run
    }

    /// Lists that tell of each month who takes part.
    private static let monthly: Set<String> = ["d09-ts", "d02-lt", "d05-ts", "d05-ts-490"]

    struct List {
        let name: String
        let sender: String
        let format: String
        let period: String
    }

    /// The oldest first, as they would come.
    static func lists(in folder: String) throws -> [List] {
        var lists: [List] = []
        for sender in try FileManager.default.contentsOfDirectory(atPath: folder) where sender != "truth" {
            for file in try FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(sender)") {
                let stem = String(file.prefix { $0 != "." })
                // `d09-ts-2026-09`, and of a year `05-1-bk-2025`.
                let isYear = !(stem.split(separator: "-").suffix(2).map(\.utf8.count) == [4, 2])
                let length = isYear ? 5 : 8
                let period = String(stem.suffix(length - 1)) + (isYear ? "-12" : "")
                lists.append(
                    List(
                        name: "\(sender)/\(file)", sender: sender, format: String(stem.dropLast(length)), period: period
                    ))
            }
        }
        return lists.sorted { ($0.period, $0.name) < ($1.period, $1.name) }
    }
}
