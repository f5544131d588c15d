import CLibpq

/// How long PostgreSQL may take, so that nobody waits without an end (docs/decisions/0040). Limits of the server stand in
/// the connection's options: an address with `options` of its own, or another `connect_timeout`, overrules them.
struct PostgreSQLLimits {
    /// How long one statement may take; nil for commands, whose copying may take hours.
    let statementSeconds: Int?

    /// How long a writer waits for its turn, also in the program before it gets a connection.
    static let lockSeconds = 30
    /// How long a reader waits for a connection while all are in use.
    static let readerSeconds = 10
    /// How long a server may say nothing before it is asked whether it lives; with ``ping``, a page knows within five seconds.
    static let silenceMilliseconds: Int32 = 2_000
    /// The same after it was found to live.
    static let laterSilenceMilliseconds: Int32 = 10_000
    /// For asking; libpq knows no less than two seconds.
    static let ping = [("connect_timeout", "2")]

    var options: [(String, String)] {
        var server = ["lock_timeout=\(Self.lockSeconds)s", "idle_in_transaction_session_timeout=120s"]
        if let statementSeconds { server.append("statement_timeout=\(statementSeconds)s") }
        return [
            ("connect_timeout", "3"), ("keepalives_idle", "30"), ("keepalives_interval", "10"),
            ("keepalives_count", "3"), ("application_name", "baophu"),
            ("options", server.map { "-c \($0)" }.joined(separator: " ")),
        ]
    }
}

/// Calls one of libpq's functions that take parallel arrays of keywords and values; `dbname` may be an address.
func libpq<T>(
    _ parameters: [(String, String)],
    _ call: (UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<UnsafePointer<CChar>?>?, Int32) -> T
) -> T {
    func copies(_ texts: [String]) -> [UnsafeMutablePointer<CChar>] {
        texts.map { text in
            let characters = text.utf8CString
            let buffer = UnsafeMutablePointer<CChar>.allocate(capacity: characters.count)
            buffer.initialize(from: Array(characters), count: characters.count)
            return buffer
        }
    }
    let (keywords, values) = (copies(parameters.map(\.0)), copies(parameters.map(\.1)))
    defer { for buffer in keywords + values { buffer.deallocate() } }
    let ended = [keywords, values].map { $0.map { Optional(UnsafePointer($0)) } + [nil] }
    return ended[0].withUnsafeBufferPointer { keywords in
        ended[1].withUnsafeBufferPointer { values in call(keywords.baseAddress, values.baseAddress, 1) }
    }
}
