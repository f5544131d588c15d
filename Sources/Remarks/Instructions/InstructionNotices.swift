import Access
import Database
import Kernel
import Notices

extension NoticeKind {
    static let instructionGiven = NoticeKind("instructions.given", "Bút phê giao đơn vị", weight: .urgent)
    static let instructionReturned = NoticeKind(
        "instructions.returned", "Bút phê trả lại, phải làm tiếp", weight: .urgent)
    static let instructionAnswered = NoticeKind("instructions.answered", "Đơn vị đã trả lời bút phê của bạn")
    static let instructionEnded = NoticeKind(
        "instructions.ended", "Bút phê đã xong hoặc không cần làm nữa", weight: .light)
}

extension RemarkService {
    /// Tells the unit what is asked of it, or the leader what was answered; what no longer waits is told no more.
    func tell(
        _ kind: InstructionEvent.Kind, of instruction: Instruction, _ text: String, by viewer: Viewer,
        at now: Timestamp, on connection: any SQLConnection
    ) throws {
        let subject = Subject(.instruction, instruction.id)
        try NoticeBoard.resolve(
            [.instructionGiven, .instructionReturned, .instructionAnswered, .instructionEnded], about: [subject],
            at: now,
            on: connection)
        let unit = [Addressee.officers(of: instruction.unit, holding: .writeRemarks)]
        let name = names.name(of: instruction.unit)
        let key = "\(instruction.id)/\(instruction.version)"
        let notice: Notice =
            switch kind {
            case .given:
                Notice(
                    .instructionGiven, key: key, to: unit, about: subject,
                    "\(instruction.author) có bút phê giao đơn vị bạn: \(instruction.text)",
                    detail: "Về \(instruction.about). Trả lời trước hết \(instruction.due.vietnamese).",
                    author: viewer.account)
            case .returned:
                Notice(
                    .instructionReturned, key: key, to: unit, about: subject,
                    "\(viewer.name) trả lại bút phê “\(instruction.text)”: \(text)",
                    detail: "Về \(instruction.about). Trả lời trước hết \(instruction.due.vietnamese).",
                    author: viewer.account)
            case .answered:
                Notice(
                    .instructionAnswered, key: key, to: [.account(instruction.account)], about: subject,
                    "\(VietnameseText.sentence(name)) đã trả lời bút phê “\(instruction.text)”",
                    detail: Self.beginning(of: text), author: viewer.account)
            case .closed:
                Notice(
                    .instructionEnded, key: key, to: unit, about: subject,
                    "\(viewer.name) đã đóng bút phê “\(instruction.text)”", detail: text, author: viewer.account)
            case .withdrawn:
                Notice(
                    .instructionEnded, key: key, to: unit, about: subject,
                    "\(viewer.name) thôi bút phê “\(instruction.text)”, không cần làm nữa", detail: text,
                    author: viewer.account)
            }
        try NoticeBoard.post([notice], at: now, on: connection)
    }
}
