import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// The executable itself: memory when idle, time from its start to the first page.
struct ServerBenchmark {
    let plan: String

    func run() async throws {
        let folder = NSTemporaryDirectory() + "baophu-bench-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var first: [Double] = []
        var later: [Double] = []
        var memory: [Double] = []
        for round in 0..<4 {
            let (seconds, megabytes) = try await start(database: folder + "/server.sqlite", port: 18_600 + round)
            if round == 0 { first.append(seconds) } else { later.append(seconds) }
            memory.append(megabytes)
        }
        print("memory: idle server \(Spread(memory)) MB resident (wanted: under 150)")
        print("start: to the first page \(Spread(later)) s (wanted: under 1), with a new database \(Spread(first)) s")
    }

    private func start(database: String, port: Int) async throws -> (Double, Double) {
        let program = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent(
            "baophu")
        let process = Process()
        process.executableURL = program
        process.arguments = ["serve", "--database", database, "--plan", plan, "--port", String(port)]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let clock = ContinuousClock()
        let begin = clock.now
        try process.run()
        defer { process.terminate() }
        let address = URL(string: "http://127.0.0.1:\(port)/dang-nhap") ?? URL(fileURLWithPath: "/")
        while true {
            if let (_, response) = try? await URLSession.shared.data(from: address),
                (response as? HTTPURLResponse)?.statusCode == 200
            {
                break
            }
            guard begin.duration(to: clock.now) < .seconds(30), process.isRunning else {
                throw CocoaError(.executableLoad, userInfo: ["program": program.path])
            }
            try await Task.sleep(for: .milliseconds(5))
        }
        let seconds = begin.duration(to: clock.now) / .seconds(1)
        try await Task.sleep(for: .seconds(2))
        let status = (try? String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)) ?? ""
        let resident =
            status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }?
            .split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Double($0) } ?? 0
        return (seconds, resident / 1_024)
    }
}
