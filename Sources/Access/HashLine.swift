import Dispatch
import Synchronization

/// Whose password goes first where several wait.
public enum PasswordTurn: Sendable, Hashable {
    /// Of somebody who came in before in this browser, or is in: before all others.
    case known
    /// Of somebody else at an address: addresses take turns, so that one that sends many delays itself.
    case stranger(place: String)
}

/// Works of which two are done at a time, on threads of their own: none blocks a request of somebody else, and a machine of two
/// cores keeps half of itself for reading.
final class HashLine: Sendable {
    private struct Work: Sendable {
        let turn: PasswordTurn
        /// How many of the same turn stood before it.
        let rank: Int
        let run: @Sendable () -> Void
    }

    private struct State {
        var waiting: [Work] = []
        var running = 0
    }

    private static let width = 2
    private let queue = DispatchQueue(label: "baophu.passwords", attributes: .concurrent)
    private let state = Mutex(State())

    func add(_ turn: PasswordTurn, _ run: @escaping @Sendable () -> Void) {
        state.withLock { state in
            let rank = turn == .known ? -1 : state.waiting.reduce(0) { $1.turn == turn ? $0 + 1 : $0 }
            state.waiting.append(Work(turn: turn, rank: rank, run: run))
        }
        start()
    }

    /// Begins the first work of the lowest rank, when a place is free.
    private func start() {
        let next = state.withLock { state -> Work? in
            guard state.running < Self.width,
                let index = state.waiting.indices.min(by: { state.waiting[$0].rank < state.waiting[$1].rank })
            else { return nil }
            state.running += 1
            return state.waiting.remove(at: index)
        }
        guard let next else { return }
        queue.async {
            next.run()
            self.state.withLock { $0.running -= 1 }
            self.start()
        }
    }
}
