import Foundation
import Formats
import Kernel
import Tabular

/// Writes one list as its sender would, and beside it which row is whom.
///
/// One list is one task: nothing here is shared between threads.
final class ListWriter {
    /// From the city's folder: `thue-thanh-pho/05-1-bk-2025.csv`.
    let name: String
    let lastYear: Int
    private let form: ListForm
    private let truth: LineFile
    private let lines: LineFile?
    private let book: WorkbookStream?
    private let separator: UInt8
    private let rates: [Double]
    private(set) var eligible = [Int](repeating: 0, count: Dirt.allCases.count)
    private(set) var touched = [Int](repeating: 0, count: Dirt.allCases.count)
    private(set) var rows = 0
    private var sheet = ""
    private var sheets = 0
    private var line = 0
    private var head = ListHead([], [])
    private var number = 0

    /// - Parameters:
    ///   - key: of the list's format, by which its rates of dirt are known.
    ///   - truth: where the rows' entities are told.
    init(
        folder: String, name: String, key: String, form: ListForm, truth: String, rates: DirtRates, plan: CityPlan
    ) throws {
        self.name = name
        self.form = form
        self.rates = rates.of(key)
        lastYear = plan.lastDay.year
        self.truth = try LineFile(path: truth)
        let path = "\(folder)/\(name)"
        switch form {
        case .workbook:
            book = try WorkbookStream(path: path, made: plan.lastDay.daysSinceEpoch * 86_400)
            lines = nil
            separator = 0
        case .text(let mark, _):
            book = nil
            lines = try LineFile(path: path)
            separator = mark.utf8.first ?? UInt8(ascii: ",")
            try lines?.add("\u{FEFF}")
        case .markup:
            book = nil
            lines = try LineFile(path: path)
            separator = 0
        }
    }

    /// Whether a row that could be written wrong in this way is, counting both.
    func soils(_ dirt: Dirt, _ draws: inout Draws) -> Bool {
        let place = dirt.place
        eligible[place] += 1
        guard draws.unit() < rates[place] else { return false }
        touched[place] += 1
        return true
    }

    // MARK: Rows

    /// Begins a sheet with its title lines and headings; in a text, its one table.
    func begin(_ name: String, _ head: ListHead) throws {
        self.head = head
        sheets += 1
        if let book {
            sheet = SheetNames.usable([name])[0]
            try book.begin(sheet: sheet)
        }
        line = 0
        number = 0
        if case .markup = form { return try lines?.add(head.titles.joined()) ?? () }
        for title in head.titles { try put([.text(title)], look: .title) }
        if head.hasGroups {
            var cells: [ListCell] = []
            for (place, column) in head.columns.enumerated() {
                let goesOn = place > 0 && !column.group.isEmpty && head.columns[place - 1].group == column.group
                cells.append(.text(goesOn ? "" : column.group.isEmpty ? column.name : column.group))
            }
            try put(cells, look: .heading)
            mergeGroups()
            try put(head.columns.map { .text($0.group.isEmpty ? "" : $0.name) }, look: .heading)
        } else {
            try put(head.columns.map { .text($0.name) }, look: .heading)
        }
        if head.isNumbered {
            try put(head.columns.indices.map { .text($0 == 0 ? "A" : $0 == 1 ? "B" : "\($0 - 1)") }, look: .heading)
        }
    }

    private func mergeGroups() {
        var place = 0
        while place < head.columns.count {
            let group = head.columns[place].group
            var end = place
            while end + 1 < head.columns.count, !group.isEmpty, head.columns[end + 1].group == group { end += 1 }
            if end > place { book?.merge(place...end, text: group) }
            place = end + 1
        }
    }

    /// The number a row has in its list.
    func nextNumber() -> Int {
        number += 1
        return number
    }

    /// A row of a person or an employer.
    func add(_ cells: [ListCell], _ kind: RecordKind, _ entity: String) throws {
        // No sheet has more rows: the list goes on in the next one.
        if book != nil, line >= WorkbookStream.lastRow - 2 { try begin("\(sheet) (\(sheets + 1))", head) }
        try put(cells, look: .plain)
        rows += 1
        if rows % 4_096 == 0 { try Task.checkCancellation() }
        try truth.add(
            "\(name),\(LineFile.field(sheet)),\(line),\(kind.rawValue),\(entity)\n")
    }

    /// A person's row, now and then twice.
    func add(_ cells: [ListCell], _ kind: RecordKind, _ entity: String, _ draws: inout Draws) throws {
        try add(cells, kind, entity)
        if soils(.doubledRow, &draws) { try add(cells, kind, entity) }
    }

    /// A row that is nobody's: the name of a group, a total, a note.
    func note(_ cells: [ListCell]) throws { try put(cells, look: .total) }

    private func put(_ cells: [ListCell], look: SheetCell.Look) throws {
        line += 1
        if let book {
            book.add(
                cells.map { cell in
                    switch cell {
                    case .text(let text): .text(text, look: look)
                    case .count(let count), .money(let count): .number(count, look: look)
                    case .day(let day): SheetCell(.day(day), look: look)
                    }
                })
            return
        }
        if case .markup(let element, _) = form { return try putMarkup(cells, in: element) }
        var row = ""
        for (place, cell) in cells.enumerated() {
            if place > 0 { row.unicodeScalars.append(Unicode.Scalar(separator)) }
            switch cell {
            case .text(let text): row += LineFile.field(text, separator: separator)
            case .count(let count), .money(let count): row += String(count)
            case .day(let day): row += day.vietnamese
            }
        }
        row += "\r\n"
        if case .text(_, true) = form { row = row.decomposedStringWithCanonicalMapping }
        try lines?.add(row)
    }

    private func putMarkup(_ cells: [ListCell], in element: String) throws {
        var row = "<\(element)>"
        for (column, cell) in zip(head.columns, cells) {
            let text =
                switch cell {
                case .text(let text): XMLText.escaped(text)
                case .count(let count), .money(let count): String(count)
                case .day(let day): day.vietnamese
                }
            row += "<\(column.name)>\(text)</\(column.name)>"
        }
        try lines?.add(row + "</\(element)>\n")
    }

    func close() throws {
        if case .markup(_, let behind) = form { try lines?.add(behind) }
        try book?.close()
        try lines?.close()
        try truth.close()
    }
}
