import Kernel
import Synchronization

/// Pages' inner HTML, kept while nothing they were made of changes, and made once however many ask at the same time.
///
/// While more pages are to be made than there are processors to make them, whoever looks gets what held at most a second
/// ago; whoever has just saved something gets the page as it is now (decision 0026).
public final class FragmentCache: Sendable {
    private struct Entry {
        /// The latest that was made, with when it was last known to be current.
        var ready: (html: String, revision: [Int], current: ContinuousClock.Instant)?
        /// What somebody is making, and who waits for it.
        var making: (revision: [Int], waiting: [CheckedContinuation<String?, Never>])?
    }

    private struct State {
        var entries: [String: Entry] = [:]
        var makers = 0
    }

    private enum Step {
        case known(String)
        case wait
        case make
    }

    /// Whether this request must be answered with what holds now.
    @TaskLocal static var mustBeCurrent = false
    /// Inside the making of a page: a part of it is made with it and counts with it.
    @TaskLocal private static var isWithin = false

    private let capacity: Int
    private let makersBeforeWaiting: Int
    private let longestLag: Duration
    private let state = Mutex(State())

    /// - Parameters:
    ///   - capacity: how many pages are kept; when full, all are dropped.
    ///   - makers: how many pages are made at the same time before others are answered with what held a moment ago.
    ///   - longestLag: the moment.
    init(capacity: Int, makers: Int = 2, longestLag: Duration = .seconds(1)) {
        self.capacity = capacity
        makersBeforeWaiting = makers
        self.longestLag = longestLag
    }

    /// - Parameters:
    ///   - place: what tells the page from others: its address, the day, what the viewer may see.
    ///   - revision: of the kinds of things the page shows (``Revisions/of(_:)``).
    public func fragment(_ place: String, revision: [Int], make: () async throws -> String) async throws -> String {
        while true {
            switch step(place, revision) {
            case .known(let html): return html
            case .wait:
                // Nil when its maker failed or it was replaced: then this request makes its own.
                if let html = await wait(place, revision) { return html }
            case .make:
                do {
                    let html = try await Self.$mustBeCurrent.withValue(true) {
                        try await Self.$isWithin.withValue(true) { try await make() }
                    }
                    finish(place, revision, html)
                    return html
                } catch {
                    finish(place, revision, nil)
                    throw error
                }
            }
        }
    }

    private func step(_ place: String, _ revision: [Int]) -> Step {
        let now = ContinuousClock.now
        let mustBeCurrent = Self.mustBeCurrent
        return state.withLock { state in
            if let ready = state.entries[place]?.ready {
                if ready.revision == revision {
                    state.entries[place]?.ready?.current = now
                    return .known(ready.html)
                }
                if !mustBeCurrent, state.makers >= makersBeforeWaiting, now - ready.current <= longestLag {
                    return .known(ready.html)
                }
            }
            if let making = state.entries[place]?.making, making.revision == revision { return .wait }
            if state.entries[place] == nil, state.entries.count >= capacity {
                state.entries = state.entries.filter { $0.value.making != nil }
            }
            if !Self.isWithin { state.makers += 1 }
            // Made under another revision: neither waits for the other.
            if state.entries[place]?.making == nil {
                state.entries[place, default: Entry()].making = (revision, [])
            }
            return .make
        }
    }

    private func wait(_ place: String, _ revision: [Int]) async -> String? {
        await withCheckedContinuation { continuation in
            let answer: String?? = state.withLock { state in
                if let making = state.entries[place]?.making, making.revision == revision {
                    state.entries[place]?.making?.waiting.append(continuation)
                    return nil
                }
                if let ready = state.entries[place]?.ready, ready.revision == revision { return .some(ready.html) }
                return .some(nil)
            }
            if let answer { continuation.resume(returning: answer) }
        }
    }

    private func finish(_ place: String, _ revision: [Int], _ html: String?) {
        let now = ContinuousClock.now
        let waiting = state.withLock { state -> [CheckedContinuation<String?, Never>] in
            if !Self.isWithin { state.makers -= 1 }
            if let html, state.entries[place]?.ready.map({ zip($0.revision, revision).allSatisfy(<=) }) ?? true {
                state.entries[place]?.ready = (html, revision, now)
            }
            guard let making = state.entries[place]?.making, making.revision == revision else { return [] }
            state.entries[place]?.making = nil
            return making.waiting
        }
        for continuation in waiting { continuation.resume(returning: html) }
    }
}
