import Access
import Database
import Kernel

// The audit trail names every thing that was changed, in the transaction of the change: the index reads it and looks at the
// things again. Whoever changes something needs to know nothing of the index.
extension SearchIndex {
    /// How words are stored; another number has the whole index made anew.
    static let layout = 1
    /// Entries of the trail, and things, that are gone through in one transaction.
    static let portion = 500

    /// Brings the index up to what the trail says. Where somebody else writes just now, it stays as it is: nobody who looks
    /// for something waits.
    public func follow() async throws {
        while true {
            let (isBehind, isLast) = try await store.read { connection in
                guard let sequence = try Self.state(on: connection) else { return (false, true) }
                let changes = try AuditTrail.changes(after: sequence, limit: Self.portion, on: connection)
                let isLast = changes.count < Self.portion
                return (!isLast || !self.concerned(by: changes).isEmpty, isLast)
            }
            guard isBehind else { return }
            let done: Bool? = try await store.writeIfIdle { connection in
                guard let sequence = try Self.state(on: connection) else { return true }
                let changes = try AuditTrail.changes(after: sequence, limit: Self.portion, on: connection)
                guard let last = changes.last else { return true }
                for subject in self.concerned(by: changes) {
                    guard let source = self.sources[subject.kind.word] else { continue }
                    try Self.remove(subject.key, of: source.kind, on: connection)
                    try Self.put(try source.entries(subject.key, connection), of: source.kind, on: connection)
                }
                try Self.note(last.sequence, on: connection)
                return isLast
            }
            guard done == false else { return }
        }
    }

    private func concerned(by changes: [AuditTrail.Change]) -> Set<Subject> {
        Set(
            changes.compactMap { change in
                guard let subject = change.subject, let source = sources[subject.kind.word] else { return nil }
                return source.concerns(change.action) ? subject : nil
            })
    }

    /// Up to which entry the index was brought; nil without an index of this release.
    static func state(on connection: any SQLConnection) throws -> Int? {
        try connection.row("SELECT sequence FROM search_state WHERE one = 1 AND layout = ?", layout)?
            .integer("sequence")
    }

    static func note(_ sequence: Int, on connection: any SQLConnection) throws {
        try connection.execute(
            """
            INSERT INTO search_state (one, layout, sequence) VALUES (1, ?, ?)
            ON CONFLICT (one) DO UPDATE SET layout = excluded.layout, sequence = excluded.sequence
            """, layout, sequence)
    }
}
