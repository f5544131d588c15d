public import Access
public import Database
import Files
import Province
public import Kernel

extension MovementService {
    /// What holds in a month.
    public func movements(of month: Month, for viewer: Viewer) async throws -> [Movement] {
        try viewer.require(.viewFigures)
        return try await store.read { try Self.movements(of: month, on: $0) }
    }

    /// What holds in a month, in the order of keys.
    /// - Parameter place: nil for all places.
    public static func movements(
        of month: Month, at place: MovementPlace? = nil, on connection: any SQLConnection
    ) throws -> [Movement] {
        var movements: [Movement] = []
        var values = [month.sqlValue]
        if let place { values.append(place.key.sqlValue) }
        try connection.forEachRow(
            """
            SELECT place, month, measure, scheme, block, value, batch FROM movement
            WHERE month = ?\(place == nil ? "" : " AND place = ?")
            """, values
        ) { row in
            guard let key = try Self.key(row) else { return }
            movements.append(Movement(key: key, value: try row.integer("value"), batch: try row.integer("batch")))
        }
        return movements.sorted { $0.key < $1.key }
    }

    static func held(in month: Month, on connection: any SQLConnection) throws -> [MovementKey: Int] {
        Dictionary(
            try movements(of: month, on: connection).map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first }
        )
    }

    /// The months that movements are held for, the latest first.
    public func months(for viewer: Viewer) async throws -> [Month] {
        try viewer.require(.viewFigures)
        return try await store.read { connection in
            try connection.rows("SELECT DISTINCT month FROM movement ORDER BY month DESC").map { try $0.month("month") }
        }
    }

    public func batches(limit: Int = 50, for viewer: Viewer) async throws -> [MovementBatch] {
        try viewer.require(.viewFigures)
        return try await store.read { connection in
            try connection.rows(
                "SELECT \(MovementBatch.columns) FROM movement_batch ORDER BY number DESC LIMIT ?", limit
            ).map { try MovementBatch($0) }
        }
    }

    /// A batch with all that it stated.
    public func batch(_ number: Int, for viewer: Viewer) async throws -> (MovementBatch, [Movement]) {
        try viewer.require(.viewFigures)
        return try await store.read { connection in
            guard
                let row = try connection.row(
                    "SELECT \(MovementBatch.columns) FROM movement_batch WHERE number = ?", number)
            else { throw Refusal(.notFound, "Không có lô biến động này.") }
            var movements: [Movement] = []
            try connection.forEachRow(
                "SELECT place, month, measure, scheme, block, value, batch FROM movement_entry WHERE batch = ?",
                [number.sqlValue]
            ) { row in
                guard let key = try Self.key(row) else { return }
                movements.append(Movement(key: key, value: try row.integer("value"), batch: number))
            }
            return (try MovementBatch(row), movements.sorted { $0.key < $1.key })
        }
    }

    /// Files that wait to be taken or thrown away.
    public func waitingUploads(for viewer: Viewer) async throws -> [MovementUpload] {
        guard viewer.may(.acceptFigures) else { return [] }
        return try await store.read { connection in
            try Self.uploads("batch IS NULL AND discarded_at IS NULL ORDER BY id DESC LIMIT 50", [], on: connection)
        }
    }

    static func upload(_ id: RecordID, on connection: any SQLConnection) throws -> MovementUpload {
        guard let upload = try uploads("id = ?", [id.sqlValue], on: connection).first else {
            throw Refusal(.notFound, "Không có tệp biến động này. Hãy mở từ trang Biến động.")
        }
        return upload
    }

    private static func uploads(
        _ condition: String, _ values: [SQLValue], on connection: any SQLConnection
    ) throws -> [MovementUpload] {
        let rows = try connection.rows(
            """
            SELECT id, file, month, place, source, at, actor_name, batch, discarded_at FROM movement_upload
            WHERE \(condition)
            """, values)
        let files = try StoredFiles.find(rows.map { try $0.recordID("file") }, on: connection)
        return try rows.map { try MovementUpload($0, files: files) }
    }

    // MARK: Keys as columns

    static func values(_ key: MovementKey) -> [SQLValue] {
        [
            key.place.key.sqlValue, key.month.sqlValue, key.measure.rawValue.sqlValue,
            (key.scheme?.rawValue ?? "").sqlValue, (key.block?.rawValue ?? 0).sqlValue,
        ]
    }

    /// Nil for what a later release stored.
    private static func key(_ row: SQLRow) throws -> MovementKey? {
        guard let place = MovementPlace(key: try row.text("place")),
            let measure = MovementMeasure(rawValue: try row.text("measure"))
        else { return nil }
        return MovementKey(
            place: place, month: try row.month("month"), measure: measure,
            scheme: Scheme(rawValue: try row.text("scheme")),
            block: Block(rawValue: try row.integer("block")))
    }
}

extension MovementService {
    /// The accounts of a month: see ``MovementBalance``.
    public func balances(of month: Month, for viewer: Viewer) async throws -> [MovementBalance] {
        try viewer.require(.viewFigures)
        let (codes, areas) = (directory.communes.map(\.code), units.now.areas)
        return try await store.read { connection in
            let figures = try StoredFigures(in: month.adding(months: -1)...month, on: connection)
            return MovementBalance.accounts(
                of: month, movements: try Self.movements(of: month, on: connection), communes: codes, areas: areas
            ) { figures.people($0, $1, in: $2) }
        }
    }

    /// Of each place, measure, scheme and block the number of the latest month that has one.
    /// - Parameters:
    ///   - month: the latest that counts.
    ///   - months: how many months back one may lie.
    ///   - place: nil for all places.
    public static func latest(
        _ measures: Set<MovementMeasure>, until month: Month, months: Int = 12, at place: MovementPlace? = nil,
        on connection: any SQLConnection
    ) throws -> [LatestMovement] {
        let names = measures.map(\.rawValue).sorted()
        let marks = names.map { _ in "?" }.joined(separator: ", ")
        struct Key: Hashable {
            let place: MovementPlace
            let measure: MovementMeasure
            let scheme: Scheme?
            let block: Block?
        }
        var latest: [Key: LatestMovement] = [:]
        var values = names.map(\.sqlValue) + [month.sqlValue, month.adding(months: -months).sqlValue]
        if let place { values.append(place.key.sqlValue) }
        // Later months come later and take the place of earlier ones.
        try connection.forEachRow(
            """
            SELECT m.place, m.month, m.measure, m.scheme, m.block, m.value, m.batch, b.source, b.cutoff
            FROM movement m JOIN movement_batch b ON b.number = m.batch
            WHERE m.measure IN (\(marks)) AND m.month <= ? AND m.month > ?\(place == nil ? "" : " AND m.place = ?") ORDER BY m.month
            """, values
        ) { row in
            guard let key = try Self.key(row) else { return }
            let day = try row.optionalDay("cutoff") ?? key.month.lastDay
            latest[Key(place: key.place, measure: key.measure, scheme: key.scheme, block: key.block)] =
                LatestMovement(
                    movement: Movement(key: key, value: try row.integer("value"), batch: try row.integer("batch")),
                    day: day, source: try row.text("source"))
        }
        return latest.values.sorted { $0.movement.key < $1.movement.key }
    }

    /// Every month's flows that hold, of places and schemes that have all three.
    public static func flows(on connection: any SQLConnection) throws -> FlowSeries {
        var flows: [FlowSeries.Key: [Month: [MovementMeasure: Int]]] = [:]
        try connection.forEachRow(
            """
            SELECT place, month, measure, scheme, block, value FROM movement
            WHERE measure IN ('joined', 'returned', 'stopped') AND block = 0
            """, []
        ) { row in
            guard let key = try Self.key(row), let scheme = key.scheme else { return }
            flows[FlowSeries.Key(place: key.place, scheme: scheme), default: [:]][key.month, default: [:]][
                key.measure] =
                try row.integer("value")
        }
        return FlowSeries(
            flows.mapValues { months in
                months.compactMapValues { flows in
                    guard let joined = flows[.joined], let returned = flows[.returned], let stopped = flows[.stopped]
                    else { return nil }
                    return MonthFlows(joined: joined, returned: returned, stopped: stopped)
                }
            })
    }
}

/// A number of the latest month that has one, with the day it stands for and who answers for it.
public struct LatestMovement: Sendable, Equatable {
    public let movement: Movement
    public let day: Day
    public let source: String

    public var value: Int { movement.value }
}

/// Who came and went in one month.
public struct MonthFlows: Sendable, Equatable {
    public let joined: Int
    public let returned: Int
    public let stopped: Int

    public init(joined: Int, returned: Int, stopped: Int) {
        self.joined = joined
        self.returned = returned
        self.stopped = stopped
    }

    public static func + (left: MonthFlows, right: MonthFlows) -> MonthFlows {
        MonthFlows(
            joined: left.joined + right.joined, returned: left.returned + right.returned,
            stopped: left.stopped + right.stopped)
    }
}

/// The flows of all places, schemes and months: what forecasts are fed with.
public struct FlowSeries: Sendable, Equatable {
    struct Key: Hashable {
        let place: MovementPlace
        let scheme: Scheme
    }

    private let flows: [Key: [Month: MonthFlows]]

    init(_ flows: [Key: [Month: MonthFlows]]) { self.flows = flows }

    /// Of the province by month: its own line, otherwise the sum of all communes in the months that each is known of.
    public func course(ofAll communes: [CommuneCode], _ scheme: Scheme?) -> [Month: MonthFlows] {
        let courses = communes.map { course(.commune($0), scheme) }
        let sums = (courses.first ?? [:]).keys.reduce(into: [Month: MonthFlows]()) { sums, month in
            let flows = courses.compactMap { $0[month] }
            guard flows.count == communes.count else { return }
            sums[month] = flows.reduce(MonthFlows(joined: 0, returned: 0, stopped: 0), +)
        }
        return course(.province, scheme).merging(sums) { own, _ in own }
    }

    /// Of one place by month.
    /// - Parameter scheme: nil for both together, in the months that both are known of.
    public func course(_ place: MovementPlace, _ scheme: Scheme?) -> [Month: MonthFlows] {
        if let scheme { return flows[Key(place: place, scheme: scheme)] ?? [:] }
        let voluntary = flows[Key(place: place, scheme: .voluntary)] ?? [:]
        return (flows[Key(place: place, scheme: .compulsory)] ?? [:]).reduce(into: [:]) { course, month in
            if let other = voluntary[month.key] { course[month.key] = month.value + other }
        }
    }
}
