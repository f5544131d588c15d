import Access
public import Database
public import Kernel

/// Where facts are told and ended, inside the transaction of the deed itself: neither exists without the other.
public enum NoticeBoard {
    /// Rows looked up at once.
    private static let portion = 200

    /// Tells facts. One that is known and holds is not told again; one that was gone and is back is told as new.
    /// - Returns: how many were told.
    @discardableResult
    public static func post(_ notices: [Notice], at now: Timestamp, on connection: any SQLConnection) throws -> Int {
        var told = 0
        var fresh: [Notice] = []
        for (kind, group) in Dictionary(grouping: notices, by: \.kind) {
            let known = try stored(kind, keys: group.map(\.key), on: connection)
            var seen: Set<String> = []
            for notice in group where seen.insert(notice.key).inserted {
                switch known[notice.key] {
                case nil: fresh.append(notice)
                case (let id, true)?:
                    try renew(id, notice, at: now, on: connection)
                    told += 1
                case (_, false)?: break
                }
            }
        }
        told += try add(fresh, at: now, on: connection)
        if told > 0 { try Revisions.advance(.notice, on: connection) }
        return told
    }

    /// Ends the facts of these kinds about some things: nobody sees them any more.
    public static func resolve(
        _ kinds: [NoticeKind], about subjects: [Subject], at now: Timestamp, on connection: any SQLConnection
    ) throws {
        let names = kinds.map(\.name.sqlValue)
        var ended = 0
        for part in portions(of: subjects.map(\.text)) {
            ended += try connection.execute(
                """
                UPDATE notice SET resolved_at = ?
                WHERE subject IN (\(marks(part.count))) AND kind IN (\(marks(names.count))) AND resolved_at IS NULL
                """, [now.sqlValue] + part.map(\.sqlValue) + names)
        }
        if ended > 0 { try Revisions.advance(.notice, on: connection) }
    }

    /// Whether anybody read one of these notices of a thing, or was told of it in a letter, while it held.
    public static func wasSeen(
        _ kinds: [NoticeKind], about subject: Subject, on connection: any SQLConnection
    ) throws -> Bool {
        try connection.rows(
            """
            SELECT n.id FROM notice n JOIN notice_reader r ON r.notice = n.id
            WHERE n.subject = ? AND n.kind IN (\(marks(kinds.count))) AND n.resolved_at IS NULL LIMIT 1
            """, [subject.text.sqlValue] + kinds.map(\.name.sqlValue)
        ).first != nil
    }

    /// Puts other words in the place of some that the notices of a thing say, ended ones too.
    public static func overwrite(
        _ words: String, with replacement: String, about subject: Subject, on connection: any SQLConnection
    ) throws {
        guard !words.isEmpty else { return }
        let changed = try connection.execute(
            "UPDATE notice SET title = replace(title, ?, ?), detail = replace(detail, ?, ?) WHERE subject = ?", words,
            replacement, words, replacement, subject.text)
        if changed > 0 { try Revisions.advance(.notice, on: connection) }
    }

    /// The keys of a kind's facts that are told and not ended: what a daily deed compares with what is so today.
    public static func openKeys(of kind: NoticeKind, on connection: any SQLConnection) throws -> Set<String> {
        Set(
            try connection.rows("SELECT once_key FROM notice WHERE kind = ? AND resolved_at IS NULL", kind.name)
                .map { try $0.text("once_key") })
    }

    /// Ends facts by their keys.
    public static func resolve(
        _ kind: NoticeKind, keys: some Sequence<String>, at now: Timestamp, on connection: any SQLConnection
    ) throws {
        var ended = 0
        for part in portions(of: keys.sorted()) {
            ended += try connection.execute(
                """
                UPDATE notice SET resolved_at = ?
                WHERE kind = ? AND once_key IN (\(marks(part.count))) AND resolved_at IS NULL
                """, [now.sqlValue, kind.name.sqlValue] + part.map(\.sqlValue))
        }
        if ended > 0 { try Revisions.advance(.notice, on: connection) }
    }

    // MARK: Rows

    private static func stored(
        _ kind: NoticeKind, keys: [String], on connection: any SQLConnection
    ) throws -> [String: (id: RecordID, isResolved: Bool)] {
        var known: [String: (id: RecordID, isResolved: Bool)] = [:]
        for part in portions(of: keys) {
            for row in try connection.rows(
                "SELECT id, once_key, resolved_at FROM notice WHERE kind = ? AND once_key IN (\(marks(part.count)))",
                [kind.name.sqlValue] + part.map(\.sqlValue))
            {
                known[try row.text("once_key")] = (
                    try row.recordID("id"), try row.optionalTimestamp("resolved_at") != nil
                )
            }
        }
        return known
    }

    private static func renew(
        _ id: RecordID, _ notice: Notice, at now: Timestamp, on connection: any SQLConnection
    ) throws {
        try connection.execute(
            """
            UPDATE notice SET subject = ?, day = ?, at = ?, title = ?, detail = ?, weight = ?, own = ?, until_day = ?,
                author = ?, resolved_at = NULL
            WHERE id = ?
            """, notice.subject.text, now.day, now, notice.title, notice.detail, notice.kind.weight.rawValue,
            notice.addressees.allSatisfy(\.isPersonal), notice.until, notice.author, id)
        try connection.execute("DELETE FROM notice_reader WHERE notice = ?", id)
        try connection.execute("DELETE FROM notice_addressee WHERE notice = ?", id)
        _ = try connection.load(
            "notice_addressee", columns: ["place", "right_name", "notice"], rows: rows(of: notice, id))
    }

    private static func add(_ notices: [Notice], at now: Timestamp, on connection: any SQLConnection) throws -> Int {
        guard !notices.isEmpty else { return 0 }
        let named = notices.map { (id: RecordID(at: now), notice: $0) }
        let added = try connection.load(
            "notice",
            columns: [
                "id", "kind", "once_key", "subject", "day", "at", "title", "detail", "weight", "own", "until_day",
                "author",
            ],
            rows: named.map { id, notice in
                [
                    id.sqlValue, notice.kind.name.sqlValue, notice.key.sqlValue, notice.subject.text.sqlValue,
                    now.day.sqlValue, now.sqlValue, notice.title.sqlValue, notice.detail.sqlValue,
                    notice.kind.weight.rawValue.sqlValue, notice.addressees.allSatisfy(\.isPersonal).sqlValue,
                    notice.until.sqlValue, notice.author.sqlValue,
                ]
            })
        _ = try connection.load(
            "notice_addressee", columns: ["place", "right_name", "notice"],
            rows: named.flatMap { rows(of: $0.notice, $0.id) })
        return added
    }

    private static func rows(of notice: Notice, _ id: RecordID) -> [[SQLValue]] {
        Set(notice.addressees).map { [$0.place.sqlValue, $0.right.sqlValue, id.sqlValue] }
    }

    private static func portions(of texts: [String]) -> [ArraySlice<String>] {
        stride(from: 0, to: texts.count, by: portion).map { texts[$0..<min($0 + portion, texts.count)] }
    }

    static func marks(_ count: Int) -> String { Array(repeating: "?", count: count).joined(separator: ", ") }
}
