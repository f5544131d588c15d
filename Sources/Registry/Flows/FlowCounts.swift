import Database
import Kernel

/// Changes of the counts of stock and flow, gathered over a chunk and put into the tables at once.
struct FlowCounts {
    /// Where an employer with a code is and of which block.
    struct Place: Hashable, Sendable {
        /// Empty where nobody said.
        var commune = ""
        /// 0 where no rule names one.
        var block = 0
    }

    private struct UnitKey: Hashable {
        let unit: [UInt8]
        let month: String
        let commune: String
        let scheme: String
        let movement: String
    }

    private struct Key: Hashable {
        let commune: String
        let month: String
        let place: Place
        let scheme: String
        let movement: String
    }

    private var units: [UnitKey: Int] = [:]
    private var keys: [Key: Int] = [:]

    mutating func add(_ event: FlowEvent, times: Int) {
        let key = UnitKey(
            unit: event.unit?.bytes ?? [], month: event.month?.description ?? "", commune: event.commune?.text ?? "",
            scheme: event.scheme.rawValue, movement: event.movement.rawValue)
        units[key, default: 0] += times
    }

    /// An employer turned out to be elsewhere, or of another block: what is counted by its code goes along.
    mutating func move(_ unit: NumberToken, from old: Place, to new: Place, on connection: any SQLConnection) throws {
        try connection.forEachRow(
            "SELECT month, commune, scheme, movement, people FROM unit_flow WHERE unit = ?", [.bytes(unit.bytes)]
        ) { row in
            let people = try row.integer("people")
            for (place, sign) in [(old, -1), (new, 1)] {
                let key = Key(
                    commune: try row.text("commune"), month: try row.text("month"), place: place,
                    scheme: try row.text("scheme"), movement: try row.text("movement"))
                keys[key, default: 0] += sign * people
            }
        }
    }

    /// - Parameter places: of the employers' codes, as they are from now on.
    mutating func store(on connection: any SQLConnection) throws {
        units = units.filter { $0.value != 0 }
        let places = try Self.places(of: Set(units.keys.map(\.unit)), on: connection)
        for (key, people) in units {
            keys[
                Key(
                    commune: key.commune, month: key.month, place: places[key.unit] ?? Place(), scheme: key.scheme,
                    movement: key.movement), default: 0] += people
        }
        try Self.store(
            "unit_flow", ["unit", "month", "commune", "scheme", "movement"],
            units.map { key, people in
                (
                    [
                        .bytes(key.unit), .text(key.month), .text(key.commune), .text(key.scheme),
                        .text(key.movement),
                    ], people
                )
            }, on: connection)
        try Self.store(
            "flow", ["commune", "month", "workplace", "scheme", "block", "movement"],
            keys.filter { $0.value != 0 }.map { key, people in
                (
                    [
                        .text(key.commune), .text(key.month), .text(key.place.commune), .text(key.scheme),
                        key.place.block.sqlValue, .text(key.movement),
                    ], people
                )
            }, on: connection)
    }

    /// Where the employers with these codes are, as ``flow`` is counted.
    static func places(
        of units: some Sequence<[UInt8]>, on connection: any SQLConnection
    ) throws -> [[UInt8]: Place] {
        let units = units.filter { !$0.isEmpty }
        var places: [[UInt8]: Place] = [:]
        try ManyKeys.forEachRow(
            "SELECT number, commune, block FROM employer_number WHERE number IN ({keys})", units.map { .bytes($0) },
            on: connection
        ) { row in
            places[try row.bytes("number")] = Place(
                commune: try row.text("commune"), block: try row.integer("block"))
        }
        return places
    }

    /// Adds to counts; what comes to nothing goes, so that the tables are what they would be without what was taken off.
    private static func store(
        _ table: String, _ columns: [String], _ changes: [(key: [SQLValue], people: Int)],
        on connection: any SQLConnection
    ) throws {
        let inOneStatement = 50
        let row = "(" + Array(repeating: "?", count: columns.count + 1).joined(separator: ", ") + ")"
        let names = columns.joined(separator: ", ")
        // In one order: two writers never wait for each other crosswise.
        let changes = changes.map { (sort: "\($0.key)", change: $0) }.sorted { $0.sort < $1.sort }.map(\.change)
        for start in stride(from: 0, to: changes.count, by: inOneStatement) {
            let part = changes[start..<min(start + inOneStatement, changes.count)]
            try connection.execute(
                """
                INSERT INTO \(table) (\(names), people) VALUES \(part.map { _ in row }.joined(separator: ", "))
                ON CONFLICT (\(names)) DO UPDATE SET people = \(table).people + excluded.people
                """, part.flatMap { $0.key + [$0.people.sqlValue] })
        }
        for change in changes where change.people < 0 {
            try connection.execute(
                "DELETE FROM \(table) WHERE \(columns.map { "\($0) = ?" }.joined(separator: " AND ")) AND people = 0",
                change.key)
        }
    }
}
