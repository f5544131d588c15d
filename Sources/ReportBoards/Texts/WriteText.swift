public import Access
import Database
public import Kernel
import Notices
import PlanText

/// What somebody may do with a part: use cases check it, pages draw it.
public enum BoardPartAction: Sendable, CaseIterable {
    case write, giveBack, release
}

extension BoardPart {
    public func actions(for viewer: Viewer, in board: BoardService) -> Set<BoardPartAction> {
        var actions: Set<BoardPartAction> = []
        if viewer.writesParts(of: unit) { actions.insert(.write) }
        if viewer.assembles(in: board.plan) {
            actions.insert(.release)
            if state == .handedIn { actions.insert(.giveBack) }
        }
        return actions
    }
}

extension BoardService {
    /// Characters of one unit's text.
    public static let longestText = 20_000

    /// Keeps a unit's text as its next version; with `handsIn`, for the report.
    public func write(
        _ part: RecordID, _ text: String, handsIn: Bool, version: Int? = nil, by submission: Submission
    ) async throws {
        let text = Self.paragraphs(of: text)
        if text.isEmpty || text.count > Self.longestText {
            throw Refusal(fields: [
                .init(
                    BoardField.text,
                    "Hãy viết nội dung (không quá \(VietnameseText.grouped(Self.longestText)) ký tự).")
            ])
        }
        try await store.once(submission, about: Subject(.reportBoard, part), at: clock.now) { connection, now in
            let (part, board) = try self.part(part, for: submission.viewer, on: connection)
            guard part.actions(for: submission.viewer, in: self).contains(.write) else {
                throw Refusal(.forbidden, "Chỉ cán bộ của \(self.plan.name(of: part.unit)) viết phần này.")
            }
            try Self.check(version, of: part)
            let title = Self.title(of: part, in: board)
            if part.text?.text != text {
                try connection.execute(
                    "INSERT INTO board_text (part, number, text, at, actor_name) VALUES (?, ?, ?, ?, ?)", part.id,
                    (part.text?.number ?? 0) + 1, text, now, submission.viewer.name)
            }
            // What was handed in once and is only corrected stays handed in when it is handed in again; kept alone, it is back
            // with its unit.
            let state: BoardPart.State = handsIn ? .handedIn : .written
            try connection.execute(
                "UPDATE board_part SET state = ?, version = version + 1 WHERE id = ?", state.rawValue, part.id)
            try AuditTrail.append(
                AuditEvent(
                    "board.written", subject: Subject(.reportBoard, part.board),
                    detail: "\(self.plan.name(of: part.unit)), “\(title)”\(handsIn ? ", gửi tổng hợp" : "")"),
                by: submission.actor, at: now, on: connection)
            guard handsIn else { return }
            try Self.remark(.handedIn, "", on: part.id, by: submission, at: now, on: connection)
            try self.tellHandedIn(part, title, in: board, by: submission, at: now, on: connection)
        }
    }

    /// Returns a text with what is wrong with it.
    public func giveBack(
        _ part: RecordID, reason: String, version: Int? = nil, by submission: Submission
    ) async throws {
        try requireAssembler(submission.viewer)
        let reason = try Self.remarkText(reason, at: .reason, "Hãy ghi cần sửa gì")
        try await store.once(submission, about: Subject(.reportBoard, part), at: clock.now) { connection, now in
            let (part, board) = try self.part(part, for: submission.viewer, on: connection)
            try Self.check(version, of: part)
            guard part.actions(for: submission.viewer, in: self).contains(.giveBack) else {
                throw Refusal(.stale, "Phần này chưa được gửi, hoặc vừa được trả lại. Hãy tải lại trang.")
            }
            let title = Self.title(of: part, in: board)
            try connection.execute(
                "UPDATE board_part SET state = 'returned', version = version + 1 WHERE id = ?", part.id)
            try Self.remark(.returned, reason, on: part.id, by: submission, at: now, on: connection)
            try AuditTrail.append(
                AuditEvent(
                    "board.returned", subject: Subject(.reportBoard, part.board),
                    detail: "\(self.plan.name(of: part.unit)), “\(title)”: \(reason)"),
                by: submission.actor, at: now, on: connection)
            try self.tellReturned(part, title, reason, in: board, by: submission, at: now, on: connection)
        }
    }

    /// Says something about a part, without changing it.
    public func comment(_ part: RecordID, _ text: String, by submission: Submission) async throws {
        let text = try Self.remarkText(text, at: .text, "Hãy ghi ý kiến")
        try await store.once(submission, about: Subject(.reportBoard, part), at: clock.now) { connection, now in
            let (part, board) = try self.part(part, for: submission.viewer, on: connection)
            let title = Self.title(of: part, in: board)
            try Self.remark(.comment, text, on: part.id, by: submission, at: now, on: connection)
            try AuditTrail.append(
                AuditEvent(
                    "board.commented", subject: Subject(.reportBoard, part.board),
                    detail: "\(self.plan.name(of: part.unit)), “\(title)”"),
                by: submission.actor, at: now, on: connection)
            try self.tellComment(part, title, text, in: board, by: submission, at: now, on: connection)
        }
    }

    private static func remark(
        _ kind: BoardRemark.Kind, _ text: String, on part: RecordID, by submission: Submission, at now: Timestamp,
        on connection: any SQLConnection
    ) throws {
        try connection.execute(
            "INSERT INTO board_remark (id, part, kind, text, at, actor_name) VALUES (?, ?, ?, ?, ?, ?)",
            RecordID(at: now), part, kind.rawValue, text, now, submission.viewer.name)
    }

    private static func remarkText(_ text: String, at field: BoardField, _ asked: String) throws(Refusal) -> String {
        let text = paragraphs(of: text)
        guard !text.isEmpty, text.count <= 2_000 else {
            throw Refusal(fields: [.init(field, "\(asked) (không quá 2.000 ký tự).")])
        }
        return text
    }

    /// Lines tidied, empty ones left out: each is a paragraph of the report.
    static func paragraphs(of text: String) -> String {
        // Marks are the draft's own.
        text.replacing("⟦", with: "[").replacing("⟧", with: "]").split(whereSeparator: \.isNewline).map {
            VietnameseText.tidy($0)
        }.filter { !$0.isEmpty }
            .joined(separator: "\n")
    }
}
