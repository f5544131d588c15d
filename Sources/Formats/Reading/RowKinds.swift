import Kernel
import Tabular

/// Tells rows of data from those that stand between them.
struct RowKinds {
    let format: Format
    /// By column of the format: column of the file.
    let columns: [Int: Int]

    /// Columns by which a row is somebody: names, days, numbers of persons and firms.
    private let telling: [Int]
    private let needed: Set<Int>

    init(_ format: Format, _ columns: [Int: Int]) {
        (self.format, self.columns) = (format, columns)
        var (telling, needed): (Set<Int>, Set<Int>) = ([], [])
        for (column, place) in columns {
            if format.columns[column].isNeeded { needed.insert(place) }
            switch format.columns[column].fields[0].type {
            case .money, .count, .share, .flag: break
            default: telling.insert(place)
            }
        }
        (self.telling, self.needed) = (telling.sorted(), needed)
    }

    enum Kind {
        case data
        case passed(PassedRow)
        case section(Format.Section?)
    }

    func kind(of row: TableRow) -> Kind {
        // Nearly every row: a second telling cell behind the first that is no numbering.
        if let first = row.cells.firstIndex(where: { !$0.isBlank && !Self.isNumbering($0.shown) }),
            telling.contains(where: { $0 != first && !row[$0].isBlank })
        {
            return .data
        }
        let filled = row.cells.indices.filter { !row.cells[$0].isBlank }
        guard let first = filled.first(where: { !Self.isNumbering(row.cells[$0].shown) }) else {
            // Numbers alone: a row that was numbered and not filled is data that lacks everything.
            return .data
        }
        let others = filled.filter { telling.contains($0) && $0 != first }
        guard others.isEmpty else { return .data }
        let words = VietnameseWords(row.cells[first].shown)
        if Self.totals.contains(where: { words.begins(with: $0) }), filled.count > 1 || Self.totals.contains(words.text)
        {
            return .passed(.total)
        }
        if filled.count <= 4,
            filled.contains(where: { place in
                let words = VietnameseWords(row.cells[place].shown)
                return Self.feet.contains { words.begins(with: $0) }
                    || words.has("ngay") && words.has("thang") && words.has("nam")
            })
        {
            return .passed(.foot)
        }
        guard filled.last == first else { return .data }
        let name = Self.withoutNumbering(words.text)
        if let section = format.sections.first(where: { section in
            section.words.contains { VietnameseWords(name).begins(with: $0) }
        }) {
            return .section(section)
        }
        // One cell says nobody; where it is the only column needed, it is a row.
        return needed == [first] && format.oneOf.isEmpty ? .data : .section(nil)
    }

    private static let totals = ["tong cong", "cong", "tong so", "tong"]
    private static let feet = [
        "nguoi lap", "ke toan", "thu truong", "giam doc", "truong phong", "ky ghi", "ky ten", "chu ky", "xac nhan",
        "ghi chu", "noi nhan", "can bo thu", "dai dien", "lap bieu",
    ]

    /// `1`, `I`, `a)`, `1.2`
    private static func isNumbering(_ text: String) -> Bool {
        guard text.utf8.count <= 16 else { return false }
        if text.utf8.count <= 6, text.utf8.allSatisfy({ (48...57).contains($0) }) { return true }
        let text = text.uppercased().filter { !" .)(".contains($0) }
        return text.utf8.count <= 6
            && (text.utf8.allSatisfy { (48...57).contains($0) } || text.allSatisfy { "IVXL".contains($0) }
                || text.utf8.count == 1 && text.utf8.allSatisfy { (65...90).contains($0) })
    }

    private static func withoutNumbering(_ words: String) -> String {
        let parts = words.split(separator: " ", maxSplits: 1)
        return parts.count == 2 && isNumbering(String(parts[0])) ? String(parts[1]) : words
    }
}
