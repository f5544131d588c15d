public import Access
import Database
public import Jobs
public import Kernel

/// Taking a file of many figures: a job that adds them part by part, so that nobody else waits for a save meanwhile.
public enum FigureJobs {
    public struct Taking: Codable, Sendable {
        let upload: String
        let acceptsJumps: Bool
    }

    public static let taking = JobName<Taking>("figures.take")

    /// Files with more figures than this are taken by a job: some two years of all communes.
    public static let mostAtOnce = 6_000
}

/// What came of the order to take a file.
public enum FigureTaking: Sendable, Equatable {
    case taken
    /// A job takes it; its identifier.
    case started(RecordID)
}

extension FigureService {
    /// Long work on figures, for whoever runs jobs.
    public var jobKinds: [JobKind] {
        [
            JobKind(FigureJobs.taking, title: "Nhận tệp số liệu", lane: .heavy, right: .acceptFigures) { taking, run in
                try await self.take(taking, run)
            }
        ]
    }

    /// Takes the figures of a file that waits: at once, or by a job when they are many.
    /// - Parameters:
    ///   - acceptsJumps: the person looked at the figures that jump and found them right.
    ///   - mostAtOnce: so many figures are taken without a job.
    public func take(
        _ id: RecordID, acceptsJumps: Bool, mostAtOnce: Int = FigureJobs.mostAtOnce, with jobs: JobService,
        by submission: Submission
    ) async throws -> FigureTaking {
        try submission.viewer.require(.acceptFigures)
        let (upload, understood) = try await store.read { connection in
            let upload = try Self.upload(id, on: connection)
            return (upload, try understand(upload, acceptsJumps: acceptsJumps, on: connection))
        }
        guard understood.comparison.stated.count > mostAtOnce, upload.isOpen else {
            try await accept(id, acceptsJumps: acceptsJumps, by: submission)
            return .taken
        }
        return .started(
            try await jobs.start(
                FigureJobs.taking, .init(upload: id.text, acceptsJumps: acceptsJumps),
                title: "Nhận số liệu từ tệp \(upload.fileName)", key: "\(id)/\(acceptsJumps)", by: submission))
    }

    /// How far a job is: the number that its batch will have. The figures added under it say the rest.
    private struct Reserved: Codable, Sendable {
        let batch: Int
    }

    /// Figures are added under a number that no batch has yet, and hold for nobody, until the last chunk makes the batch and
    /// lets all of them hold at once.
    private func take(_ taking: FigureJobs.Taking, _ run: JobRun) async throws -> JobResult {
        guard let id = RecordID(taking.upload) else { throw Refusal(.notFound, "Không có tệp số liệu này.") }
        let reserved = try run.checkpoint(Reserved.self)
        let (upload, understood, added) = try await store.read { connection in
            let upload = try Self.openUpload(id, on: connection)
            return (
                upload, try understand(upload, acceptsJumps: taking.acceptsJumps, on: connection),
                try reserved.map { try Self.places(of: $0.batch, on: connection) } ?? []
            )
        }
        guard let head = head(of: understood, file: upload.file, fileName: upload.fileName, source: upload.source)
        else { throw Self.nothingNew }
        let missing = understood.comparison.stated.filter { !added.contains(FigurePlace($0)) }
        let total = added.count + missing.count
        var pace = ChunkPace()
        var known = reserved
        var next = 0
        while next < missing.count {
            let part = missing[next..<min(next + pace.rows, missing.count)]
            let earlier = known
            let chunk = try await run.write(JobProgress(added.count + part.endIndex, of: total)) { connection in
                _ = try Self.openUpload(id, on: connection)
                let batch = try earlier?.batch ?? Self.nextNumber(on: connection)
                try Self.add(part, to: batch, on: connection)
                return Reserved(batch: batch)
            }
            pace.adapt(to: chunk.held)
            known = chunk.checkpoint
            next = part.endIndex
        }
        guard let batch = known else { throw Self.nothingNew }
        try await run.write(JobProgress(total, of: total)) { connection in
            _ = try Self.openUpload(id, on: connection)
            try Self.open(batch.batch, head, by: run.actor, at: clock.now, on: connection)
            try connection.execute("UPDATE figure_upload SET batch = ? WHERE id = ?", batch.batch, id)
            return batch
        }
        return JobResult(
            "Đã nhận \(VietnameseText.grouped(head.changed)) số liệu mới hoặc thay đổi.",
            subject: Subject(.figureBatch, batch.batch))
    }

    private static func places(of batch: Int, on connection: any SQLConnection) throws -> Set<FigurePlace> {
        var places: Set<FigurePlace> = []
        try connection.forEachRow(
            "SELECT commune, month, scheme FROM figure_entry WHERE batch = ?", [batch.sqlValue]
        ) { row in places.insert(try FigurePlace(row)) }
        return places
    }
}
