import Foundation

/// The executable beside this one, on one database.
struct RegisterProgram {
    let database: String
    let folder: String
    let plan: String

    /// What `baophu receive --json` answers.
    struct Answer: Decodable {
        struct Stage: Decodable {
            let name: String
            let seconds: Double
            let megabytes: Int
        }

        let delivery: String
        let state: String
        let rows: Int
        let accepted: Int
        let matched: Int
        let new: Int
        let stages: [Stage]
    }

    private static let path = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        .appendingPathComponent("baophu").path

    /// Starts it; what it says goes into a file.
    func start(_ arguments: [String], answer: String = "answer.json") throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Self.path)
        process.arguments =
            arguments + ["--database", database, "--plan", plan, "--set", "keys.numbers-file=\(folder)/numbers"]
        FileManager.default.createFile(atPath: "\(folder)/\(answer)", contents: nil)
        process.standardOutput = FileHandle(forWritingAtPath: "\(folder)/\(answer)")
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }

    func receiving(_ file: String, _ format: String, of sender: String, _ period: String) -> [String] {
        ["receive", file, "--format", format, "--sender", sender, "--period", period, "--json"]
    }

    /// Receives a list to its end.
    func receive(_ file: String, _ format: String, of sender: String, _ period: String) throws -> Answer {
        let process = try start(receiving(file, format, of: sender, period))
        process.waitUntilExit()
        return try JSONDecoder().decode(
            Answer.self, from: Data(contentsOf: URL(fileURLWithPath: folder + "/answer.json")))
    }

    /// The lines of `register records`.
    func records() throws -> [Substring] {
        try String(contentsOfFile: try written("records"), encoding: .utf8).split(separator: "\n")
    }

    /// The file that `register records` or `register spells` writes.
    func written(_ list: String) throws -> String {
        let path = "\(folder)/\(list).csv"
        let process = try start(["register", list, "--output", path], answer: "said")
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.fileReadUnknown) }
        return path
    }
}
