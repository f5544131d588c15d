public import Components
import Kernel
public import Tabular

extension ListTable {
    /// The list as a sheet: numbers are numbers and days are days, below a head that says what it is and of when.
    /// - Parameters:
    ///   - rows: all of the selection, in its order.
    ///   - lines: below the title.
    public func sheet(_ rows: [Row], lines: [String]) -> Sheet {
        let columns = columns.filter(\.isData)
        let head = [[SheetCell.text(title, look: .title)]] + lines.map { [SheetCell.text($0)] } + [[]]
        let headings = columns.map { SheetCell.text($0.title, look: .heading) }
        let body = rows.map { row in columns.map { SheetCell($0.value(row)) } }
        var sheet = Sheet(
            name: title, rows: head + [headings] + body,
            widths: Dictionary(uniqueKeysWithValues: columns.enumerated().map { ($0.offset, $0.element.width) }),
            headingRows: head.count + 1)
        sheet.headingStart = head.count
        sheet.printsArea = true
        return sheet
    }
}

extension SheetCell {
    init(_ value: TableValue) {
        switch value {
        case .none: self.init(.empty, look: .cell)
        case .text(let text), .ranked(_, let text): self = .text(text, look: .cell)
        case .number(let number): self = .number(number, look: .figure)
        case .decimal(let number): self.init(.number(number), look: .decimal)
        case .day(let day): self.init(.day(day), look: .day)
        case .moment(let moment): self.init(.moment(moment), look: .moment)
        }
    }
}
