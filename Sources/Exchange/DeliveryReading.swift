import Formats
import Jobs
import Kernel
import Registry
import Synchronization
import Tabular
import Vault

/// Rows of a delivery, read and made ready to be stored, so many at a time; off the threads that answer requests.
final class DeliveryReading: Sendable {
    /// What one chunk stores.
    struct Chunk: Sendable {
        var drafts: [RecordDraft] = []
        var returned: [ReturnedDraft] = []
        /// After the chunk, from the beginning of the file.
        var counts: DeliveryCounts
    }

    private struct State {
        let reader: FormatReader
        var counts: DeliveryCounts
    }

    private let state: Mutex<State>
    private let number: Int
    private let keys: NumberKeys

    init(_ reader: sending FormatReader, of number: Int, after counts: DeliveryCounts, keys: NumberKeys) {
        state = Mutex(State(reader: reader, counts: counts))
        (self.number, self.keys) = (number, keys)
    }

    /// Passes over what was stored before.
    func skip() async throws {
        try await Blocking.run { [self] in
            try state.withLock { state in
                for _ in 0..<state.counts.rows {
                    guard try state.reader.next() != nil else {
                        throw Refusal(.stale, "Tệp đã lưu ngắn hơn phần đã nhận; hãy thu hồi lần giao này.")
                    }
                }
            }
        }
    }

    /// What stands above the rows of each sheet read so far.
    var tops: [String: [[String]]] { state.withLock { $0.reader.tops } }

    /// Nil behind the last row.
    func next(_ limit: Int) async throws -> Chunk? {
        try await Blocking.run { [self] in
            try state.withLock { try read(limit, &$0) }
        }
    }

    private func read(_ limit: Int, _ state: inout State) throws -> Chunk? {
        let begin = ContinuousClock.now
        var outcomes: [RowOutcome] = []
        while outcomes.count < limit, let outcome = try state.reader.next() { outcomes.append(outcome) }
        guard !outcomes.isEmpty else { return nil }
        let read = ContinuousClock.now
        var chunk = Chunk(counts: state.counts)
        for outcome in outcomes {
            switch outcome {
            case .taken(let row):
                let place = RecordPlace(delivery: number, ordinal: chunk.counts.accepted)
                chunk.drafts.append(try RecordDraft(row, at: place, with: keys))
            case .returned(let row):
                chunk.returned.append(
                    try ReturnedDraft(row, of: number, position: chunk.counts.returned, with: keys.current()))
            }
            chunk.counts.add(outcome)
        }
        chunk.counts.leftOut = state.reader.summary.leftOut
        chunk.counts.add(read - begin, to: .read)
        chunk.counts.add(ContinuousClock.now - read, to: .seal)
        state.counts = chunk.counts
        return chunk
    }
}
