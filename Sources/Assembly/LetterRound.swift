import Access
import Database
import Jobs
import Kernel
import Legislation
import Notices
import PlanText
import Province
import Work

/// One round of letters: a few people in each chunk, one letter a person, of all there is to say to that person. The
/// morning's tells reminders and notices; later ones are written only to whom something presses. On a day off nobody is
/// written to.
struct LetterRound: Sendable {
    static let morning = 7
    /// The rounds of a day are the measure: with the morning's as many as a person may be written to.
    static let later = [11, 15].prefix(Outbox.mostADay - 1).map { hour in
        (hour: hour, name: JobName<NoParameters>("notices.letters-\(hour)"))
    }

    let notices: NoticeService
    let reminders: ReminderService
    let days: DayService
    /// Whether the round reminds; otherwise it tells notices alone.
    let reminds: Bool
    let sends: Bool

    /// Where a round stands.
    private struct Written: Codable, Sendable {
        /// The login of the last person who was looked at.
        let until: String
        let messages: Int
    }

    func write(_ run: JobRun) async throws -> JobResult {
        // Nobody's request may have told this server of a new list of units.
        try await reminders.plan.unitsInForce.refresh(from: reminders.store)
        guard reminders.calendar.isWorking(reminders.clock.today) else {
            return JobResult("Hôm nay là ngày nghỉ; ngày làm việc tiếp theo gửi những gì chờ.")
        }
        let reminding = reminds ? try await reminders.dueRound() : nil
        let round = reminding
        let reminded = Set(reminding?.people.map(\.id) ?? [])
        let people = try await notices.store.read { try Accounts.all(within: .ofSystem, on: $0) }.filter {
            $0.state == .active
        }
        .sorted { $0.login < $1.login }
        var written = try run.checkpoint(Written.self) ?? Written(until: "", messages: 0)
        let waiting = people.filter { $0.login > written.until }
        for start in stride(from: 0, to: waiting.count, by: 10) {
            let portion = waiting[start..<min(start + 10, waiting.count)]
            let before = written
            let done = people.count - waiting.count + portion.endIndex
            written = try await run.write(JobProgress(done, of: people.count)) { connection in
                let messages = try portion.filter { account in
                    try write(
                        to: account, reminding: reminded.contains(account.id) ? reminding : nil, in: round,
                        on: connection)
                }.count
                return Written(until: portion.last?.login ?? before.until, messages: before.messages + messages)
            }.checkpoint
        }
        let all = written
        try await run.write(JobProgress(people.count, of: people.count)) { connection in
            if let reminding { try reminders.close(reminding, on: connection) }
            if sends, all.messages > 0 {
                let now = notices.clock.now
                try JobService.add(
                    .letters, NoParameters(), title: "Gửi thư nhắc việc ngày \(now.day.vietnamese)", key: nil,
                    notBefore: now, at: now, on: connection)
            }
            return all
        }
        return JobResult("Đã viết \(all.messages) lượt nhắc việc, thông báo.")
    }

    /// - Parameters:
    ///   - reminding: the morning's round, for whoever hands in work.
    ///   - round: the same for everybody.
    /// - Returns: whether there was anything to write.
    private func write(
        to account: Account, reminding: ReminderRound?, in round: ReminderRound?, on connection: any SQLConnection
    ) throws -> Bool {
        let now = notices.clock.now
        guard try Outbox.hasRoom(for: account.id, on: now.day, connection) else { return false }
        var parts: [LetterPart] = []
        if let reminding, let part = try reminders.letterPart(of: reminding, for: account, on: connection) {
            parts.append(part)
        }
        if let round {
            let list = try days.list(of: account.viewer(reminders.grants), on: connection)
            if let part = reminders.waitingPart(of: list, in: round) { parts.append(part) }
        }
        parts += try notices.letterParts(
            for: account.viewer(reminders.grants), urgentOnly: !reminds, at: now, on: connection)
        return try Outbox.write(parts, to: account, at: now, on: connection)
    }
}
