import Access
import Province
public import PlanText
public import Database
public import Kernel

/// What a commune has to reach by the end of a year, as somebody decided it. Versions are kept; the latest
/// that was not withdrawn holds.
public struct CommuneTarget: Sendable, Equatable {
    public let commune: CommuneCode
    public let year: Int
    /// 1, 2, 3 … of the commune and year.
    public let version: Int
    public let total: Int
    /// Part of the total.
    public let voluntary: Int
    /// Whether the decision gave the compulsory part too.
    public let compulsoryBasis: CompulsoryBasis
    /// The deciding document as the loaded table words it; empty for a decision made here.
    public let source: String
    /// Number and day of the deciding document; nil where the table's words name none.
    public let signing: Signing?
    public let at: Timestamp
    public let actorName: String
    /// Why it no longer holds, where its decision was withdrawn or corrected; nil otherwise.
    public let withdrawn: String?

    static let columns =
        """
        commune, year, version, total, voluntary, compulsory, source, \(Signing.columns.joined(separator: ", ")), at,
        actor_name,
        (SELECT w.reason FROM target_withdrawal w WHERE w.commune = t.commune AND w.year = t.year
            AND w.version = t.version) AS withdrawn
        """

    /// The deciding document as screens cite it.
    public var document: String {
        source.isEmpty ? signing.map { "Quyết định \($0.citation)" } ?? "" : source
    }

    init(_ row: SQLRow) throws {
        commune = try row.communeCode("commune")
        year = try row.integer("year")
        version = try row.integer("version")
        total = try row.integer("total")
        voluntary = try row.integer("voluntary")
        guard let basis = try CompulsoryBasis(rawValue: row.text("compulsory")) else {
            throw DatabaseError.column(name: "compulsory", problem: "is no basis of a compulsory target")
        }
        compulsoryBasis = basis
        source = try row.text("source")
        signing = try row.optionalSigning()
        at = try row.timestamp("at")
        actorName = try row.text("actor_name")
        withdrawn = try row.optionalText("withdrawn")
    }

    public subscript(measure: Measure) -> Int { measure == .total ? total : voluntary }

    /// The number of the version that is to come, those counted that were withdrawn.
    static func nextVersion(of commune: String, year: Int, on connection: any SQLConnection) throws -> Int {
        try connection.integer(
            "SELECT COALESCE(MAX(version), 0) + 1 FROM commune_target WHERE commune = ? AND year = ?", commune, year)
            ?? 1
    }

    /// Adds a version.
    static func insert(
        _ commune: String, year: Int, version: Int, total: Int, voluntary: Int, compulsory: CompulsoryBasis,
        source: String, _ signing: Signing?, by actor: Actor, at now: Timestamp, on connection: any SQLConnection
    ) throws {
        var columns = [
            "commune", "year", "version", "total", "voluntary", "compulsory", "source", "at", "account", "actor_name",
        ]
        var values: [SQLValue] = [
            commune.sqlValue, year.sqlValue, version.sqlValue, total.sqlValue, voluntary.sqlValue,
            compulsory.rawValue.sqlValue, source.sqlValue, now.sqlValue, actor.account.sqlValue, actor.name.sqlValue,
        ]
        if let signing {
            columns += Signing.columns
            values += signing.columnValues
        }
        try connection.execute(
            """
            INSERT INTO commune_target (\(columns.joined(separator: ", ")))
            VALUES (\(columns.map { _ in "?" }.joined(separator: ", ")))
            """, values)
    }

    /// The fingerprint of every target ever given. Rows are only added, so the newest entry of the audit trail that carries
    /// one speaks for them all.
    static func seal(on connection: any SQLConnection) throws -> Seal {
        Seal(
            try connection.rows("SELECT \(columns) FROM commune_target t ORDER BY commune, year, version").map { row in
                let target = try CommuneTarget(row)
                return [
                    target.commune.text, "\(target.year)", "\(target.version)", "\(target.total)",
                    "\(target.voluntary)", target.document, "\(target.at.secondsSinceEpoch)", target.actorName,
                        // Nothing for what was not given: seals of targets older than the choice stay what they were.
                ] + (target.compulsoryBasis == .assigned ? [target.compulsoryBasis.rawValue] : [])
            } + TargetWithdrawal.sealed(on: connection))
    }

    /// The targets that hold, by commune and year.
    public static func holding(year: Int? = nil, on connection: any SQLConnection) throws -> [CommuneTarget] {
        try connection.rows(
            """
            SELECT \(columns) FROM commune_target t
            WHERE version = (SELECT MAX(version) FROM commune_target l
                WHERE l.commune = t.commune AND l.year = t.year AND \(TargetWithdrawal.holds("l")))
                \(year == nil ? "" : "AND year = ?") ORDER BY year, commune
            """, year.map { [$0.sqlValue] } ?? []
        ).map(CommuneTarget.init)
    }
}

/// The communes' targets of a year beside the province's.
public struct TargetTable: Sendable {
    public let year: Int
    public let province: AnnualTarget
    /// By commune; absent where none was given.
    public let targets: [CommuneCode: CommuneTarget]
    public let communes: Int

    public init(year: Int, province: AnnualTarget, targets: [CommuneCode: CommuneTarget], communes: Int) {
        self.year = year
        self.province = province
        self.targets = targets
        self.communes = communes
    }

    public func sum(_ measure: Measure) -> Int { targets.values.reduce(0) { $0 + $1[measure] } }

    public func province(_ measure: Measure) -> Int { measure == .total ? province.total : province.voluntary }

    /// The communes' sum less the province's target; nil while communes are without one.
    public func difference(_ measure: Measure) -> Int? {
        targets.count == communes ? sum(measure) - province(measure) : nil
    }
}
