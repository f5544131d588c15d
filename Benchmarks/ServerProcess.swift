import Foundation

/// The executable itself, built beside this one.
final class ServerProcess {
    private let process = Process()
    /// Seconds from its start to the first page.
    let seconds: Double

    /// Answers once its first page has come.
    init(
        database: String, plan: String, port: Int, environment: [String: String] = [:]
    ) async throws {
        let program = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent(
            "baophu")
        process.executableURL = program
        process.arguments = ["serve", "--database", database, "--plan", plan, "--port", String(port)]
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let clock = ContinuousClock()
        let begin = clock.now
        try process.run()
        while true {
            var client = PageClient(port: port)
            if let answer = try? client.get("/dang-nhap"), answer.status == 200 { break }
            guard begin.duration(to: clock.now) < .seconds(60), process.isRunning else {
                process.terminate()
                throw CocoaError(.executableLoad, userInfo: ["program": program.path])
            }
            try await Task.sleep(for: .milliseconds(5))
        }
        seconds = begin.duration(to: clock.now) / .seconds(1)
    }

    /// Megabytes resident.
    var memory: Double {
        let status = (try? String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }?.filter(\.isNumber)
        return (Double(String(line ?? "")) ?? 0) / 1_024
    }

    func terminate() {
        process.terminate()
        process.waitUntilExit()
    }

    /// As the system does when memory runs out, or the current.
    func kill() {
        Glibc.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
}
