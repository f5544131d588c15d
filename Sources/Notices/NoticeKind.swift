/// How much a notice presses; decides its place in a list and which letter of a day it stands in.
public enum NoticeWeight: Int, Sendable, CaseIterable, Comparable {
    /// Good to know.
    case light = 0
    /// To be read within a day.
    case plain = 1
    /// Asks for something to be done: stands above, and goes by the next letter of the day.
    case urgent = 2

    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// Whether notices of a kind stand in letters.
public enum NoticeMail: Sendable {
    /// On screen alone.
    case never
    /// In the next letter, unless the person switched the kind off.
    case optional
    /// In the next letter, whatever was switched off: what concerns the safety of an account.
    case always
}

/// A kind of notice, declared beside the use case whose fact it tells.
public struct NoticeKind: Hashable, Sendable {
    /// A dotted English word, stable over time: it is stored. `work.returned`
    public let name: String
    /// In Vietnamese, as a person chooses by it which letters to get: “Sản phẩm bị trả lại”.
    public let title: String
    public let weight: NoticeWeight
    public let mail: NoticeMail
    /// For how many seconds letters wait with it: as long as whoever told it can take it back.
    public let lettersAfter: Int64

    public init(
        _ name: String, _ title: String, weight: NoticeWeight = .plain, mail: NoticeMail = .optional,
        lettersAfter: Int64 = 0
    ) {
        self.name = name
        self.title = title
        self.weight = weight
        self.mail = mail
        self.lettersAfter = lettersAfter
    }

    public static func == (left: NoticeKind, right: NoticeKind) -> Bool { left.name == right.name }

    public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

/// The kinds that one part of the house declares, in the order screens show them.
public struct NoticeArea: Sendable, Equatable {
    /// In Vietnamese: “Số liệu”.
    public let title: String
    public let kinds: [NoticeKind]

    public init(_ title: String, _ kinds: [NoticeKind]) {
        self.title = title
        self.kinds = kinds
    }
}
