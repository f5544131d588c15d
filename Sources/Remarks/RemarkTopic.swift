public import Access
public import Database
public import Kernel

/// A thing that people speak of.
public struct RemarkTopic: Sendable, Equatable {
    public let subject: Subject
    /// In Vietnamese, within a sentence: “việc II.4 năm 2026 của UBND phường Thành Đông”.
    public let title: String
    /// Whose thing it is; nil for one of the whole province.
    public let home: UnitCode?
    /// Those whose people see it too, its own unit first: they can be mentioned.
    public let units: [UnitCode]

    public init(_ subject: Subject, _ title: String, home: UnitCode?, units: [UnitCode]) {
        self.subject = subject
        self.title = title
        self.home = home
        var seen: Set<UnitCode> = []
        self.units = ([home].compactMap(\.self) + units).filter { seen.insert($0).inserted }
    }
}

/// A kind of thing that can be spoken of. Who reads what is said of a thing is whoever may see the thing itself.
public struct RemarkSource: Sendable {
    let kind: Subject.Kind
    /// Nil where there is no such thing.
    let topic: @Sendable (_ key: String, any SQLConnection) throws -> RemarkTopic?
    let isOpen: @Sendable (_ key: String, Viewer, any SQLConnection) throws -> Bool

    public init(
        _ kind: Subject.Kind,
        topic: @escaping @Sendable (_ key: String, any SQLConnection) throws -> RemarkTopic?,
        isOpen: @escaping @Sendable (_ key: String, Viewer, any SQLConnection) throws -> Bool
    ) {
        self.kind = kind
        self.topic = topic
        self.isOpen = isOpen
    }
}

/// What units are called, for remarks that speak of them.
public struct UnitNames: Sendable {
    /// Those a leader may instruct about anything, in the order of lists.
    let agencies: @Sendable () -> [UnitCode]
    /// As papers write it first, then other spellings.
    let spellings: @Sendable (UnitCode) -> [String]

    public init(
        agencies: @escaping @Sendable () -> [UnitCode], spellings: @escaping @Sendable (UnitCode) -> [String]
    ) {
        self.agencies = agencies
        self.spellings = spellings
    }

    public func name(of unit: UnitCode) -> String { spellings(unit).first ?? unit.text }
}
