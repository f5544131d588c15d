import Database
import Jobs
import Kernel
import Registry

extension DeliveryService {
    /// Works out the persons and employers whose records changed, in chunks: a run that was killed leaves the rest waiting, and
    /// whichever job comes next goes on with it.
    /// - Parameter keepsCheckpoint: of a job that has a checkpoint of its own.
    func derive(_ run: JobRun, keepsCheckpoint: Bool = false) async throws {
        let rules = try DerivationRules.shipped()
        var (pace, done, last) = (ChunkPace(rows: 200), 0, -1)
        let total = try await store.read { try TouchedEntities.count(on: $0) }
        while last != 0 {
            let (limit, before) = (pace.rows, done)
            let progress = JobProgress(before, of: total, "\(VietnameseText.grouped(before)) người, đơn vị đã tính lại")
            let write: @Sendable (any SQLConnection) throws -> Int = { [keys] connection in
                try DeriveEntities.derive(limit: limit, by: rules, keys: keys, on: connection)
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
}
