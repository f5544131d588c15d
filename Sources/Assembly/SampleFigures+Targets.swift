import Access
import Database
import Figures
import Files
import Kernel
import PlanText
import Province
import Tabular
import Targets

// Invented targets of the communes, split from the plan's.
extension SampleFigures {
    /// The province's targets split by last December's figures; next year's do not add up yet.
    func loadTargets(first: Month) async throws {
        let plan = system.definition
        let series = try await system.store.read { try FigureService.series(on: $0) }
        let december = first.adding(months: 12)
        let basis = plan.communes.communes.map { commune in
            (
                commune, total: series.total(commune.code, december) ?? 0,
                voluntary: series[commune.code, .voluntary, december] ?? 0
            )
        }
        let (total, voluntary) = (basis.reduce(0) { $0 + $1.total }, basis.reduce(0) { $0 + $1.voluntary })
        guard total > 0, voluntary > 0 else { return }
        var lines = [
            ["Chỉ tiêu phát triển người tham gia BHXH (minh họa)"],
            ["Mã", "Tên xã, phường, đặc khu", "Năm", "Tổng số", "Tự nguyện", "Văn bản"],
        ]
        for target in plan.targets.filter({ (december.year + 1...december.year + 2).contains($0.year) }) {
            let isNext = target.year > december.year + 1
            let totals = Self.split(target.total - (isNext ? 1_250 : 0), over: basis.map(\.total))
            let voluntaries = Self.split(target.voluntary, over: basis.map(\.voluntary))
            for (index, (commune, _, _)) in basis.enumerated() {
                lines.append([
                    commune.code.text, commune.name, String(target.year), String(totals[index]),
                    String(min(voluntaries[index], totals[index])),
                    isNext
                        ? "Dự thảo chỉ tiêu \(target.year) (minh họa)"
                        : "Quyết định giao chỉ tiêu \(target.year) (minh họa)",
                ])
            }
        }
        let file = IncomingFile(name: "chi-tieu.csv", mediaType: "text/csv", bytes: CSVWriter.bytes(of: lines))
        let load = try await system.targets.loadTargets(
            file, year: nil, document: "", by: Actor(account: nil, name: "Sở Nội vụ (minh họa)"))
        guard load.errors.isEmpty else {
            throw Refusal(.invalid, "Chỉ tiêu minh họa không đọc được: \(load.errors.prefix(2).map(\.sentence))")
        }
    }

    /// Whole people in proportion to some numbers, adding up exactly (largest remainders).
    private static func split(_ total: Int, over parts: [Int]) -> [Int] {
        let sum = max(parts.reduce(0, +), 1)
        var result = parts.map { total * $0 / sum }
        let remainders = parts.indices.sorted { (total * parts[$0] % sum, $1) > (total * parts[$1] % sum, $0) }
        for index in remainders.prefix(total - result.reduce(0, +)) { result[index] += 1 }
        return result
    }
}
