public import Access
import Database
public import Kernel
import Overview
import PlanText
import Targets
import Work

/// Why an issued paper no longer holds.
public struct DocumentEnd: Sendable, Equatable {
    public let at: Timestamp
    public let by: String
    public let reason: String
    /// The paper in its place; nil for one that was withdrawn.
    public let successor: RecordID?
}

extension DocumentService {
    /// Nil for a paper that holds.
    public func end(of id: RecordID) async throws -> DocumentEnd? {
        try await store.read { try Self.end(of: id, on: $0) }
    }

    static func end(of id: RecordID, on connection: any SQLConnection) throws -> DocumentEnd? {
        try connection.row("SELECT at, actor_name, reason, successor FROM paper_end WHERE document = ?", id).map {
            row in
            DocumentEnd(
                at: try row.timestamp("at"), by: try row.text("actor_name"), reason: try row.text("reason"),
                successor: try row.optionalRecordID("successor"))
        }
    }

    /// Those among some papers that no longer hold.
    public func ended(among ids: [RecordID]) async throws -> Set<RecordID> {
        guard !ids.isEmpty else { return [] }
        let marks = ids.map { _ in "?" }.joined(separator: ", ")
        return try await store.read { connection in
            Set(
                try connection.rows(
                    "SELECT document FROM paper_end WHERE document IN (\(marks))", ids.map(\.sqlValue)
                ).map { try $0.recordID("document") })
        }
    }

    /// Issued papers of the same kind, unit and period that can stand in a paper's place, the latest first.
    public func successors(of document: StoredDocument, for viewer: Viewer) async throws -> [DocumentHead] {
        guard mayIssue(document, viewer), document.signing != nil else { return [] }
        return try await store.read { connection in
            try connection.rows(
                """
                SELECT \(DocumentHead.columns) FROM official_document
                WHERE unit = ? AND template = ? AND period = ? AND id <> ? AND signed_file IS NOT NULL
                    AND id NOT IN (SELECT document FROM paper_end) ORDER BY id DESC LIMIT 50
                """, document.unit.text, document.templateID, document.period?.text ?? "", document.id
            ).map { try DocumentHead($0) }
        }
    }

    /// Says that an issued paper no longer holds: withdrawn, or replaced by another. Products that it was are empty again, or
    /// are the other from now on; number and text stay. Targets that it gave are taken back: its scenario is open again, or
    /// the other's is decided.
    ///
    /// Where two people issue, it is proposed for somebody else to confirm (``confirmEnd(of:_:version:by:)``).
    public func endDocument(
        _ id: RecordID, successor: RecordID?, reason typedReason: String, version: Int? = nil, by submission: Submission
    ) async throws {
        let reason = VietnameseText.tidy(typedReason)
        try await store.once(submission, about: Subject(.document, id), at: clock.now) { connection, now in
            let (found, signing) = try self.ending(id, version: version, for: submission.viewer, on: connection)
            guard !reason.isEmpty, reason.count <= 500 else {
                throw Refusal(fields: [.init(DocumentField.reason, "Hãy ghi lý do, căn cứ (không quá 500 chữ).")])
            }
            let next = try successor.map { try self.successor($0, of: found, for: submission.viewer, on: connection) }
            if self.needsTwo(found) {
                return try self.proposeEnd(
                    found, successor: next, reason: reason, by: submission, at: now, on: connection)
            }
            try self.end(found, signing, successor: next, reason: reason, by: submission, at: now, on: connection)
        }
    }

    /// A paper that somebody may end, with what it was issued by.
    func ending(
        _ id: RecordID, version: Int?, for viewer: Viewer, on connection: any SQLConnection
    ) throws -> (StoredDocument, Signing) {
        let found = try find(id, for: viewer, on: connection)
        guard mayRead(found, viewer) else { throw Self.unknown }
        try requireWriter(viewer, of: found.unit)
        try found.require(version)
        guard let signing = found.signing else {
            throw Refusal(.stale, "Văn bản chưa ban hành nên không có gì để thu hồi.")
        }
        guard try Self.end(of: id, on: connection) == nil else {
            throw Refusal(.stale, "Văn bản này đã được thu hồi hoặc thay thế trước đó.")
        }
        _ = try decidedBy(found, for: viewer, on: connection)
        return (found, signing)
    }

    /// Carries a checked end out.
    /// - Parameter words: what the audit trail says besides.
    func end(
        _ found: StoredDocument, _ signing: Signing, successor next: StoredDocument?, reason: String,
        words: String = "", by submission: Submission, at now: Timestamp, on connection: any SQLConnection
    ) throws {
        if let decided = try decidedBy(found, for: submission.viewer, on: connection) {
            try allocations.reopen(
                decided.id, reason: reason, successor: next != nil, by: submission, at: now, on: connection)
            if let next, let given = next.signing,
                let step = try splitStep(
                    of: next, given, replacing: decided.id, for: submission.viewer, on: connection)
            {
                try carryOut(step, given, reason: reason, words: words, by: submission, at: now, on: connection)
            }
        }
        try endPaper(
            found, signing, successor: next, reason: reason, words: words, by: submission, at: now, on: connection)
    }

    /// Keeps that a paper no longer holds; products that it was are the other's, or empty.
    func endPaper(
        _ found: StoredDocument, _ signing: Signing, successor next: StoredDocument?, reason: String,
        words: String = "", by submission: Submission, at now: Timestamp, on connection: any SQLConnection
    ) throws {
        try connection.execute(
            "INSERT INTO paper_end (document, successor, reason, at, actor_name) VALUES (?, ?, ?, ?, ?)", found.id,
            next?.id, reason, now, submission.viewer.name)
        try endAsked(by: found.id, at: now, on: connection)
        if let file = signing.file {
            if let paper = next?.paper {
                try work.follow(paper, formerly: file, by: submission, at: now, on: connection)
            } else {
                try work.lose(
                    file, words: "Văn bản số \(signing.citation) đã thu hồi: \(reason)", by: submission, at: now,
                    on: connection)
            }
        }
        try AuditTrail.append(
            AuditEvent(
                "document.ended", subject: Subject(.document, found.id),
                detail: (next?.signing.map { "thay bằng số \($0.citation): " } ?? "thu hồi: ") + reason + words),
            by: submission.actor, at: now, on: connection)
    }

    func successor(
        _ id: RecordID, of found: StoredDocument, for viewer: Viewer, on connection: any SQLConnection
    ) throws -> StoredDocument {
        let next = try find(id, for: viewer, on: connection)
        guard next.unit == found.unit, next.templateID == found.templateID, next.period == found.period,
            next.id != found.id, next.paper != nil,
            try Self.end(of: id, on: connection) == nil
        else {
            throw Refusal(fields: [
                .init(
                    DocumentField.successor,
                    "Hãy chọn văn bản cùng loại, cùng kỳ của đơn vị, đã có số, ngày và bản ký, còn hiệu lực.")
            ])
        }
        return next
    }
}
