public import Access
import Database
public import Kernel

/// What was said of a thing, as a viewer may read it.
public struct RemarkThread: Sendable {
    public enum Entry: Sendable {
        case remark(Remark)
        case instruction(Instruction)

        var moment: (Timestamp, RecordID) {
            switch self {
            case .remark(let remark): (remark.at, remark.id)
            case .instruction(let instruction): (instruction.at, instruction.id)
            }
        }
    }

    public let topic: RemarkTopic
    /// The newest last.
    public let entries: [Entry]
    /// Older ones that were left out.
    public let earlier: Int
    public let actions: Set<ThreadAction>
}

public enum ThreadAction: Sendable, Hashable {
    case write, instruct
}

extension RemarkService {
    /// What was said of a thing; nil where nothing can be said of it, or the person may not see it.
    /// - Parameter limit: the newest so many.
    public func thread(of subject: Subject, for viewer: Viewer, limit: Int) async throws -> RemarkThread? {
        try await store.read { connection in
            guard let topic = try self.topic(subject, for: viewer, on: connection) else { return nil }
            let counted = try Self.count(of: subject, on: connection)
            let ids = try connection.rows(
                "SELECT id FROM remark WHERE subject = ? ORDER BY at DESC, id DESC LIMIT ?", subject.text, limit
            ).map { try $0.recordID("id") }
            let remarks = try Self.remarks(ids: ids, for: viewer, on: connection)
            let instructions = try connection.rows(
                "SELECT * FROM instruction WHERE subject = ? ORDER BY at DESC, id DESC LIMIT ?", subject.text, limit
            ).map(Instruction.init)
            let entries = (remarks.map(RemarkThread.Entry.remark) + instructions.map(RemarkThread.Entry.instruction))
                .sorted { $0.moment < $1.moment }.suffix(limit)
            var actions: Set<ThreadAction> = []
            if viewer.may(.writeRemarks) { actions.insert(.write) }
            if viewer.may(.instruct) { actions.insert(.instruct) }
            return RemarkThread(
                topic: topic, entries: Array(entries), earlier: max(0, counted - entries.count), actions: actions)
        }
    }

    /// How much was said of each of many things, as their threads count it. Things that the person may not see, and those of
    /// which nothing was said, are left out.
    public func counts(of subjects: [Subject], for viewer: Viewer) async throws -> [Subject: Int] {
        let values = Set(subjects).map(\.text.sqlValue)
        guard !values.isEmpty else { return [:] }
        let marks = Self.marks(values.count)
        return try await store.read { connection in
            var counts: [Subject: Int] = [:]
            let rows = try connection.rows(
                """
                SELECT said.subject, COUNT(*) AS number FROM (
                    SELECT subject FROM remark WHERE subject IN (\(marks))
                    UNION ALL SELECT subject FROM instruction WHERE subject IN (\(marks))) said
                GROUP BY said.subject
                """, values + values)
            for row in rows {
                guard let subject = Subject(try row.text("subject")),
                    try self.topic(subject, for: viewer, on: connection) != nil
                else { continue }
                counts[subject] = try row.integer("number")
            }
            return counts
        }
    }

    /// How much was said of a thing, taken back or not.
    private static func count(of subject: Subject, on connection: any SQLConnection) throws -> Int {
        let remarks = try connection.integer("SELECT COUNT(*) FROM remark WHERE subject = ?", subject.text) ?? 0
        let lines = try connection.integer("SELECT COUNT(*) FROM instruction WHERE subject = ?", subject.text) ?? 0
        return remarks + lines
    }

    static func remarks(
        ids: [RecordID], for viewer: Viewer, on connection: any SQLConnection
    ) throws -> [Remark] {
        guard !ids.isEmpty else { return [] }
        let values = ids.map(\.sqlValue)
        var mentions: [RecordID: [UnitCode]] = [:]
        for row in try connection.rows(
            "SELECT remark, unit FROM remark_mention WHERE remark IN (\(marks(ids.count))) ORDER BY unit", values)
        {
            guard let unit = UnitCode(try row.text("unit")) else { continue }
            mentions[try row.recordID("remark"), default: []].append(unit)
        }
        return try connection.rows(
            "SELECT \(Remark.columns) FROM \(Remark.source) WHERE r.id IN (\(marks(ids.count))) ORDER BY r.at, r.id",
            values
        ).map { try Remark($0, mentions: mentions[$0.recordID("id")] ?? [], for: viewer) }
    }

    static func marks(_ count: Int) -> String { Array(repeating: "?", count: count).joined(separator: ", ") }
}
