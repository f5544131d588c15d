import CLibpq
import Database

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// One libpq connection. Not thread-safe: ``PostgreSQLStore`` gives it to one thread at a time.
///
/// libpq's own waiting has no end, so nothing here calls it: statements are sent, the socket is waited for, and a server
/// that stays silent is asked over a connection of its own whether it is there at all.
final class PostgreSQLConnection: SQLConnection {
    let handle: OpaquePointer
    private let url: String
    private let location: String
    /// Statements prepared on this connection, by their text.
    private var prepared: [String: String] = [:]
    /// Whether the server stopped answering altogether: nothing more may be waited for.
    private(set) var isSilent = false

    /// - Parameter limits: what the server itself puts an end to. The address may state others.
    /// - Throws: ``DatabaseError/unavailable(location:reason:)``
    init(url: String, location: String, limits: PostgreSQLLimits) throws(DatabaseError) {
        // What stands before the address is overruled by it.
        guard let handle = libpq(limits.options + [("dbname", url)], PQconnectdbParams) else {
            throw .unavailable(location: location, reason: "libpq could not allocate a connection")
        }
        guard PQstatus(handle) == CONNECTION_OK, PQsetnonblocking(handle, 1) == 0 else {
            let reason = String(cString: PQerrorMessage(handle)).trimmed
            PQfinish(handle)
            throw .unavailable(location: location, reason: reason)
        }
        self.handle = handle
        self.url = url
        self.location = location
        PQsetClientEncoding(handle, "UTF8")
        // Notices ("table exists, skipping") are not for the server's standard error.
        PQsetNoticeProcessor(handle, { _, _ in }, nil)
    }

    deinit { PQfinish(handle) }

    var isLost: Bool { isSilent || PQstatus(handle) != CONNECTION_OK }

    var isUsable: Bool { !isLost && PQtransactionStatus(handle) == PQTRANS_IDLE }

    // MARK: Statements

    @discardableResult
    func execute(_ sql: String, _ values: [SQLValue]) throws -> Int {
        let name = try statementName(sql)
        try sendPrepared(name, values, sql: sql)
        let result = try answer(to: sql)
        defer { PQclear(result) }
        return Int(String(cString: PQcmdTuples(result))) ?? 0
    }

    /// For transaction control: no parameters, no preparation; several statements with semicolons between them.
    /// - Returns: the last command's tag, `COMMIT` for example.
    @discardableResult
    func command(_ sql: String) throws -> String {
        guard PQsendQuery(handle, sql) == 1 else { throw failure(sql: sql) }
        let result = try answer(to: sql)
        defer { PQclear(result) }
        return String(cString: PQcmdStatus(result))
    }

    func forEachRow(_ sql: String, _ values: [SQLValue], _ body: (SQLRow) throws -> Void) throws {
        try sendPrepared(try statementName(sql), values, sql: sql)
        PQsetSingleRowMode(handle)
        var columns: SQLColumns?
        var thrown: (any Error)?
        // The connection is usable again only after every result has been taken, also when the body throws.
        while let result = try nextResult(sql: sql) {
            defer { PQclear(result) }
            guard thrown == nil else { continue }
            do {
                try check(result, sql: sql)
                let shape = columns ?? PostgreSQLValues.columns(of: result)
                columns = shape
                for row in 0..<PQntuples(result) {
                    let cells = (0..<Int32(shape.names.count)).map {
                        PostgreSQLValues.cell(of: result, row: row, column: $0)
                    }
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
        guard PQsendPrepare(handle, name, Self.numbered(sql), 0, nil) == 1 else { throw failure(sql: sql) }
        PQclear(try answer(to: sql))
        prepared[sql] = name
        return name
    }

    private func sendPrepared(_ name: String, _ values: [SQLValue], sql: String) throws {
        let sent = PostgreSQLValues.withParameters(values) { texts, lengths, formats in
            PQsendQueryPrepared(handle, name, Int32(values.count), texts, lengths, formats, 0)
        }
        guard sent == 1 else { throw failure(sql: sql) }
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
        guard PQsendQuery(handle, sql) == 1 else { throw failure(sql: sql) }
        PQclear(try answer(to: sql))
        var count = 0
        var buffer: [UInt8] = []
        buffer.reserveCapacity(1 << 17)
        for row in rows {
            CopyText.append(row, to: &buffer)
            count += 1
            if buffer.count > 1 << 16 { try send(&buffer, sql: sql) }
        }
        try send(&buffer, sql: sql)
        try untilTaken(sql: sql) { PQputCopyEnd(handle, nil) }
        PQclear(try answer(to: sql))
        return count
    }

    private func send(_ buffer: inout [UInt8], sql: String) throws {
        guard !buffer.isEmpty else { return }
        try untilTaken(sql: sql) {
            buffer.withUnsafeBytes { bytes in
                PQputCopyData(handle, bytes.bindMemory(to: CChar.self).baseAddress, Int32(bytes.count))
            }
        }
        buffer.removeAll(keepingCapacity: true)
    }

    /// - Parameter put: libpq's word: 1 for taken, 0 for no room yet.
    private func untilTaken(sql: String, _ put: () -> Int32) throws {
        while true {
            let taken = put()
            guard taken >= 0 else { throw failure(sql: sql) }
            // Before the next one: what waits to be sent stays bounded.
            try flush(sql: sql)
            if taken == 1 { return }
        }
    }

    // MARK: Waiting

    /// The last result of what was sent; its failure is thrown.
    private func answer(to sql: String) throws -> OpaquePointer {
        var last: OpaquePointer?
        do {
            while let result = try nextResult(sql: sql) {
                PQclear(last)
                last = result
                // What follows is to be sent by us.
                if PQresultStatus(result) == PGRES_COPY_IN { break }
            }
            guard let last else { throw failure(sql: sql) }
            try check(last, sql: sql)
            return last
        } catch {
            PQclear(last)
            throw error
        }
    }

    private func nextResult(sql: String) throws(DatabaseError) -> OpaquePointer? {
        try flush(sql: sql)
        while PQisBusy(handle) == 1 {
            try wait(for: POLLIN)
            guard PQconsumeInput(handle) == 1 else { throw failure(sql: sql) }
        }
        return PQgetResult(handle)
    }

    private func flush(sql: String) throws(DatabaseError) {
        while true {
            switch PQflush(handle) {
            case 0: return
            case 1:
                try wait(for: POLLIN | POLLOUT)
                guard PQconsumeInput(handle) == 1 else { throw failure(sql: sql) }
            default: throw failure(sql: sql)
            }
        }
    }

    /// Returns when the socket is ready, however long a statement takes or waits for a lock, as long as the server lives.
    private func wait(for events: Int32) throws(DatabaseError) {
        var patience = PostgreSQLLimits.silenceMilliseconds
        while true {
            var socket = pollfd(fd: PQsocket(handle), events: Int16(events), revents: 0)
            let ready = poll(&socket, 1, patience)
            if ready > 0 { return }
            if ready < 0 && errno != EINTR {
                throw .unavailable(location: location, reason: "its connection cannot be waited for (error \(errno))")
            }
            if ready == 0, libpq([("dbname", url)] + PostgreSQLLimits.ping, PQpingParams) == PQPING_NO_RESPONSE {
                isSilent = true
                throw .unavailable(
                    location: location,
                    reason: "it has stopped answering; see whether its server runs and is not overloaded")
            }
            patience = PostgreSQLLimits.laterSilenceMilliseconds
        }
    }

    // MARK: Failures

    private func failure(sql: String) -> DatabaseError {
        classified("", String(cString: PQerrorMessage(handle)).trimmed, sql: sql)
    }

    private func check(_ result: OpaquePointer, sql: String) throws(DatabaseError) {
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_SINGLE_TUPLE, PGRES_COPY_IN: return
        default:
            let state = PQresultErrorField(result, Int32(UInt8(ascii: "C"))).map { String(cString: $0) } ?? ""
            throw classified(state, String(cString: PQresultErrorMessage(result)).trimmed, sql: sql)
        }
    }

    /// By SQLSTATE (PostgreSQL's manual, appendix A).
    private func classified(_ state: String, _ reason: String, sql: String) -> DatabaseError {
        switch state {
        // Integrity constraint violation.
        case _ where state.hasPrefix("23"): .constraint(reason: reason)
        // Lock not available; cancelled by the limit of statements.
        case "55P03", "57014": .busy(location: location, reason: reason)
        // Disk full.
        case "53100": .full(location: location, reason: reason)
        // Data or index corrupted.
        case "XX001", "XX002": .damaged(location: location, reason: reason)
        // Ended by the administrator, by a crash, while starting; idle too long within a transaction.
        case "57P01", "57P02", "57P03", "25P03": .unavailable(location: location, reason: reason)
        default:
            isLost
                ? .unavailable(location: location, reason: reason.isEmpty ? "the connection was lost" : reason)
                : .statement(sql: sql, reason: reason)
        }
    }
}

extension String {
    fileprivate var trimmed: String {
        split(whereSeparator: \.isNewline).joined(separator: "; ")
    }
}
