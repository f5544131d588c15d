import Access
import Database
import Kernel

/// Versions of targets that no longer hold because their decision was withdrawn, or its number corrected: the version before
/// holds again. Rows of targets are never changed, so what ended stands beside them.
enum TargetWithdrawal {
    /// A condition on `commune_target` by an alias: it was not withdrawn.
    static func holds(_ alias: String) -> String {
        """
        NOT EXISTS (SELECT 1 FROM target_withdrawal w
            WHERE w.commune = \(alias).commune AND w.year = \(alias).year AND w.version = \(alias).version)
        """
    }

    /// Ends every version of a year that a decision gave.
    /// - Returns: those among them that held.
    @discardableResult
    static func end(
        _ signing: Signing, year: Int, reason: String, by actor: Actor, at now: Timestamp,
        on connection: any SQLConnection
    ) throws -> [CommuneTarget] {
        let given = try connection.rows(
            """
            SELECT \(CommuneTarget.columns) FROM commune_target t
            WHERE year = ? AND signed_on = ? AND \(holds("t")) ORDER BY commune, version
            """, year, signing.day
        ).map(CommuneTarget.init).filter { $0.signing?.number == signing.number }
        let holding = Set(try CommuneTarget.holding(year: year, on: connection).map { "\($0.commune) \($0.version)" })
        for target in given {
            try connection.execute(
                """
                INSERT INTO target_withdrawal (commune, year, version, reason, at, account, actor_name)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """, target.commune, year, target.version, reason, now, actor.account, actor.name)
        }
        return given.filter { holding.contains("\($0.commune) \($0.version)") }
    }

    /// For the seal: what was withdrawn, row by row; empty while nothing was.
    static func sealed(on connection: any SQLConnection) throws -> [[String]] {
        try connection.rows(
            "SELECT commune, year, version, reason, at, actor_name FROM target_withdrawal ORDER BY commune, year, version"
        ).map { row in
            [
                "withdrawn", try row.text("commune"), "\(try row.integer("year"))", "\(try row.integer("version"))",
                try row.text("reason"), "\(try row.timestamp("at").secondsSinceEpoch)", try row.text("actor_name"),
            ]
        }
    }
}
