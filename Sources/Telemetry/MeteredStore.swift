import CoreMetrics
public import Database

/// A database whose waits are measured: for a connection to read with, for the one writer's place, and how long it was held.
public struct MeteredStore: DataStore {
    private let base: any DataStore
    private let readWait: CoreMetrics.Timer
    private let writeWait: CoreMetrics.Timer
    private let writeTime: CoreMetrics.Timer

    public init(_ base: any DataStore, meters: MeterRegistry) {
        self.base = base
        readWait = meters.timer(.readWaitSeconds)
        writeWait = meters.timer(.writeWaitSeconds)
        writeTime = meters.timer(.writeSeconds)
    }

    public var engine: DatabaseEngine { base.engine }
    public var location: String { base.location }

    public func read<T: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> T) async throws -> T {
        let (asked, readWait) = (ContinuousClock.now, readWait)
        return try await base.read { connection in
            readWait.record(since: asked)
            return try body(connection)
        }
    }

    public func write<T: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> T) async throws -> T {
        let (asked, writeWait, writeTime) = (ContinuousClock.now, writeWait, writeTime)
        return try await base.write { connection in
            let begun = ContinuousClock.now
            writeWait.record(since: asked)
            defer { writeTime.record(since: begun) }
            return try body(connection)
        }
    }

    public func writeIfIdle<T: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> T
    ) async throws -> T? {
        let writeTime = writeTime
        return try await base.writeIfIdle { connection in
            let begun = ContinuousClock.now
            defer { writeTime.record(since: begun) }
            return try body(connection)
        }
    }

    public func checkQuickly() async throws { try await base.checkQuickly() }

    public func scrub() async throws -> Bool { try await base.scrub() }

    public func close() async throws { try await base.close() }
}
