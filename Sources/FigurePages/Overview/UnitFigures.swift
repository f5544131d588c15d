import Access
import Charts
import Components
import Figures
public import Kernel
import Overview
import PlanText
import Targets
import Work
import Province
public import WebDesk

/// The figures of a commune on its page.
struct UnitFiguresView: Page {
    static let template: PageTemplate = "unit-figures"

    let figureYear: Int
    let figureSource: String
    let panels: [MeasurePanel]
    let courseCharts: [ChartModel]
    let picture: PictureView?
    let targetLine: String
    let targetAddress: String
    let contests: [ContestView]
    let hasContests: Bool
    let groupLine: String?
    /// Nil for those to whom the list of groups is closed.
    let groupAddress: String?
    let figureLinks: [Frame.Link]
}

// The figures, score and next steps on the page of a unit.
extension FigurePages {
    /// What figures have to show on the page of a unit, which belongs to the area of work.
    public func parts(of unit: UnitCode, year: Int, for request: MemberRequest) async throws -> UnitParts {
        let viewer = request.viewer
        switch unit {
        case .agency, .agencyUnit:
            let found = try await overview.agencyFigures(unit, for: viewer)
            return UnitParts(
                figures: nil, score: try score(found.score, month: found.month),
                steps: found.steps.map { step($0, of: unit) })
        case .commune(let commune):
            let figures = try await overview.communeFigures(
                commune, year: definition.years.contains(year) ? year : nil, for: viewer)
            // What is shown of the figures changes with them alone, and for whoever may see the groups.
            let shown = try await fragments.fragment(
                "don-vi-so-lieu|\(commune)|\(year)|\(today)|\(viewer.seesGroups(of: commune))",
                revision: request.revisions.of([.plan] + Self.standingKinds)
            ) { try renderer.render(view(figures, request)) }
            return UnitParts(
                figures: shown,
                score: try score(figures.score, month: figures.scoreMonth),
                steps: figures.steps.map { step($0, of: unit) })
        }
    }

    private func score(_ ranked: RankedScore?, month: Month?) throws -> String? {
        try ScoreView(ranked, month: month, rules: definition.scoring).map { try renderer.render($0) }
    }

    private func step(_ step: NextStep, of unit: UnitCode) -> Frame.Link {
        let address: Address =
            switch step.place {
            case .work(let id): Addresses.work(id)
            case .groups: Addresses.groups(unit)
            case .figure(let month): Addresses.figureMonth(month)
            case .contests: Addresses.contests()
            case .targets: Addresses.targetVersions(unit)
            case .proposal(let year): Addresses.proposal().with(.year, year)
            case .list: Addresses.workList().with(.unit, unit)
            }
        return Frame.Link(step.words, address)
    }

    private func view(_ figures: CommuneFigures, _ request: MemberRequest) -> UnitFiguresView {
        let commune = figures.commune
        let sources = Set(figures.figures.map { "\($0.source), chốt \($0.cutoff.vietnamese)" }).sorted()
        let groupTargets = figures.groups.compactMap(\.voluntaryTarget)
        let groupAddress: String? =
            request.viewer.seesGroups(of: commune) ? Addresses.groups(.commune(commune)).text : nil
        let groupLine: String? =
            figures.groups.isEmpty
            ? nil
            : "\(figures.groups.count) tổ dân phố, thôn"
                + (groupTargets.isEmpty
                    ? "" : ", chỉ tiêu tự nguyện đã giao đến tổ \(VietnameseText.grouped(groupTargets.reduce(0, +)))")
        return UnitFiguresView(
            figureYear: figures.year,
            figureSource: figures.month.map {
                "Số liệu tháng \($0.vietnamese); nguồn: \(sources.joined(separator: "; "))."
            } ?? "Năm \(figures.year) chưa có số liệu của đơn vị.",
            panels: Measure.allCases.map {
                MeasurePanel(
                    figures[$0], rules: scoringRules,
                    remark: figures.contests.contains(where: \.isOpen) ? "Có số liệu đang được đề nghị sửa." : nil)
            },
            courseCharts: Measure.allCases.compactMap { courseChart($0, figures) },
            picture: pictureView(figures.picture, figures.blocks, month: figures.month, whole: false),
            targetLine: figures.target.map {
                "Chỉ tiêu năm \($0.year): tổng số \(VietnameseText.grouped($0.total)), tự nguyện \(VietnameseText.grouped($0.voluntary)) – theo \($0.document)"
            } ?? "Chưa có chỉ tiêu năm \(figures.year)",
            targetAddress: Addresses.targetVersions(.commune(commune)).text,
            contests: figures.contests.filter(\.isOpen).map {
                ContestView(
                    subject: "\($0.scheme.title), tháng \($0.month.vietnamese)",
                    address: Addresses.figure(commune, $0.month, FigureWords.slug($0.scheme)).text,
                    stated: VietnameseText.grouped($0.stated), proposed: VietnameseText.grouped($0.proposed),
                    difference: FigureWords.signed($0.proposed - $0.stated),
                    reason: $0.reason, document: $0.document, proofName: nil, proofAddress: nil, eraseAddress: nil,
                    sender: $0.at.day.vietnamese,
                    outcome: $0.decidedAt.map { $0.day.vietnamese } ?? "Chờ quyết định", forms: [])
            }, hasContests: figures.contests.contains(where: \.isOpen), groupLine: groupLine,
            groupAddress: groupAddress,
            figureLinks: figures.month.map { month in
                Scheme.allCases.map {
                    Frame.Link(
                        "\($0.title): nguồn, lịch sử, đề nghị sửa",
                        Addresses.figure(commune, month, FigureWords.slug($0)))
                }
            } ?? [])
    }

    /// The last two years and the target ahead.
    private func courseChart(_ measure: Measure, _ figures: CommuneFigures) -> ChartModel? {
        let course = figures.courses[measure] ?? [:]
        guard let last = course.keys.max(), let end = Month(year: figures.year, month: 12) else { return nil }
        let first = max(course.keys.min() ?? last, end.adding(months: -23))
        let months = (0...max(first.months(to: end), 0)).map { first.adding(months: $0) }
        let target = figures[measure].progress.target
        let chart = LineChart(
            id: "dien-bien-\(measure.rawValue)", title: "\(measure.title) theo tháng", months: months,
            series: [LineSeries(name: "Đã đạt", values: months.map { course[$0] }, look: .reached)],
            markers: target.map { [TargetMarker(month: end, people: $0, label: "Chỉ tiêu \(figures.year)")] } ?? [])
        return ChartModel(chart.chart(), caption: "\(measure.title) theo tháng")
    }
}
