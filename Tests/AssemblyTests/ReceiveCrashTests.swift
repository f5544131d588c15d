import Foundation
import TestSupport
import Testing

/// `kill -9` at any moment of a delivery: it is whole or absent, nothing is there twice, and the same command goes on.
/// `make bench ARGS="--only deliveries-crash --rounds 50"` does it at more moments, on longer lists.
@Suite
struct ReceiveCrashTests {
    private static let rows = 2_500
    private static let kills = 6

    /// A list of people whom no other list names.
    private static func list(_ number: Int) -> String {
        var text = "STT,Họ và tên,Mã số BHXH,Ngày tháng năm sinh,Số CCCD,Xã\n"
        for row in 1...rows {
            text += "\(row),Người Thứ \(row),,1990,03109\(number)\(100_000 + row),11413\n"
        }
        return text + "\(rows + 1),,,1991,,11413\n"
    }

    private static func flags(_ folder: String, _ database: String) -> [String] {
        ["--database", database, "--plan", Scene.haiPhong, "--set", "keys.numbers-file=\(folder)/numbers"]
    }

    private static func command(_ number: Int, in folder: String, _ database: String) throws -> [String] {
        let path = "\(folder)/\(number).csv"
        try Data(list(number).utf8).write(to: URL(fileURLWithPath: path))
        return [
            "receive", path, "--format", "d09-ts", "--sender", "bhxh-thanh-pho", "--period", "2026-0\(number)",
            "--json",
        ] + flags(folder, database)
    }

    private static func records(in folder: String, _ database: String) async throws -> [String] {
        let outcome = try await Executable.run(
            ["register", "records", "--output", folder + "/r.csv"] + flags(folder, database), in: folder)
        #expect(outcome.status == 0, "\(outcome.errors)")
        return try String(contentsOfFile: folder + "/r.csv", encoding: .utf8).split(separator: "\n").map(String.init)
    }

    private static func database(_ engine: TestEngine, in folder: String) async throws -> String {
        switch engine {
        case .sqlite: folder + "/a.sqlite"
        case .postgreSQL: try await Executable.offPool { try PostgreSQLCluster.shared().freshURL() }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a delivery that is killed at any moment is whole or absent, and goes on`(engine: TestEngine) async throws {
        try await Scene.withFolder { folder in
            let database = try await Self.database(engine, in: folder)
            let begin = ContinuousClock.now
            let first = try await Executable.run(try Self.command(9, in: folder, database), in: folder)
            #expect(first.status == 0, "\(first.errors)")
            let whole = ContinuousClock.now - begin
            for number in 1...Self.kills {
                let command = try Self.command(number, in: folder, database)
                let moment = whole * Double.random(in: 0.1...1)
                try await Executable.offPool {
                    let process = try Executable.start(command, in: folder)
                    let seconds =
                        Double(moment.components.seconds) + Double(moment.components.attoseconds) / 1e18
                    Thread.sleep(forTimeInterval: seconds)
                    kill(process.processIdentifier, SIGKILL)
                    process.waitUntilExit()
                }
            }
            let between = try await Self.records(in: folder, database)
            #expect((between.count - 1) % Self.rows == 0, "a part of a delivery counts: \(between.count)")
            for number in 1...Self.kills {
                var again = try await Executable.run(try Self.command(number, in: folder, database), in: folder)
                // Other tests share the database server: a connection may take longer than its limit.
                for _ in 0..<3 where again.status != 0 && again.errors.contains("timeout expired") {
                    again = try await Executable.run(try Self.command(number, in: folder, database), in: folder)
                }
                #expect(again.status == 0, "\(again.errors)")
                let answer = try again.json([String: Any].self)
                #expect(answer["state"] as? String == "in-force")
                #expect(answer["rows"] as? Int == Self.rows + 1 && answer["accepted"] as? Int == Self.rows)
                #expect(answer["new"] as? Int == Self.rows)
            }
            let records = try await Self.records(in: folder, database).dropFirst()
            #expect(records.count == (Self.kills + 1) * Self.rows)
            #expect(Set(records).count == records.count, "a row is there twice")
            let entities = Set(records.compactMap { $0.split(separator: ",").last })
            #expect(entities.count == records.count, "a person is there twice, or two are one")
        }
    }
}
