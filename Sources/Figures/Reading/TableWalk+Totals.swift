import Kernel
import Tabular
import Province

// Rows of sums among those of units, and whether they are right.
extension TableWalk {
    enum TotalWord { case grand, part }

    mutating func totalWord(_ row: TableRow) -> TotalWord? {
        for column in labelColumns {
            guard case .text(let text) = row[column], text.utf8.first.map({ !(48...57).contains($0) }) ?? false else {
                continue
            }
            var word = words[text] ?? Self.totalWord(reader.readable(text))
            // A unit may be named like a sum: phường Cộng Hoà.
            if word == .part, case .unknown = reader.finder.find(reader.readable(text)) {
            } else if word == .part {
                word = nil
            }
            words[text] = .some(word)
            if let word { return word }
        }
        return nil
    }

    private static func totalWord(_ text: String) -> TotalWord? {
        do {
            let words = VietnameseWords(text)
            if ["tong cong", "tong so", "tong", "toan thanh pho", "toan tinh", "cong chung", "tong toan thanh pho"]
                .contains(words.text)
                || words.begins(with: "tong cong") || words.begins(with: "toan thanh pho")
                || words.begins(with: "toan tinh")
            {
                return .grand
            }
            if words.text == "cong" { return .grand }
            return words.begins(with: "cong") || words.begins(with: "tong") ? .part : nil
        }
    }

    func check(_ totals: [TableRow], into reading: inout FigureReading) {
        guard !isLong, let total = totals.last, totals.count == 1 else { return }
        for (column, sum) in sums.sorted(by: { $0.key < $1.key }) where !unreadable.contains(column) {
            let stated: Int
            switch PeopleCell(total[column]) {
            case .people(let people), .repaired(let people, _): stated = people
            default: continue
            }
            if stated != sum {
                reading.warnings.append(
                    note(
                        total.number, column, value: total[column].shown,
                        message:
                            "không bằng tổng các dòng (\(VietnameseText.grouped(sum)), chênh \(VietnameseText.grouped(stated - sum))); số từng đơn vị được nhận, dòng tổng không dùng"
                    ))
            }
        }
    }
}
