public import Kernel

/// A signed paper that somebody entered and a second person is to confirm: as it was typed, with the copy already stored.
public struct ProposedSigning: Codable, Sendable, Equatable {
    public let typed: SigningDraft
    /// The signed copy among the stored files; nil where none was given.
    private let copy: String?
    /// Why numbers that stood already are corrected; empty otherwise.
    public let reason: String
    /// The paper whose place it takes; nil where it takes none.
    private let replaced: String?

    public init(_ typed: SigningDraft, file: RecordID?, reason: String = "", replacing: RecordID? = nil) {
        self.typed = typed
        copy = file?.text
        self.reason = reason
        replaced = replacing?.text
    }

    public var replacing: RecordID? { replaced.flatMap { RecordID($0) } }

    public var file: RecordID? { copy.flatMap { RecordID($0) } }
}
