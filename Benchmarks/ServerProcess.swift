import Foundation

/// The executable itself, built beside this one.
final class ServerProcess {
    private let process = Process()
    /// Free when it started: nobody else's server is taken for this one.
    let port: Int
    /// Seconds from its start to the first page.
    let seconds: Double

    /// Answers once its first page has come.
    init(database: String, plan: String, environment: [String: String] = [:]) async throws {
        port = try Self.freePort()
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

    private static func freePort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, size) == 0 && getsockname(descriptor, $0, &size) == 0
            }
        }
        guard isBound else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EADDRNOTAVAIL) }
        return Int(UInt16(bigEndian: address.sin_port))
    }

    /// Megabytes resident.
    var memory: Double {
        let status = (try? String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }?.filter(\.isNumber)
        return (Double(String(line ?? "")) ?? 0) / 1_024
    }

    func terminate() {
        process.terminate()
        waitUntilGone()
    }

    /// As the system does when memory runs out, or the current.
    func kill() {
        Glibc.kill(process.processIdentifier, SIGKILL)
        waitUntilGone()
    }

    /// Foundation's own way wants the run loop of the thread that started the process.
    private func waitUntilGone() {
        while process.isRunning { usleep(2_000) }
    }
}
