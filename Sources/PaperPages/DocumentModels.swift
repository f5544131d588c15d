import Components
import Documents
import Kernel
import WebDesk

struct DocumentListPage: Page {
    static let template: PageTemplate = "document-list"

    struct Kind: Sendable {
        let label: String
        let address: String
    }

    let heading: String
    /// Nil for whoever neither reads boards nor writes for them.
    let boards: Frame.Link?
    let kinds: [Kind]
    let hasKinds: Bool
    let reportsForm: FormModel?
    let table: TableModel
    let templates: [Kind]
    let hasTemplates: Bool
}

struct DocumentPage: Page {
    static let template: PageTemplate = "document"

    /// Work whose product the paper is, or may become.
    struct Place: Sendable {
        let work: Frame.Link
        let words: String
        let form: FormModel?
    }

    let back: Frame.Link
    let heading: String
    let facts: [Fact]
    let state: Badge
    /// Of a paper that asks for answers, where some are late.
    let late: Badge?
    let downloads: [Frame.Link]
    /// Starts making PDF; nil where it cannot be made, or was made already.
    let pdfForm: FormModel?
    let problems: [String]
    let hasProblems: Bool
    /// Of a paper that gives targets.
    let deciding: DecidingPart?
    let issueForm: FormModel?
    /// Who may be the second person; nil where one issues.
    let secondsNote: String?
    /// Number and day that wait for a second person.
    let waiting: WaitingDeed?
    /// Withdraws or replaces it; nil while it is a draft and once it no longer holds.
    let endForm: FormModel?
    let hasFailure: Bool
    let places: [Place]
    let hasPlaces: Bool
    let preview: [PreviewBlock]
    let lines: [String]
}

struct TemplatePage: Page {
    static let template: PageTemplate = "template"

    let back: Frame.Link
    let heading: String
    let lead: String
    let form: FormModel
    let keepForm: FormModel?
    /// Back to the installation's own text; nil where it holds.
    let resetForm: FormModel?
    let previewed: Bool
    let noPreview: Bool
    let preview: [PreviewBlock]
    let lines: [String]
}

/// A block of a document on the screen.
struct PreviewBlock: Sendable {
    struct Cell: Sendable {
        let value: String
        let isNumber: Bool
        /// Of an entry in the list of sources: what it leads to.
        var address: String?
    }

    /// A stretch of a paragraph, with the mark of a source behind it.
    struct Piece: Sendable {
        let text: String
        let mark: Frame.Link?
    }

    struct Row: Sendable {
        let cells: [Cell]
    }

    var pieces: [Piece] = []
    var isParagraph = false
    var title: String?
    var toComplete: String?
    var caption: String?
    var isTable = false
    var heads: [String] = []
    var rows: [Row] = []
    var more: String?

    /// Tables are shown with their first rows: the file has all.
    static let shownRows = 40

    /// A paragraph; each mark in it leads to its source, as far as the document says where that is.
    static func paragraph(_ text: String, _ sources: [Int: String]) -> PreviewBlock {
        var pieces: [Piece] = []
        for piece in SourceMark.pieces(of: text) {
            switch piece {
            case .text(let text): pieces.append(Piece(text: text, mark: nil))
            case .entry(let number): pieces.append(Piece(text: "\(number)", mark: nil))
            case .reference(let number):
                guard let address = sources[number] else { continue }
                pieces.append(Piece(text: "", mark: Frame.Link("[\(number)]", address)))
            }
        }
        return PreviewBlock(pieces: pieces, isParagraph: true)
    }

    /// - Parameter sources: where the marks of the document lead, by their numbers.
    static func blocks(_ document: OfficialDocument, sources: [Int: String] = [:]) -> [PreviewBlock] {
        var (articles, chapters) = (0, 0)
        func paragraph(_ text: String) -> PreviewBlock { Self.paragraph(text, sources) }
        var result: [PreviewBlock] = []
        func add(_ blocks: [OfficialDocument.Block]) {
            for block in blocks {
                switch block {
                case .text(let text), .note(let text): result.append(paragraph(text))
                case .heading(let text), .large(let text): result.append(.init(title: text))
                case .chapter(let text):
                    chapters += 1
                    result.append(.init(title: "Chương \(OfficialDocument.roman(chapters)). \(text)"))
                case .titledArticle(let text):
                    articles += 1
                    result.append(.init(title: "Điều \(articles). \(text)"))
                case .article(let text):
                    articles += 1
                    result.append(paragraph("Điều \(articles). \(text)"))
                case .items(let items): result += items.map { paragraph("– \($0)") }
                case .complete(let text): result.append(.init(toComplete: text))
                case .table(let grid): result.append(table(grid, sources))
                case .chart(let graph):
                    result.append(paragraph("[Biểu đồ: \(graph.title)]"))
                case .signatures(let signatories):
                    result += signatories.map {
                        paragraph("[Chữ ký: \($0.title)\($0.name.isEmpty ? "" : ", \($0.name)")]")
                    }
                case .pageBreak: break
                }
            }
        }
        if !document.authority.isEmpty { result.append(.init(title: document.authority)) }
        result += document.grounds.map(paragraph)
        if !document.decides.isEmpty { result.append(.init(title: document.decides)) }
        add(document.body)
        for annex in document.annexes {
            result.append(.init(title: "\(annex.label) \(annex.title)"))
            add(annex.body)
        }
        return result
    }

    /// A cell of words with one mark leads where the mark does.
    private static func cell(_ words: String, isNumber: Bool, _ sources: [Int: String]) -> Cell {
        let marked = SourceMark.pieces(of: words).compactMap { piece -> Int? in
            switch piece {
            case .reference(let number), .entry(let number): number
            case .text: nil
            }
        }.first
        return Cell(value: SourceMark.plain(words), isNumber: isNumber, address: marked.flatMap { sources[$0] })
    }

    private static func table(_ grid: OfficialDocument.Grid, _ sources: [Int: String]) -> PreviewBlock {
        var rows = grid.rows.prefix(shownRows).map { row in
            Row(
                cells: zip(grid.columns, row).map { cell($1.words, isNumber: $0.align == .right, sources) })
        }
        if let label = grid.totalLabel {
            let first = grid.columns.firstIndex { $0.sums } ?? 1
            rows.append(
                Row(
                    cells: grid.columns.indices.map { index in
                        index == max(first - 1, 0)
                            ? Cell(value: label, isNumber: false)
                            : Cell(value: grid.sum(index).words, isNumber: true)
                    }))
        }
        return PreviewBlock(
            caption: SourceMark.plain(grid.caption ?? "Bảng"), isTable: true, heads: grid.columns.map(\.fullTitle),
            rows: rows,
            more: grid.rows.count > shownRows ? "… và \(grid.rows.count - shownRows) dòng nữa trong tệp" : nil)
    }

    /// What stands above and below the body.
    static func lines(_ document: OfficialDocument) -> [String] {
        [
            document.superior, document.agency.joined(separator: " "),
            document.issuedWith == nil
                ? [document.numberLine, document.dateLine].filter { !$0.isEmpty }.joined(separator: " – ") : "",
            [document.type.title ?? "", document.summary].filter { !$0.isEmpty }.joined(separator: " – "),
            document.attachedTo.isEmpty ? "" : "(\(document.attachedTo))",
            document.addressees.isEmpty ? "" : "Kính gửi: \(document.addressees.joined(separator: "; "))",
        ].filter { !$0.isEmpty }
    }
}

struct SteeringPage: Page {
    static let template: PageTemplate = "steering"

    struct Row: Sendable {
        let seat: String
        let name: String
        let position: String
        let phone: String
        let since: String
        let leaveForm: FormModel?
    }

    let back: Frame.Link
    let heading: String
    let rows: [Row]
    let nothing: Bool
    let left: [Row]
    let hasLeft: Bool
    let usual: [String]
    let form: FormModel?
    let papers: [Frame.Link]
    let hasPapers: Bool
}
