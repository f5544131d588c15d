import Foundation

/// Memory that is looked at here and there, and is larger than what a processor finds pages of quickly: the system is asked for large
/// pages, so that a look does not wait for the page's place as well.
enum LargePages {
    /// Less has no large pages of its own.
    private static let least = 1 << 22
    private static let page = 1 << 21

    /// Asks for memory that nobody has written to yet; where the system gives none, nothing changes.
    static func advise(_ memory: UnsafeMutableRawPointer?, bytes: Int) {
        #if os(Linux)
            guard let memory, bytes >= least else { return }
            let start = (Int(bitPattern: memory) + page - 1) / page * page
            let end = (Int(bitPattern: memory) + bytes) / page * page
            // MADV_HUGEPAGE. Another answer than success is no fault: pages stay small.
            if end > start { _ = madvise(UnsafeMutableRawPointer(bitPattern: start), end - start, 14) }
        #endif
    }

    /// The same value so often.
    static func array<Value: BitwiseCopyable>(repeating value: Value, count: Int) -> [Value] {
        Array(unsafeUninitializedCapacity: count) { buffer, initialized in
            advise(buffer.baseAddress, bytes: count * MemoryLayout<Value>.stride)
            buffer.initialize(repeating: value)
            initialized = count
        }
    }
}
