public import Access
import Database
public import Kernel
import Notices
import PlanText
import Province

extension BoardService {
    /// Units that can be asked to write: agencies and their units that do work of their own, communes.
    public var writers: [UnitCode] {
        plan.bodies.filter { unit in
            guard case .agency(let code) = unit, let agency = plan.agency(code) else { return true }
            return ![.communes, .unspecified].contains(agency.kind)
        } + plan.communes.codes.map { .commune($0) }
    }

    /// Asks a unit for its text of a section by a day, or gives one that was asked another day.
    public func ask(
        _ unit: UnitCode, for section: String, of id: RecordID, by due: Day, version: Int? = nil,
        submission: Submission
    ) async throws {
        try requireAssembler(submission.viewer)
        guard writers.contains(unit) else {
            throw Refusal(fields: [.init(BoardField.unit, "Hãy chọn một đơn vị trong danh sách.")])
        }
        try await store.once(submission, about: Subject(.reportBoard, id), at: clock.now) { connection, now in
            let board = try self.board(id, for: submission.viewer, on: connection)
            try Self.check(version, of: board.head)
            let found = try board.section(section)
            guard due <= board.head.due else {
                throw Refusal(fields: [
                    .init(BoardField.due, "Hạn gửi không sau hạn báo cáo (\(board.head.due.vietnamese)).")
                ])
            }
            let known = found.parts.first { $0.unit == unit }
            try Self.addPart(of: unit, to: section, of: id, due: due, at: now, on: connection)
            try connection.execute("UPDATE report_board SET version = version + 1 WHERE id = ?", id)
            try AuditTrail.append(
                AuditEvent(
                    "board.asked", subject: Subject(.reportBoard, id),
                    detail:
                        "\(self.plan.name(of: unit)), “\(found.section.title)”, gửi trước hết \(due.vietnamese)"),
                by: submission.actor, at: now, on: connection)
            guard known?.state != .handedIn else { return }
            try self.tellAsked(
                [unit: [found.section.title]], in: board.head.span, id, until: due, by: submission, at: now,
                on: connection)
        }
    }

    /// A unit need not write a section any more; what it wrote stays kept and leaves the report.
    public func release(_ part: RecordID, version: Int? = nil, by submission: Submission) async throws {
        try requireAssembler(submission.viewer)
        try await store.once(submission, about: Subject(.reportBoard, part), at: clock.now) { connection, now in
            let (part, board) = try self.part(part, for: submission.viewer, on: connection)
            try Self.check(version, of: part)
            try connection.execute(
                "UPDATE board_part SET released_at = ?, version = version + 1 WHERE id = ?", now, part.id)
            try connection.execute("UPDATE report_board SET version = version + 1 WHERE id = ?", part.board)
            try AuditTrail.append(
                AuditEvent(
                    "board.released", subject: Subject(.reportBoard, part.board),
                    detail: "\(self.plan.name(of: part.unit)), “\(Self.title(of: part, in: board))”"),
                by: submission.actor, at: now, on: connection)
            try self.endAsked(of: part.unit, in: part.board, at: now, on: connection)
        }
    }

    /// Reminds every unit whose text is not there, once a day at most.
    /// - Returns: how many units.
    @discardableResult
    public func remind(_ id: RecordID, by submission: Submission) async throws -> Int {
        try requireAssembler(submission.viewer)
        let waiting = Set(
            try await board(id, for: submission.viewer).parts.filter { $0.state != .handedIn }.map(\.unit))
        guard !waiting.isEmpty else {
            throw Refusal(.invalid, "Mọi đơn vị đã gửi phần của mình; không còn ai để nhắc.")
        }
        try await store.once(submission, about: Subject(.reportBoard, id), at: clock.now) { connection, now in
            let board = try self.board(id, for: submission.viewer, on: connection)
            let parts = board.parts.filter { $0.state != .handedIn }
            let units = Dictionary(grouping: parts, by: \.unit).sorted { $0.key < $1.key }
            try NoticeBoard.post(
                units.compactMap { unit, parts in
                    guard let due = parts.map(\.due).min() else { return nil }
                    return Notice(
                        .boardReminded, key: "\(id)/\(unit)/\(now.day)",
                        to: [.officers(of: unit, holding: .writeReportParts)], about: Subject(.reportBoard, id),
                        "Nhắc gửi phần báo cáo: \(board.head.span.title)",
                        detail:
                            "Còn \(parts.count) mục chưa gửi, hạn \(due.vietnamese): \(parts.map { Self.title(of: $0, in: board) }.joined(separator: "; ")).",
                        until: board.head.due, author: submission.viewer.account)
                }, at: now, on: connection)
            try AuditTrail.append(
                AuditEvent(
                    "board.reminded", subject: Subject(.reportBoard, id),
                    detail: units.map { self.plan.name(of: $0.key) }.joined(separator: "; ")),
                by: submission.actor, at: now, on: connection)
        }
        return waiting.count
    }

    static func title(of part: BoardPart, in board: Board) -> String {
        board.sections.first { $0.section.code == part.section }?.section.title ?? part.section
    }

    /// A unit that was released before is asked again; its texts are there still.
    static func addPart(
        of unit: UnitCode, to section: String, of board: RecordID, due: Day, at now: Timestamp,
        on connection: any SQLConnection
    ) throws {
        try connection.execute(
            """
            INSERT INTO board_part (id, board, section, unit, due, state, version) VALUES (?, ?, ?, ?, ?, 'asked', 1)
            ON CONFLICT (board, section, unit) DO UPDATE SET due = excluded.due, released_at = NULL,
                version = board_part.version + 1
            """, RecordID(at: now), board, section, unit.text, due)
    }
}
