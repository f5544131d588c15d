/// Anything that audit, papers, receipts and links speak of: what kind of thing, and which one.
public struct Subject: Sendable, Hashable {
    /// `allocation`, `commune`, `batch`
    public let kind: String
    /// Of that kind; empty where there is only one.
    public let key: String

    public init(kind: String, key: String = "") {
        self.kind = kind
        self.key = key
    }
}
