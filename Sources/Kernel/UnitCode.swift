/// The code of an agency in a plan's data files: lower-case ASCII letters, digits and single hyphens (`so-noi-vu`).
public struct AgencyCode: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let text: String

    /// Nil for any other shape. A code begins with a letter, so it never looks like a commune's.
    public init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard let first = bytes.first, let last = bytes.last, (97...122).contains(first), last != 45, bytes.count <= 60,
            bytes.allSatisfy({ (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }),
            !zip(bytes, bytes.dropFirst()).contains(where: { $0 == 45 && $1 == 45 })
        else { return nil }
        self.text = String(text)
    }

    public var description: String { text }

    public static func < (left: AgencyCode, right: AgencyCode) -> Bool { left.text < right.text }
}

/// A unit that leads work: an agency, one of an agency's many units, or a commune.
public enum UnitCode: Hashable, Comparable, Sendable, CustomStringConvertible {
    case agency(AgencyCode)
    case agencyUnit(AgencyUnitCode)
    case commune(CommuneCode)

    /// Five digits are a commune, a slug is an agency, two with a colon between are a unit of one; nil for anything else.
    public init?(_ text: some StringProtocol) {
        if let commune = CommuneCode(text) {
            self = .commune(commune)
        } else if let agency = AgencyCode(text) {
            self = .agency(agency)
        } else if let unit = AgencyUnitCode(text) {
            self = .agencyUnit(unit)
        } else {
            return nil
        }
    }

    public var text: String {
        switch self {
        case .agency(let code): code.text
        case .agencyUnit(let code): code.text
        case .commune(let code): code.text
        }
    }

    public var description: String { text }

    public static func < (left: UnitCode, right: UnitCode) -> Bool { left.text < right.text }
}
