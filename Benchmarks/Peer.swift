import Foundation

/// Another program measured on the same content: a Python script of `Benchmarks/peers`, which prints JSON.
enum Peer {
    private static let folder = "Benchmarks/peers"

    /// - Returns: nil where `Benchmarks/peers/setup.sh` was not run.
    static func run(_ script: String, _ content: some Encodable) throws -> [String: Double]? {
        let python = "\(folder)/venv/bin/python"
        guard FileManager.default.isExecutableFile(atPath: python) else { return nil }
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("peer-\(UUID()).json")
        try JSONEncoder().encode(content).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments = ["\(folder)/\(script)", file.path]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let object = try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
        return object.compactMapValues { ($0 as? NSNumber)?.doubleValue }
    }

    /// What a script printed.
    /// - Returns: nil where `Benchmarks/peers/setup.sh` was not run.
    static func answer(of script: String, _ arguments: [String]) throws -> String? {
        let python = "\(folder)/venv/bin/python"
        guard FileManager.default.isExecutableFile(atPath: python) else { return nil }
        return try output(of: python, ["\(folder)/\(script)"] + arguments)
    }

    /// Forecast accuracy beside statsforecast, on series made anew.
    static func judgeForecast() throws {
        let python = "\(folder)/venv/bin/python"
        guard FileManager.default.isExecutableFile(atPath: python) else {
            return print("forecast beside statsforecast: not installed (Benchmarks/peers/setup.sh)")
        }
        let series = FileManager.default.temporaryDirectory.appendingPathComponent("series-\(UUID()).csv").path
        _ = try output(of: python, ["\(folder)/forecast.py", "generate", series])
        print(
            "forecast: "
                + (try output(of: python, ["\(folder)/forecast.py", "judge", series, ".build/release/baophu"])))
    }
}
