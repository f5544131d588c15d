public import Database
import Kernel

/// What a walk along the audit chain found.
public struct AuditVerdict: Sendable, Equatable {
    public struct Problem: Sendable, Equatable {
        public let sequence: Int
        public let reason: String

        public init(sequence: Int, reason: String) {
            self.sequence = sequence
            self.reason = reason
        }
    }

    public let entries: Int
    /// Sequence and hash of the last entry: `1234:ab12…`. Kept elsewhere, it betrays a rewritten chain later.
    public let head: String
    /// In the order of the chain, at most a hundred.
    public let problems: [Problem]
}

extension AuditTrail {
    /// Reads the whole chain and names every entry that was changed, removed or put elsewhere.
    /// - Parameter heads: noted earlier (`sequence:hash`); the chain must contain them unchanged.
    public static func verify(expecting heads: [String] = [], in store: any DataStore) async throws -> AuditVerdict {
        try await store.read { connection in
            var problems: [AuditVerdict.Problem] = []
            func found(_ sequence: Int, _ reason: String) {
                if problems.count < 100 { problems.append(.init(sequence: sequence, reason: reason)) }
            }
            var count = 0
            var next = 1
            var previous = origin
            var missing = Set(heads)
            try connection.forEachRow("SELECT * FROM audit_entry ORDER BY sequence", []) { row in
                let entry = try AuditEntry(row)
                count += 1
                if entry.sequence != next {
                    let span =
                        next == entry.sequence - 1 ? "entry \(next) is" : "entries \(next) to \(entry.sequence - 1) are"
                    found(next, "\(span) missing")
                } else if entry.previousHash != previous {
                    found(entry.sequence, "does not continue the entry before it: one of the two was replaced or moved")
                }
                let digest = digest(
                    sequence: entry.sequence, at: entry.at, actor: entry.actor?.text ?? "", actorName: entry.actorName,
                    action: entry.action, subject: entry.subject, detail: entry.detail, address: entry.address,
                    previous: entry.previousHash)
                if digest != entry.hash { found(entry.sequence, "its content does not match its hash: it was changed") }
                if !missing.isEmpty { missing.remove("\(entry.sequence):\(entry.hash)") }
                next = entry.sequence + 1
                previous = entry.hash
            }
            let head = try connection.row("SELECT sequence, hash FROM audit_head WHERE one = 1")
            let headSequence = try head?.integer("sequence") ?? 0
            let headHash = try head?.text("hash") ?? origin
            if headSequence >= next {
                found(next, "entries \(next) to \(headSequence) are missing from the end")
            } else if headSequence != next - 1 || headHash != previous {
                found(headSequence, "the recorded head of the chain is not its last entry")
            }
            if let first = heads.first(where: missing.contains) {
                found(
                    first.split(separator: ":").first.flatMap { Int($0) } ?? next - 1,
                    "the head noted earlier is not in the chain: it was rewritten or cut")
            }
            return AuditVerdict(entries: count, head: "\(next - 1):\(previous)", problems: problems)
        }
    }
}
