public import Access
import Database
public import Kernel
import PlanText

extension BoardService {
    /// The reports of a kind that no board is open for.
    public func openable(_ kind: BoardKind, for viewer: Viewer) async throws -> [BoardSpan] {
        try requireAssembler(viewer)
        let open = try await store.read { connection in
            Set(
                try connection.rows("SELECT period FROM report_board WHERE kind = ?", kind.rawValue).map {
                    try $0.text("period")
                })
        }
        return kind.periods(in: plan).compactMap { BoardSpan(kind, $0) }.filter { !open.contains($0.period.text) }
    }

    /// Opens the board of a report with its sections, and asks those who lead for their texts.
    /// - Parameter cutoff: nil for the usual day (``BoardSpan/usualDays(in:)``).
    /// - Returns: its id.
    public func openBoard(
        _ span: BoardSpan, cutoff: Day? = nil, due: Day? = nil, textDue: Day? = nil, by submission: Submission
    ) async throws -> RecordID {
        try requireAssembler(submission.viewer)
        guard span.kind.periods(in: plan).contains(span.period) else {
            throw Refusal(fields: [.init(BoardField.kind, "Kế hoạch không có kỳ báo cáo này.")])
        }
        var days = span.usualDays(in: plan)
        days.cutoff = cutoff ?? days.cutoff
        days.due = due ?? days.due
        days.textDue = textDue ?? min(days.textDue, days.due)
        try Self.check(days, of: span)
        let settled = days
        let id = RecordID(at: clock.now)
        let subject = try await store.once(submission, about: Subject(.reportBoard, id), at: clock.now) {
            connection, now in
            guard
                try connection.row(
                    "SELECT id FROM report_board WHERE kind = ? AND period = ?", span.kind.rawValue, span.period.text)
                    == nil
            else {
                throw Refusal(fields: [.init(BoardField.kind, "Kỳ báo cáo này đã có bảng tổng hợp; hãy mở bảng đó.")])
            }
            try connection.execute(
                """
                INSERT INTO report_board (id, kind, period, cutoff, due, opened_at, opened_by_name, version)
                VALUES (?, ?, ?, ?, ?, ?, ?, 1)
                """, id, span.kind.rawValue, span.period.text, settled.cutoff, settled.due, now,
                submission.viewer.name)
            let outline = BoardSection.outline(span.kind, in: self.plan)
            for (position, section) in outline.enumerated() {
                try connection.execute(
                    "INSERT INTO board_section (board, code, position, title) VALUES (?, ?, ?, ?)", id, section.code,
                    position, section.title)
                for unit in section.units {
                    try Self.addPart(of: unit, to: section.code, of: id, due: settled.textDue, at: now, on: connection)
                }
            }
            try AuditTrail.append(
                AuditEvent(
                    "board.opened", subject: Subject(.reportBoard, id),
                    detail:
                        "\(span.title); chốt số liệu \(settled.cutoff.vietnamese), các cơ quan gửi trước hết \(settled.textDue.vietnamese)"
                ), by: submission.actor, at: now, on: connection)
            try self.tellAsked(
                outline.reduce(into: [:]) { asked, section in
                    for unit in section.units { asked[unit, default: []].append(section.title) }
                }, in: span, id, until: settled.textDue, by: submission, at: now, on: connection)
        }
        return RecordID(subject.key) ?? id
    }

    /// Settles anew to which day figures count and when the report is due.
    public func setDays(
        of id: RecordID, cutoff: Day, due: Day, version: Int? = nil, by submission: Submission
    ) async throws {
        try requireAssembler(submission.viewer)
        try await store.once(submission, about: Subject(.reportBoard, id), at: clock.now) { connection, now in
            let board = try self.board(id, for: submission.viewer, on: connection).head
            try Self.check(version, of: board)
            try Self.check(.init(due: due, cutoff: cutoff, textDue: due), of: board.span)
            guard board.lock == nil || cutoff == board.cutoff else {
                throw Refusal(fields: [
                    .init(BoardField.cutoff, "Số liệu đang khóa; hãy mở khóa (kèm lý do) trước khi đổi ngày chốt.")
                ])
            }
            try connection.execute(
                "UPDATE report_board SET cutoff = ?, due = ?, version = version + 1 WHERE id = ?", cutoff, due, id)
            try AuditTrail.append(
                AuditEvent(
                    "board.dated", subject: Subject(.reportBoard, id),
                    detail: "chốt số liệu \(cutoff.vietnamese), hạn báo cáo \(due.vietnamese)"),
                by: submission.actor, at: now, on: connection)
        }
    }

    private static func check(_ days: BoardSpan.Days, of span: BoardSpan) throws(Refusal) {
        var problems: [Refusal.FieldProblem] = []
        if days.cutoff < span.first || days.cutoff > days.due {
            problems.append(
                .init(
                    BoardField.cutoff,
                    "Ngày chốt số liệu từ \(span.first.vietnamese) đến hạn báo cáo (\(days.due.vietnamese))."))
        }
        if days.due < span.first {
            problems.append(.init(BoardField.due, "Hạn báo cáo không trước kỳ báo cáo (\(span.first.vietnamese))."))
        }
        guard problems.isEmpty else { throw Refusal(fields: problems) }
    }
}
