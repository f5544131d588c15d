public import Access
public import Kernel

/// Whom a notice is for. Nobody else sees it, whatever else he may see.
public struct Addressee: Hashable, Sendable {
    /// `account/…`, `unit/…`, `agency/…` or `all`
    let place: String
    /// The name of the right; empty for one account.
    let right: String

    /// One person.
    public static func account(_ account: RecordID) -> Addressee { Addressee(place: place(of: account), right: "") }

    /// The people of a unit whom the thing concerns: those who hold the right that its page needs.
    public static func officers(of unit: UnitCode, holding right: Right) -> Addressee {
        Addressee(place: place(of: unit), right: right.name)
    }

    /// Whoever of an agency holds the right, at whichever of its units.
    public static func everybody(of agency: AgencyCode, holding right: Right) -> Addressee {
        Addressee(place: place(of: agency), right: right.name)
    }

    /// Whoever holds a right, wherever: the role that it was granted to.
    public static func everybody(holding right: Right) -> Addressee { Addressee(place: anywhere, right: right.name) }

    static let anywhere = "all"
    static func place(of account: RecordID) -> String { "account/\(account)" }
    static func place(of agency: AgencyCode) -> String { "agency/\(agency)" }
    static func place(of unit: UnitCode) -> String { "unit/\(unit)" }

    var isPersonal: Bool { right.isEmpty }
}

/// Something that somebody must know, as the use case tells it.
public struct Notice: Sendable {
    public let kind: NoticeKind
    /// What makes the fact the only one of its kind: told twice, it is one notice.
    public let key: String
    public let addressees: [Addressee]
    /// What it is about; its page is where the notice leads to.
    public let subject: Subject
    /// One sentence in Vietnamese, made of the fact's fields, without a full stop.
    public let title: String
    /// What else there is to say: a reviewer's words, a result. May be empty.
    public let detail: String
    /// The last day on which it concerns anybody; nil while no such day is known.
    public let until: Day?
    /// Who did it and need not be told.
    public let author: RecordID?

    public init(
        _ kind: NoticeKind, key: String, to addressees: [Addressee], about subject: Subject, _ title: String,
        detail: String = "", until: Day? = nil, author: RecordID? = nil
    ) {
        self.kind = kind
        self.key = key
        self.addressees = addressees
        self.subject = subject
        self.title = title
        self.detail = detail
        self.until = until
        self.author = author
    }
}

extension Subject.Kind {
    /// A notice. No audit entry speaks of one; its revision counts what was told, ended and read.
    public static let notice = Self("notice")
}
