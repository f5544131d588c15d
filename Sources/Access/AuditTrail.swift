import Crypto
public import Database
public import Kernel

/// Who did what to what, when and from where. Written in the transaction of the deed itself, so neither exists alone.
public struct AuditEvent: Sendable, Equatable {
    /// A dotted English word, stable over time: `instance.accepted`.
    public let action: String
    /// What it was done to: `instance/II.8/2027/thue-thanh-pho`.
    public let subject: Subject
    /// Anything more, in Vietnamese; never a secret, never a whole personal record.
    public let detail: String

    public init(_ action: String, subject: Subject, detail: String = "") {
        self.action = action
        self.subject = subject
        self.detail = detail
    }
}

extension Subject.Kind {
    /// An account; the key is its login.
    public static let account = Self("account")
}

extension Right {
    public static let viewAudit = Right("audit.read", "Đọc nhật ký của mọi người")
}

/// Who makes a change: a person, or the system itself.
public struct Actor: Sendable, Equatable {
    public let account: RecordID?
    public let name: String
    /// The network address; empty for the command line and the system.
    public let address: String

    public init(account: RecordID?, name: String, address: String = "") {
        self.account = account
        self.name = name
        self.address = address
    }

    public init(_ viewer: Viewer, address: String = "") {
        self.init(account: viewer.account, name: viewer.name, address: address)
    }

    public static let system = Actor(account: nil, name: "Hệ thống")
    public static let commandLine = Actor(account: nil, name: "Dòng lệnh")
}

/// One stored link of the chain.
public struct AuditEntry: Sendable, Equatable {
    public let sequence: Int
    public let at: Timestamp
    public let actor: RecordID?
    public let actorName: String
    public let action: String
    public let subject: String
    /// As stored, but for words that nobody may read any more (``AuditTrail/mask(_:in:as:on:)``).
    public internal(set) var detail: String
    public let address: String
    public let previousHash: String
    public let hash: String

    init(_ row: SQLRow) throws {
        sequence = try row.integer("sequence")
        at = try row.timestamp("at")
        actor = try row.optionalRecordID("actor")
        actorName = try row.text("actor_name")
        action = try row.text("action")
        subject = try row.text("subject")
        detail = try row.text("detail")
        address = try row.text("address")
        previousHash = try row.text("previous_hash")
        hash = try row.text("hash")
    }
}

/// The append-only audit trail. Each entry's hash covers its content and the hash before it, and `audit_head` keeps the
/// last one, so a changed, removed or reordered entry shows. Whoever can rewrite the whole table can also rewrite the
/// head: against that, note the head printed by `baophu audit verify` elsewhere and pass it to a later run.
public enum AuditTrail {
    static let origin = String(repeating: "0", count: 64)

    /// Adds an entry inside a running write. One writer at a time makes reading the head and adding to it one step.
    public static func append(
        _ event: AuditEvent, by actor: Actor, at moment: Timestamp, on connection: any SQLConnection
    ) throws {
        let head = try connection.row("SELECT sequence, hash FROM audit_head WHERE one = 1")
        let sequence = try (head?.integer("sequence") ?? 0) + 1
        let previous = try head?.text("hash") ?? origin
        let hash = digest(
            sequence: sequence, at: moment, actor: actor.account?.text ?? "", actorName: actor.name,
            action: event.action,
            subject: event.subject.text, detail: event.detail, address: actor.address, previous: previous)
        try connection.execute(
            """
            INSERT INTO audit_entry
                (sequence, at, actor, actor_name, action, subject, detail, address, previous_hash, hash)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            sequence, moment, actor.account, actor.name, event.action, event.subject.text, event.detail, actor.address,
            previous, hash)
        try Revisions.advance(event.subject.kind, on: connection)
        if head == nil {
            try connection.execute("INSERT INTO audit_head (one, sequence, hash) VALUES (1, ?, ?)", sequence, hash)
        } else {
            try connection.execute("UPDATE audit_head SET sequence = ?, hash = ? WHERE one = 1", sequence, hash)
        }
    }

    /// SHA-256 over the fields, each preceded by its length, so that no two different entries read alike.
    static func digest(
        sequence: Int, at: Timestamp, actor: String, actorName: String, action: String, subject: String, detail: String,
        address: String, previous: String
    ) -> String {
        var hasher = SHA256()
        for field in [
            String(sequence), String(at.secondsSinceEpoch), actor, actorName, action, subject, detail, address,
            previous,
        ] {
            hasher.update(data: Array("\(field.utf8.count):".utf8))
            hasher.update(data: Array(field.utf8))
        }
        return hexadecimal(hasher.finalize())
    }

    /// A page of entries, newest first, without the words that nobody may read any more.
    /// - Parameter before: only entries with a smaller sequence number; nil for the newest.
    public static func entries(
        before: Int?, actor: RecordID? = nil, subjectPrefix: String = "", limit: Int, on connection: any SQLConnection
    ) throws -> [AuditEntry] {
        var conditions = ["sequence < ?"]
        var values: [SQLValue] = [.integer(Int64(before ?? Int.max))]
        if let actor {
            conditions.append("actor = ?")
            values.append(actor.sqlValue)
        }
        if !subjectPrefix.isEmpty {
            conditions.append("substr(subject, 1, ?) = ?")
            values += [subjectPrefix.unicodeScalars.count.sqlValue, subjectPrefix.sqlValue]
        }
        values.append(limit.sqlValue)
        let entries = try connection.rows(
            "SELECT * FROM audit_entry WHERE \(conditions.joined(separator: " AND ")) ORDER BY sequence DESC LIMIT ?",
            values
        ).map(AuditEntry.init)
        return try masked(entries, on: connection)
    }

    /// What happened to one thing, the newest first.
    public static func entries(
        about subject: Subject, limit: Int, on connection: any SQLConnection
    ) throws -> [AuditEntry] {
        let entries = try connection.rows(
            "SELECT * FROM audit_entry WHERE subject = ? ORDER BY sequence DESC LIMIT ?", subject.text, limit
        ).map(AuditEntry.init)
        return try masked(entries, on: connection)
    }
}

/// Lower-case hexadecimal digits of some bytes.
public func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var result: [UInt8] = []
    for byte in bytes { result += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
    return String(decoding: result, as: UTF8.self)
}
