/// The code of one of an agency's many units: the agency's code, a colon, and the unit's own within it
/// (`bhxh-co-so:thuy-nguyen`). The colon keeps it apart from the code of any agency or commune.
public struct AgencyUnitCode: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let agency: AgencyCode
    /// Lower-case ASCII letters, digits and single hyphens between them; may begin with a digit (`tcs-1`, `1`).
    public let unit: String

    /// Nil when the unit's own part has another shape.
    public init?(agency: AgencyCode, unit: some StringProtocol) {
        let bytes = Array(unit.utf8)
        guard let first = bytes.first, let last = bytes.last, first != 45, last != 45, bytes.count <= 60,
            bytes.allSatisfy({ (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }),
            !zip(bytes, bytes.dropFirst()).contains(where: { $0 == 45 && $1 == 45 })
        else { return nil }
        self.agency = agency
        self.unit = String(unit)
    }

    /// As printed; nil for any other shape.
    public init?(_ text: some StringProtocol) {
        guard let colon = text.firstIndex(of: ":"), let agency = AgencyCode(text[..<colon]) else { return nil }
        self.init(agency: agency, unit: text[text.index(after: colon)...])
    }

    public var text: String { "\(agency.text):\(unit)" }
    public var description: String { text }

    public static func < (left: AgencyUnitCode, right: AgencyUnitCode) -> Bool { left.text < right.text }
}
