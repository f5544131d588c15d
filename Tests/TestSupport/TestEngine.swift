public import Database
import DatabasePostgreSQL
import DatabaseSQLite
import Dispatch
import Foundation
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

    /// Opens one fresh database several times, as several programs would.
    public func withStores<T>(_ count: Int, _ body: ([any DataStore]) async throws -> T) async throws -> T {
        await Self.gate.enter()
        defer { Self.gate.leave() }
        let place = try await Self.offPool { try newPlace() }
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

    private func newPlace() throws -> Place {
        switch self {
        case .sqlite:
            let folder = FileManager.default.temporaryDirectory.appendingPathComponent("baophu-test-\(UUID())").path
            return Place(
                open: { try SQLiteStore(path: folder + "/test.sqlite", durable: false) },
                remove: { try? FileManager.default.removeItem(atPath: folder) })
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
