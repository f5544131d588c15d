import Database
public import Kernel
import PlanText

/// A board as a whole: which report, its days, how far it is.
public struct BoardHead: Sendable, Equatable {
    public let id: RecordID
    public let span: BoardSpan
    /// The day its figures count to.
    public let cutoff: Day
    /// The day the report itself is due.
    public let due: Day
    public let openedAt: Timestamp
    public let openedBy: String
    public let version: Int
    /// Who wrote nothing that was handed in yet; of what the viewer sees.
    public let waiting: Int
    public let parts: Int
    public let lock: FigureLock?

    static let columns = "b.id, b.kind, b.period, b.cutoff, b.due, b.opened_at, b.opened_by_name, b.version"

    /// Nil for a kind or period that only a later release knows.
    init?(_ row: SQLRow, parts: [BoardPart], lock: FigureLock?) throws {
        guard let kind = BoardKind(rawValue: try row.text("kind")), let period = WorkPeriod(try row.text("period")),
            let span = BoardSpan(kind, period)
        else { return nil }
        id = try row.recordID("id")
        self.span = span
        cutoff = try row.day("cutoff")
        due = try row.day("due")
        openedAt = try row.timestamp("opened_at")
        openedBy = try row.text("opened_by_name")
        version = try row.integer("version")
        self.parts = parts.count
        waiting = parts.count { $0.state != .handedIn }
        self.lock = lock
    }
}

/// A lock of a board's figures that holds.
public struct FigureLock: Sendable, Equatable {
    public let id: RecordID
    /// The day the figures counted to when they were locked.
    public let cutoff: Day
    public let at: Timestamp
    public let by: String
}

/// What one unit owes in one section of a report, and what it wrote.
public struct BoardPart: Sendable, Equatable {
    public enum State: String, Sendable, CaseIterable {
        case asked
        /// Kept, not handed in.
        case written
        case handedIn = "handed-in"
        case returned

        public var title: String {
            switch self {
            case .asked: "Chưa viết"
            case .written: "Đang viết"
            case .handedIn: "Đã gửi"
            case .returned: "Bị trả lại"
            }
        }
    }

    public let id: RecordID
    public let board: RecordID
    public let section: String
    public let unit: UnitCode
    public let due: Day
    public let state: State
    public let version: Int
    /// The text that holds; nil before anything was written.
    public let text: BoardText?

    public func isLate(on today: Day) -> Bool { state != .handedIn && due < today }

    init?(_ row: SQLRow, text: BoardText?) throws {
        guard let unit = UnitCode(try row.text("unit")) else { return nil }
        id = try row.recordID("id")
        board = try row.recordID("board")
        section = try row.text("section")
        self.unit = unit
        due = try row.day("due")
        state = try row.choice("state")
        version = try row.integer("version")
        self.text = text
    }
}

/// One version of a unit's text.
public struct BoardText: Sendable, Equatable {
    /// From 1.
    public let number: Int
    public let text: String
    public let at: Timestamp
    public let author: String

    init(_ row: SQLRow) throws {
        number = try row.integer("number")
        text = try row.text("text")
        at = try row.timestamp("at")
        author = try row.text("actor_name")
    }
}

/// Something that was said about a part.
public struct BoardRemark: Sendable, Equatable {
    public enum Kind: String, Sendable {
        case handedIn = "handed-in"
        case returned, comment

        public var title: String {
            switch self {
            case .handedIn: "Gửi"
            case .returned: "Trả lại"
            case .comment: "Ý kiến"
            }
        }
    }

    public let kind: Kind
    public let text: String
    public let at: Timestamp
    public let author: String

    init(_ row: SQLRow) throws {
        kind = try row.choice("kind")
        text = try row.text("text")
        at = try row.timestamp("at")
        author = try row.text("actor_name")
    }
}

/// A board with what a viewer sees of it.
public struct Board: Sendable {
    public struct Section: Sendable {
        public let section: BoardSection
        /// In the order of the plan's agencies.
        public let parts: [BoardPart]
    }

    public let head: BoardHead
    public let sections: [Section]

    public var parts: [BoardPart] { sections.flatMap(\.parts) }

    public func section(_ code: String) throws(Refusal) -> Section {
        guard let found = sections.first(where: { $0.section.code == code }) else {
            throw Refusal(.notFound, "Bảng tổng hợp không có mục này, hoặc mục này không giao cho đơn vị của bạn.")
        }
        return found
    }
}
