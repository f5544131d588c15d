public import Database
public import Kernel

/// Who agencies are in documents, as stated on screen: each statement whole, from a day on. Whoever calls has settled who may.
public struct StatedIdentities: Sendable, Equatable {
    /// One statement. It is never changed: another of the same day, made later, takes its place.
    public struct Statement: Sendable, Equatable {
        public let id: RecordID
        public let agency: AgencyCode
        /// The first day whose papers it heads.
        public let since: Day
        public let identity: LegalIdentity
        public let reason: String
        public let at: Timestamp
        public let by: String
    }

    /// By agency, in the order they hold; of one day the later stands behind.
    private let byAgency: [AgencyCode: [Statement]]

    public init(_ statements: [Statement] = []) {
        byAgency = Dictionary(grouping: statements, by: \.agency).mapValues { own in
            own.sorted { ($0.since, $0.id.text) < ($1.since, $1.id.text) }
        }
    }

    public func statements(of agency: AgencyCode) -> [Statement] { byAgency[agency] ?? [] }

    /// Nil where nothing was stated by that day: the province's folder holds.
    public func identity(of agency: AgencyCode, on day: Day) -> LegalIdentity? {
        statements(of: agency).last { $0.since <= day }?.identity
    }
}

/// Keeping statements of identities.
public enum StoredIdentities {
    public static func read(on connection: any SQLConnection) throws -> StatedIdentities {
        StatedIdentities(
            try connection.rows("SELECT * FROM agency_identity ORDER BY id").compactMap { row in
                guard let agency = AgencyCode(try row.text("agency")) else { return nil }
                return .init(
                    id: try row.recordID("id"), agency: agency, since: try row.day("since"),
                    identity: LegalIdentity(
                        name: try row.optionalText("name"),
                        bodyAbove: try row.optionalText("body_above").map { $0 == none ? .nobody : .body($0) },
                        symbol: try row.optionalText("symbol"), head: try row.optionalText("head"),
                        deputy: try row.optionalText("deputy"), collective: try row.optionalText("collective"),
                        place: try row.optionalText("place")),
                    reason: try row.text("reason"), at: try row.timestamp("at"), by: try row.text("actor_name"))
            })
    }

    public static func keep(
        _ identity: LegalIdentity, of agency: AgencyCode, since: Day, reason: String, at now: Timestamp,
        account: RecordID, by name: String, on connection: any SQLConnection
    ) throws {
        let above: String? =
            switch identity.bodyAbove {
            case .body(let name): name
            case .nobody: none
            case nil: nil
            }
        try connection.execute(
            """
            INSERT INTO agency_identity (id, agency, since, name, body_above, symbol, head, deputy, collective, place,
                reason, at, account, actor_name)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, RecordID(at: now), agency.text, since, identity.name, above, identity.symbol, identity.head,
            identity.deputy, identity.collective, identity.place, reason, now, account, name)
    }

    /// In the place of a name: nobody stands above.
    private static let none = "none"
}
