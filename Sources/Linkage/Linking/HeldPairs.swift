import Synchronization

/// Compared pairs that wait to be weighed; whoever weighs them takes them, so that their memory serves for what comes of them.
final class HeldPairs: Sendable {
    /// A pair, and the place of its pattern among those of the piece.
    struct Pair: BitwiseCopyable, Sendable {
        let left: UInt32
        let right: UInt32
        let pattern: UInt32
    }

    private let held: Mutex<[Pair]>

    init(_ pairs: consuming sending [Pair]) { held = Mutex(pairs) }

    /// The pairs; none are left here.
    func take() -> [Pair] {
        held.withLock { held in
            defer { held = [] }
            return held
        }
    }
}
