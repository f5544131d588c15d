import Access
import Database
import Kernel
import Notices

extension NoticeKind {
    static let unitMentioned = NoticeKind(
        "remarks.mentioned", "Ý kiến nhắc đến đơn vị", lettersAfter: Remark.correctableSeconds)
    static let remarkAnswered = NoticeKind(
        "remarks.answered", "Ý kiến tiếp theo ở nơi bạn đã góp ý kiến", weight: .light,
        lettersAfter: Remark.correctableSeconds)
}

extension RemarkService {
    /// Tells units that a remark names them.
    func tellMentioned(
        _ units: [UnitCode], in id: RecordID, _ text: String, of topic: RemarkTopic, by viewer: Viewer,
        at now: Timestamp, on connection: any SQLConnection
    ) throws {
        try NoticeBoard.post(
            units.map { unit in
                Notice(
                    .unitMentioned, key: "\(id)/\(unit)", to: [.officers(of: unit, holding: .writeRemarks)],
                    about: topic.subject, "\(viewer.name) có ý kiến gửi đơn vị bạn về \(topic.title)",
                    detail: Self.beginning(of: text),
                    author: viewer.account)
            }, at: now, on: connection)
    }

    /// Tells those who spoke of the thing before, once each; the author and people of units told otherwise need not be.
    func tellThread(
        _ id: RecordID, _ text: String, of topic: RemarkTopic, besides mentioned: [UnitCode], by viewer: Viewer,
        at now: Timestamp, on connection: any SQLConnection
    ) throws {
        let spoke = try connection.rows(
            """
            SELECT DISTINCT account, author_unit FROM remark WHERE subject = ? AND withdrawn_at IS NULL
            UNION SELECT DISTINCT account, author_unit FROM instruction WHERE subject = ? AND state <> 'withdrawn'
            """, topic.subject.text, topic.subject.text)
        let told = Set(mentioned.map(\.text))
        let others = try spoke.filter { row in
            try row.recordID("account") != viewer.account
                && !(try row.optionalText("author_unit").map { told.contains($0) } ?? false)
        }.map { try $0.recordID("account") }
        try NoticeBoard.post(
            Set(others).sorted().map { account in
                Notice(
                    .remarkAnswered, key: "\(id)/\(account)", to: [.account(account)], about: topic.subject,
                    "\(viewer.name) có ý kiến tiếp về \(topic.title)", detail: Self.beginning(of: text),
                    author: viewer.account)
            }, at: now, on: connection)
    }

    /// So much of a text as a letter has room for.
    static func beginning(of text: String) -> String {
        let line = text.replacing("\n", with: " ")
        return line.count > 240 ? "\(line.prefix(240))…" : line
    }

    /// What was taken back is told no more.
    func endNotices(of remark: Remark, at now: Timestamp, on connection: any SQLConnection) throws {
        for kind in [NoticeKind.unitMentioned, .remarkAnswered] {
            let keys = try NoticeBoard.openKeys(of: kind, on: connection).filter { $0.hasPrefix("\(remark.id)/") }
            try NoticeBoard.resolve(kind, keys: keys, at: now, on: connection)
        }
    }
}
