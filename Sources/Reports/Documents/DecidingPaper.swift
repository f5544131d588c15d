public import Access
import Database
import Documents
import Kernel
import Overview
import PlanText
public import Targets

/// How a paper that gives targets stands to the scenario it was composed of.
public struct DecidingState: Sendable {
    public let scenario: AllocationScenario
    /// Where its numbers are not the desk's.
    public let differences: [SplitDifference]
    /// Whether the scenario was changed after the paper was composed of it.
    public let isOutdated: Bool
    /// A decision of the same year that has to be withdrawn, adjusted or replaced before this paper can be issued.
    public let obstacle: AllocationScenario?
    /// The paper of that decision, if it can be replaced by this one.
    public let replaceable: DocumentHead?

    /// Whether the paper can be issued as it is, or in the place of ``replaceable``.
    public var fits: Bool { differences.isEmpty && !isOutdated && (obstacle == nil || replaceable != nil) }
}

/// What issuing a paper does to its scenario.
enum SplitStep {
    /// The scenario becomes the decision.
    case decide(AllocationScenario)
    /// It was decided with this very number.
    case follow(AllocationScenario)
    /// It was decided by this paper, whose number, day or copy are mended.
    case correct(AllocationScenario)

    var scenario: AllocationScenario {
        switch self {
        case .decide(let scenario), .follow(let scenario), .correct(let scenario): scenario
        }
    }
}

// Issuing the paper of a scenario decides it, in the paper's own transaction: number, day, signer and copy are given once.
extension DocumentService {
    /// Whether issuing a paper gives targets.
    public func decides(_ document: StoredDocument) -> Bool { split(of: document) != nil }

    func split(of document: StoredDocument) -> (table: SplitTable, scenario: RecordID)? {
        guard document.subject.kind == .allocation, let id = RecordID(document.subject.key),
            let table = kinds.first(where: { $0.id == document.templateID })?.decides
        else { return nil }
        return (table, id)
    }

    /// Whether two people issue or end a paper: where two issue papers, and where two decide targets by one that gives them.
    func needsTwo(_ document: StoredDocument) -> Bool {
        services.pairs.needsTwo(.issueDocument)
            || decides(document) && services.pairs.needsTwo(.decideTargets)
    }

    /// A deciding paper held against the desk; nil for other papers and for whoever may not decide that target.
    public func decidingState(of document: StoredDocument, for viewer: Viewer) async throws -> DecidingState? {
        guard let (table, id) = split(of: document), mayIssue(document, viewer) else { return nil }
        return try await store.read { connection in
            guard let scenario = try? self.allocations.scenario(id, for: viewer, on: connection) else { return nil }
            let obstacle =
                document.signing == nil ? try self.allocations.obstacle(to: scenario, on: connection) : nil
            return DecidingState(
                scenario: scenario,
                differences: try table.differences(
                    of: document.data, from: scenario,
                    adjusting: try self.allocations.adjusted(by: scenario, on: connection)),
                isOutdated: document.source.map { $0 != scenario.fingerprint } ?? false, obstacle: obstacle,
                replaceable: try obstacle.flatMap { try self.paper(of: $0, like: document, on: connection) })
        }
    }

    /// The paper of a kind that made a scenario the decision and still holds.
    private func paper(
        of scenario: AllocationScenario, like document: StoredDocument, on connection: any SQLConnection
    ) throws -> DocumentHead? {
        try connection.rows(
            """
            SELECT \(DocumentHead.columns) FROM official_document
            WHERE subject_kind = ? AND subject_key = ? AND template = ? AND unit = ? AND signed_on IS NOT NULL
                AND id NOT IN (SELECT document FROM paper_end) ORDER BY id DESC
            """, Subject.Kind.allocation.word, scenario.id.text, document.templateID, document.unit.text
        ).map { try DocumentHead($0) }.first { Self.isSame($0.signing, scenario.signing) }
    }

    /// Whether two signings are of one paper: number and day.
    static func isSame(_ one: Signing?, _ other: Signing?) -> Bool {
        guard let one, let other else { return false }
        return one.number == other.number && one.day == other.day
    }

    /// What issuing would do to the scenario of a paper, checked in full; nil for papers that give no targets.
    /// - Parameter replaced: the scenario of the paper whose place it takes.
    /// - Throws: a refusal in words: the desk was changed, another decision stands, a number is not the desk's.
    func splitStep(
        of found: StoredDocument, _ signing: Signing, replacing replaced: RecordID?, for viewer: Viewer,
        on connection: any SQLConnection
    ) throws -> SplitStep? {
        guard let (table, id) = split(of: found) else { return nil }
        let scenario = try allocations.scenario(id, for: viewer, on: connection)
        if scenario.state == .decided, scenario.id != replaced {
            if Self.isSame(signing, scenario.signing) {
                if Self.isSame(found.signing, scenario.signing) { return .correct(scenario) }
                try requireDesk(table, found, scenario, on: connection)
                return .follow(scenario)
            }
            guard Self.isSame(found.signing, scenario.signing) else {
                throw Refusal(fields: [
                    .init(
                        SigningDraft.Key.number,
                        "Phương án của văn bản này đã là \(scenario.citation ?? "quyết định"); chỉ ghi được đúng số, ngày đó. Muốn ban hành văn bản khác, hãy thu hồi hoặc thay thế văn bản kia."
                    )
                ])
            }
            try allocations.requireCorrectable(scenario, signing, for: viewer, on: connection)
            return .correct(scenario)
        }
        try requireDesk(table, found, scenario, on: connection)
        if scenario.id != replaced {
            try allocations.requireDecidable(scenario, signing, replacing: replaced, for: viewer, on: connection)
        }
        return .decide(scenario)
    }

    /// Checks a paper against the desk, row by row.
    private func requireDesk(
        _ table: SplitTable, _ found: StoredDocument, _ scenario: AllocationScenario, on connection: any SQLConnection
    ) throws {
        let differences = try table.differences(
            of: found.data, from: scenario, adjusting: try allocations.adjusted(by: scenario, on: connection))
        let isOutdated = found.source.map { $0 != scenario.fingerprint } ?? false
        guard !differences.isEmpty || isOutdated else { return }
        let rows = differences.prefix(5).map(\.words).joined(separator: "; ")
        throw Refusal(
            .stale,
            "Phương án phân bổ đã sửa sau khi soạn văn bản (\(found.madeAt.vietnamese)), nên chưa ban hành được. "
                + (differences.isEmpty
                    ? "Số giao không khác, nhưng căn cứ hoặc ghi chú đã đổi. "
                    : "Khác \(differences.count) số: \(rows)\(differences.count > 5 ? "; …" : ""). ")
                + "Hãy soạn lại từ bàn phân bổ.")
    }

    /// Carries out what issuing does to the scenario; part of the paper's transaction.
    func carryOut(
        _ step: SplitStep, _ signing: Signing, reason: String, words: String, by submission: Submission,
        at now: Timestamp, on connection: any SQLConnection
    ) throws {
        switch step {
        case .decide(let scenario):
            try allocations.decide(
                scenario.id, by: signing, words: words, by: submission, at: now, on: connection)
        case .correct(let scenario):
            try allocations.correctDecision(
                scenario.id, to: signing, reason: reason, by: submission, at: now, on: connection)
        case .follow: break
        }
    }

    /// The decided scenario that an issued paper made so, checked to be free; nil where it made none.
    func decidedBy(
        _ found: StoredDocument, for viewer: Viewer, on connection: any SQLConnection
    ) throws -> AllocationScenario? {
        guard let (_, id) = split(of: found) else { return nil }
        let scenario = try allocations.scenario(id, for: viewer, on: connection)
        guard scenario.state == .decided, Self.isSame(found.signing, scenario.signing) else { return nil }
        try allocations.requireReopenable(scenario, for: viewer, on: connection)
        return scenario
    }
}
