public import Database
public import Kernel

/// A residential group (tổ dân phố, thôn, khu dân cư) of a commune, as the commune itself keeps the list.
public struct ResidentialGroup: Sendable, Equatable {
    public let id: RecordID
    public let commune: CommuneCode
    public let name: String
    public let households: Int?
    public let people: Int?
    /// The year of target and count.
    public let year: Int?
    public let voluntaryTarget: Int?
    /// Voluntary participants as the commune counts them.
    public let voluntaryNow: Int?
    public let countedOn: Day?
    public let updatedAt: Timestamp
    public let updatedBy: String
    public let version: Int

    fileprivate static let columns = """
        id, commune, name, households, people, year, voluntary_target, voluntary_now, counted_on, updated_at, updated_by_name, version
        """

    fileprivate init(_ row: SQLRow) throws {
        id = try row.recordID("id")
        commune = try row.communeCode("commune")
        name = try row.text("name")
        households = try row.optionalInteger("households")
        people = try row.optionalInteger("people")
        year = try row.optionalInteger("year")
        voluntaryTarget = try row.optionalInteger("voluntary_target")
        voluntaryNow = try row.optionalInteger("voluntary_now")
        countedOn = try row.optionalDay("counted_on")
        updatedAt = try row.timestamp("updated_at")
        updatedBy = try row.text("updated_by_name")
        version = try row.integer("version")
    }
}

/// A group as typed or read from a file.
public struct GroupDraft: Sendable, Equatable {
    public var name: String
    public var households: Int?
    public var people: Int?
    public var voluntaryTarget: Int?
    public var voluntaryNow: Int?
    public var countedOn: Day?

    public init(
        name: String, households: Int? = nil, people: Int? = nil, voluntaryTarget: Int? = nil, voluntaryNow: Int? = nil,
        countedOn: Day? = nil
    ) {
        self.name = name
        self.households = households
        self.people = people
        self.voluntaryTarget = voluntaryTarget
        self.voluntaryNow = voluntaryNow
        self.countedOn = countedOn
    }
}

/// The stored list of residential groups. Whoever calls has settled who may.
public enum ResidentialGroups {
    /// The groups of a commune in the order of its list.
    public static func all(of commune: CommuneCode, on connection: any SQLConnection) throws -> [ResidentialGroup] {
        try connection.rows(
            "SELECT \(ResidentialGroup.columns) FROM residential_group WHERE commune = ? AND removed_at IS NULL ORDER BY position, name",
            commune
        ).map(ResidentialGroup.init)
    }

    /// The groups of several communes, each in the order of its list.
    public static func all(of communes: Set<CommuneCode>, on connection: any SQLConnection) throws -> [CommuneCode:
        [ResidentialGroup]]
    {
        var groups: [CommuneCode: [ResidentialGroup]] = [:]
        for row in try connection.rows(
            "SELECT \(ResidentialGroup.columns) FROM residential_group WHERE removed_at IS NULL ORDER BY commune, position, name"
        ) {
            let group = try ResidentialGroup(row)
            if communes.contains(group.commune) { groups[group.commune, default: []].append(group) }
        }
        return groups
    }

    public static func insert(
        _ draft: GroupDraft, of commune: CommuneCode, year: Int, position: Int, by name: String, at now: Timestamp,
        on connection: any SQLConnection
    ) throws {
        try connection.execute(
            """
            INSERT INTO residential_group (id, commune, position, name, households, people, year, voluntary_target, voluntary_now,
                counted_on, updated_at, updated_by_name, version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)
            """,
            RecordID(at: now), commune, position, draft.name, draft.households, draft.people, year,
            draft.voluntaryTarget, draft.voluntaryNow, draft.countedOn, now, name)
    }

    public static func update(
        _ id: RecordID, _ draft: GroupDraft, year: Int, by name: String, at now: Timestamp,
        on connection: any SQLConnection
    ) throws {
        try connection.execute(
            """
            UPDATE residential_group SET name = ?, households = ?, people = ?, year = ?, voluntary_target = ?, voluntary_now = ?,
                counted_on = ?, updated_at = ?, updated_by_name = ?, version = version + 1 WHERE id = ?
            """,
            draft.name, draft.households, draft.people, year, draft.voluntaryTarget, draft.voluntaryNow,
            draft.countedOn, now, name, id)
    }

    /// Takes a group off the list; its record stays.
    /// - Returns: whether it was there.
    public static func remove(
        _ id: RecordID, of commune: CommuneCode, at now: Timestamp, on connection: any SQLConnection
    ) throws -> Bool {
        try connection.execute(
            "UPDATE residential_group SET removed_at = ? WHERE id = ? AND commune = ? AND removed_at IS NULL", now, id,
            commune) == 1
    }

    /// Gives a group its target of a year; nil takes it back.
    public static func setTarget(
        _ people: Int?, year: Int, of id: RecordID, by name: String, at now: Timestamp, on connection: any SQLConnection
    ) throws {
        try connection.execute(
            """
            UPDATE residential_group SET year = ?, voluntary_target = ?, updated_at = ?, updated_by_name = ?,
                version = version + 1 WHERE id = ? AND removed_at IS NULL
            """, year, people, now, name, id)
    }

    /// Communes whose groups still hold a target of an earlier year.
    public static func communesWithTargets(before year: Int, on connection: any SQLConnection) throws -> Set<
        CommuneCode
    > {
        try Set(
            connection.rows(
                """
                SELECT DISTINCT commune FROM residential_group
                WHERE removed_at IS NULL AND voluntary_target IS NOT NULL AND year < ?
                """, year
            ).map { try $0.communeCode("commune") })
    }

    /// When each commune last touched its list, before a moment.
    public static func lastTouched(before end: Timestamp, on connection: any SQLConnection) throws
        -> [CommuneCode: Timestamp]
    {
        var touched: [CommuneCode: Timestamp] = [:]
        for row in try connection.rows(
            "SELECT commune, MAX(updated_at) AS updated FROM residential_group WHERE updated_at < ? GROUP BY commune",
            end)
        {
            touched[try row.communeCode("commune")] = try row.timestamp("updated")
        }
        return touched
    }
}
