public import Access
import Database
public import Files
import Jobs
public import Kernel

/// What importing a file came to.
public struct ImportOutcome: Sendable {
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
    /// How the file moves the sums of its months.
    public let moves: [WholeMove]

    init(_ file: UnderstoodFile, batch: Int?) {
        reading = file.reading
        self.batch = batch
        let comparison = file.comparison
        added = comparison.added
        changed = comparison.fresh.count - comparison.added
        unchanged = reading.figures.count - comparison.fresh.count
        replaced = comparison.replaced
        sameFile = comparison.sameFile
        moves = file.moves
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

// In one step: command line, demonstration.
extension FigureService {
    /// What importing a file would come to; nothing is kept.
    public func preview(
        _ file: IncomingFile, month: Month? = nil, acceptsJumps: Bool = false
    ) async throws -> ImportOutcome {
        // Looked at once: nothing is kept of it.
        let file = try Self.file(file, month)
        return ImportOutcome(
            try await understood(file, acceptsJumps: acceptsJumps, in: ReadingRoom()), batch: nil)
    }

    /// Reads a file and takes its figures: few in one transaction, many month by month, so that a running server goes on.
    /// An import that was stopped is finished by importing the same file again.
    /// - Parameter whole: why sums move as much as they do, where they move more than ``WholeMove/mostShare``.
    public func importFile(
        _ incoming: IncomingFile, month: Month? = nil, source: String = "", acceptsJumps: Bool = false,
        whole: String = "", mostAtOnce: Int = FigureJobs.mostAtOnce, by actor: Actor
    ) async throws -> ImportOutcome {
        let file = try Self.file(incoming, month)
        let bytes = try await file.content()
        return try await unmoved {
            let begun = try await store.read { try Self.stoppedBatch(ofFile: file.sha256, on: $0) }
            let understood = try await understood(
                file, acceptsJumps: acceptsJumps, goingOnWith: begun, in: ReadingRoom())
            guard
                let head = head(
                    of: understood, file: nil, fileName: file.name, source: source, goesOn: begun != nil)
            else { return ImportOutcome(understood, batch: nil) }
            if begun == nil { try understood.require(whole) }
            var known = begun
            func write(
                _ body: @escaping @Sendable (Int?, BatchHead, any SQLConnection) throws -> Int
            ) async throws -> (batch: Int, held: Duration) {
                let earlier = known
                let (batch, held) = try await store.write { connection in
                    let start = ContinuousClock.now
                    var head = head
                    if earlier == nil {
                        let stored = try StoredFiles.add(
                            IncomingFile(name: file.name, mediaType: incoming.mediaType, bytes: bytes),
                            by: actor.account, at: clock.now, on: connection)
                        head.file = stored.id
                    }
                    let batch = try body(earlier, head, connection)
                    if earlier == nil, let confirmation = understood.confirmation(whole) {
                        try AuditTrail.append(
                            AuditEvent(
                                "figures.whole-confirmed", subject: Subject(.figureBatch, batch), detail: confirmation),
                            by: actor, at: clock.now, on: connection)
                    }
                    return (batch, ContinuousClock.now - start)
                }
                known = batch
                return (batch, held)
            }
            if begun == nil, understood.comparison.stated.count <= mostAtOnce {
                _ = try await write { _, head, connection in
                    try understood.state.hold(on: connection)
                    return try Self.store(
                        understood.comparison.stated, head, by: actor, at: clock.now, on: connection)
                }
            } else {
                try await fill(begun, understood, by: actor, job: nil) { _, body in try await write(body) }
            }
            return ImportOutcome(understood, batch: known)
        }
    }

    private static func file(_ file: IncomingFile, _ month: Month?) throws -> SentFile {
        let bytes = try file.bytes()
        return SentFile(
            name: file.name, sha256: StoredFiles.sha256(of: bytes), bytes: bytes.count, month: month
        ) { bytes }
    }

    /// A batch of just this content that was begun and that nobody goes on with.
    private static func stoppedBatch(ofFile sha256: String, on connection: any SQLConnection) throws -> Int? {
        for file in try StoredFiles.find(sha256: sha256, on: connection) {
            for row in try connection.rows(
                "SELECT number, job FROM figure_batch WHERE file = ? AND withdrawn_at IS NULL AND months_left > 0", file
            ) {
                let job = try row.optionalRecordID("job")
                if try job.map({ try !JobService.isLive($0, on: connection) }) ?? true {
                    return try row.integer("number")
                }
            }
        }
        return nil
    }

    /// Nil when nothing of the file is new.
    /// - Parameter goesOn: whether its batch was begun: then it is made, whatever is new by now.
    func head(
        of understood: UnderstoodFile, file: RecordID?, fileName: String, source: String, goesOn: Bool
    ) -> BatchHead? {
        let (reading, comparison) = (understood.reading, understood.comparison)
        guard goesOn || !comparison.fresh.isEmpty, let first = reading.months.first, let last = reading.months.last
        else { return nil }
        let named = VietnameseText.tidy(source)
        return BatchHead(
            kind: .file, file: file, fileName: fileName,
            source: !named.isEmpty ? named : reading.title.isEmpty ? "Tệp \(fileName)" : reading.title,
            cutoff: reading.cutoff, acceptedRows: reading.acceptedRows, rejectedRows: reading.rejectedRows.count,
            changed: comparison.fresh.count, months: first...last)
    }

    func head(of understood: UnderstoodFile, of upload: FigureUpload, goesOn: Bool = false) -> BatchHead? {
        head(of: understood, file: upload.file, fileName: upload.fileName, source: upload.source, goesOn: goesOn)
    }
}
