public import Access
import Database
public import Kernel

/// What somebody said of a thing, as a viewer may read it.
public struct Remark: Sendable, Equatable {
    public let id: RecordID
    public let subject: Subject
    public let account: RecordID
    public let author: String
    /// For which the author spoke.
    public let unit: UnitCode?
    public let at: Timestamp
    /// The wording that holds; nil where it was taken back, for all but its author and those who read the audit trail.
    public let text: String?
    /// When the wording was last corrected; nil for the first one.
    public let correctedAt: Timestamp?
    public let withdrawnAt: Timestamp?
    public let mentions: [UnitCode]
    public let version: Int

    /// For so long the author may correct it: what others may have read and answered stays as it was read.
    public static let correctableSeconds: Int64 = 15 * 60

    static let columns =
        "r.id, r.subject, r.account, r.author_name, r.author_unit, r.at, r.withdrawn_at, r.version, t.text, t.number, t.at AS text_at"
    /// With the wording that holds.
    static let source = """
        remark r JOIN remark_text t ON t.remark = r.id
            AND t.number = (SELECT MAX(n.number) FROM remark_text n WHERE n.remark = r.id)
        """

    init(_ row: SQLRow, mentions: [UnitCode], for viewer: Viewer) throws {
        id = try row.recordID("id")
        let stored = try row.text("subject")
        guard let subject = Subject(stored) else {
            throw DatabaseError.column(name: "subject", problem: "is not a subject: \(stored)")
        }
        self.subject = subject
        account = try row.recordID("account")
        author = try row.text("author_name")
        unit = try row.optionalText("author_unit").flatMap { UnitCode($0) }
        at = try row.timestamp("at")
        withdrawnAt = try row.optionalTimestamp("withdrawn_at")
        version = try row.integer("version")
        self.mentions = mentions
        correctedAt = try row.integer("number") > 1 ? try row.timestamp("text_at") : nil
        let reads = withdrawnAt == nil || account == viewer.account || viewer.may(.viewAudit)
        text = reads ? try row.text("text") : nil
    }

    /// What somebody may do with it at a moment.
    public func actions(for viewer: Viewer, at now: Timestamp) -> Set<RemarkAction> {
        guard viewer.may(.writeRemarks), account == viewer.account, withdrawnAt == nil else { return [] }
        return now.secondsSinceEpoch - at.secondsSinceEpoch <= Self.correctableSeconds
            ? [.correct, .withdraw] : [.withdraw]
    }
}

public enum RemarkAction: Sendable, Hashable {
    case correct, withdraw
}
