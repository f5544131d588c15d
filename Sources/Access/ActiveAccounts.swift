public import Database
public import Kernel

/// How many of the accounts of a place did anything in a stretch of time.
public struct ActiveAccounts: Sendable, Equatable {
    public let role: Role
    /// The commune of commune roles; the agency of the others; nil of those who have neither.
    public let unit: UnitCode?
    public let accounts: Int
    public let active: Int
}

extension ActiveAccounts {
    /// By role and place. Active is whoever stands in the audit trail: signing in is an entry.
    /// - Parameters:
    ///   - from: the first moment.
    ///   - until: the moment behind the last.
    public static func all(
        from: Timestamp, until: Timestamp, on connection: any SQLConnection
    ) throws -> [ActiveAccounts] {
        let active = try actors(from: from, until: until, on: connection)
        var communes: [String: [CommuneCode]] = [:]
        for row in try connection.rows("SELECT account, commune FROM account_commune ORDER BY account, commune") {
            guard let code = CommuneCode(try row.text("commune")) else { continue }
            communes[try row.text("account"), default: []].append(code)
        }
        struct Place: Hashable {
            let role: Role
            let unit: UnitCode?
        }
        var counts: [Place: (all: Int, active: Int)] = [:]
        let rows = try connection.rows(
            "SELECT id, role, agency FROM account WHERE disabled_at IS NULL AND created_at < ?", until)
        for row in rows {
            let (id, role): (String, Role) = (try row.text("id"), try row.choice("role"))
            let isActive = active.contains(id)
            var units: [UnitCode?] = []
            switch role {
            case .communeLeader, .communeOfficer, .groupHead: units = (communes[id] ?? []).map { .commune($0) }
            default: units = [try row.optionalText("agency").flatMap { AgencyCode($0) }.map { .agency($0) }]
            }
            for unit in units {
                let place = Place(role: role, unit: unit)
                counts[place, default: (0, 0)].all += 1
                if isActive { counts[place]?.active += 1 }
            }
        }
        return counts.map { place, count in
            ActiveAccounts(role: place.role, unit: place.unit, accounts: count.all, active: count.active)
        }.sorted {
            ($0.role.rawValue, $0.unit?.text ?? "") < ($1.role.rawValue, $1.unit?.text ?? "")
        }
    }

    private static func actors(
        from: Timestamp, until: Timestamp, on connection: any SQLConnection
    ) throws -> Set<String> {
        // The trail grows in time: where the stretch begins is found by halving.
        var (low, high) = (1, try connection.integer("SELECT MAX(sequence) FROM audit_entry") ?? 0)
        while low < high {
            let middle = (low + high) / 2
            let at = try connection.row("SELECT at FROM audit_entry WHERE sequence = ?", middle)?.timestamp("at")
            if let at, at < from { low = middle + 1 } else { high = middle }
        }
        return Set(
            try connection.rows(
                """
                SELECT DISTINCT actor FROM audit_entry
                WHERE sequence >= ? AND at >= ? AND at < ? AND actor IS NOT NULL
                """, low, from, until
            ).map { try $0.text("actor") })
    }
}
