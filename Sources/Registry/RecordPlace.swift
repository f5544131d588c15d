public import Database

/// Where a record came from: its delivery and which of the delivery's records it is, in one number that sorts by both.
public struct RecordPlace: Hashable, Comparable, Sendable {
    public let number: Int64

    private static let ordinalBits: Int64 = 32

    public init(number: Int64) { self.number = number }

    /// - Parameters:
    ///   - delivery: its number, from 1.
    ///   - ordinal: from 0; a delivery has fewer than 2^32 records.
    public init(delivery: Int, ordinal: Int) {
        number = Int64(delivery) << Self.ordinalBits | Int64(ordinal)
    }

    public var delivery: Int { Int(number >> Self.ordinalBits) }
    public var ordinal: Int { Int(number & (1 << Self.ordinalBits - 1)) }

    /// All places of a delivery.
    static func all(of delivery: Int) -> Range<Int64> {
        RecordPlace(delivery: delivery, ordinal: 0).number..<RecordPlace(delivery: delivery + 1, ordinal: 0).number
    }

    public static func < (left: RecordPlace, right: RecordPlace) -> Bool { left.number < right.number }
}

extension RecordPlace: SQLBindable {
    public var sqlValue: SQLValue { .integer(number) }
}

extension SQLRow {
    func place(_ name: String) throws(DatabaseError) -> RecordPlace {
        RecordPlace(number: Int64(try integer(name)))
    }

    func entity(_ name: String) throws(DatabaseError) -> EntityID { EntityID(first: try place(name)) }
}

/// A person or an employer: a cluster of records, named by the first of them. The name follows from the records alone, so
/// that a register derived anew from the same records gives the same names.
public struct EntityID: Hashable, Comparable, Sendable {
    public let first: RecordPlace

    public init(first: RecordPlace) { self.first = first }

    public static func < (left: EntityID, right: EntityID) -> Bool { left.first < right.first }
}

extension EntityID: SQLBindable {
    public var sqlValue: SQLValue { first.sqlValue }
}
