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
            let counted = try Self.counts(of: [subject], on: connection)[subject] ?? 0
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

    /// How much was said of each thing, taken back or not; things of which nothing was said are left out. Whoever asks may see
    /// the things.
    public func counts(of subjects: [Subject]) async throws -> [Subject: Int] {
        guard !subjects.isEmpty else { return [:] }
        return try await store.read { try Self.counts(of: subjects, on: $0) }
    }

    static func counts(of subjects: [Subject], on connection: any SQLConnection) throws -> [Subject: Int] {
        var counts: [Subject: Int] = [:]
        for start in stride(from: 0, to: subjects.count, by: 200) {
            let part = subjects[start..<min(start + 200, subjects.count)].map(\.text.sqlValue)
            for table in ["remark", "instruction"] {
                for row in try connection.rows(
                    "SELECT subject, COUNT(*) AS n FROM \(table) WHERE subject IN (\(marks(part.count))) GROUP BY subject",
                    part)
                {
                    guard let subject = Subject(try row.text("subject")) else { continue }
                    counts[subject, default: 0] += try row.integer("n")
                }
            }
        }
        return counts
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
