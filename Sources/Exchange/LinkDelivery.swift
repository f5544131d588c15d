import Database
import Jobs
import Kernel
import Registry

extension DeliveryService {
    /// Works off what waits to be linked: what a delivery brought or took, and what others left when they were cut short.
    /// - Parameters:
    ///   - delivery: for the history; nil where none came or went.
    ///   - keepsCheckpoint: of a job that has a checkpoint of its own.
    func link(_ delivery: Delivery?, _ run: JobRun, keepsCheckpoint: Bool = false) async throws {
        var (pace, done, last) = (ChunkPace(rows: 500), 0, -1)
        let total = try await store.read { try LinkRecords.waiting(on: $0) }
        while last != 0 {
            let limit = pace.rows
            let progress = JobProgress(
                done, of: total, "\(VietnameseText.grouped(done)) bản ghi đã đối chiếu theo mô hình")
            let write: @Sendable (any SQLConnection) throws -> Int = { [keys, linking, clock] connection in
                try LinkRecords.work(
                    limit: limit, delivery: delivery?.number ?? 0, linking: linking, keys: keys, at: clock.now,
                    on: connection
                ).done
            }
            let held: Duration
            if keepsCheckpoint {
                try await run.report(progress)
                (last, held) = try await store.writeMeasured(write)
            } else {
                let chunk = try await run.write(progress, write)
                (last, held) = (chunk.checkpoint, chunk.held)
            }
            done += last
            pace.adapt(to: held)
        }
    }

    /// What became of its records, when all is linked.
    func count(_ delivery: Delivery, _ counts: inout DeliveryCounts) async throws {
        let found = try await store.read { try DeliveryOutcome(of: delivery.number, on: $0) }
        (counts.matched, counts.new, counts.doubtful) = (found.matched, found.new, found.doubtful)
    }

    var trainingLinks: JobKind {
        TrainLinks.kind { run in
            try await link(nil, run, keepsCheckpoint: true)
            try await derive(run, keepsCheckpoint: true)
        }
    }
}
