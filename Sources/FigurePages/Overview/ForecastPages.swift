import Access
import Charts
import Components
import Figures
import Forecast
import Hummingbird
import Kernel
import Overview
import PlanText
import Targets
import Work
import Reports
import Province
import WebDesk

struct ForecastPage: Page {
    static let template: PageTemplate = "forecast"

    struct Trial: Sendable {
        let year: Int
        let months: String
        let forecast: String
        let came: String
        let inside: String
    }

    let tabs: [Frame.Link]
    let heading: String
    let lead: String
    let measures: [Frame.Link]
    let city: String
    let closing: [String]
    let hasClosing: Bool
    let table: TableModel
    let trials: [Trial]
    let hasTrials: Bool
    let trialWords: String?
    let basis: String
}

/// What each unit will come to by the year's end, and how such forecasts did in years past.
extension FigurePages {
    var forecastRoutes: [Route] {
        [
            .page(Addresses.forecast, .right(.viewFigures)) { request in try await forecastPage(request) },
            forecastWorkbook.route(Addresses.forecast.workbook, on: desk),
        ]
    }

    private func forecastPage(_ request: MemberRequest) async throws -> Response {
        let asked = Int(request.query[.year])
        let kind = ForecastKind(request.query)
        let board = try await overview.dashboard(year: asked, for: request.viewer)
        let courses = try await overview.courses(kind.scheme, for: request.viewer)
        let flows = try await overview.flows(for: request.viewer)
        func words(_ number: Int?) -> String { number.map { VietnameseText.grouped($0) } ?? "–" }
        let lines = forecastLines(
            kind, board, courses: courses, flows: { flows.course(.commune($0), kind.scheme) })
        let ofFlows = lines.count { $0.end.basis == .flows }
        let all = board.courses[.total]?.people ?? [:]
        let voluntary = board.courses[.voluntary]?.people ?? [:]
        let province = all.reduce(into: [Month: Int]()) { course, month in
            if let part = voluntary[month.key] { course[month.key] = kind.part(of: month.value, part) }
        }
        let cityEnd = province.keys.filter { $0.year <= board.year }.max().flatMap {
            YearEnd(
                province, flows: flows.course(ofAll: definition.communes.codes, kind.scheme), from: $0, year: board.year
            )
        }
        let yearTarget = definition.targets.first { $0.year == board.year }
        let target = yearTarget.map { kind.part(of: $0.total, $0.voluntary) }
        var city = "Chưa đủ số liệu để dự báo toàn thành phố (cần ít nhất 4 tháng liền nhau)."
        var closing: [String] = []
        if let cityEnd {
            city =
                "Toàn thành phố cuối năm \(board.year): khoảng \(words(cityEnd.people)) người (80 %: \(words(cityEnd.low)) – \(words(cityEnd.high)))"
            if let target {
                city += "; chỉ tiêu \(words(target)), khả năng đạt \(ForecastLine.percent(cityEnd.chance(of: target)))."
                if target > cityEnd.people {
                    closing.append("Cần thêm \(words(target - cityEnd.people)) người so với dự báo để đạt chỉ tiêu.")
                    let behind = lines.filter { ($0.chance ?? 2) < 0.4 }.sorted { ($0.gap ?? 0) > ($1.gap ?? 0) }
                    if !behind.isEmpty {
                        closing.append(
                            "\(behind.count) đơn vị khó đạt; thiếu nhiều nhất: \(behind.prefix(5).map { "\($0.commune.shortName) (\($0.gapWords))" }.joined(separator: ", "))."
                        )
                    }
                    closing += Self.within(board.picture, kind.scheme)
                }
            } else {
                city += "."
            }
            city += " \(VietnameseText.sentence(cityEnd.basis.words)), từ \(cityEnd.months) tháng số liệu."
        }
        let trials = Self.trials(
            courses, flows: { flows.course(.commune($0), kind.scheme) }, year: board.year, month: board.month)
        let inside = trials.reduce(into: (0, 0)) { sum, trial in
            sum.0 += trial.inside
            sum.1 += trial.units
        }
        let model = ForecastPage(
            tabs: figureTabs(Addresses.forecast(), for: request), heading: "Dự báo cuối năm \(board.year)",
            lead:
                "Dự báo từ số liệu hằng tháng của chính từng đơn vị; khoảng 80 % là khoảng mà bốn trong năm trường hợp rơi vào. Xếp theo khả năng đạt, thấp nhất trước.",
            measures: ForecastKind.allCases.map {
                Frame.Link(
                    $0.title,
                    Addresses.forecast().with(.year, board.year).with(.forecast, $0 == .total ? nil : $0.rawValue),
                    current: $0 == kind)
            }, city: city, closing: closing, hasClosing: !closing.isEmpty,
            table: try list(
                Self.forecastList, of: lines, try await query(Self.forecastList.outline, of: request),
                at: TablePlace(
                    Addresses.forecast(),
                    [(.year, board.year.description), (.forecast, kind == .total ? "" : kind.rawValue)]),
                workbook: Addresses.forecast.workbook(),
                nothing: "Chưa đơn vị nào có đủ 4 tháng số liệu liền nhau."),
            trials: trials.map {
                .init(
                    year: $0.year, months: "từ tháng \($0.from.vietnamese)", forecast: words($0.forecast),
                    came: words($0.came),
                    inside: "\($0.inside)/\($0.units) đơn vị trong khoảng 80 %")
            }, hasTrials: !trials.isEmpty,
            trialWords: inside.1 > 0
                ? "Trong các năm trước, \(Int((Double(inside.0) * 100 / Double(inside.1)).rounded())) % kết quả rơi vào khoảng 80 %."
                : nil,
            basis:
                "Cách tính: đơn vị có ít nhất \(StockAndFlow.fewest) tháng biến động liền nhau (tăng mới, trở lại, dừng) thì dự báo theo biến động (\(ofFlows)/\(lines.count) đơn vị), các đơn vị khác theo số đếm hằng tháng: làm trơn theo xu hướng, có nhịp mùa vụ khi đủ 24 tháng. Khoảng dự báo đo từ sai số của chính cách tính này ở các tháng trước."
        )
        return try page(model.heading, model, for: request)
    }

    private struct ForecastTrial {
        let year: Int
        let from: Month
        let forecast: Int
        let came: Int
        let inside: Int
        let units: Int
    }

    /// Where the people who are missing could come from, as far as forms tell.
    private static func within(_ picture: MovementPicture?, _ scheme: Scheme?) -> [String] {
        guard let picture else { return [] }
        var words: [String] = []
        for account in picture.accounts where scheme == nil || account.scheme == scheme {
            guard let stopped = account.stopped else { continue }
            words.append("Dừng tham gia trong tháng, \(account.scheme.word): \(VietnameseText.grouped(stopped)) người.")
        }
        for potential in picture.potential where scheme == nil || potential.scheme == scheme {
            guard let people = potential.people else { continue }
            words.append(
                "Người tiềm năng, \(potential.scheme.word): \(VietnameseText.grouped(people)) (\(potential.source), chốt \(potential.day.vietnamese))."
            )
        }
        return words
    }

    /// The same question asked a year and two ago at the same month, against what came.
    private static func trials(
        _ courses: [CommuneCode: [Month: Int]], flows: (CommuneCode) -> [Month: MonthFlows], year: Int, month: Month?
    ) -> [ForecastTrial] {
        guard let month, month.month < 12 else { return [] }
        return [year - 1, year - 2].compactMap { year -> ForecastTrial? in
            guard let from = Month(year: year, month: month.month), let end = Month(year: year, month: 12) else {
                return nil
            }
            var (forecast, came, inside, units) = (0, 0, 0, 0)
            for (commune, course) in courses {
                guard let actual = course[end],
                    let asked = YearEnd(
                        course.filter { $0.key <= from }, flows: flows(commune), from: from, year: year)
                else { continue }
                forecast += asked.people
                came += actual
                units += 1
                if (asked.low...max(asked.high, asked.low)).contains(actual) { inside += 1 }
            }
            return units > 0
                ? ForecastTrial(year: year, from: from, forecast: forecast, came: came, inside: inside, units: units)
                : nil
        }
    }
}
