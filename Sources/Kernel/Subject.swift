/// What audit, papers, receipts and links speak of: a kind of thing and the key of one of them. The web alone knows where
/// a subject's page is.
public struct Subject: Hashable, Sendable, CustomStringConvertible {
    /// A kind, named by the target whose things they are.
    public struct Kind: Hashable, Sendable, CustomStringConvertible {
        /// A word without a slash, stable over time: it is stored.
        public let word: String

        public init(_ word: String) { self.word = word }

        public var description: String { word }
    }

    public let kind: Kind
    /// Of that kind; may have parts of its own (`2027/31315`), and is empty where there is only one.
    public let key: String

    public init(_ kind: Kind, _ key: some CustomStringConvertible = "") {
        self.kind = kind
        self.key = key.description
    }

    /// As stored and printed: `kind/key`. Nil for a text without a kind.
    public init?(_ text: String) {
        guard let slash = text.firstIndex(of: "/"), slash > text.startIndex else { return nil }
        kind = Kind(String(text[..<slash]))
        key = String(text[text.index(after: slash)...])
    }

    public var text: String { "\(kind.word)/\(key)" }
    public var description: String { text }
}
