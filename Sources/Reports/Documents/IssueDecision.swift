public import Access
import Database
import Documents
import Files
public import Kernel
import Overview
import Targets

extension DocumentService {
    /// A split of targets that was decided on the desk issues the decision that was composed of it: number, day, signer and
    /// copy are given once. Nothing happens where none was composed, or where it has its number already.
    ///
    /// The paper stays without a number, for somebody to enter on its own page, where two people issue papers and the split
    /// was decided by one, and where another paper has the number.
    /// - Returns: false for a paper that so stays.
    @discardableResult
    public func issueDecision(of scenario: RecordID, for viewer: Viewer) async throws -> Bool {
        let (decided, _) = try await allocations.scenario(scenario, for: viewer)
        guard let signing = decided.signing else { return true }
        let (now, submission) = (clock.now, Submission(viewer: viewer))
        let isPaired = services.pairs.needsTwo(.issueDocument)
        return try await store.write { connection in
            let composed = try connection.rows(
                """
                SELECT * FROM official_document WHERE subject_kind = ? AND subject_key = ? ORDER BY id DESC LIMIT 20
                """, Subject.Kind.allocation.word, scenario.text
            ).map { try StoredDocument($0, for: viewer, guards: kinds) }.filter { paper in
                paper.type == .decision && self.mayIssue(paper, viewer) && paper.madeAt.day <= signing.day
            }
            // Only the latest: an older one was composed of other numbers.
            guard let paper = composed.first, paper.signing == nil else { return true }
            if isPaired,
                try !PairedDeeds.wasConfirmed(
                    .decideTargets, about: Subject(.allocation, scenario), on: connection)
            {
                return false
            }
            if try self.hasTwin(paper, signing, for: viewer, on: connection) { return false }
            // What somebody proposed to enter has nothing to wait for.
            let subject = Subject(.document, paper.id)
            if let waiting = try PairedDeeds.waiting(.issueDocument, about: subject, at: now, on: connection) {
                try PairedDeeds.withdraw(
                    .issueDocument, waiting.id, about: subject, by: submission, at: now, on: connection)
                if let copy = try waiting.parameters(ProposedSigning.self).file {
                    try Self.removeCopy(copy, on: connection)
                }
            }
            if let file = signing.file {
                try connection.execute(
                    "INSERT INTO signed_copy (file, document, at) VALUES (?, ?, ?)", file, paper.id, now)
                if let guarding = paper.copyGuard { try StoredFiles.guardFile(file, by: guarding, on: connection) }
            }
            try connection.execute(
                """
                UPDATE official_document SET \(Signing.columns.map { "\($0) = ?" }.joined(separator: ", ")),
                    issued_at = ?, issued_by_name = ?, version = version + 1 WHERE id = ?
                """, signing.columnValues + [now.sqlValue, viewer.name.sqlValue, paper.id.sqlValue])
            try self.fillPlaces(with: paper, by: submission, at: now, on: connection)
            try AuditTrail.append(
                AuditEvent(
                    "document.issued", subject: Subject(.document, paper.id),
                    detail: "số \(signing.citation), theo quyết định ghi ở phương án phân bổ"),
                by: submission.actor, at: now, on: connection)
            return true
        }
    }
}
