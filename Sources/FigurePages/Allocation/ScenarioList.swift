import Access
import Allocation
import Components
import Kernel
import PlanText
import Province
import Targets
import WebDesk

/// A scenario of the desk as a line of the list of them.
struct ScenarioLine: Sendable {
    let scenario: AllocationScenario
    /// How far it is from the fair shares on average, in per cent; nil where it cannot be split.
    let spread: Double?
}

/// What a commune proposed.
struct ProposalLine: Sendable {
    let commune: Commune
    let proposal: TargetProposal

    var words: String {
        proposal.reason + (proposal.conditions.isEmpty ? "" : ". Điều kiện đặc thù: \(proposal.conditions)")
    }
}

extension FigurePages {
    static let scenarioList = ListTable<ScenarioLine>(
        "phuong-an", "Phương án phân bổ chỉ tiêu", standing: TableOrder("luc", descending: true),
        columns: [
            .init(
                "phuong-an", "Phương án", width: 40,
                cell: { TableCell($0.scenario.name, link: Addresses.scenario($0.scenario.id)) },
                value: { .text($0.scenario.name) }),
            .init(
                "tinh-trang", "Tình trạng", choice: true, width: 18, cell: { TableCell(badge: badge($0.scenario)) },
                value: { .text(badge($0.scenario).label) }),
            .init("so-lan-sua", "Số lần sửa", number: true, value: { .number($0.scenario.version - 1) }),
            .init("nguoi-tao", "Người tạo", value: { .text($0.scenario.createdBy) }),
            .init("luc", "Tạo lúc", width: 20, value: { .moment($0.scenario.createdAt) }),
            .init(
                "muc-lech", "Mức lệch bình quân so với phần công bằng (%)", number: true,
                cell: { TableCell($0.spread.map { VietnameseText.oneDecimal($0) } ?? "không chia được") },
                value: { $0.spread.map { .decimal($0) } ?? TableValue.none }),
        ])

    static let proposalList = ListTable<ProposalLine>(
        "de-xuat", "Đề xuất của các đơn vị", look: .cards, suffix: "de-xuat",
        columns: [
            .init("don-vi", "Đơn vị", width: 28, value: { .text($0.commune.shortName) }),
            .init("tong-so", "Tổng số", number: true, value: { .number($0.proposal.total) }),
            .init("tu-nguyen", "Tự nguyện", number: true, value: { .number($0.proposal.voluntary) }),
            .init("can-cu", "Căn cứ", sorted: false, width: 70, value: { .text($0.words) }),
            .init("nguoi-gui", "Người gửi", value: { .text($0.proposal.actorName) }),
            .init("luc", "Gửi lúc", width: 20, value: { .moment($0.proposal.at) }),
        ])

    func scenarioLines(_ scope: AllocationScope, year: Int, for viewer: Viewer) async throws -> [ScenarioLine] {
        try await allocations.scenarios(scope, year: year, for: viewer).map { scenario in
            ScenarioLine(
                scenario: scenario, spread: (try? scenario.content.allocation()).map { Self.distance($0, .total) })
        }
    }

    func proposalLines(_ proposals: [CommuneCode: TargetProposal]) -> [ProposalLine] {
        definition.communes.communes.compactMap { commune in
            proposals[commune.code].map { ProposalLine(commune: commune, proposal: $0) }
        }
    }

    /// How far a split is from the fair shares, in per cent.
    static func distance(_ allocation: Allocation, _ column: Measure) -> Double {
        ((allocation.objective[column] ?? 0).squareRoot() * 1_000).rounded() / 10
    }

    static let scenarioReaders = RouteAccess.right(.readScenarios, .allocateTargets, .keepGroups)

    var scenarioWorkbook: ListWorkbook {
        ListWorkbook(Self.scenarioList.outline, of: Subject(.allocation), Self.scenarioReaders) { reader in
            let year = allocationYear(reader.query[.year])
            let scope = allocationScope(for: reader.viewer, typed: reader.query[.scope])
            return reader.sheet(
                Self.scenarioList, of: try await scenarioLines(scope, year: year, for: reader.viewer),
                narrowed: ["năm \(year)"])
        }
    }

    var proposalWorkbook: ListWorkbook {
        ListWorkbook(Self.proposalList.outline, of: Subject(.proposals), Self.scenarioReaders) { reader in
            let year = allocationYear(reader.query[.year])
            let round = try await allocations.proposals(year: year, for: reader.viewer)
            return reader.sheet(
                Self.proposalList, of: proposalLines(round.proposals), narrowed: ["năm \(year)"])
        }
    }
}
