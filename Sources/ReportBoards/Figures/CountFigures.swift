public import Access
import Database
import Figures
public import Kernel
import Overview
import PlanText
import Province
import Targets
import Work

/// What the system knows for a report as of a day.
extension BoardService {
    /// The figures of a report, counted now to its cut-off day.
    public func count(_ span: BoardSpan, to cutoff: Day, for viewer: Viewer) async throws -> BoardFigures {
        try viewer.require(.viewFigures)
        let counted = try await counted(span, to: cutoff, for: viewer)
        let targets = targetFigures(counted)
        let flows = try await flowFigures(counted, for: viewer)
        let work = try await workFigures(counted)
        let scores = try await scoreFigures(counted, for: viewer)
        return BoardFigures(targets + flows + work + scores)
    }

    /// What a count begins from.
    struct Counted: Sendable {
        let span: BoardSpan
        let cutoff: Day
        /// The last month whose figures are there and whole by the cut-off day; nil without one in the span.
        let month: Month?
        let board: CityDashboard
        let total: [CommuneCode: [Month: Int]]
        let voluntary: [CommuneCode: [Month: Int]]
        let sources: [FigureSource]

        /// The year whose target counts.
        var year: Int { month?.year ?? min(cutoff.year, span.years.upperBound) }
        var day: Day { month.map { min($0.lastDay, cutoff) } ?? cutoff }

        /// The year at whose end what is compared with stood: before the year, or before a plan's years.
        var yearBefore: Int { (span.kind.spansYears ? span.years.lowerBound : year) - 1 }

        func people(_ measure: Measure, _ month: Month) -> Int? { board.courses[measure]?.people[month] }

        func start(_ measure: Measure) -> Int? {
            yearBefore == year - 1
                ? board[measure].progress.start
                : Month(year: yearBefore, month: 12).flatMap { people(measure, $0) }
        }

        /// `Số liệu người tham gia tháng 11/2026 (BHXH thành phố)`
        var monthWords: String {
            guard let month else { return "" }
            var named: [String] = []
            for source in sources.map(\.source) where !named.contains(source) { named.append(source) }
            let from = named.prefix(2).joined(separator: "; ")
            return "Số liệu người tham gia tháng \(month.vietnamese)\(from.isEmpty ? "" : " (\(from))")"
        }
    }

    private func counted(_ span: BoardSpan, to cutoff: Day, for viewer: Viewer) async throws -> Counted {
        let whole = Month(of: cutoff).lastDay == cutoff ? Month(of: cutoff) : Month(of: cutoff).adding(months: -1)
        let year = min(max(whole.year, span.years.lowerBound), span.years.upperBound)
        let board = try await overview.dashboard(year: year, for: viewer)
        let months = board.courses[.total]?.people.keys.filter { $0 <= whole && span.years.contains($0.year) }
        let month = months?.max()
        let shown = month.map { $0.year }.flatMap { $0 == board.year ? nil : $0 }
        let sources = try await store.read { connection in
            try month.map { try FigureService.sources(of: $0, on: connection) } ?? []
        }
        return Counted(
            span: span, cutoff: cutoff, month: month,
            board: shown == nil ? board : try await overview.dashboard(year: shown, for: viewer),
            total: try await overview.courses(nil, for: viewer),
            voluntary: try await overview.courses(.voluntary, for: viewer), sources: sources)
    }

    // MARK: Participants and targets

    private func targetFigures(_ counted: Counted) -> [BoardFigure] {
        var figures: [BoardFigure] = []
        for measure in Measure.allCases { figures += measureFigures(measure, counted) }
        if let month = counted.month, let total = counted.people(.total, month),
            let voluntary = counted.people(.voluntary, month)
        {
            figures.append(
                BoardFigure(
                    "compulsory.now", .targets, "Người tham gia BHXH bắt buộc", total - voluntary, .people,
                    on: counted.day, source: counted.monthWords, from: .month(month)))
        }
        figures += communeFigures(counted)
        if counted.span.kind.spansYears { figures += yearFigures(counted) }
        return figures
    }

    private func measureFigures(_ measure: Measure, _ counted: Counted) -> [BoardFigure] {
        let (name, words) = measure == .total ? ("total", "tham gia BHXH") : ("voluntary", "tham gia BHXH tự nguyện")
        var figures: [BoardFigure] = []
        let now = counted.month.flatMap { counted.people(measure, $0) }
        let target = plan.targets.first { $0.year == counted.year }.map { measure == .total ? $0.total : $0.voluntary }
        let (start, yearBefore) = (counted.start(measure), counted.yearBefore)
        if let start {
            let before = Month(year: yearBefore, month: 12)
            figures.append(
                BoardFigure(
                    "\(name).start", .targets, "Người \(words) cuối năm \(yearBefore)", start, .people,
                    on: .lastDay(ofYear: yearBefore), source: "Số liệu người tham gia tháng 12/\(yearBefore)",
                    from: before.flatMap { counted.people(measure, $0) == nil ? nil : .month($0) } ?? .plan))
        }
        if let month = counted.month, let now {
            figures.append(
                BoardFigure(
                    "\(name).now", .targets, "Người \(words)", now, .people, on: counted.day,
                    source: counted.monthWords, from: .month(month)))
        }
        if let target {
            figures.append(
                BoardFigure(
                    "\(name).target", .targets, "Chỉ tiêu người \(words) năm \(counted.year)", target, .people,
                    on: .lastDay(ofYear: counted.year), source: "Kế hoạch, mục tiêu năm \(counted.year)", from: .plan))
        }
        if let now, let start, let month = counted.month {
            figures.append(
                BoardFigure(
                    "\(name).growth", .targets, "Người \(words): tăng, giảm so với cuối năm \(yearBefore)",
                    now - start, .people, on: counted.day,
                    source: "\(counted.monthWords) so với cuối năm \(yearBefore)", from: .month(month)))
        }
        if let share = BoardFigure.share(now, of: target), let month = counted.month {
            figures.append(
                BoardFigure(
                    "\(name).percent", .targets, "Tỷ lệ đạt chỉ tiêu người \(words) năm \(counted.year)", share,
                    .percent, on: counted.day, source: "\(counted.monthWords) so với mục tiêu năm \(counted.year)",
                    from: .month(month)))
        }
        return figures + comparisons(measure, counted)
    }

    /// One commune's four numbers are rows of an annex; how many have reached their targets is a figure of the text.
    private func communeFigures(_ counted: Counted) -> [BoardFigure] {
        guard let month = counted.month else { return [] }
        var rows: [BoardFigure] = []
        var (reported, reached, withTarget) = (0, 0, 0)
        for standing in counted.board.communes {
            let code = standing.commune.code
            for measure in Measure.allCases {
                let name = measure == .total ? "total" : "voluntary"
                let words = measure == .total ? "tham gia BHXH" : "tham gia BHXH tự nguyện"
                let course = (measure == .total ? counted.total : counted.voluntary)[code] ?? [:]
                // Without a figure of the month its latest one before counts, as in the province's sum.
                let used = course.keys.filter { $0 <= month }.max()
                let now = used.flatMap { course[$0] }
                let target = standing[measure].progress.target
                if measure == .total {
                    if used == month { reported += 1 }
                    if target != nil { withTarget += 1 }
                    if let now, let target, now >= target { reached += 1 }
                }
                if let now, let used {
                    rows.append(
                        BoardFigure(
                            "commune.\(code).\(name)", .targets, "\(standing.commune.fullName): người \(words)", now,
                            .people, on: min(used.lastDay, counted.day),
                            source: used == month
                                ? counted.monthWords : "Số liệu người tham gia tháng \(used.vietnamese)",
                            from: .commune(code)))
                }
                if let target {
                    rows.append(
                        BoardFigure(
                            "commune.\(code).\(name)-target", .targets,
                            "\(standing.commune.fullName): chỉ tiêu người \(words) năm \(counted.year)", target,
                            .people,
                            on: .lastDay(ofYear: counted.year), source: "Chỉ tiêu giao năm \(counted.year)",
                            from: .targets(counted.year)))
                }
            }
        }
        func figure(_ name: String, _ label: String, _ value: Int, from origin: FigurePlace) -> BoardFigure {
            BoardFigure(
                name, .targets, label, value, .communes, on: counted.day, source: counted.monthWords, from: origin)
        }
        var figures = [figure("communes.reported", "Đơn vị có số liệu trong tháng", reported, from: .month(month))]
        if withTarget > 0 {
            figures.append(
                figure("communes.target", "Đơn vị được giao chỉ tiêu", withTarget, from: .targets(counted.year)))
            figures.append(
                figure("communes.reached", "Đơn vị đạt chỉ tiêu tổng số", reached, from: .targets(counted.year)))
        }
        return figures + rows
    }

    /// Each year of a plan: its end, or the last month there is, against its target.
    private func yearFigures(_ counted: Counted) -> [BoardFigure] {
        guard let latest = counted.month else { return [] }
        return plan.targets.filter { counted.span.years.contains($0.year) }.flatMap { target -> [BoardFigure] in
            guard let december = Month(year: target.year, month: 12) else { return [] }
            let end = min(december, latest)
            return Measure.allCases.flatMap { measure -> [BoardFigure] in
                let (name, words) =
                    measure == .total ? ("total", "tham gia BHXH") : ("voluntary", "tham gia BHXH tự nguyện")
                let goal = measure == .total ? target.total : target.voluntary
                var figures = [
                    BoardFigure(
                        "year.\(target.year).\(name)-target", .targets, "Chỉ tiêu người \(words) năm \(target.year)",
                        goal, .people, on: .lastDay(ofYear: target.year),
                        source: "Kế hoạch, mục tiêu năm \(target.year)", from: .plan)
                ]
                if end.year == target.year, let now = counted.people(measure, end) {
                    figures.append(
                        BoardFigure(
                            "year.\(target.year).\(name)", .targets,
                            "Người \(words) \(end == december ? "cuối năm \(target.year)" : "tháng \(end.vietnamese)")",
                            now, .people, on: end.lastDay, source: "Số liệu người tham gia tháng \(end.vietnamese)",
                            from: .month(end)))
                }
                return figures
            }
        }
    }
}
