import Access
import Documents
import Kernel
import PlanText

/// A paper written out without being kept, with the figures that stand in it.
public struct WrittenPaper: Sendable {
    public struct Figure: Sendable, Equatable {
        /// The name of a field, or table, row (from 1) and column: `months/2/total`.
        public let place: String
        /// As the paper writes it.
        public let value: String
        /// The day it is counted to and where it comes from, of papers that list the source of each figure (`sources/12`).
        public var day: String?
        public var source: String?
    }

    public let title: String
    /// DOCX.
    public let word: [UInt8]
    public let figures: [Figure]
    /// What the figures were read from: `commune/10507`.
    public let source: String
}

extension PaperTopic {
    /// For programs: what a paper is about.
    public var word: String {
        switch self {
        case .citySplit: "city-split"
        case .communeSplit: "commune-split"
        case .period: "period"
        case .year: "year"
        case .batch: "batch"
        case .committee: "committee"
        case .task: "task"
        case .today: "today"
        }
    }
}

extension DocumentService {
    /// Writes a draft by its installation's template. Keeps nothing.
    /// - Throws: a refusal with the template's fault.
    public func written(_ draft: Draft) throws -> WrittenPaper {
        guard let template = folder.templates[draft.template] else {
            throw Refusal(.notFound, "Không có mẫu văn bản này.")
        }
        let document: OfficialDocument
        do {
            document = try template.document(draft.data, signer: draft.signer)
        } catch {
            throw Refusal(.invalid, "\(error)")
        }
        let title = document.summary.isEmpty ? template.name : "\(document.type.words) \(document.summary)"
        return WrittenPaper(
            title: title,
            word: try WordWriter.bytes(
                of: document, properties: DocumentProperties(title: title, creator: "baophu", made: clock.now)),
            figures: draft.data.figures, source: draft.subject.text)
    }
}

extension DocumentData {
    /// The figures that a paper's own list of sources tells of.
    private var listed: [WrittenPaper.Figure] {
        guard let table = tables["sources"] else { return [] }
        return table.rows.compactMap { row in
            let cells = Dictionary(zip(table.columns, row.map(\.words)), uniquingKeysWith: { first, _ in first })
            guard let number = cells["number"], let label = cells["label"], let value = cells["value"] else {
                return nil
            }
            let day = zip(table.columns, row).lazy.compactMap { column, value -> Day? in
                if column == "day", case .day(let day) = value { day } else { nil }
            }.first
            return WrittenPaper.Figure(
                place: "sources/\(SourceMark.plain(number))", value: "\(label): \(value)", day: day?.description,
                source: cells["source"])
        }
    }

    /// Fields and cells of tables that are numbers, in the order of their names.
    fileprivate var figures: [WrittenPaper.Figure] {
        let own = fields.sorted { $0.key < $1.key }.filter { field in
            !field.value.isEmpty && field.value.allSatisfy { $0.isASCII && ($0.isNumber || ".,-+%".contains($0)) }
                && field.value.contains(where: \.isNumber)
        }.map { WrittenPaper.Figure(place: $0.key, value: $0.value) }
        let cells = tables.filter { $0.key != "sources" }.sorted { $0.key < $1.key }.flatMap { name, table in
            table.rows.enumerated().flatMap { row, values in
                zip(table.columns, values).filter { $0.1.number != nil }.map { column, value in
                    WrittenPaper.Figure(place: "\(name)/\(row + 1)/\(column)", value: value.words)
                }
            }
        }
        return own + cells + listed
    }
}
