public import Access
import Database
public import Kernel
import Province

/// One figure of a batch.
public struct BatchLine: Sendable, Equatable {
    public let commune: CommuneCode
    public let month: Month
    public let scheme: Scheme
    public let people: Int
    /// The value it replaced; nil for a figure that was new.
    public let earlier: Int?
}

/// Which figures of a batch are looked at, in which order.
public struct BatchLineSelection: Sendable {
    public enum Order: String, Sendable {
        case month = "e.month"
        case people = "e.people"
    }

    public var order: Order
    public var isDescending: Bool
    /// Nil: of all communes.
    public var communes: [CommuneCode]?
    /// Nil: of both schemes.
    public var scheme: Scheme?

    public init(
        order: Order = .month, descending: Bool = false, communes: [CommuneCode]? = nil, scheme: Scheme? = nil
    ) {
        self.order = order
        isDescending = descending
        self.communes = communes
        self.scheme = scheme
    }
}

extension FigureService {
    /// Figures that a batch brought, each with what it replaced: those of a page alone are read.
    /// - Returns: the lines, how many the selection holds, and how many the batch.
    public func lines(
        ofBatch number: Int, _ selection: BatchLineSelection = BatchLineSelection(), limit: Int, offset: Int = 0,
        for viewer: Viewer
    ) async throws -> (lines: [BatchLine], total: Int, all: Int) {
        try viewer.require(.viewFigures)
        return try await store.read { connection in
            var condition = "e.batch = ?"
            var values = [number.sqlValue]
            let all = try Self.count(condition, values, on: connection)
            if let scheme = selection.scheme {
                condition += " AND e.scheme = ?"
                values.append(scheme.rawValue.sqlValue)
            }
            if let communes = selection.communes {
                guard !communes.isEmpty else { return ([], 0, all) }
                condition += " AND e.commune IN (\(communes.map { _ in "?" }.joined(separator: ", ")))"
                values += communes.map(\.sqlValue)
            }
            let direction = selection.isDescending ? " DESC" : ""
            let lines = try connection.rows(
                """
                SELECT e.commune, e.month, e.scheme, e.people,
                    (SELECT x.people FROM figure_entry x WHERE x.commune = e.commune AND x.month = e.month AND x.scheme = e.scheme
                        AND x.batch = (SELECT MAX(y.batch) FROM figure_entry y JOIN figure_batch yb ON yb.number = y.batch
                            WHERE y.commune = e.commune AND y.month = e.month AND y.scheme = e.scheme AND y.batch < e.batch
                                AND yb.withdrawn_at IS NULL)) AS earlier
                FROM figure_entry e WHERE \(condition)
                ORDER BY \(selection.order.rawValue)\(direction), e.month, e.commune, e.scheme LIMIT ? OFFSET ?
                """, values + [limit.sqlValue, offset.sqlValue]
            ).map { row in
                BatchLine(
                    commune: try row.communeCode("commune"), month: try row.month("month"),
                    scheme: try row.choice("scheme"),
                    people: try row.integer("people"), earlier: try row.optionalInteger("earlier"))
            }
            return (lines, try Self.count(condition, values, on: connection), all)
        }
    }

    private static func count(
        _ condition: String, _ values: [SQLValue], on connection: any SQLConnection
    ) throws -> Int {
        try connection.rows("SELECT COUNT(*) AS lines FROM figure_entry e WHERE \(condition)", values).first?.integer(
            "lines")
            ?? 0
    }
}
