import Database
public import Kernel
import Synchronization

/// Values worked out from what is stored, each kept for as long as the kinds of things it was worked out from stay as they
/// are. Worked out once however many ask at the same time: the others wait for it.
///
/// For reads only: inside a write the revisions lag behind what the write has changed.
public final class Kept<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private final class Slot: Sendable {
        let state = Mutex<(revision: [Int], value: Value)?>(nil)
    }

    private let kinds: [Subject.Kind]
    private let capacity: Int
    private let slots = Mutex<[Key: Slot]>([:])

    /// - Parameters:
    ///   - kinds: of the things that the values are made of.
    ///   - capacity: how many values are kept; when full, all are dropped.
    public init(_ kinds: [Subject.Kind], capacity: Int) {
        self.kinds = kinds
        self.capacity = capacity
    }

    /// - Parameters:
    ///   - revisions: read before the value is worked out and on the same connection, so that the value is never older than
    ///     they say.
    ///   - make: asks that connection.
    public func value(_ key: Key, at revisions: Revisions, make: () throws -> Value) throws -> Value {
        let revision = revisions.of(kinds)
        return try slot(key).state.withLock { state in
            if let state, state.revision == revision { return state.value }
            let value = try make()
            // A reader whose snapshot is older than what is kept leaves it there.
            if state.map({ zip($0.revision, revision).allSatisfy(<=) }) ?? true { state = (revision, value) }
            return value
        }
    }

    private func slot(_ key: Key) -> Slot {
        slots.withLock { slots in
            if let slot = slots[key] { return slot }
            if slots.count >= capacity { slots.removeAll() }
            let slot = Slot()
            slots[key] = slot
            return slot
        }
    }
}
