import Access
import Charts
import Components
import Figures
import Kernel
import Mustache
import Overview
import PlanText
import Province
import Targets
import WebDesk
import Work

/// The way to the plan's last year and where each commune stands: the part of the dashboard that only figures, targets and
/// the plan move, whoever looks.
struct DashboardStandings: Page {
    static let template: PageTemplate = "dashboard-standings"

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

    struct PathRow: Sendable {
        let year: Int
        let total: String
        let totalEnd: String
        let voluntary: String
        let voluntaryEnd: String
    }

    let picture: PictureView?
    let paths: [ChartModel]
    let pathRows: [PathRow]
    let movementChart: ChartModel
    let measures: [Frame.Link]
    /// How many communes there are, and whether map and table are unfolded on a phone: when they were asked for.
    let communes: String
    let opens: Bool
    let map: ChartModel?
    let noMap: Bool
    let targetGap: String?
    let targetsAddress: String
    let rows: [Row]
    let hasContested: Bool
    let scoringNote: String
    /// The same as a list.
    let listAddress: String
}

extension FigurePages {
    /// - Parameter year: as asked for; it tells kept parts from each other.
    func standings(_ board: CityDashboard, _ measure: Measure, year: Int?, at revisions: Revisions) async throws
        -> String
    {
        try await fragments.fragment(
            "tong-quan-don-vi|\(today)|\(year ?? 0)|\(measure)", revision: revisions.of([.plan] + Self.standingKinds)
        ) {
            try renderer.render(
                DashboardStandings(
                    picture: pictureView(board.picture, board.blocks, month: board.month, whole: true),
                    paths: Measure.allCases.map { pathChart($0, board) },
                    pathRows: pathRows(board),
                    movementChart: movementChart(board),
                    measures: [
                        Frame.Link(
                            "Tổng số", Addresses.dashboard().with(.year, board.year).at("ban-do"),
                            current: measure == .total),
                        Frame.Link(
                            "Tự nguyện",
                            Addresses.dashboard().with(.year, board.year).with(.measure, Self.voluntary).at("ban-do"),
                            current: measure == .voluntary),
                    ],
                    communes: VietnameseText.grouped(board.communes.count), opens: measure == .voluntary,
                    map: map(board, measure), noMap: layout == nil, targetGap: targetGap(board),
                    targetsAddress: Addresses.targets().with(.year, board.year).text, rows: rows(board, measure),
                    hasContested: board.communes.contains(where: \.isContested),
                    scoringNote: standingNote,
                    listAddress: standingsAddress(board.year, measure).text
                ))
        }
    }

    /// What the colours and words mean.
    var standingNote: String {
        "Màu theo chênh lệch so với kỳ vọng, tính bằng phần trăm mức tăng phải đạt trong năm: dưới \(VietnameseText.oneDecimal(scoringRules.farBehind)) % là chậm nhiều, dưới \(VietnameseText.oneDecimal(scoringRules.behind)) % là chậm, trên \(VietnameseText.oneDecimal(scoringRules.ahead)) % là vượt, trên \(VietnameseText.oneDecimal(scoringRules.farAhead)) % là vượt nhiều (ngưỡng do người quản trị khai báo)."
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

    private func pathRows(_ board: CityDashboard) -> [DashboardStandings.PathRow] {
        board.path.map { target, end in
            DashboardStandings.PathRow(
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
            return "\(measure.word) \(FigureWords.signed(gap))"
        }
        return gaps.isEmpty
            ? nil : "Tổng chỉ tiêu của các đơn vị lệch chỉ tiêu thành phố: \(gaps.joined(separator: ", "))."
    }

    private func map(_ board: CityDashboard, _ measure: Measure) -> ChartModel? {
        guard let layout else { return nil }
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
        let map = AreaMap(
            id: "ban-do-xa",
            title:
                "Tiến độ \(measure.word) của \(board.communes.count) xã, phường, đặc khu",
            layout: layout, shades: shades, legend: "So với kỳ vọng đến nay"
        )
        return ChartModel(map, caption: mapCaption)
    }

    /// The communes, the furthest behind by the growth demanded first; those without figures last.
    func byDelay(_ board: CityDashboard, _ measure: Measure) -> [CommuneStanding] {
        let least = scoringRules.leastDemandPercent
        func key(_ standing: CommuneStanding) -> Double {
            let progress = standing[measure]
            guard progress.month == board.month, let ahead = progress.ahead,
                let demand = progress.demand(leastPercent: least)
            else { return .infinity }
            return Double(ahead) / demand
        }
        return board.communes.map { ($0, key($0)) }.sorted { ($0.1, $0.0.commune.code) < ($1.1, $1.0.commune.code) }
            .map(\.0)
    }

    private func rows(_ board: CityDashboard, _ measure: Measure) -> [DashboardStandings.Row] {
        let rules = scoringRules
        return byDelay(board, measure).map { standing in
            let progress = standing[measure]
            let target = progress.progress.target.map { VietnameseText.grouped($0) } ?? "–"
            // What is known of an earlier month stands with its month, and is judged no further.
            guard progress.month == board.month, progress.month != nil else {
                let earlier = progress.month.flatMap { month in
                    progress.progress.now.map { "\(VietnameseText.grouped($0)) (\(month.vietnamese))" }
                }
                return DashboardStandings.Row(
                    name: standing.commune.shortName, address: Addresses.unit(.commune(standing.commune.code)).text,
                    now: earlier ?? FigureWords.unknown, expected: "–", ahead: "–",
                    target: target, progress: "–", standing: FigureWords.badge(.unknown),
                    contested: standing.isContested)
            }
            return DashboardStandings.Row(
                name: standing.commune.shortName, address: Addresses.unit(.commune(standing.commune.code)).text,
                now: FigureWords.people(progress.progress.now),
                expected: progress.expectation.map { VietnameseText.grouped($0.people) } ?? "–",
                ahead: progress.ahead.map { FigureWords.signed($0) } ?? "–",
                target: target, progress: FigureWords.shortProgress(progress.progress),
                standing: FigureWords.badge(progress.standing(rules)), contested: standing.isContested)
        }
    }
}
