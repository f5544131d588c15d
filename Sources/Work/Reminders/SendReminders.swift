import PlanText
public import Access
public import Database
public import Kernel
import Legislation

/// One message of the outbox: what a person is told on a day, in one piece.
public struct OutboxMessage: Sendable, Equatable {
    public let id: RecordID
    public let account: RecordID
    public let name: String
    public let day: Day
    public let subject: String
    /// Plain text: goes into an e-mail as it is, and into Zalo by copying.
    public let body: String
    /// E-mail address at the time of writing; nil when the person has none.
    public let recipient: String?
    public let sentAt: Timestamp?
    public let attempts: Int
    public let problem: String?

    init(_ row: SQLRow, _ names: [RecordID: String]) throws {
        id = try row.recordID("id")
        account = try row.recordID("account")
        name = names[account] ?? ""
        day = try row.day("day")
        subject = try row.text("subject")
        body = try row.text("body")
        recipient = try row.optionalText("recipient")
        sentAt = try row.optionalTimestamp("sent_at")
        attempts = try row.integer("attempts")
        problem = try row.optionalText("problem")
    }
}

extension Right {
    public static let viewOutbox = Right("reminders.read-all", "Xem nhắc việc gửi mọi người")
}

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
        let lastRun = try connection.row("SELECT day FROM reminder_run WHERE one = 1")?.day("day")
        if let lastRun, lastRun >= today { return nil }
        let people = try Accounts.all(within: .ofSystem, on: connection).filter { account in
            let viewer = account.viewer(grants)
            return account.state == .active && viewer.may(.handIn) && !viewer.ownUnits.isEmpty
        }
        return ReminderRound(today: today, lastRun: lastRun, people: people.sorted { $0.login < $1.login })
    }

    /// Writes the round's messages for some of its people into the outbox: one a person, at most one reminder of the same
    /// work in five days. Part of the caller's transaction.
    /// - Returns: how many were written.
    public func write(
        _ round: ReminderRound, to people: some Sequence<Account>, on connection: any SQLConnection
    ) throws -> Int {
        let now = clock.now
        var messages = 0
        for account in people {
            let lines = try reminders(
                for: account.viewer(grants), today: round.today, lastRun: round.lastRun, on: connection)
            guard !lines.isEmpty else { continue }
            for line in lines {
                try connection.execute(
                    "INSERT INTO reminder (account, instance, day, milestone) VALUES (?, ?, ?, ?)", account.id,
                    line.item.id, round.today, line.milestone)
            }
            let text = message(to: account.name, lines: lines, today: round.today)
            try connection.execute(
                """
                INSERT INTO outbox_message (id, account, day, subject, body, created_at, recipient, attempts)
                VALUES (?, ?, ?, ?, ?, ?, ?, 0)
                """,
                RecordID(at: now), account.id, round.today, text.subject, text.body, now, account.email)
            messages += 1
        }
        return messages
    }

    /// Notes that everybody of the round was told.
    public func close(_ round: ReminderRound, on connection: any SQLConnection) throws {
        try connection.execute("DELETE FROM reminder_run")
        try connection.execute("INSERT INTO reminder_run (one, day) VALUES (1, ?)", round.today)
    }

    /// The whole of today's round in one transaction; nothing when it was written already.
    /// - Returns: how many messages were written.
    public func writeReminders() async throws -> Int {
        try await store.write { connection in
            guard let round = try self.dueRound(on: connection) else { return 0 }
            let messages = try self.write(round, to: round.people, on: connection)
            try self.close(round, on: connection)
            return messages
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
            "SELECT instance, MAX(day) AS day FROM reminder WHERE account = ? GROUP BY instance", viewer.account)
        {
            last[try row.text("instance")] = try row.day("day")
        }
        let items = try connection.rows(
            """
            SELECT \(WorkItem.columns) FROM task_instance i
            WHERE i.lead IN (\(WorkScope.marks(leads.count))) AND i.withdrawn_at IS NULL AND i.state IN ('none', 'returned')
                AND (i.due IS NULL AND i.opens_on <= ? OR i.due BETWEEN ? AND ?)
            ORDER BY i.due_key, i.task_order
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

    private func message(to name: String, lines: [ReminderLine], today: Day) -> (subject: String, body: String) {
        let late = lines.filter { $0.milestone > 0 }
        let coming = lines.filter { $0.milestone < 0 }
        let undated = lines.filter { $0.milestone == Self.askForDay }
        var parts: [String] = ["Kính gửi \(name),", "Việc theo Kế hoạch cần lưu ý ngày \(today.vietnamese):"]
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
        parts.append("Xem và nộp sản phẩm trong hệ thống Bao Phủ, mục “Việc của tôi”.")
        let counts = [(late.count, "quá hạn"), (coming.count, "sắp đến hạn"), (undated.count, "cần ấn định thời hạn")]
            .filter { $0.0 > 0 }.map { "\($0.0) việc \($0.1)" }
        return ("Bao Phủ: " + counts.joined(separator: ", "), parts.joined(separator: "\n"))
    }

    // MARK: The outbox

    private static let outbox = """
        SELECT m.id, m.account, m.day, m.subject, m.body, m.recipient, m.sent_at, m.attempts, m.problem
        FROM outbox_message m
        """

    /// One's own messages, or everybody's for those who may see the outbox; the latest first.
    public func outbox(for viewer: Viewer, limit: Int = 30) async throws -> [OutboxMessage] {
        let all = viewer.may(.viewOutbox)
        return try await store.read { connection in
            let order = "ORDER BY m.day DESC, m.id LIMIT ?"
            let rows =
                all
                ? try connection.rows("\(Self.outbox) \(order)", limit)
                : try connection.rows("\(Self.outbox) WHERE m.account = ? \(order)", viewer.account, limit)
            let names = try Accounts.names(on: connection)
            return try rows.map { try OutboxMessage($0, names) }
                .sorted { ($1.day, $0.name) < ($0.day, $1.name) }
        }
    }

    /// Messages with an address that have not gone out, oldest first; given up after five tries.
    /// - Parameters:
    ///   - last: only those after it.
    ///   - limit: at most so many.
    public func messagesToSend(after last: RecordID? = nil, limit: Int) async throws -> [OutboxMessage] {
        try await store.read { connection in
            let names = try Accounts.names(on: connection)
            return try connection.rows(
                """
                \(Self.outbox) WHERE m.sent_at IS NULL AND m.recipient IS NOT NULL AND m.attempts < 5 AND m.id > ?
                ORDER BY m.id LIMIT ?
                """, last?.text ?? "", limit
            ).map { try OutboxMessage($0, names) }
        }
    }

    /// Notes the outcome of one try.
    public func noteSending(of message: RecordID, problem: String?) async throws {
        let now = clock.now
        try await store.write { connection in
            _ = try connection.execute(
                "UPDATE outbox_message SET attempts = attempts + 1, sent_at = ?, problem = ? WHERE id = ?",
                problem == nil ? now : nil, problem, message)
        }
    }
}
