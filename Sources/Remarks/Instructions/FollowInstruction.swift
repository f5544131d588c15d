public import Access
import Database
public import Kernel

extension RemarkService {
    /// The unit says what it did. The leader is told, and closes or sends back.
    public func answer(
        _ id: RecordID, _ typed: String, version: Int? = nil, by submission: Submission
    ) async throws {
        let text = try checked(typed, asked: "Hãy ghi đã làm gì")
        try await follow(id, .answer, .answered, text, version: version, by: submission)
    }

    /// The leader is content, or needs no answer any more.
    /// - Parameter typed: a word to the unit; may be empty.
    public func close(
        _ id: RecordID, _ typed: String = "", version: Int? = nil, by submission: Submission
    ) async throws {
        let text = VietnameseText.tidy(typed).isEmpty ? "" : try line(typed, asked: "Hãy ghi ý kiến")
        try await follow(id, .close, .closed, text, version: version, by: submission)
    }

    /// The answer does not do, or the line was closed too early: the unit goes on.
    /// - Parameter typedDue: empty for the usual day, or the day that held if that is later.
    public func sendBack(
        _ id: RecordID, _ typed: String, due typedDue: String = "", version: Int? = nil, by submission: Submission
    ) async throws {
        let text = try line(typed, asked: "Hãy ghi còn phải làm gì")
        try await follow(
            id, .sendBack, .returned, text, due: try due(typed: typedDue), version: version, by: submission)
    }

    /// The leader takes it back before it is answered.
    public func withdrawInstruction(
        _ id: RecordID, _ typed: String, version: Int? = nil, by submission: Submission
    ) async throws {
        let text = try line(typed, asked: "Hãy ghi vì sao thôi")
        try await follow(id, .withdraw, .withdrawn, text, version: version, by: submission)
    }

    private func follow(
        _ id: RecordID, _ action: InstructionAction, _ kind: InstructionEvent.Kind, _ text: String, due: Day? = nil,
        version: Int?, by submission: Submission
    ) async throws {
        let viewer = submission.viewer
        try viewer.require(action == .answer ? .writeRemarks : .instruct)
        try await store.once(submission, about: Subject(.instruction, id), at: clock.now) { connection, now in
            let instruction = try Self.instruction(id, on: connection)
            guard instruction.isRead(by: viewer) else { throw Self.unknownInstruction }
            try self.check(version, of: instruction.version)
            guard instruction.actions(for: viewer).contains(action) else {
                throw Refusal(.forbidden, Self.closed(action, instruction))
            }
            let state: Instruction.State
            var day = instruction.due
            switch kind {
            case .answered: state = .answered
            case .closed: state = .closed
            case .withdrawn: state = .withdrawn
            case .given, .returned:
                state = .open
                day = due ?? max(self.usualDue, instruction.due)
            }
            // Closed without a word, the last answer stands, with whose it was.
            let (said, saidAt, saidBy) =
                text.isEmpty
                ? (instruction.said, instruction.saidAt, instruction.saidBy) : (text, now, viewer.name)
            try connection.execute(
                """
                UPDATE instruction SET state = ?, due = ?, said = ?, said_at = ?, said_by = ?, version = version + 1
                WHERE id = ?
                """, state.rawValue, day, said, saidAt, saidBy, id)
            try self.note(kind, of: instruction, text, due: day, by: submission, at: now, on: connection)
            try self.tell(
                kind, of: try Self.instruction(id, on: connection), text, by: viewer, at: now, on: connection)
        }
    }

    private static func closed(_ action: InstructionAction, _ instruction: Instruction) -> String {
        switch action {
        case .answer:
            instruction.state == .open
                ? "Chỉ đơn vị được giao trả lời bút phê." : "Bút phê này không còn chờ trả lời."
        case .close, .sendBack, .withdraw:
            "Chỉ lãnh đạo của cơ quan đã ghi bút phê đóng, trả lại hoặc thôi được: đóng, thôi khi chưa đóng; trả lại khi đã có trả lời hoặc đã đóng."
        }
    }
}
