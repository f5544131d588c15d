import Access
import Documents
public import Kernel
import PlanText

/// A paper written out without being kept, with the figures that stand in it.
public struct WrittenPaper: Sendable {
    public struct Figure: Sendable, Equatable {
        /// The name of a field, or table, row (from 1) and column: `months/2/total`.
        public let place: String
        /// As the paper writes it, with the sign that it says in words: `-12` of `giảm 12 người`.
        public let value: String
        /// The day it is counted to.
        public let day: Day
        /// Where it was read: a file, a decision, the system's own count.
        public let source: String
    }

    public let title: String
    /// DOCX.
    public let word: [UInt8]
    public let figures: [Figure]
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
        case .delivery: "delivery"
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
            figures: draft.data.figures(in: document, otherwise: FigureOrigin(draft.cutoff, draft.subject.text)))
    }
}

extension DocumentData {
    /// The figures that a paper's own list of sources tells of (`sources/12`).
    private func listed(otherwise origin: FigureOrigin) -> [WrittenPaper.Figure] {
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
                place: "sources/\(SourceMark.plain(number))", value: "\(label): \(value)", day: day ?? origin.day,
                source: cells["source"] ?? origin.source)
        }
    }

    /// Years that a paper names and marks that only open a sentence count nothing.
    private static func countsNothing(_ name: String) -> Bool {
        ["year", "lastYear", "documentYear", "firstYear", "lastYearOfPlan", "joint", "compulsoryDerived"].contains(name)
            || name.hasPrefix("has") && (name.dropFirst(3).first?.isUppercase ?? false)
    }

    /// The sign of a phrase's numbers.
    private static func sign(of phrase: String) -> String {
        ["giảm ", "thấp hơn "].contains { phrase.hasPrefix($0) } ? "-" : ""
    }

    /// Columns of what is named and not counted.
    private static let names: Set<String> = ["code", "name", "unit", "period", "product", "slot", "title", "month"]

    /// Fields and cells of tables that are numbers, in the order of their names, and the numbers of phrases that say what they
    /// stand on (`tăng 214 người`).
    /// - Parameters:
    ///   - document: made of these data: its last lines of sums are figures too (`units/sum/total`).
    ///   - origin: what figures stand on that do not say it themselves: the paper's day and what it is about.
    fileprivate func figures(in document: OfficialDocument, otherwise origin: FigureOrigin) -> [WrittenPaper.Figure] {
        let own = fields.sorted { $0.key < $1.key }.flatMap { name, text -> [WrittenPaper.Figure] in
            guard !Self.countsNothing(name), let origin = self.origin(of: name) ?? (Self.isNumber(text) ? origin : nil)
            else { return [] }
            return Self.numbers(in: text).map {
                WrittenPaper.Figure(
                    place: name, value: Self.sign(of: text) + $0, day: origin.day, source: origin.source)
            }
        }
        let cells = tables.filter { $0.key != "sources" }.sorted { $0.key < $1.key }.flatMap { name, table in
            table.rows.enumerated().flatMap { row, values in
                zip(table.columns, values).flatMap { column, value -> [WrittenPaper.Figure] in
                    let stated = self.origin(of: name, row: row + 1, column: column)
                    let isPhrase = stated != nil && !Self.names.contains(column)
                    let numbers = value.number != nil ? [value.words] : isPhrase ? Self.numbers(in: value) : []
                    let origin = stated ?? origin
                    return numbers.map {
                        WrittenPaper.Figure(
                            place: "\(name)/\(row + 1)/\(column)", value: $0, day: origin.day, source: origin.source)
                    }
                }
            }
        }
        return own + cells + sums(of: document, otherwise: origin) + listed(otherwise: origin)
    }

    private func sums(of document: OfficialDocument, otherwise origin: FigureOrigin) -> [WrittenPaper.Figure] {
        (document.body + document.annexes.flatMap(\.body)).flatMap { block -> [WrittenPaper.Figure] in
            guard case .table(let grid) = block, grid.totalLabel != nil else { return [] }
            let added = grid.columns.enumerated().filter { $0.element.sums || $0.element.share != nil }
            return added.map { index, column in
                let origin = origins?["\(grid.table)/\(column.key)"] ?? origins?[grid.table] ?? origin
                return WrittenPaper.Figure(
                    place: "\(grid.table)/sum/\(column.key)", value: grid.sum(index).words, day: origin.day,
                    source: origin.source)
            }
        }
    }

    private static func isNumber(_ text: String) -> Bool {
        !text.isEmpty && text.contains(where: \.isNumber)
            && text.allSatisfy { $0.isASCII && ($0.isNumber || ".,-+%".contains($0)) }
    }

    private static func numbers(in value: Value) -> [String] {
        if case .text(let text) = value { numbers(in: text) } else { [] }
    }

    /// The numbers of a phrase; days, months and the numbers of papers are none.
    static func numbers(in text: String) -> [String] {
        text.replacing(/\d{1,2}\/\d{1,2}\/\d{4}|\d{1,2}\/\d{4}|\d+\/[\p{L}][\p{L}\-]*/, with: " ")
            .matches(of: /-?\d[\d.]*(?:,\d+)?/).map {
                String($0.output).trimmingSuffix(".")
            }
    }
}

extension String {
    fileprivate func trimmingSuffix(_ mark: Character) -> String {
        var text = self
        while text.last == mark { text.removeLast() }
        return text
    }
}
