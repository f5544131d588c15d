public import Database
public import Jobs
public import Kernel

extension JobKind {
    /// A daily deed that keeps a kind's notices equal to what is so today: tells what is new, ends what is gone.
    /// - Parameter facts: all that is so today, each with the key by which it is the same tomorrow.
    public static func telling(
        _ kind: NoticeKind, as name: JobName<NoParameters>, title: String, store: any DataStore, clock: Clock,
        facts: @escaping @Sendable () async throws -> [Notice]
    ) -> JobKind {
        JobKind(name, title: title, right: nil) { _, run in
            let facts = try await facts()
            let open = try await store.read { try NoticeBoard.openKeys(of: kind, on: $0) }
            let fresh = facts.filter { !open.contains($0.key) }
            let gone = open.subtracting(facts.map(\.key)).sorted()
            // A run that begins anew asks again what is open: what was told is not told twice.
            for start in stride(from: 0, to: fresh.count, by: portion) {
                let part = Array(fresh[start..<min(start + portion, fresh.count)])
                try await run.write(JobProgress(start + part.count, of: fresh.count)) { connection in
                    try NoticeBoard.post(part, at: clock.now, on: connection)
                }
            }
            for start in stride(from: 0, to: gone.count, by: portion) {
                let part = gone[start..<min(start + portion, gone.count)]
                try await run.write(JobProgress(fresh.count, of: fresh.count)) { connection in
                    try NoticeBoard.resolve(kind, keys: part, at: clock.now, on: connection)
                    return part.count
                }
            }
            return JobResult("Đã báo \(fresh.count) điều mới, kết thúc \(gone.count) điều đã qua.")
        }
    }

    private static let portion = 300
}
