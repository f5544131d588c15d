import Access
import Database
import Formats
import Foundation
import Jobs
import Kernel
import Registry
import Tabular
import Vault

/// Which delivery a job works on.
struct DeliveryJob: Codable, Sendable {
    let delivery: Int
}

extension JobName<DeliveryJob> {
    static let receiveDelivery = JobName("exchange.receive")
    static let withdrawDelivery = JobName("exchange.withdraw")
}

extension DeliveryService {
    /// Sees to it that a delivery whose rows are not all kept has a job that keeps them: one that failed or was cancelled is
    /// followed by another, which goes on behind its last chunk.
    func ensureJob(of number: Int, on connection: any SQLConnection) throws {
        let delivery = try Deliveries.require(number, on: connection)
        switch delivery.state {
        case .receiving: break
        case .leaving: guard try Deliveries.isBeingRefused(delivery, on: connection) else { return }
        // The file goes last: as long as it is there, something of the job is left.
        case .inForce:
            guard
                try connection.row("SELECT position FROM delivery_part WHERE delivery = ? LIMIT 1", number) != nil
            else { return }
        default: return
        }
        if let job = delivery.job, try JobService.isLive(job, on: connection) { return }
        try addJob(
            .receiveDelivery,
            "Nhận dữ liệu \(delivery.receipt): \(delivery.format), tháng \(delivery.period.vietnamese)",
            of: delivery, on: connection)
    }

    func addJob(
        _ name: JobName<DeliveryJob>, _ title: String, of delivery: Delivery, on connection: any SQLConnection
    ) throws {
        let now = clock.now
        let id = try JobService.enter(
            name, DeliveryJob(delivery: delivery.number), title: title, notBefore: now, at: now, on: connection)
        try connection.execute("UPDATE delivery SET job = ? WHERE number = ?", id, delivery.number)
    }

    var receiving: JobKind {
        JobKind(.receiveDelivery, title: "Nhận dữ liệu của các cơ quan", lane: .heavy, right: nil) { parameters, run in
            try await receive(parameters.delivery, run)
        }
    }

    private func receive(_ number: Int, _ run: JobRun) async throws -> JobResult {
        keys?.refresh()
        let (keys, delivery) = try await store.read { [keys] connection in
            (try RegisterKeys.require(keys, on: connection), try Deliveries.require(number, on: connection))
        }
        guard delivery.job == run.job.id else { throw stale(delivery) }
        switch delivery.state {
        case .receiving: break
        // A run that died behind its last chunk.
        case .inForce: return try await settled(delivery, run)
        case .leaving, .refused: throw try await refused(delivery, run)
        default: throw stale(delivery)
        }
        let format = try await format(of: delivery)
        let path = try await unsealed(number, with: keys)
        defer { try? FileManager.default.removeItem(atPath: path) }
        do {
            var counts = try await keepRows(of: delivery, at: path, format, keys: keys, run)
            try Self.check(counts, of: delivery)
            let others = try await replaced(by: delivery)
            if others.isEmpty {
                // What is in force is worked out, but for persons whose older records still have to go.
                let begin = ContinuousClock.now
                try await link(delivery, run)
                try await count(delivery, &counts)
                counts.add(ContinuousClock.now - begin, to: .link)
                let linked = ContinuousClock.now
                try await derive(run)
                counts.add(ContinuousClock.now - linked, to: .derive)
            }
            let final = counts
            // In one write: nobody finds both, or neither.
            try await run.write(JobProgress(final.rows, of: final.rows, Self.words(final))) { connection in
                let now = clock.now
                for other in others {
                    try Deliveries.note(
                        .replaced, of: other.number, words: delivery.receipt, by: run.actor.name, at: now,
                        on: connection)
                }
                try Deliveries.save(final, of: number, on: connection)
                try Deliveries.note(
                    .taken, of: number, words: Self.words(final), by: run.actor.name, at: now, on: connection)
                try journal(.delivered, delivery, Self.words(final), at: now, on: connection)
                return final
            }
        } catch let refusal as Refusal where refusal.kind == .invalid {
            try await run.write(JobProgress(0, of: nil, refusal.message)) { connection in
                try Deliveries.note(
                    .refusing, of: number, words: refusal.message, by: run.actor.name, at: clock.now, on: connection)
                return number
            }
            throw try await refused(try await store.read { try Deliveries.require(number, on: $0) }, run)
        }
        return try await settled(try await store.read { try Deliveries.require(number, on: $0) }, run)
    }

    private func stale(_ delivery: Delivery) -> Refusal {
        Refusal(.stale, "Lần giao \(delivery.receipt) không còn chờ nhận.")
    }

    /// What a delivery in force took the place of leaves the register, and the file goes. Done once more it changes nothing.
    private func settled(_ delivery: Delivery, _ run: JobRun) async throws -> JobResult {
        var counts = delivery.counts
        for other in try await replacedDeliveries(by: delivery) {
            let begin = ContinuousClock.now
            try await takeOut(other, erases: false, run)
            try await endReturnedRows(of: other, as: .resent, words: delivery.receipt, run)
            counts.add(ContinuousClock.now - begin, to: .replace)
        }
        for other in try await refusedDeliveries(before: delivery) {
            try await endReturnedRows(of: other, as: .resent, words: delivery.receipt, run)
        }
        let begin = ContinuousClock.now
        try await link(delivery, run)
        try await count(delivery, &counts)
        counts.add(ContinuousClock.now - begin, to: .link)
        let linked = ContinuousClock.now
        try await derive(run)
        counts.add(ContinuousClock.now - linked, to: .derive)
        try await endMended(by: delivery, run)
        let final = counts
        if final != delivery.counts {
            try await run.write(JobProgress(final.rows, of: final.rows, Self.words(final))) { connection in
                try Deliveries.save(final, of: delivery.number, on: connection)
                return final
            }
        }
        try await removeParts(of: delivery.number)
        return JobResult("Đã nhận \(delivery.receipt): \(Self.words(final)).")
    }

    /// A file that cannot be received leaves nothing but its receipt, why, and the rows that were returned; the same file is
    /// welcome again, in another format or with another table of its columns.
    /// - Returns: why it is refused.
    private func refused(_ delivery: Delivery, _ run: JobRun) async throws -> Refusal {
        let number = delivery.number
        let last = try await store.read { try Deliveries.events(of: number, on: $0) }.last
        let words = last?.words ?? ""
        if delivery.state != .refused {
            try await takeOut(delivery, erases: true, run)
            try await derive(run)
            try await run.write(JobProgress(0, of: nil, words)) { connection in
                var counts = delivery.counts
                counts.forgetAccepted()
                try Deliveries.save(counts, of: number, on: connection)
                try Deliveries.note(
                    .refused, of: number, words: words, by: run.actor.name, at: clock.now, on: connection)
                return counts
            }
        }
        try await removeParts(of: number)
        return Refusal(.invalid, words)
    }

    /// Nothing never takes the place of something, and what says nothing is not in force.
    private static func check(_ counts: DeliveryCounts, of delivery: Delivery) throws(Refusal) {
        guard counts.rows > 0 else {
            throw Refusal(
                .invalid,
                "Tệp \(delivery.fileName) có tiêu đề nhưng không có dòng nào bên dưới; hãy kiểm tra tệp rồi giao lại.")
        }
        guard counts.accepted > 0 else {
            let file = delivery.replacesPeriod ? "tệp đính chính" : "tệp"
            let rest = delivery.replacesPeriod ? "; dữ liệu đã có của tháng giữ nguyên" : ""
            throw Refusal(
                .invalid,
                "Không dòng nào của \(file) nhận được (\(words(counts)))\(rest). Hãy sửa các dòng trả lại rồi giao lại."
            )
        }
    }

    /// A list of another kind can look as if some of its rows were of this: better none of them.
    private func check(_ source: RowSource, is format: Format, _ context: ReadingContext) throws(FormatReadingError) {
        let own = try Recognition(source, among: [format], context: context).candidates.first?.score ?? 0
        // No other list can look thirty hundredths better: comparing with all of them took a seventh of receiving small files.
        guard own <= 70 else { return }
        let look = try Recognition(source, among: formats.values.sorted { $0.key < $1.key }, context: context)
        guard let other = look.sure, other.format != format.key, other.score >= own + 30 else { return }
        throw .file(
            "tệp là “\(other.title)” (mẫu “\(other.format)”, \(other.score) %), không phải mẫu này (\(own) %); hãy giao theo mẫu “\(other.format)”"
        )
    }

    private static func words(_ counts: DeliveryCounts) -> String {
        "\(VietnameseText.grouped(counts.accepted)) dòng nhận, \(VietnameseText.grouped(counts.returned)) dòng trả lại"
    }

    /// How long a chunk of records may hold the database: numbers fall anywhere in their index, so that twice the rows write
    /// far fewer than twice the pages.
    private static let chunk = Duration.milliseconds(100)

    /// Reading and sealing of the next chunk go beside the storing of the last.
    private func keepRows(
        of delivery: Delivery, at path: String, _ format: Format, keys: NumberKeys, _ run: JobRun
    ) async throws -> DeliveryCounts {
        let number = delivery.number
        let source = RecordSource(kind: format.record, sender: delivery.sender, period: delivery.period)
        let rows = RowSource(file: path)
        let ground = try await ground(of: number)
        let context = ReadingContext(
            today: clock.today, communes: finder, accepted: delivery.accepted, covered: ground?.fields)
        if delivery.counts.rows == 0 {
            try await reading(delivery) { try await Blocking.run { [self] in try check(rows, is: format, context) } }
        }
        let reading: DeliveryReading
        do throws(FormatReadingError) {
            reading = DeliveryReading(
                try FormatReader(rows, format: format, context: context), of: number, after: delivery.counts,
                keys: keys)
        } catch {
            throw Refusal(.invalid, "\(delivery.fileName): không đọc được theo mẫu “\(format.title)”. \(error)")
        }
        try await reading.skip()
        var (pace, stored) = (ChunkPace(aim: Self.chunk), delivery.counts)
        // What storing adds is not known to the reader.
        var linked = stored
        var pending = try await self.reading(delivery) { try await reading.next(pace.rows) }
        while let chunk = pending {
            let limit = pace.rows
            async let following = self.reading(delivery) { try await reading.next(limit) }
            let (before, progress) = (linked, JobProgress(chunk.counts.rows, of: nil, Self.words(chunk.counts)))
            let written = try await run.write(progress) { connection in
                let begin = ContinuousClock.now
                let now = clock.now
                try source.note(for: number, on: connection)
                let outcome = try KeepRecords.keep(chunk.drafts, at: now, on: connection)
                try ReturnedRows.store(chunk.returned, on: connection)
                var counts = chunk.counts
                (counts.matched, counts.new, counts.merged) = (before.matched, before.new, before.merged)
                counts.add(outcome)
                counts.costs[DeliveryCounts.Stage.store.rawValue] = before.costs[DeliveryCounts.Stage.store.rawValue]
                counts.add(ContinuousClock.now - begin, to: .store)
                try Deliveries.save(counts, of: number, on: connection)
                return counts
            }
            linked = written.checkpoint
            pace.adapt(to: written.held)
            pending = try await following
        }
        try await keepTops(reading.tops, of: number, with: keys)
        stored = linked
        return stored
    }

    /// What the reader says of a file is a person's to mend: trying again would not help.
    private func reading<T: Sendable>(_ delivery: Delivery, _ body: () async throws -> T) async throws -> T {
        do {
            return try await body()
        } catch let error as FormatReadingError {
            throw Refusal(.invalid, "\(delivery.fileName): \(error)")
        }
    }

    /// Files of the same period, sender and format that could not be received: their returned rows were sent again with this.
    private func refusedDeliveries(before delivery: Delivery) async throws -> [Delivery] {
        try await store.read { connection in
            try connection.rows(
                "SELECT * FROM delivery WHERE sender = ? AND format = ? AND period = ? AND number < ? AND state = ?",
                delivery.sender.text, delivery.format, delivery.period, delivery.number,
                Delivery.State.refused.rawValue
            ).map { try Delivery($0) }
        }
    }

    /// What stands for the same period of the same sender in the same format, where the delivery takes its place.
    private func replaced(by delivery: Delivery) async throws -> [Delivery] {
        guard delivery.replacesPeriod else { return [] }
        return try await store.read { connection in
            try connection.rows(
                "SELECT * FROM delivery WHERE sender = ? AND format = ? AND period = ? AND number < ? AND state = ?",
                delivery.sender.text, delivery.format, delivery.period, delivery.number,
                Delivery.State.inForce.rawValue
            ).map { try Delivery($0) }
        }
    }
}
