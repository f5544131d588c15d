import Access
public import Database
import Figures
import Files
import Targets

/// What is stored, held against what the audit trail and the fingerprints say of it: more than the chain alone can tell.
public struct TrailCheck: Sendable {
    /// One look at one kind of thing.
    public struct Finding: Sendable, Equatable {
        /// `files`, `figures`, `targets`, `accounts`.
        public let check: String
        public let problems: [String]
        /// What was looked at, for when nothing is wrong.
        public let words: String
    }

    /// Reads every byte of every file: as long as a backup takes.
    public static func examine(_ store: any DataStore) async throws -> [Finding] {
        try await store.read { connection in
            let files = try StoredFiles.damaged(on: connection)
            return [
                Finding(
                    check: "files", problems: files.problems, words: "\(files.files) files match their SHA-256"),
                Finding(
                    check: "figures", problems: try FigureTrail.problems(on: connection),
                    words: "figures match what the trail sealed"),
                Finding(
                    check: "targets", problems: try TargetTrail.problems(on: connection),
                    words: "targets match what the trail sealed"),
                Finding(
                    check: "accounts", problems: try AccountTrail.problems(on: connection),
                    words: "every role was given by the trail"),
            ]
        }
    }
}
