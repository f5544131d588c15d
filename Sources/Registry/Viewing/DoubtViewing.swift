public import Access
import Database
public import Kernel
import Vault

// Doubtful pairs as people work them off.
extension RegisterService {
    /// So many of a queue are listed at once.
    public static let doubtsListed = 30

    /// How many pairs there are, and the first of them.
    public func doubts(
        _ choice: DoubtQueries.Choice, for viewer: Viewer
    ) async throws -> (count: Int, first: [DoubtfulPair]) {
        try viewer.require(.decideDoubts)
        return try await store.read { connection in
            (
                try DoubtQueries.count(choice, within: viewer.recordScope, on: connection),
                try DoubtQueries.list(
                    choice, within: viewer.recordScope, limit: Self.doubtsListed, on: connection)
            )
        }
    }

    /// One pair with all that a person needs to decide it; that somebody looked is kept.
    public func openDoubt(_ id: DoubtID, by submission: Submission) async throws -> DoubtDetail {
        keys?.refresh()
        return try await store.write { [keys, linking, now = clock.now] connection in
            try DoubtQueries.open(
                id, by: submission, linking: linking, keys: try RegisterKeys.require(keys, on: connection), at: now,
                on: connection)
        }
    }

    /// Decides a pair. The same form sent again does nothing.
    public func decideDoubt(
        _ id: DoubtID, _ answer: DoubtAnswer, words: String, by submission: Submission
    ) async throws {
        keys?.refresh()
        try await store.once(submission, about: Subject(.doubt, id), at: clock.now) { [keys, linking] connection, now in
            try Self.askingForWords {
                _ = try DecideDoubt.decide(
                    id, answer, words: words, by: submission, linking: linking,
                    keys: try RegisterKeys.require(keys, on: connection), at: now, on: connection)
            }
        }
    }

    /// What is wrong with such a form is its words: the page shows it beside them.
    private static func askingForWords(_ body: () throws -> Void) throws {
        do {
            try body()
        } catch let refusal as Refusal where refusal.kind == .invalid && refusal.fields.isEmpty {
            throw Refusal(
                .invalid, refusal.message, fields: [.init(RegisterField.words, refusal.message)])
        }
    }

    /// Takes a decision, a proposal or a question back.
    public func undoDoubt(_ id: DoubtID, words: String, by submission: Submission) async throws {
        keys?.refresh()
        try await store.once(submission, about: Subject(.doubt, id), at: clock.now) { [keys, linking] connection, now in
            try Self.askingForWords {
                try DecideDoubt.undo(
                    id.low, id.high, words: words, by: submission, linking: linking,
                    keys: try RegisterKeys.require(keys, on: connection), at: now, on: connection)
            }
        }
    }

    /// Decisions as they stand, the latest first.
    public func doubtDecisions(limit: Int, for viewer: Viewer) async throws -> [DoubtDecision] {
        try viewer.require(.decideDoubts)
        return try await store.read {
            try DoubtQueries.decisions(within: viewer.recordScope, limit: limit, on: $0)
        }
    }

    /// How good links are by pair of kinds, as far as people looked at them. Names nobody.
    public func linkQuality(for viewer: Viewer) async throws -> [LinkQuality] {
        try viewer.require(.openRecords)
        return try await store.read { try DoubtQueries.quality(on: $0) }
    }

    /// The models that were trained on the register, the latest first.
    public func linkModels(for viewer: Viewer) async throws -> [LinkModelVersion] {
        try viewer.require(.openRecords)
        return try await store.read { try TrainLinks.versions(on: $0) }
    }
}
