import Database
import Jobs
import Registry

extension DeliveryService {
    /// Seals everything anew with the key that stands first: records, and rows that were returned. Files that are on their way
    /// in go within the hour: the key that sealed them goes on opening.
    var turningKeys: JobKind {
        TurnKeys.kind(keys: keys) { run, keys in
            var (last, pace) = ([-1, -1], ChunkPace())
            while true {
                let (from, limit) = (last, pace.rows)
                let next = try await store.writeMeasured { connection in
                    try ReturnedRows.turn(after: (from[0], from[1]), limit: limit, keys: keys, on: connection).map {
                        [$0.delivery, $0.position]
                    }
                }
                try await run.checkCancelled()
                guard let following = next.value else { break }
                last = following
                pace.adapt(to: next.held)
            }
            try await store.write { try SubjectRequests.turn(keys, on: $0) }
            var delivery = -1
            while let next = try await store.write({ [delivery] connection in
                try Layouts.turn(after: delivery, limit: 50, keys: keys, on: connection)
            }) {
                try await run.checkCancelled()
                delivery = next
            }
            try await link(nil, run, keepsCheckpoint: true)
            try await derive(run, keepsCheckpoint: true)
        }
    }
}

extension DataStore {
    /// A write with the time for which it held the database.
    func writeMeasured<T: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> T
    ) async throws -> (value: T, held: Duration) {
        try await write { connection in
            let begin = ContinuousClock.now
            return (try body(connection), ContinuousClock.now - begin)
        }
    }
}
