public import Kernel

/// A signed-in person, as every query that bounds what is seen takes it. Only a complete session makes one
/// (``AccessService/viewer(token:)``), or a test.
public struct Viewer: Sendable, Equatable {
    public let account: RecordID
    public let login: String
    public let name: String
    public let role: Role
    /// What the role allowed when the request came in.
    public let rights: Set<Right>
    public let agency: AgencyCode?
    /// One of the agency's many units, for whoever works for it alone.
    public let unit: AgencyUnitCode?
    /// Own communes: one for commune roles, several for a base social-insurance office, none for the others.
    public let communes: [CommuneCode]
    public let residentialGroup: String?
    /// The session the request came with; nil outside a session.
    public let session: RecordID?

    public init(
        account: RecordID, login: String, name: String, role: Role, rights: Set<Right>,
        agency: AgencyCode? = nil, unit: AgencyUnitCode? = nil, communes: [CommuneCode] = [],
        residentialGroup: String? = nil, session: RecordID? = nil
    ) {
        self.account = account
        self.login = login
        self.name = name
        self.role = role
        self.rights = rights
        self.agency = agency
        self.unit = unit
        self.communes = communes
        self.residentialGroup = residentialGroup
        self.session = session
    }

    public func may(_ right: Right) -> Bool { rights.contains(right) }

    /// Refuses, in words, what the role does not allow.
    public func require(_ right: Right) throws(Refusal) {
        guard may(right) else {
            throw Refusal(
                .forbidden,
                "Vai trò “\(role.title)” không có quyền “\(right.title)”. Hãy liên hệ quản trị hệ thống nếu cần.")
        }
    }

    /// The units whose work is this person's own: the commune of a commune role, otherwise the unit of the agency, or
    /// the agency.
    public var ownUnits: [UnitCode] {
        switch role {
        case .communeLeader, .communeOfficer, .groupHead: communes.map(UnitCode.commune)
        default: unit.map { [UnitCode.agencyUnit($0)] } ?? agency.map { [UnitCode.agency($0)] } ?? []
        }
    }
}
