import NIOCore

/// Where a connection stands in its conversation, and whether it moves. A value: the time is given to it.
struct ConnectionPace {
    enum Verdict: Equatable {
        case fine
        /// Nothing was begun: it may go without a word.
        case idle
        /// A request was begun and does not come.
        case slow
        /// The answer is not taken.
        case stalled
    }

    private enum Stage {
        /// Nothing of a next request has come.
        case quiet
        case head
        case body
        /// All of it has come; it is the server's turn.
        case answering
    }

    private let limits: ConnectionLimits
    private var stage = Stage.quiet
    /// When the stage began.
    private var since: NIODeadline
    /// Requests whose answers have not ended.
    private(set) var unanswered = 0
    private var bodyBytes = 0
    /// How long the body was waited for; while nobody wants it, its sender is not to blame.
    private var waited = TimeAmount.zero
    private var waitsSince: NIODeadline?
    private var buffered = 0
    private var movedAt: NIODeadline

    init(_ limits: ConnectionLimits, at now: NIODeadline) {
        self.limits = limits
        since = now
        movedAt = now
    }

    private mutating func enter(_ stage: Stage, at now: NIODeadline) {
        self.stage = stage
        since = now
    }

    // MARK: What happens

    /// Somebody here wants what comes next.
    mutating func wanted(at now: NIODeadline) {
        if waitsSince == nil { waitsSince = now }
    }

    mutating func received(_ bytes: Int, at now: NIODeadline) {
        if let begun = waitsSince { waited = waited + (now - begun) }
        waitsSince = nil
        bodyBytes += bytes
        if stage == .quiet { enter(.head, at: now) }
    }

    mutating func headEnded(at now: NIODeadline) {
        unanswered += 1
        (bodyBytes, waited) = (0, .zero)
        enter(.body, at: now)
    }

    mutating func requestEnded(at now: NIODeadline) { enter(unanswered > 0 ? .answering : .quiet, at: now) }

    /// An answer that ends before its request has wholly come leaves the rest to be waited for.
    mutating func answerEnded(at now: NIODeadline) {
        unanswered = max(0, unanswered - 1)
        if unanswered == 0, stage == .answering { enter(.quiet, at: now) }
    }

    /// Something of an answer was taken by the reader's side.
    mutating func sent(at now: NIODeadline) { movedAt = now }

    // MARK: What is thought of it

    /// - Parameter bytes: of answers, that wait to be taken.
    mutating func verdict(at now: NIODeadline, buffered bytes: Int) -> Verdict {
        if bytes == 0 || bytes < buffered { movedAt = now }
        buffered = bytes
        if now - movedAt > limits.stall { return .stalled }
        switch stage {
        case .quiet: return now - since > limits.quiet ? .idle : .fine
        case .head: return now - since > limits.head ? .slow : .fine
        case .body:
            let waiting = waited + (waitsSince.map { now - $0 } ?? .zero)
            return waiting > limits.body + .seconds(Int64(bodyBytes / max(1, limits.bytesASecond))) ? .slow : .fine
        case .answering: return .fine
        }
    }
}
