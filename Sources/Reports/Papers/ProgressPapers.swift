public import Access
import Allocation
import Documents
import Figures
import Forecast
public import Kernel
import Overview
public import PlanText
import Province
import Targets
import Work

extension Right {
    /// Counts in the coordinating agency alone, beside ``draftDocuments``.
    public static let draftPlanPapers = Right(
        "documents.draft-plan", "Soạn báo cáo năm của thành phố, công văn đôn đốc, văn bản tham mưu")
}

/// Reports on progress: a commune's quarter or year, the city's year, the reminder to those who are late.
extension PaperKind {
    static let communeReport = PaperKind("bao-cao-xa", about: .period, issuers: PaperIssuers.commune) {
        service, request, viewer in
        try await service.communeReport(try request.commune(), try request.period(), for: viewer)
    }

    static let cityReport = PaperKind(
        "bao-cao-nam-thanh-pho", about: .year(ahead: 0), right: .draftPlanPapers, issuers: PaperIssuers.coordinator
    ) { service, request, viewer in try await service.cityReport(request, for: viewer) }

    static let lateWorkLetter = PaperKind(
        "cong-van-don-doc", about: .today, right: .draftPlanPapers, issuers: PaperIssuers.coordinator,
        lacks: { service, _, viewer in
            try await service.work.items(WorkFilter(status: .late), for: viewer, limit: 1).isEmpty
                ? "Không có việc nào quá hạn: không cần đôn đốc." : nil
        }
    ) { service, request, viewer in try await service.reminderLetter(request, for: viewer) }

    static let indicatorCard = PaperKind(
        "van-ban-tham-muu-ktxh", about: .year(ahead: 1), right: .draftPlanPapers, issuers: PaperIssuers.coordinator
    ) { service, request, viewer in try await service.indicatorCard(request, for: viewer) }
}

extension DocumentService {
    /// A commune's report (task I.5): figures and charts ready, reasons left to the officer.
    /// - Parameter period: a quarter or a year.
    public func communeReport(_ commune: CommuneCode, _ period: WorkPeriod, for viewer: Viewer) async throws -> Draft {
        let (year, quarter): (Int, Int?)
        switch period {
        case .quarter(let one): (year, quarter) = (one.year, one.quarter)
        case .year(let one): (year, quarter) = (one, nil)
        default: throw Refusal(.notFound, "Báo cáo của đơn vị chỉ theo quý hoặc năm.")
        }
        var data = DocumentData(fields: try communeFields(commune, year: year))
        let figures = try await overview.communeFigures(commune, year: year, scored: false, for: viewer)
        let last = quarter.flatMap { Month(year: year, month: $0 * 3) } ?? Month(year: year, month: 12)
        data.fields["period"] =
            if case .quarter(let one) = period { "Quý \(one.roman) năm \(year)" } else { "năm \(year)" }
        fill(&data, figures.total, figures.voluntary)
        let months = Self.months(figures.courses, year: year, until: last, figures.total, figures.voluntary)
        data.tables["months"] = months
        data.fields["asOf"] = figures.month.map { "tháng \($0.vietnamese)" } ?? ""
        if let latest = figures.month {
            for (measure, key) in [(Measure.total, "forecastTotal"), (.voluntary, "forecastVoluntary")] {
                guard let forecast = YearEnd(figures.courses[measure] ?? [:], from: latest, year: year) else {
                    continue
                }
                data.fields[key] =
                    "\(Self.words(forecast.people)) (khoảng 80 %: \(Self.words(forecast.low)) – \(Self.words(forecast.high)))"
                if measure == .total, let target = figures.total.progress.target {
                    data.fields["forecastChance"] = "\(Int((forecast.chance(of: target) * 100).rounded())) %"
                }
            }
        }
        data.tables["schemes"] = Self.schemes(figures.total, figures.voluntary)
        let first = quarter.flatMap { Month(year: year, month: $0 * 3 - 2) } ?? Month(year: year, month: 1)
        try await fillWork(
            &data, .commune(commune), year: year, from: first?.firstDay, until: last?.lastDay, for: viewer)
        return Draft(
            template: PaperKind.communeReport.id, data: data, unit: .commune(commune),
            subject: Subject(.commune, commune), period: period,
            cutoff: figures.month.map { min($0.lastDay, clock.today) } ?? clock.today)
    }

    /// The whole city's year.
    func cityReport(_ request: PaperRequest, for viewer: Viewer) async throws -> Draft {
        let board = try await overview.dashboard(year: try request.year(), for: viewer)
        var data = DocumentData(fields: commonFields(year: board.year, of: request.unit))
        data.fields["period"] = "năm \(board.year)"
        data.fields["asOf"] = board.month.map { "tháng \($0.vietnamese)" } ?? ""
        fill(&data, board.total, board.voluntary)
        data.tables["months"] = Self.months(
            board.courses.mapValues(\.people), year: board.year, until: nil, board.total, board.voluntary)
        data.tables["schemes"] = Self.schemes(board.total, board.voluntary)
        let columns = [
            "code", "name", "targetTotal", "total", "percentTotal", "targetVoluntary", "voluntary", "percentVoluntary",
        ]
        func row(_ standing: CommuneStanding) -> [DocumentData.Value] {
            let (total, voluntary) = (standing.total.progress, standing.voluntary.progress)
            return [
                .text(standing.commune.code.text), .text(standing.commune.fullName), Self.number(total.target),
                Self.number(total.now), Self.percent(total.now, of: total.target), Self.number(voluntary.target),
                Self.number(voluntary.now), Self.percent(voluntary.now, of: voluntary.target),
            ]
        }
        func share(_ standing: CommuneStanding) -> Double? {
            guard let now = standing.total.progress.now, let target = standing.total.progress.target, target > 0 else {
                return nil
            }
            return Double(now) / Double(target)
        }
        data.tables["units"] = .init(columns: columns, rows: board.communes.map(row))
        let ranked = board.communes.filter { share($0) != nil }.sorted {
            (share($0) ?? 0, $1.commune.code) > (share($1) ?? 0, $0.commune.code)
        }
        data.tables["best"] = .init(columns: columns, rows: ranked.prefix(10).map(row))
        data.tables["behind"] = .init(columns: columns, rows: ranked.suffix(10).reversed().map(row))
        data.fields["unitCount"] = "\(board.communes.count)"
        data.fields["reachedCount"] = "\(ranked.count { (share($0) ?? 0) >= 1 })"
        data.fields["behindCount"] = "\(board.communes.count { ($0.total.ahead ?? 0) < 0 })"
        return Draft(
            request, data, about: Subject(.city), period: .year(board.year),
            cutoff: board.month.map { min($0.lastDay, clock.today) } ?? clock.today)
    }

    /// A reminder to the units with late work.
    func reminderLetter(_ request: PaperRequest, for viewer: Viewer) async throws -> Draft {
        let today = clock.today
        let late = try await work.items(WorkFilter(status: .late), for: viewer, limit: 600)
        var data = DocumentData(fields: commonFields(year: today.year, of: request.unit))
        data.fields["lateCount"] = "\(late.count)"
        data.fields["unitCount"] = "\(Set(late.map(\.lead.text)).count)"
        data.fields["cutoff"] = today.vietnamese
        data.tables["late"] = .init(
            columns: ["unit", "code", "name", "due", "daysLate"],
            rows: late.map { item in
                [
                    .text(definition.name(of: item.lead)), .text(item.task),
                    .text(definition.task(item.task)?.text ?? ""),
                    item.due.map { .day($0) } ?? .empty, item.due.map { .number($0.days(to: today)) } ?? .empty,
                ]
            })
        return Draft(request, data, about: Subject(.lateWork), cutoff: today)
    }

    /// The card for the socio-economic plan (task I.4), checked against the decision.
    func indicatorCard(_ request: PaperRequest, for viewer: Viewer) async throws -> Draft {
        let year = try request.year()
        guard let target = definition.targets.first(where: { $0.year == year }) else {
            throw Refusal(.notFound, "Kế hoạch không có năm \(year).")
        }
        let board = try await overview.dashboard(year: year - 1, for: viewer)
        let before = definition.targets.first { $0.year == year - 1 }
        var data = DocumentData(fields: commonFields(year: year, of: request.unit))
        func estimate(_ measure: Measure) -> Int? {
            guard board.year == year - 1, let month = board.month else { return nil }
            return YearEnd(board.courses[measure]?.people ?? [:], from: month, year: year - 1)?.people
        }
        let rows: [(String, Int?, Int?, Int)] = [
            ("Tổng số người tham gia BHXH", before?.total, estimate(.total), target.total),
            ("Trong đó: BHXH tự nguyện", before?.voluntary, estimate(.voluntary), target.voluntary),
        ]
        data.tables["indicators"] = .init(
            columns: ["name", "unit", "lastPlan", "estimate", "plan", "compare"],
            rows: rows.map { name, last, estimate, plan in
                [
                    .text(name), .text("người"), Self.number(last), Self.number(estimate), .number(plan),
                    Self.percent(plan, of: estimate),
                ]
            })
        if let decision = try await allocations.decision(.city, year: year, for: viewer) {
            let sums = try decision.content.allocation().rows.reduce(into: (0, 0)) { sum, row in
                sum.0 += row.total
                sum.1 += row.voluntary
            }
            let isEqual = sums == (target.total, target.voluntary)
            data.fields["checkWords"] =
                isEqual
                ? "Số liệu khớp với \(decision.citation ?? "quyết định giao chỉ tiêu")."
                : "KHÔNG khớp: \(decision.citation ?? "quyết định") giao \(Self.words(sums.0)) người, tự nguyện \(Self.words(sums.1)) người."
        } else {
            data.fields["checkWords"] = "Chưa có quyết định giao chỉ tiêu năm \(year) để đối chiếu."
        }
        return Draft(
            request, data, about: Subject(.city), period: .year(year), cutoff: clock.today)
    }

    // MARK: Parts

    private func fill(_ data: inout DocumentData, _ total: MeasureProgress, _ voluntary: MeasureProgress) {
        for (progress, name) in [(total, "Total"), (voluntary, "Voluntary")] {
            let key = name.prefix(1).lowercased() + name.dropFirst()
            data.fields[key] = Self.words(progress.progress.now)
            data.fields["target\(name)"] = Self.words(progress.progress.target)
            data.fields["percent\(name)"] = Self.percent(progress.progress.now, of: progress.progress.target).words
            data.fields["change\(name)"] =
                progress.movement.map {
                    $0 == 0 ? "không đổi" : "\($0 < 0 ? "giảm" : "tăng") \(Self.words(abs($0))) người"
                } ?? ""
        }
        data.fields["expectedTotal"] = Self.words(total.expectation?.people)
    }

    private static func schemes(_ total: MeasureProgress, _ voluntary: MeasureProgress) -> DocumentData.Table {
        func row(_ name: String, _ people: Int?, _ target: Int?) -> [DocumentData.Value] {
            [.text(name), number(people), number(target), percent(people, of: target)]
        }
        func difference(_ whole: Int?, _ part: Int?) -> Int? { whole.flatMap { whole in part.map { whole - $0 } } }
        return .init(
            columns: ["name", "people", "target", "percent"],
            rows: [
                row(
                    "BHXH bắt buộc", difference(total.progress.now, voluntary.progress.now),
                    difference(total.progress.target, voluntary.progress.target)),
                row("BHXH tự nguyện", voluntary.progress.now, voluntary.progress.target),
                row("Tổng số", total.progress.now, total.progress.target),
            ])
    }

    private static func months(
        _ courses: [Measure: [Month: Int]], year: Int, until last: Month?, _ total: MeasureProgress,
        _ voluntary: MeasureProgress
    ) -> DocumentData.Table {
        let months = (1...12).compactMap { Month(year: year, month: $0) }.filter { month in
            last.map { month <= $0 } ?? true
        }
        let start = total.progress.start
        let target = total.progress.target
        return .init(
            columns: ["month", "total", "voluntary", "expected"],
            rows: months.map { month in
                let expected = start.flatMap { start in
                    target.map { start + ($0 - start) * month.month / 12 }
                }
                return [
                    .text("T\(month.month)"), number(courses[.total]?[month]), number(courses[.voluntary]?[month]),
                    number(expected),
                ]
            })
    }

    private func fillWork(
        _ data: inout DocumentData, _ unit: UnitCode, year: Int, from first: Day?, until day: Day?, for viewer: Viewer
    ) async throws {
        let items = try await work.items(WorkFilter(year: year, lead: unit), for: viewer, limit: 200)
            .filter { item in
                guard let due = item.due, let first, let day else { return false }
                return first <= due && due <= day
            }
        let today = clock.today
        data.fields["dueCount"] = "\(items.count)"
        data.fields["doneCount"] = "\(items.count { $0.status(on: today) == .accepted })"
        data.fields["lateCount"] = "\(items.count { $0.status(on: today) == .late })"
        data.tables["tasks"] = .init(
            columns: ["code", "name", "due", "state", "product"],
            rows: items.map { item in
                let task = definition.task(item.task)
                return [
                    .text(item.task), .text(task?.text ?? ""), item.due.map { .day($0) } ?? .text("chưa ấn định"),
                    .text(item.status(on: today).title), .text(task?.productsPhrase ?? ""),
                ]
            })
    }
}
