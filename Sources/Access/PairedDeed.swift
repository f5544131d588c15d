public import Database
import Foundation
public import Kernel

/// A kind of deed that may need two people: the first proposes it, another account confirms exactly that. Declared as a value
/// beside the use case it guards, as rights are.
public struct PairedAct: Hashable, Sendable {
    /// Dotted English words, stable over time: stored, and named by the setting `decisions.two-people`.
    public let name: String
    /// As screens write it: an act in Vietnamese, “Xóa hẳn tệp có dữ liệu cá nhân”.
    public let title: String
    /// Whether two people are needed whatever the settings say.
    public let isAlways: Bool
    /// Rights without which nobody confirms; each needs two holders.
    public let needs: [Need]

    /// A right that two people must hold for the act to be possible.
    public struct Need: Sendable, Equatable {
        public let right: Right
        /// Whether two of each unit must: nobody confirms for another unit.
        public let isOfUnit: Bool

        public init(_ right: Right, isOfUnit: Bool) {
            self.right = right
            self.isOfUnit = isOfUnit
        }
    }

    public init(_ name: String, _ title: String, isAlways: Bool = false, needs: [Need] = []) {
        self.name = name
        self.title = title
        self.isAlways = isAlways
        self.needs = needs
    }

    public static func == (left: PairedAct, right: PairedAct) -> Bool { left.name == right.name }

    public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

/// A deed that somebody proposed and somebody else is to confirm.
public struct PairedDeed: Sendable, Equatable {
    /// How long a proposal waits: a week, weekends included. After that it has to be made anew.
    public static let waitingDays = 7

    public let id: RecordID
    /// The name of its ``PairedAct``.
    public let act: String
    public let subject: Subject
    /// What the proposer looked at: a version, a fingerprint. The confirmation holds only while the thing is still that.
    public let seen: String
    /// What the deed needs to be carried out, as its use case encoded it.
    let parameters: String
    /// What will be done, in Vietnamese: both people read it, and it stands in the audit trail.
    public let words: String
    public let proposedAt: Timestamp
    public let proposedBy: RecordID
    public let proposedByName: String
    public let until: Timestamp

    init(_ row: SQLRow) throws {
        id = try row.recordID("id")
        act = try row.text("act")
        let text = try row.text("subject")
        guard let subject = Subject(text) else {
            throw DatabaseError.column(name: "subject", problem: "names nothing: \(text)")
        }
        self.subject = subject
        seen = try row.text("seen")
        parameters = try row.text("parameters")
        words = try row.text("words")
        proposedAt = try row.timestamp("proposed_at")
        proposedBy = try row.recordID("proposed_by")
        proposedByName = try row.text("proposed_by_name")
        until = try row.timestamp("until_at")
    }

    /// Whether the thing is still what the proposer looked at; otherwise nobody can confirm.
    /// - Parameter present: said as the proposer's was.
    public func fits(_ present: some CustomStringConvertible) -> Bool { seen == present.description }

    /// What the use case encoded when it was proposed.
    public func parameters<Parameters: Decodable>(_ type: Parameters.Type = Parameters.self) throws -> Parameters {
        try JSONDecoder().decode(type, from: Data(parameters.utf8))
    }

    /// Why somebody cannot be the second person; nil when nothing stands against it. The right to the deed itself is for its
    /// use case to check, of both.
    public func obstruction(for viewer: Viewer) -> String? {
        viewer.account == proposedBy
            ? "Bạn là người đề nghị; việc này phải do một người khác xác nhận." : nil
    }
}

/// Proposing, confirming and withdrawing, each a part of the use case's own transaction. One writer at a time makes looking
/// for a proposal and ending it one step, so nothing is confirmed twice.
public enum PairedDeeds {
    /// Keeps a proposal. One that waits for the same act and thing gives way: its proposer, or another, thought better of it.
    /// - Parameters:
    ///   - seen: what the confirmation must find unchanged.
    ///   - parameters: whatever carrying it out needs; never a secret.
    ///   - words: what will be done, in Vietnamese.
    ///   - pairs: tells them.
    ///   - seconds: who may confirm.
    @discardableResult
    public static func propose(
        _ act: PairedAct, about subject: Subject, seen: some CustomStringConvertible,
        parameters: some Encodable = [String: String](), words: String, telling pairs: PairPolicy,
        seconds: [SecondPerson], by submission: Submission, at now: Timestamp, on connection: any SQLConnection
    ) throws -> PairedDeed {
        if let old = try waiting(act, about: subject, at: now, on: connection) {
            try end(old, as: "replaced", by: submission, at: now, on: connection)
            try pairs.tell(.replaced(submission.viewer), act, old, now, connection)
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let id = RecordID(at: now)
        try connection.execute(
            """
            INSERT INTO paired_deed
                (id, act, subject, seen, parameters, words, proposed_at, proposed_by, proposed_by_name, until_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, id, act.name, subject.text, seen.description,
            String(decoding: try encoder.encode(parameters), as: UTF8.self), words, now, submission.viewer.account,
            submission.viewer.name, now.adding(seconds: Int64(PairedDeed.waitingDays) * 86_400))
        guard let deed = try find(id, on: connection) else {
            throw DatabaseError.statement(sql: "INSERT INTO paired_deed", reason: "the row is not there")
        }
        try AuditTrail.append(
            AuditEvent("paired.proposed", subject: deed.subject, detail: "\(act.title): \(words)"),
            by: submission.actor, at: now, on: connection)
        try pairs.tell(.proposed(seconds: seconds), act, deed, now, connection)
        return deed
    }

    /// The proposal that waits for an act on a thing; nil when there is none, or it has run out.
    public static func waiting(
        _ act: PairedAct, about subject: Subject, at now: Timestamp, on connection: any SQLConnection
    ) throws -> PairedDeed? {
        try connection.row(
            """
            SELECT * FROM paired_deed WHERE act = ? AND subject = ? AND ended_at IS NULL AND until_at > ?
            ORDER BY id DESC LIMIT 1
            """, act.name, subject.text, now
        ).map { try PairedDeed($0) }
    }

    /// Whether two people carried an act out on a thing.
    public static func wasConfirmed(
        _ act: PairedAct, about subject: Subject, on connection: any SQLConnection
    ) throws -> Bool {
        try connection.row(
            "SELECT id FROM paired_deed WHERE act = ? AND subject = ? AND outcome = 'confirmed' LIMIT 1", act.name,
            subject.text) != nil
    }

    /// All that wait, the oldest first.
    public static func waiting(at now: Timestamp, on connection: any SQLConnection) throws -> [PairedDeed] {
        try connection.rows(
            "SELECT * FROM paired_deed WHERE ended_at IS NULL AND until_at > ? ORDER BY id", now
        ).map(PairedDeed.init)
    }

    /// Whether anything waits at all.
    public static func isAnyWaiting(at now: Timestamp, on connection: any SQLConnection) throws -> Bool {
        try connection.row("SELECT id FROM paired_deed WHERE ended_at IS NULL AND until_at > ? LIMIT 1", now) != nil
    }

    /// All of an act that did not end, those among them whose time is over and that ``lapse(_:at:atMost:on:_:)`` has yet to end.
    public static func unended(_ act: PairedAct, on connection: any SQLConnection) throws -> [PairedDeed] {
        try connection.rows(
            "SELECT * FROM paired_deed WHERE ended_at IS NULL AND act = ? ORDER BY id DESC", act.name
        ).map(PairedDeed.init)
    }

    /// Ends proposals that nobody confirmed in their time. Part of the caller's transaction.
    /// - Parameter body: removes what was kept for one of them.
    /// - Returns: how many.
    public static func lapse(
        _ act: PairedAct, telling pairs: PairPolicy, at now: Timestamp, atMost limit: Int,
        on connection: any SQLConnection, _ body: (PairedDeed) throws -> Void = { _ in }
    ) throws -> Int {
        let over = try connection.rows(
            "SELECT * FROM paired_deed WHERE ended_at IS NULL AND until_at <= ? AND act = ? ORDER BY id LIMIT ?", now,
            act.name, limit
        ).map(PairedDeed.init)
        for deed in over {
            try body(deed)
            try connection.execute(
                "UPDATE paired_deed SET ended_at = ?, outcome = 'lapsed' WHERE id = ?", now, deed.id)
            try AuditTrail.append(
                AuditEvent(
                    "paired.lapsed", subject: deed.subject,
                    detail: "\(act.title): \(deed.words). Người đề nghị: \(deed.proposedByName)"),
                by: .system, at: now, on: connection)
            try pairs.tell(.lapsed, act, deed, now, connection)
        }
        return over.count
    }

    /// Ends a proposal about what has changed since it was made: nobody could confirm it. Part of the caller's transaction.
    public static func outdate(
        _ act: PairedAct, _ deed: PairedDeed, telling pairs: PairPolicy, at now: Timestamp,
        on connection: any SQLConnection
    ) throws {
        try connection.execute("UPDATE paired_deed SET ended_at = ?, outcome = 'outdated' WHERE id = ?", now, deed.id)
        try AuditTrail.append(
            AuditEvent(
                "paired.outdated", subject: deed.subject,
                detail: "\(act.title): \(deed.words). Người đề nghị: \(deed.proposedByName)"),
            by: .system, at: now, on: connection)
        try pairs.tell(.outdated, act, deed, now, connection)
    }

    /// Notes the second person. The use case carries the deed out in the same transaction, by what the proposal says and by
    /// nothing else.
    /// - Parameters:
    ///   - id: of the proposal that the second person read.
    ///   - seen: what the thing is now, said as the proposer's was.
    /// - Throws: a refusal for the proposer, for what waits no longer, and for what was changed since.
    @discardableResult
    public static func confirm(
        _ act: PairedAct, _ id: RecordID, about subject: Subject, seen: some CustomStringConvertible,
        telling pairs: PairPolicy, by submission: Submission, at now: Timestamp, on connection: any SQLConnection
    ) throws -> PairedDeed {
        let deed = try open(act, id, about: subject, at: now, on: connection)
        if let obstruction = deed.obstruction(for: submission.viewer) { throw Refusal(.forbidden, obstruction) }
        guard deed.fits(seen) else {
            throw Refusal(
                .stale,
                "Nội dung đã thay đổi sau khi \(deed.proposedByName) đề nghị (\(deed.proposedAt.vietnamese)). Hãy xem lại và đề nghị lại."
            )
        }
        try end(deed, as: "confirmed", by: submission, at: now, on: connection)
        try AuditTrail.append(
            AuditEvent(
                "paired.confirmed", subject: deed.subject,
                detail: "\(act.title): \(deed.words). Người đề nghị: \(deed.proposedByName)"),
            by: submission.actor, at: now, on: connection)
        try pairs.tell(.confirmed(submission.viewer), act, deed, now, connection)
        return deed
    }

    /// Takes a proposal back, or refuses it: nothing is done.
    @discardableResult
    public static func withdraw(
        _ act: PairedAct, _ id: RecordID, about subject: Subject, telling pairs: PairPolicy,
        by submission: Submission, at now: Timestamp, on connection: any SQLConnection
    ) throws -> PairedDeed {
        let deed = try open(act, id, about: subject, at: now, on: connection)
        try end(deed, as: "withdrawn", by: submission, at: now, on: connection)
        try AuditTrail.append(
            AuditEvent(
                "paired.withdrawn", subject: deed.subject,
                detail: "\(act.title): \(deed.words). Người đề nghị: \(deed.proposedByName)"),
            by: submission.actor, at: now, on: connection)
        try pairs.tell(.withdrawn(submission.viewer), act, deed, now, connection)
        return deed
    }

    private static func open(
        _ act: PairedAct, _ id: RecordID, about subject: Subject, at now: Timestamp, on connection: any SQLConnection
    ) throws -> PairedDeed {
        guard let deed = try waiting(act, about: subject, at: now, on: connection), deed.id == id else {
            throw Refusal(
                .stale, "Đề nghị này đã được xác nhận, rút lại, thay bằng đề nghị khác hoặc quá hạn. Hãy tải lại trang."
            )
        }
        return deed
    }

    private static func find(_ id: RecordID, on connection: any SQLConnection) throws -> PairedDeed? {
        try connection.row("SELECT * FROM paired_deed WHERE id = ?", id).map { try PairedDeed($0) }
    }

    private static func end(
        _ deed: PairedDeed, as outcome: String, by submission: Submission, at now: Timestamp,
        on connection: any SQLConnection
    ) throws {
        try connection.execute(
            "UPDATE paired_deed SET ended_at = ?, outcome = ?, ended_by = ?, ended_by_name = ? WHERE id = ?", now,
            outcome, submission.viewer.account, submission.viewer.name, deed.id)
    }
}
