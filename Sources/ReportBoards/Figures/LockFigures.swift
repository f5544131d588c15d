public import Access
import Database
public import Kernel
import PlanText

extension BoardService {
    /// Locks the figures of a report: they are counted to its cut-off day, stored with day and source, and stay what they are
    /// whatever is corrected later (``FigureDifference``).
    public func lock(_ id: RecordID, version: Int? = nil, by submission: Submission) async throws {
        try requireAssembler(submission.viewer)
        let head = try await board(id, for: submission.viewer).head
        try Self.check(version, of: head)
        guard head.cutoff <= clock.today else {
            throw Refusal(
                .invalid,
                "Chưa đến ngày chốt số liệu (\(head.cutoff.vietnamese)); đến ngày đó mới khóa được, hoặc đổi ngày chốt."
            )
        }
        let figures = try await count(head.span, to: head.cutoff, for: submission.viewer)
        guard figures.all.contains(where: { $0.facts == .targets && $0.name.hasSuffix(".now") }) else {
            throw Refusal(
                .invalid,
                "Chưa có số liệu người tham gia của kỳ này đến \(head.cutoff.vietnamese) nên chưa có gì để khóa.")
        }
        try await store.once(submission, about: Subject(.reportBoard, id), at: clock.now) { connection, now in
            let head = try self.board(id, for: submission.viewer, on: connection).head
            try Self.check(version, of: head)
            guard head.lock == nil else {
                throw Refusal(.stale, "Số liệu vừa được người khác khóa. Hãy tải lại trang.")
            }
            let lock = RecordID(at: now)
            try connection.execute(
                "INSERT INTO board_lock (id, board, cutoff, at, actor_name) VALUES (?, ?, ?, ?, ?)", lock, id,
                head.cutoff, now, submission.viewer.name)
            _ = try connection.load(
                "board_figure",
                columns: [
                    "board_lock", "name", "number", "facts", "label", "value", "unit", "day", "source", "origin",
                ],
                rows: figures.all.map { figure in
                    [
                        lock.sqlValue, figure.name.sqlValue, figure.number.sqlValue, figure.facts.text.sqlValue,
                        figure.label.sqlValue, figure.value.sqlValue, figure.unit.rawValue.sqlValue,
                        figure.day.sqlValue, figure.source.sqlValue, figure.origin.text.sqlValue,
                    ]
                })
            try connection.execute("UPDATE report_board SET version = version + 1 WHERE id = ?", id)
            try AuditTrail.append(
                AuditEvent(
                    "board.locked", subject: Subject(.reportBoard, id),
                    detail: "\(figures.all.count) số liệu đến \(head.cutoff.vietnamese)"),
                by: submission.actor, at: now, on: connection)
        }
    }

    /// Opens locked figures, with a reason; what was locked stays kept.
    public func unlock(
        _ id: RecordID, reason: String, version: Int? = nil, by submission: Submission
    ) async throws {
        try requireAssembler(submission.viewer)
        let reason = VietnameseText.tidy(reason)
        guard !reason.isEmpty, reason.count <= 500 else {
            throw Refusal(fields: [.init(BoardField.reason, "Hãy ghi lý do mở khóa (không quá 500 ký tự).")])
        }
        try await store.once(submission, about: Subject(.reportBoard, id), at: clock.now) { connection, now in
            let head = try self.board(id, for: submission.viewer, on: connection).head
            try Self.check(version, of: head)
            guard let lock = head.lock else {
                throw Refusal(.stale, "Số liệu vừa được người khác mở khóa. Hãy tải lại trang.")
            }
            try connection.execute(
                "UPDATE board_lock SET unlocked_at = ?, unlocked_by_name = ?, unlock_reason = ? WHERE id = ?", now,
                submission.viewer.name, reason, lock.id)
            try connection.execute("UPDATE report_board SET version = version + 1 WHERE id = ?", id)
            try AuditTrail.append(
                AuditEvent("board.unlocked", subject: Subject(.reportBoard, id), detail: reason),
                by: submission.actor, at: now, on: connection)
        }
    }

    /// The figures of a board: those that were locked, else as they are now; and, of locked ones, what differs by now.
    public func figures(
        of board: BoardHead, for viewer: Viewer
    ) async throws -> (figures: BoardFigures, differences: [FigureDifference]) {
        let now = try await count(board.span, to: board.cutoff, for: viewer)
        guard let lock = board.lock else { return (now, []) }
        let locked = try await store.read { connection in
            try connection.rows("SELECT * FROM board_figure WHERE board_lock = ? ORDER BY number, name", lock.id)
                .compactMap { try Self.figure($0) }
        }
        let figures = BoardFigures(locked)
        return (figures, FigureDifference.between(figures, now))
    }

    /// Nil for what only a later release stores.
    private static func figure(_ row: SQLRow) throws -> BoardFigure? {
        guard let facts = BoardFacts(try row.text("facts")),
            let unit = BoardFigure.Unit(rawValue: try row.text("unit")),
            let origin = FigurePlace(try row.text("origin"))
        else { return nil }
        var figure = BoardFigure(
            try row.text("name"), facts, try row.text("label"), try row.integer("value"), unit, on: try row.day("day"),
            source: try row.text("source"), from: origin)
        figure.number = try row.integer("number")
        return figure
    }
}
