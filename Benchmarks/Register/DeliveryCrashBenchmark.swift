import ArgumentParser
import Database
import Foundation
import Assembly
import PlanText
import Province
import TestSupport

/// Ends `baophu receive` by `kill -9` at random moments, looks that a delivery is whole or absent, and gives the command again.
struct DeliveryCrashBenchmark {
    let plan: String
    let rounds: Int

    /// Deliveries that one database takes: a fresh one every few rounds.
    private static let inOneDatabase = 10
    private static let rows = 40_000

    func run() async throws {
        let folder = NSTemporaryDirectory() + "baophu-bench-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let lists = RegisterLists(communes: try PlanFolder.load(plan).communes.codes.map(\.text))
        try lists.writeText(Self.rows, to: folder + "/list.csv")
        var isClean = true
        for engine in 0..<2 {
            var (kills, name, complaints): (Int, String, [String]) = (0, "", [])
            while kills < rounds, complaints.isEmpty {
                let place = try RegisterBenchmark.databases(folder, "crash-\(kills)")[engine]
                name = place.engine
                let count = min(Self.inOneDatabase, rounds - kills)
                complaints += try round(count, RegisterProgram(database: place.database, folder: folder, plan: plan))
                kills += count
            }
            print(
                "deliveries, \(name): \(kills) kills of lists of \(Self.rows) rows; \(complaints.isEmpty ? "CLEAN" : "NOT CLEAN")"
            )
            for complaint in complaints { print("    \(complaint)") }
            isClean = isClean && complaints.isEmpty
        }
        guard isClean else { throw ExitCode(1) }
    }

    /// Kills as many deliveries of one list, each of another month, and brings all of them to their end.
    /// - Returns: what is not as it should be.
    private func round(_ count: Int, _ program: RegisterProgram) throws -> [String] {
        func period(_ number: Int) -> String { "\(2_020 + number / 12)-\(String(101 + number % 12).suffix(2))" }
        func command(_ number: Int) -> [String] {
            program.receiving(program.folder + "/list.csv", "d09-ts", of: "bhxh-thanh-pho", period(number))
        }
        func receive(_ number: Int) throws -> RegisterProgram.Answer {
            try program.receive(program.folder + "/list.csv", "d09-ts", of: "bhxh-thanh-pho", period(number))
        }
        var complaints: [String] = []
        let (_, whole, _) = try RegisterBenchmark.measured { try receive(0) }
        for number in 1...count {
            let process = try program.start(command(number))
            Thread.sleep(forTimeInterval: Double.random(in: 0.02...1) * whole)
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            let lines = try program.records().count - 1
            if lines % Self.rows != 0 { complaints.append("kill \(number): \(lines) records count") }
        }
        for number in 1...count {
            let answer = try receive(number)
            if answer.state != "in-force" || answer.accepted != Self.rows || answer.matched != Self.rows {
                complaints.append("delivery \(number): \(answer)")
            }
        }
        let records = try program.records().dropFirst()
        if records.count != (count + 1) * Self.rows { complaints.append("\(records.count) records at the end") }
        if Set(records).count != records.count { complaints.append("a row is there twice") }
        let persons = Set(records.compactMap { $0.split(separator: ",").last })
        if persons.count != Self.rows { complaints.append("\(persons.count) persons of \(Self.rows)") }
        return complaints
    }
}
