public import Access
import Documents
import Figures
import Kernel
import Overview
import PlanText
import Province
import Targets
import Work

extension Right {
    /// Counts in the coordinating agency alone, beside ``draftDocuments``.
    public static let draftPlanPapers = Right(
        "documents.draft-plan", "Soạn báo cáo năm của thành phố, công văn đôn đốc, văn bản tham mưu")
}

/// The whole city's year.
extension PaperKind {
    static let cityReport = PaperKind(
        "bao-cao-nam-thanh-pho", about: .year(ahead: 0), right: .draftPlanPapers, issuers: PaperIssuers.coordinator
    ) { service, request, viewer in try await service.cityReport(request, for: viewer) }
}

extension DocumentService {
    func cityReport(_ request: PaperRequest, for viewer: Viewer) async throws -> Draft {
        let year = try request.year()
        let today = clock.today
        let board = try await overview.dashboard(year: year, for: viewer)
        let last = board.month ?? Month(of: min(Day.lastDay(ofYear: year), today))
        let figures = try await overview.figures(
            of: definition.communes.codes, year: year, until: last, for: viewer)
        var data = DocumentData(fields: commonFields(year: year, of: request.unit))
        data.fields["period"] = "năm \(year)"
        let compulsory = try await targets.compulsoryTarget(year: year, for: viewer)?.basis ?? .derived
        let counted = fillCity(&data, board, figures, compulsory: compulsory)
        fillUnits(&data, board, figures, counted)
        try await fillGroupsOfTasks(&data, year: year, for: viewer)
        return Draft(request, data, about: Subject(.city), period: .year(year), cutoff: counted.day)
    }

    /// - Returns: what the city's figures stand on.
    private func fillCity(
        _ data: inout DocumentData, _ board: CityDashboard, _ figures: [CommuneCode: PeriodFigures],
        compulsory: CompulsoryBasis
    ) -> FigureOrigin {
        let today = clock.today
        let source = board.sources.first
        let last = board.month ?? Month(of: today)
        let now = FigureOrigin(min(source?.cutoff ?? last.lastDay, today), source?.source ?? "chưa có số liệu")
        func origin(_ month: Month) -> FigureOrigin {
            month == board.month ? now : FigureOrigin(min(month.lastDay, today), "cộng số liệu các xã")
        }
        let before = Month(of: .firstDay(ofYear: board.year)).adding(months: -1)
        let yearAgo = last.adding(months: -12)
        let given = definition.targets.first { $0.year == board.year }
        func part(_ measure: Measure, _ name: String) -> MeasurePart {
            let people = board.courses[measure]?.people ?? [:]
            return MeasurePart(
                progress: board[measure], name: name, origin: board.month.map(origin),
                before: (people[before] ?? board[measure].progress.start, origin(before)),
                yearAgo: (people[yearAgo], origin(yearAgo)), targetOrigin: given.map { _ in planOrigin })
        }
        let (total, voluntary) = (part(.total, "Total"), part(.voluntary, "Voluntary"))
        total.fill(&data)
        voluntary.fill(&data)
        data.putSchemes(total, voluntary, compulsory)
        data.fields["cutoffDay"] = now.day.vietnamese
        data.fields["asOf"] = board.month.map { _ in "ngày \(now.day.vietnamese)" } ?? ""
        data.fields["beforeDay"] = before.lastDay.vietnamese
        data.fields["yearAgoDay"] = origin(yearAgo).day.vietnamese
        if before == yearAgo { for name in ["Total", "Voluntary"] { data.fields["changeYearAgo\(name)"] = "" } }
        data.putMonths(
            board.year, until: last, board.courses[.total]?.people ?? [:], board.courses[.voluntary]?.people ?? [:],
            board.total.expected, origin: origin)
        if let month = board.month {
            for part in [total, voluntary] {
                data.putForecast(
                    part.name, board.courses[part.progress.measure]?.people ?? [:],
                    flows: board.flows[part.progress.measure] ?? [:], from: month, year: board.year,
                    target: part.progress.progress.target, origin: now)
            }
            fillCarried(&data, month, figures, now)
        }
        return now
    }

    /// What the plan itself states.
    var planOrigin: FigureOrigin { FigureOrigin(definition.signedOn ?? definition.effectiveFrom, definition.kind) }

    /// Says which communes count with an earlier month's figures, and which have none at all.
    private func fillCarried(
        _ data: inout DocumentData, _ month: Month, _ figures: [CommuneCode: PeriodFigures], _ origin: FigureOrigin
    ) {
        data.put("carried", carriedWords(figures, month), from: origin)
    }

    /// Which communes count in the city's sum of a month with an earlier one's figures; empty where none does.
    func carriedWords(_ month: Month, for viewer: Viewer) async throws -> String {
        carriedWords(
            try await overview.figures(of: definition.communes.codes, year: month.year, until: month, for: viewer),
            month)
    }

    private func carriedWords(_ figures: [CommuneCode: PeriodFigures], _ month: Month) -> String {
        var byMonth: [Month: [String]] = [:]
        var without: [String] = []
        for commune in definition.communes.communes {
            guard let latest = figures[commune.code]?.course(.total).keys.max() else {
                without.append(commune.fullName)
                continue
            }
            if latest < month { byMonth[latest, default: []].append(commune.fullName) }
        }
        return Self.carriedWords(byMonth, without: without, month)
    }

    /// Names those that count with an earlier month's figures, and those that have none; empty where there are neither.
    static func carriedWords(_ byMonth: [Month: [String]], without: [String], _ month: Month) -> String {
        var sentences = byMonth.sorted { $0.key > $1.key }.map { used, names in
            "\(names.count) đơn vị chưa có số liệu tháng \(month.vietnamese) được tính bằng số tháng \(used.vietnamese): \(names.joined(separator: ", "))"
        }
        if !without.isEmpty {
            sentences.append(
                "\(without.count) đơn vị chưa có số liệu, không được tính: \(without.joined(separator: ", "))")
        }
        return sentences.isEmpty ? "" : sentences.joined(separator: "; ") + "."
    }

    // MARK: Tasks

    /// How the tasks of each of the plan's groups stand at the end of the year, or today while it lasts.
    private func fillGroupsOfTasks(_ data: inout DocumentData, year: Int, for viewer: Viewer) async throws {
        let day = min(Day.lastDay(ofYear: year), clock.today)
        let days = min(Day.firstDay(ofYear: year), day)...day
        let (first, last) = (Day.firstDay(ofYear: year), Day.lastDay(ofYear: year))
        let work = try await work.work(in: first...last, on: day, following: last, for: viewer).values
        let origin = FigureOrigin(day, "theo dõi nhiệm vụ của Kế hoạch")
        let groups = Dictionary(
            definition.tasks.map { ($0.code, $0.group) }, uniquingKeysWith: { first, _ in first })
        let due = Dictionary(grouping: work.flatMap(\.due)) { groups[$0.item.task] ?? "" }
        let overdue = Dictionary(grouping: work.flatMap(\.overdue)) { groups[$0.item.task] ?? "" }
        data.tables["groups"] = .init(
            columns: ["code", "name", "due", "done", "waiting", "late", "notDue"],
            rows: definition.groups.map { group in
                let lines = due[group.code] ?? []
                func count(_ status: WorkStatus) -> Int { lines.count { $0.status == status } }
                let notDue = lines.count { line in
                    ![.accepted, .submitted].contains(line.status) && line.item.due.map { $0 >= day } ?? false
                }
                return [
                    .text(group.code), .text(group.title), .number(lines.count), .number(count(.accepted)),
                    .number(count(.submitted)), .number(count(.late) + (overdue[group.code]?.count ?? 0)),
                    .number(notDue),
                ]
            })
        data.state(origin, of: "groups")
        data.fields["workDay"] = day.vietnamese
        let obstacles = try await services.obstacles.reported(in: days, for: viewer).values.flatMap(\.self)
        data.fields["hasObstacles"] = obstacles.isEmpty ? "" : "1"
        data.put("obstacleCount", "\(obstacles.count)", from: origin)
        data.put("answeredCount", "\(obstacles.count { $0.answer != nil })", from: origin)
    }
}
