public import Access
import Database
import Files
public import Jobs
public import Kernel

/// Long work on figures: taking a file of many, withdrawing a batch of many. Month by month, so that nobody else waits for a
/// save meanwhile; a month is in force whole or not at all.
public enum FigureJobs {
    public struct Taking: Codable, Sendable {
        let upload: String
        let acceptsJumps: Bool
    }

    public struct Withdrawing: Codable, Sendable {
        let batch: Int
    }

    public static let taking = JobName<Taking>("figures.take")
    public static let withdrawing = JobName<Withdrawing>("figures.withdraw")

    /// More figures than this are taken, or withdrawn, by a job: a year of all communes.
    public static let mostAtOnce = 3_000
}

/// What came of an order to change many figures.
public enum FigureOrder: Sendable, Equatable {
    case done
    /// A job does it; its identifier.
    case started(RecordID)
}

extension FigureService {
    /// Long work on figures, for whoever runs jobs.
    public var jobKinds: [JobKind] {
        [
            JobKind(FigureJobs.taking, title: "Nhận tệp số liệu", lane: .heavy, right: .acceptFigures) { taking, run in
                try await self.take(taking, run)
            },
            JobKind(FigureJobs.withdrawing, title: "Thu hồi lô số liệu", lane: .heavy, right: .withdrawFigures) {
                withdrawing, run in
                try await self.withdraw(withdrawing, run)
            },
            takingRegisterMonths,
        ]
    }

    /// Takes the figures of a file that waits: at once, or by a job when they are many. What a job that ended left in part is
    /// gone on with.
    /// - Parameters:
    ///   - acceptsJumps: the person looked at the figures that jump and found them right.
    ///   - whole: why the sums of months move more than ``WholeMove/mostShare``, where they do.
    ///   - mostAtOnce: so many figures are taken without a job.
    ///   - version: the revision of the figures that the file was compared with on the page.
    public func take(
        _ id: RecordID, acceptsJumps: Bool, whole: String = "", mostAtOnce: Int = FigureJobs.mostAtOnce,
        version: Int? = nil, with jobs: JobService, by submission: Submission
    ) async throws -> FigureOrder {
        try submission.viewer.require(.acceptFigures)
        let upload = try await store.read { try Self.upload(id, on: $0) }
        let jumps = upload.acceptsJumps ?? acceptsJumps
        var waiting: UnderstoodFile?
        switch upload.stage {
        case .waiting:
            let understood = try await understood(upload, acceptsJumps: jumps)
            guard understood.comparison.stated.count <= mostAtOnce else {
                try understood.require(whole)
                waiting = understood
                break
            }
            try await accept(id, acceptsJumps: jumps, whole: whole, version: version, by: submission)
            return .done
        case .taken, .withdrawn, .discarded:
            // The same form sent again is answered as it was; another is refused.
            try await accept(id, acceptsJumps: jumps, whole: whole, by: submission)
            return .done
        case .taking, .partly: break
        }
        let confirmed = waiting
        let now = clock.now
        return .started(
            try await jobs.start(
                FigureJobs.taking, .init(upload: id.text, acceptsJumps: jumps),
                title: "Nhận số liệu của tệp gửi lúc \(upload.at.vietnamese)", key: "\(id)/\(jumps)", by: submission
            ) { job, connection in
                // Of two who order it, or throw the file away, one is first.
                switch try Self.upload(id, on: connection).stage {
                case .waiting, .partly:
                    // What was begun is gone on with, whatever else was taken meanwhile.
                    if upload.stage == .waiting {
                        try Revisions.require(version, of: .figureBatch, on: connection)
                    }
                    if let confirmation = confirmed?.confirmation(whole) {
                        try AuditTrail.append(
                            AuditEvent(
                                "figures.whole-confirmed", subject: Subject(.figureUpload, id), detail: confirmation),
                            by: submission.actor, at: now, on: connection)
                    }
                    try connection.execute("UPDATE figure_upload SET job = ? WHERE id = ?", job, id)
                    try connection.execute(
                        "UPDATE figure_batch SET job = ? WHERE number = (SELECT batch FROM figure_upload WHERE id = ?)",
                        job, id)
                case .taking(job): break
                default: throw Self.notOpen
                }
            })
    }

    /// Takes the figures of a file that waits in one transaction; ``take(_:acceptsJumps:mostAtOnce:with:by:)`` chooses by
    /// their number.
    func accept(
        _ id: RecordID, acceptsJumps: Bool, whole: String = "", version: Int? = nil, by submission: Submission
    ) async throws {
        try submission.viewer.require(.acceptFigures)
        try await unmoved {
            let understood: Result<UnderstoodFile, any Error>
            do {
                let upload = try await store.read { try Self.upload(id, on: $0) }
                understood = .success(try await self.understood(upload, acceptsJumps: acceptsJumps))
            } catch {
                understood = .failure(error)
            }
            try await store.once(submission, about: Subject(.figureUpload, id), at: clock.now) { connection, now in
                let upload = try Self.openUpload(id, on: connection)
                try Revisions.require(version, of: .figureBatch, on: connection)
                let understood = try understood.get()
                try understood.state.hold(on: connection)
                guard let head = head(of: understood, of: upload) else { throw Self.nothingNew }
                try understood.require(whole)
                let batch = try Self.store(
                    understood.comparison.stated, head, by: submission.actor, at: now, on: connection)
                try Self.note(batch, acceptsJumps: acceptsJumps, understood, at: id, on: connection)
                if let confirmation = understood.confirmation(whole) {
                    try AuditTrail.append(
                        AuditEvent(
                            "figures.whole-confirmed", subject: Subject(.figureBatch, batch), detail: confirmation),
                        by: submission.actor, at: now, on: connection)
                }
            }
        }
    }

    /// Notes the batch that is made of a file. A month that was guessed now must not be guessed otherwise later.
    private static func note(
        _ batch: Int, acceptsJumps: Bool, _ understood: UnderstoodFile, at id: RecordID,
        on connection: any SQLConnection
    ) throws {
        try connection.execute(
            "UPDATE figure_upload SET batch = ?, accepts_jumps = ?, month = COALESCE(month, ?) WHERE id = ?", batch,
            acceptsJumps, understood.reading.onlyMonth, id)
    }

    /// Understands and writes, again when figures changed in between.
    func unmoved<T>(_ work: () async throws -> T) async throws -> T {
        for _ in 1...20 {
            do {
                return try await work()
            } catch is FiguresMoved {
                continue
            }
        }
        throw Refusal(.stale, "Số liệu đang được nhiều người thay đổi cùng lúc. Hãy thử lại sau ít phút.")
    }

    // MARK: The job

    private func take(_ taking: FigureJobs.Taking, _ run: JobRun) async throws -> JobResult {
        guard let id = RecordID(taking.upload) else { throw Refusal(.notFound, "Không có tệp số liệu này.") }
        let job = run.job.id
        try await unmoved {
            let upload = try await store.read { try Self.upload(id, on: $0) }
            // All was done before the server that did it could say so.
            if upload.stage == .taken, upload.job == job { return }
            guard upload.stage == .taking(job) else { throw Self.notOpen }
            let understood = try await understood(upload, acceptsJumps: taking.acceptsJumps)
            guard let head = head(of: understood, of: upload, goesOn: upload.batch != nil) else {
                throw Self.nothingNew
            }
            try await fill(upload.batch, understood, by: run.actor, job: job) { progress, write in
                let chunk = try await run.write(progress) { connection in
                    let upload = try Self.upload(id, on: connection)
                    // Nobody threw it away, withdrew its batch, or ordered another job since.
                    guard upload.stage == .taking(job) else { throw Self.notOpen }
                    let batch = try write(upload.batch, head, connection)
                    if upload.batch == nil {
                        try Self.note(batch, acceptsJumps: taking.acceptsJumps, understood, at: id, on: connection)
                    }
                    return batch
                }
                return (chunk.checkpoint, chunk.held)
            }
        }
        let batch = try await store.read { connection in
            try Self.upload(id, on: connection).batch.flatMap { try Self.batch($0, on: connection) }
        }
        return JobResult(
            "Đã nhận \(VietnameseText.grouped(batch?.changed ?? 0)) số liệu mới hoặc thay đổi.",
            subject: batch.map { Subject(.figureBatch, $0.number) })
    }

    /// Puts the figures of a file in force month by month, each write as long as others can wait for.
    /// - Parameters:
    ///   - batch: what was begun earlier; nil to make it with the first months.
    ///   - write: carries out one write: hands the body the number to go on with, answers the batch.
    /// - Throws: ``FiguresMoved`` before anything is written.
    func fill(
        _ batch: Int?, _ understood: UnderstoodFile, by actor: Actor, job: RecordID?,
        writing write: (
            JobProgress, @escaping @Sendable (_ batch: Int?, BatchHead, any SQLConnection) throws -> Int
        ) async throws -> (batch: Int, held: Duration)
    ) async throws {
        let added = try await store.read { connection in try batch.map { try Self.places(of: $0, on: connection) } ?? []
        }
        let missing = understood.comparison.stated.filter { !added.contains(FigurePlace($0)) }
        let total = added.count + missing.count
        let isResumed = batch != nil
        var months = Dictionary(grouping: missing, by: \.month).sorted { $0.key < $1.key }.map(\.value)[...]
        var pace = ChunkPace()
        var done = added.count
        repeat {
            var part: [ReadFigure] = []
            while let month = months.first, part.isEmpty || part.count + month.count <= pace.rows {
                part += month
                months.removeFirst()
            }
            let (figures, left) = (part, months.count)
            let chunk = try await write(JobProgress(done + figures.count, of: total)) { batch, head, connection in
                if batch == nil { try understood.state.hold(on: connection) }
                let number =
                    try batch
                    ?? Self.open(
                        head, figures: understood.comparison.stated, monthsLeft: left, job: job, by: actor,
                        at: clock.now, on: connection)
                try Self.add(figures, to: number, on: connection)
                let changed = try connection.execute(
                    "UPDATE figure_batch SET months_left = ? WHERE number = ? AND withdrawn_at IS NULL", left, number)
                guard changed == 1 else { throw Self.notOpen }
                if left == 0, isResumed { try Self.sealAgain(number, by: actor, at: clock.now, on: connection) }
                try Revisions.advance(.figureBatch, on: connection)
                return number
            }
            pace.adapt(to: chunk.held)
            done += figures.count
        } while !months.isEmpty
    }

    private static func places(of batch: Int, on connection: any SQLConnection) throws -> Set<FigurePlace> {
        var places: Set<FigurePlace> = []
        try connection.forEachRow(
            "SELECT commune, month, scheme FROM figure_entry WHERE batch = ?", [batch.sqlValue]
        ) { row in places.insert(try FigurePlace(row)) }
        return places
    }
}

extension FigureState {
    /// - Throws: ``FiguresMoved`` unless it is still that of the figures.
    func hold(on connection: any SQLConnection) throws {
        guard try FigureState(on: connection) == self else { throw FiguresMoved() }
    }
}
