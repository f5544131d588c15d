import Access
import Allocation
import Documents
import Figures
import Kernel
import Overview
import PlanText
import Targets

/// The card for the socio-economic plan (task I.4), checked against the decision.
extension PaperKind {
    static let indicatorCard = PaperKind(
        "van-ban-tham-muu-ktxh", about: .year(ahead: 1), right: .draftPlanPapers, issuers: PaperIssuers.coordinator
    ) { service, request, viewer in try await service.indicatorCard(request, for: viewer) }
}

extension DocumentService {
    func indicatorCard(_ request: PaperRequest, for viewer: Viewer) async throws -> Draft {
        let year = try request.year()
        guard let target = definition.targets.first(where: { $0.year == year }) else {
            throw Refusal(.notFound, "Kế hoạch không có năm \(year).")
        }
        let board = try await overview.dashboard(year: year - 1, for: viewer)
        let month = board.year == year - 1 ? board.month : nil
        let counted = month.map { month in
            FigureOrigin(
                min(board.sources.first?.cutoff ?? month.lastDay, clock.today), board.sources.first?.source ?? "")
        }
        var data = DocumentData(fields: commonFields(year: year, of: request.unit))
        data.fields["estimateDay"] = counted?.day.vietnamese ?? ""
        if let month {
            let carried = try await carriedWords(month, for: viewer)
            data.put("carried", carried, from: counted)
        }
        func estimate(_ measure: Measure) -> Int? {
            month.flatMap {
                YearEnd(
                    board.courses[measure]?.people ?? [:], flows: board.flows[measure] ?? [:], from: $0, year: year - 1
                )?.people
            }
        }
        let before = definition.targets.first { $0.year == year - 1 }
        let basis = try await targets.compulsoryTarget(year: year, for: viewer)?.basis ?? .derived
        data.fields["compulsoryDerived"] = basis == .derived ? "1" : ""
        data.tables["indicators"] = Self.indicators(
            leastWord(year: year), before: (before?.total, before?.voluntary),
            estimate: (estimate(.total), estimate(.voluntary)),
            plan: (target.total, target.voluntary), basis)
        data.state(planOrigin, of: "indicators")
        data.state(counted, of: "indicators/estimate")
        data.state(counted, of: "indicators/compare")
        try await check(&data, target, for: viewer)
        return Draft(
            request, data, about: Subject(.city), period: .year(year), cutoff: counted?.day ?? clock.today)
    }

    /// Both schemes, as task I.4 asks. What the plan does not give is what is left of the total, and says so.
    /// - Parameter least: “tối thiểu ” where the plan asks for at least so many voluntary participants.
    private static func indicators(
        _ least: String, before: (Int?, Int?), estimate: (Int?, Int?), plan: (Int, Int), _ basis: CompulsoryBasis
    ) -> DocumentData.Table {
        func rest(_ pair: (Int?, Int?)) -> Int? { pair.0.flatMap { whole in pair.1.map { whole - $0 } } }
        func row(_ name: String, _ before: Int?, _ estimate: Int?, _ plan: Int) -> [DocumentData.Value] {
            [
                .text(name), .text("người"), number(before), number(estimate), .number(plan),
                percent(plan, of: estimate),
            ]
        }
        return .init(
            columns: ["name", "unit", "lastPlan", "estimate", "plan", "compare"],
            rows: [
                row("Tổng số người tham gia BHXH", before.0, estimate.0, plan.0),
                row(
                    "Trong đó: \(CompulsoryTarget.title(basis))", rest(before), rest(estimate), plan.0 - plan.1),
                row("BHXH tự nguyện\(least.isEmpty ? "" : " (tối thiểu)")", before.1, estimate.1, plan.1),
            ])
    }

    /// Holds the plan's figures against the decision that gave them out. What does not fit is told to whoever drafts, and is
    /// put right before anybody signs.
    private func check(_ data: inout DocumentData, _ target: AnnualTarget, for viewer: Viewer) async throws {
        guard let decision = try await allocations.decision(.city, year: target.year, for: viewer) else {
            data.fields["noDecision"] = "Chưa có quyết định giao chỉ tiêu năm \(target.year) để đối chiếu"
            return
        }
        let name =
            decision.signing.map { "Quyết định số \($0.citation)" }
            ?? decision.citation ?? "Quyết định giao chỉ tiêu năm \(target.year)"
        let sums = try decision.content.allocation().rows.reduce(into: (0, 0)) { sum, row in
            sum.0 += row.total
            sum.1 += row.voluntary
        }
        if sums == (target.total, target.voluntary) {
            data.fields["checkWords"] = "Số liệu khớp với \(name)."
        } else {
            data.put(
                "mismatch",
                "Số liệu chưa khớp: \(name) giao \(Self.words(sums.0)) người, trong đó tự nguyện \(Self.words(sums.1)) người. Thống nhất lại trước khi ký",
                from: FigureOrigin(clock.today, name))
        }
    }
}
