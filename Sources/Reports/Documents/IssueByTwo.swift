public import Access
public import Database
import Files
public import Kernel
import Overview

// Papers that two people issue: the first enters number, day and signed copy, the second confirms just that.
extension DocumentService {
    /// What somebody proposed to enter; nil when nothing waits, and for whoever may not confirm it.
    public func waitingIssue(of id: RecordID, for viewer: Viewer) async throws -> PairedDeed? {
        let now = clock.now
        return try await store.read { connection in
            guard self.mayIssue(try self.find(id, for: viewer, on: connection), viewer) else { return nil }
            return try PairedDeeds.waiting(.issueDocument, about: Subject(.document, id), at: now, on: connection)
        }
    }

    /// Who may confirm what this person proposes for a paper, or proposed; nil where one person issues.
    public func seconds(for paper: StoredDocument, besides first: RecordID) async throws -> [SecondPerson]? {
        guard needsTwo(paper) else { return nil }
        return try await store.read { try self.seconds(for: paper, besides: first, on: $0) }
    }

    func seconds(
        for paper: StoredDocument, besides first: RecordID, on connection: any SQLConnection
    ) throws -> [SecondPerson] {
        try services.pairs.seconds(besides: first, on: connection) { mayIssue(paper, $0) }
    }

    /// Keeps a checked signing for a second person. The copy of one that it replaces goes.
    func propose(
        _ found: StoredDocument, _ signing: Signing, _ step: SplitStep?, _ proposed: ProposedSigning,
        by submission: Submission, at now: Timestamp, on connection: any SQLConnection
    ) throws {
        try Self.refuseWaiting(.endDocument, about: found, at: now, on: connection)
        try refuseDeskProposal(about: found, at: now, on: connection)
        let subject = Subject(.document, found.id)
        if let old = try PairedDeeds.waiting(.issueDocument, about: subject, at: now, on: connection)?
            .parameters(ProposedSigning.self).file
        {
            try Self.removeCopy(old, on: connection)
        }
        try PairedDeeds.propose(
            .issueDocument, about: subject, seen: found.version, parameters: proposed,
            words: "“\(found.title)” số \(signing.citation)"
                + (step.map { "; \($0.words)" } ?? "")
                + (proposed.reason.isEmpty
                    ? "" : "; \(proposed.replacing == nil ? "sửa" : "thay thế quyết định trước"): \(proposed.reason)"),
            telling: services.pairs, seconds: seconds(for: found, besides: submission.viewer.account, on: connection),
            by: submission, at: now, on: connection)
    }

    /// Confirms a proposed signing, by which the paper is issued.
    /// - Throws: a refusal for whoever proposed it, for a paper changed since, and for a copy that was erased since.
    public func confirmIssue(
        of id: RecordID, _ proposal: RecordID, version: Int, by submission: Submission
    ) async throws {
        try await store.once(submission, about: Subject(.document, id), at: clock.now) { connection, now in
            let found = try self.find(id, for: submission.viewer, on: connection)
            guard self.mayRead(found, submission.viewer) else { throw Self.unknown }
            try self.requireWriter(submission.viewer, of: found.unit)
            try found.require(version)
            let deed = try PairedDeeds.confirm(
                .issueDocument, proposal, about: Subject(.document, id), seen: found.version, telling: services.pairs,
                by: submission, at: now, on: connection)
            let proposed = try deed.parameters(ProposedSigning.self)
            if let file = proposed.file { try StoredFiles.requireContent(of: file, on: connection) }
            let replaced = try proposed.replacing.map {
                try self.replaced($0, by: found, for: submission.viewer, on: connection)
            }
            var (signing, step) = try self.checked(
                proposed.typed, of: found, replacing: replaced, reason: proposed.reason,
                hasCopy: proposed.file != nil, for: submission.viewer, at: now, on: connection)
            signing.file = proposed.file ?? found.signing?.file
            try self.issue(
                found, signing, step, replacing: replaced, reason: proposed.reason,
                words: "; \(deed.proposedByName) đề nghị", by: submission, at: now, on: connection)
        }
    }

    /// Takes a proposed signing back, by whoever may issue the paper; its copy goes.
    public func withdrawIssue(of id: RecordID, _ proposal: RecordID, by submission: Submission) async throws {
        try await store.once(submission, about: Subject(.document, id), at: clock.now) { connection, now in
            let found = try self.find(id, for: submission.viewer, on: connection)
            guard self.mayRead(found, submission.viewer) else { throw Self.unknown }
            try self.requireWriter(submission.viewer, of: found.unit)
            let deed = try PairedDeeds.withdraw(
                .issueDocument, proposal, about: Subject(.document, id), telling: services.pairs, by: submission,
                at: now,
                on: connection)
            if let file = try deed.parameters(ProposedSigning.self).file {
                try Self.removeCopy(file, on: connection)
            }
        }
    }

    /// Ends proposals that nobody confirmed in their time, or could any more; their copies go. Part of the caller's transaction.
    /// - Returns: how many.
    @Sendable public func lapse(
        at now: Timestamp, atMost limit: Int, on connection: any SQLConnection
    ) throws -> Int {
        let issues = try PairedDeeds.lapse(
            .issueDocument, telling: services.pairs, at: now, atMost: limit, on: connection
        ) { deed in
            if let file = try deed.parameters(ProposedSigning.self).file { try Self.removeCopy(file, on: connection) }
        }
        let ends = try PairedDeeds.lapse(
            .endDocument, telling: services.pairs, at: now, atMost: limit - issues, on: connection)
        return try issues + ends + endUnfit(at: now, atMost: limit - issues - ends, on: connection)
    }

    /// Ends proposals that nobody could confirm any more: the paper has changed, or the signed copy was erased; their copies go.
    /// Part of the transaction that may have changed it.
    /// - Returns: how many.
    @Sendable public func endUnfit(
        at now: Timestamp, atMost limit: Int, on connection: any SQLConnection
    ) throws -> Int {
        var ended = 0
        for act in [PairedAct.issueDocument, .endDocument] {
            for deed in try PairedDeeds.unended(act, on: connection) where ended < limit && deed.until > now {
                let version = try RecordID(deed.subject.key).flatMap {
                    try connection.row("SELECT version FROM official_document WHERE id = ?", $0)?.integer("version")
                }
                let file = act == .issueDocument ? try deed.parameters(ProposedSigning.self).file : nil
                if let version, deed.fits(version),
                    try file.map({ try StoredFiles.hasContent(of: $0, on: connection) }) ?? true
                {
                    continue
                }
                if let file { try Self.removeCopy(file, on: connection) }
                try PairedDeeds.outdate(act, deed, telling: services.pairs, at: now, on: connection)
                ended += 1
            }
        }
        return ended
    }

    /// Removes a copy that was proposed and not taken.
    static func removeCopy(_ file: RecordID, on connection: any SQLConnection) throws {
        try connection.execute("DELETE FROM signed_copy WHERE file = ?", file)
        try StoredFiles.remove(file, on: connection)
    }
}
