public import Access
import Database
public import Files
public import Kernel

/// A commune's objection to a figure: the value it holds for right, with reason and proof. Both values stay visible until
/// somebody decides, and after.
public struct FigureContest: Sendable, Equatable {
    public let id: RecordID
    public let commune: CommuneCode
    public let month: Month
    public let scheme: Scheme
    /// What held when it was contested.
    public let stated: Int
    public let proposed: Int
    public let reason: String
    /// Number and date of the paper behind it.
    public let document: String
    public let file: RecordID?
    public let fileName: String?
    /// Whether two people have destroyed it.
    public let isFileErased: Bool
    public let at: Timestamp
    public let actorName: String
    public let decidedAt: Timestamp?
    public let decidedBy: String?
    public let granted: Bool
    public let note: String

    public var isOpen: Bool { decidedAt == nil }

    init(_ row: SQLRow, _ files: [RecordID: StoredFile]) throws {
        id = try row.recordID("id")
        commune = try row.communeCode("commune")
        month = try row.month("month")
        scheme = try row.choice("scheme")
        stated = try row.integer("stated")
        proposed = try row.integer("proposed")
        reason = try row.text("reason")
        document = try row.text("document")
        file = try row.optionalRecordID("file")
        let stored = try row.optionalRecordID("file").flatMap { files[$0] }
        fileName = stored?.name
        isFileErased = stored?.isErased ?? false
        at = try row.timestamp("at")
        actorName = try row.text("actor_name")
        decidedAt = try row.optionalTimestamp("decided_at")
        decidedBy = try row.optionalText("decided_by_name")
        granted = try row.optionalInteger("granted") == 1
        note = try row.optionalText("note") ?? ""
    }
}

/// What a commune sends in with an objection, as typed.
public struct ContestDraft: Sendable {
    public var commune: CommuneCode
    public var month: Month
    public var scheme: Scheme
    public var proposed: String
    public var reason: String
    public var document: String
    public var file: IncomingFile?

    public init(
        commune: CommuneCode, month: Month, scheme: Scheme, proposed: String, reason: String, document: String,
        file: IncomingFile? = nil
    ) {
        self.commune = commune
        self.month = month
        self.scheme = scheme
        self.proposed = proposed
        self.reason = reason
        self.document = document
        self.file = file
    }
}

extension Right {
    public static let contestFigures = Right("figures.contest", "Đề nghị sửa số liệu của đơn vị mình")
    public static let decideContests = Right("figures.decide-contests", "Quyết định về đề nghị sửa số liệu")
}

extension Viewer {
    /// Whether the person may say that a figure of this commune is wrong.
    public func contestsFigures(of commune: CommuneCode) -> Bool {
        may(.contestFigures) && communes.contains(commune)
    }

    /// Whether the person may say so of a figure as it stands now.
    /// - Parameter stated: nil where the figure is not known.
    public func contestsFigure(of commune: CommuneCode, stated: Int?, isContested: Bool) -> Bool {
        contestsFigures(of: commune) && FigureContest.obstruction(stated: stated, isContested: isContested) == nil
    }
}

extension Viewer {
    /// Whose objections, with what proves them, are open to the person as a list.
    var contestScope: Scope { scope(of: .viewFigures, everything: .openFigureFiles) }
}

extension FigureContest {
    /// What stands against contesting a figure; nil when nothing does.
    /// - Parameter stated: nil where the figure is not known.
    static func obstruction(stated: Int?, isContested: Bool) -> Refusal? {
        if stated == nil {
            return Refusal(.notFound, "Tháng này chưa có số liệu của đơn vị, nên chưa có gì để đề nghị sửa.")
        }
        return isContested ? Refusal(.stale, "Số liệu này đã có một đề nghị đang chờ quyết định.") : nil
    }

    /// Whether the file that proves it opens to the person.
    public func isProven(to viewer: Viewer) -> Bool { viewer.contestScope.covers(commune) }

    /// Whether the person may decide on it now.
    public func awaits(_ viewer: Viewer) -> Bool { viewer.may(.decideContests) && isOpen }
}
