public import Access
public import Database
public import Kernel
import Province
import Registry

/// How the register's count of a month differs from what was officially imported, and why.
public struct RegisterDifference: Sendable, Equatable {
    /// Why two counts of a commune and scheme differ. The parts add up to the difference.
    public enum Cause: String, Sendable, CaseIterable {
        /// It was so the month before.
        case earlier
        /// The register counts other coming and leaving in the month than the imports tell.
        case month
        /// The month before was not imported: no part of the difference can be told to be older.
        case unknown

        /// In Vietnamese.
        public var words: String {
            switch self {
            case .earlier: "đã lệch từ tháng trước"
            case .month: "biến động trong tháng khác nhau"
            case .unknown: "chưa rõ từ bao giờ: tháng trước chưa có số đã nạp"
            }
        }
    }

    public struct Line: Sendable, Equatable {
        public let commune: CommuneCode
        public let scheme: Scheme
        public let imported: Int
        public let counted: Int
        public let causes: [Cause: Int]
        /// What the register would count by the other commune: of the employer instead of residence, or the other way round.
        public let byOtherPlace: Int

        public var difference: Int { counted - imported }
        /// Whether counting by the other commune comes nearer to what was imported.
        public var isOfPlace: Bool { abs(byOtherPlace - imported) < abs(difference) }
    }

    public let month: Month
    /// Where the two differ, in the order of communes; those that agree are left out.
    public let lines: [Line]
    /// Communes and schemes that both know.
    public let compared: Int
    /// People of the register of no known commune.
    public let unplaced: Int

    /// What would hold without the register, by commune and scheme; and what the register counts.
    let imported: [FigureSeries.Key: Int]
    let count: RegisterCount

    /// - Parameter scope: of which communes.
    public init(of month: Month, within scope: Scope = .ofSystem, on connection: any SQLConnection) throws {
        let now = try RegisterCount(of: month, on: connection)
        let other = RegisterFlows.sums(
            try RegisterFlows.of(month: month, within: .ofSystem, on: connection),
            by: now.basis.place == .residence ? .employer : .residence)
        let imported = try Self.imported(month, on: connection).filter { scope.covers($0.key.commune) }
        (self.imported, count) = (imported, now)
        let before = try Self.imported(month.adding(months: -1), on: connection)
        self.month = month
        unplaced = now.unplaced
        compared = imported.count
        lines = imported.sorted { ($0.key.commune, $0.key.scheme) < ($1.key.commune, $1.key.scheme) }.compactMap {
            key, people in
            let line = now.line(key.commune, key.scheme)
            let counted = line?.closing ?? 0
            guard counted != people else { return nil }
            var causes: [Cause: Int] = [:]
            if let earlier = before[key] {
                let older = (line?.opening ?? 0) - earlier
                if older != 0 { causes[.earlier] = older }
                if counted - people != older { causes[.month] = counted - people - older }
            } else {
                causes[.unknown] = counted - people
            }
            let elsewhere = other.first {
                (now.basis.place == .residence ? $0.key.employer : $0.key.residence) == key.commune
                    && $0.key.scheme == key.scheme
            }
            return Line(
                commune: key.commune, scheme: key.scheme, imported: people, counted: counted, causes: causes,
                byOtherPlace: elsewhere?.closing ?? 0)
        }
    }

    /// What would hold of a month without the register.
    private static func imported(
        _ month: Month, on connection: any SQLConnection
    ) throws -> [FigureSeries.Key: Int] {
        var found: [FigureSeries.Key: Int] = [:]
        try connection.forEachRow(
            """
            SELECT e.commune, e.scheme, e.people FROM figure_entry e JOIN figure_batch b ON b.number = e.batch
            WHERE e.month = ? AND b.kind <> ? AND b.withdrawn_at IS NULL ORDER BY e.batch
            """, [month.sqlValue, FigureBatch.Kind.register.rawValue.sqlValue]
        ) { row in
            found[FigureSeries.Key(try row.communeCode("commune"), try row.choice("scheme"))] = try row.integer(
                "people")
        }
        return found
    }
}
