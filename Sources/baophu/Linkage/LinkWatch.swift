import Foundation
import Linkage
import Synchronization

/// Tells on the terminal how far a run is and how long it will take; silent where nobody looks.
final class LinkWatch: Sendable {
    private struct State {
        var stage: LinkProgress.Stage?
        var began = ContinuousClock.now
        var told = ContinuousClock.now - .seconds(1)
        var wrote = false
    }

    private let state = Mutex(State())
    private let isSeen: Bool

    /// - Parameter isWanted: also when nothing is a terminal.
    init(isWanted: Bool = false) { isSeen = isWanted || isatty(2) == 1 }

    var callback: @Sendable (LinkProgress) -> Void { { [self] in tell($0) } }

    private func tell(_ progress: LinkProgress) {
        guard isSeen else { return }
        state.withLock { state in
            let now = ContinuousClock.now
            if state.stage != progress.stage {
                state.stage = progress.stage
                state.began = now
                state.told = now - .seconds(1)
                if progress.stage == .comparing {
                    write("comparing \(progress.pairs) pairs; \(progress.plannedMB) MB for them\n", &state)
                }
            }
            guard state.told.duration(to: now) > .milliseconds(200) else { return }
            state.told = now
            var words = "\(progress.stage.rawValue)"
            if progress.share > 0 {
                words += " \(Int(progress.share * 100)) %"
                let passed = state.began.duration(to: now) / .seconds(1)
                if passed > 1 { words += ", \(Int((passed / progress.share - passed).rounded(.up))) s left" }
            }
            write(words, &state)
        }
    }

    /// Leaves a clean line behind.
    func end() {
        guard isSeen else { return }
        state.withLock { write("", &$0) }
    }

    private func write(_ words: String, _ state: inout State) {
        FileHandle.standardError.write(Data("\r\u{1B}[K\(words)".utf8))
    }
}
