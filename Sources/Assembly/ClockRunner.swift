public import Access
import Database
import Foundation
public import Kernel
import Logging
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

    /// One note; tells what stands against it. Where somebody came in while the clock was doubted, and the clock is right
    /// again by itself, what was dated ahead meanwhile is forgotten.
    func note() async {
        let now = clock.now
        do {
            let verdict = try await store.write { connection in
                let verdict = try ClockState.note(now, on: connection)
                if verdict == .sound, try ClockState.read(on: connection).isHeld {
                    try ClockConfirmation.trust(now, by: .system, on: connection)
                }
                return verdict
            }
            if verdict != .sound { logger.error("\(ClockProblem(now: now, verdict: verdict))") }
        } catch {
            logger.error("the clock cannot be noted", metadata: ["error": "\(error)"])
        }
    }
}

/// Puts right what a clock in a wrong future left behind.
public enum ClockRepair {
    /// How soon a server notices that its clock is right again.
    public static let noticedWithinMinutes = ClockRunner.pause.components.seconds / 60

    /// What is to be thought of the present before anything is written by it. Where it is doubted, the database is told so: what
    /// is written from now on does not speak for the doubted time.
    /// - Returns: nil for a clock that is believed.
    public static func doubt(_ location: DatabaseLocation, at now: Timestamp) async throws -> ClockProblem? {
        guard Storage.exists(location) else { return nil }
        let store = try Storage.open(location)
        let verdict = try await store.read { connection -> ClockState.Verdict in
            // A database of an earlier release knows nothing of clocks yet.
            guard try connection.tableNames().contains("clock_mark") else { return .sound }
            return try ClockState.read(on: connection).verdict(at: now)
        }
        if verdict != .sound { try await store.write { try ClockState.hold(on: $0) } }
        try await store.close()
        return verdict == .sound ? nil : ClockProblem(now: now, verdict: verdict)
    }

    /// Refuses to do by itself what is due by a clock that is not to be believed.
    /// - Throws: ``ClockProblem``
    public static func requireSound(_ location: DatabaseLocation, at now: Timestamp) async throws {
        if let problem = try await doubt(location, at: now) { throw problem }
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
        try await store.write { try ClockConfirmation.trust(now, by: .commandLine, on: $0) }
    }
}
