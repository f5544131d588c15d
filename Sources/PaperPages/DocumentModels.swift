import Components
import Documents
import Kernel
import WebDesk

struct DocumentListPage: Page {
    static let template: PageTemplate = "document-list"

    struct Row: Sendable {
        let title: String
        let address: String
        let kind: String
        let made: String
        let state: Badge
    }

    struct Kind: Sendable {
        let label: String
        let address: String
    }

    let heading: String
    let kinds: [Kind]
    let hasKinds: Bool
    let reportsForm: FormModel?
    let rows: [Row]
    let nothing: Bool
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
    let downloads: [Frame.Link]
    /// Starts making PDF; nil where it cannot be made, or was made already.
    let pdfForm: FormModel?
    let problems: [String]
    let hasProblems: Bool
    /// Of a paper that gives targets.
    let deciding: DecidingPart?
    let issueForm: FormModel?
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
    }

    struct Row: Sendable {
        let cells: [Cell]
    }

    var paragraph: String?
    var title: String?
    var toComplete: String?
    var caption: String?
    var isTable = false
    var heads: [String] = []
    var rows: [Row] = []
    var more: String?

    /// Tables are shown with their first rows: the file has all.
    static let shownRows = 40

    static func blocks(_ document: OfficialDocument) -> [PreviewBlock] {
        var (articles, chapters) = (0, 0)
        var result: [PreviewBlock] = []
        func add(_ blocks: [OfficialDocument.Block]) {
            for block in blocks {
                switch block {
                case .text(let text), .note(let text): result.append(.init(paragraph: text))
                case .heading(let text), .large(let text): result.append(.init(title: text))
                case .chapter(let text):
                    chapters += 1
                    result.append(.init(title: "Chương \(OfficialDocument.roman(chapters)). \(text)"))
                case .titledArticle(let text):
                    articles += 1
                    result.append(.init(title: "Điều \(articles). \(text)"))
                case .article(let text):
                    articles += 1
                    result.append(.init(paragraph: "Điều \(articles). \(text)"))
                case .items(let items): result += items.map { .init(paragraph: "– \($0)") }
                case .complete(let text): result.append(.init(toComplete: text))
                case .table(let grid): result.append(table(grid))
                case .chart(let graph):
                    result.append(.init(paragraph: "[Biểu đồ: \(graph.title)]"))
                case .signatures(let signatories):
                    result += signatories.map {
                        .init(paragraph: "[Chữ ký: \($0.title)\($0.name.isEmpty ? "" : ", \($0.name)")]")
                    }
                case .pageBreak: break
                }
            }
        }
        if !document.authority.isEmpty { result.append(.init(title: document.authority)) }
        result += document.grounds.map { .init(paragraph: $0) }
        if !document.decides.isEmpty { result.append(.init(title: document.decides)) }
        add(document.body)
        for annex in document.annexes {
            result.append(.init(title: "\(annex.label) \(annex.title)"))
            add(annex.body)
        }
        return result
    }

    private static func table(_ grid: OfficialDocument.Grid) -> PreviewBlock {
        var rows = grid.rows.prefix(shownRows).map { row in
            Row(
                cells: zip(grid.columns, row).map { Cell(value: $1.words, isNumber: $0.align == .right) })
        }
        if let label = grid.totalLabel {
            let first = grid.columns.firstIndex { $0.sums } ?? 1
            rows.append(
                Row(
                    cells: grid.columns.indices.map { index in
                        index == max(first - 1, 0)
                            ? Cell(value: label, isNumber: false)
                            : Cell(value: grid.columns[index].sums ? grid.sum(index).words : "", isNumber: true)
                    }))
        }
        return PreviewBlock(
            caption: grid.caption ?? "Bảng", isTable: true, heads: grid.columns.map(\.title), rows: rows,
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
