public import Access
import Database
public import Files
import Jobs
public import Kernel
import Tabular

/// A file that was sent to be looked at, and taken or thrown away.
public struct FigureUpload: Sendable, Equatable {
    /// Where it stands.
    public enum Stage: Sendable, Equatable {
        case waiting
        /// A job takes it; its identifier.
        case taking(RecordID)
        /// The job that took it ended before its last month.
        case partly
        case taken
        /// Taken, and its batch undone.
        case withdrawn
        case discarded
    }

    public let id: RecordID
    public let file: RecordID
    public let fileName: String
    public let month: Month?
    public let source: String
    public let at: Timestamp
    public let actorName: String
    public let batch: Int?
    public let stage: Stage
    /// Whether figures that jump are taken too; nil before a batch is made of it.
    let acceptsJumps: Bool?
    /// The last job that was to take it.
    let job: RecordID?

    /// Whether it may be taken, in one piece, or thrown away.
    public var isOpen: Bool { stage == .waiting }
}

extension Right {
    public static let acceptFigures = Right("figures.accept", "Nạp, nhận hoặc bỏ tệp số liệu")
}

/// A file that was sent, as it is looked at.
public enum FigureLook: Sendable {
    case read(ImportOutcome)
    /// It is large and waits for its turn to be read.
    /// - Parameter ahead: files that are read before; 0 for the one that is being read.
    case waiting(ahead: Int)
    /// Nothing of it can be read; why, in Vietnamese.
    case unreadable(String)
}

// In two steps: screens.
extension FigureService {
    /// Keeps a file for looking at before its figures are taken. A large one is read when it is looked at.
    /// - Throws: a refusal of the field `file` when it cannot be read as figures at all.
    public func receive(
        _ incoming: IncomingFile, month: Month?, source: String, by submission: Submission
    ) async throws -> RecordID {
        try submission.viewer.require(.acceptFigures)
        let settled = try await settledMonth(of: incoming, month)
        let now = clock.now
        let id = RecordID(at: now)
        let taken = VietnameseText.tidy(source)
        let account = submission.viewer.account
        // The content of a large file goes in before, so that nobody waits for it.
        let staged =
            incoming.size > StoredFiles.mostBytesAtOnce
            ? try await StoredFiles.stage(incoming, by: account, at: now, in: store) : nil
        let received = try await store.write { connection in
            if let form = submission.form,
                let known = try AccessService.receipt(
                    form: form, of: submission.viewer.account, about: Subject(.figureUpload, id), at: now,
                    on: connection),
                let earlier = RecordID(known.key)
            {
                return earlier
            }
            let stored =
                try staged.map { try StoredFiles.keep($0, on: connection) }
                ?? StoredFiles.add(incoming, by: account, at: now, on: connection)
            try connection.execute(
                """
                INSERT INTO figure_upload (id, file, month, source, at, account, actor_name) VALUES (?, ?, ?, ?, ?, ?, ?)
                """, id, stored.id, settled, taken, now, submission.viewer.account, submission.viewer.name)
            try AuditTrail.append(
                AuditEvent("figures.received", subject: Subject(.figureUpload, id), detail: FileMention.words(stored)),
                by: submission.actor, at: now,
                on: connection)
            return id
        }
        if let staged, received != id { try await StoredFiles.remove(staged, in: store) }
        return received
    }

    /// The month a file is of: as chosen, or as it says. What was guessed now must not be guessed otherwise later.
    private func settledMonth(of incoming: IncomingFile, _ month: Month?) async throws -> Month? {
        do {
            let bytes = try incoming.bytes()
            guard bytes.count <= ReadingRoom.lightBytes else {
                // Whether it is a table at all.
                _ = try RowSource(bytes).open(limits: Self.limits)
                return month
            }
            let file = SentFile(
                name: incoming.name, sha256: StoredFiles.sha256(of: bytes), bytes: bytes.count, month: month
            ) { bytes }
            let reading = try await understood(file, acceptsJumps: false).reading
            return month ?? reading.onlyMonth
        } catch let error where error is TableFileError || error is FigureFileError {
            throw Refusal(fields: [.init(FigureField.file, "\(error)")])
        }
    }

    /// A file that was sent, with what taking it would come to.
    /// - Parameter patience: how long to wait for the turn of a large file; nil to wait for it.
    public func look(
        at id: RecordID, acceptsJumps: Bool = false, patience: Duration? = nil, for viewer: Viewer
    ) async throws -> (FigureUpload, FigureLook) {
        try viewer.require(.acceptFigures)
        let upload = try await store.read { try Self.upload(id, on: $0) }
        // What was taken with its jumps is shown as it was taken.
        let jumps = upload.acceptsJumps ?? (acceptsJumps || !upload.isOpen)
        do {
            switch try await understand(try await file(of: upload), acceptsJumps: jumps, patience: patience) {
            case .understood(let file): return (upload, .read(ImportOutcome(file, batch: nil)))
            case .waiting(let ahead): return (upload, .waiting(ahead: ahead))
            }
        } catch let error where error is TableFileError || error is FigureFileError {
            let isForgotten = try await store.read { connection in
                try connection.row("SELECT id FROM figure_upload WHERE id = ? AND forgotten_at IS NOT NULL", id) != nil
            }
            return (
                upload,
                .unreadable(
                    isForgotten
                        ? "Tệp này đã bỏ; nội dung đã được xóa khi hết thời gian lưu, chỉ còn tên tệp và nhật ký."
                        : "\(error)")
            )
        }
    }

    /// Understands a file that was sent.
    /// - Throws: a refusal where it cannot be.
    func understood(_ upload: FigureUpload, acceptsJumps: Bool) async throws -> UnderstoodFile {
        do {
            return try await understood(
                try await file(of: upload), acceptsJumps: acceptsJumps, goingOnWith: upload.batch)
        } catch let error where error is TableFileError || error is FigureFileError {
            throw Refusal(.invalid, "\(error)")
        }
    }

    func file(of upload: FigureUpload) async throws -> SentFile {
        let id = upload.file
        guard let stored = try await store.read({ try StoredFiles.find(id, on: $0) }) else { throw Self.unknown }
        return SentFile(name: upload.fileName, sha256: stored.sha256, bytes: stored.size, month: upload.month) {
            try await store.read { try StoredFiles.content(of: id, on: $0) }
        }
    }

    /// Throws a waiting file away. The file itself stays stored with its history.
    public func discard(_ id: RecordID, by submission: Submission) async throws {
        try submission.viewer.require(.acceptFigures)
        try await store.once(submission, about: Subject(.figureUpload, id), at: clock.now) { connection, now in
            _ = try Self.openUpload(id, on: connection)
            try connection.execute("UPDATE figure_upload SET discarded_at = ? WHERE id = ?", now, id)
            try AuditTrail.append(
                AuditEvent("figures.discarded", subject: Subject(.figureUpload, id)), by: submission.actor, at: now,
                on: connection)
        }
    }

    /// Files that wait to be taken or thrown away, that are being taken, or were taken in part.
    public func waitingUploads(for viewer: Viewer) async throws -> [FigureUpload] {
        guard viewer.may(.acceptFigures) else { return [] }
        return try await store.read { connection in
            try Self.uploads(
                """
                u.discarded_at IS NULL AND (u.batch IS NULL OR b.months_left > 0 AND b.withdrawn_at IS NULL)
                ORDER BY u.id DESC LIMIT 50
                """, [], on: connection)
        }
    }

    // MARK: Stored

    static func upload(_ id: RecordID, on connection: any SQLConnection) throws -> FigureUpload {
        guard let upload = try uploads("u.id = ?", [id.sqlValue], on: connection).first else { throw unknown }
        return upload
    }

    private static func uploads(
        _ condition: String, _ values: [SQLValue], on connection: any SQLConnection
    ) throws -> [FigureUpload] {
        let rows = try connection.rows(
            """
            SELECT u.id, u.file, u.month, u.source, u.at, u.actor_name, u.batch, u.discarded_at, u.job, u.accepts_jumps,
                b.withdrawn_at, b.months_left
            FROM figure_upload u LEFT JOIN figure_batch b ON b.number = u.batch WHERE \(condition)
            """, values)
        let files = try StoredFiles.find(rows.map { try $0.recordID("file") }, on: connection)
        return try rows.map { row in
            let file = try row.recordID("file")
            return FigureUpload(
                id: try row.recordID("id"), file: file, fileName: files[file]?.name ?? "",
                month: try row.optionalText("month").flatMap { Month($0) }, source: try row.text("source"),
                at: try row.timestamp("at"), actorName: try row.text("actor_name"),
                batch: try row.optionalInteger("batch"), stage: try stage(row, on: connection),
                acceptsJumps: try row.optionalInteger("accepts_jumps").map { $0 == 1 },
                job: try row.optionalRecordID("job"))
        }
    }

    private static func stage(_ row: SQLRow, on connection: any SQLConnection) throws -> FigureUpload.Stage {
        if try row.optionalTimestamp("discarded_at") != nil { return .discarded }
        if try row.optionalTimestamp("withdrawn_at") != nil { return .withdrawn }
        let isBegun = try row.optionalInteger("batch") != nil
        if isBegun, try row.optionalInteger("months_left") == 0 { return .taken }
        if let job = try row.optionalRecordID("job"), try JobService.isLive(job, on: connection) { return .taking(job) }
        return isBegun ? .partly : .waiting
    }

    /// A file that was neither taken nor thrown away, and that no job takes.
    static func openUpload(_ id: RecordID, on connection: any SQLConnection) throws -> FigureUpload {
        let upload = try upload(id, on: connection)
        guard upload.isOpen else { throw notOpen }
        return upload
    }

    static let notOpen = Refusal(
        .stale, "Tệp này đã được nhận, đang được nhận hoặc đã bỏ. Hãy mở lại trang Số liệu.")
    static let nothingNew = Refusal(
        .invalid, "Tệp không có số liệu nào mới hoặc khác với số đã lưu, nên không có gì để nhận.")
    private static let unknown = Refusal(.notFound, "Không có tệp số liệu này. Hãy mở từ trang Số liệu.")
}

extension FigureReading {
    /// The month of the file as a whole, when there is one.
    var onlyMonth: Month? { statedMonths.count == 1 ? statedMonths.first : nil }
}
