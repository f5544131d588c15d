import Dispatch
import Foundation

/// Work that blocks a thread, or keeps it busy for long, stays off the pool that answers requests.
public enum Blocking {
    public static func run<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(with: Result { try work() }) }
        }
    }
}

/// Blocking work of one kind, so many pieces at a time; the others wait in turn without holding a thread.
public final class BlockingQueue: Sendable {
    private let queue: OperationQueue

    /// - Parameter width: pieces that run at once.
    public init(_ name: String, width: Int) {
        queue = OperationQueue()
        queue.name = name
        queue.maxConcurrentOperationCount = width
    }

    public func run<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            queue.addOperation { continuation.resume(with: Result { try work() }) }
        }
    }
}
