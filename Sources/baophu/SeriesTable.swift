import Kernel
import Tabular

/// Monthly counts of a table with the columns series, month and people, found by their headings.
struct SeriesTable {
    struct Entry {
        let series: String
        let month: Month
        let people: Double
    }

    private(set) var entries: [Entry] = []

    private static let wishes: [LabelledTable.Wish] = [
        .init(
            "series", "series", ["series", "chuoi", "don vi", "dia ban", "xa phuong", "=ten", "=name"], required: true),
        .init("month", "month", ["month", "thang", "ky bao cao", "=ky"], required: true),
        .init("people", "people", ["people", "so nguoi"], required: true, isFigure: true),
    ]

    /// - Parameter name: of the file, for messages.
    init(_ file: TableFile, name: String) throws(Refusal) {
        let table: LabelledTable
        do {
            table = try LabelledTable(file, wishes: Self.wishes, never: ["chi tieu", "target"])
        } catch {
            let words = error.words(
                noHeading:
                    "không tìm thấy dòng tiêu đề; cần ba cột series, month, people (hoặc Đơn vị, Tháng, Số người)")
            throw Refusal(.invalid, "\(name): \(words)")
        }
        guard !table.rows.isEmpty else {
            throw Refusal(.invalid, "\(name): dưới dòng tiêu đề không có dòng nào; cần mỗi tháng một dòng.")
        }
        var signs = Signs()
        for row in table.rows {
            func refuse(_ note: CellNote) -> Refusal { Refusal(.invalid, "\(name): \(note.sentence).") }
            if let problem = row.problems(texts: ["series", "month"]).first { throw refuse(problem) }
            guard let month = Self.month(row["month"]) else {
                throw refuse(row.note("month", "không phải tháng; hãy ghi dạng 2026-09 hoặc 09/2026"))
            }
            let count: Double
            let number: WrittenNumber?
            switch Self.people(row["people"]) {
            case .count(let found, let written): (count, number) = (found, written)
            case .wrong(let message): throw refuse(row.note("people", message))
            }
            if let number, let message = signs.clash(number, at: row.number) {
                throw refuse(row.note("people", message))
            }
            entries.append(Entry(series: row.text("series"), month: month, people: count))
        }
    }

    private static func month(_ cell: Cell) -> Month? {
        if case .day(let day) = cell { return Month(of: day) }
        let text = VietnameseText.tidy(cell.shown)
        return Month(typed: text) ?? Day(typed: text).map { Month(of: $0) }
    }

    private enum Count {
        case count(Double, WrittenNumber?)
        case wrong(String)
    }

    /// People, or parts of them where an average is forecast.
    private static func people(_ cell: Cell) -> Count {
        switch PeopleCell(cell) {
        case .people(let people): return .count(Double(people), nil)
        case .repaired(let people, _): return .count(Double(people), WrittenNumber(cell.shown))
        case .missing: return .wrong("ô trống; hãy nhập số người (ghi 0 nếu đúng là không có ai)")
        case .wrong(let message):
            if case .number(let number) = cell, number >= 0, number < 1e12 { return .count(number, nil) }
            guard case .text(let text) = cell, let number = WrittenNumber(text), !number.isNegative,
                let count = number.double, count < 1e12
            else { return .wrong(message) }
            return .count(count, number)
        }
    }

    /// What one sign has meant so far: `999.500` beside `1012.25` cannot be thousands.
    private struct Signs {
        private var thousands: [Character: Int] = [:]
        private var decimals: [Character: Int] = [:]

        mutating func clash(_ number: WrittenNumber, at row: Int) -> String? {
            if let sign = number.grouping, number.digits.count <= 6, number.mark == nil {
                thousands[sign] = thousands[sign] ?? row
            }
            if let sign = number.mark { decimals[sign] = decimals[sign] ?? row }
            for (sign, first) in thousands {
                guard let other = decimals[sign] else { continue }
                return
                    "không rõ “\(sign)” ngăn hàng nghìn (dòng \(first)) hay phần thập phân (dòng \(other)); hãy ghi số liền hoặc dùng tệp .xlsx"
            }
            return nil
        }
    }
}
