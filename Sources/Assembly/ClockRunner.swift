import Access
import Database
import Foundation
public import Kernel
import Jobs
import Logging
import Notices
import ServiceLifecycle
import Work

/// Notes every few minutes that this server's clock is sound, so that a clock that leaps away later is noticed.
struct ClockRunner: Service {
    let store: any DataStore
    let clock: Clock
    let logger: Logger

    static let pause = Duration.seconds(300)

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await note()
                try await Task.sleep(for: Self.pause)
            }
        }
    }

    /// One note; tells what stands against it.
    func note() async {
        let now = clock.now
        do {
            let verdict = try await store.write { try ClockState.note(now, on: $0) }
            if verdict != .sound { logger.error("\(ClockProblem(now: now, verdict: verdict))") }
        } catch {
            logger.error("the clock cannot be noted", metadata: ["error": "\(error)"])
        }
    }
}

/// Puts right what a clock in a wrong future left behind.
public enum ClockRepair {
    /// Refuses to begin by a clock that is not to be believed, before anything is written by it.
    /// - Throws: ``ClockProblem``
    public static func requireSound(_ location: DatabaseLocation, at now: Timestamp) async throws {
        guard Storage.exists(location) else { return }
        let store = try Storage.open(location)
        let verdict = try await store.read { connection -> ClockState.Verdict in
            // A database of an earlier release knows nothing of clocks yet.
            guard try connection.tableNames().contains("clock_mark") else { return .sound }
            return try ClockState.read(on: connection).verdict(at: now)
        }
        try await store.close()
        guard verdict == .sound else { throw ClockProblem(now: now, verdict: verdict) }
    }

    /// Takes the present for true, and lets nothing dated behind it stand in the way of the days to come. The audit trail
    /// keeps its entries as they are, and says who confirmed the clock.
    /// - Returns: how many rows were put right.
    public static func trust(_ location: DatabaseLocation, at now: Timestamp) async throws -> Int {
        let store = try Storage.openExisting(location)
        _ = try await Storage.migrator.migrate(store, at: now)
        let changed = try await trust(store, at: now)
        try await store.close()
        return changed
    }

    static func trust(_ store: any DataStore, at now: Timestamp) async throws -> Int {
        try await store.write { connection in
            var changed = try JobService.forgetFuture(after: now, on: connection)
            changed += try NoticeBoard.forgetFuture(after: now, on: connection)
            changed += try ReminderService.forgetFuture(after: now.day, on: connection)
            return try changed + ClockState.trust(now, by: .commandLine, on: connection)
        }
    }
}
