public import Access
public import Database
public import Kernel
public import Registry

/// A row of a review as it is listed.
public struct ListedRow: Sendable, Equatable {
    public let employer: EntityID
    /// Nil for the employer by itself.
    public let person: EntityID?
    /// Key of the decision table.
    public let review: String
    public let commune: CommuneCode?
    public let classKey: String
    public let isLead: Bool
    public let certainty: Certainty
    /// In Vietnamese.
    public let reason: String
    public let facts: ReviewFacts
    /// The record that each fact rests on.
    public let evidence: [(fact: ReviewFact, place: RecordPlace)]
    /// The run that said so first.
    public let since: Int

    init(_ row: SQLRow) throws {
        employer = EntityID(first: RecordPlace(number: Int64(try row.integer("employer"))))
        let person = try row.integer("person")
        self.person = person == 0 ? nil : EntityID(first: RecordPlace(number: Int64(person)))
        review = try row.text("review")
        commune = CommuneCode(try row.text("commune"))
        classKey = try row.text("class")
        isLead = try row.flag("is_lead")
        certainty = try row.choice("certainty")
        reason = try row.text("reason")
        facts = ReviewFacts(text: try row.text("facts"))
        evidence = try row.text("evidence").split(separator: " ").compactMap { part in
            let pair = part.split(separator: ":")
            guard pair.count == 2, let fact = ReviewFact(rawValue: String(pair[0])), let place = Int64(pair[1]) else {
                return nil
            }
            return (fact, RecordPlace(number: place))
        }
        since = try row.integer("from_run")
    }

    public static func == (left: ListedRow, right: ListedRow) -> Bool {
        left.employer == right.employer && left.person == right.person && left.review == right.review
            && left.commune == right.commune && left.says(right)
            && left.evidence.elementsEqual(right.evidence) { $0 == $1 }
    }

    /// Whether both say the same, whatever record each rests on.
    func says(_ other: ListedRow) -> Bool {
        classKey == other.classKey && certainty == other.certainty && reason == other.reason && facts == other.facts
    }
}

extension ReviewService {
    /// The rows that hold in a run, by employer, each employer by itself first; the same for the same register, tables and day.
    public func forEachRow(
        of run: ReviewRun, onlyLeads: Bool, within scope: Scope,
        _ body: @escaping @Sendable (ListedRow) throws -> Void
    ) async throws {
        try await store.read { connection in
            var (sql, values): (String, [SQLValue]) = ("", [run.number.sqlValue, run.number.sqlValue])
            if onlyLeads { sql += " AND is_lead = 1" }
            if let communes = scope.communes {
                sql +=
                    communes.isEmpty
                    ? " AND 1 = 0" : " AND commune IN (\(communes.map { _ in "?" }.joined(separator: ", ")))"
                values += communes.map(\.sqlValue)
            }
            try connection.forEachRow(
                """
                SELECT * FROM review_row WHERE from_run <= ? AND (until_run = 0 OR until_run > ?)\(sql)
                ORDER BY employer, person, review
                """, values
            ) { try body(ListedRow($0)) }
        }
    }
}

/// How many rows a class has in a run.
public struct ReviewCount: Sendable, Equatable {
    public let review: String
    public let classKey: String
    public let isLead: Bool
    /// Workers and owners, or employers by themselves.
    public let rows: Int
    public let employers: Int
}

extension ReviewService {
    /// By table and class.
    public func counts(of run: ReviewRun) async throws -> [ReviewCount] {
        try await store.read { connection in
            try connection.rows(
                """
                SELECT review, class, is_lead, SUM(rows_counted) AS counted, SUM(employers) AS employers FROM review_count
                WHERE run = ? GROUP BY review, class, is_lead ORDER BY review, class
                """, run.number
            ).map { row in
                ReviewCount(
                    review: try row.text("review"), classKey: try row.text("class"), isLead: try row.flag("is_lead"),
                    rows: try row.integer("counted"), employers: try row.integer("employers"))
            }
        }
    }
}

/// What one row is in a later run beside an earlier one.
public struct RowChange: Sendable, Equatable {
    public enum Kind: String, Sendable, CaseIterable {
        case new, gone, changed
    }

    public let kind: Kind
    public let before: ListedRow?
    public let after: ListedRow?

    /// What is answered otherwise than before; of new rows and those that are gone, what stands there.
    public var facts: [ReviewFact] {
        guard let before, let after else { return [] }
        return ReviewFact.allCases.filter { before.facts[$0] != after.facts[$0] }
    }

    /// In Vietnamese: `tham gia bắt buộc: không → tại đơn vị`.
    public var words: String {
        guard let before, let after else { return (after ?? before)?.reason ?? "" }
        let changed = facts.map { fact in
            func word(_ row: ListedRow) -> String { row.facts[fact].map { fact.words(of: $0) } ?? "không xét" }
            return "\(fact.words): \(word(before)) → \(word(after))"
        }
        if !changed.isEmpty { return changed.joined(separator: "; ") }
        return before.reason == after.reason
            ? "độ chắc: \(before.certainty.words) → \(after.certainty.words)" : "bảng quyết định đã khác"
    }
}

extension ReviewService {
    /// What is new, gone or otherwise in one run beside another, by employer.
    /// - Throws: a refusal where one of them did not come to its end.
    public func compare(
        _ earlier: ReviewRun, with later: ReviewRun, within scope: Scope,
        _ body: @escaping @Sendable (RowChange) throws -> Void
    ) async throws {
        for run in [earlier, later] where run.state != .done {
            throw Refusal(.invalid, "Lần rà soát “\(run.name)” \(run.state.words) nên không so sánh được.")
        }
        let (first, second) = (min(earlier.number, later.number), max(earlier.number, later.number))
        guard first < second else { return }
        let isTurned = earlier.number > later.number
        try await store.read { connection in
            var (sql, values): (String, [SQLValue]) = (
                "", [first.sqlValue, second.sqlValue, first.sqlValue, second.sqlValue]
            )
            if let communes = scope.communes {
                sql =
                    communes.isEmpty
                    ? " AND 1 = 0" : " AND commune IN (\(communes.map { _ in "?" }.joined(separator: ", ")))"
                values += communes.map(\.sqlValue)
            }
            var pending: (old: ListedRow?, new: ListedRow?) = (nil, nil)
            func tell() throws {
                defer { pending = (nil, nil) }
                let (before, after) = isTurned ? (pending.new, pending.old) : (pending.old, pending.new)
                switch (before, after) {
                case (let before?, let after?):
                    if !before.says(after) { try body(RowChange(kind: .changed, before: before, after: after)) }
                case (let before?, nil): try body(RowChange(kind: .gone, before: before, after: nil))
                case (nil, let after?): try body(RowChange(kind: .new, before: nil, after: after))
                case (nil, nil): break
                }
            }
            var key: [Int] = []
            try connection.forEachRow(
                """
                SELECT * FROM review_row WHERE ((from_run > ? AND from_run <= ?) OR (until_run > ? AND until_run <= ?))\(sql)
                ORDER BY employer, person, review, from_run
                """, values
            ) { row in
                let listed = try ListedRow(row)
                let until = try row.integer("until_run")
                let now = [
                    try row.integer("employer"), try row.integer("person"),
                    ReviewTables.names.firstIndex(of: listed.review) ?? -1,
                ]
                if now != key { try tell() }
                key = now
                if listed.since <= first, until == 0 || until > first { pending.old = listed }
                if listed.since <= second, until == 0 || until > second { pending.new = listed }
            }
            try tell()
        }
    }
}
