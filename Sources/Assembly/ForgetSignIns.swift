import Access
import Jobs
import Kernel

extension JobName where Parameters == NoParameters {
    /// ``AccessService/forgetting``
    static let forgettingSignIns = JobName("access.forget")
}

extension AccessService {
    /// The daily deed that removes old sessions, links and tries.
    var forgetting: JobKind {
        JobKind(.forgettingSignIns, title: "Dọn phiên và lần đăng nhập đã cũ", right: nil) { _, run in
            var pace = ChunkPace()
            var forgotten = 0
            while true {
                let (before, limit) = (forgotten, pace.rows)
                let chunk = try await run.write(JobProgress(before, of: nil)) { connection in
                    before + (try SignInRecords.forget(at: clock.now, policy, atMost: limit, on: connection))
                }
                pace.adapt(to: chunk.held)
                guard chunk.checkpoint > before else { break }
                forgotten = chunk.checkpoint
            }
            return JobResult(
                "Đã dọn \(forgotten) dòng: phiên và liên kết quá \(SignInRecords.keptDays) ngày, lần đăng nhập sai quá \(SignInRecords.tryDays) ngày."
            )
        }
    }
}
