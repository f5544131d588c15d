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

    /// One of the two measures, as a panel.
    struct Panel: Sendable {
        let measureTitle: String
        let now: String
        let standing: Badge
        let target: String
        let progress: String
        let against: String
        let movement: String
        let bar: ChartModel
    }

    struct Row: Sendable, MustacheParent {
        let name: String
        let address: String
        let now: String
        let expected: String
        let ahead: String
        let target: String
        let progress: String
        let standing: Badge
        let contested: Bool

        func child(named tag: String) -> Any? {
            switch tag {
            case "name": name
            case "address": address
            case "now": now
            case "expected": expected
            case "ahead": ahead
            case "target": target
            case "progress": progress
            case "standing": standing
            case "contested": contested
            default: nil
            }
        }
    }

    struct Late: Sendable {
        let name: String
        let address: String
        let number: String
    }

    struct PathRow: Sendable {
        let year: Int
        let total: String
        let totalEnd: String
        let voluntary: String
        let voluntaryEnd: String
    }

    let year: Int
    let years: [Frame.Link]
    let tabs: [Frame.Link]
    let headline: String
    let sourceLine: String
    let partly: String?
    let partlyAddress: String?
    let incomplete: String?
    let panels: [Panel]
    let hasFigures: Bool
    /// Nil for whoever may not.
    let importAddress: String?
    let paths: [ChartModel]
    let pathRows: [PathRow]
    let movementChart: ChartModel
    let measures: [Frame.Link]
    let map: ChartModel?
    let noMap: Bool
    let targetGap: String?
    let rows: [Row]
    let hasContested: Bool
    let late: [Late]
    let lateNothing: Bool
    let lateCommunes: String
    let obstacles: String
    let contests: String
    let scoringNote: String
    let printed: String
    let unitsAddress: String
    let obstaclesAddress: String
    let contestsAddress: String
    let targetsAddress: String
}

extension FigurePages {
    /// The measure's name in addresses.
    private static let voluntary = "tu-nguyen"

    var dashboardRoutes: [Route] {
        [
            .page(Addresses.dashboard, .right(.viewFigures)) { request in
                let measure: Measure = request.query[.measure] == Self.voluntary ? .voluntary : .total
                let year = Int(request.query[.year]).flatMap { definition.years.contains($0) ? $0 : nil }
                let scope = work.scope(of: request.viewer)
                let key =
                    "tong-quan|\(request.revision)|\(today)|\(year ?? 0)|\(measure)|\(request.viewer.may(.acceptFigures))|\(scope)"
                let main = try await fragments.fragment(key) {
                    try renderer.render(try await dashboardPage(request, measure, year: year))
                }
                return try page("Tổng quan", rendered: main, for: request)
            }
        ]
    }

    private func dashboardPage(_ request: MemberRequest, _ measure: Measure, year: Int?) async throws -> DashboardPage {
        let board = try await overview.dashboard(year: year, for: request.viewer)
        let month = board.month?.vietnamese
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
            paths: Measure.allCases.map { pathChart($0, board) },
            pathRows: pathRows(board),
            movementChart: movementChart(board),
            measures: [
                Frame.Link(
                    "Tổng số", Addresses.dashboard().with(.year, board.year).at("ban-do"), current: measure == .total),
                Frame.Link(
                    "Tự nguyện",
                    Addresses.dashboard().with(.year, board.year).with(.measure, Self.voluntary).at("ban-do"),
                    current: measure == .voluntary),
            ],
            map: map(board, measure), noMap: cartogram == nil, targetGap: targetGap(board), rows: rows(board, measure),
            hasContested: board.communes.contains(where: \.isContested),
            late: board.late.prefix(8).map { overview in
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
            scoringNote:
                "Màu theo chênh lệch so với kỳ vọng, tính bằng phần trăm mức tăng phải đạt trong năm: dưới \(VietnameseText.oneDecimal(scoringRules.farBehind)) % là chậm nhiều, dưới \(VietnameseText.oneDecimal(scoringRules.behind)) % là chậm, trên \(VietnameseText.oneDecimal(scoringRules.ahead)) % là vượt, trên \(VietnameseText.oneDecimal(scoringRules.farAhead)) % là vượt nhiều (ngưỡng do người quản trị khai báo).",
            printed: clock.now.vietnamese,
            unitsAddress: Addresses.units().with(.year, board.year).text,
            obstaclesAddress: Addresses.obstacles().text, contestsAddress: Addresses.contests().text,
            targetsAddress: Addresses.targets().with(.year, board.year).text)
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

    private func panel(_ progress: MeasureProgress, _ board: CityDashboard) -> DashboardPage.Panel {
        let target = definition.targets.first { $0.year == board.year }
        let words = progress.measure == .total ? target?.totalOperator.words : target?.voluntaryOperator.words
        let bar = BulletBar(
            id: "thanh-\(progress.measure.rawValue)", title: progress.measure.title, start: progress.progress.start,
            now: progress.progress.now,
            expected: progress.expectation?.people, target: progress.progress.target)
        return DashboardPage.Panel(
            measureTitle: progress.measure.title, now: FigureWords.people(progress.progress.now),
            standing: FigureWords.badge(progress.standing(scoringRules)),
            target: progress.progress.target.map {
                "Chỉ tiêu năm \(board.year): \(words ?? "") \(VietnameseText.grouped($0))"
            } ?? "Chưa có chỉ tiêu",
            progress: VietnameseText.sentence(FigureWords.progress(progress.progress)) + ".",
            against: VietnameseText.sentence(FigureWords.ahead(progress)) + ".",
            movement: progress.month.map {
                "So với tháng trước (\($0.adding(months: -1).vietnamese)): \(FigureWords.signed(progress.movement))"
            } ?? "",
            bar: ChartModel(bar.chart(), caption: "Thanh: hiện có; vạch: kỳ vọng đến nay; cờ: chỉ tiêu năm"))
    }

    private func pathChart(_ measure: Measure, _ board: CityDashboard) -> ChartModel {
        let course = board.courses[measure]
        let lastYear = definition.years.upperBound
        let firstKnown = course?.people.keys.min()
        let first = max(
            firstKnown ?? Month(of: .firstDay(ofYear: definition.years.lowerBound)),
            Month(of: .firstDay(ofYear: definition.years.lowerBound - 2)))
        let end = Month(of: .lastDay(ofYear: lastYear))
        let months = (0...max(first.months(to: end), 0)).map { first.adding(months: $0) }
        let reached = months.map { course?.people[$0] }
        // The straight way from one year's end to the next target, from what is known of the start.
        var path: [Int?] = Array(repeating: nil, count: months.count)
        var anchor: (month: Month, people: Int)?
        if let december = Month(year: definition.years.lowerBound - 1, month: 12), let people = course?.people[december]
        {
            anchor = (december, people)
        }
        for target in definition.targets {
            guard let december = Month(year: target.year, month: 12) else { continue }
            let people = measure == .total ? target.total : target.voluntary
            if let anchor {
                for (index, month) in months.enumerated() where month > anchor.month && month <= december {
                    path[index] =
                        anchor.people + (people - anchor.people) * anchor.month.months(to: month)
                        / anchor.month.months(to: december)
                }
                if let index = months.firstIndex(of: anchor.month) { path[index] = anchor.people }
            } else if let index = months.firstIndex(of: december) {
                path[index] = people
            }
            anchor = (december, people)
        }
        let chart = LineChart(
            id: "duong-\(measure.rawValue)", title: "\(measure.title) và chỉ tiêu từng năm", months: months,
            series: [
                LineSeries(name: "Đã đạt", values: reached, look: .reached),
                LineSeries(name: "Đường tới chỉ tiêu", values: path, look: .path),
            ],
            markers: definition.targets.compactMap { target in
                Month(year: target.year, month: 12).map {
                    TargetMarker(
                        month: $0, people: measure == .total ? target.total : target.voluntary,
                        label: "Chỉ tiêu \(target.year)")
                }
            })
        return ChartModel(chart.chart(), caption: "\(measure.title): đã đạt và chỉ tiêu cuối mỗi năm")
    }

    private func pathRows(_ board: CityDashboard) -> [DashboardPage.PathRow] {
        board.path.map { target, end in
            DashboardPage.PathRow(
                year: target.year, total: VietnameseText.grouped(target.total),
                totalEnd: FigureWords.people(end[.total]),
                voluntary: VietnameseText.grouped(target.voluntary), voluntaryEnd: FigureWords.people(end[.voluntary]))
        }
    }

    private func movementChart(_ board: CityDashboard) -> ChartModel {
        let last = board.month ?? board.latest ?? Month(of: today)
        let course = board.courses[.total]?.people ?? [:]
        let bars = (0..<12).reversed().map { back -> BarChart.Bar in
            let month = last.adding(months: -back)
            let change = course[month].flatMap { now in course[month.adding(months: -1)].map { now - $0 } }
            return BarChart.Bar(label: "T\(month.month)", value: change)
        }
        return ChartModel(
            BarChart(id: "bien-dong", title: "Tăng, giảm tổng số người tham gia từng tháng", bars: bars).chart(),
            caption: "Tăng, giảm so với tháng trước, 12 tháng đến tháng \(last.vietnamese)")
    }

    private func targetGap(_ board: CityDashboard) -> String? {
        guard let targets = board.targets else { return nil }
        let without = targets.communes - targets.targets.count
        if without == targets.communes {
            return
                "Chưa có chỉ tiêu năm \(board.year) của các xã, phường, đặc khu nên chưa so được tiến độ từng đơn vị."
        }
        if without > 0 { return "Còn \(without) đơn vị chưa có chỉ tiêu năm \(board.year)." }
        let gaps = Measure.allCases.compactMap { measure -> String? in
            guard let gap = targets.difference(measure), gap != 0 else { return nil }
            return "\(measure == .total ? "tổng số" : "tự nguyện") \(FigureWords.signed(gap))"
        }
        return gaps.isEmpty
            ? nil : "Tổng chỉ tiêu của các đơn vị lệch chỉ tiêu thành phố: \(gaps.joined(separator: ", "))."
    }

    private func map(_ board: CityDashboard, _ measure: Measure) -> ChartModel? {
        guard let cartogram else { return nil }
        var shades: [String: AreaMap.Shade] = [:]
        for standing in board.communes {
            let progress = standing[measure]
            let isCurrent = progress.month == board.month
            shades[standing.commune.code.text] = AreaMap.Shade(
                level: isCurrent ? FigureWords.level(progress.standing(scoringRules)) : .missing,
                name: standing.commune.name,
                words: isCurrent
                    ? progress.ahead.map { FigureWords.signed($0) } ?? FigureWords.people(progress.progress.now)
                    : FigureWords.unknown,
                address: Addresses.unit(.commune(standing.commune.code)).text, isContested: standing.isContested)
        }
        let chart = AreaMap(
            id: "ban-do-xa",
            title:
                "Tiến độ \(measure == .total ? "tổng số" : "tự nguyện") của \(board.communes.count) xã, phường, đặc khu",
            cartogram: cartogram, shades: shades, legend: "So với kỳ vọng đến nay"
        ).chart()
        return ChartModel(
            chart, caption: "Bản đồ lược giản theo vị trí, diện tích và ranh giới; không thay bản đồ địa giới")
    }

    private func rows(_ board: CityDashboard, _ measure: Measure) -> [DashboardPage.Row] {
        let rules = scoringRules
        // The furthest behind, by the growth demanded, first; those without figures last.
        func key(_ standing: CommuneStanding) -> Double {
            let progress = standing[measure]
            guard progress.month == board.month, let ahead = progress.ahead,
                let demand = progress.demand(leastPercent: rules.leastDemandPercent)
            else { return .infinity }
            return Double(ahead) / demand
        }
        return board.communes.map { ($0, key($0)) }.sorted { ($0.1, $0.0.commune.code) < ($1.1, $1.0.commune.code) }.map
        { standing, _ in
            let progress = standing[measure]
            let target = progress.progress.target.map { VietnameseText.grouped($0) } ?? "–"
            // What is known of an earlier month stands with its month, and is judged no further.
            guard progress.month == board.month, progress.month != nil else {
                let earlier = progress.month.flatMap { month in
                    progress.progress.now.map { "\(VietnameseText.grouped($0)) (\(month.vietnamese))" }
                }
                return DashboardPage.Row(
                    name: standing.commune.shortName, address: Addresses.unit(.commune(standing.commune.code)).text,
                    now: earlier ?? FigureWords.unknown, expected: "–", ahead: "–",
                    target: target, progress: "–", standing: FigureWords.badge(.unknown),
                    contested: standing.isContested)
            }
            return DashboardPage.Row(
                name: standing.commune.shortName, address: Addresses.unit(.commune(standing.commune.code)).text,
                now: FigureWords.people(progress.progress.now),
                expected: progress.expectation.map { VietnameseText.grouped($0.people) } ?? "–",
                ahead: progress.ahead.map { FigureWords.signed($0) } ?? "–",
                target: target, progress: FigureWords.shortProgress(progress.progress),
                standing: FigureWords.badge(progress.standing(rules)), contested: standing.isContested)
        }
    }
}
