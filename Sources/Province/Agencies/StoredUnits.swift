public import Database
public import Kernel

/// The lists of agencies' units that were loaded on screen. Whoever calls has settled who may.
public enum StoredUnits {
    private static let columns = [
        "code", "agency", "position", "name", "kind", "communes", "superior", "body_above", "symbol", "head", "deputy",
        "place", "since", "former",
    ]

    /// The units of each agency that has a list, in the list's order.
    public static func lists(on connection: any SQLConnection) throws -> [AgencyCode: [AgencyUnit]] {
        let units = try connection.rows("SELECT * FROM agency_unit ORDER BY agency, position").compactMap(unit)
        return Dictionary(grouping: units, by: \.code.agency)
    }

    /// Puts a list in the place of the agency's present one.
    public static func replace(
        _ agency: AgencyCode, by units: [AgencyUnit], on connection: any SQLConnection
    ) throws {
        try connection.execute("DELETE FROM agency_unit WHERE agency = ?", agency.text)
        let rows = units.enumerated().map { position, unit -> [SQLValue] in
            let identity = unit.ownIdentity
            let above: String? =
                switch identity.bodyAbove {
                case .body(let name): name
                case .nobody: "none"
                case nil: nil
                }
            return [
                unit.code.text.sqlValue, agency.text.sqlValue, position.sqlValue, unit.name.sqlValue,
                unit.kind.sqlValue, unit.communes.map(\.text).joined(separator: " ").sqlValue,
                (unit.superior?.text).sqlValue, above.sqlValue, identity.symbol.sqlValue, identity.head.sqlValue,
                identity.deputy.sqlValue, identity.place.sqlValue, unit.since.sqlValue,
                (unit.isFormer ? 1 : 0).sqlValue,
            ]
        }
        _ = try connection.load("agency_unit", columns: columns, rows: rows)
    }

    private static func unit(_ row: SQLRow) throws -> AgencyUnit? {
        guard let code = AgencyUnitCode(try row.text("code")) else { return nil }
        return AgencyUnit(
            code: code, name: try row.text("name"), kind: try row.text("kind"),
            communes: try row.text("communes").split(separator: " ").compactMap { CommuneCode($0) },
            superior: try row.optionalText("superior").flatMap { AgencyCode($0) },
            identity: LegalIdentity(
                bodyAbove: try row.optionalText("body_above").map { $0 == "none" ? .nobody : .body($0) },
                symbol: try row.optionalText("symbol"), head: try row.optionalText("head"),
                deputy: try row.optionalText("deputy"), place: try row.optionalText("place")),
            since: try row.optionalDay("since"), isFormer: try row.flag("former"))
    }
}
