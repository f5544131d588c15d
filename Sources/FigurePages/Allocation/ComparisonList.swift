import Access
import Allocation
import Components
import Kernel
import PlanText
import Targets
import WebDesk

/// A unit's part in two scenarios, as a line.
struct ComparisonLine: Sendable {
    let row: Allocation.Row
    /// Nil where the other scenario does not have the unit.
    let twin: Allocation.Row?

    var change: Int? { twin.map { row.total - $0.total } }
    var changeVoluntary: Int? { twin.map { row.voluntary - $0.voluntary } }
    static func signed(_ change: Int?) -> TableCell { TableCell(change.map { FigureWords.signed($0) } ?? "–") }
    var isDifferent: Bool { change != 0 || changeVoluntary != 0 }
}

// Two scenarios side by side.
extension FigurePages {
    static func comparisonList(_ first: String, _ second: String) -> ListTable<ComparisonLine> {
        ListTable<ComparisonLine>(
            "so-sanh-phuong-an", "So sánh hai phương án", look: .frozen, printedRows: 120,
            columns: [
                .init("don-vi", "Đơn vị", width: 28, value: { .text($0.row.name) }),
                .init("mot", first, number: true, value: { .number($0.row.total) }),
                .init("hai", second, number: true, value: { TableValue($0.twin?.total) }),
                .init(
                    "chenh", "Chênh", number: true, cell: { ComparisonLine.signed($0.change) },
                    value: { TableValue($0.change) }),
                .init("mot-tu-nguyen", "Tự nguyện: \(first)", number: true, value: { .number($0.row.voluntary) }),
                .init("hai-tu-nguyen", "Tự nguyện: \(second)", number: true, value: { TableValue($0.twin?.voluntary) }),
                .init(
                    "chenh-tu-nguyen", "Chênh tự nguyện", number: true,
                    cell: { ComparisonLine.signed($0.changeVoluntary) },
                    value: { TableValue($0.changeVoluntary) }),
                .init(
                    "khac", "Khác nhau", choice: true, width: 12,
                    value: { $0.isDifferent ? .ranked(0, "có") : .ranked(1, "không") }),
            ])
    }

    /// A scenario beside another of its year: the one asked for, else the latest.
    func comparison(
        _ id: RecordID, with other: RecordID?, for viewer: Viewer
    ) async throws -> (
        scenario: AllocationScenario, other: AllocationScenario?, others: [AllocationScenario], lines: [ComparisonLine]
    ) {
        let (scenario, _) = try await allocations.scenario(id, for: viewer)
        let others = try await allocations.scenarios(scenario.scope, year: scenario.year, for: viewer).filter {
            $0.id != scenario.id
        }
        let second = others.first { $0.id == other } ?? others.first
        let twins = Dictionary(
            (try second?.content.allocation().rows ?? []).map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first }
        )
        let lines = try scenario.content.allocation().rows.map { ComparisonLine(row: $0, twin: twins[$0.code]) }
        return (scenario, second, others, lines)
    }

    var comparisonWorkbook: ListWorkbook {
        ListWorkbook(
            Self.comparisonList("Phương án này", "Phương án so sánh").outline, of: Subject(.allocation),
            Self.scenarioReaders
        ) { reader in
            guard let id = RecordID(reader.query[.scenario]) else {
                throw Refusal(.notFound, "Không có phương án này.")
            }
            let found = try await comparison(id, with: RecordID(reader.query[.comparedWith]), for: reader.viewer)
            let second = found.other?.name ?? ""
            return reader.sheet(
                Self.comparisonList(found.scenario.name, second), of: found.lines,
                narrowed: ["năm \(found.scenario.year)", "\(found.scenario.name) so với \(second)"])
        }
    }
}
