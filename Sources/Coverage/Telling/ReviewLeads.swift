public import Access
import Database
public import Kernel
public import Registry

/// An employer that is a lead, or pays somebody who is.
public struct LeadEmployer: Sendable, Equatable {
    public let employer: EntityID
    /// Empty for a payer that no list of employers names.
    public let name: String
    public let commune: CommuneCode?
    /// Its own class; nil where it is none of the leads by itself.
    public let classKey: String?
    /// Workers, owners and managers to be brought in.
    public let people: Int
    public let declared: Int
    public let insured: Int
}

/// An employer with everybody of it whom a review speaks of.
public struct LeadPicture: Sendable {
    /// A row with who is meant, and where each fact stands.
    public struct Person: Sendable {
        public let row: ListedRow
        public let name: String
        public let result: ReviewTable.Class?
        public let evidence: [(fact: ReviewFact, origin: RecordOrigin)]
    }

    public let run: ReviewRun
    public let employer: LeadEmployer
    public let industry: String
    /// How many take part at it.
    public let insuredNow: Int
    public let own: Person?
    /// Leads first, of each class in the order of their names.
    public let people: [Person]
}

extension ReviewService {
    public static let pageLength = 50

    /// Employers with leads that the last run found in the viewer's area, those with the most people first. Names nobody but
    /// employers; whoever looks at one does so through ``lead(_:by:)``.
    /// - Parameter page: from 1.
    public func leads(
        in commune: CommuneCode?, ofClass classKey: String?, page: Int, for viewer: Viewer
    ) async throws -> (all: [LeadEmployer], hasMore: Bool) {
        try viewer.require(.readLeads)
        let scope = viewer.leadScope
        let employers = try await tables().employers.key
        return try await store.read { connection in
            var (sql, values): (String, [SQLValue]) = ("", [])
            if let communes = scope.communes {
                sql +=
                    communes.isEmpty
                    ? " AND 1 = 0" : " AND r.commune IN (\(communes.map { _ in "?" }.joined(separator: ", ")))"
                values += communes.map(\.sqlValue)
            }
            if let commune {
                sql += " AND r.commune = ?"
                values.append(commune.sqlValue)
            }
            if let classKey {
                sql += " AND r.class = ?"
                values.append(.text(classKey))
            }
            let limit = Self.pageLength
            let skipped = min(max(page - 1, 0), 10_000) * limit
            let rows = try connection.rows(
                """
                SELECT r.employer, s.name, s.commune, s.declared, s.insured,
                    SUM(CASE WHEN r.person > 0 THEN 1 ELSE 0 END) AS people,
                    MAX(CASE WHEN r.review = ? THEN r.class ELSE '' END) AS own
                FROM review_row r JOIN review_subject s ON s.employer = r.employer
                WHERE r.until_run = 0 AND r.is_lead = 1\(sql)
                GROUP BY r.employer, s.name, s.commune, s.declared, s.insured
                ORDER BY people DESC, r.employer LIMIT ? OFFSET ?
                """, [.text(employers)] + values + [(limit + 1).sqlValue, skipped.sqlValue])
            let found = try rows.prefix(limit).map { row in
                let own = try row.text("own")
                return LeadEmployer(
                    employer: EntityID(first: RecordPlace(number: Int64(try row.integer("employer")))),
                    name: try row.text("name"), commune: CommuneCode(try row.text("commune")),
                    classKey: own.isEmpty ? nil : own, people: try row.integer("people"),
                    declared: try row.integer("declared"), insured: try row.integer("insured"))
            }
            return (found, rows.count > limit)
        }
    }

    /// An employer with everybody of it, reasons and evidence; that somebody looked is kept.
    /// - Throws: a refusal for an employer outside the own area, and for one without a row.
    public func lead(_ employer: EntityID, by submission: Submission) async throws -> LeadPicture {
        try submission.viewer.require(.readLeads)
        let scope = submission.viewer.leadScope
        let tables = try await tables()
        let now = clock.now
        return try await store.write { connection in
            guard let run = try ReviewRuns.lastDone(on: connection),
                let subject = try connection.row("SELECT * FROM review_subject WHERE employer = ?", employer),
                try Self.covers(scope, try subject.text("commune"))
            else { throw Refusal(.notFound, "Không có đơn vị này trong lần rà soát, thuộc địa bàn của bạn.") }
            let rows = try connection.rows(
                "SELECT * FROM review_row WHERE employer = ? AND until_run = 0 ORDER BY is_lead DESC, review, class, person",
                employer
            ).map { try ListedRow($0) }
            let names = try RegisterQueries.names(of: rows.compactMap(\.person), on: connection)
            let origins = try RegisterQueries.origins(
                of: Set(rows.flatMap { $0.evidence.map(\.place) }), on: connection)
            let people = rows.map { row in
                LeadPicture.Person(
                    row: row, name: row.person.flatMap { names[$0] } ?? "",
                    result: tables.result(row.classKey, of: row.review),
                    evidence: row.evidence.compactMap { part in origins[part.place].map { (part.fact, $0) } })
            }
            let own = people.first { $0.row.person == nil }
            let leads = rows.filter { $0.isLead && $0.person != nil }.count
            try AuditTrail.append(
                AuditEvent(
                    "coverage.looked", subject: Subject(.entity, employer.first.number), detail: run.name),
                by: submission.actor, at: now, on: connection)
            return LeadPicture(
                run: run,
                employer: LeadEmployer(
                    employer: employer, name: try subject.text("name"),
                    commune: CommuneCode(try subject.text("commune")),
                    classKey: own?.row.isLead == true ? own?.row.classKey : nil, people: leads,
                    declared: try subject.integer("declared"), insured: try subject.integer("insured")),
                industry: try subject.text("industry"), insuredNow: try subject.integer("insured"), own: own,
                people: people.filter { $0.row.person != nil })
        }
    }

    private static func covers(_ scope: Scope, _ commune: String) -> Bool {
        guard scope.communes != nil else { return true }
        return CommuneCode(commune).map(scope.covers) ?? false
    }
}
