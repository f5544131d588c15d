/// The beginning of a SHA-256, as somebody copies it from the trail, minutes or a page.
public struct HashPrefix: Sendable, Equatable {
    /// Fewer signs name too many files.
    public static let shortest = 8

    /// Lower-case hexadecimal, ``shortest`` to 64 signs.
    public let text: String

    /// Nil for what is no such beginning. Spaces, capitals and the sign of what was left out do not matter.
    public init?(_ typed: String) {
        let text = typed.lowercased().filter { !$0.isWhitespace && $0 != "…" }
        guard (Self.shortest...64).contains(text.count), text.allSatisfy({ "0123456789abcdef".contains($0) })
        else { return nil }
        self.text = text
    }

    /// Hashes that begin so are not below the first and below the end: “g” follows all signs of a hash.
    var first: String { text }
    var end: String { text + "g" }
}
