public import Access
public import Database
public import Files
public import Kernel
import Tabular

extension FigureService {
    /// Contests a figure of the viewer's own commune.
    public func contest(_ draft: ContestDraft, by submission: Submission) async throws {
        let viewer = submission.viewer
        guard viewer.contestsFigures(of: draft.commune) else {
            throw Refusal(.forbidden, "Chỉ xã, phường, đặc khu có số liệu mới được đề nghị sửa số liệu của mình.")
        }
        var problems: [Refusal.FieldProblem] = []
        let proposed: Int
        switch PeopleCell(.text(draft.proposed)) {
        case .people(let people), .repaired(let people, _): proposed = people
        case .missing:
            proposed = 0
            problems.append(.init(FigureField.proposed, "Hãy nhập số người mà đơn vị cho là đúng."))
        case .wrong(let message):
            proposed = 0
            problems.append(.init(FigureField.proposed, "“\(draft.proposed)” \(message)."))
        }
        let reason = VietnameseText.tidy(draft.reason)
        let document = VietnameseText.tidy(draft.document)
        if reason.isEmpty { problems.append(.init(FigureField.reason, "Hãy ghi lý do: vì sao số liệu chưa đúng.")) }
        if document.isEmpty, draft.file == nil {
            problems.append(.init(FigureField.document, "Hãy ghi số văn bản hoặc đính kèm tài liệu chứng minh."))
        }
        guard problems.isEmpty else { throw Refusal(fields: problems) }
        let subject = Subject(.figure, "\(draft.commune)/\(draft.month)/\(draft.scheme.rawValue)")
        try await store.once(submission, about: subject, with: draft.file, at: clock.now) { connection, now, sent in
            let stated = try connection.integer(
                "SELECT people FROM participant_figure WHERE commune = ? AND month = ? AND scheme = ?", draft.commune,
                draft.month, draft.scheme.rawValue)
            let open = try connection.integer(
                "SELECT COUNT(*) FROM figure_contest WHERE commune = ? AND month = ? AND scheme = ? AND decided_at IS NULL",
                draft.commune, draft.month, draft.scheme.rawValue)
            if let obstruction = FigureContest.obstruction(stated: stated, isContested: open != 0) { throw obstruction }
            guard let stated, stated != proposed else {
                throw Refusal(fields: [
                    .init(
                        FigureField.proposed, "Số đề nghị trùng với số đang dùng (\(VietnameseText.grouped(proposed)))."
                    )
                ])
            }
            let file = try sent?.keep(at: now, on: connection)
            let id = RecordID(at: now)
            try connection.execute(
                """
                INSERT INTO figure_contest (id, commune, month, scheme, stated, proposed, reason, document, file, at, account, actor_name)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                id, draft.commune, draft.month, draft.scheme.rawValue, stated, proposed, reason, document, file?.id,
                now, viewer.account,
                viewer.name)
            try AuditTrail.append(
                AuditEvent(
                    "figures.contested", subject: subject,
                    detail: "\(stated) → \(proposed)"),
                by: submission.actor, at: now, on: connection)
            try self.tellContested(
                id, draft, stated: stated, proposed: proposed, by: submission, at: now, on: connection)
        }
    }

    /// Decides on an objection. Granted, the proposed value becomes the figure, as a batch of its own that can be undone.
    public func decide(_ id: RecordID, granted: Bool, note: String, by submission: Submission) async throws {
        try submission.viewer.require(.decideContests)
        let note = VietnameseText.tidy(note)
        guard !note.isEmpty else { throw Refusal(fields: [.init(FigureField.note, "Hãy ghi căn cứ của quyết định.")]) }
        try await store.once(submission, about: Subject(.figureContest, id), at: clock.now) { connection, now in
            guard let contest = try Self.contests("c.id = ?", [id.sqlValue], on: connection).first else {
                throw Refusal(.notFound, "Không có đề nghị này.")
            }
            guard contest.isOpen else {
                throw Refusal(.stale, "Đề nghị này đã có quyết định. Hãy mở lại trang để xem quyết định đó.")
            }
            var batch: Int?
            var sealed = ""
            if granted {
                // What was contested may have been replaced or undone since: then there is nothing left to grant.
                let present = try connection.integer(
                    "SELECT people FROM participant_figure WHERE commune = ? AND month = ? AND scheme = ?",
                    contest.commune,
                    contest.month, contest.scheme.rawValue)
                guard present == contest.stated else {
                    let shown = present.map { VietnameseText.grouped($0) } ?? "chưa có số liệu"
                    throw Refusal(
                        .stale,
                        "Số đang dùng đã đổi sau khi có đề nghị (\(VietnameseText.grouped(contest.stated)) thành \(shown)). Hãy không chấp nhận đề nghị này; đơn vị gửi đề nghị mới nếu số mới vẫn chưa đúng."
                    )
                }
                let document = contest.document.isEmpty ? "" : " (\(contest.document))"
                let figure = ReadFigure(
                    commune: contest.commune, month: contest.month, scheme: contest.scheme, people: contest.proposed,
                    blocks: [:])
                sealed = "; \(Self.seal(of: [figure]).words)"
                batch = try Self.store(
                    [figure],
                    BatchHead(
                        kind: .contest, file: nil, fileName: contest.fileName ?? "",
                        source: "Đề nghị của đơn vị được chấp nhận\(document)", cutoff: nil, acceptedRows: 1,
                        rejectedRows: 0, changed: 1, months: contest.month...contest.month),
                    by: submission.actor, at: now, on: connection)
            }
            try connection.execute(
                "UPDATE figure_contest SET decided_at = ?, decided_by_name = ?, granted = ?, note = ?, batch = ? WHERE id = ?",
                now,
                submission.viewer.name, granted, note, batch, id)
            try AuditTrail.append(
                AuditEvent(
                    granted ? "figures.contest-granted" : "figures.contest-refused",
                    subject: Subject(.figureContest, id),
                    detail: note + sealed),
                by: submission.actor, at: now, on: connection)
            try self.tellDecided(contest, granted: granted, note: note, by: submission, at: now, on: connection)
        }
    }

    /// Objections, open ones first, then the latest; those of the viewer's own communes unless the viewer decides on them
    /// or sees the whole plan.
    public func contests(openOnly: Bool = false, limit: Int = 200, for viewer: Viewer) async throws -> [FigureContest] {
        try viewer.require(.viewFigures)
        let scope = viewer.contestScope
        return try await store.read { connection in
            try Array(Self.contests(within: scope, openOnly: openOnly, on: connection).prefix(limit))
        }
    }

    static func contests(
        within scope: Scope, openOnly: Bool, on connection: any SQLConnection
    ) throws -> [FigureContest] {
        let condition = openOnly ? "c.decided_at IS NULL" : "1 = 1"
        guard let communes = scope.communes else { return try contests(condition, [], on: connection) }
        guard !communes.isEmpty else { return [] }
        let marks = communes.map { _ in "?" }.joined(separator: ", ")
        return try contests("\(condition) AND c.commune IN (\(marks))", communes.map(\.sqlValue), on: connection)
    }

    /// Objections to the figures of one commune, which its page shows beside them to whoever sees the figures.
    public func contests(of commune: CommuneCode, for viewer: Viewer) async throws -> [FigureContest] {
        try viewer.require(.viewFigures)
        return try await store.read { try Self.contests("c.commune = ?", [commune.sqlValue], on: $0) }
    }

    /// The objections of a commune, open ones first, the latest twenty.
    public static func openAndRecentContests(of commune: CommuneCode, on connection: any SQLConnection) throws
        -> [FigureContest]
    {
        try Array(contests("c.commune = ?", [commune.sqlValue], on: connection).prefix(20))
    }

    private static func contests(_ condition: String, _ values: [SQLValue], on connection: any SQLConnection) throws
        -> [FigureContest]
    {
        let rows = try connection.rows(
            """
            SELECT * FROM figure_contest c
            WHERE \(condition) ORDER BY CASE WHEN c.decided_at IS NULL THEN 0 ELSE 1 END, c.id DESC
            """, values)
        let files = try StoredFiles.find(rows.compactMap { try $0.optionalRecordID("file") }, on: connection)
        return try rows.map { try FigureContest($0, files) }
    }

    /// Hands out a file of figures or of an objection; who opens it is recorded. Such files list no persons.
    public func openFile(_ id: RecordID, by submission: Submission) async throws -> StoredFile {
        let viewer = submission.viewer
        try viewer.require(.viewFigures)
        let now = clock.now
        return try await store.write { connection -> Result<StoredFile, Refusal> in
            let unknown = Refusal(.notFound, "Không có tệp này, hoặc tệp không thuộc phạm vi của bạn.")
            guard let file = try StoredFiles.find(id, on: connection), !file.isErased else { return .failure(unknown) }
            let ofFigures =
                try connection.integer(
                    "SELECT (SELECT COUNT(*) FROM figure_upload WHERE file = ?) + (SELECT COUNT(*) FROM figure_batch WHERE file = ?)",
                    id, id) ?? 0
            let contest = try connection.row("SELECT commune FROM figure_contest WHERE file = ?", id).map {
                try $0.communeCode("commune")
            }
            let scope = viewer.contestScope
            guard ofFigures > 0 ? scope.reach == .everything : contest.map({ scope.covers($0) }) ?? false else {
                try AuditTrail.append(
                    AuditEvent("figures.file-refused", subject: Subject(.file, id)), by: submission.actor, at: now,
                    on: connection)
                return .failure(unknown)
            }
            try AuditTrail.append(
                AuditEvent("figures.file-opened", subject: Subject(.file, id), detail: FileMention.words(file)),
                by: submission.actor, at: now, on: connection)
            return .success(file)
        }.get()
    }
}
