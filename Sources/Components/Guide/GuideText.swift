/// A piece of the users' guide, read from Markdown.
///
/// Only what `docs/huong-dan` needs is understood (headings, paragraphs, lists, tables, quotes, indented code; strong,
/// emphasised, code, links); anything else is a fault of the file, told with its line. HTML is never taken over.
public indirect enum GuideBlock: Sendable, Equatable {
    /// - Parameter level: 2 and 3; the title of the file is no block.
    case heading(level: Int, [GuideSpan])
    case paragraph([GuideSpan])
    case list(isNumbered: Bool, items: [[GuideBlock]])
    case table(head: [[GuideSpan]], rows: [[[GuideSpan]]])
    case quote([GuideBlock])
    case code(String)
}

/// A piece of a line.
public indirect enum GuideSpan: Sendable, Equatable {
    case text(String)
    case strong([GuideSpan])
    case emphasis([GuideSpan])
    case code(String)
    /// - Parameter target: as written: `so-lieu.md#chỉ-tiêu`.
    case link([GuideSpan], target: String)

    /// Without marks.
    public var words: String {
        switch self {
        case .text(let text), .code(let text): text
        case .strong(let inner), .emphasis(let inner), .link(let inner, _): inner.words
        }
    }
}

extension [GuideSpan] {
    public var words: String { map(\.words).joined() }
}

extension GuideBlock {
    /// All words of the block, for those who look for some.
    public var words: String {
        switch self {
        case .heading(_, let spans), .paragraph(let spans): spans.words
        case .list(_, let items): items.flatMap { $0 }.map(\.words).joined(separator: " ")
        case .table(let head, let rows): ([head] + rows).flatMap { $0 }.map(\.words).joined(separator: " ")
        case .quote(let inner): inner.map(\.words).joined(separator: " ")
        case .code(let text): text
        }
    }
}

/// What is wrong with a file of the guide.
public struct GuideFault: Error, Equatable, CustomStringConvertible {
    public let file: String
    /// From 1; nil for the file as a whole.
    public let line: Int?
    public let reason: String

    public var description: String { "guide \(file)\(line.map { ", line \($0)" } ?? ""): \(reason)" }
}
