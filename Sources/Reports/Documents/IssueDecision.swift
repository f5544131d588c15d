public import Access
import Database
import Documents
import Files
public import Kernel
import Overview
public import Targets

/// A decision whose place another one takes.
struct ReplacedDecision {
    let paper: StoredDocument
    let signing: Signing
    let scenario: AllocationScenario
}

extension DocumentService {
    /// What a decision at the desk does besides, in its transaction: the paper that was composed of the scenario gets number,
    /// day, signer and copy.
    ///
    /// The paper stays without a number, for somebody to look at on its own page (``waitingPaper(of:for:)``), where two
    /// people issue papers and the split was decided by one, where another paper has the number, and where its numbers are
    /// not the desk's.
    public func issuing(by submission: Submission) -> AllocationService.AlsoDone {
        { id, now, connection in try self.issueDecision(of: id, by: submission, at: now, on: connection) }
    }

    private func issueDecision(
        of id: RecordID, by submission: Submission, at now: Timestamp, on connection: any SQLConnection
    ) throws {
        let viewer = submission.viewer
        let decided = try allocations.scenario(id, for: viewer, on: connection)
        // Only the latest: an older one was composed of other numbers.
        guard let signing = decided.signing,
            let paper = try composed(of: id, for: viewer, on: connection).first, paper.signing == nil,
            paper.madeAt.day <= signing.day, let (table, _) = split(of: paper)
        else { return }
        let differences = try table.differences(
            of: paper.data, from: decided, adjusting: try allocations.adjusted(by: decided, on: connection))
        guard differences.isEmpty, paper.source.map({ $0 == decided.fingerprint }) ?? true else { return }
        if services.pairs.needsTwo(.issueDocument),
            try !PairedDeeds.wasConfirmed(.decideTargets, about: Subject(.allocation, id), on: connection)
        {
            return
        }
        if try hasTwin(paper, signing, for: viewer, on: connection) { return }
        // What somebody proposed to enter has nothing to wait for.
        let subject = Subject(.document, paper.id)
        if let waiting = try PairedDeeds.waiting(.issueDocument, about: subject, at: now, on: connection) {
            try PairedDeeds.withdraw(
                .issueDocument, waiting.id, about: subject, telling: services.pairs, by: submission, at: now,
                on: connection)
            if let copy = try waiting.parameters(ProposedSigning.self).file {
                try Self.removeCopy(copy, on: connection)
            }
        }
        if let file = signing.file {
            try connection.execute(
                "INSERT INTO signed_copy (file, document, at) VALUES (?, ?, ?)", file, paper.id, now)
            if let guarding = paper.copyGuard { try StoredFiles.guardFile(file, by: guarding, on: connection) }
        }
        try issue(
            paper, signing, nil, replacing: nil, reason: "", words: ", theo quyết định ghi ở bàn phân bổ",
            by: submission, at: now, on: connection)
    }

    /// The papers by which a scenario can be decided, the latest first, but for those that ended.
    private func composed(
        of id: RecordID, for viewer: Viewer, on connection: any SQLConnection
    ) throws -> [StoredDocument] {
        try connection.rows(
            """
            SELECT * FROM official_document WHERE subject_kind = ? AND subject_key = ?
                AND id NOT IN (SELECT document FROM paper_end) ORDER BY id DESC LIMIT 20
            """, Subject.Kind.allocation.word, id.text
        ).map { try StoredDocument($0, for: viewer, guards: kinds) }.filter { self.decides($0) }
    }

    /// The paper of a decided scenario that is still without a number; nil when there is none.
    public func waitingPaper(of scenario: RecordID, for viewer: Viewer) async throws -> RecordID? {
        try await store.read { connection in
            guard let paper = try self.composed(of: scenario, for: viewer, on: connection).first,
                paper.signing == nil, self.mayRead(paper, viewer),
                try self.allocations.scenario(scenario, for: viewer, on: connection).state == .decided
            else { return nil }
            return paper.id
        }
    }

    /// The paper by which a scenario is, or is to be, decided: the latest; nil when none was composed.
    public func decisionPaper(of scenario: RecordID, for viewer: Viewer) async throws -> DocumentHead? {
        try await store.read { connection in
            guard let paper = try self.composed(of: scenario, for: viewer, on: connection).first,
                self.mayRead(paper, viewer)
            else { return nil }
            return try connection.row(
                "SELECT \(DocumentHead.columns) FROM official_document WHERE id = ?", paper.id
            ).map { try DocumentHead($0) }
        }
    }

    /// The issued paper that one without a number of its own goes with: the latest of its type about the same; nil for others.
    public func companion(of document: StoredDocument, for viewer: Viewer) async throws -> Signing? {
        guard document.signing == nil, let type = try document.document().issuedWith else { return nil }
        return try await store.read { connection in
            try connection.rows(
                """
                SELECT * FROM official_document WHERE unit = ? AND type = ? AND subject_kind = ? AND subject_key = ?
                    AND signed_on IS NOT NULL AND id NOT IN (SELECT document FROM paper_end) ORDER BY id DESC LIMIT 1
                """, document.unit.text, type.rawValue, document.subject.kind.word, document.subject.key
            ).first.map { try StoredDocument($0, for: viewer, guards: self.kinds) }?.signing
        }
    }

    /// A decision that another paper takes the place of, checked.
    func replaced(
        _ id: RecordID, by found: StoredDocument, for viewer: Viewer, on connection: any SQLConnection
    ) throws -> ReplacedDecision {
        let (paper, signing) = try ending(id, version: nil, for: viewer, on: connection)
        guard found.signing == nil, paper.id != found.id, paper.unit == found.unit,
            paper.templateID == found.templateID, paper.period == found.period,
            let scenario = try decidedBy(paper, for: viewer, on: connection)
        else {
            throw Refusal(fields: [
                .init(
                    DocumentField.replaces,
                    "Chỉ thay thế được quyết định cùng loại, cùng năm đang có hiệu lực. Hãy tải lại trang.")
            ])
        }
        return ReplacedDecision(paper: paper, signing: signing, scenario: scenario)
    }

    /// One proposal at a time for the same targets.
    func refuseDeskProposal(
        about found: StoredDocument, at now: Timestamp, on connection: any SQLConnection
    ) throws {
        guard let (_, id) = split(of: found),
            let other = try PairedDeeds.waiting(
                .decideTargets, about: Subject(.allocation, id), at: now, on: connection)
        else { return }
        throw Refusal(
            .stale,
            "Bàn phân bổ đang có đề nghị quyết định của \(other.proposedByName) chờ xác nhận. Hãy xác nhận hoặc rút đề nghị đó trước."
        )
    }
}

extension SplitStep {
    var words: String {
        switch self {
        case .decide(let scenario): "giao chỉ tiêu theo phương án “\(scenario.name)” năm \(scenario.year)"
        case .follow(let scenario): "theo quyết định của phương án “\(scenario.name)”"
        case .correct(let scenario): "đính chính quyết định của phương án “\(scenario.name)”"
        }
    }
}
