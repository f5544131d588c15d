import Province
import PlanText
public import Access
public import Database
import Figures
public import Kernel

/// What a commune proposes for its own target of a year.
public struct TargetProposal: Sendable, Equatable {
    public let commune: CommuneCode
    public let year: Int
    public let total: Int
    public let voluntary: Int
    public let reason: String
    /// Special conditions the commune wants to be seen: a closing factory, a new industrial zone.
    public let conditions: String
    public let at: Timestamp
    public let actorName: String

    init(_ row: SQLRow) throws {
        commune = try row.communeCode("commune")
        year = try row.integer("year")
        total = try row.integer("total")
        voluntary = try row.integer("voluntary")
        reason = try row.text("reason")
        conditions = try row.text("conditions")
        at = try row.timestamp("at")
        actorName = try row.text("actor_name")
    }
}

/// Who was asked, until when, and who answered.
public struct ProposalRound: Sendable, Equatable {
    public let year: Int
    /// Nil while nobody asked.
    public let until: Day?
    /// The latest of each commune.
    public let proposals: [CommuneCode: TargetProposal]

    /// Whether proposals are taken on a day: until the last one, and before anybody asked.
    public func isOpen(on day: Day) -> Bool { until.map { day <= $0 } ?? true }
}

extension Right {
    public static let proposeTargets = Right("targets.propose", "Đề xuất chỉ tiêu của đơn vị mình")
}

extension Viewer {
    /// Whether the person proposes this commune's target.
    public func proposesTarget(of commune: CommuneCode) -> Bool {
        may(.proposeTargets) && ownUnits.contains(.commune(commune))
    }
}

extension AllocationService {
    static func proposals(year: Int, on connection: any SQLConnection) throws -> ProposalRound {
        let rows = try connection.rows(
            """
            SELECT * FROM target_proposal p WHERE year = ?
                AND id = (SELECT MAX(id) FROM target_proposal l WHERE l.commune = p.commune AND l.year = p.year)
            """, year
        ).map(TargetProposal.init)
        return ProposalRound(
            year: year,
            until: try connection.row("SELECT until FROM proposal_call WHERE year = ? ORDER BY id DESC LIMIT 1", year)?
                .optionalDay("until"),
            proposals: Dictionary(rows.map { ($0.commune, $0) }, uniquingKeysWith: { first, _ in first }))
    }

    /// Rounds that are open and to which a commune has not answered, by year.
    public static func openCalls(to commune: CommuneCode, today: Day, on connection: any SQLConnection) throws -> [(
        year: Int, until: Day
    )] {
        try connection.rows(
            """
            SELECT year, until FROM proposal_call c WHERE until >= ?
                AND id = (SELECT MAX(id) FROM proposal_call l WHERE l.year = c.year)
                AND NOT EXISTS (SELECT 1 FROM target_proposal p WHERE p.year = c.year AND p.commune = ?)
            ORDER BY year
            """, today, commune
        ).map { (try $0.integer("year"), try $0.day("until")) }
    }

    /// All proposals for those who follow the plan; a commune sees its own.
    public func proposals(year: Int, for viewer: Viewer) async throws -> ProposalRound {
        try viewer.require(.viewFigures)
        let round = try await store.read { try Self.proposals(year: year, on: $0) }
        guard !viewer.may(.readScenarios) else { return round }
        return ProposalRound(
            year: year, until: round.until, proposals: round.proposals.filter { viewer.communes.contains($0.key) })
    }

    /// Asks all communes for proposals until a day.
    public func callForProposals(year: Int, until typed: String, by submission: Submission) async throws {
        try requireAllocator(submission.viewer, .city)
        guard plan.years.contains(year) else { throw Refusal(.notFound, "Kế hoạch không có năm \(year).") }
        guard let day = Day(typed: typed), day >= clock.today else {
            throw Refusal(fields: [
                .init(TargetField.until, "“\(typed)” không phải ngày từ hôm nay trở đi, hãy nhập dạng 15/12/2026.")
            ])
        }
        try await store.once(submission, about: Subject(.proposals, year), at: clock.now) { connection, now in
            try connection.execute(
                "INSERT INTO proposal_call (id, year, until, at, actor_name) VALUES (?, ?, ?, ?, ?)", RecordID(at: now),
                year, day, now, submission.viewer.name)
            try AuditTrail.append(
                AuditEvent("proposals.called", subject: Subject(.targets, year), detail: "đến ngày \(day.vietnamese)"),
                by: submission.actor, at: now, on: connection)
            try TargetNotices.call(
                plan.communes.codes, year: year, until: day, by: submission.viewer.account, at: now, on: connection)
        }
    }

    /// A commune proposes its own target. Later proposals replace earlier ones; all are kept.
    public func propose(
        _ commune: CommuneCode, year: Int, total: String, voluntary: String, reason: String, conditions: String,
        by submission: Submission
    ) async throws {
        guard submission.viewer.proposesTarget(of: commune) else {
            throw Refusal(.forbidden, "Chỉ xã, phường, đặc khu đề xuất chỉ tiêu của chính mình.")
        }
        guard plan.years.contains(year) else { throw Refusal(.notFound, "Kế hoạch không có năm \(year).") }
        var problems: [Refusal.FieldProblem] = []
        let numbers = (Self.people(total), Self.people(voluntary))
        if numbers.0 == nil { problems.append(.init(TargetField.total, "“\(total)” không phải số người.")) }
        if numbers.1 == nil { problems.append(.init(TargetField.voluntary, "“\(voluntary)” không phải số người.")) }
        if let all = numbers.0, let part = numbers.1, part > all {
            problems.append(.init(TargetField.voluntary, "Số tự nguyện không thể lớn hơn tổng số."))
        }
        let reason = VietnameseText.tidy(reason)
        if reason.isEmpty || reason.count > 1_000 {
            problems.append(.init(TargetField.reason, "Hãy ghi căn cứ của đề xuất (không quá 1.000 chữ)."))
        }
        let conditions = VietnameseText.tidy(conditions)
        if conditions.count > 1_000 { problems.append(.init(TargetField.conditions, "Không quá 1.000 chữ.")) }
        guard problems.isEmpty, let all = numbers.0, let part = numbers.1 else { throw Refusal(fields: problems) }
        try await store.once(submission, about: Subject(.proposals, year), at: clock.now) { connection, now in
            let series = try FigureService.series(on: connection)
            let last = series.months.reversed().lazy.compactMap { series.total(commune, $0) }.first
            if let last, all < last / 3 || all > last * 3 {
                throw Refusal(fields: [
                    .init(
                        TargetField.total,
                        "\(VietnameseText.grouped(all)) người cách xa kết quả gần nhất (\(VietnameseText.grouped(last))); hãy kiểm tra lại."
                    )
                ])
            }
            let round = try Self.proposals(year: year, on: connection)
            if let until = round.until, !round.isOpen(on: now.day) {
                throw Refusal(
                    .expired,
                    "Hạn gửi đề xuất đã hết ngày \(until.vietnamese). Hãy liên hệ cơ quan thường trực kế hoạch.")
            }
            try connection.execute(
                """
                INSERT INTO target_proposal (id, commune, year, total, voluntary, reason, conditions, at, account, actor_name)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, RecordID(at: now), commune, year, all, part, reason, conditions, now, submission.viewer.account,
                submission.viewer.name)
            try AuditTrail.append(
                AuditEvent(
                    "target.proposed", subject: Subject(.targets, "\(year)/\(commune)"),
                    detail: "\(all), tự nguyện \(part)"),
                by: submission.actor, at: now, on: connection)
            try TargetNotices.answered(commune, year: year, at: now, on: connection)
        }
    }

    /// A number of people as it is typed: `12.345`, `12345`; nil for anything else.
    public static func people(_ typed: String) -> Int? { WrittenNumber.count(typed, most: 999_999_999) }
}
