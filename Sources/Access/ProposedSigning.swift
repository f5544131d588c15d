public import Kernel

/// A signed paper that somebody entered and a second person is to confirm: as it was typed, with the copy already stored.
public struct ProposedSigning: Codable, Sendable, Equatable {
    public let typed: SigningDraft
    /// The signed copy among the stored files; nil where none was given.
    private let copy: String?
    /// Why numbers that stood already are corrected; empty otherwise.
    public let reason: String

    public init(_ typed: SigningDraft, file: RecordID?, reason: String = "") {
        self.typed = typed
        copy = file?.text
        self.reason = reason
    }

    public var file: RecordID? { copy.flatMap { RecordID($0) } }
}
