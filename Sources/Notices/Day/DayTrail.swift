import Access
import Database
import Kernel
import Synchronization

/// Whom the latest changes concern: the audit trail read once behind each change, however many people look meanwhile.
final class DayTrail: Sendable {
    /// A change, and the units whose list it may alter; nil for everybody's.
    private struct Touch {
        let sequence: Int
        let units: Set<String>?
    }

    private struct State {
        /// Whatever was worked out before this entry of the trail was told of no change since.
        var beginning: Int
        /// The last entry that was read.
        var sequence: Int
        /// Of the kinds that are followed, when it was read.
        var revision: [Int]
        var touches: [Touch]
    }

    /// Changes that are remembered: more than come in the minutes between two looks of a person who is at work.
    static let most = 2_000
    /// Entries that are read at once; whoever is further behind works everything out anew.
    static let portion = 500

    private let follows: [Subject.Kind: DaySource.Concerned]
    let kinds: [Subject.Kind]
    private let state = Mutex<State?>(nil)

    init(_ sources: [DaySource]) {
        follows = Dictionary(
            sources.flatMap(\.follows),
            uniquingKeysWith: { first, second in
                { key, action, connection in
                    guard let one = try first(key, action, connection), let other = try second(key, action, connection)
                    else {
                        return nil
                    }
                    return one.union(other)
                }
            })
        kinds = follows.keys.sorted { $0.word < $1.word }
    }

    /// Whether a change behind an entry of the trail concerns any of some units, up to a revision of the followed kinds.
    /// - Returns: the last entry that was looked at, where none does; nil where one does or nobody knows.
    func unconcerned(
        _ units: Set<String>, after sequence: Int, upTo revision: [Int], in store: any DataStore
    ) async throws -> Int? {
        let isBehind = state.withLock { state in
            !(state.map { zip($0.revision, revision).allSatisfy(>=) } ?? false)
        }
        if isBehind { try await read(store) }
        return state.withLock { state in
            guard let state, sequence >= state.beginning else { return nil }
            let concerns = state.touches.contains { touch in
                touch.sequence > sequence && touch.units.map { !$0.isDisjoint(with: units) } ?? true
            }
            return concerns ? nil : max(sequence, state.sequence)
        }
    }

    /// - Parameter revision: of the followed kinds, as it was at that entry or before.
    func begin(at sequence: Int, _ revision: [Int]) {
        state.withLock { state in
            if state == nil {
                state = State(beginning: sequence, sequence: sequence, revision: revision, touches: [])
            }
        }
    }

    private func read(_ store: any DataStore) async throws {
        guard let from = state.withLock({ $0?.sequence }) else { return }
        let found = try await store.read { connection in
            // Read first: what it counts is in the trail by then.
            let revision = try Revisions.read(on: connection).of(self.kinds)
            let changes = try AuditTrail.changes(after: from, limit: Self.portion, on: connection)
            guard changes.count < Self.portion else {
                let last = try AuditTrail.lastSequence(on: connection)
                return State(beginning: last, sequence: last, revision: revision, touches: [])
            }
            let touches = try changes.compactMap { change -> Touch? in
                guard let subject = change.subject, let concerned = self.follows[subject.kind] else { return nil }
                return Touch(sequence: change.sequence, units: try concerned(subject.key, change.action, connection))
            }
            return State(
                beginning: from, sequence: changes.last?.sequence ?? from, revision: revision, touches: touches)
        }
        state.withLock { state in state = Self.joined(state, found) }
    }

    /// What was known with what was read behind it, whoever else read the same meanwhile.
    private static func joined(_ known: State?, _ found: State) -> State {
        guard var state = known, found.beginning <= state.sequence else { return found }
        state.touches += found.touches.filter { $0.sequence > state.sequence }
        state.sequence = max(state.sequence, found.sequence)
        state.revision = zip(state.revision, found.revision).map(max)
        if state.touches.count > most {
            let dropped = state.touches.count - most / 2
            state.beginning = state.touches[dropped - 1].sequence
            state.touches.removeFirst(dropped)
        }
        return state
    }
}
