public import Formats
public import Kernel

/// Whom somebody looks for in the register.
public struct SearchQuestion: Sendable, Equatable {
    public let subject: RecordKind.Subject
    /// As typed: words of a name in any order, with or without accents, the last perhaps not to its end.
    public let typed: String
    public let birthYear: Int?
    public let commune: CommuneCode?

    /// Whether names with further words are looked for though somebody bears just the three words or more that were typed, and
    /// all names though somebody was found among the first of them.
    public let isWide: Bool

    public init(
        _ typed: String, of subject: RecordKind.Subject = .person, birthYear: Int? = nil, commune: CommuneCode? = nil,
        isWide: Bool = false
    ) {
        (self.subject, self.birthYear, self.commune, self.isWide) = (subject, birthYear, commune, isWide)
        self.typed = String(VietnameseText.tidy(typed).prefix(200))
        // A blank behind the last word says that it is whole.
        isOpen = typed.last.map { $0.isLetter || $0.isNumber } ?? false
    }

    /// Whether the last word may be the beginning of one.
    let isOpen: Bool

    public var isEmpty: Bool { NameTerms.words(of: typed).isEmpty }
}

/// What the index knows of a question.
public struct SearchFindings: Sendable, Equatable {
    /// Those whose whole name was typed first, then those who bear the words, then those of whose names the last word is a
    /// beginning.
    public var entities: [EntityID] = []
    /// Whether there are more behind these.
    public var hasMore = false
    /// Whether so many names hold the words that not all of them were gone through.
    public var isCut = false
    /// Whether a wide question (``SearchQuestion/isWide``) may find more: somebody bears just the words that were typed, or is
    /// among the first names that hold them.
    public var canWiden = false

    public init() {}
}
