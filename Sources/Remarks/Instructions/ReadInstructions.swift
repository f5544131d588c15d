public import Access
import Database
public import Kernel

/// Which instructions a list has.
public struct InstructionFilter: Sendable, Hashable {
    public var unit: UnitCode?
    /// Those that are neither closed nor taken back.
    public var runningOnly = false
    /// Those that the viewer, or the body for which the viewer speaks, gave.
    public var ownOnly = false

    public init(unit: UnitCode? = nil, runningOnly: Bool = false, ownOnly: Bool = false) {
        self.unit = unit
        self.runningOnly = runningOnly
        self.ownOnly = ownOnly
    }
}

extension RemarkService {
    /// Instructions that the person reads, those that press first, then by day.
    public func instructions(
        _ filter: InstructionFilter = InstructionFilter(), for viewer: Viewer, limit: Int
    ) async throws -> [Instruction] {
        var (conditions, values): ([String], [SQLValue]) = (["1 = 1"], [])
        func among(_ column: String, _ units: [UnitCode]) -> String {
            values += units.map(\.text.sqlValue)
            return units.isEmpty ? "1 = 0" : "\(column) IN (\(Self.marks(units.count)))"
        }
        if !viewer.may(.readAllRemarks) {
            conditions.append(among("unit", viewer.may(.writeRemarks) ? viewer.knownUnits : []))
        }
        if filter.ownOnly {
            let own = among("author_unit", viewer.may(.instruct) ? viewer.ownUnits : [])
            values.append(viewer.account.sqlValue)
            conditions.append("(\(own) OR account = ?)")
        }
        if let unit = filter.unit { conditions.append(among("unit", [unit])) }
        if filter.runningOnly { conditions.append("state IN ('open', 'answered')") }
        let (condition, bound) = (conditions.joined(separator: " AND "), values)
        return try await store.read { connection in
            try connection.rows(
                """
                SELECT * FROM instruction WHERE \(condition)
                ORDER BY CASE WHEN state = 'open' THEN 0 WHEN state = 'answered' THEN 1 ELSE 2 END, due, id LIMIT ?
                """, bound + [limit.sqlValue]
            ).map(Instruction.init)
        }
    }

    /// One of them with all that happened to it, the oldest first, and whether its thing is open to the person.
    public func instruction(_ id: RecordID, for viewer: Viewer) async throws -> (
        instruction: Instruction, events: [InstructionEvent], seesSubject: Bool
    ) {
        try await store.read { connection in
            let found = try Self.instruction(id, on: connection)
            let sees = try self.topic(found.subject, for: viewer, on: connection) != nil
            guard sees || found.isRead(by: viewer) else { throw Self.unknownInstruction }
            let events = try connection.rows(
                "SELECT * FROM instruction_event WHERE instruction = ? ORDER BY id", id
            ).map(InstructionEvent.init)
            return (found, events, sees)
        }
    }
}
