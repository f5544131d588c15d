public import Kernel

/// The names of a result's columns, shared by its rows.
public final class SQLColumns: Sendable {
    public let names: [String]
    private let positions: [String: Int]

    public init(_ names: [String]) {
        self.names = names
        positions = Dictionary(zip(names, names.indices), uniquingKeysWith: { first, _ in first })
    }

    func position(_ name: String) -> Int? { positions[name] }
}

/// One row of a result. Reading a column that is absent, null or of another kind throws
/// ``DatabaseError/column(name:problem:)``, never traps: a row may come from a newer or damaged database.
public struct SQLRow: Sendable {
    public let columns: SQLColumns
    public let values: [SQLValue]

    public init(columns: SQLColumns, values: [SQLValue]) {
        self.columns = columns
        self.values = values
    }

    public func value(_ name: String) throws(DatabaseError) -> SQLValue {
        guard let position = columns.position(name) else { throw .column(name: name, problem: "is not in the result") }
        return values[position]
    }

    private func required<T>(_ name: String, _ value: T?) throws(DatabaseError) -> T {
        guard let value else { throw .column(name: name, problem: "is null or of another kind") }
        return value
    }

    public func optionalText(_ name: String) throws(DatabaseError) -> String? {
        switch try value(name) {
        case .text(let text): text
        case .null: nil
        case .integer(let number): String(number)
        default: throw .column(name: name, problem: "is not text")
        }
    }

    public func text(_ name: String) throws(DatabaseError) -> String { try required(name, optionalText(name)) }

    public func optionalInteger(_ name: String) throws(DatabaseError) -> Int? {
        switch try value(name) {
        case .integer(let number): Int(number)
        case .null: nil
        default: throw .column(name: name, problem: "is not an integer")
        }
    }

    public func integer(_ name: String) throws(DatabaseError) -> Int { try required(name, optionalInteger(name)) }

    public func flag(_ name: String) throws(DatabaseError) -> Bool { try integer(name) != 0 }

    public func bytes(_ name: String) throws(DatabaseError) -> [UInt8] {
        switch try value(name) {
        case .bytes(let bytes): bytes
        case .text(let text): Array(text.utf8)
        default: throw .column(name: name, problem: "is not bytes")
        }
    }

    public func optionalDay(_ name: String) throws(DatabaseError) -> Day? {
        guard let text = try optionalText(name) else { return nil }
        guard let day = Day(text) else { throw .column(name: name, problem: "is not a day: \(text)") }
        return day
    }

    public func day(_ name: String) throws(DatabaseError) -> Day { try required(name, optionalDay(name)) }

    public func month(_ name: String) throws(DatabaseError) -> Month {
        let text = try text(name)
        guard let month = Month(text) else { throw .column(name: name, problem: "is not a month: \(text)") }
        return month
    }

    public func communeCode(_ name: String) throws(DatabaseError) -> CommuneCode {
        let text = try text(name)
        guard let code = CommuneCode(text) else { throw .column(name: name, problem: "is not a commune code: \(text)") }
        return code
    }

    public func optionalTimestamp(_ name: String) throws(DatabaseError) -> Timestamp? {
        try optionalInteger(name).map { Timestamp(secondsSinceEpoch: Int64($0)) }
    }

    public func timestamp(_ name: String) throws(DatabaseError) -> Timestamp {
        try required(name, optionalTimestamp(name))
    }

    public func optionalRecordID(_ name: String) throws(DatabaseError) -> RecordID? {
        guard let text = try optionalText(name) else { return nil }
        guard let id = RecordID(text) else { throw .column(name: name, problem: "is not an identifier: \(text)") }
        return id
    }

    public func recordID(_ name: String) throws(DatabaseError) -> RecordID {
        try required(name, optionalRecordID(name))
    }

    /// A column holding the raw value of an enumeration.
    public func choice<T: RawRepresentable>(
        _ name: String, _ type: T.Type = T.self
    ) throws(DatabaseError) -> T where T.RawValue == String {
        let text = try text(name)
        guard let value = T(rawValue: text) else {
            throw .column(name: name, problem: "holds an unknown value: \(text)")
        }
        return value
    }
}
