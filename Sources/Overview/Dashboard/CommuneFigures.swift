public import Targets
import Work
import PlanText
public import Access
import Database
public import Figures
public import Kernel
public import Province

/// One commune's figures of a year: what its page shows.
public struct CommuneFigures: Sendable {
    public let commune: CommuneCode
    public let year: Int
    public let month: Month?
    public let total: MeasureProgress
    public let voluntary: MeasureProgress
    /// Figures by month, for the chart.
    public let courses: [Measure: [Month: Int]]
    /// The month's figures with their sources.
    public let figures: [Figure]
    /// Who came and went in the month, who could come, what is late, what share of the labour force takes part.
    public let picture: MovementPicture?
    /// The compulsory participants by block, of the latest month that has blocks.
    public let blocks: BlockMonth?
    public let target: CommuneTarget?
    public let contests: [FigureContest]
    public let groups: [ResidentialGroup]
    /// Of ``scoreMonth``.
    public let score: RankedScore?
    public let scoreMonth: Month
    public let steps: [NextStep]

    public subscript(measure: Measure) -> MeasureProgress { measure == .total ? total : voluntary }
}

/// Something a unit does well to do next, with where to do it.
public struct NextStep: Sendable, Equatable {
    public enum Place: Sendable, Equatable {
        case work(id: String)
        case groups
        case figure(Month)
        case contests
        case targets
        case proposal(year: Int)
        case list
    }

    public let words: String
    public let place: Place
}

extension OverviewService {
    /// A commune's figures. Counts of a public body: open to everybody who sees figures; its groups only to itself and to
    /// those above.
    /// - Parameter scored: whether score and next steps are wanted; a report of figures does without them, and they take
    ///   ten times as long as all the rest.
    public func communeFigures(
        _ commune: CommuneCode, year asked: Int? = nil, scored wantsScore: Bool = true, for viewer: Viewer
    ) async throws -> CommuneFigures {
        try viewer.require(.viewFigures)
        let today = clock.today
        let seesGroups = viewer.seesGroups(of: commune)
        let proposes = viewer.proposesTarget(of: commune)
        let scope = scope(of: viewer)
        return try await store.read { connection in
            let revisions = try Revisions.read(on: connection)
            let series = try self.series(on: connection, at: revisions)
            let year = try self.year(asked, series: series)
            let courses = Dictionary(
                Measure.allCases.map { ($0, series.course(commune, $0)) }, uniquingKeysWith: { first, _ in first })
            let own = Set(series.course(commune, Scheme.compulsory).keys).union(
                series.course(commune, Scheme.voluntary).keys)
            let ofYear = own.filter { $0.year == year }
            let month = ofYear.filter { series.total(commune, $0) != nil }.max() ?? ofYear.max()
            let shown = series.shownMonth(of: plan.communes.codes, year: year)
            let until = [shown, month].compactMap(\.self).max() ?? Month(of: today)
            let scored = shown ?? until
            let target = try CommuneTarget.holding(year: year, on: connection).first { $0.commune == commune }
            func progress(_ measure: Measure) -> MeasureProgress {
                MeasureProgress(
                    measure, year: year, course: courses[measure] ?? [:], target: target?[measure], until: until)
            }
            let (total, voluntary) = (progress(.total), progress(.voluntary))
            let contests = try FigureService.openAndRecentContests(of: commune, on: connection)
            let groups = seesGroups ? try ResidentialGroups.all(of: commune, on: connection) : []
            let steps: [NextStep] =
                !wantsScore
                ? []
                : try (proposes ? self.proposalSteps(commune, today: today, on: connection) : [])
                    + self.workSteps(of: .commune(commune), scope: scope, today: today, on: connection)
                    + self.figureSteps(
                        total, voluntary, latest: shown, month: month, target: target, contests: contests,
                        groups: groups,
                        seesGroups: seesGroups, today: today)
            return CommuneFigures(
                commune: commune, year: year, month: month, total: total, voluntary: voluntary, courses: courses,
                figures: try month.map {
                    try FigureService.figures(of: commune, in: $0, on: connection)
                } ?? [],
                picture: try month.map { month in
                    try MovementPicture.read(
                        of: .commune(commune), in: month, participants: series.total(commune, month),
                        communes: plan.communes.codes, people: { series[$0, $1, $2] }, on: connection)
                },
                blocks: try month.flatMap { try FigureService.blockMonth(until: $0, commune: commune, on: connection) },
                target: target, contests: contests, groups: groups,
                score: wantsScore
                    ? try self.scores(of: scored, on: connection, at: revisions)?[.commune(commune)] : nil,
                scoreMonth: scored,
                steps: Array(steps.prefix(8)))
        }
    }

    /// The score and next steps of an agency or of one of its units.
    public func agencyFigures(_ unit: UnitCode, for viewer: Viewer) async throws -> (
        score: RankedScore?, month: Month?, steps: [NextStep]
    ) {
        try viewer.require(.viewFigures)
        let today = clock.today
        let scope = scope(of: viewer)
        return try await store.read { connection in
            let table = try self.scores(of: nil, on: connection, at: Revisions.read(on: connection))
            return (
                table?[unit], table?.month,
                try self.workSteps(of: unit, scope: scope, today: today, on: connection)
            )
        }
    }

    /// Proposals that were asked for and are still to come: the reminder stands on the commune's own page until it is sent.
    private func proposalSteps(_ commune: CommuneCode, today: Day, on connection: any SQLConnection) throws
        -> [NextStep]
    {
        try AllocationService.openCalls(to: commune, today: today, on: connection).map { year, until in
            NextStep(
                words: "Gửi đề xuất chỉ tiêu năm \(year), hạn \(until.vietnamese)", place: .proposal(year: year))
        }
    }

    /// Late, returned and soon due work of a unit, the most urgent first.
    private func workSteps(of unit: UnitCode, scope: WorkScope, today: Day, on connection: any SQLConnection) throws
        -> [NextStep]
    {
        let items = try WorkQueries.pressing(
            of: unit, scope: scope, until: today.adding(days: 31), today: today, limit: 6, on: connection)
        return items.map { item in
            let task = plan.task(item.task)
            let products = task?.slots.map(\.text).joined(separator: ", ") ?? ""
            let due =
                item.due.map { due in
                    due < today ? "quá hạn \(due.days(to: today)) ngày" : "hạn \(due.vietnamese)"
                } ?? "chưa ấn định hạn"
            let verb = item.state == .returned ? "Sửa và nộp lại" : "Nộp"
            return NextStep(words: "\(verb) \(products) (\(item.task), \(due))", place: .work(id: item.id))
        }
    }

    private func figureSteps(
        _ total: MeasureProgress, _ voluntary: MeasureProgress, latest: Month?, month: Month?, target: CommuneTarget?,
        contests: [FigureContest],
        groups: [ResidentialGroup], seesGroups: Bool, today: Day
    ) -> [NextStep] {
        var steps: [NextStep] = []
        if target == nil {
            steps.append(
                NextStep(
                    words: "Chưa có chỉ tiêu năm \(total.year): liên hệ cơ quan thường trực kế hoạch", place: .targets))
        }
        if let latest, month.map({ $0 < latest }) ?? true {
            steps.append(
                NextStep(
                    words: "Số liệu tháng \(latest.vietnamese) của đơn vị chưa có: hỏi BHXH cơ sở",
                    place: .figure(latest)))
        }
        for progress in [voluntary, total] {
            guard let ahead = progress.ahead, ahead < 0, let missing = progress.progress.missing,
                let month = progress.month
            else { continue }
            let left = 12 - month.month
            let who = progress.measure == .voluntary ? "người tự nguyện" : "người (cả bắt buộc và tự nguyện)"
            let rest =
                left > 0 && missing > 0
                ? "; còn \(VietnameseText.grouped(missing)) người đến chỉ tiêu, tức \(VietnameseText.grouped((missing + left - 1) / left)) người mỗi tháng"
                : ""
            steps.append(
                NextStep(
                    words:
                        "Thiếu \(VietnameseText.grouped(-ahead)) \(who) so với kỳ vọng tháng \(month.vietnamese)\(rest)",
                    place: .figure(month)))
        }
        if contests.contains(where: \.isOpen) {
            steps.append(NextStep(words: "Có số liệu đang được đề nghị sửa, chờ quyết định", place: .contests))
        }
        if seesGroups {
            if groups.isEmpty {
                steps.append(
                    NextStep(words: "Nạp danh sách tổ dân phố, thôn để theo dõi đến từng địa bàn", place: .groups))
            } else if let oldest = groups.map(\.updatedAt).min(), oldest.day.days(to: today) > 90 {
                steps.append(
                    NextStep(
                        words: "Cập nhật danh sách tổ dân phố, thôn (cũ nhất từ \(oldest.day.vietnamese))",
                        place: .groups))
            }
        }
        return steps
    }
}

extension Viewer {
    /// Whether dashboards, figures and scores of units are open to the person.
    public var seesFigures: Bool { may(.viewFigures) }
}
