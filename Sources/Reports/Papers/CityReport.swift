public import Access
import Database
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
        let flows = try await overview.flows(for: viewer)
        let counted = fillCity(&data, board, figures, flows, compulsory: compulsory)
        fillUnits(&data, board, figures, counted)
        try await fillGroupsOfTasks(&data, year: year, for: viewer)
        return Draft(request, data, about: Subject(.city), period: .year(year), cutoff: counted.day)
    }

    /// - Returns: what the city's figures stand on.
    private func fillCity(
        _ data: inout DocumentData, _ board: CityDashboard, _ figures: [CommuneCode: PeriodFigures],
        _ flows: FlowSeries, compulsory: CompulsoryBasis
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
        fillFlows(&data, board, flows, origin: origin)
        return now
    }

    /// Who came and went since the year began, the blocks, the share of the labour force, late money: as the screens have them.
    private func fillFlows(
        _ data: inout DocumentData, _ board: CityDashboard, _ flows: FlowSeries, origin: (Month) -> FigureOrigin
    ) {
        let first = Month(of: .firstDay(ofYear: board.year))
        let months = board.month.flatMap { $0 < first ? nil : first...$0 }
        func people(_ scheme: Scheme, _ month: Month) -> Int? {
            guard let voluntary = board.courses[.voluntary]?.people[month] else { return nil }
            return scheme == .voluntary ? voluntary : board.courses[.total]?.people[month].map { $0 - voluntary }
        }
        let stretches = months.map { months in
            Scheme.allCases.compactMap { scheme in
                FlowStretch(scheme, months, flows: flows.course(ofAll: definition.communes.codes, scheme)) {
                    people(scheme, $0)
                }
            }
        }
        data.putFlows(stretches ?? [], people: origin)
        data.putBlocks(
            board.blocks,
            compulsory: board.month.flatMap { $0 == board.blocks?.month ? people(.compulsory, $0) : nil })
        data.putCoverage(board.picture?.coverage, from: board.month.map(origin))
        data.putLate(board.picture?.late)
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

    /// How the tasks of each of the plan's groups stand at the end of the year, or today while it lasts: counted as the drafts
    /// to the ministries count them.
    private func fillGroupsOfTasks(_ data: inout DocumentData, year: Int, for viewer: Viewer) async throws {
        let whole = Day.firstDay(ofYear: year)...Day.lastDay(ofYear: year)
        let day = max(min(whole.upperBound, clock.today), whole.lowerBound)
        let results = try await store.read { try WorkQueries.results(whole, on: day, on: $0) }
        let origin = FigureOrigin(day, "theo dõi nhiệm vụ của Kế hoạch")
        var overdue = 0
        data.tables["groups"] = .init(
            columns: ["code", "name", "due", "done", "doneLate", "open", "waiting", "late", "later", "notDue"],
            rows: definition.groups.map { group in
                let sum = definition.tasks.filter { $0.group == group.code }.reduce(WorkResults()) {
                    $0 + (results[$1.code] ?? WorkResults())
                }
                overdue += sum.overdue
                return [
                    .text(group.code), .text(group.title), .number(sum.due), .number(sum.done), .number(sum.doneLate),
                    .number(sum.open), .number(sum.waiting), .number(sum.late), .number(sum.later),
                    // As templates that an office adapted call it.
                    .number(sum.later),
                ]
            })
        data.state(origin, of: "groups")
        let products = try await work.acceptedProducts(whole.lowerBound...day, for: viewer)
        data.tables["products"] = ProductWords.table(products, definition)
        data.fields["hasProducts"] = products.isEmpty ? "" : "1"
        data.state(origin, of: "products")
        data.put("overdueBefore", overdue > 0 ? VietnameseText.grouped(overdue) : "", from: origin)
        data.fields["workDay"] = day.vietnamese
        let obstacles = try await services.obstacles.reported(in: whole.lowerBound...day, for: viewer).values.flatMap(
            \.self)
        data.fields["hasObstacles"] = obstacles.isEmpty ? "" : "1"
        data.put("obstacleCount", "\(obstacles.count)", from: origin)
        data.put("answeredCount", "\(obstacles.count { $0.answer != nil })", from: origin)
    }
}
