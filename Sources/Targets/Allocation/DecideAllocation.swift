import Province
import PlanText
public import Access
import Allocation
public import Database
public import Files
import Figures
public import Kernel

extension AllocationService {
    /// Makes a scenario the decision: number, date and signer as signed, with the signed file. Its figures become the targets
    /// that every screen shows with their decision, and it can no longer be changed; a later scenario adjusts it.
    ///
    /// Where two people decide, it is proposed: checked in full, with its file kept, for somebody else to confirm
    /// (``confirmDecision(of:_:version:by:)``).
    /// - Parameters:
    ///   - version: the one that the person looked at; nil for whoever looked at none.
    ///   - also: what is done besides in the same transaction, once it is decided.
    public func decideScenario(
        _ id: RecordID, _ typed: SigningDraft, file: IncomingFile?, version: Int? = nil, by submission: Submission,
        also: AlsoDone? = nil
    ) async throws {
        let (checked, found) = typed.checked(today: clock.today)
        var problems = found
        if file == nil { problems.append(.init(SigningDraft.Key.file, "Hãy kèm bản đã ký (PDF).")) }
        guard problems.isEmpty, let signed = checked else { throw Refusal(fields: problems) }
        try await store.once(
            submission, about: Subject(.allocation, id), with: file, at: clock.now
        ) { connection, now, sent in
            let scenario = try Self.scenario(id, on: connection)
            try ScenarioAction.decide.require(of: scenario, by: submission.viewer, in: self.plan)
            try scenario.require(version)
            _ = try Self.allocation(of: scenario)
            try self.check(scenario, signed, on: connection)
            let stored = try sent?.keep(at: now, on: connection)
            if self.pairs.needsTwo(.decideTargets) {
                return try self.propose(
                    scenario, typed, signed, file: stored?.id, by: submission, at: now, on: connection)
            }
            var signing = signed
            signing.file = stored?.id
            try self.decide(scenario, signing, by: submission, at: now, on: connection)
            try also?(id, now, connection)
        }
    }

    /// What else is done when a scenario is decided: its papers, which this target does not know.
    public typealias AlsoDone = @Sendable (RecordID, Timestamp, any SQLConnection) throws -> Void

    static func allocation(of scenario: AllocationScenario) throws(Refusal) -> Allocation {
        do {
            return try scenario.content.allocation()
        } catch {
            throw Refusal(.invalid, error.description)
        }
    }

    /// Carries a checked decision out.
    /// - Parameter words: what the audit trail says besides.
    func decide(
        _ scenario: AllocationScenario, _ signing: Signing, words: String = "", by submission: Submission,
        at now: Timestamp, on connection: any SQLConnection
    ) throws {
        let allocation = try Self.allocation(of: scenario)
        switch scenario.scope {
        case .city: try set(allocation, scenario, signing, by: submission, at: now, on: connection)
        case .commune:
            // Next year's targets take the place of this year's when the year begins.
            if scenario.year <= now.day.year {
                try Self.giveToGroups(
                    allocation, year: scenario.year, by: submission.viewer.name, at: now, on: connection)
            }
        }
        try connection.execute(
            """
            UPDATE allocation_scenario SET state = 'decided', \(Signing.columns.map { "\($0) = ?" }.joined(separator: ", ")),
                decided_at = ?, decided_by_name = ?, version = version + 1 WHERE id = ?
            """, signing.columnValues + [now.sqlValue, submission.viewer.name.sqlValue, scenario.id.sqlValue])
        let file = try signing.file.flatMap { try StoredFiles.find($0, on: connection) }
        try AuditTrail.append(
            AuditEvent(
                "allocation.decided", subject: Subject(.allocation, scenario.id),
                detail: "Quyết định \(signing.citation), tệp \(file?.sha256.prefix(12) ?? "")\(words)"
                    + "; \(try CommuneTarget.seal(on: connection).words)"),
            by: submission.actor, at: now, on: connection)
        try AllocationEvent.keep(
            .decided, of: scenario.id, "Quyết định \(signing.citation)\(words)", by: submission, at: now, on: connection
        )
    }

    /// What a decision must fit: the one before it, the plan's dates, and for a commune the city's target.
    /// - Parameter replaced: a decided scenario that this decision takes the place of.
    func check(
        _ scenario: AllocationScenario, _ signing: Signing, replacing replaced: RecordID? = nil,
        on connection: any SQLConnection
    ) throws {
        let day = signing.day
        let decided = try Self.decided(scenario.scope, on: connection).filter { $0.id != replaced }
        if let current = decided.first(where: { $0.year == scenario.year }) {
            guard scenario.content.adjusts == current.id.text else {
                throw Refusal(fields: [
                    .init(
                        SigningDraft.Key.number,
                        "Năm \(scenario.year) đã có \(current.citation ?? "quyết định"). Muốn thay đổi, hãy mở phương án đó và bấm “Tạo phương án điều chỉnh”."
                    )
                ])
            }
            if let signed = current.signing?.day, day < signed {
                throw Refusal(fields: [
                    .init(SigningDraft.Key.day, "Ngày ký trước quyết định được điều chỉnh (\(signed.vietnamese)).")
                ])
            }
        }
        try check(signing, among: decided)
        if case .commune(let commune) = scenario.scope {
            let target = try CommuneTarget.holding(year: scenario.year, on: connection).first { $0.commune == commune }
            guard target?.voluntary == scenario.content.voluntary else {
                throw Refusal(fields: [
                    .init(
                        SigningDraft.Key.number,
                        "Phương án chia \(VietnameseText.grouped(scenario.content.voluntary)) người, chỉ tiêu thành phố đang giao là \(target.map { VietnameseText.grouped($0.voluntary) } ?? "chưa có"). Hãy tạo phương án mới theo chỉ tiêu hiện nay."
                    )
                ])
            }
        }
    }

    /// What number and day of a decision must fit.
    /// - Parameter others: the decisions of the same scope.
    func check(_ signing: Signing, among others: [AllocationScenario]) throws(Refusal) {
        let day = signing.day
        guard day >= plan.effectiveFrom else {
            throw Refusal(fields: [
                .init(SigningDraft.Key.day, "Ngày ký trước ngày bắt đầu kế hoạch (\(plan.effectiveFrom.vietnamese)).")
            ])
        }
        if others.contains(where: { $0.signing?.day.year == day.year && $0.signing?.number == signing.number }) {
            throw Refusal(fields: [
                .init(SigningDraft.Key.number, "Năm \(day.year) đã nhập quyết định số \(signing.number).")
            ])
        }
    }

    /// The decided scenarios of a scope, the latest first.
    static func decided(_ scope: AllocationScope, on connection: any SQLConnection) throws -> [AllocationScenario] {
        try connection.rows(
            "SELECT * FROM allocation_scenario WHERE scope = ? AND state = 'decided' ORDER BY decided_at DESC, id DESC",
            scope.text
        ).map(AllocationScenario.init)
    }

    static func giveToGroups(
        _ allocation: Allocation, year: Int, by name: String, at now: Timestamp, on connection: any SQLConnection
    ) throws {
        for row in allocation.rows {
            guard let group = RecordID(row.code) else { continue }
            try ResidentialGroups.setTarget(row.voluntary, year: year, of: group, by: name, at: now, on: connection)
        }
    }

    /// Of the communes whose groups do not have the targets of the year that has begun: the latest scenario decided for it.
    public func dueGroupTargets() async throws -> [RecordID] {
        try await store.read { connection in
            let year = clock.today.year
            let waiting = try ResidentialGroups.communesWithTargets(before: year, on: connection)
            guard !waiting.isEmpty else { return [] }
            var latest: [CommuneCode: RecordID] = [:]
            let decided = try connection.rows(
                """
                SELECT * FROM allocation_scenario WHERE scope <> 'city' AND year = ? AND state = 'decided'
                ORDER BY decided_at, id
                """, year
            ).map(AllocationScenario.init)
            for scenario in decided {
                if case .commune(let commune) = scenario.scope, waiting.contains(commune) {
                    latest[commune] = scenario.id
                }
            }
            return latest.values.sorted()
        }
    }

    /// Gives the groups of a commune the targets of a decided scenario. Part of the caller's transaction.
    public func giveGroupTargets(of id: RecordID, on connection: any SQLConnection) throws {
        guard let row = try connection.row("SELECT * FROM allocation_scenario WHERE id = ?", id) else { return }
        let scenario = try AllocationScenario(row)
        let now = clock.now
        try Self.giveToGroups(
            try scenario.content.allocation(), year: scenario.year, by: scenario.decidedBy ?? "", at: now,
            on: connection)
        try AuditTrail.append(
            AuditEvent(
                "allocation.began", subject: Subject(.allocation, id),
                detail: "chỉ tiêu năm \(scenario.year) của các tổ"),
            by: .system, at: now, on: connection)
    }

    /// Targets that differ from those that hold get a new version with the decision's document.
    private func set(
        _ allocation: Allocation, _ scenario: AllocationScenario, _ signing: Signing, by submission: Submission,
        at now: Timestamp, on connection: any SQLConnection
    ) throws {
        let (year, compulsory) = (scenario.year, scenario.content.compulsory)
        let holding = Dictionary(
            try CommuneTarget.holding(year: year, on: connection).map { ($0.commune.text, $0) },
            uniquingKeysWith: { first, _ in first })
        var given: [GivenTarget] = []
        for row in allocation.rows {
            let known = holding[row.code]
            if let known, known.total == row.total, known.voluntary == row.voluntary,
                known.compulsoryBasis == compulsory, !known.document.isEmpty
            {
                continue
            }
            try CommuneTarget.insert(
                row.code, year: year,
                version: try CommuneTarget.nextVersion(of: row.code, year: year, on: connection), total: row.total,
                voluntary: row.voluntary, compulsory: compulsory, source: "", signing, by: submission.actor, at: now,
                on: connection)
            if let commune = CommuneCode(row.code) {
                given.append(
                    GivenTarget(
                        commune: commune, year: year, total: row.total, voluntary: row.voluntary,
                        compulsory: compulsory, document: "Quyết định \(signing.citation)"))
            }
        }
        try TargetNotices.tell(given, by: submission.viewer.account, at: now, on: connection)
    }

    /// The decision that holds for a year; nil before the first.
    public func decision(_ scope: AllocationScope, year: Int, for viewer: Viewer) async throws -> AllocationScenario? {
        try viewer.require(.viewFigures)
        return try await store.read { connection in
            try connection.row(
                """
                SELECT * FROM allocation_scenario WHERE scope = ? AND year = ? AND state = 'decided'
                ORDER BY decided_at DESC, id DESC LIMIT 1
                """, scope.text, year
            ).map { try AllocationScenario($0) }
        }
    }

    /// The signed file of a decision: open to everybody who sees figures.
    public func decisionFile(_ id: RecordID, for viewer: Viewer) async throws -> StoredFile {
        try viewer.require(.viewFigures)
        return try await store.read { connection in
            let scenario = try Self.scenario(id, on: connection)
            // Whoever may confirm what is proposed reads its paper before.
            let proposed =
                ScenarioAction.decide.belongs(to: viewer, of: scenario, in: self.plan)
                ? try self.proposal(of: scenario, on: connection)?.parameters(ProposedSigning.self).file : nil
            guard let file = scenario.signing?.file ?? proposed,
                let stored = try StoredFiles.find(file, on: connection)
            else { throw Refusal(.notFound, "Quyết định này không có tệp.") }
            return stored
        }
    }
}
