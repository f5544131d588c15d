import Allocation
import Documents
import Kernel
import Targets

/// How a split of a year's target is told in an official paper: what it rests on, what it had to do without, what units proposed.
/// The desk tells the same to those who split in words of its own.
enum AllocationWords {
    private static func name(_ column: Measure) -> String { column == .total ? "tổng số" : "BHXH tự nguyện" }

    private static func name(_ key: AllocationKey) -> String { key == .last ? "kết quả thực hiện" : key.words }

    /// What each part was split by, and within which bounds.
    static func method(_ allocation: Allocation, _ content: AllocationScenario.Content) -> String {
        func keys(_ column: Measure) -> String {
            let counted = allocation.keys[column] ?? []
            guard !counted.isEmpty else {
                return "\(name(column)) chia đều cho các đơn vị, do chưa có số liệu làm căn cứ"
            }
            let parts = counted.map { key in
                name(key.key) + (counted.count > 1 ? " (tỷ trọng \(Int(key.percent.rounded()))%)" : "")
            }
            return "\(name(column)) phân bổ theo \(list(parts))"
        }
        let settings = content.settings
        var bounds: [String] = []
        if let floor = settings.floorPercent {
            bounds.append(
                floor == 100 ? "không thấp hơn kết quả đã đạt" : "không thấp hơn \(percent(floor))% kết quả đã đạt")
        }
        if content.floorsByLastTarget, !settings.allowsDecrease, !content.lastTargets.isEmpty {
            bounds.append("không thấp hơn chỉ tiêu năm trước")
        }
        if let cap = settings.capPercent {
            bounds.append("không quá \(percent(cap))% kết quả hoặc chỉ tiêu năm trước")
        }
        if settings.capByPool, content.units.contains(where: { $0.pool != nil }) {
            bounds.append("không quá kết quả đã đạt cộng số người chưa tham gia")
        }
        let sentences = [
            VietnameseText.sentence("\(keys(.total)); \(keys(.voluntary))"),
            bounds.isEmpty ? "" : "Chỉ tiêu của từng đơn vị \(list(bounds))",
        ]
        return sentences.filter { !$0.isEmpty }.joined(separator: ". ") + "."
    }

    /// What was to be counted and is not known, of all units or of some; empty where nothing is missing.
    static func missing(_ allocation: Allocation, _ content: AllocationScenario.Content) -> String {
        var (absent, partial): ([String], [String]) = ([], [])
        for key in AllocationKey.allCases {
            let wanted = Measure.allCases.filter { (content.settings.keys[$0.rawValue]?[key.rawValue] ?? 0) > 0 }
            guard !wanted.isEmpty else { continue }
            let counted = wanted.compactMap { column in allocation.keys[column]?.first { $0.key == key }?.units }
            guard let units = counted.min() else {
                absent.append(name(key))
                continue
            }
            if units < allocation.rows.count {
                partial.append("\(allocation.rows.count - units) đơn vị chưa có số liệu \(name(key))")
            }
        }
        let sentences = [
            absent.isEmpty ? "" : "Chưa có số liệu \(list(absent)) của các đơn vị nên chưa dùng làm căn cứ phân bổ",
            partial.isEmpty ? "" : "\(list(partial)); chỉ tiêu của các đơn vị này tính theo các căn cứ còn lại",
        ]
        return sentences.filter { !$0.isEmpty }.joined(separator: ". ")
    }

    /// How much is asked above the results, in per cent; nil without results.
    static func growth(_ row: Allocation.Row, _ unit: AllocationUnit) -> Double? {
        unit.lastTotal.flatMap { last in last > 0 ? Double(row.total - last) * 100 / Double(last) : nil }
    }

    /// How many units are given a smaller compulsory part than they have reached; empty where none is, or nobody's part is known.
    static func fallingCompulsory(_ allocation: Allocation, _ content: AllocationScenario.Content) -> String {
        let falling = zip(allocation.rows, content.units).filter { row, unit in
            guard let total = unit.lastTotal, let voluntary = unit.lastVoluntary else { return false }
            return row.total - row.voluntary < total - voluntary
        }
        guard !falling.isEmpty else { return "" }
        let names = falling.count > 5 ? "" : ": \(falling.map(\.0.name).joined(separator: ", "))"
        return
            "Có \(falling.count)/\(content.units.count) đơn vị có phần BHXH bắt buộc trong chỉ tiêu thấp hơn kết quả đã đạt\(names)"
    }

    /// Who is asked to grow most, as the table's decimals show it: one unit, several alike, or all.
    static func largestGrowth(_ allocation: Allocation, _ content: AllocationScenario.Content) -> String {
        let grown = zip(allocation.rows, content.units).compactMap { row, unit in
            growth(row, unit).map { (name: row.name, tenths: Int(($0 * 10).rounded())) }
        }
        guard let most = grown.map(\.tenths).max(), most > 0, grown.count > 1 else { return "" }
        let first = grown.filter { $0.tenths == most }
        let words = "\(DocumentData.Value.decimal(Double(most) / 10, places: 1).words)%"
        if first.count == grown.count { return "Các đơn vị có mức tăng như nhau (\(words))" }
        if let only = first.first, first.count == 1 { return "Đơn vị có mức tăng cao nhất là \(only.name) (\(words))" }
        return first.count > 5
            ? "\(first.count) đơn vị cùng có mức tăng cao nhất (\(words))"
            : "Các đơn vị cùng có mức tăng cao nhất (\(words)): \(first.map(\.name).joined(separator: ", "))"
    }

    /// How many units proposed, what they proposed together, how many get something else; the count is empty where nobody did.
    static func proposals(_ allocation: Allocation, _ content: AllocationScenario.Content) -> [String: String] {
        let sent = zip(allocation.rows, content.units).filter { $1.proposalTotal != nil }
        guard !sent.isEmpty else { return ["proposalCount": "", "proposalWords": ""] }
        let total = sent.reduce(0) { $0 + ($1.1.proposalTotal ?? 0) }
        let voluntary = sent.reduce(0) { $0 + ($1.1.proposalVoluntary ?? 0) }
        let others = sent.count { row, unit in
            row.total != unit.proposalTotal || row.voluntary != unit.proposalVoluntary ?? row.voluntary
        }
        let count = "\(sent.count)/\(content.units.count) xã, phường, đặc khu đã gửi đề xuất"
        return [
            "proposalCount": "\(sent.count)",
            "proposalWords":
                "\(count), cộng \(VietnameseText.grouped(total)) người, trong đó BHXH tự nguyện \(VietnameseText.grouped(voluntary)) người; "
                + (others == 0
                    ? "phương án giao bằng mức các đơn vị này đề xuất"
                    : "\(others) đơn vị được giao khác mức đề xuất (chi tiết tại Phụ lục)")
                ,
        ]
    }

    /// Why a unit gets its number; per cent stand as in the rest of the paper.
    static func reason(_ row: Allocation.Row, _ unit: AllocationUnit) -> String {
        unit.proposalTotal == row.total && unit.proposalVoluntary == row.voluntary
            ? "Bằng mức đơn vị đề xuất" : row.brief.replacing(" %", with: "%")
    }

    /// Whose results are of an earlier month, by month: `xã Hà Tây và xã Đường An lấy số liệu đến 30/09/2026`; empty where all
    /// are of the same.
    static func earlierResults(_ content: AllocationScenario.Content) -> String {
        let names = Dictionary(content.units.map { ($0.code, $0.name) }, uniquingKeysWith: { first, _ in first })
        let months = Dictionary(grouping: content.earlierResults ?? [:], by: \.value).sorted { $0.key > $1.key }
        guard !months.isEmpty else { return "" }
        return months.map { month, units in
            "\(list(units.compactMap { names[$0.key] }.sorted())) lấy số liệu đến \(month.lastDay.vietnamese)"
        }.joined(separator: "; ")
    }

    private static func percent(_ number: Double) -> String {
        number == number.rounded() ? "\(Int(number))" : VietnameseText.oneDecimal(number)
    }

    /// `a`, `a và b`, `a, b và c`
    static func list(_ parts: [String]) -> String {
        guard let last = parts.last, parts.count > 1 else { return parts.first ?? "" }
        return "\(parts.dropLast().joined(separator: ", ")) và \(last)"
    }
}
