public import Access
import Database
public import Kernel
import PlanText
import Province

extension BoardService {
    /// The boards a viewer may see, the latest due first: all for those who assemble or read them, for others those on which
    /// their unit is to write.
    public func boards(for viewer: Viewer) async throws -> [BoardHead] {
        try await store.read { connection in
            try connection.rows("SELECT \(BoardHead.columns) FROM report_board b ORDER BY b.due DESC, b.id DESC")
                .compactMap { row in
                    let id = try row.recordID("id")
                    let parts = try self.parts(of: id, for: viewer, on: connection)
                    guard viewer.seesWholeBoards(in: self.plan) || !parts.isEmpty else { return nil }
                    return try BoardHead(row, parts: parts, lock: Self.lock(of: id, on: connection))
                }
        }
    }

    /// A board with the sections and texts that a viewer may see.
    public func board(_ id: RecordID, for viewer: Viewer) async throws -> Board {
        try await store.read { try self.board(id, for: viewer, on: $0) }
    }

    /// The board of a report; nil while there is none that the viewer may see.
    public func board(of span: BoardSpan, for viewer: Viewer) async throws -> Board? {
        try await store.read { connection in
            let row = try connection.row(
                "SELECT id FROM report_board WHERE kind = ? AND period = ?", span.kind.rawValue, span.period.text)
            guard let id = try row?.recordID("id") else { return nil }
            return try? self.board(id, for: viewer, on: connection)
        }
    }

    func board(_ id: RecordID, for viewer: Viewer, on connection: any SQLConnection) throws -> Board {
        let parts = try parts(of: id, for: viewer, on: connection)
        let seesAll = viewer.seesWholeBoards(in: plan)
        guard seesAll || !parts.isEmpty,
            let row = try connection.row("SELECT \(BoardHead.columns) FROM report_board b WHERE b.id = ?", id),
            let head = try BoardHead(row, parts: parts, lock: Self.lock(of: id, on: connection))
        else { throw Self.unknown }
        let outline = Dictionary(
            BoardSection.outline(head.span.kind, in: plan).map { ($0.code, $0) },
            uniquingKeysWith: { first, _ in first })
        let sections = try connection.rows(
            "SELECT code, title FROM board_section WHERE board = ? ORDER BY position", id
        ).compactMap { row -> Board.Section? in
            let code = try row.text("code")
            let own = parts.filter { $0.section == code }
            guard seesAll || !own.isEmpty else { return nil }
            // A section that the plan's files no longer have keeps its texts.
            let known = outline[code]
            return Board.Section(
                section: BoardSection(
                    code: code, title: try row.text("title"), part: known?.part ?? .groups, facts: known?.facts ?? [],
                    units: known?.units ?? []), parts: own)
        }
        return Board(head: head, sections: sections)
    }

    /// What units are asked to write, as far as a viewer sees it.
    func parts(of board: RecordID, for viewer: Viewer, on connection: any SQLConnection) throws -> [BoardPart] {
        let texts = Dictionary(
            try connection.rows(
                """
                SELECT t.part, t.number, t.text, t.at, t.actor_name FROM board_text t JOIN board_part p ON p.id = t.part
                WHERE p.board = ? AND t.number = (SELECT MAX(n.number) FROM board_text n WHERE n.part = t.part)
                """, board
            ).map { (try $0.recordID("part"), try BoardText($0)) }, uniquingKeysWith: { first, _ in first })
        let order = Dictionary(
            zip(plan.bodies + plan.communes.codes.map { .commune($0) }, 0...), uniquingKeysWith: { first, _ in first })
        return try connection.rows(
            "SELECT * FROM board_part WHERE board = ? AND released_at IS NULL ORDER BY id", board
        ).compactMap { try BoardPart($0, text: texts[$0.recordID("id")]) }.filter {
            viewer.seesWholeBoards(in: plan) || viewer.writesParts(of: $0.unit)
        }.sorted { (order[$0.unit] ?? .max, $0.unit) < (order[$1.unit] ?? .max, $1.unit) }
    }

    /// The part of an id with its board, for whoever may see it.
    func part(_ id: RecordID, for viewer: Viewer, on connection: any SQLConnection) throws -> (BoardPart, Board) {
        guard let row = try connection.row("SELECT board FROM board_part WHERE id = ? AND released_at IS NULL", id)
        else { throw Self.unknown }
        let board = try board(row.recordID("board"), for: viewer, on: connection)
        guard let part = board.parts.first(where: { $0.id == id }) else { throw Self.unknown }
        return (part, board)
    }

    static func lock(of board: RecordID, on connection: any SQLConnection) throws -> FigureLock? {
        try connection.row(
            """
            SELECT id, cutoff, at, actor_name FROM board_lock WHERE board = ? AND unlocked_at IS NULL
            ORDER BY id DESC LIMIT 1
            """, board
        ).map {
            FigureLock(
                id: try $0.recordID("id"), cutoff: try $0.day("cutoff"), at: try $0.timestamp("at"),
                by: try $0.text("actor_name"))
        }
    }

    /// Every text a part ever had, the latest first, and what was said about it, the oldest first.
    public func history(of part: RecordID, for viewer: Viewer) async throws -> (
        texts: [BoardText], remarks: [BoardRemark]
    ) {
        try await store.read { connection in
            let (part, _) = try self.part(part, for: viewer, on: connection)
            return (
                try connection.rows(
                    "SELECT number, text, at, actor_name FROM board_text WHERE part = ? ORDER BY number DESC", part.id
                ).map { try BoardText($0) },
                try connection.rows(
                    "SELECT kind, text, at, actor_name FROM board_remark WHERE part = ? ORDER BY id", part.id
                ).map { try BoardRemark($0) }
            )
        }
    }

    static func check(_ version: Int?, of board: BoardHead) throws(Refusal) {
        guard let version, version != board.version else { return }
        throw Refusal(
            .stale, "Bảng tổng hợp này vừa được người khác thay đổi. Hãy tải lại trang, xem lại rồi làm lại.")
    }

    static func check(_ version: Int?, of part: BoardPart) throws(Refusal) {
        guard let version, version != part.version else { return }
        throw Refusal(
            .stale, "Phần viết này vừa được người khác sửa, gửi hoặc trả lại. Hãy tải lại trang, xem lại rồi làm lại.")
    }
}
