import Assembly
import Database
import Foundation
import Jobs

/// Somebody who saves a line every few milliseconds, and how long each save takes.
struct RivalWriter: Sendable {
    private let store: any DataStore
    private let over = JobStop()

    init(database: String) async throws {
        store = try Storage.open(try DatabaseLocation(database))
        try await store.write { connection in
            try connection.execute("CREATE TABLE bench_save (number BIGINT PRIMARY KEY, words TEXT NOT NULL)")
        }
    }

    func stop() { over.want() }

    /// Milliseconds of each save, until it is stopped.
    func run() async throws -> [Double] {
        var waits: [Double] = []
        while !over.isWanted {
            let (number, begin) = (waits.count, ContinuousClock.now)
            try await store.write { connection in
                try connection.execute(
                    "INSERT INTO bench_save (number, words) VALUES (?, ?)", number, "Ghi chú \(number)")
            }
            waits.append((ContinuousClock.now - begin) / .milliseconds(1))
            try await Task.sleep(for: .milliseconds(5))
        }
        try await store.close()
        return waits
    }
}
