public import Database
import DatabasePostgreSQL
import DatabaseSQLite
import Dispatch
public import Foundation
import Synchronization
public import Testing

/// The engines a storage test runs on.
public enum TestEngine: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case sqlite
    case postgreSQL

    public var testDescription: String { rawValue }

    /// Gives a fresh, empty store and removes it afterwards, whether the body throws or not.
    ///
    /// Only a few bodies run at a time, so a body must not ask for a second store: ``withStores(_:_:)`` is for that.
    public func withStore<T>(_ body: (any DataStore) async throws -> T) async throws -> T {
        try await withStores(1) { stores in try await body(stores[0]) }
    }

    /// Gives an SQLite store that begins as a copy of a database, and removes it afterwards.
    public static func withCopy<T>(
        of database: Data, _ body: (any DataStore) async throws -> T
    ) async throws -> T {
        try await TestEngine.sqlite.withStores(1, beginning: database) { stores in try await body(stores[0]) }
    }

    /// The bytes of an SQLite database that a body made: what later tests begin with.
    public static func bytes(of body: (any DataStore) async throws -> Void) async throws -> Data {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("baophu-test-\(UUID())/test.sqlite")
        defer { try? FileManager.default.removeItem(at: path.deletingLastPathComponent()) }
        let store = try await offPool { try SQLiteStore(path: path.path, durable: false) }
        try await body(store)
        try await store.close()
        return try Data(contentsOf: path)
    }

    /// Opens one fresh database several times, as several programs would.
    /// - Parameter beginning: what the file holds at first; SQLite only.
    public func withStores<T>(
        _ count: Int, beginning: Data? = nil, _ body: ([any DataStore]) async throws -> T
    ) async throws -> T {
        await Self.gate.enter()
        defer { Self.gate.leave() }
        let place = try await Self.offPool { try newPlace(beginning) }
        var stores: [any DataStore] = []
        let result: Result<T, any Error>
        do {
            for _ in 0..<count { stores.append(try await Self.offPool(place.open)) }
            result = .success(try await body(stores))
        } catch {
            result = .failure(error)
        }
        for store in stores { try? await store.close() }
        try await Self.offPool(place.remove)
        return try result.get()
    }

    private struct Place: Sendable {
        let open: @Sendable () throws -> any DataStore
        let remove: @Sendable () -> Void
    }

    private func newPlace(_ beginning: Data?) throws -> Place {
        switch self {
        case .sqlite:
            let folder = FileManager.default.temporaryDirectory.appendingPathComponent("baophu-test-\(UUID())")
            let file = folder.appendingPathComponent("test.sqlite")
            if let beginning {
                try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
                try beginning.write(to: file)
            }
            return Place(
                open: { try SQLiteStore(path: file.path, durable: false) },
                remove: { try? FileManager.default.removeItem(at: folder) })
        case .postgreSQL:
            let cluster = try PostgreSQLCluster.shared()
            let url = try cluster.freshURL()
            return Place(open: { try PostgreSQLStore(url: url) }, remove: { cluster.remove(url) })
        }
    }

    /// Runs what blocks outside Swift's cooperative pool.
    static func offPool<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(with: Result { try work() }) }
        }
    }

    private static let gate = Gate(places: 10)
}

/// Lets a number of tests in at a time: each may hold as many connections as a store has.
private final class Gate: Sendable {
    private let state: Mutex<(free: Int, waiting: [CheckedContinuation<Void, Never>])>

    init(places: Int) {
        state = Mutex((places, []))
    }

    func enter() async {
        await withCheckedContinuation { continuation in
            let entered = state.withLock { state in
                guard state.free > 0 else {
                    state.waiting.append(continuation)
                    return false
                }
                state.free -= 1
                return true
            }
            if entered { continuation.resume() }
        }
    }

    func leave() {
        let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
            if state.waiting.isEmpty {
                state.free += 1
                return nil
            }
            return state.waiting.removeFirst()
        }
        next?.resume()
    }
}
