import Allocation
import Database
import Documents
import Kernel
import Targets

/// Where a deciding paper prints what it gives to each unit: the columns of one of its tables. By it the paper is checked
/// against the desk before it is issued.
struct SplitTable: Sendable {
    let table: String
    /// Names the unit: its code, or its name where the table has no codes.
    let unit: String
    /// Nil where the paper gives voluntary targets alone.
    let total: String?
    let voluntary: String
    /// Where associations stand that share the sum; those that only help are no part of the split.
    var associations: String?
    /// Whether it prints only units whose target is another than that of the adjusted decision.
    var changesOnly = false
}

/// A number of a paper that is not the desk's.
public struct SplitDifference: Sendable, Equatable {
    public let unit: String
    /// `tổng số`, `tự nguyện`.
    public let measure: String
    /// Nil: the paper has no such row.
    public let paper: Int?
    /// Nil: the desk has no such row.
    public let desk: Int?

    var words: String {
        func number(_ value: Int?) -> String { value.map { VietnameseText.grouped($0) } ?? "không có" }
        return "\(unit), \(measure): văn bản \(number(paper)), bàn phân bổ \(number(desk))"
    }
}

extension SplitTable {
    private struct Row {
        let name: String
        let total: Int?
        let voluntary: Int?
    }

    /// Row by row, in the order of the desk.
    /// - Parameter before: the decision that the scenario adjusts.
    func differences(
        of data: DocumentData, from scenario: AllocationScenario, adjusting before: AllocationScenario?
    ) throws -> [SplitDifference] {
        guard let printed = data.tables[table], var units = printed.values(of: unit) else { return [] }
        let totals = total.flatMap { printed.values(of: $0) }
        var voluntaries = printed.values(of: voluntary)
        if scenario.content.rule == .association, let shared = associations.flatMap({ data.tables[$0] }) {
            units += shared.values(of: unit) ?? []
            voluntaries? += shared.values(of: voluntary) ?? []
        }
        var paper: [String: Row] = [:]
        var order: [String] = []
        for (index, value) in units.enumerated() {
            let row = Row(
                name: value.words, total: totals.flatMap { Self.whole($0[index]) },
                voluntary: voluntaries.flatMap { Self.whole($0[index]) })
            // Who helps without a number of its own is no part of the split.
            guard row.total != nil || row.voluntary != nil else { continue }
            paper[value.words] = row
            order.append(value.words)
        }
        let old = Dictionary(
            try before.map { try $0.content.allocation().rows.map { ($0.code, $0) } } ?? [],
            uniquingKeysWith: { first, _ in first })
        var differences: [SplitDifference] = []
        var met: Set<String> = []
        for row in try scenario.content.allocation().rows {
            let key = unit == "code" ? row.code : row.name
            let printed = paper[key]
            met.insert(key)
            let isSame = old[row.code].map { $0.total == row.total && $0.voluntary == row.voluntary } ?? false
            if changesOnly, isSame, printed == nil { continue }
            if totals != nil, printed?.total != row.total {
                differences.append(
                    .init(unit: row.name, measure: "tổng số", paper: printed?.total, desk: row.total))
            }
            if voluntaries != nil, printed?.voluntary != row.voluntary {
                differences.append(
                    .init(unit: row.name, measure: "tự nguyện", paper: printed?.voluntary, desk: row.voluntary))
            }
        }
        for key in order where !met.contains(key) {
            differences.append(.init(unit: key, measure: "tự nguyện", paper: paper[key]?.voluntary, desk: nil))
        }
        return differences
    }

    private static func whole(_ value: DocumentData.Value) -> Int? {
        if case .number(let number) = value { number } else { nil }
    }
}
