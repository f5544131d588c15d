public import Access
public import Database
import Allocation
import Figures
import Files
public import Kernel
import PlanText
import Province

// What the paper of a scenario does to it when it is issued, corrected or no longer holds. Each is a part of the paper's own
// transaction, so that paper, scenario and targets never say different things.
extension AllocationService {
    /// A scenario inside a transaction, for whoever splits that target.
    public func scenario(
        _ id: RecordID, for viewer: Viewer, on connection: any SQLConnection
    ) throws -> AllocationScenario {
        let found = try Self.scenario(id, on: connection)
        try requireAllocator(viewer, found.scope)
        return found
    }

    /// The decided scenario that another one adjusts, as it stands; nil where it adjusts none.
    public func adjusted(
        by scenario: AllocationScenario, on connection: any SQLConnection
    ) throws -> AllocationScenario? {
        try scenario.content.adjusts.flatMap { RecordID($0) }.map { try Self.scenario($0, on: connection) }
    }

    /// The decision that stands in a scenario's way: one of the same year that it does not adjust.
    public func obstacle(
        to scenario: AllocationScenario, on connection: any SQLConnection
    ) throws -> AllocationScenario? {
        guard scenario.state == .draft,
            let current = try Self.decided(scenario.scope, on: connection).first(where: { $0.year == scenario.year }),
            scenario.content.adjusts != current.id.text
        else { return nil }
        return current
    }

    /// Checks all that a decision must fit.
    /// - Parameter replaced: a decided scenario whose paper this one takes the place of.
    /// - Throws: a refusal in words.
    public func requireDecidable(
        _ scenario: AllocationScenario, _ signing: Signing, replacing replaced: RecordID? = nil, for viewer: Viewer,
        on connection: any SQLConnection
    ) throws {
        try ScenarioAction.decide.require(of: scenario, by: viewer, in: plan)
        _ = try Self.allocation(of: scenario)
        try check(scenario, signing, replacing: replaced, on: connection)
    }

    /// Makes a scenario the decision by its paper. What somebody proposed at the desk has nothing to wait for any more.
    /// - Parameter words: what the audit trail says besides.
    public func decide(
        _ id: RecordID, by signing: Signing, words: String = "", by submission: Submission, at now: Timestamp,
        on connection: any SQLConnection
    ) throws {
        let scenario = try Self.scenario(id, on: connection)
        try requireDecidable(scenario, signing, for: submission.viewer, on: connection)
        let subject = Subject(.allocation, id)
        if let waiting = try PairedDeeds.waiting(.decideTargets, about: subject, at: now, on: connection) {
            try PairedDeeds.withdraw(
                .decideTargets, waiting.id, about: subject, telling: pairs, by: submission, at: now, on: connection)
            if let file = try waiting.parameters(ProposedSigning.self).file {
                try StoredFiles.remove(file, on: connection)
            }
        }
        try decide(scenario, signing, words: words, by: submission, at: now, on: connection)
    }

    /// Checks a mended number or day of a decision.
    public func requireCorrectable(
        _ scenario: AllocationScenario, _ signing: Signing, for viewer: Viewer, on connection: any SQLConnection
    ) throws {
        try requireAllocator(viewer, scenario.scope)
        try check(signing, among: try Self.decided(scenario.scope, on: connection).filter { $0.id != scenario.id })
    }

    /// A decision's number, day, signer or copy as its paper has them now: the scenario and every target that it gave follow.
    public func correctDecision(
        _ id: RecordID, to signing: Signing, reason: String, by submission: Submission, at now: Timestamp,
        on connection: any SQLConnection
    ) throws {
        let scenario = try Self.scenario(id, on: connection)
        guard scenario.state == .decided, let old = scenario.signing, old != signing else { return }
        try requireCorrectable(scenario, signing, for: submission.viewer, on: connection)
        try connection.execute(
            """
            UPDATE allocation_scenario SET \(Signing.columns.map { "\($0) = ?" }.joined(separator: ", ")),
                version = version + 1 WHERE id = ?
            """, signing.columnValues + [id.sqlValue])
        if scenario.scope == .city {
            let reason = "Đính chính Quyết định \(old.citation): \(reason)"
            let held = try TargetWithdrawal.end(
                old, year: scenario.year, reason: reason, by: submission.actor, at: now, on: connection)
            for target in held {
                try CommuneTarget.insert(
                    target.commune.text, year: target.year,
                    version: try CommuneTarget.nextVersion(of: target.commune.text, year: target.year, on: connection),
                    total: target.total, voluntary: target.voluntary, compulsory: target.compulsoryBasis, source: "",
                    signing, by: submission.actor, at: now, on: connection)
            }
            try TargetNotices.tell(
                held.map {
                    GivenTarget(
                        commune: $0.commune, year: $0.year, total: $0.total, voluntary: $0.voluntary,
                        compulsory: $0.compulsoryBasis, document: "Quyết định \(signing.citation)")
                }, by: submission.viewer.account, at: now, on: connection)
        }
        let words = "Quyết định \(old.citation) đính chính thành \(signing.citation): \(reason)"
        try AuditTrail.append(
            AuditEvent(
                "allocation.corrected", subject: Subject(.allocation, id),
                detail: "\(words); \(try CommuneTarget.seal(on: connection).words)"),
            by: submission.actor, at: now, on: connection)
        try AllocationEvent.keep(.corrected, of: id, words, by: submission, at: now, on: connection)
    }

    /// Checks that a decision can be taken back: no other one stands on it.
    public func requireReopenable(
        _ scenario: AllocationScenario, for viewer: Viewer, on connection: any SQLConnection
    ) throws {
        try requireAllocator(viewer, scenario.scope)
        if let later = try Self.decided(scenario.scope, on: connection).first(where: {
            $0.content.adjusts == scenario.id.text
        }) {
            throw Refusal(
                .stale,
                "\(scenario.citation ?? "Quyết định này") đã được điều chỉnh bởi \(later.citation ?? "quyết định khác"). Hãy thu hồi quyết định điều chỉnh trước."
            )
        }
    }

    /// A decision no longer holds: its scenario is open again, and what held before it holds again.
    /// - Parameter successor: whether another decision takes its place in the same transaction, of which units are told.
    public func reopen(
        _ id: RecordID, reason: String, successor: Bool = false, by submission: Submission, at now: Timestamp,
        on connection: any SQLConnection
    ) throws {
        let scenario = try Self.scenario(id, on: connection)
        guard scenario.state == .decided, let signing = scenario.signing else { return }
        try requireReopenable(scenario, for: submission.viewer, on: connection)
        let words = "Thu hồi Quyết định \(signing.citation): \(reason)"
        switch scenario.scope {
        case .city:
            let ended = try TargetWithdrawal.end(
                signing, year: scenario.year, reason: words, by: submission.actor, at: now, on: connection)
            if !successor {
                try tellWithdrawn(ended, year: scenario.year, words, by: submission, at: now, on: connection)
            }
        case .commune(let commune):
            if !successor {
                try takeFromGroups(scenario, of: commune, by: submission.viewer.name, at: now, on: connection)
            }
        }
        try connection.execute(
            """
            UPDATE allocation_scenario SET state = 'draft', \(Signing.columns.map { "\($0) = NULL" }.joined(separator: ", ")),
                decided_at = NULL, decided_by_name = NULL, version = version + 1 WHERE id = ?
            """, id)
        try AuditTrail.append(
            AuditEvent(
                "allocation.reopened", subject: Subject(.allocation, id),
                detail: "\(words); \(try CommuneTarget.seal(on: connection).words)"),
            by: submission.actor, at: now, on: connection)
        try AllocationEvent.keep(.reopened, of: id, words, by: submission, at: now, on: connection)
    }

    private func tellWithdrawn(
        _ ended: [CommuneTarget], year: Int, _ words: String, by submission: Submission, at now: Timestamp,
        on connection: any SQLConnection
    ) throws {
        let holding = Dictionary(
            try CommuneTarget.holding(year: year, on: connection).map { ($0.commune, $0) },
            uniquingKeysWith: { first, _ in first })
        try TargetNotices.tellWithdrawn(
            ended.map { ($0, holding[$0.commune]) }, words, by: submission.viewer.account, at: now, on: connection)
    }

    /// Groups that still hold what a decision gave them get the one that it adjusted, or none.
    private func takeFromGroups(
        _ scenario: AllocationScenario, of commune: CommuneCode, by name: String, at now: Timestamp,
        on connection: any SQLConnection
    ) throws {
        let given = Dictionary(
            try Self.allocation(of: scenario).rows.map { ($0.code, $0.voluntary) },
            uniquingKeysWith: { first, _ in first }
        )
        let before = try adjusted(by: scenario, on: connection).map { earlier in
            Dictionary(
                try Self.allocation(of: earlier).rows.map { ($0.code, $0.voluntary) },
                uniquingKeysWith: { first, _ in first })
        }
        for group in try ResidentialGroups.all(of: commune, on: connection)
        where group.year == scenario.year && group.voluntaryTarget == given[group.id.text] {
            try ResidentialGroups.setTarget(
                before?[group.id.text], year: scenario.year, of: group.id, by: name, at: now, on: connection)
        }
    }
}
