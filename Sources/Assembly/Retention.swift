import Access
import Database
import Exchange
import Figures
import Files
import Jobs
import Kernel
import LawInForce
import Targets
import Work

extension JobName where Parameters == NoParameters {
    /// ``JobKind/forgettingOld(_:)``
    static let forgettingOld = JobName("system.retention")
}

extension JobKind {
    /// Forgets a bounded number of things in a running write; answers how many.
    typealias Forgetting = @Sendable (Timestamp, Int, any SQLConnection) throws -> Int

    /// What is kept for a while only and is nobody's record: marks of forms, tables and values that were looked at and never
    /// taken, proposals that no second person confirmed.
    private static let old: [Forgetting] = [
        AccessService.forgetReceipts, FigureService.forgetUploads, DeliveryService.forgetUploads,
        ProgramService.forgetUploads,
        UnitListService.forgetDrafts,
        LawService.forgetDrafts,
    ]

    /// The daily deed that forgets them, few at a time, and empties the database's log behind it.
    /// - Parameter lapses: of those that keep proposals.
    static func forgettingOld(_ erasure: FileErasure, lapses: [Forgetting]) -> JobKind {
        JobKind(JobName.forgettingOld, title: "Dọn bản xem trước, dấu biểu mẫu và đề nghị quá hạn", right: nil) {
            _, run in
            var forgotten = 0
            for forget in old + lapses {
                var pace = ChunkPace()
                while true {
                    let (before, limit) = (forgotten, pace.rows)
                    let chunk = try await run.write(JobProgress(before, of: nil)) { connection in
                        before + (try forget(erasure.clock.now, limit, connection))
                    }
                    pace.adapt(to: chunk.held)
                    guard chunk.checkpoint > before else { break }
                    forgotten = chunk.checkpoint
                }
            }
            try await erasure.scrub()
            return JobResult(
                "Đã dọn \(forgotten) bản xem trước không ai nhận, dấu biểu mẫu đã cũ và đề nghị quá hạn không ai xác nhận."
            )
        }
    }
}
