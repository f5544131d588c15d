/// The engine behind a ``DataStore``. For messages and diagnosis; no domain code may branch on it.
public enum DatabaseEngine: String, Sendable {
    case sqlite = "SQLite"
    case postgreSQL = "PostgreSQL"
}

/// The one seam between the domain and a database.
///
/// Both engines take the same SQL: the subset common to SQLite 3.40 and PostgreSQL 15, with `?` for bound values, the
/// column types TEXT, BIGINT, DOUBLE PRECISION and BYTEA, and no identifiers made by the database.
///
/// A body runs on a thread of the driver's, never on Swift's cooperative pool, so it may block. It gets the connection
/// for its own duration only.
public protocol DataStore: Sendable {
    var engine: DatabaseEngine { get }

    /// Where the data lives, without secrets: a file path, or host and database name.
    var location: String { get }

    /// Runs a body on one unchanging snapshot, beside other readers and the writer.
    func read<T: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> T) async throws -> T

    /// Runs a body in one transaction, alone among writers: it commits when the body returns, and nothing of it remains
    /// when the body throws. One writer at a time on both engines, so a rule that reads before it writes needs no lock
    /// of its own (docs/decisions/0002).
    func write<T: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> T) async throws -> T

    /// The same where nobody else writes at this moment; nil, and nothing done, where somebody does. For what need not be
    /// kept this time and for what nobody should wait.
    func writeIfIdle<T: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> T) async throws -> T?

    /// Looks for damage for as long as a start may wait; ``SQLConnection/integrityProblems()`` looks at everything.
    /// - Throws: ``DatabaseError/damaged(location:reason:)``
    func checkQuickly() async throws

    /// Leaves nothing of deleted rows in the engine's files.
    /// - Returns: false where the engine overwrites them by itself, by and by, and where somebody still reads what was.
    func scrub() async throws -> Bool

    /// Releases connections and files. The store cannot be used afterwards.
    func close() async throws
}

/// A connection inside a running ``DataStore/read(_:)`` or ``DataStore/write(_:)``.
public protocol SQLConnection: AnyObject {
    /// Runs one statement and answers how many rows it changed.
    @discardableResult
    func execute(_ sql: String, _ values: [SQLValue]) throws -> Int

    /// Streams a result row by row: memory stays bounded however long the result. The body may not use the connection.
    func forEachRow(_ sql: String, _ values: [SQLValue], _ body: (SQLRow) throws -> Void) throws

    /// Adds many rows in the engine's fastest way (a prepared insert; `COPY`), part of the running transaction, and
    /// answers how many. Every row has as many values as there are columns.
    func load(_ table: String, columns: [String], rows: any Sequence<[SQLValue]>) throws -> Int

    /// Makes the engine refuse every UPDATE and DELETE on a table.
    func forbidChanges(to table: String) throws

    /// The tables of the schema, in the order of their names.
    func tableNames() throws -> [String]

    /// The columns of a table, in their order.
    func columnNames(of table: String) throws -> [String]

    /// How much the database holds on disk, in bytes; of SQLite without its log.
    func storedBytes() throws -> Int

    /// What the engine itself finds wrong with the stored data; empty when nothing.
    func integrityProblems() throws -> [String]
}

extension SQLConnection {
    @discardableResult
    public func execute(_ sql: String, _ values: (any SQLBindable)...) throws -> Int {
        try execute(sql, values.map(\.sqlValue))
    }

    /// All rows of a result that is known to be short.
    public func rows(_ sql: String, _ values: [SQLValue]) throws -> [SQLRow] {
        var result: [SQLRow] = []
        try forEachRow(sql, values) { result.append($0) }
        return result
    }

    public func rows(_ sql: String, _ values: (any SQLBindable)...) throws -> [SQLRow] {
        try rows(sql, values.map(\.sqlValue))
    }

    /// The first row of a result, if there is one.
    public func row(_ sql: String, _ values: (any SQLBindable)...) throws -> SQLRow? {
        try rows(sql, values.map(\.sqlValue)).first
    }

    /// The integer in the first column of the first row; nil without a row or when it is null.
    public func integer(_ sql: String, _ values: (any SQLBindable)...) throws -> Int? {
        guard case .integer(let number)? = try rows(sql, values.map(\.sqlValue)).first?.values.first else { return nil }
        return Int(number)
    }
}
