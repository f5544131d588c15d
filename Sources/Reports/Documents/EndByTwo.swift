public import Access
import Database
public import Kernel
import Overview

extension PairedAct {
    /// Says that an issued paper no longer holds. Needs two people where issuing does.
    public static let endDocument = PairedAct("documents.end", "Thu hồi, thay thế văn bản")
}

// Papers that two people end: the first says why and what comes in its place, the second confirms just that.
extension DocumentService {
    struct ProposedEnd: Codable {
        let successor: String?
        let reason: String
    }

    /// The end that somebody proposed for a paper; nil when nothing waits, and for whoever may not confirm it.
    public func waitingEnd(of id: RecordID, for viewer: Viewer) async throws -> PairedDeed? {
        let now = clock.now
        return try await store.read { connection in
            guard self.mayIssue(try self.find(id, for: viewer, on: connection), viewer) else { return nil }
            return try PairedDeeds.waiting(.endDocument, about: Subject(.document, id), at: now, on: connection)
        }
    }

    /// Keeps a checked end for a second person.
    func proposeEnd(
        _ found: StoredDocument, successor next: StoredDocument?, reason: String, by submission: Submission,
        at now: Timestamp, on connection: any SQLConnection
    ) throws {
        try Self.refuseWaiting(.issueDocument, about: found, at: now, on: connection)
        let words = next?.signing.map { "thay bằng số \($0.citation)" } ?? "thu hồi"
        try PairedDeeds.propose(
            .endDocument, about: Subject(.document, found.id), seen: found.version,
            parameters: ProposedEnd(successor: next?.id.text, reason: reason),
            words: "“\(found.title)”\(found.signing.map { " số \($0.citation)" } ?? ""): \(words). Lý do: \(reason)"
                + (decides(found) && next == nil ? ". Chỉ tiêu đã giao theo văn bản này không còn hiệu lực" : ""),
            telling: services.pairs, seconds: seconds(for: found, besides: submission.viewer.account, on: connection),
            by: submission, at: now, on: connection)
    }

    /// One proposal at a time: what the second person reads is all that waits for the paper.
    static func refuseWaiting(
        _ act: PairedAct, about found: StoredDocument, at now: Timestamp, on connection: any SQLConnection
    ) throws {
        guard
            let other = try PairedDeeds.waiting(act, about: Subject(.document, found.id), at: now, on: connection)
        else { return }
        throw Refusal(
            .stale,
            "Văn bản đang có đề nghị “\(act.title)” của \(other.proposedByName) chờ xác nhận. Hãy xác nhận hoặc rút đề nghị đó trước."
        )
    }

    /// Confirms a proposed end, by which the paper no longer holds.
    /// - Throws: a refusal for whoever proposed it, and for a paper changed since.
    public func confirmEnd(
        of id: RecordID, _ proposal: RecordID, version: Int, by submission: Submission
    ) async throws {
        try await store.once(submission, about: Subject(.document, id), at: clock.now) { connection, now in
            let (found, signing) = try self.ending(id, version: version, for: submission.viewer, on: connection)
            let deed = try PairedDeeds.confirm(
                .endDocument, proposal, about: Subject(.document, id), seen: found.version, telling: services.pairs,
                by: submission, at: now, on: connection)
            let proposed = try deed.parameters(ProposedEnd.self)
            let next = try proposed.successor.flatMap { RecordID($0) }.map {
                try self.successor($0, of: found, for: submission.viewer, on: connection)
            }
            try self.end(
                found, signing, successor: next, reason: proposed.reason, words: "; \(deed.proposedByName) đề nghị",
                by: submission, at: now, on: connection)
        }
    }

    /// Takes a proposed end back, by whoever may end the paper.
    public func withdrawEnd(of id: RecordID, _ proposal: RecordID, by submission: Submission) async throws {
        try await store.once(submission, about: Subject(.document, id), at: clock.now) { connection, now in
            let found = try self.find(id, for: submission.viewer, on: connection)
            guard self.mayRead(found, submission.viewer) else { throw Self.unknown }
            try self.requireWriter(submission.viewer, of: found.unit)
            try PairedDeeds.withdraw(
                .endDocument, proposal, about: Subject(.document, id), telling: services.pairs, by: submission, at: now,
                on: connection)
        }
    }
}
