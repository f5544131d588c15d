import CHeap
public import Files
import Kernel
import Synchronization

/// Where files of figures are read. Large ones are read one at a time, in the order in which they were asked for, whoever
/// asks; what was read is kept on disk, so that it is read once and takes no memory between two looks.
public final class ReadingRoom: Sendable {
    /// Files of more bytes wait for their turn.
    static let lightBytes = 1 << 20

    typealias Read = @Sendable () async throws -> FigureReader.ReadRows
    private typealias Outcome = Result<FigureReader.ReadRows, any Error>

    enum Answer: Sendable {
        case read(FigureReader.ReadRows)
        /// Was read before: ``ReadingRoom/kept(_:)`` has it.
        case kept
        /// Still waits, or is being read.
        /// - Parameter ahead: files that are read before; 0 for the one that is being read.
        case waiting(ahead: Int)
    }

    private struct Waiter {
        let key: ReadingKey
        let id: Int
        let continuation: CheckedContinuation<Outcome?, Never>
    }

    private struct State {
        /// The first is being read.
        var queue: [(key: ReadingKey, read: Read)] = []
        var waiters: [Waiter] = []
        var isWorking = false
        var waitersSoFar = 0
    }

    private let state = Mutex(State())
    private let shelf: ReadingShelf?
    private let turns = Turns()

    /// - Parameter scratch: where readings are kept; nil to keep none, for whoever looks at a file once.
    public init(scratch: ScratchFolder? = nil) { shelf = scratch.map { ReadingShelf(scratch: $0) } }

    /// The rows of a file.
    /// - Parameter patience: how long to wait for the turn of a large file; nil to wait for it.
    /// - Throws: what reading throws.
    func rows(_ key: ReadingKey, bytes: Int, patience: Duration?, read: @escaping Read) async throws -> Answer {
        if shelf?.holds(key) ?? false { return .kept }
        guard bytes > Self.lightBytes else {
            let outcome = await Self.outcome(of: read)
            shelf?.keep(outcome, as: key)
            return .read(try outcome.get())
        }
        if let outcome = await turn(of: key, patience, read) { return .read(try outcome.get()) }
        return .waiting(ahead: state.withLock { $0.queue.firstIndex { $0.key == key } } ?? 0)
    }

    /// What was read of a file at an earlier look; nil when it is kept no longer.
    /// - Throws: what reading threw then.
    func kept(_ key: ReadingKey) throws -> FigureReader.ReadRows? { try shelf?.rows(of: key) }

    /// Work on what was read of a large file, one at a time: it holds the whole of it.
    func alone<T>(_ work: () async throws -> T) async rethrows -> T {
        await turns.take()
        defer {
            baophu_give_back_memory()
            turns.leave()
        }
        return try await work()
    }

    private static func outcome(of read: Read) async -> Outcome {
        do {
            return .success(try await read())
        } catch {
            return .failure(error)
        }
    }

    /// Nil when patience ends first; the reading goes on.
    private func turn(of key: ReadingKey, _ patience: Duration?, _ read: @escaping Read) async -> Outcome? {
        await withCheckedContinuation { continuation in
            let (id, starts) = state.withLock { state in
                if !state.queue.contains(where: { $0.key == key }) { state.queue.append((key, read)) }
                state.waitersSoFar += 1
                state.waiters.append(Waiter(key: key, id: state.waitersSoFar, continuation: continuation))
                defer { state.isWorking = true }
                return (state.waitersSoFar, !state.isWorking)
            }
            if starts { Task { await work() } }
            guard let patience else { return }
            Task {
                try? await Task.sleep(for: patience)
                let waiter = state.withLock { state in
                    state.waiters.firstIndex { $0.id == id }.map { state.waiters.remove(at: $0) }
                }
                waiter?.continuation.resume(returning: nil)
            }
        }
    }

    private func work() async {
        while let (key, read) = next() {
            let outcome = await Self.outcome(of: read)
            shelf?.keep(outcome, as: key)
            let waiting = state.withLock { state in
                state.queue.removeFirst()
                defer { state.waiters.removeAll { $0.key == key } }
                return state.waiters.filter { $0.key == key }
            }
            for waiter in waiting { waiter.continuation.resume(returning: outcome) }
            baophu_give_back_memory()
        }
    }

    private func next() -> (key: ReadingKey, read: Read)? {
        state.withLock { state in
            state.isWorking = !state.queue.isEmpty
            return state.queue.first
        }
    }
}

/// One at a time, in the order of asking.
private final class Turns: Sendable {
    private let state = Mutex((isTaken: false, waiting: [CheckedContinuation<Void, Never>]()))

    func take() async {
        await withCheckedContinuation { continuation in
            let isMine = state.withLock { state in
                defer { state.isTaken = true }
                if state.isTaken { state.waiting.append(continuation) }
                return !state.isTaken
            }
            if isMine { continuation.resume() }
        }
    }

    func leave() {
        let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
            if state.waiting.isEmpty {
                state.isTaken = false
                return nil
            }
            return state.waiting.removeFirst()
        }
        next?.resume()
    }
}
