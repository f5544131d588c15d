public import Access
import Database
import Jobs
import Kernel
import Registry
import Vault

extension DeliveryService {
    /// Begins to take a delivery out, with all that followed from it. A job does the work.
    /// - Returns: the delivery, and whether it was gone before.
    public func withdraw(
        _ name: String, reason: String, by actor: Actor
    ) async throws -> (delivery: Delivery, isRepeated: Bool) {
        let reason = VietnameseText.tidy(reason)
        guard !reason.isEmpty else { throw Refusal(.invalid, "Hãy ghi lý do thu hồi (--reason).") }
        return try await store.write { [keys] connection in
            let now = clock.now
            let delivery = try Deliveries.find(named: name, on: connection)
            switch delivery.state {
            case .withdrawn: return (delivery, true)
            case .refused:
                throw Refusal(.stale, "Lần giao \(delivery.receipt) đã không nhận được; không có gì để thu hồi.")
            case .destroyed:
                throw Refusal(
                    .stale, "Dữ liệu gốc của \(delivery.receipt) đã huỷ khi hết hạn lưu; không còn gì để thu hồi.")
            case .leaving:
                if let job = delivery.job, try JobService.isLive(job, on: connection) { return (delivery, true) }
            case .arriving, .inForce, .replaced, .receiving:
                if let job = delivery.job, try JobService.isLive(job, on: connection) {
                    throw Refusal(
                        .stale,
                        "Lần giao \(delivery.receipt) đang được xử lý; hãy huỷ việc \(job) (“baophu jobs cancel”) rồi thu hồi."
                    )
                }
                _ = try RegisterKeys.require(keys, on: connection)
                try Deliveries.note(
                    .leaving, of: delivery.number, words: reason, by: actor.name, at: now, on: connection)
                try AuditTrail.append(
                    AuditEvent("delivery.withdrawn", subject: Subject(.delivery, delivery.number), detail: reason),
                    by: actor, at: now, on: connection)
            }
            try addJob(.withdrawDelivery, "Thu hồi dữ liệu \(delivery.receipt)", of: delivery, on: connection)
            return (try Deliveries.require(delivery.number, on: connection), false)
        }
    }

    var withdrawing: JobKind {
        JobKind(.withdrawDelivery, title: "Thu hồi dữ liệu của các cơ quan", lane: .heavy, right: nil) {
            parameters, run in
            let delivery = try await store.read { try Deliveries.require(parameters.delivery, on: $0) }
            if delivery.state == .withdrawn { return JobResult("Đã thu hồi \(delivery.receipt).") }
            guard delivery.state == .leaving, delivery.job == run.job.id else {
                throw Refusal(.stale, "Lần giao \(delivery.receipt) không chờ thu hồi.")
            }
            let records = try await takeOut(delivery, erases: true, run)
            try await removeParts(of: delivery.number)
            try await endReturnedRows(of: delivery, as: .withdrawn, words: "", run)
            let others = try await replacedDeliveries(by: delivery)
            let heir = try await store.read { try Deliveries.replacer(of: delivery.number, on: $0) }
            if heir == nil { for other in others { try await restore(other, run) } }
            try await link(delivery, run)
            try await derive(run)
            try await run.write(JobProgress(records, of: records)) { connection in
                for other in others {
                    // What took the place of this one takes that of the other: as if this had never come.
                    try Deliveries.note(
                        heir == nil ? .restored : .replaced, of: other.number, words: heir ?? delivery.receipt,
                        by: run.actor.name, at: clock.now, on: connection)
                }
                try Layouts.forgetTops(of: delivery.number, on: connection)
                try Deliveries.note(
                    .withdrawn, of: delivery.number, by: run.actor.name, at: clock.now, on: connection)
                try journal(.withdrawn, delivery, delivery.receipt, at: clock.now, on: connection)
                return records
            }
            return JobResult("Đã thu hồi \(delivery.receipt): \(VietnameseText.grouped(records)) bản ghi.")
        }
    }

    /// Those whose place it took.
    func replacedDeliveries(by delivery: Delivery) async throws -> [Delivery] {
        try await store.read { connection in
            try connection.rows(
                "SELECT * FROM delivery WHERE sender = ? AND format = ? AND period = ? AND state = ? ORDER BY number",
                delivery.sender.text, delivery.format, delivery.period, Delivery.State.replaced.rawValue
            ).map { try Delivery($0) }.filter { other in
                try Deliveries.replacer(of: other.number, on: connection) == delivery.receipt
            }
        }
    }

    /// Links the records of a delivery again. A run that died in the middle takes out what it linked, and begins anew.
    private func restore(_ delivery: Delivery, _ run: JobRun) async throws {
        try await takeOut(delivery, erases: false, run)
        var (pace, point) = (ChunkPace(rows: 200), KeepRecords.Restored())
        while !point.isDone {
            let (before, limit) = (point, pace.rows)
            let chunk = try await run.write(JobProgress(before.records, of: delivery.counts.accepted)) { connection in
                try KeepRecords.restore(
                    delivery.number, after: before, limit: limit, keys: keys, at: clock.now, on: connection)
            }
            point = chunk.checkpoint
            pace.adapt(to: chunk.held)
        }
    }

    /// Takes the records out in chunks. What is out stays out: a run that resumes finds the rest.
    /// - Returns: how many records were in force.
    @discardableResult
    func takeOut(_ delivery: Delivery, erases: Bool, _ run: JobRun) async throws -> Int {
        let number = delivery.number
        var (pace, next, records, isFirst) = (ChunkPace(rows: 200), Int64?.none, 0, true)
        while isFirst || next != nil {
            isFirst = false
            let (start, limit) = (next, pace.rows)
            let chunk = try await run.write(JobProgress(records, of: delivery.counts.accepted)) { connection in
                let chunk = try TakeOutRecords.takeOut(
                    delivery: number, erases: erases, from: start, limit: limit, keys: keys, at: clock.now,
                    on: connection)
                return [Int64(chunk.records), chunk.next ?? -1]
            }
            records += Int(chunk.checkpoint[0])
            next = chunk.checkpoint[1] < 0 ? nil : chunk.checkpoint[1]
            pace.adapt(to: chunk.held)
        }
        guard erases else { return records }
        var erased = 1
        while erased > 0 {
            let limit = pace.rows
            let chunk = try await run.write(JobProgress(records, of: records)) { connection in
                try TakeOutRecords.erase(delivery: number, limit: limit, on: connection)
            }
            erased = chunk.checkpoint
            pace.adapt(to: chunk.held)
        }
        return records
    }
}

extension Right {
    public static let withdrawDeliveries = Right("exchange.withdraw", "Thu hồi một lần giao danh sách")
}

extension DeliveryService {
    /// The same for a person who may see the delivery.
    @discardableResult
    public func withdraw(_ number: Int, reason: String, by submission: Submission) async throws -> Delivery {
        try submission.viewer.require(.withdrawDeliveries)
        let delivery = try await delivery(number, for: submission.viewer)
        guard !VietnameseText.tidy(reason).isEmpty else {
            throw Refusal(fields: [.init(DeliveryField.reason, "Hãy ghi lý do thu hồi.")])
        }
        return try await withdraw("\(delivery.number)", reason: reason, by: submission.actor).delivery
    }
}
