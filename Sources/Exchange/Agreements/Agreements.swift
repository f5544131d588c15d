import Access
import Database
import Formats
import Kernel

/// Reading and noting agreements inside a running read or write.
enum Agreements {
    static func all(on connection: any SQLConnection) throws -> [Agreement] {
        try made(
            of: try connection.rows("SELECT * FROM agreement ORDER BY number"),
            versions: try connection.rows("SELECT * FROM agreement_version ORDER BY agreement, version"))
    }

    static func find(_ number: Int, on connection: any SQLConnection) throws -> Agreement? {
        try made(
            of: try connection.rows("SELECT * FROM agreement WHERE number = ?", number),
            versions: try connection.rows(
                "SELECT * FROM agreement_version WHERE agreement = ? ORDER BY version", number)
        ).first
    }

    static func require(_ number: Int, on connection: any SQLConnection) throws -> Agreement {
        guard let agreement = try find(number, on: connection) else {
            throw Refusal(.notFound, "Không có thỏa thuận số \(number), hoặc thỏa thuận không thuộc đơn vị bạn.")
        }
        return agreement
    }

    /// The one in force on a day for what a sender hands over in a format.
    static func covering(
        _ sender: UnitCode, _ format: String, on day: Day, on connection: any SQLConnection
    ) throws -> Agreement? {
        let numbers = try connection.rows("SELECT number FROM agreement WHERE format = ? ORDER BY number DESC", format)
        for row in numbers {
            guard let agreement = try find(try row.integer("number"), on: connection), agreement.covers(sender) else {
                continue
            }
            if agreement.inForce(on: day) != nil { return agreement }
        }
        return nil
    }

    static func events(of number: Int, on connection: any SQLConnection) throws -> [AgreementEvent] {
        try connection.rows("SELECT * FROM agreement_event WHERE agreement = ? ORDER BY step", number).map { row in
            AgreementEvent(
                version: try row.integer("version"), kind: try row.choice("kind"), words: try row.text("words"),
                unit: UnitCode(try row.text("unit")), at: try row.timestamp("at"), byName: try row.text("by_name"))
        }
    }

    private static func made(of rows: [SQLRow], versions: [SQLRow]) throws -> [Agreement] {
        let grouped = Dictionary(grouping: versions) { (try? $0.integer("agreement")) ?? 0 }
        return try rows.map { row in
            let number = try row.integer("number")
            return Agreement(
                number: number, giver: try unit(row, "giver"), receiver: try unit(row, "receiver"),
                format: try row.text("format"),
                versions: try (grouped[number] ?? []).map { version in
                    AgreementVersion(
                        version: try version.integer("version"),
                        terms: try AgreementTerms(json: try version.text("terms")),
                        state: try version.choice("state"), proposedBy: try unit(version, "proposed_by"),
                        paper: try version.optionalText("paper_number").flatMap { number in
                            try version.optionalDay("paper_day").map { SignedPaper(number: number, day: $0) }
                        }, endedOn: try version.optionalDay("ended_on"))
                }, madeAt: try row.timestamp("made_at"))
        }
    }

    static func unit(_ row: SQLRow, _ column: String) throws -> UnitCode {
        let text = try row.text(column)
        guard let code = UnitCode(text) else {
            throw DatabaseError.column(name: column, problem: "is not a unit: \(text)")
        }
        return code
    }

    /// Notes what happened to a version, and where it stands for it.
    static func note(
        _ kind: AgreementEvent.Kind, _ version: Int, of number: Int, words: String, unit: UnitCode?, by name: String,
        at now: Timestamp, on connection: any SQLConnection
    ) throws {
        let last = try connection.integer("SELECT MAX(step) FROM agreement_event WHERE agreement = ?", number) ?? 0
        try connection.execute(
            """
            INSERT INTO agreement_event (agreement, step, version, kind, words, unit, at, by_name)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """, number, last + 1, version, kind.rawValue, words, unit?.text ?? "", now, name)
        try connection.execute(
            "UPDATE agreement_version SET state = ? WHERE agreement = ? AND version = ?", kind.state.rawValue, number,
            version)
    }
}
