public import Kernel

// How the values of Kernel are stored. Days and months are ISO text, so that they sort, compare and read the same in
// both engines and in a shell; moments are integer seconds.

extension Day: SQLBindable {
    public var sqlValue: SQLValue { .text(description) }
}

extension Timestamp: SQLBindable {
    public var sqlValue: SQLValue { .integer(secondsSinceEpoch) }
}

extension CommuneCode: SQLBindable {
    public var sqlValue: SQLValue { .text(text) }
}

extension RecordID: SQLBindable {
    public var sqlValue: SQLValue { .text(text) }
}

extension Month: SQLBindable {
    public var sqlValue: SQLValue { .text(description) }
}
