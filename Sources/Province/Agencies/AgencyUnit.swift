public import Kernel

/// One of the many units of an agency: a BHXH cơ sở, a Thuế cơ sở, a project board, a school, a branch of an association.
public struct AgencyUnit: Sendable, Hashable {
    public let code: AgencyUnitCode
    /// In full, as documents write it.
    public let name: String
    /// What it is, in words: `trường trung học phổ thông`; empty when not stated.
    public let kind: String
    /// Its area; empty when it has none or it is not stated.
    public let communes: [CommuneCode]
    /// Who accepts its products, where somebody else does than for its fellows.
    public let superior: AgencyCode?
    /// What is stated of this unit itself; ``LegalIdentity/name`` is ``name``.
    public let ownIdentity: LegalIdentity
    /// The first day whose work it leads: what fell due before it was known stays with those it was given to, so that a
    /// list makes nothing late that its units never had. Nil for units known from the plan's beginning.
    public let since: Day?
    /// It leads nothing new any more; its name stays known for what it once led.
    public let isFormer: Bool

    public init(
        code: AgencyUnitCode, name: String, kind: String = "", communes: [CommuneCode] = [],
        superior: AgencyCode? = nil, identity: LegalIdentity = LegalIdentity(), since: Day? = nil,
        isFormer: Bool = false
    ) {
        self.code = code
        self.name = name
        self.kind = kind
        self.communes = communes
        self.superior = superior
        var identity = identity
        identity.name = name
        ownIdentity = identity
        self.since = since
        self.isFormer = isFormer
    }

    /// The same unit, standing otherwise.
    public func standing(since: Day?, isFormer: Bool) -> AgencyUnit {
        AgencyUnit(
            code: code, name: name, kind: kind, communes: communes, superior: superior, identity: ownIdentity,
            since: since, isFormer: isFormer)
    }

    /// Who it is in documents. Units that the agency's name only gathers share what is stated of all of them; over a unit
    /// of a real body stands that body.
    /// - Parameter stated: of the agency, where something else holds than the province's folder says.
    public func identity(in agency: Agency, stated: LegalIdentity? = nil) -> LegalIdentity {
        var identity = ownIdentity
        let shared = stated ?? agency.identity
        if agency.standsForUnits {
            identity.bodyAbove = identity.bodyAbove ?? shared.bodyAbove
            identity.head = identity.head ?? shared.head
            identity.deputy = identity.deputy ?? shared.deputy
        } else {
            identity.bodyAbove = identity.bodyAbove ?? shared.name.map { LegalIdentity.BodyAbove.body($0) }
        }
        return identity
    }

    /// Who accepts its products: as declared, or who does for all units that a name gathers, or the body it belongs to.
    public func superior(in agency: Agency) -> AgencyCode? {
        superior ?? (agency.standsForUnits ? agency.superior : agency.code)
    }
}

/// The many units of the province's agencies.
public struct AgencyUnits: Sendable, Hashable {
    private let byAgency: [AgencyCode: [AgencyUnit]]
    private let byCode: [AgencyUnitCode: AgencyUnit]

    /// In the order of their list; of two with one code the first counts.
    public init(_ units: [AgencyUnit] = []) {
        byCode = Dictionary(units.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        byAgency = Dictionary(grouping: units, by: \.code.agency)
    }

    /// Former ones too.
    public subscript(code: AgencyUnitCode) -> AgencyUnit? { byCode[code] }

    /// Those of today.
    public func units(of agency: AgencyCode) -> [AgencyUnit] { all(of: agency).filter { !$0.isFormer } }

    public func all(of agency: AgencyCode) -> [AgencyUnit] { byAgency[agency] ?? [] }

    /// The areas of today's units that have one.
    public var areas: [AgencyUnitCode: [CommuneCode]] {
        byCode.values.reduce(into: [:]) { areas, unit in
            if !unit.isFormer, !unit.communes.isEmpty { areas[unit.code] = unit.communes }
        }
    }

    public var count: Int { byCode.count }

    /// The agencies that have any.
    public var agencies: Set<AgencyCode> { Set(byAgency.keys) }

    /// The same with other lists for some agencies.
    public func with(_ lists: [AgencyCode: [AgencyUnit]]) -> AgencyUnits {
        AgencyUnits(byAgency.merging(lists) { _, list in list }.values.flatMap(\.self))
    }
}
