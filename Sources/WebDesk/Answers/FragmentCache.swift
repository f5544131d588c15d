import Kernel
import Synchronization

/// Pages' inner HTML, kept while nothing they were made of changes, and made once however many ask at the same time.
public final class FragmentCache: Sendable {
    private enum Entry {
        case ready(html: String, revision: [Int])
        /// Somebody makes it; these wait for it.
        case making(revision: [Int], waiting: [CheckedContinuation<String?, Never>])
    }

    private enum Step {
        case known(String)
        case wait
        case make
    }

    private let capacity: Int
    private let state = Mutex<[String: Entry]>([:])

    /// - Parameter capacity: how many pages are kept; when full, all are dropped.
    init(capacity: Int) {
        self.capacity = capacity
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
                    let html = try await make()
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
        state.withLock { entries in
            switch entries[place] {
            case .ready(let html, revision): return .known(html)
            case .making(revision, _): return .wait
            case .making:
                // Made under another revision: neither waits for the other.
                return .make
            case .ready, nil:
                if entries.count >= capacity {
                    entries = entries.filter { if case .making = $0.value { true } else { false } }
                }
                entries[place] = .making(revision: revision, waiting: [])
                return .make
            }
        }
    }

    private func wait(_ place: String, _ revision: [Int]) async -> String? {
        await withCheckedContinuation { continuation in
            let answer: String?? = state.withLock { entries in
                switch entries[place] {
                case .making(revision, var waiting):
                    waiting.append(continuation)
                    entries[place] = .making(revision: revision, waiting: waiting)
                    return nil
                case .ready(let html, revision): return .some(html)
                default: return .some(nil)
                }
            }
            if let answer { continuation.resume(returning: answer) }
        }
    }

    private func finish(_ place: String, _ revision: [Int], _ html: String?) {
        let waiting = state.withLock { entries -> [CheckedContinuation<String?, Never>] in
            guard case .making(revision, let waiting) = entries[place] else { return [] }
            entries[place] = html.map { .ready(html: $0, revision: revision) }
            return waiting
        }
        for continuation in waiting { continuation.resume(returning: html) }
    }
}
