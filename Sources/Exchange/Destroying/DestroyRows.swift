public import Access
import Database
import Formats
public import Jobs
import Kernel
import Notices
import Registry
import Vault

/// Which rows a job destroys, and why now.
struct DestructionJob: Codable, Sendable {
    let delivery: Int
    let reason: String
    let by: String
}

extension JobName<DestructionJob> {
    static let destroyRows = JobName("exchange.destroy")
}

extension JobName<NoParameters> {
    /// Begins the destruction of what may be kept no longer.
    public static let destroyingDue = JobName("exchange.destroy-due")
}

extension DeliveryService {
    /// A daily deed.
    var destroyingDue: JobKind {
        JobKind(.destroyingDue, title: "Huỷ dữ liệu gốc đã hết hạn lưu", right: nil) { _, run in
            let today = clock.today
            let due = try await store.read { try DueDestruction.all(on: $0) }.filter { $0.isOver(on: today) }
            var begun = 0
            for one in due {
                let isNew = try await run.write(JobProgress(begun, of: due.count)) { connection in
                    try beginDestruction(
                        one, reason: "Hết hạn lưu theo \(one.ground) (ngày \(one.lastDay.vietnamese))",
                        by: run.actor.name, on: connection)
                }
                if isNew.checkpoint { begun += 1 }
            }
            return JobResult("Bắt đầu huỷ dữ liệu gốc của \(begun) lần giao.")
        }
    }

    /// Adds the job that destroys, unless one is at it.
    /// - Returns: whether it was added.
    @discardableResult
    func beginDestruction(
        _ due: DueDestruction, reason: String, by name: String, on connection: any SQLConnection
    ) throws -> Bool {
        let delivery = due.delivery
        if let job = delivery.job, try JobService.isLive(job, on: connection) { return false }
        let now = clock.now
        let id = try JobService.enter(
            .destroyRows, DestructionJob(delivery: delivery.number, reason: reason, by: name),
            title: "Huỷ dữ liệu gốc của \(delivery.receipt)", notBefore: now, at: now, on: connection)
        try connection.execute("UPDATE delivery SET job = ? WHERE number = ?", id, delivery.number)
        return true
    }

    var destroying: JobKind {
        JobKind(.destroyRows, title: "Huỷ dữ liệu gốc", lane: .heavy, right: nil) { parameters, run in
            try await destroy(parameters, run)
        }
    }

    private func destroy(_ parameters: DestructionJob, _ run: JobRun) async throws -> JobResult {
        keys?.refresh()
        let number = parameters.delivery
        let (keys, found) = try await store.read { [keys] connection in
            (try RegisterKeys.require(keys, on: connection), try DueDestruction.find(number, on: connection))
        }
        // Done before, withdrawn meanwhile, or no longer bound: nothing is left to do.
        guard let due = found, due.delivery.job == run.job.id else {
            return JobResult("Lần giao \(number) không còn dữ liệu gốc phải huỷ.")
        }
        let keeps = due.delivery.state == .inForce ? due.keeps : []
        if keeps.isEmpty {
            if due.delivery.state != .leaving {
                try await run.write(JobProgress(0, of: nil)) { connection in
                    try Deliveries.note(
                        .destroying, of: number, words: parameters.reason, by: parameters.by, at: clock.now,
                        on: connection)
                    return number
                }
            }
            try await takeOut(due.delivery, erases: true, run)
        } else {
            try await reduce(due.delivery, keeping: Set(keeps), keys: keys, run)
        }
        try await derive(run)
        while try await run.write(
            JobProgress(due.delivery.counts.accepted, of: nil),
            { connection in
                try ReturnedRows.erase(of: number, on: connection)
            }
        ).checkpoint > 0 {}
        try await removeParts(of: number)
        let minutes = try await run.write(JobProgress(due.delivery.counts.rows, of: due.delivery.counts.rows)) {
            connection in
            try end(due, keeps: keeps, parameters, on: connection)
        }
        return JobResult(
            "Đã huỷ dữ liệu gốc của \(due.delivery.receipt); biên bản số \(minutes.checkpoint)/\(clock.today.year).")
    }

    private func reduce(
        _ delivery: Delivery, keeping fields: Set<RecordField>, keys: NumberKeys, _ run: JobRun
    ) async throws {
        var (pace, point, seen) = (ChunkPace(rows: 200), ReduceRecords.Point?.none, 0)
        while true {
            let (before, limit) = (point, pace.rows)
            let chunk = try await run.write(JobProgress(seen, of: delivery.counts.accepted)) { connection in
                let (records, next) = try ReduceRecords.reduce(
                    delivery: delivery.number, keeping: fields, after: before, limit: limit, keys: keys,
                    on: connection)
                return Reduced(records: records, next: next)
            }
            seen += chunk.checkpoint.records
            pace.adapt(to: chunk.held)
            guard let next = chunk.checkpoint.next else { return }
            point = next
        }
    }

    private struct Reduced: Codable, Sendable {
        let records: Int
        let next: ReduceRecords.Point?
    }

    /// The last write: minutes, events, journal, audit.
    /// - Returns: the number of the minutes.
    private func end(
        _ due: DueDestruction, keeps: [RecordField], _ parameters: DestructionJob, on connection: any SQLConnection
    ) throws -> Int {
        let (now, delivery) = (clock.now, due.delivery)
        let number = try (connection.integer("SELECT MAX(number) FROM destruction") ?? 0) + 1
        try connection.execute(
            """
            INSERT INTO destruction (number, delivery, agreement, request, records, returned, kept, reason, due, at, by_name)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, number, delivery.number, due.agreement, due.request, delivery.counts.accepted,
            delivery.counts.returned, keeps.map(\.rawValue).joined(separator: " "), parameters.reason, due.lastDay,
            now, parameters.by)
        let words = "biên bản số \(number)/\(now.day.year)"
        try Deliveries.note(
            keeps.isEmpty ? .destroyed : .reduced, of: delivery.number, words: words, by: parameters.by, at: now,
            on: connection)
        if let request = due.request {
            try DataRequests.note(
                .destroyed, of: request, words: words, unit: nil, account: nil, by: parameters.by, at: now,
                on: connection)
        }
        try AuditTrail.append(
            AuditEvent(
                "delivery.destroyed", subject: Subject(.delivery, delivery.number),
                detail: "\(words): \(parameters.reason)"),
            by: .system, at: now, on: connection)
        let receiver = try receiver(of: due, on: connection)
        try ExchangeJournal.note(
            .destroyed, from: delivery.sender, to: receiver, about: Subject(.delivery, delivery.number),
            content: delivery.sha256, words: words, keys: keys, at: now, on: connection)
        let sides = [delivery.sender] + (receiver.map { [$0] } ?? [])
        try NoticeBoard.post(
            [
                Notice(
                    .rowsDestroyed, key: "\(number)", to: sides.flatMap(ExchangeService.keepers),
                    about: due.request.map { Subject(.dataRequest, $0) } ?? Subject(.agreement, due.agreement ?? 0),
                    "Đã huỷ dữ liệu gốc của lần giao \(delivery.receipt), \(words)", detail: parameters.reason)
            ], at: now, on: connection)
        return number
    }

    private func receiver(of due: DueDestruction, on connection: any SQLConnection) throws -> UnitCode? {
        if let request = due.request { return try DataRequests.require(request, on: connection).asker }
        return try due.agreement.flatMap { try Agreements.find($0, on: connection)?.receiver }
    }
}

extension ExchangeService {
    /// Destroys the rows that answered a request before their last day.
    public func destroy(_ number: Int, reason: String, by submission: Submission) async throws {
        let reason = try Self.reason(reason, "Hãy ghi vì sao huỷ trước hạn.")
        try submission.viewer.require(.keepAgreements)
        try await store.once(submission, about: Subject(.dataRequest, number), at: clock.now) { connection, now in
            let request = try DataRequests.require(number, on: connection)
            guard AgreementReach(submission.viewer).covers(request.asker, request.holder) else {
                throw DataRequests.unknown(number)
            }
            guard request.actions(for: submission.viewer).contains(.destroy) else {
                throw Self.obstruction(request, .destroy, submission.viewer)
            }
            guard let delivery = request.delivery, let due = try DueDestruction.find(delivery, on: connection) else {
                throw Refusal(.stale, "Dữ liệu của yêu cầu này không còn, hoặc đang được thu hồi.")
            }
            let isNew = try deliveries.beginDestruction(
                due, reason: reason, by: submission.viewer.name, on: connection)
            guard isNew else {
                throw Refusal(.stale, "Lần giao \(due.delivery.receipt) đang được xử lý; hãy chờ rồi tải lại trang.")
            }
            try AuditTrail.append(
                AuditEvent(
                    "request.destruction-begun", subject: Subject(.dataRequest, number), detail: reason),
                by: submission.actor, at: now, on: connection)
        }
    }

    /// Deliveries whose rows have a last day, by day, as somebody may see them.
    public func dueDestructions(for viewer: Viewer) async throws -> [DueDestruction] {
        let reach = AgreementReach(viewer)
        return try await store.read { connection in
            try DueDestruction.all(on: connection).filter { due in
                try Self.covers(due.agreement, due.request, reach, on: connection)
            }
        }
    }

    /// The minutes, the latest first.
    public func minutes(for viewer: Viewer) async throws -> [DestructionMinutes] {
        let reach = AgreementReach(viewer)
        return try await store.read { connection in
            try connection.rows("SELECT * FROM destruction ORDER BY number DESC").map { try DestructionMinutes($0) }
                .filter { try Self.covers($0.agreement, $0.request, reach, on: connection) }
        }
    }

    /// Minutes with the delivery they are of.
    public func minutes(_ number: Int, for viewer: Viewer) async throws -> (DestructionMinutes, Delivery) {
        let reach = AgreementReach(viewer)
        return try await store.read { connection in
            guard let row = try connection.row("SELECT * FROM destruction WHERE number = ?", number),
                case let minutes = try DestructionMinutes(row),
                try Self.covers(minutes.agreement, minutes.request, reach, on: connection)
            else {
                throw Refusal(.notFound, "Không có biên bản huỷ số \(number), hoặc biên bản không thuộc đơn vị bạn.")
            }
            return (minutes, try Deliveries.require(minutes.delivery, on: connection))
        }
    }

    private static func covers(
        _ agreement: Int?, _ request: Int?, _ reach: AgreementReach, on connection: any SQLConnection
    ) throws -> Bool {
        if let request {
            let request = try DataRequests.require(request, on: connection)
            return reach.covers(request.asker, request.holder)
        }
        return try agreement.map { reach.covers(try Agreements.require($0, on: connection)) } ?? false
    }
}
