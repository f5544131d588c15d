public import Access
public import Database
public import Kernel
import Legislation
public import Notices
import PlanText

/// One day's reminders: whom they may concern, by login, and the day up to which they were worked through before.
public struct ReminderRound: Sendable {
    public let today: Day
    let lastRun: Day?
    public let people: [Account]
}

extension ReminderService {
    /// Today's round; nil when it was written already, and on a day off: the next working day tells what fell in between.
    public func dueRound() async throws -> ReminderRound? {
        try await store.read { try self.dueRound(on: $0) }
    }

    private func dueRound(on connection: any SQLConnection) throws -> ReminderRound? {
        let today = clock.today
        guard calendar.isWorking(today) else { return nil }
        // A day ahead was written by a wrong clock and says nothing of the days until then.
        let lastRun = try connection.row("SELECT day FROM reminder_run WHERE one = 1 AND day <= ?", today)?.day("day")
        if lastRun == today { return nil }
        let people = try Accounts.all(within: .ofSystem, on: connection).filter { account in
            let viewer = account.viewer(grants)
            return account.state == .active && viewer.may(.handIn) && !viewer.ownUnits.isEmpty
        }
        return ReminderRound(today: today, lastRun: lastRun, people: people.sorted { $0.login < $1.login })
    }

    /// What the round has to say in a person's letter, noted as told: at most one reminder of the same work in five days.
    /// Part of the caller's transaction.
    /// - Returns: nil when there is nothing.
    public func letterPart(
        of round: ReminderRound, for account: Account, on connection: any SQLConnection
    ) throws -> LetterPart? {
        let lines = try reminders(
            for: account.viewer(grants), today: round.today, lastRun: round.lastRun, on: connection)
        guard !lines.isEmpty else { return nil }
        for line in lines {
            try connection.execute(
                "INSERT INTO reminder (account, instance, day, milestone) VALUES (?, ?, ?, ?)", account.id,
                line.item.id, round.today, line.milestone)
        }
        return part(lines, today: round.today)
    }

    /// Notes that everybody of the round was told.
    public func close(_ round: ReminderRound, on connection: any SQLConnection) throws {
        try connection.execute("DELETE FROM reminder_run")
        try connection.execute("INSERT INTO reminder_run (one, day) VALUES (1, ?)", round.today)
    }

    /// The whole of today's round in one transaction, in letters that tell of nothing else; nothing when it was written
    /// already.
    /// - Returns: how many letters were written.
    public func writeReminders() async throws -> Int {
        try await store.write { connection in
            guard let round = try self.dueRound(on: connection) else { return 0 }
            let now = clock.now
            let written = try round.people.filter { account in
                let part = try self.letterPart(of: round, for: account, on: connection)
                return try Outbox.write([part].compactMap(\.self), to: account, at: now, on: connection)
            }
            try self.close(round, on: connection)
            return written.count
        }
    }

    struct ReminderLine: Sendable {
        let item: WorkItem
        let milestone: Int
    }

    /// Marks a reminder that asks the lead to set a day, where the plan leaves it to the lead.
    static let askForDay = 0

    private func reminders(
        for viewer: Viewer, today: Day, lastRun: Day?, on connection: any SQLConnection
    ) throws -> [ReminderLine] {
        let leads = viewer.ownUnits.map(\.text)
        var last: [String: Day] = [:]
        for row in try connection.rows(
            "SELECT instance, MAX(day) AS day FROM reminder WHERE account = ? AND day <= ? GROUP BY instance",
            viewer.account, today)
        {
            last[try row.text("instance")] = try row.day("day")
        }
        let items = try connection.rows(
            """
            SELECT \(WorkItem.columns) FROM task_instance i
            WHERE i.lead IN (\(WorkScope.marks(leads.count))) AND i.withdrawn_at IS NULL AND i.state IN ('none', 'returned')
                AND (i.due IS NULL AND i.opens_on <= ? OR i.due BETWEEN ? AND ?)
                AND \(CountingDay.counts)
            ORDER BY i.due_key, i.task_order, i.lead, i.id
            """,
            leads.map(\.sqlValue) + [
                today.sqlValue, today.adding(days: -400).sqlValue,
                today.adding(days: ReminderRule.farthestAhead).sqlValue,
            ]
        ).map(WorkItem.init)
        return items.compactMap { item in
            guard let due = item.due else {
                // Asked for in January of its year, or when the work first opens; then once a month.
                guard last[item.id].map({ $0.days(to: today) >= 30 }) ?? true else { return nil }
                return ReminderLine(item: item, milestone: Self.askForDay)
            }
            return ReminderRule.milestone(
                due: due, today: today, lastRun: lastRun, lastReminded: last[item.id], calendar: calendar
            )
            .map { ReminderLine(item: item, milestone: $0) }
        }
    }

    private func part(_ lines: [ReminderLine], today: Day) -> LetterPart {
        let late = lines.filter { $0.milestone > 0 }
        let coming = lines.filter { $0.milestone < 0 }
        let undated = lines.filter { $0.milestone == Self.askForDay }
        var parts = ["Việc theo Kế hoạch cần lưu ý ngày \(today.vietnamese):"]
        func section(_ title: String, _ lines: [ReminderLine]) {
            guard !lines.isEmpty else { return }
            parts.append("\(title):")
            parts += lines.map { line in
                let text = plan.task(line.item.task)?.text ?? ""
                let due = line.item.due.map { "hạn \($0.vietnamese)\(dayOff($0))" } ?? "chưa ấn định thời hạn"
                return "- \(line.item.task) (\(line.item.periodTitle), \(due)): \(text)"
            }
        }
        func dayOff(_ due: Day) -> String {
            due < today ? "" : calendar.note(onDue: due).map { ", \($0)" } ?? ""
        }
        section("Đã quá hạn", late)
        section("Sắp đến hạn", coming)
        section("Cần ấn định thời hạn", undated)
        let counts = [(late.count, "quá hạn"), (coming.count, "sắp đến hạn"), (undated.count, "cần ấn định thời hạn")]
            .filter { $0.0 > 0 }.map { "\($0.0) việc \($0.1)" }
        return LetterPart(counts: counts, lines: parts)
    }

}
