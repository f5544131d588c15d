public import Access
import Database
public import Kernel
import Legislation
import Notices

extension RemarkService {
    /// A line without a day is answered within so many working days.
    public static let usualWorkingDays = 5
    /// The farthest day a line may ask for, from today.
    static let farthestDays = 366

    /// The day by which a line is answered whose writer names none.
    public var usualDue: Day { calendar.day(Self.usualWorkingDays, workingDaysFrom: clock.today).day }

    /// Whom a leader may ask about a thing: its own unit first, others who see it, then every agency of the plan.
    public func addressees(of topic: RemarkTopic, for viewer: Viewer) -> [UnitCode] {
        var seen = Set(viewer.ownUnits)
        return (topic.units + names.agencies()).filter { seen.insert($0).inserted }
    }

    /// Asks a unit for something in one line, about a thing. The unit is told, and has it on its list until it has answered.
    /// - Parameters:
    ///   - unit: nil for the thing's own.
    ///   - typedDue: empty for the usual day.
    /// - Returns: its id.
    @discardableResult
    public func instruct(
        _ typed: String, to unit: UnitCode?, due typedDue: String = "", about subject: Subject,
        by submission: Submission
    ) async throws -> RecordID {
        let viewer = submission.viewer
        try viewer.require(.instruct)
        let text = try line(typed, asked: "Hãy ghi bút phê")
        let due = try self.due(typed: typedDue) ?? usualDue
        let id = RecordID(at: clock.now)
        let given = try await store.once(submission, about: Subject(.instruction, id), at: clock.now) {
            connection, now in
            let topic = try self.openTopic(subject, for: viewer, on: connection)
            guard let asked = unit ?? topic.home, self.addressees(of: topic, for: viewer).contains(asked) else {
                throw Refusal(fields: [.init(RemarkField.unit, "Hãy chọn đơn vị thực hiện trong danh sách.")])
            }
            try connection.execute(
                """
                INSERT INTO instruction
                    (id, subject, about, unit, account, author_name, author_unit, at, text, due, state, version)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open', 1)
                """, id, subject.text, topic.title, asked.text, viewer.account, viewer.name, viewer.spokenFor?.text,
                now,
                text, due)
            let instruction = try Self.instruction(id, on: connection)
            try self.note(.given, of: instruction, text, due: due, by: submission, at: now, on: connection)
            try self.tell(.given, of: instruction, text, by: viewer, at: now, on: connection)
        }
        return RecordID(given.key) ?? id
    }

    /// One line of words.
    func line(_ typed: String, asked: String) throws(Refusal) -> String {
        try checked(typed, asked: asked, most: Self.longestLine).replacing("\n", with: " ")
    }

    /// - Returns: nil for an empty text.
    func due(typed: String) throws(Refusal) -> Day? {
        let typed = VietnameseText.tidy(typed)
        guard !typed.isEmpty else { return nil }
        guard let day = Day(typed: typed) else {
            throw Refusal(fields: [
                .init(RemarkField.due, "“\(typed)” không phải ngày có thật, hãy nhập dạng 30/04/2027.")
            ])
        }
        let today = clock.today
        guard day >= today, today.days(to: day) <= Self.farthestDays else {
            throw Refusal(fields: [
                .init(
                    RemarkField.due,
                    "Hạn từ hôm nay (\(today.vietnamese)) đến \(today.adding(days: Self.farthestDays).vietnamese).")
            ])
        }
        return day
    }

    static func instruction(_ id: RecordID, on connection: any SQLConnection) throws -> Instruction {
        guard let row = try connection.row("SELECT * FROM instruction WHERE id = ?", id) else {
            throw unknownInstruction
        }
        return try Instruction(row)
    }

    static let unknownInstruction = Refusal(.notFound, "Không có bút phê này, hoặc bút phê không gửi đơn vị của bạn.")

    /// Writes down what happened, in the history and in the audit trail.
    func note(
        _ kind: InstructionEvent.Kind, of instruction: Instruction, _ text: String, due: Day, by submission: Submission,
        at now: Timestamp, on connection: any SQLConnection
    ) throws {
        try connection.execute(
            """
            INSERT INTO instruction_event (id, instruction, kind, text, due, account, actor_name, at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """, RecordID(at: now), instruction.id, kind.rawValue, text, due, submission.viewer.account,
            submission.viewer.name, now)
        let detail = "\(names.name(of: instruction.unit)), về \(instruction.about)"
        let event =
            switch kind {
            case .given: AuditEvent("instruction.given", subject: Subject(.instruction, instruction.id), detail: detail)
            case .answered:
                AuditEvent("instruction.answered", subject: Subject(.instruction, instruction.id), detail: detail)
            case .returned:
                AuditEvent("instruction.returned", subject: Subject(.instruction, instruction.id), detail: detail)
            case .closed:
                AuditEvent("instruction.closed", subject: Subject(.instruction, instruction.id), detail: detail)
            case .withdrawn:
                AuditEvent("instruction.withdrawn", subject: Subject(.instruction, instruction.id), detail: detail)
            }
        try AuditTrail.append(event, by: submission.actor, at: now, on: connection)
    }
}
