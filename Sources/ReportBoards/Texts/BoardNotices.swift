import Access
import Database
public import Jobs
import Kernel
public import Notices
import PlanText

extension NoticeKind {
    static let boardAsked = NoticeKind("boards.asked", "Đề nghị đơn vị viết phần báo cáo", weight: .urgent)
    static let boardReminded = NoticeKind("boards.reminded", "Nhắc gửi phần báo cáo", weight: .urgent)
    static let boardDue = NoticeKind("boards.due", "Phần báo cáo sắp đến hạn hoặc quá hạn gửi", weight: .urgent)
    static let boardReturned = NoticeKind("boards.returned", "Phần báo cáo bị trả lại", weight: .urgent)
    static let boardCommented = NoticeKind("boards.commented", "Ý kiến về phần báo cáo")
    static let boardHandedIn = NoticeKind("boards.handed-in", "Đơn vị đã gửi phần báo cáo", weight: .light)
}

extension NoticeArea {
    /// Boards on which reports are assembled.
    public static let boards = NoticeArea(
        "Tổng hợp báo cáo",
        [.boardAsked, .boardReminded, .boardDue, .boardReturned, .boardCommented, .boardHandedIn])
}

extension JobName where Parameters == NoParameters {
    /// Tells units which texts are due or late.
    public static let tellingBoards = JobName("boards.due")
}

extension BoardService {
    /// Days before its day on which a unit is told that its text is due; ours.
    static let remindedAhead = 3

    /// What the system does by itself about boards.
    public var jobKinds: [JobKind] {
        [
            .telling(
                .boardDue, as: .tellingBoards, title: "Báo phần báo cáo đến hạn gửi", store: store, clock: clock
            ) { try await dueNotices() }
        ]
    }

    /// Texts that are due soon, told to their units; late ones to those who assemble too.
    func dueNotices() async throws -> [Notice] {
        let today = clock.today
        let plan = plan
        return try await store.read { connection in
            try connection.rows(
                """
                SELECT p.board, p.unit, MIN(p.due) AS first_due, COUNT(*) AS parts, b.kind, b.period
                FROM board_part p JOIN report_board b ON b.id = p.board
                WHERE p.released_at IS NULL AND p.state <> 'handed-in' AND p.due <= ? AND b.due >= ?
                GROUP BY p.board, p.unit, b.kind, b.period ORDER BY p.board, p.unit
                """, today.adding(days: Self.remindedAhead), today
            ).compactMap { row -> Notice? in
                guard let unit = UnitCode(try row.text("unit")), let kind = BoardKind(rawValue: try row.text("kind")),
                    let span = WorkPeriod(try row.text("period")).flatMap({ BoardSpan(kind, $0) })
                else { return nil }
                let board = try row.recordID("board")
                let due = try row.day("first_due")
                let isLate = due < today
                return Notice(
                    .boardDue, key: "\(board)/\(unit)/\(due)/\(isLate ? "late" : "ahead")",
                    to: [.officers(of: unit, holding: .writeReportParts)]
                        + (isLate ? [.everybody(holding: .assembleReports)] : []),
                    about: Subject(.reportBoard, board),
                    isLate
                        ? "\(plan.name(of: unit)) quá hạn gửi phần báo cáo từ \(due.vietnamese)"
                        : "Phần báo cáo của đơn vị cần gửi trước hết \(due.vietnamese)",
                    detail: "\(span.title): \(try row.integer("parts")) mục chưa gửi.")
            }
        }
    }

    func tellAsked(
        _ asked: [UnitCode: [String]], in span: BoardSpan, _ board: RecordID, until due: Day,
        by submission: Submission, at now: Timestamp, on connection: any SQLConnection
    ) throws {
        try NoticeBoard.post(
            asked.sorted { $0.key < $1.key }.map { unit, titles in
                Notice(
                    .boardAsked, key: "\(board)/\(unit)/\(due)/\(titles.count)/\(now.secondsSinceEpoch)",
                    to: [.officers(of: unit, holding: .writeReportParts)], about: Subject(.reportBoard, board),
                    "Đề nghị đơn vị viết phần của mình: \(span.title)",
                    detail: "Gửi trước hết \(due.vietnamese): \(titles.joined(separator: "; ")).", until: due,
                    author: submission.viewer.account)
            }, at: now, on: connection)
    }

    /// A unit that owes nothing more on a board is asked for nothing.
    func endAsked(
        of unit: UnitCode, in board: RecordID, at now: Timestamp, on connection: any SQLConnection
    ) throws {
        let open = try connection.integer(
            """
            SELECT COUNT(*) FROM board_part
            WHERE board = ? AND unit = ? AND released_at IS NULL AND state <> 'handed-in'
            """, board, unit.text)
        guard open == 0 else { return }
        for kind in [NoticeKind.boardAsked, .boardReminded, .boardDue, .boardReturned] {
            let keys = try NoticeBoard.openKeys(of: kind, on: connection).filter { $0.hasPrefix("\(board)/\(unit)/") }
            try NoticeBoard.resolve(kind, keys: keys, at: now, on: connection)
        }
    }

    func tellHandedIn(
        _ part: BoardPart, _ title: String, in board: Board, by submission: Submission, at now: Timestamp,
        on connection: any SQLConnection
    ) throws {
        let again = try NoticeBoard.openKeys(of: .boardReturned, on: connection).filter {
            $0.hasPrefix("\(part.board)/\(part.unit)/\(part.section)/")
        }
        try NoticeBoard.resolve(.boardReturned, keys: again, at: now, on: connection)
        try endAsked(of: part.unit, in: part.board, at: now, on: connection)
        try NoticeBoard.post(
            [
                Notice(
                    .boardHandedIn, key: "\(part.board)/\(part.unit)/\(part.section)/\(part.version)",
                    to: [.everybody(holding: .assembleReports)], about: Subject(.reportBoard, part.board),
                    "\(plan.name(of: part.unit)) đã gửi phần báo cáo", detail: "\(board.head.span.title), “\(title)”.",
                    until: board.head.due, author: submission.viewer.account)
            ], at: now, on: connection)
    }

    func tellReturned(
        _ part: BoardPart, _ title: String, _ reason: String, in board: Board, by submission: Submission,
        at now: Timestamp, on connection: any SQLConnection
    ) throws {
        try NoticeBoard.post(
            [
                Notice(
                    .boardReturned, key: "\(part.board)/\(part.unit)/\(part.section)/\(part.version)",
                    to: [.officers(of: part.unit, holding: .writeReportParts)],
                    about: Subject(.reportBoard, part.board), "Phần báo cáo của đơn vị bị trả lại: “\(title)”",
                    detail: reason, until: board.head.due, author: submission.viewer.account)
            ], at: now, on: connection)
    }

    /// To the unit and to those who assemble; whoever said it knows.
    func tellComment(
        _ part: BoardPart, _ title: String, _ text: String, in board: Board, by submission: Submission,
        at now: Timestamp, on connection: any SQLConnection
    ) throws {
        try NoticeBoard.post(
            [
                Notice(
                    .boardCommented, key: "\(part.board)/\(part.unit)/\(part.section)/\(now.secondsSinceEpoch)",
                    to: [
                        .officers(of: part.unit, holding: .writeReportParts), .everybody(holding: .assembleReports),
                    ], about: Subject(.reportBoard, part.board),
                    "Ý kiến về phần báo cáo của \(plan.name(of: part.unit)): “\(title)”", detail: text,
                    until: board.head.due, author: submission.viewer.account)
            ], at: now, on: connection)
    }
}
