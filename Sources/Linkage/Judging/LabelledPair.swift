/// What a person says of a pair.
public struct LabelledPair: Sendable, Equatable, Hashable {
    public let left: String
    public let right: String
    /// Nil for “cannot be told”.
    public let isMatch: Bool?
    public let clerk: String

    public init(left: String, right: String, isMatch: Bool?, clerk: String = "") {
        self.left = left
        self.right = right
        self.isMatch = isMatch
        self.clerk = clerk
    }
}
