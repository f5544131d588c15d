public import Access
import Database
public import Kernel
import Notices

extension RemarkService {
    /// Says something of a thing. The units mentioned, and everybody who spoke there before, are told.
    /// - Parameter unit: one that is chosen to be told, beside those that the text names.
    /// - Returns: its id.
    @discardableResult
    public func write(
        _ typed: String, to unit: UnitCode? = nil, about subject: Subject, by submission: Submission
    ) async throws -> RecordID {
        let viewer = submission.viewer
        try viewer.require(.writeRemarks)
        let text = try checked(typed, asked: "Hãy ghi ý kiến")
        let id = RecordID(at: clock.now)
        let written = try await store.once(submission, about: Subject(.remark, id), at: clock.now) { connection, now in
            let topic = try self.openTopic(subject, for: viewer, on: connection)
            let mentions = try self.mentions(in: text, chosen: unit, of: topic)
            try connection.execute(
                """
                INSERT INTO remark (id, subject, account, author_name, author_unit, at, version)
                VALUES (?, ?, ?, ?, ?, ?, 1)
                """, id, subject.text, viewer.account, viewer.name, viewer.spokenFor?.text, now)
            try connection.execute(
                "INSERT INTO remark_text (remark, number, text, at) VALUES (?, 1, ?, ?)", id, text, now)
            try Self.note(mentions, in: id, on: connection)
            try AuditTrail.append(
                AuditEvent("remark.written", subject: Subject(.remark, id), detail: topic.title),
                by: submission.actor, at: now, on: connection)
            try self.tellMentioned(mentions, in: id, text, of: topic, by: viewer, at: now, on: connection)
            try self.tellThread(id, text, of: topic, besides: mentions, by: viewer, at: now, on: connection)
        }
        return RecordID(written.key) ?? id
    }

    /// Corrects the wording of one's own remark, soon after it was written; earlier wordings stay stored.
    public func correct(
        _ id: RecordID, _ typed: String, version: Int? = nil, by submission: Submission
    ) async throws {
        let viewer = submission.viewer
        try viewer.require(.writeRemarks)
        let text = try checked(typed, asked: "Hãy ghi ý kiến; muốn bỏ hẳn thì bấm “Rút ý kiến”")
        try await store.once(submission, about: Subject(.remark, id), at: clock.now) { connection, now in
            let remark = try self.remark(id, open: .correct, to: viewer, at: now, on: connection)
            try self.check(version, of: remark.version)
            let topic = try self.openTopic(remark.subject, for: viewer, on: connection)
            let mentions = try self.mentions(in: text, chosen: nil, of: topic).filter { !remark.mentions.contains($0) }
            let wordings =
                try connection.integer("SELECT MAX(number) FROM remark_text WHERE remark = ?", id) ?? 0
            try connection.execute(
                "INSERT INTO remark_text (remark, number, text, at) VALUES (?, ?, ?, ?)", id, wordings + 1, text, now)
            try connection.execute("UPDATE remark SET version = version + 1 WHERE id = ?", id)
            try Self.note(mentions, in: id, on: connection)
            try AuditTrail.append(
                AuditEvent("remark.corrected", subject: Subject(.remark, id), detail: topic.title),
                by: submission.actor, at: now, on: connection)
            try self.tellMentioned(mentions, in: id, text, of: topic, by: viewer, at: now, on: connection)
        }
    }

    /// Takes one's own remark back. That it stood there, whose and when, is still seen; its words are not.
    public func withdraw(_ id: RecordID, version: Int? = nil, by submission: Submission) async throws {
        let viewer = submission.viewer
        try viewer.require(.writeRemarks)
        try await store.once(submission, about: Subject(.remark, id), at: clock.now) { connection, now in
            let remark = try self.remark(id, open: .withdraw, to: viewer, at: now, on: connection)
            try self.check(version, of: remark.version)
            try connection.execute(
                "UPDATE remark SET withdrawn_at = ?, version = version + 1 WHERE id = ?", now, id)
            try AuditTrail.append(
                AuditEvent("remark.withdrawn", subject: Subject(.remark, id)), by: submission.actor, at: now,
                on: connection)
            try self.endNotices(of: remark, at: now, on: connection)
        }
    }

    /// The units that a text names and the one that was chosen: all of them see the thing.
    private func mentions(in text: String, chosen: UnitCode?, of topic: RemarkTopic) throws(Refusal) -> [UnitCode] {
        let found = Mentions(in: text, among: topic.units.map { ($0, names.spellings($0)) })
        if let unknown = found.unknown {
            throw Refusal(fields: [
                .init(
                    RemarkField.text,
                    "Không báo được “@\(unknown)”: đơn vị này không xem được mục này, hoặc ghi khác tên. Báo được: \(topic.units.prefix(8).map(names.name).joined(separator: "; "))."
                )
            ])
        }
        guard let chosen else { return found.units }
        guard topic.units.contains(chosen) else {
            throw Refusal(fields: [.init(RemarkField.unit, "Hãy chọn một đơn vị trong danh sách.")])
        }
        return found.units.contains(chosen) ? found.units : [chosen] + found.units
    }

    private static func note(
        _ mentions: [UnitCode], in id: RecordID, on connection: any SQLConnection
    ) throws {
        for unit in mentions {
            try connection.execute("INSERT INTO remark_mention (remark, unit) VALUES (?, ?)", id, unit.text)
        }
    }

    /// One's own remark, where it is open to a deed.
    private func remark(
        _ id: RecordID, open action: RemarkAction, to viewer: Viewer, at now: Timestamp,
        on connection: any SQLConnection
    ) throws -> Remark {
        guard let found = try Self.remarks(ids: [id], for: viewer, on: connection).first,
            try topic(found.subject, for: viewer, on: connection) != nil
        else { throw Self.unknown }
        guard found.actions(for: viewer, at: now).contains(action) else {
            throw found.account == viewer.account && found.withdrawnAt == nil
                ? Refusal(
                    .stale,
                    "Đã quá \(Remark.correctableSeconds / 60) phút, người khác có thể đã đọc: hãy rút ý kiến hoặc ghi ý kiến mới."
                )
                : Refusal(.forbidden, "Chỉ người viết sửa hoặc rút được ý kiến của mình, khi chưa rút.")
        }
        return found
    }
}
