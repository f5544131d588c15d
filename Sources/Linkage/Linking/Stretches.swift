import Foundation

/// Work over a row of things, in stretches on all cores.
enum Stretches {
    /// Things of a stretch: enough that sharing out costs nothing beside them.
    private static let size = 1 << 14

    /// - Parameter body: of a stretch; several run at once, and all are done when this returns.
    static func forEach(_ count: Int, _ body: @Sendable (Range<Int>) -> Void) {
        let pieces = (count + size - 1) / size
        guard pieces > 1 else { return count > 0 ? body(0..<count) : () }
        DispatchQueue.concurrentPerform(iterations: pieces) { piece in
            body(piece * size..<min((piece + 1) * size, count))
        }
    }

    /// What follows from each thing alone, in their order.
    static func map<Value: BitwiseCopyable>(_ count: Int, _ value: @Sendable (Int) -> Value) -> [Value] {
        Array(unsafeUninitializedCapacity: count) { buffer, initialized in
            // Each stretch writes its own places alone.
            nonisolated(unsafe) let memory = buffer
            forEach(count) { range in for index in range { memory.initializeElement(at: index, to: value(index)) } }
            initialized = count
        }
    }
}
