public import Access
import Database
public import Files
public import Kernel
public import Tabular

/// What importing a file came to.
public struct ImportOutcome: Sendable {
    /// The file as it was read.
    public let table: TableFile
    public let reading: FigureReading
    /// The batch made; nil when nothing was new (or on a dry run).
    public let batch: Int?
    /// Figures that were not stored before.
    public let added: Int
    /// Figures that replace another value.
    public let changed: Int
    /// Figures that were stored already with the same value, or that this very file has stated before.
    public let unchanged: Int
    /// What would be, or was, replaced: the values that held before.
    public let replaced: [ReplacedFigure]
    /// A batch of the very same file that still stands: its figures are not taken again over what came after it.
    public let sameFile: Int?

    init(_ file: UnderstoodFile, batch: Int?) {
        table = file.table
        reading = file.reading
        self.batch = batch
        let comparison = file.comparison
        added = comparison.added
        changed = comparison.fresh.count - comparison.added
        unchanged = reading.figures.count - comparison.fresh.count
        replaced = comparison.replaced
        sameFile = comparison.sameFile
    }
}

/// A figure whose value a file changes.
public struct ReplacedFigure: Sendable, Equatable {
    public let commune: CommuneCode
    public let month: Month
    public let scheme: Scheme
    public let before: Int
    public let after: Int
}

/// A file that was sent and waits to be taken or thrown away.
public struct FigureUpload: Sendable, Equatable {
    public let id: RecordID
    public let file: RecordID
    public let fileName: String
    public let month: Month?
    public let source: String
    public let at: Timestamp
    public let actorName: String
    public let batch: Int?
    public let isDiscarded: Bool
    /// Its batch was undone.
    public let isWithdrawn: Bool

    public var isOpen: Bool { batch == nil && !isDiscarded }
}

extension Right {
    public static let acceptFigures = Right("figures.accept", "Nạp, nhận hoặc bỏ tệp số liệu")
}

extension FigureService {
    // MARK: Reading without keeping

    /// What importing a file would come to; nothing is kept.
    public func preview(
        _ bytes: [UInt8], fileName: String, month: Month? = nil, acceptsJumps: Bool = false
    ) async throws -> ImportOutcome {
        let table = try TableFile(bytes)
        let sha256 = StoredFiles.sha256(of: bytes)
        return try await store.read { connection in
            ImportOutcome(
                try understand(
                    sha256: sha256, fileName: fileName, month: month, acceptsJumps: acceptsJumps, on: connection
                ) { table }, batch: nil)
        }
    }

    // MARK: In one step: command line, demonstration

    /// Reads a file and takes its figures in one transaction.
    public func importFile(
        _ file: IncomingFile, month: Month? = nil, source: String = "", acceptsJumps: Bool = false, by actor: Actor
    ) async throws -> ImportOutcome {
        let bytes = try file.bytes()
        let table = try TableFile(bytes)
        let sha256 = StoredFiles.sha256(of: bytes)
        let now = clock.now
        return try await store.write { connection in
            let understood = try self.understand(
                sha256: sha256, fileName: file.name, month: month, acceptsJumps: acceptsJumps, on: connection
            ) { table }
            guard !understood.comparison.fresh.isEmpty else { return ImportOutcome(understood, batch: nil) }
            let stored = try StoredFiles.add(
                IncomingFile(name: file.name, mediaType: file.mediaType, bytes: bytes), by: actor.account, at: now,
                on: connection)
            return try self.take(
                understood, file: stored.id, fileName: file.name, source: source, by: actor, at: now, on: connection)
        }
    }

    // MARK: In two steps: screens

    /// Keeps a file for looking at before its figures are taken.
    /// - Throws: a refusal of the field `file` when it cannot be read as figures at all.
    public func receive(
        _ file: IncomingFile, month: Month?, source: String, by submission: Submission
    ) async throws -> RecordID {
        try submission.viewer.require(.acceptFigures)
        let bytes = try file.bytes()
        let sha256 = StoredFiles.sha256(of: bytes)
        let table: TableFile
        do {
            table = try kept.table(of: sha256) ?? TableFile(bytes)
        } catch let error as TableFileError {
            throw Refusal(fields: [.init(FigureField.file, error.description)])
        }
        let now = clock.now
        let id = RecordID(at: now)
        let taken = VietnameseText.tidy(source)
        return try await store.write { connection in
            if let form = submission.form,
                let known = try AccessService.receipt(
                    form: form, of: submission.viewer.account, about: Subject(.figureUpload, id), at: now,
                    on: connection),
                let earlier = RecordID(known.key)
            {
                return earlier
            }
            let reading: FigureReading
            do {
                reading = try self.understand(
                    sha256: sha256, fileName: file.name, month: month, acceptsJumps: false, on: connection
                ) { table }.reading
            } catch let problem as FigureFileError {
                throw Refusal(fields: [.init(FigureField.file, problem.description)])
            }
            // A month that was guessed now must not be guessed otherwise later.
            let settled = month ?? (reading.statedMonths.count == 1 ? reading.statedMonths.first : nil)
            let stored = try StoredFiles.add(
                IncomingFile(name: file.name, mediaType: file.mediaType, bytes: bytes), by: submission.viewer.account,
                at: now,
                on: connection)
            try connection.execute(
                """
                INSERT INTO figure_upload (id, file, month, source, at, account, actor_name) VALUES (?, ?, ?, ?, ?, ?, ?)
                """, id, stored.id, settled, taken, now, submission.viewer.account, submission.viewer.name)
            try AuditTrail.append(
                AuditEvent("figures.received", subject: Subject(.figureUpload, id), detail: file.name),
                by: submission.actor, at: now,
                on: connection)
            return id
        }
    }

    /// A file that waits, with what taking it would come to.
    public func upload(_ id: RecordID, acceptsJumps: Bool = false, for viewer: Viewer) async throws -> (
        FigureUpload, ImportOutcome
    ) {
        try viewer.require(.acceptFigures)
        return try await store.read { connection in
            let upload = try Self.upload(id, on: connection)
            return (
                upload, ImportOutcome(try understand(upload, acceptsJumps: acceptsJumps, on: connection), batch: nil)
            )
        }
    }

    /// Understands a file that was sent.
    func understand(
        _ upload: FigureUpload, acceptsJumps: Bool, on connection: any SQLConnection
    ) throws -> UnderstoodFile {
        guard let file = try StoredFiles.find(upload.file, on: connection) else {
            throw Refusal(.notFound, "Không có tệp số liệu này. Hãy mở từ trang Số liệu.")
        }
        return try understand(
            sha256: file.sha256, fileName: upload.fileName, month: upload.month, acceptsJumps: acceptsJumps,
            on: connection
        ) { try TableFile(StoredFiles.content(of: upload.file, on: connection)) }
    }

    static func upload(_ id: RecordID, on connection: any SQLConnection) throws -> FigureUpload {
        guard
            let row = try connection.row(
                """
                SELECT u.id, u.file, u.month, u.source, u.at, u.actor_name, u.batch, u.discarded_at, b.withdrawn_at
                FROM figure_upload u LEFT JOIN figure_batch b ON b.number = u.batch WHERE u.id = ?
                """, id)
        else { throw Refusal(.notFound, "Không có tệp số liệu này. Hãy mở từ trang Số liệu.") }
        return try upload(row, try StoredFiles.find([row.recordID("file")], on: connection))
    }

    static func upload(_ row: SQLRow, _ files: [RecordID: StoredFile]) throws -> FigureUpload {
        let file = try row.recordID("file")
        return FigureUpload(
            id: try row.recordID("id"), file: file, fileName: files[file]?.name ?? "",
            month: try row.optionalText("month").flatMap { Month($0) }, source: try row.text("source"),
            at: try row.timestamp("at"),
            actorName: try row.text("actor_name"), batch: try row.optionalInteger("batch"),
            isDiscarded: try row.optionalTimestamp("discarded_at") != nil,
            isWithdrawn: try row.optionalTimestamp("withdrawn_at") != nil)
    }

    /// A file that was neither taken nor thrown away.
    static func openUpload(_ id: RecordID, on connection: any SQLConnection) throws -> FigureUpload {
        let upload = try upload(id, on: connection)
        guard upload.isOpen else {
            throw Refusal(.stale, "Tệp này đã được nhận hoặc đã bỏ. Hãy mở lại trang Số liệu.")
        }
        return upload
    }

    static let nothingNew = Refusal(
        .invalid, "Tệp không có số liệu nào mới hoặc khác với số đã lưu, nên không có gì để nhận.")

    /// Takes the figures of a file that waits in one transaction; ``take(_:acceptsJumps:mostAtOnce:with:by:)`` chooses by their number.
    /// - Parameter acceptsJumps: the person looked at the figures that jump and found them right.
    public func accept(_ id: RecordID, acceptsJumps: Bool, by submission: Submission) async throws {
        try submission.viewer.require(.acceptFigures)
        try await store.once(submission, about: Subject(.figureUpload, id), at: clock.now) { connection, now in
            let upload = try Self.openUpload(id, on: connection)
            let outcome = try self.take(
                self.understand(upload, acceptsJumps: acceptsJumps, on: connection), file: upload.file,
                fileName: upload.fileName, source: upload.source, by: submission.actor, at: now, on: connection)
            guard let batch = outcome.batch else { throw Self.nothingNew }
            try connection.execute("UPDATE figure_upload SET batch = ? WHERE id = ?", batch, id)
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

    // MARK: Taking

    private func take(
        _ understood: UnderstoodFile, file: RecordID, fileName: String, source: String, by actor: Actor,
        at now: Timestamp, on connection: any SQLConnection
    ) throws -> ImportOutcome {
        guard let head = head(of: understood, file: file, fileName: fileName, source: source) else {
            return ImportOutcome(understood, batch: nil)
        }
        let batch = try Self.store(understood.comparison.stated, head, by: actor, at: now, on: connection)
        return ImportOutcome(understood, batch: batch)
    }

    /// Nil when nothing of the file is new.
    func head(of understood: UnderstoodFile, file: RecordID, fileName: String, source: String) -> BatchHead? {
        let (reading, comparison) = (understood.reading, understood.comparison)
        guard !comparison.fresh.isEmpty, let first = reading.months.first, let last = reading.months.last else {
            return nil
        }
        let named = VietnameseText.tidy(source)
        return BatchHead(
            kind: .file, file: file, fileName: fileName,
            source: !named.isEmpty ? named : reading.title.isEmpty ? "Tệp \(fileName)" : reading.title,
            cutoff: reading.cutoff, acceptedRows: reading.acceptedRows, rejectedRows: reading.rejectedRows.count,
            changed: comparison.fresh.count, months: first...last)
    }
}
