import Access
import Components
import Figures
import Hummingbird
import Kernel
import Overview
import PlanText
import Province
import Targets
import WebDesk

/// Where each commune stands against its target: the dashboard's table as a list of its own.
struct StandingListPage: Page {
    static let template: PageTemplate = "standing-list"

    let tabs: [Frame.Link]
    let heading: String
    let lead: String
    let measures: [Frame.Link]
    let table: TableModel
    let scoringNote: String
}

extension StandingListPage {
    static let sample = StandingListPage(
        tabs: [.sample], heading: "Tiến độ từng đơn vị", lead: "Nội dung", measures: [.sample], table: .sample,
        scoringNote: "Nội dung")
}

/// A commune against its target, as a line.
struct StandingLine: Sendable {
    let standing: CommuneStanding
    let progress: MeasureProgress
    /// Whether the figure is of the month shown; an earlier one is judged no further.
    let isCurrent: Bool
    let judged: Standing

    var now: TableCell {
        guard let people = progress.progress.now else { return TableCell(FigureWords.unknown) }
        return TableCell(
            VietnameseText.grouped(people), quiet: isCurrent ? nil : progress.month.map { "(\($0.vietnamese))" })
    }
    var ahead: Int? { isCurrent ? progress.ahead : nil }
    var rank: Int { Standing.allCases.firstIndex(of: judged).map { $0 == 0 ? Standing.allCases.count : $0 } ?? 0 }
}

extension FigurePages {
    static let standingList = ListTable<StandingLine>(
        "tien-do", "Tiến độ của các xã, phường, đặc khu", look: .frozen, printedRows: 120,
        columns: [
            .init(
                "don-vi", "Đơn vị", width: 28,
                cell: {
                    TableCell(
                        $0.standing.commune.shortName, link: Addresses.unit(.commune($0.standing.commune.code)),
                        more: $0.standing.isContested ? "†" : nil)
                }, value: { .text($0.standing.commune.shortName) }),
            .init("hien-co", "Hiện có", number: true, cell: \.now, value: { TableValue($0.progress.progress.now) }),
            .init("thang", "Số của tháng", value: { TableValue($0.progress.month) }),
            .init(
                "ky-vong", "Kỳ vọng", number: true,
                value: { TableValue($0.isCurrent ? $0.progress.expectation?.people : nil) }),
            .init(
                "chenh", "Chênh", number: true,
                cell: { TableCell($0.ahead.map { FigureWords.signed($0) } ?? "–") }, value: { TableValue($0.ahead) }),
            .init("chi-tieu", "Chỉ tiêu", number: true, value: { TableValue($0.progress.progress.target) }),
            .init(
                "tien-do", "Tiến độ", number: true, sorted: false,
                cell: { TableCell($0.isCurrent ? FigureWords.shortProgress($0.progress.progress) : "–") },
                value: { .text($0.isCurrent ? FigureWords.shortProgress($0.progress.progress) : "–") }),
            .init(
                "danh-gia", "Đánh giá", choice: true, cell: { TableCell(badge: FigureWords.badge($0.judged)) },
                value: { .ranked($0.rank, $0.judged.title) }),
        ])

    private func lines(_ board: CityDashboard, _ measure: Measure) -> [StandingLine] {
        byDelay(board, measure).map { standing in
            let progress = standing[measure]
            let isCurrent = progress.month == board.month && progress.month != nil
            return StandingLine(
                standing: standing, progress: progress, isCurrent: isCurrent,
                judged: isCurrent ? progress.standing(scoringRules) : .unknown)
        }
    }

    private func measure(_ query: FormContent) -> Measure { query[.measure] == Self.voluntary ? .voluntary : .total }

    var standingWorkbook: ListWorkbook {
        ListWorkbook(Self.standingList.outline, of: Subject(.figure), .right(.viewFigures)) { reader in
            let measure = measure(reader.query)
            let board = try await overview.dashboard(year: Int(reader.query[.year]), for: reader.viewer)
            return reader.sheet(
                Self.standingList, of: lines(board, measure),
                narrowed: [
                    "năm \(board.year)", measure.word, board.month.map { "số liệu tháng \($0.vietnamese)" } ?? "",
                ].filter { !$0.isEmpty })
        }
    }

    var standingRoutes: [Route] {
        [
            .page(Addresses.standings, .right(.viewFigures)) { request in try await standingListPage(request) },
            standingWorkbook.route(Addresses.standings.workbook, on: desk),
        ]
    }

    /// The list, of the year and measure that the dashboard shows.
    func standingsAddress(_ year: Int, _ measure: Measure) -> Address {
        Addresses.standings().with(.year, year).with(.measure, measure == .voluntary ? Self.voluntary : nil)
    }

    private func standingListPage(_ request: MemberRequest) async throws -> Response {
        let measure = measure(request.query)
        let board = try await overview.dashboard(year: Int(request.query[.year]), for: request.viewer)
        let model = StandingListPage(
            tabs: figureTabs(Addresses.dashboard(), for: request), heading: "Tiến độ từng đơn vị năm \(board.year)",
            lead: board.month.map { "Số liệu tháng \($0.vietnamese); xếp theo mức chậm so với kỳ vọng." }
                ?? "Năm \(board.year) chưa có số liệu.",
            measures: [Measure.total, .voluntary].map {
                Frame.Link(
                    $0 == .total ? "Tổng số" : "Tự nguyện", standingsAddress(board.year, $0), current: $0 == measure)
            },
            table: try list(
                Self.standingList, of: lines(board, measure), try await query(Self.standingList.outline, of: request),
                at: TablePlace(
                    Addresses.standings(),
                    [(.year, board.year.description), (.measure, measure == .voluntary ? Self.voluntary : "")]),
                workbook: Addresses.standings.workbook()), scoringNote: standingNote)
        return try page(model.heading, model, for: request)
    }
}
