import Foundation

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
            let server = try await ServerProcess(database: folder + "/server.sqlite", plan: plan)
            defer { server.terminate() }
            try await Task.sleep(for: .seconds(2))
            if round == 0 { first.append(server.seconds) } else { later.append(server.seconds) }
            memory.append(server.memory)
        }
        print("memory: idle server \(Spread(memory)) MB resident (wanted: under 150)")
        print("start: to the first page \(Spread(later)) s (wanted: under 1), with a new database \(Spread(first)) s")
    }
}
