import Database
import Kernel
import Registry

/// The tables of what a review says: only what is another than before is written, so that each run's rows are there with few of them.
enum StoredOutcomes {
    /// What stands now of one person at one employer.
    private struct Standing {
        let from: Int
        let commune: String
        let classKey: String
        let certainty: String
        let reason: String
        let facts: String
        let evidence: String

        init(_ row: SQLRow) throws {
            from = try row.integer("from_run")
            (commune, classKey) = (try row.text("commune"), try row.text("class"))
            (certainty, reason) = (try row.text("certainty"), try row.text("reason"))
            (facts, evidence) = (try row.text("facts"), try row.text("evidence"))
        }

        func says(_ row: ReviewedRow, commune: String) -> Bool {
            classKey == row.classKey && certainty == row.certainty.rawValue && reason == row.reason
                && facts == row.facts && evidence == row.evidence && self.commune == commune
        }
    }

    private struct Key: Hashable {
        let person: Int64
        let table: String
    }

    static func put(_ outcomes: [SubjectOutcome], in run: Int, on connection: any SQLConnection) throws {
        for outcome in outcomes {
            var standing = try standing(outcome.key, on: connection)
            var new: [ReviewedRow] = []
            for row in outcome.rows {
                let key = Key(person: row.person?.first.number ?? 0, table: row.table)
                guard let known = standing.removeValue(forKey: key) else {
                    new.append(row)
                    continue
                }
                if known.says(row, commune: outcome.commune) { continue }
                try end(key, known, of: outcome.key, in: run, on: connection)
                new.append(row)
            }
            for (key, known) in standing.sorted(by: { ($0.key.person, $0.key.table) < ($1.key.person, $1.key.table) }) {
                try end(key, known, of: outcome.key, in: run, on: connection)
            }
            _ = try connection.load(
                "review_row",
                columns: [
                    "employer", "person", "review", "from_run", "until_run", "commune", "class", "is_lead", "certainty",
                    "reason", "facts", "evidence",
                ],
                rows: new.lazy.map { row in
                    [
                        outcome.key.sqlValue, (row.person?.first.number ?? 0).sqlValue, .text(row.table),
                        run.sqlValue, .integer(0), .text(outcome.commune), .text(row.classKey), row.isLead.sqlValue,
                        .text(row.certainty.rawValue), .text(row.reason), .text(row.facts), .text(row.evidence),
                    ]
                })
            try note(outcome, in: run, on: connection)
        }
    }

    private static func standing(
        _ employer: EntityID, on connection: any SQLConnection
    ) throws -> [Key: Standing] {
        var found: [Key: Standing] = [:]
        try connection.forEachRow(
            """
            SELECT person, review, from_run, commune, class, certainty, reason, facts, evidence FROM review_row
            WHERE employer = ? AND until_run = 0
            """, [employer.sqlValue]
        ) { row in
            found[Key(person: Int64(try row.integer("person")), table: try row.text("review"))] = try Standing(row)
        }
        return found
    }

    /// What the same run said before it was cut short was never said.
    private static func end(
        _ key: Key, _ known: Standing, of employer: EntityID, in run: Int, on connection: any SQLConnection
    ) throws {
        if known.from == run {
            try connection.execute(
                "DELETE FROM review_row WHERE employer = ? AND person = ? AND review = ? AND from_run = ?", employer,
                key.person, key.table, run)
        } else {
            try connection.execute(
                """
                UPDATE review_row SET until_run = ? WHERE employer = ? AND person = ? AND review = ? AND from_run = ?
                """, run, employer, key.person, key.table, known.from)
        }
    }

    private static func note(_ outcome: SubjectOutcome, in run: Int, on connection: any SQLConnection) throws {
        var payer: [UInt8] = []
        if case .payer(let unit) = outcome.subject, case .bytes(let bytes) = unit.sqlValue { payer = bytes }
        try connection.execute(
            """
            INSERT INTO review_subject (employer, payer, name, commune, industry, declared, declared_insured, insured,
                holds_until, seen_run) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (employer) DO UPDATE SET
                payer = excluded.payer, name = excluded.name, commune = excluded.commune, industry = excluded.industry,
                declared = excluded.declared, declared_insured = excluded.declared_insured, insured = excluded.insured,
                holds_until = excluded.holds_until, seen_run = excluded.seen_run
            """, outcome.key, payer, outcome.name, outcome.commune, outcome.industry, outcome.declared,
            outcome.declaredInsured, outcome.insuredNow, outcome.holdsUntil, run)
        let known = try connection.rows("SELECT unit FROM review_unit WHERE employer = ? ORDER BY unit", outcome.key)
            .map { UnitKey(bytes: try $0.bytes("unit")) }
        guard known != outcome.units.sorted() else { return }
        try connection.execute("DELETE FROM review_unit WHERE employer = ?", outcome.key)
        _ = try connection.load(
            "review_unit", columns: ["unit", "employer"],
            rows: outcome.units.sorted().lazy.map { [$0.sqlValue, outcome.key.sqlValue] })
    }

    /// Nobody is there any more under these names.
    static func close(_ employers: [EntityID], in run: Int, on connection: any SQLConnection) throws {
        for employer in employers {
            for (key, known) in try standing(employer, on: connection) {
                try end(key, known, of: employer, in: run, on: connection)
            }
            try connection.execute("DELETE FROM review_subject WHERE employer = ?", employer)
            try connection.execute("DELETE FROM review_unit WHERE employer = ?", employer)
        }
    }

    /// Those who were looked at in an earlier run and not in this one.
    static func unseen(in run: Int, limit: Int, on connection: any SQLConnection) throws -> [EntityID] {
        try connection.rows(
            "SELECT employer FROM review_subject WHERE seen_run < ? ORDER BY employer LIMIT ?", run, limit
        ).map { EntityID(first: RecordPlace(number: Int64(try $0.integer("employer")))) }
    }

    /// Who was looked at under these codes.
    static func subjects(
        of units: [UnitKey], on connection: any SQLConnection
    ) throws -> [EntityID: ReviewSubject] {
        var found: [EntityID: ReviewSubject] = [:]
        for unit in units {
            for row in try connection.rows(
                """
                SELECT u.employer, s.payer FROM review_unit u JOIN review_subject s ON s.employer = u.employer
                WHERE u.unit = ?
                """, [unit.sqlValue])
            {
                let (entity, subject) = try subject(row)
                found[entity] = subject
            }
        }
        return found
    }

    /// Of whom something is otherwise on a day though no list came, in order.
    static func due(
        on day: Day, behind employer: EntityID?, limit: Int, on connection: any SQLConnection
    ) throws -> [(EntityID, ReviewSubject)] {
        try connection.rows(
            """
            SELECT employer, payer FROM review_subject WHERE holds_until <> '' AND holds_until <= ? AND employer > ?
            ORDER BY employer LIMIT ?
            """, [day.description.sqlValue, employer?.sqlValue ?? .integer(-1), limit.sqlValue]
        ).map { try subject($0) }
    }

    private static func subject(_ row: SQLRow) throws -> (EntityID, ReviewSubject) {
        let entity = EntityID(first: RecordPlace(number: Int64(try row.integer("employer"))))
        let payer = try row.bytes("payer")
        return (entity, payer.isEmpty ? .employer(entity) : .payer(UnitKey(bytes: payer)))
    }
}
