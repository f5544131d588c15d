import Glibc

/// A heading or label as words without case, marks and punctuation, for finding phrases in it.
public struct VietnameseWords: Sendable {
    /// `BHXH bắt buộc (người)` → `bhxh bat buoc nguoi`
    public let text: String
    private let padded: String

    public init(_ raw: String) {
        let folded = VietnameseText.fold(raw)
        let words = folded.split { !$0.isLetter && !$0.isNumber && $0 != "%" }
        text = words.joined(separator: " ")
        padded = " \(text) "
    }

    public var isEmpty: Bool { text.isEmpty }

    /// Whether a phrase stands in it, whole words only. The phrase is written folded.
    public func has(_ phrase: String) -> Bool {
        // Byte by byte: both are folded, and a heading is asked for some fifty phrases.
        padded.withCString { words in " \(phrase) ".withCString { strstr(words, $0) != nil } }
    }

    public func begins(with phrase: String) -> Bool { padded.hasPrefix(" \(phrase) ") }
}
