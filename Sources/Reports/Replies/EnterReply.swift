public import Access
import Database
import Documents
public import Kernel
import PlanText
import Work

/// What somebody typed of an answer that came.
public struct ReplyDraft: Sendable {
    public var position: String
    /// Empty: none has come, what was entered before was wrong.
    public var day: String
    public var number: String
    public var workers: String
    public var insured: String
    public var note: String

    public init(
        position: String, day: String, number: String = "", workers: String = "", insured: String = "",
        note: String = ""
    ) {
        self.position = position
        self.day = day
        self.number = number
        self.workers = workers
        self.insured = insured
        self.note = note
    }
}

extension DocumentService {
    /// Whom a paper asks and who has answered.
    /// - Returns: nil for a paper that asks nobody; for one of those asked, what concerns it alone.
    public func replies(to id: RecordID, for viewer: Viewer) async throws -> AskedReplies? {
        let found = try await document(id, for: viewer)
        let all = try await store.read { try self.replies(to: found, on: $0) }
        return mayRead(found, viewer) ? all : all?.only(ownNames(of: viewer))
    }

    /// Enters an answer, or another in its place.
    public func enterReply(_ typed: ReplyDraft, to id: RecordID, by submission: Submission) async throws {
        try await store.once(submission, about: Subject(.document, id), at: clock.now) { connection, now in
            let found = try self.find(id, for: submission.viewer, on: connection)
            guard self.mayOpen(found, submission.viewer) else { throw Self.unknown }
            try self.requireWriter(submission.viewer, of: found.unit)
            guard let asked = try self.replies(to: found, on: connection) else {
                throw Refusal(.invalid, "Văn bản này không yêu cầu trả lời.")
            }
            guard let signing = found.signing else {
                throw Refusal(.stale, "Hãy ghi số, ngày ban hành của văn bản trước khi ghi trả lời.")
            }
            let (reply, addressee) = try Self.checked(typed, asked, from: signing.day, today: now.day)
            try connection.execute(
                """
                INSERT INTO paper_reply (id, document, position, answered_on, number, workers, insured, note, at,
                    account, actor_name)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, RecordID(at: now), id, addressee.position, reply.day, reply.number, reply.workers, reply.insured,
                reply.note, now, submission.viewer.account, submission.viewer.name)
            if reply.day == nil {
                try self.tellAsked(by: id, for: submission.viewer, at: now, on: connection)
            } else {
                let others = asked.addressees.filter { $0.position != addressee.position }
                try self.endAsked(
                    addressee.position, of: id, allAnswered: others.allSatisfy { $0.reply != nil }, at: now,
                    on: connection)
            }
            let words = reply.day.map { "trả lời ngày \($0.vietnamese)" } ?? "bỏ trả lời đã ghi"
            try AuditTrail.append(
                AuditEvent("document.answered", subject: Subject(.document, id), detail: "\(addressee.name): \(words)"),
                by: submission.actor, at: now, on: connection)
        }
    }

    private struct Checked {
        var day: Day?
        var number = ""
        var workers: Int?
        var insured: Int?
        var note = ""
    }

    private static func checked(
        _ typed: ReplyDraft, _ asked: AskedReplies, from first: Day, today: Day
    ) throws(Refusal) -> (Checked, AskedReplies.Addressee) {
        var problems: [Refusal.FieldProblem] = []
        let position = Int(typed.position)
        let addressee = asked.addressees.first { $0.position == position }
        if addressee == nil { problems.append(.init(DocumentField.addressee, "Hãy chọn đơn vị trả lời.")) }
        var checked = Checked()
        checked.number = VietnameseText.tidy(typed.number)
        checked.note = VietnameseText.tidy(typed.note)
        let day = VietnameseText.tidy(typed.day)
        if day.isEmpty {
            if addressee?.reply == nil || checked.note.isEmpty {
                problems.append(
                    .init(
                        DocumentField.day,
                        "Hãy ghi ngày trả lời; muốn bỏ trả lời đã ghi nhầm thì để trống và nêu lý do ở ghi chú."))
            }
        } else {
            checked.day = Day(typed: day).flatMap { first <= $0 && $0 <= today ? $0 : nil }
            if checked.day == nil {
                problems.append(
                    .init(
                        DocumentField.day,
                        "Hãy ghi ngày/tháng/năm, từ ngày ban hành \(first.vietnamese) đến hôm nay."))
            }
        }
        func count(_ text: String, _ field: DocumentField) -> Int? {
            let digits = VietnameseText.tidy(text).replacing(".", with: "")
            guard !digits.isEmpty else { return nil }
            guard digits.utf8.count <= 7, let number = Int(digits), number >= 0 else {
                problems.append(.init(field, "Hãy ghi số người, ví dụ 1.234; không có thì để trống."))
                return nil
            }
            return number
        }
        checked.workers = count(typed.workers, .workers)
        checked.insured = count(typed.insured, .insured)
        if let workers = checked.workers, let insured = checked.insured, insured > workers {
            problems.append(.init(DocumentField.insured, "Số đã tham gia không thể lớn hơn tổng số lao động."))
        }
        for (field, text, most) in [
            (DocumentField.number, checked.number, 60), (.note, checked.note, 1_000),
        ] where text.count > most {
            problems.append(.init(field, "Không quá \(most) chữ."))
        }
        guard problems.isEmpty, let addressee else { throw Refusal(fields: problems) }
        return (checked, addressee)
    }

    // MARK: Reading

    func replies(to found: StoredDocument, on connection: any SQLConnection) throws -> AskedReplies? {
        AskedReplies(found.data, replies: try latestReplies(to: found.id, on: connection))
    }

    /// What holds for each position of a paper's list.
    func latestReplies(to id: RecordID, on connection: any SQLConnection) throws -> [Int: Reply] {
        var latest: [Int: Reply] = [:]
        for row in try connection.rows("SELECT * FROM paper_reply WHERE document = ? ORDER BY id", id) {
            let position = try row.integer("position")
            guard let day = try row.optionalDay("answered_on") else {
                latest[position] = nil
                continue
            }
            latest[position] = Reply(
                day: day, number: try row.text("number"), workers: try row.optionalInteger("workers"),
                insured: try row.optionalInteger("insured"), note: try row.text("note"),
                enteredBy: try row.text("actor_name"), enteredAt: try row.timestamp("at"))
        }
        return latest
    }

    /// Papers of a unit that ask for answers, issued within a span and still holding, with what came.
    func asking(
        of unit: UnitCode, from first: Day, until last: Day, for viewer: Viewer
    ) async throws -> [(paper: StoredDocument, replies: AskedReplies)] {
        try await store.read { connection in
            try connection.rows(
                """
                SELECT * FROM official_document WHERE unit = ? AND template IN (\(Self.askingMarks)) AND signed_on >= ?
                    AND signed_on <= ? AND NOT EXISTS (SELECT 1 FROM paper_end e WHERE e.document = official_document.id)
                ORDER BY signed_on, id
                """, [unit.text.sqlValue] + Self.askingKinds.map(\.sqlValue) + [first.sqlValue, last.sqlValue]
            ).compactMap { row in
                let paper = try StoredDocument(row, for: viewer, guards: self.kinds)
                return try self.replies(to: paper, on: connection).map { (paper, $0) }
            }
        }
    }
}
