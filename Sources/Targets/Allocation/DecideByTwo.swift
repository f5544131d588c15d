public import Access
public import Database
import Files
public import Kernel
import PlanText

// Targets that two people decide: the first enters the signed decision, the second confirms just that.
extension AllocationService {
    /// The decision that somebody proposed and that still fits the scenario; nil when none waits.
    public func waitingDecision(of id: RecordID, for viewer: Viewer) async throws -> PairedDeed? {
        try await store.read { connection in
            let scenario = try Self.scenario(id, on: connection)
            guard ScenarioAction.decide.belongs(to: viewer, of: scenario, in: self.plan) else { return nil }
            return try self.proposal(of: scenario, on: connection)
        }
    }

    /// Who may confirm a decision that this person proposes, or proposed; nil where one person decides.
    public func seconds(for scenario: AllocationScenario, besides first: RecordID) async throws -> [SecondPerson]? {
        guard pairs.needsTwo(.decideTargets) else { return nil }
        return try await store.read { try self.seconds(for: scenario, besides: first, on: $0) }
    }

    private func seconds(
        for scenario: AllocationScenario, besides first: RecordID, on connection: any SQLConnection
    ) throws -> [SecondPerson] {
        try pairs.seconds(besides: first, on: connection) {
            ScenarioAction.decide.belongs(to: $0, of: scenario, in: plan)
        }
    }

    func proposal(of scenario: AllocationScenario, on connection: any SQLConnection) throws -> PairedDeed? {
        guard scenario.state == .draft else { return nil }
        return try PairedDeeds.waiting(
            .decideTargets, about: Subject(.allocation, scenario.id), at: clock.now, on: connection)
    }

    /// Keeps a checked decision for a second person. The paper of one that it replaces goes.
    func propose(
        _ scenario: AllocationScenario, _ typed: SigningDraft, _ signed: Signing, file: RecordID?,
        by submission: Submission, at now: Timestamp, on connection: any SQLConnection
    ) throws {
        if let old = try proposal(of: scenario, on: connection)?.parameters(ProposedSigning.self).file {
            try StoredFiles.remove(old, on: connection)
        }
        try PairedDeeds.propose(
            .decideTargets, about: Subject(.allocation, scenario.id), seen: scenario.version,
            parameters: ProposedSigning(typed, file: file),
            words: "Quyết định \(signed.citation) theo phương án “\(scenario.name)” năm \(scenario.year)",
            telling: pairs, seconds: seconds(for: scenario, besides: submission.viewer.account, on: connection),
            by: submission, at: now, on: connection)
    }

    /// Confirms a proposed decision, which thereby holds.
    /// - Parameters:
    ///   - proposal: the one that the second person read.
    ///   - version: of the scenario that the second person looked at.
    ///   - also: what is done besides in the same transaction.
    /// - Throws: a refusal for whoever proposed it, for a scenario changed since, and for a paper that was erased since.
    public func confirmDecision(
        of id: RecordID, _ proposal: RecordID, version: Int, by submission: Submission, also: AlsoDone? = nil
    ) async throws {
        try await store.once(submission, about: Subject(.allocation, id), at: clock.now) { connection, now in
            let scenario = try Self.scenario(id, on: connection)
            try ScenarioAction.decide.require(of: scenario, by: submission.viewer, in: self.plan)
            try scenario.require(version)
            let deed = try PairedDeeds.confirm(
                .decideTargets, proposal, about: Subject(.allocation, id), seen: scenario.version, telling: pairs,
                by: submission, at: now, on: connection)
            let proposed = try deed.parameters(ProposedSigning.self)
            if let file = proposed.file { try StoredFiles.requireContent(of: file, on: connection) }
            let (checked, problems) = proposed.typed.checked(today: now.day)
            guard var signing = checked else { throw Refusal(fields: problems) }
            try self.check(scenario, signing, on: connection)
            signing.file = proposed.file
            try self.decide(
                scenario, signing, words: "; \(deed.proposedByName) đề nghị", by: submission, at: now, on: connection)
            try also?(id, now, connection)
        }
    }

    /// Takes a proposed decision back, by whoever may decide; its paper goes.
    public func withdrawDecision(of id: RecordID, _ proposal: RecordID, by submission: Submission) async throws {
        try await store.once(submission, about: Subject(.allocation, id), at: clock.now) { connection, now in
            let scenario = try Self.scenario(id, on: connection)
            try ScenarioAction.decide.require(of: scenario, by: submission.viewer, in: self.plan)
            let deed = try PairedDeeds.withdraw(
                .decideTargets, proposal, about: Subject(.allocation, id), telling: pairs, by: submission, at: now,
                on: connection)
            if let file = try deed.parameters(ProposedSigning.self).file {
                try StoredFiles.remove(file, on: connection)
            }
        }
    }

    /// Ends proposals that nobody confirmed in their time, or could any more; their papers go. Part of the caller's transaction.
    /// - Returns: how many.
    @Sendable public func lapse(
        at now: Timestamp, atMost limit: Int, on connection: any SQLConnection
    ) throws -> Int {
        let lapsed = try PairedDeeds.lapse(
            .decideTargets, telling: pairs, at: now, atMost: limit, on: connection
        ) { deed in
            if let file = try deed.parameters(ProposedSigning.self).file {
                try StoredFiles.remove(file, on: connection)
            }
        }
        return try lapsed + endUnfit(at: now, atMost: limit - lapsed, on: connection)
    }

    /// Ends proposals that nobody could confirm any more: the scenario has changed, or the signed copy was erased; their papers
    /// go. Part of the transaction that may have changed it.
    /// - Returns: how many.
    @Sendable public func endUnfit(
        at now: Timestamp, atMost limit: Int, on connection: any SQLConnection
    ) throws -> Int {
        var ended = 0
        for deed in try PairedDeeds.unended(.decideTargets, on: connection) where ended < limit && deed.until > now {
            let file = try deed.parameters(ProposedSigning.self).file
            let scenario = try RecordID(deed.subject.key).flatMap {
                try connection.row("SELECT * FROM allocation_scenario WHERE id = ?", $0)
            }.map { try AllocationScenario($0) }
            if let scenario, scenario.state == .draft, deed.fits(scenario.version),
                try file.map({ try StoredFiles.hasContent(of: $0, on: connection) }) ?? true
            {
                continue
            }
            if let file { try StoredFiles.remove(file, on: connection) }
            try PairedDeeds.outdate(.decideTargets, deed, telling: pairs, at: now, on: connection)
            ended += 1
        }
        return ended
    }
}
