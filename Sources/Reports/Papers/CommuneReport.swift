public import Access
import Documents
import Figures
public import Kernel
import Overview
import PlanText
import Province
import Targets
import Work

/// A commune's report on a quarter, half a year or a year (task I.5).
extension PaperKind {
    static let communeReport = PaperKind("bao-cao-xa", about: .period, issuers: PaperIssuers.commune) {
        service, request, viewer in
        try await service.communeReport(try request.commune(), try request.span(), for: viewer)
    }
}

/// What reports of communes on one stretch of time are written from: read once for as many as are written.
struct CommuneReadings: Sendable {
    let span: ReportSpan
    /// The last day that counts: of the stretch, or today while it lasts.
    let day: Day
    let figures: [CommuneCode: PeriodFigures]
    let work: [UnitCode: PeriodWork]
    let obstacles: [UnitCode: [ReportedObstacle]]
    let groups: [CommuneCode: [ResidentialGroup]]
}

extension DocumentService {
    /// A commune's report: figures, charts, what was done and what is late ready; reasons left to the officer. Nothing later
    /// than the stretch is in it.
    public func communeReport(_ commune: CommuneCode, _ span: ReportSpan, for viewer: Viewer) async throws -> Draft {
        try communeReport(commune, try await readings(of: commune, span, for: viewer))
    }

    /// - Parameter commune: nil for all.
    func readings(of commune: CommuneCode? = nil, _ span: ReportSpan, for viewer: Viewer) async throws
        -> CommuneReadings
    {
        let today = clock.today
        guard span.days.lowerBound <= today else {
            throw Refusal(.invalid, "Kỳ báo cáo \(span.words) chưa bắt đầu: chưa có gì để báo cáo.")
        }
        let day = min(span.days.upperBound, today)
        let days = span.days.lowerBound...day
        let unit = commune.map { UnitCode.commune($0) }
        let codes = commune.map { [$0] } ?? definition.communes.codes
        return CommuneReadings(
            span: span, day: day,
            figures: try await overview.figures(
                of: codes, year: span.year, until: Month(of: day), for: viewer),
            work: try await work.work(
                of: unit, in: span.days, on: day, following: span.following.days.upperBound, for: viewer),
            obstacles: try await services.obstacles.reported(by: unit, in: days, for: viewer),
            groups: try await services.groups.groups(of: codes, for: viewer))
    }

    func communeReport(_ code: CommuneCode, _ readings: CommuneReadings) throws -> Draft {
        guard let commune = definition.communes[code], let figures = readings.figures[code] else {
            throw Refusal(.notFound, "Không có đơn vị này.")
        }
        let span = readings.span
        var data = DocumentData(fields: try communeFields(code, year: span.year))
        data.fields["period"] = span.words
        data.fields["groupWord"] = commune.groupWord(readings.groups[code] ?? [])
        let counted = fillFigures(&data, figures, readings)
        let groups = readings.groups[code] ?? []
        GroupStanding.fill(&data, GroupStanding.all(groups, year: span.year, until: readings.day), shown: 10)
        if let target = figures.target {
            GroupStanding.fillTargets(
                &data, groups, year: span.year, until: readings.day, whole: figures[.voluntary].progress.target,
                FigureOrigin(target.at.day, target.document))
        }
        fillWork(&data, readings.work[.commune(code)] ?? PeriodWork(), readings)
        fillObstacles(&data, readings.obstacles[.commune(code)] ?? [], readings.day)
        return Draft(
            template: PaperKind.communeReport.id, data: data, unit: .commune(code), subject: Subject(.commune, code),
            period: span.workPeriod, cutoff: counted)
    }

    /// - Returns: the day the figures are counted to.
    private func fillFigures(
        _ data: inout DocumentData, _ figures: PeriodFigures, _ readings: CommuneReadings
    ) -> Day {
        let (span, today) = (readings.span, clock.today)
        func origin(_ month: Month) -> FigureOrigin {
            let source = figures.source(of: month)
            return FigureOrigin(min(figures.day(of: month), today), source.isEmpty ? "chưa có số liệu" : source)
        }
        let month = figures.month
        let now = month.map(origin)
        let (before, yearAgo) = (span.before, (month ?? figures.until).adding(months: -12))
        // A figure of before the stretch is not compared with itself, or with a later one.
        let isNew = month.map { $0 > before } ?? true
        func part(_ measure: Measure, _ name: String) -> MeasurePart {
            MeasurePart(
                progress: figures[measure], name: name, origin: now,
                before: (isNew ? figures.people(measure, in: before) : nil, origin(before)),
                yearAgo: (figures.people(measure, in: yearAgo), origin(yearAgo)),
                targetOrigin: figures.target.map { FigureOrigin($0.at.day, $0.document) })
        }
        let (total, voluntary) = (part(.total, "Total"), part(.voluntary, "Voluntary"))
        total.fill(&data)
        voluntary.fill(&data)
        data.putSchemes(total, voluntary, figures.target?.compulsoryBasis ?? .derived)
        let counted = now?.day ?? readings.day
        data.fields["cutoffDay"] = counted.vietnamese
        data.fields["asOf"] = now.map { "ngày \($0.day.vietnamese)" } ?? ""
        data.fields["beforeDay"] = origin(before).day.vietnamese
        data.fields["yearAgoDay"] = origin(yearAgo).day.vietnamese
        // One comparison is enough where both are with the same day.
        if before == yearAgo { for name in ["Total", "Voluntary"] { data.fields["changeYearAgo\(name)"] = "" } }
        data.put(
            "targetDocument", figures.target?.document ?? "",
            from: figures.target.map { FigureOrigin($0.at.day, $0.document) })
        data.fields["carried"] = Self.carried(month, in: span, until: figures.until)
        fillFlows(&data, figures, span, origin: origin)
        data.putCoverage(month.flatMap { figures.coverage(in: $0) }, from: now)
        data.putMonths(
            span.year, until: min(span.months.upperBound, month ?? figures.until), figures.course(.total),
            figures.course(.voluntary), figures.total.expected, origin: origin)
        if let month {
            for part in [total, voluntary] {
                data.putForecast(
                    part.name, figures.course(part.progress.measure), flows: figures.flows(part.progress.measure),
                    from: month, year: span.year, target: part.progress.progress.target, origin: now)
            }
        }
        return counted
    }

    /// Who came and went in the stretch, as far as its figures reach; nothing where they are of before it.
    private func fillFlows(
        _ data: inout DocumentData, _ figures: PeriodFigures, _ span: ReportSpan, origin: (Month) -> FigureOrigin
    ) {
        let months = figures.month.flatMap { month in
            month < span.months.lowerBound ? nil : span.months.lowerBound...min(month, span.months.upperBound)
        }
        let stretches = months.map { months in Scheme.allCases.compactMap { figures.stretch($0, months) } }
        data.putFlows(stretches ?? [], people: origin)
    }

    /// Says which month's figures stand in where the last month of the stretch has none.
    private static func carried(_ month: Month?, in span: ReportSpan, until last: Month) -> String {
        guard let month else { return "Chưa có số liệu người tham gia của \(span.words)." }
        guard month < last || month < span.months.upperBound else { return "" }
        let words = "số liệu tháng \(month.vietnamese)"
        return month < span.months.lowerBound
            ? "Trong kỳ chưa có số liệu mới; báo cáo dùng \(words), là số liệu gần nhất trước kỳ. Vì vậy không so sánh với cuối kỳ trước."
            : "Báo cáo dùng \(words), là số liệu mới nhất trong kỳ."
    }
}
