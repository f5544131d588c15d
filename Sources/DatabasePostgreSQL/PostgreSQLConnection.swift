import CLibpq
import Database

/// One libpq connection. Not thread-safe: ``PostgreSQLStore`` gives it to one thread at a time.
final class PostgreSQLConnection: SQLConnection {
    private let handle: OpaquePointer
    /// Statements prepared on this connection, by their text.
    private var prepared: [String: String] = [:]

    init(url: String, location: String) throws(DatabaseError) {
        guard let handle = PQconnectdb(url) else {
            throw .unavailable(location: location, reason: "libpq could not allocate a connection")
        }
        guard PQstatus(handle) == CONNECTION_OK else {
            let reason = String(cString: PQerrorMessage(handle)).trimmed
            PQfinish(handle)
            throw .unavailable(location: location, reason: reason)
        }
        self.handle = handle
        PQsetClientEncoding(handle, "UTF8")
        // Notices ("table exists, skipping") are not for the server's standard error.
        PQsetNoticeProcessor(handle, { _, _ in }, nil)
    }

    deinit { PQfinish(handle) }

    var isUsable: Bool { PQstatus(handle) == CONNECTION_OK && PQtransactionStatus(handle) == PQTRANS_IDLE }

    // MARK: Statements

    @discardableResult
    func execute(_ sql: String, _ values: [SQLValue]) throws -> Int {
        let result = try run(sql, values)
        defer { PQclear(result) }
        return Int(String(cString: PQcmdTuples(result))) ?? 0
    }

    /// For transaction control: no parameters, no preparation.
    /// - Returns: the command's tag, `COMMIT` for example.
    @discardableResult
    func command(_ sql: String) throws -> String {
        let result = PQexec(handle, sql)
        defer { PQclear(result) }
        return String(cString: PQcmdStatus(try checked(result, sql: sql, clearOnFailure: false)))
    }

    private func run(_ sql: String, _ values: [SQLValue]) throws -> OpaquePointer {
        let name = try statementName(sql)
        let result = withParameters(values) { texts, lengths, formats in
            PQexecPrepared(handle, name, Int32(values.count), texts, lengths, formats, 0)
        }
        return try checked(result, sql: sql)
    }

    func forEachRow(_ sql: String, _ values: [SQLValue], _ body: (SQLRow) throws -> Void) throws {
        let name = try statementName(sql)
        let sent = withParameters(values) { texts, lengths, formats in
            PQsendQueryPrepared(handle, name, Int32(values.count), texts, lengths, formats, 0)
        }
        guard sent == 1 else { throw failure(sql: sql) }
        PQsetSingleRowMode(handle)
        var columns: SQLColumns?
        var thrown: (any Error)?
        // The connection is usable again only after every result has been taken, also when the body throws.
        while let result = PQgetResult(handle) {
            defer { PQclear(result) }
            guard thrown == nil else { continue }
            do {
                _ = try checked(result, sql: sql, clearOnFailure: false)
                let shape = columns ?? Self.columns(of: result)
                columns = shape
                for row in 0..<PQntuples(result) {
                    let cells = (0..<Int32(shape.names.count)).map { Self.cell(of: result, row: row, column: $0) }
                    try body(SQLRow(columns: shape, values: cells))
                }
            } catch {
                thrown = error
                cancel()
            }
        }
        if let thrown { throw thrown }
    }

    private func cancel() {
        guard let request = PQgetCancel(handle) else { return }
        var message = [CChar](repeating: 0, count: 256)
        PQcancel(request, &message, Int32(message.count))
        PQfreeCancel(request)
    }

    private func statementName(_ sql: String) throws -> String {
        if let name = prepared[sql] { return name }
        let name = "s\(prepared.count)"
        let result = PQprepare(handle, name, Self.numbered(sql), 0, nil)
        defer { PQclear(result) }
        _ = try checked(result, sql: sql, clearOnFailure: false)
        prepared[sql] = name
        return name
    }

    /// `?` outside quotes becomes `$1`, `$2` …, PostgreSQL's own spelling of a bound value.
    static func numbered(_ sql: String) -> String {
        var result = ""
        var number = 0
        var quote: Character?
        for character in sql {
            if let open = quote {
                if character == open { quote = nil }
                result.append(character)
            } else if character == "?" {
                number += 1
                result += "$\(number)"
            } else {
                if character == "'" || character == "\"" { quote = character }
                result.append(character)
            }
        }
        return result
    }

    // MARK: Bulk

    func load(_ table: String, columns: [String], rows: any Sequence<[SQLValue]>) throws -> Int {
        let sql = "COPY \(quoted(table)) (\(columns.map(quoted).joined(separator: ", "))) FROM STDIN"
        let start = PQexec(handle, sql)
        defer { PQclear(start) }
        guard PQresultStatus(start) == PGRES_COPY_IN else { throw failure(sql: sql) }
        var count = 0
        var buffer: [UInt8] = []
        buffer.reserveCapacity(1 << 17)
        for row in rows {
            CopyText.append(row, to: &buffer)
            count += 1
            if buffer.count > 1 << 16 { try send(&buffer, sql: sql) }
        }
        try send(&buffer, sql: sql)
        guard PQputCopyEnd(handle, nil) == 1 else { throw failure(sql: sql) }
        while let result = PQgetResult(handle) {
            defer { PQclear(result) }
            _ = try checked(result, sql: sql, clearOnFailure: false)
        }
        return count
    }

    private func send(_ buffer: inout [UInt8], sql: String) throws {
        let sent = buffer.withUnsafeBytes { bytes in
            PQputCopyData(handle, bytes.bindMemory(to: CChar.self).baseAddress, Int32(bytes.count))
        }
        guard sent == 1 || buffer.isEmpty else { throw failure(sql: sql) }
        buffer.removeAll(keepingCapacity: true)
    }

    // MARK: Schema

    func forbidChanges(to table: String) throws {
        try execute(
            """
            CREATE OR REPLACE FUNCTION baophu_new_rows_only() RETURNS trigger LANGUAGE plpgsql AS
            'BEGIN RAISE EXCEPTION ''% takes new rows only'', TG_TABLE_NAME USING ERRCODE = ''23000''; END'
            """, [])
        try execute(
            """
            CREATE TRIGGER \(quoted(table + "_new_rows_only")) BEFORE UPDATE OR DELETE OR TRUNCATE ON \(quoted(table))
            FOR EACH STATEMENT EXECUTE FUNCTION baophu_new_rows_only()
            """, [])
    }

    func tableNames() throws -> [String] {
        try rows(
            """
            SELECT table_name FROM information_schema.tables
            WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY table_name
            """, []
        ).map { try $0.text("table_name") }
    }

    func columnNames(of table: String) throws -> [String] {
        try rows(
            """
            SELECT column_name FROM information_schema.columns
            WHERE table_schema = current_schema() AND table_name = ? ORDER BY ordinal_position
            """, [.text(table)]
        ).map { try $0.text("column_name") }
    }

    func integrityProblems() throws -> [String] {
        // PostgreSQL checks its constraints itself; what it can tell is constraints that were left unvalidated.
        try rows("SELECT conname FROM pg_constraint WHERE NOT convalidated ORDER BY conname", [])
            .map { "constraint \(try $0.text("conname")) was never validated" }
    }

    private func quoted(_ identifier: String) -> String {
        "\"" + identifier.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }

    // MARK: Results

    private func failure(sql: String) -> DatabaseError {
        .statement(sql: sql, reason: String(cString: PQerrorMessage(handle)).trimmed)
    }

    private func checked(
        _ result: OpaquePointer?, sql: String, clearOnFailure: Bool = true
    ) throws(DatabaseError) -> OpaquePointer {
        guard let result else { throw failure(sql: sql) }
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_SINGLE_TUPLE:
            return result
        default:
            let reason = String(cString: PQresultErrorMessage(result)).trimmed
            // SQLSTATE class 23: integrity constraint violation.
            let state = PQresultErrorField(result, Int32(UInt8(ascii: "C"))).map { String(cString: $0) } ?? ""
            if clearOnFailure { PQclear(result) }
            throw state.hasPrefix("23") ? .constraint(reason: reason) : .statement(sql: sql, reason: reason)
        }
    }

    private static func columns(of result: OpaquePointer) -> SQLColumns {
        SQLColumns((0..<PQnfields(result)).map { String(cString: PQfname(result, $0)) })
    }

    private static func cell(of result: OpaquePointer, row: Int32, column: Int32) -> SQLValue {
        guard PQgetisnull(result, row, column) == 0, let pointer = PQgetvalue(result, row, column) else { return .null }
        let text = String(cString: pointer)
        // Object identifiers of pg_type: bool 16, bytea 17, int8 20, int2 21, int4 23, float4 700, float8 701, numeric 1700.
        switch PQftype(result, column) {
        case 16: return .integer(text == "t" ? 1 : 0)
        case 20, 21, 23: return Int64(text).map(SQLValue.integer) ?? .text(text)
        case 700, 701: return Double(text).map(SQLValue.real) ?? .text(text)
        // A sum of BIGINT is NUMERIC here and an integer in SQLite; whole ones read alike.
        case 1700: return Int64(text).map(SQLValue.integer) ?? Double(text).map(SQLValue.real) ?? .text(text)
        case 17: return .bytes(CopyText.bytes(hex: text))
        default: return .text(text)
        }
    }

    private func withParameters<T>(
        _ values: [SQLValue],
        _ body: (UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?) -> T
    ) -> T {
        var storage: [[CChar]?] = []
        var lengths: [Int32] = []
        var formats: [Int32] = []
        for value in values {
            switch value {
            case .null: storage.append(nil)
            case .integer(let number): storage.append(Array(String(number).utf8CString))
            case .real(let number): storage.append(Array("\(number)".utf8CString))
            case .text(let text): storage.append(Array(text.utf8CString))
            // One byte more than the value, so that an empty one still has an address.
            case .bytes(let bytes): storage.append(bytes.map(CChar.init(bitPattern:)) + [0])
            }
            if case .bytes(let bytes) = value {
                lengths.append(Int32(bytes.count))
                formats.append(1)
            } else {
                lengths.append(0)
                formats.append(0)
            }
        }
        let buffers = storage.map { characters -> UnsafeMutablePointer<CChar>? in
            guard let characters else { return nil }
            let buffer = UnsafeMutablePointer<CChar>.allocate(capacity: characters.count)
            buffer.initialize(from: characters, count: characters.count)
            return buffer
        }
        defer { for buffer in buffers { buffer?.deallocate() } }
        let pointers = buffers.map { buffer in buffer.map { UnsafePointer($0) } }
        return pointers.withUnsafeBufferPointer { texts in
            lengths.withUnsafeBufferPointer { lengths in
                formats.withUnsafeBufferPointer { formats in
                    body(texts.baseAddress, lengths.baseAddress, formats.baseAddress)
                }
            }
        }
    }
}

extension String {
    fileprivate var trimmed: String {
        split(whereSeparator: \.isNewline).joined(separator: "; ")
    }
}
