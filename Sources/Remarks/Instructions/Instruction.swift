public import Access
import Database
public import Kernel

/// A leader's line to a unit about a thing (bút phê): to be answered by a day, and followed until the leader closes it.
public struct Instruction: Sendable, Equatable {
    public enum State: String, Sendable {
        case open, answered, closed, withdrawn
    }

    public let id: RecordID
    public let subject: Subject
    /// What the thing was called when the line was written.
    public let about: String
    /// Who is asked.
    public let unit: UnitCode
    public let account: RecordID
    public let author: String
    public let authorUnit: UnitCode?
    public let at: Timestamp
    public let text: String
    public let due: Day
    public let state: State
    /// The last answer, or why it was sent back, closed or taken back; nil while nothing was said.
    public let said: String?
    public let saidAt: Timestamp?
    public let saidBy: String?
    public let version: Int

    init(_ row: SQLRow) throws {
        id = try row.recordID("id")
        let (storedSubject, storedUnit, storedState) = (
            try row.text("subject"), try row.text("unit"), try row.text("state")
        )
        guard let subject = Subject(storedSubject), let unit = UnitCode(storedUnit),
            let state = State(rawValue: storedState)
        else {
            throw DatabaseError.column(
                name: "subject, unit, state", problem: "are none: \(storedSubject), \(storedUnit), \(storedState)")
        }
        (self.subject, self.unit, self.state) = (subject, unit, state)
        about = try row.text("about")
        account = try row.recordID("account")
        author = try row.text("author_name")
        authorUnit = try row.optionalText("author_unit").flatMap { UnitCode($0) }
        at = try row.timestamp("at")
        text = try row.text("text")
        due = try row.day("due")
        said = try row.optionalText("said")
        saidAt = try row.optionalTimestamp("said_at")
        saidBy = try row.optionalText("said_by")
        version = try row.integer("version")
    }

    public func status(on today: Day) -> InstructionStatus {
        switch state {
        case .open: due < today ? .late : said == nil ? .open : .returned
        case .answered: .answered
        case .closed: .closed
        case .withdrawn: .withdrawn
        }
    }

    /// Whether the person is among those who are asked.
    public func asks(_ viewer: Viewer) -> Bool { viewer.may(.writeRemarks) && viewer.ownUnits.contains(unit) }

    /// Whether the person, or the body for which the person speaks, asked.
    public func isGiven(by viewer: Viewer) -> Bool {
        guard viewer.may(.instruct) else { return false }
        return account == viewer.account || authorUnit.map { viewer.ownUnits.contains($0) } ?? false
    }

    /// Who reads it wherever it is about: those it asks, those who asked, whoever follows all units, and offices that have the
    /// commune asked in their area.
    public func isRead(by viewer: Viewer) -> Bool {
        viewer.may(.readAllRemarks) || isGiven(by: viewer)
            || viewer.may(.writeRemarks) && viewer.knownUnits.contains(unit)
    }

    public func actions(for viewer: Viewer) -> Set<InstructionAction> {
        var actions: Set<InstructionAction> = []
        if state == .open, asks(viewer) { actions.insert(.answer) }
        guard isGiven(by: viewer) else { return actions }
        switch state {
        case .open: actions.formUnion([.close, .withdraw])
        case .answered: actions.formUnion([.close, .sendBack])
        // Closed by mistake, or too early.
        case .closed: actions.insert(.sendBack)
        case .withdrawn: break
        }
        return actions
    }
}

/// Where an instruction stands on a day, in the order of lists: what presses first.
public enum InstructionStatus: String, Sendable, CaseIterable {
    case late, returned, open, answered, closed, withdrawn

    public var title: String {
        switch self {
        case .late: "Quá hạn, chưa trả lời"
        case .returned: "Trả lại, làm tiếp"
        case .open: "Đang làm"
        case .answered: "Đã trả lời, chờ xem"
        case .closed: "Đã xong"
        case .withdrawn: "Đã thôi"
        }
    }
}

public enum InstructionAction: Sendable, Hashable {
    case answer, close, sendBack, withdraw
}

/// Something that happened to an instruction.
public struct InstructionEvent: Sendable, Equatable {
    public enum Kind: String, Sendable {
        case given, answered, returned, closed, withdrawn

        public var title: String {
            switch self {
            case .given: "Bút phê"
            case .answered: "Trả lời"
            case .returned: "Trả lại, làm tiếp"
            case .closed: "Đóng"
            case .withdrawn: "Thôi, không cần làm"
            }
        }
    }

    public let kind: Kind
    /// May be empty.
    public let text: String
    /// By which the unit was to answer, then.
    public let due: Day
    public let actor: String
    public let at: Timestamp

    init(_ row: SQLRow) throws {
        let stored = try row.text("kind")
        guard let kind = Kind(rawValue: stored) else {
            throw DatabaseError.column(name: "kind", problem: "is no event: \(stored)")
        }
        self.kind = kind
        text = try row.text("text")
        due = try row.day("due")
        actor = try row.text("actor_name")
        at = try row.timestamp("at")
    }
}
