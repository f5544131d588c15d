import Access
import Charts
import Components
import Figures
import Hummingbird
import Kernel
import Mustache
import Overview
import PlanText
import Targets
import Work
import Province
import WebDesk

struct DashboardPage: Page {
    static let template: PageTemplate = "dashboard"

    /// A commune that is behind, to be asked first.
    struct Call: Sendable {
        let name: String
        let address: String
        let words: String
    }

    struct Late: Sendable {
        let name: String
        let address: String
        let number: String
    }

    let year: Int
    let years: [Frame.Link]
    let tabs: [Frame.Link]
    let headline: String
    let sourceLine: String
    let partly: String?
    let partlyAddress: String?
    let incomplete: String?
    let panels: [MeasurePanel]
    let hasFigures: Bool
    /// Nil for whoever may not.
    let importAddress: String?
    /// What only figures and targets move, rendered apart.
    let standings: String
    /// What waits for the reader; nil where nothing does.
    let waiting: Frame.Link?
    let calls: [Call]
    let hasCalls: Bool
    /// Why there is nobody to call.
    let noCalls: String?
    let late: [Late]
    let lateNothing: Bool
    let lateCommunes: String
    let obstacles: String
    let contests: String
    let unitsAddress: String
    let obstaclesAddress: String
    let contestsAddress: String
    /// Lists that are missing by agreements.
    let missingData: Frame.Link?
}

extension FigurePages {
    /// The measure's name in addresses.
    static let voluntary = "tu-nguyen"

    var dashboardRoutes: [Route] {
        [
            .page(Addresses.dashboard, .right(.viewFigures)) { request in
                let measure: Measure = request.query[.measure] == Self.voluntary ? .voluntary : .total
                let year = Int(request.query[.year]).flatMap { definition.years.contains($0) ? $0 : nil }
                let viewer = request.viewer
                let sight =
                    "\(viewer.may(.acceptFigures))|\(mayReadAllocation(viewer))|\(work.scope(of: viewer))|\(viewer.role)"
                let main = try await fragments.fragment(
                    "tong-quan|\(today)|\(year ?? 0)|\(measure)|\(sight)|\(request.waiting)",
                    revision: request.revisions.of(
                        [.instance, .task, .plan, .obstacle] + Self.standingKinds + missingKinds)
                ) {
                    try renderer.render(try await dashboardPage(request, measure, year: year))
                }
                return try page("Tổng quan", rendered: main, for: request)
            }
        ]
    }

    private func dashboardPage(_ request: MemberRequest, _ measure: Measure, year: Int?) async throws -> DashboardPage {
        let board = try await overview.dashboard(year: year, for: request.viewer)
        let month = board.month?.vietnamese
        let calls = calls(board)
        let missing = board.missing.map { definition.communes[$0]?.shortName ?? $0.text }
        return DashboardPage(
            year: board.year,
            years: definition.years.map {
                Frame.Link(
                    "Năm \($0)",
                    Addresses.dashboard().with(.year, $0).with(.measure, measure == .voluntary ? Self.voluntary : nil),
                    current: $0 == board.year)
            },
            tabs: figureTabs(Addresses.dashboard(), for: request), headline: headline(board),
            sourceLine: month.map { "Số liệu tháng \($0); nguồn: \(FigureWords.sources(board.sources))." }
                ?? (board.latest.map {
                    "Năm \(board.year) chưa có số liệu; số liệu mới nhất là tháng \($0.vietnamese)."
                } ?? "Chưa có số liệu nào được nạp."),
            partly: board.partly.map { partly in
                "Tháng \(partly.month.vietnamese) đã có một phần số liệu (\(partly.communes) đơn vị có đủ bắt buộc và tự nguyện), chưa dùng ở trang này."
            }, partlyAddress: board.partly.map { Addresses.figureMonth($0.month).text },
            incomplete: missing.isEmpty
                ? nil
                : "Chưa có số liệu tháng của \(missing.count) đơn vị (\(missing.prefix(5).joined(separator: ", "))\(missing.count > 5 ? ", …" : "")); tổng toàn thành phố tạm dùng số gần nhất của các đơn vị này, không coi là 0.",
            panels: Measure.allCases.map { panel(board[$0], board) }, hasFigures: board.latest != nil,
            importAddress: request.viewer.may(.acceptFigures) ? Addresses.figures().text : nil,
            standings: try await standings(board, measure, year: year, at: request.revisions),
            waiting: request.waiting > 0
                ? Frame.Link("\(VietnameseText.grouped(request.waiting)) việc chờ bạn", Addresses.myDay()) : nil,
            calls: calls, hasCalls: !calls.isEmpty, noCalls: calls.isEmpty ? Self.noCalls(board) : nil,
            late: board.late.prefix(4).map { overview in
                DashboardPage.Late(
                    name: VietnameseText.sentence(definition.name(of: overview.unit)),
                    address: Addresses.workList().with(.year, board.year).with(.unit, overview.unit).with(
                        .status, WorkStatus.late.slug
                    ).text,
                    number: VietnameseText.grouped(overview.counts.late))
            },
            lateNothing: board.late.isEmpty,
            lateCommunes: board.lateCommunes.work == 0
                ? "Không xã, phường, đặc khu nào có việc quá hạn."
                : "\(board.lateCommunes.units) xã, phường, đặc khu có \(VietnameseText.grouped(board.lateCommunes.work)) việc quá hạn.",
            obstacles: VietnameseText.grouped(board.openObstacles),
            contests: VietnameseText.grouped(board.openContests),
            unitsAddress: Addresses.units().with(.year, board.year).text,
            obstaclesAddress: Addresses.obstacles().text, contestsAddress: Addresses.contests().text,
            missingData: try await missingData(request.viewer))
    }

    /// The one sentence for who has a minute.
    private func headline(_ board: CityDashboard) -> String {
        guard let month = board.month, let now = board.total.progress.now else {
            return "Năm \(board.year): chưa có số liệu người tham gia."
        }
        let total =
            board.total.ahead.map {
                $0 >= 0
                    ? "vượt kỳ vọng \(VietnameseText.grouped($0)) người"
                    : "thiếu \(VietnameseText.grouped(-$0)) người so với kỳ vọng"
            }
            ?? "chưa tính được kỳ vọng"
        let voluntary =
            board.voluntary.ahead.map {
                $0 >= 0
                    ? "tự nguyện vượt \(VietnameseText.grouped($0))" : "tự nguyện thiếu \(VietnameseText.grouped(-$0))"
            }
        return "Đến hết tháng \(month.vietnamese) có \(VietnameseText.grouped(now)) người tham gia, \(total)"
            + (voluntary.map { "; \($0)" } ?? "") + "."
    }

    private func panel(_ progress: MeasureProgress, _ board: CityDashboard) -> MeasurePanel {
        let target = definition.targets.first { $0.year == board.year }
        return MeasurePanel(
            progress, rules: scoringRules,
            words: progress.measure == .total ? target?.totalOperator.words : target?.voluntaryOperator.words)
    }

    /// The three communes that are furthest behind, of everybody; in so few words that each has one line of a phone.
    private func calls(_ board: CityDashboard) -> [DashboardPage.Call] {
        byDelay(board, .total).filter { ($0.total.ahead ?? 0) < 0 && $0.total.month == board.month }.prefix(3).map {
            DashboardPage.Call(
                name: VietnameseText.sentence($0.commune.fullName),
                address: Addresses.unit(.commune($0.commune.code)).text,
                words:
                    "thiếu \(VietnameseText.grouped(-($0.total.ahead ?? 0))); \(FigureWords.shortProgress($0.total.progress))"
            )
        }
    }

    private static func noCalls(_ board: CityDashboard) -> String {
        board.communes.contains { $0.total.ahead != nil }
            ? "Không xã, phường, đặc khu nào có số liệu mà chậm so với kỳ vọng."
            : "Chưa so được các xã, phường, đặc khu với kỳ vọng."
    }
}
