import Access
import Jobs
import Kernel
import Mail
import PlanText
import Province
import Targets
import PlanText
import Work
import PlanText

/// What the system does by itself: every day, and when letters wait.
enum DailyWork {
    static let reminders = JobName<NoParameters>("work.reminders")
    static let groupTargets = JobName<NoParameters>("targets.groups")
    static let letters = JobName<NoParameters>("mail.letters")

    static let deeds = [
        DailyDeed(.forgetting, title: "Dọn việc chạy nền đã cũ", hour: 3),
        DailyDeed(groupTargets, title: "Giao chỉ tiêu của tổ dân phố, thôn", hour: 6),
        // Soon after offices open.
        DailyDeed(reminders, title: "Viết nhắc việc", hour: 7),
    ]

    /// - Parameter mail: nil where no mail server is configured; people then read their reminders on screen.
    static func kinds(
        reminders service: ReminderService, allocations: AllocationService, mail: (any MailSending)?
    ) -> [JobKind] {
        let kinds: [JobKind] = [
            .forgetting,
            JobKind(groupTargets, title: "Giao chỉ tiêu của tổ dân phố, thôn", right: nil) { _, run in
                try await give(allocations, run)
            },
            JobKind(reminders, title: "Viết nhắc việc", right: nil) { _, run in
                try await remind(service, sends: mail != nil, run)
            },
        ]
        guard let mail else { return kinds }
        // A mail server that is down for an hour is no reason to give up.
        let retries = RetryPolicy(tries: 5, firstPauseSeconds: 300, growth: 4, longestPauseSeconds: 3_600)
        return kinds + [
            JobKind(letters, title: "Gửi thư", retries: retries, right: nil) { _, run in
                try await send(service, mail, run)
            }
        ]
    }

    /// Gives groups the targets of the year that has begun, one commune's decision in each chunk.
    private static func give(_ allocations: AllocationService, _ run: JobRun) async throws -> JobResult {
        let due = try await allocations.dueGroupTargets()
        for (index, scenario) in due.enumerated() {
            try await run.write(JobProgress(index + 1, of: due.count)) { connection in
                try allocations.giveGroupTargets(of: scenario, on: connection)
                return scenario.text
            }
        }
        return JobResult("Đã giao chỉ tiêu theo \(due.count) quyết định.")
    }

    /// Writes the day's reminders, a few people in each chunk.
    private static func remind(_ service: ReminderService, sends: Bool, _ run: JobRun) async throws -> JobResult {
        // Nobody's request may have told this server of a new list of units.
        try await service.plan.unitsInForce.refresh(from: service.store)
        guard let round = try await service.dueRound() else {
            return JobResult("Nhắc việc hôm nay đã được viết, hoặc hôm nay là ngày nghỉ.")
        }
        var written = try run.checkpoint(Written.self) ?? Written(until: "", messages: 0)
        let waiting = round.people.filter { $0.login > written.until }
        for start in stride(from: 0, to: waiting.count, by: 10) {
            let portion = waiting[start..<min(start + 10, waiting.count)]
            let before = written
            let done = round.people.count - waiting.count + portion.endIndex
            written = try await run.write(JobProgress(done, of: round.people.count)) { connection in
                let messages = try service.write(round, to: portion, on: connection)
                return Written(until: portion.last?.login ?? before.until, messages: before.messages + messages)
            }.checkpoint
        }
        let all = written
        try await run.write(JobProgress(round.people.count, of: round.people.count)) { connection in
            try service.close(round, on: connection)
            if sends, all.messages > 0 {
                let now = service.clock.now
                try JobService.add(
                    letters, NoParameters(), title: "Gửi thư nhắc việc ngày \(round.today.vietnamese)", key: nil,
                    notBefore: now, at: now, on: connection)
            }
            return all
        }
        return JobResult("Đã viết \(all.messages) lượt nhắc việc.")
    }

    private struct Written: Codable, Sendable {
        /// The login of the last person who was told.
        let until: String
        let messages: Int
    }

    /// Sends all that waits. A letter whose sending was not noted because the server died goes out a second time, under the
    /// same identifier.
    private static func send(
        _ service: ReminderService, _ mail: any MailSending, _ run: JobRun
    ) async throws -> JobResult {
        var refused: [String] = []
        var (sent, last) = (0, RecordID?.none)
        while true {
            // Few at a time; those refused in this round are not met again.
            let messages = try await service.messagesToSend(after: last, limit: 50)
            guard !messages.isEmpty else { break }
            for message in messages {
                last = message.id
                guard let recipient = message.recipient else { continue }
                try await run.checkCancelled()
                do {
                    try await mail.send(
                        MailMessage(
                            recipient: recipient, subject: message.subject, body: message.body,
                            date: service.clock.now.secondsSinceEpoch, identifier: message.id.text))
                    try await service.noteSending(of: message.id, problem: nil)
                    sent += 1
                } catch {
                    refused.append("\(error)")
                    try await service.noteSending(of: message.id, problem: "\(error)")
                }
                if (sent + refused.count) % 10 == 0 { try await run.report(JobProgress(sent + refused.count, of: nil)) }
            }
        }
        if let first = refused.first {
            throw LettersRefused(count: refused.count, of: sent + refused.count, first: first)
        }
        return JobResult("Đã gửi \(sent) thư.")
    }

    /// Some letters did not go out; the next try sends those alone.
    struct LettersRefused: Error, CustomStringConvertible {
        let count: Int
        let of: Int
        let first: String

        var description: String { "\(count) of \(of) letters were refused, the first: \(first)" }
    }
}
