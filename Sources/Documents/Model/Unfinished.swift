/// What of a paper is still to be written by hand before somebody signs it.
public struct Unfinished: Sendable, Equatable {
    /// Paragraphs that the template asks for (`complete`).
    public let paragraphs: Int
    /// Places left open in lines, paragraphs and cells (``DocumentTemplate/open``); those of number, day and signer are the clerk's.
    public let gaps: Int

    public var isEmpty: Bool { paragraphs == 0 && gaps == 0 }
}

extension OfficialDocument {
    public var unfinished: Unfinished {
        let blocks = body + annexes.flatMap(\.body)
        let paragraphs = blocks.count { if case .complete = $0 { true } else { false } }
        let lines = [summary, archive] + addressees + grounds + recipients + blocks.flatMap(Self.texts)
        return Unfinished(
            paragraphs: paragraphs,
            gaps: lines.reduce(0) { $0 + $1.ranges(of: DocumentTemplate.open).count })
    }

    private static func texts(of block: Block) -> [String] {
        switch block {
        case .text(let text), .note(let text), .heading(let text), .chapter(let text), .article(let text),
            .titledArticle(let text), .large(let text):
            [text]
        case .items(let items): items
        case .table(let grid): grid.rows.flatMap { $0.map(\.words) }
        case .complete, .chart, .pageBreak, .signatures: []
        }
    }
}
