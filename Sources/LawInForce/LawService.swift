public import Access
public import Database
public import Files
public import Kernel
public import Legislation
import Synchronization

extension Right {
    public static let keepLegislation = Right("law.keep", "Nhập, sửa tham số của pháp luật")
}

extension Subject.Kind {
    /// A parameter of the law, or one of its amendments.
    public static let parameter = Self("parameter")
}

/// The law's parameters as they stand: those of the files with what administrators entered over them.
public final class LawService: Sendable {
    public let store: any DataStore
    public let clock: Clock
    /// As the files have it.
    public let files: ParameterTable
    private let kept: Mutex<(revision: String, table: ParameterTable)?>
    /// What rests on each parameter on a day, as long as the table stays; of a few days.
    private let users = Mutex<(table: String, byDay: [Day: [String: [String]]])>(("", [:]))

    public init(store: any DataStore, clock: Clock, files: ParameterTable) {
        self.store = store
        self.clock = clock
        self.files = files
        kept = Mutex(nil)
    }

    /// The table that holds now. Asks the database for one number; whatever process entered a value, the next question
    /// finds it.
    public func table() async throws -> ParameterTable {
        try await store.read { try self.table(on: $0) }
    }

    /// The calculations of which a case rests on a parameter on a day, by name.
    public func calculations(restingOn key: String, on day: Day) async throws -> [String] {
        let (revision, table) = try await store.read { try self.revised(on: $0) }
        if let known = users.withLock({ $0.table == revision ? $0.byDay[day] : nil }) { return known[key] ?? [] }
        let made = Effect.users(in: table, on: day)
        users.withLock { kept in
            if kept.table != revision || kept.byDay.count >= 32 { kept = (revision, [:]) }
            kept.byDay[day] = made
        }
        return made[key] ?? []
    }

    func table(on connection: any SQLConnection) throws -> ParameterTable { try revised(on: connection).table }

    private func revised(on connection: any SQLConnection) throws -> (revision: String, table: ParameterTable) {
        // Each change moves a number that only grows: values kept once, and those of them withdrawn.
        let counts = try connection.rows("SELECT state, COUNT(*) AS amount FROM law_amendment GROUP BY state")
        let revision = try counts.map { try "\($0.text("state"))=\($0.integer("amount"))" }
            .filter { $0.hasPrefix("kept") || $0.hasPrefix("withdrawn") }.sorted().joined(separator: " ")
        if let known = kept.withLock({ $0 }), known.revision == revision { return known }
        let amendments = try connection.rows(
            "SELECT * FROM law_amendment WHERE state = ? ORDER BY kept_at, id", StoredAmendment.State.kept.rawValue
        ).compactMap { try StoredAmendment($0, files)?.amendment }
        let table = try files.amended(by: amendments)
        kept.withLock { $0 = (revision, table) }
        return (revision, table)
    }

    /// What was entered of a parameter, newest first: kept and withdrawn values for everybody, for the law is public.
    public func history(of key: String) async throws -> [StoredAmendment] {
        try await store.read { connection in
            try connection.rows(
                """
                SELECT * FROM law_amendment WHERE parameter = ? AND state IN (?, ?) ORDER BY id DESC
                """, key, StoredAmendment.State.kept.rawValue, StoredAmendment.State.withdrawn.rawValue
            ).compactMap { try StoredAmendment($0, self.files) }
        }
    }

    /// A value that is looked at before it is kept.
    public func draft(_ id: RecordID, for viewer: Viewer) async throws -> StoredAmendment {
        try viewer.require(.keepLegislation)
        return try await store.read { try self.find(id, on: $0) }
    }

    /// Enters a value with its document, for its effect to be looked at. Nothing changes yet.
    public func enter(_ draft: AmendmentDraft, document: IncomingFile?, by submission: Submission) async throws
        -> RecordID
    {
        try submission.viewer.require(.keepLegislation)
        guard let parameter = try? files.parameter(draft.key) else {
            throw Refusal(.notFound, "Không có tham số “\(draft.key)”.")
        }
        let amendment = try draft.amendment(of: parameter)
        let reason = VietnameseText.tidy(draft.reason)
        let id = RecordID(at: clock.now)
        let subject = try await store.once(
            submission, about: Subject(.parameter, id), with: document, at: clock.now
        ) { connection, now, sent in
            let file = try sent?.keep(at: now, on: connection)
            let value = amendment.value
            try connection.execute(
                """
                INSERT INTO law_amendment
                    (id, parameter, value, from_day, to_day, source, confidence, note, reason, file, state, entered_at,
                    entered_by, entered_by_name)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, id, amendment.key, value.value.plain(parameter.unit), value.from, value.to, value.source,
                value.confidence.rawValue, value.note ?? "", reason, file?.id, StoredAmendment.State.draft.rawValue,
                now, submission.viewer.account, submission.viewer.name)
        }
        // A form sent twice leads to what came of it first.
        return RecordID(subject.key) ?? id
    }

    /// Keeps a value that was looked at: from now on every calculation rests on it.
    /// - Parameter version: the revision of the law's values that its effect was worked out from.
    public func keep(_ id: RecordID, version: Int? = nil, by submission: Submission) async throws {
        try submission.viewer.require(.keepLegislation)
        try await store.once(submission, about: Subject(.parameter, id), at: clock.now) { connection, now in
            try Revisions.require(version, of: .parameter, on: connection)
            let found = try self.find(id, on: connection)
            try AmendmentAction.keep.require(of: found, by: submission.viewer)
            try connection.execute(
                "UPDATE law_amendment SET state = ?, kept_at = ? WHERE id = ?", StoredAmendment.State.kept.rawValue,
                now, id)
            let value = found.amendment.value
            let unit = try self.files.parameter(found.amendment.key).unit
            try AuditTrail.append(
                AuditEvent(
                    "law.amended", subject: Subject(.parameter, found.amendment.key),
                    detail:
                        "\(value.value.vietnamese(unit)) từ \(value.from.vietnamese)\(value.to.map { " đến \($0.vietnamese)" } ?? ""), \(value.source): \(found.reason)"
                ), by: submission.actor, at: now, on: connection)
        }
    }

    /// Gives up a value that was looked at.
    public func drop(_ id: RecordID, by submission: Submission) async throws {
        try submission.viewer.require(.keepLegislation)
        try await store.once(submission, about: Subject(.parameter, id), at: clock.now) { connection, _ in
            try AmendmentAction.drop.require(of: self.find(id, on: connection), by: submission.viewer)
            try connection.execute(
                "UPDATE law_amendment SET state = ? WHERE id = ?", StoredAmendment.State.dropped.rawValue, id)
        }
    }

    /// Takes a kept value back: what held before holds again. Its entry stays in the history.
    public func withdraw(
        _ id: RecordID, reason typed: String, version: Int? = nil, by submission: Submission
    ) async throws {
        try submission.viewer.require(.keepLegislation)
        let reason = VietnameseText.tidy(typed)
        guard !reason.isEmpty, reason.count <= 500 else {
            throw Refusal(fields: [.init(AmendmentField.reason, "Hãy ghi lý do thu hồi (không quá 500 chữ).")])
        }
        try await store.once(submission, about: Subject(.parameter, id), at: clock.now) { connection, now in
            try Revisions.require(version, of: .parameter, on: connection)
            let found = try self.find(id, on: connection)
            try AmendmentAction.withdraw.require(of: found, by: submission.viewer)
            try connection.execute(
                """
                UPDATE law_amendment SET state = ?, withdrawn_at = ?, withdrawn_by_name = ?, withdrawn_reason = ?
                WHERE id = ?
                """, StoredAmendment.State.withdrawn.rawValue, now, submission.viewer.name, reason, id)
            try AuditTrail.append(
                AuditEvent(
                    "law.amendment-withdrawn", subject: Subject(.parameter, found.amendment.key),
                    detail: "giá trị từ \(found.amendment.value.from.vietnamese): \(reason)"),
                by: submission.actor, at: now, on: connection)
        }
    }

    /// What keeping a value would change.
    public func effect(of amendment: Amendment) async throws -> Effect {
        let before = try await table()
        return Effect(
            of: amendment.key, from: before, to: try before.amended(by: [amendment]), on: amendment.value.from)
    }

    /// The document of a value that was kept or is being looked at.
    public func document(of id: RecordID) async throws -> StoredFile {
        try await store.read { connection in
            let found = try self.find(id, on: connection)
            guard let file = found.file, let stored = try StoredFiles.find(file, on: connection) else {
                throw Refusal(.notFound, "Giá trị này không kèm tệp văn bản.")
            }
            return stored
        }
    }

    private func find(_ id: RecordID, on connection: any SQLConnection) throws -> StoredAmendment {
        guard let row = try connection.row("SELECT * FROM law_amendment WHERE id = ?", id),
            let found = try StoredAmendment(row, files)
        else { throw Refusal(.notFound, "Không có giá trị này.") }
        return found
    }
}
