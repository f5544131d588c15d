public import Access
public import Database
public import Kernel

extension Right {
    public static let viewOutbox = Right("reminders.read-all", "Xem nhắc việc gửi mọi người")
}

/// The one place from which people are written to: reminders and notices share its letters and their measure.
public struct Outbox: Sendable {
    /// Letters to one person in a day. What comes on top stands in the next day's.
    public static let mostADay = 3

    public let store: any DataStore
    public let clock: Clock

    public init(store: any DataStore, clock: Clock) {
        self.store = store
        self.clock = clock
    }

    /// Whether the person may be written to again today.
    public static func hasRoom(
        for account: RecordID, on day: Day, _ connection: any SQLConnection
    ) throws -> Bool {
        let written =
            try connection.integer(
                "SELECT COUNT(*) FROM letter WHERE account = ? AND day = ? AND at_once = 0", account, day) ?? 0
        return written < mostADay
    }

    /// Writes one letter of all there is to say; nothing when there is nothing. Part of the caller's transaction, which has
    /// asked ``hasRoom(for:on:_:)``.
    /// - Returns: whether one was written.
    @discardableResult
    public static func write(
        _ parts: [LetterPart], to account: Account, at now: Timestamp, on connection: any SQLConnection
    ) throws -> Bool {
        guard !parts.isEmpty else { return false }
        try insert(
            to: account, recipient: account.email, subject: LetterText.subject(parts),
            body: LetterText.shared(parts, to: account.name),
            own: parts.contains(where: \.isOwn) ? LetterText.whole(parts, to: account.name) : nil, atOnce: false,
            at: now, on: connection)
        return true
    }

    /// Writes what cannot wait and concerns the addressee alone, beside the day's measure.
    /// - Parameter recipient: the address that it goes to; that of the account or the one it had before.
    static func writeAtOnce(
        _ subject: String, _ lines: [String], to account: Account, recipient: String, at now: Timestamp,
        on connection: any SQLConnection
    ) throws {
        let part = LetterPart(counts: [subject], lines: lines, isOwn: true)
        try insert(
            to: account, recipient: recipient, subject: LetterText.subject([part]),
            body: LetterText.shared([part], to: account.name), own: LetterText.whole([part], to: account.name),
            atOnce: true, at: now, on: connection)
    }

    private static func insert(
        to account: Account, recipient: String?, subject: String, body: String, own: String?, atOnce: Bool,
        at now: Timestamp, on connection: any SQLConnection
    ) throws {
        let number =
            try connection.integer(
                "SELECT COALESCE(MAX(number), 0) + 1 FROM letter WHERE account = ? AND day = ?", account.id, now.day)
            ?? 1
        try connection.execute(
            """
            INSERT INTO letter (id, account, day, number, at_once, subject, body, own_body, created_at, recipient, attempts)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)
            """,
            RecordID(at: now), account.id, now.day, number, atOnce, subject, body, own, now, recipient)
    }

    // MARK: Reading and sending

    private static let columns = """
        SELECT m.id, m.account, m.day, m.subject, m.body, m.own_body, m.recipient, m.sent_at, m.attempts, m.problem
        FROM letter m
        """

    /// One's own letters, or everybody's for those who keep the outbox; the latest first.
    public func letters(for viewer: Viewer, limit: Int = 30) async throws -> [Letter] {
        let all = viewer.may(.viewOutbox)
        return try await store.read { connection in
            let order = "ORDER BY m.day DESC, m.id DESC LIMIT ?"
            let rows =
                all
                ? try connection.rows("\(Self.columns) \(order)", limit)
                : try connection.rows("\(Self.columns) WHERE m.account = ? \(order)", viewer.account, limit)
            let names = try Accounts.names(on: connection)
            return try rows.map { row in
                try Letter(row, whole: try row.recordID("account") == viewer.account, names)
            }.sorted { ($1.day, $0.name, $1.id) < ($0.day, $1.name, $0.id) }
        }
    }

    private static let waiting = "m.sent_at IS NULL AND m.recipient IS NOT NULL AND m.attempts < 5"

    /// Letters with an address that have not gone out, oldest first, whole; given up after five tries.
    public func lettersToSend(limit: Int = 50) async throws -> [Letter] {
        try await store.read { connection in
            let names = try Accounts.names(on: connection)
            return try connection.rows("\(Self.columns) WHERE \(Self.waiting) ORDER BY m.id LIMIT ?", limit)
                .map { try Letter($0, whole: true, names) }
        }
    }

    /// How long a letter is its sender's, in seconds: longer than any mail server is waited for. When the sender dies
    /// meanwhile, another one may take it afterwards.
    static let heldSeconds: Int64 = 300

    /// Takes the next of ``lettersToSend(limit:)``, so that nobody else sends it, on this server or another.
    /// - Parameter last: only one after it.
    func take(after last: RecordID?) async throws -> Letter? {
        let now = clock.now
        let next = """
            \(Self.columns) WHERE \(Self.waiting) AND (m.held_until IS NULL OR m.held_until < ?) AND m.id > ?
            ORDER BY m.id LIMIT 1
            """
        // Looked at by a reader first: where nothing waits nobody is kept from writing.
        guard try await store.read({ try $0.row(next, now, last?.text ?? "") }) != nil else { return nil }
        return try await store.write { connection in
            guard let row = try connection.row(next, now, last?.text ?? "") else { return nil }
            let letter = try Letter(row, whole: true, try Accounts.names(on: connection))
            try connection.execute(
                "UPDATE letter SET held_until = ? WHERE id = ?", now.adding(seconds: Self.heldSeconds), letter.id)
            return letter
        }
    }

    /// When the first of the letters that somebody holds may be taken by others; nil when nobody holds any.
    func nextRelease() async throws -> Timestamp? {
        try await store.read { connection in
            try connection.integer("SELECT MIN(m.held_until) FROM letter m WHERE \(Self.waiting)")
                .map { Timestamp(secondsSinceEpoch: Int64($0)) }
        }
    }

    /// Notes the outcome of one try.
    public func noteSending(of letter: RecordID, problem: String?) async throws {
        let now = clock.now
        try await store.write { connection in
            _ = try connection.execute(
                "UPDATE letter SET attempts = attempts + 1, sent_at = ?, problem = ?, held_until = NULL WHERE id = ?",
                problem == nil ? now : nil, problem, letter)
        }
    }
}
