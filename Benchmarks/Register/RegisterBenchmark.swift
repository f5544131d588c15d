import ArgumentParser
import Database
import DatabaseSQLite
import Foundation
import Assembly
import PlanText
import Province
import TestSupport

/// Lists of agencies on their way into the register: beside the sqlite3 shell, beside people who save, and a whole city's.
struct RegisterBenchmark {
    let plan: String
    let rows: Int
    let scale: Double
    let seed: UInt64

    func run() async throws {
        let folder = NSTemporaryDirectory() + "baophu-bench-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let lists = RegisterLists(communes: try PlanFolder.load(plan).communes.codes.map(\.text))
        let text = folder + "/list.csv"
        try lists.writeText(rows, to: text)
        let shell = try Self.shell(text, folder: folder)
        for (engine, database) in try Self.databases(folder, "list") {
            try await receive(text, engine, database, folder: folder, shell: shell)
            let store = try Storage.open(try DatabaseLocation(database))
            try await FindPersonBenchmark().run(engine, store)
            try await store.close()
        }
        let workbook = folder + "/list.xlsx"
        try lists.writeWorkbook(200_000, to: workbook)
        let program = RegisterProgram(database: folder + "/workbook.sqlite", folder: folder, plan: plan)
        let took = try Self.measured { try program.receive(workbook, "d09-ts", of: "bhxh-thanh-pho", "2026-09") }
        print(
            "register, a workbook of \(took.answer.rows) rows and 15 columns: \(Spread.text(took.seconds)) s, \(Self.megabytes(took.answer)) MB at most (wanted: under 600)"
        )
        try await CityBenchmark(plan: plan, folder: folder, seed: seed).run(scale: scale)
    }

    static func databases(_ folder: String, _ name: String) throws -> [(engine: String, database: String)] {
        [("SQLite", "\(folder)/\(name).sqlite"), ("PostgreSQL", try PostgreSQLCluster.shared().freshURL())]
    }

    /// - Returns: `processor` are the seconds that programs which were started and ended meanwhile had a processor: what to go by
    ///   on a machine that others work on.
    static func measured<T>(_ body: () throws -> T) rethrows -> (answer: T, seconds: Double, processor: Double) {
        let (begin, before) = (ContinuousClock.now, childrenSeconds())
        let answer = try body()
        return (answer, (ContinuousClock.now - begin) / .seconds(1), childrenSeconds() - before)
    }

    private static func childrenSeconds() -> Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_CHILDREN.rawValue), &usage)
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1_000_000 }
        return seconds(usage.ru_utime) + seconds(usage.ru_stime)
    }

    static func megabytes(_ answer: RegisterProgram.Answer) -> Int { answer.stages.map(\.megabytes).max() ?? 0 }

    static func told(_ stages: [RegisterProgram.Answer.Stage]) -> String {
        stages.map { "\($0.name) \(Spread.text($0.seconds)) s" }.joined(separator: ", ")
    }

    /// Receives a list in a process of its own, while another one writes to the same database.
    private func receive(
        _ file: String, _ engine: String, _ database: String, folder: String,
        shell: (seconds: Double, processor: Double)
    ) async throws {
        let program = RegisterProgram(database: database, folder: folder, plan: plan)
        let process = try program.start(["migrate"], answer: "said")
        process.waitUntilExit()
        let saves = try await RivalWriter(database: database)
        let writing = Task { try await saves.run() }
        let took = try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(
                    with: Result {
                        try Self.measured { try program.receive(file, "d09-ts", of: "bhxh-thanh-pho", "2026-09") }
                    })
            }
        }
        saves.stop()
        let waits = try await writing.value
        guard took.answer.state == "in-force", took.answer.accepted == rows else { throw ExitCode(1) }
        print(
            "register, \(engine): \(rows) rows of 15 columns received, checked, sealed, linked and indexed in \(Spread.text(took.seconds)) s, \(Spread.text(took.seconds / shell.seconds)) times the sqlite3 shell's .import into a table with as many indexes (\(Spread.text(shell.seconds)) s; wanted: at most 4); of processor \(Spread.text(took.processor)) s, \(Spread.text(took.processor / shell.processor)) times; \(Self.megabytes(took.answer)) MB at most (wanted: under 600)"
        )
        print("register, \(engine): \(Self.told(took.answer.stages))")
        print(
            "register, \(engine): another process's save waits at worst \(Spread.text(waits.max() ?? 0)) ms, middle \(Spread.text(Spread(waits).median)) ms of \(waits.count) saves (wanted: under 250 ms)"
        )
    }

    /// Seconds of the sqlite3 shell for the same rows, into a table with an index for each that the register keeps of a
    /// record: its place, its commune with its place, the cluster, the clusters of a commune, two numbers with the name.
    private static func shell(_ file: String, folder: String) throws -> (seconds: Double, processor: Double) {
        let columns = (1...15).map { "c\($0) TEXT" }.joined(separator: ", ")
        let indexes = ["c1", "c9, c1", "c1, c2", "c9, c5, c1", "c6, c2", "c3, c2"].enumerated().map {
            "CREATE INDEX i\($0.offset) ON list (\($0.element))"
        }
        let (answer, seconds, processor) = try measured {
            try output(
                of: "sqlite3",
                ["\(folder)/shell.sqlite", "CREATE TABLE list (\(columns))"] + indexes + [
                    ".mode csv", ".import --skip 1 \(file) list",
                ])
        }
        guard answer.isEmpty else { throw CocoaError(.featureUnsupported, userInfo: ["sqlite3": answer]) }
        return (seconds, processor)
    }
}
