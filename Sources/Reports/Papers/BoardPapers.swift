import Access
import Documents
import Kernel
import PlanText
import ReportBoards
import Work

/// Reports assembled on boards: of a year and the plan's two reviews, from the province's People's Committee to the ministries;
/// notes on quarters and half years, from the agency that keeps the plan to the Committee.
extension PaperKind {
    private static let without = "khong"

    private static let sources = PaperField(
        "nguon", "Nguồn của từng con số",
        .choice([
            .init(value: "", title: "Đánh số, kèm phụ lục nguồn"), .init(value: without, title: "Bỏ, bản trình ký"),
        ]), hint: "Trên trang của văn bản, mỗi số dẫn đến trang hoặc danh sách gốc.")

    /// The letter that a summing-up becomes beside its report.
    public static let proposalsOfFinal = "de-xuat-chinh-sach"

    /// The letter that asks units for their reports.
    public static var lettersOfRequest: String { reportRequest.id }

    /// The year's report on Resolution 403/NQ-CP to the ministries.
    static let ministryReport = PaperKind(
        BoardKind.year.paper, about: .year(ahead: 0), right: .draftPlanPapers, issuers: PaperIssuers.coordinator,
        asks: [sources]
    ) { service, request, viewer in
        try await service.boardReport(request, .year, .year(try request.year()), for: viewer)
    }

    static let periodNote = PaperKind(
        BoardKind.quarter.paper, about: .period, right: .draftPlanPapers, issuers: PaperIssuers.coordinator,
        asks: [sources]
    ) { service, request, viewer in
        let isHalfYear = if case .firstHalf = request.about { true } else { false }
        guard case .quarter(let asked) = try request.period() else {
            throw Refusal(.invalid, "Báo cáo này theo quý hoặc sáu tháng; cả năm có báo cáo năm gửi hai Bộ.")
        }
        guard isHalfYear, let second = Quarter(year: asked.year, quarter: 2) else {
            return try await service.boardReport(request, .quarter, .quarter(asked), for: viewer)
        }
        return try await service.boardReport(request, .halfYear, .quarter(second), for: viewer)
    }

    static let midTermReview = review(.midTerm)
    static let finalReport = review(.final)

    private static func review(_ kind: BoardKind) -> PaperKind {
        PaperKind(
            kind.paper, about: .today, right: .draftPlanPapers, issuers: PaperIssuers.coordinator, asks: [sources],
            lacks: { service, _, _ in
                kind.periods(in: service.definition).isEmpty ? "Kế hoạch không có \(kind.title.lowercased())." : nil
            }
        ) { service, request, viewer in
            try await service.boardReport(request, kind, try service.onlyPeriod(of: kind), for: viewer)
        }
    }

    /// What the summing-up proposes, as a letter of its own.
    static let policyProposals = PaperKind(
        proposalsOfFinal, about: .today, right: .draftPlanPapers, issuers: PaperIssuers.coordinator,
        asks: [sources]
    ) { service, request, viewer in
        try await service.boardReport(request, .final, try service.onlyPeriod(of: .final), for: viewer)
    }

    /// Whether a paper leaves its list of sources out.
    static func leavesSourcesOut(_ request: PaperRequest) -> Bool { request.text(sources.key) == without }
}

extension DocumentService {
    func onlyPeriod(of kind: BoardKind) throws(Refusal) -> WorkPeriod {
        guard let period = kind.periods(in: definition).first else {
            throw Refusal(.notFound, "Kế hoạch không có \(kind.title.lowercased()).")
        }
        return period
    }

    /// The draft of a report from its board: locked figures, what agencies handed in, what is still missing.
    func boardReport(
        _ request: PaperRequest, _ kind: BoardKind, _ period: WorkPeriod, for viewer: Viewer
    ) async throws -> Draft {
        guard let span = BoardSpan(kind, period) else { throw Refusal(.notFound, "Không có kỳ báo cáo này.") }
        let material = try await boards.material(span, for: viewer)
        let issuer = [BoardKind.quarter, .halfYear].contains(kind) ? request.unit : provinceCommittee
        var data = DocumentData(fields: commonFields(year: span.years.upperBound, of: issuer))
        data.fields["span"] = span.words
        data.fields["firstYear"] = "\(span.years.lowerBound)"
        data.fields["lastYearOfPlan"] = "\(span.years.upperBound)"
        let words = BoardPaperWords(
            material: material, plan: definition, hasAnnex: request.kind.id != PaperKind.proposalsOfFinal)
        // The day that the figures are of, not the one by which they are asked for.
        let figuresDay = words.day ?? min(material.cutoff, clock.today)
        data.fields["cutoff"] = figuresDay.vietnamese
        data.fields["workDay"] =
            (material.figures.all.first { $0.name.hasPrefix("work.") }?.day ?? figuresDay).vietnamese
        data.fields["carried"] = words.carried
        data.fields["unfinished"] = words.unfinished
        for (name, part) in [
            ("objectiveLines", BoardSection.Part.objectives), ("groupLines", .groups), ("limitLines", .limits),
            ("lessonLines", .lessons), ("nextLines", .next), ("proposalLines", .proposals),
        ] {
            data.tables[name] = words.lines(of: part)
        }
        data.tables["units"] = words.units
        data.tables["groups"] = words.groups
        data.tables["blocks"] = words.blocks
        data.tables["years"] = words.years
        data.tables["products"] = words.products
        data.tables["sources"] = words.sources
        words.state(in: &data)
        data.fields["blocksDay"] = words.blocksDay?.vietnamese ?? ""
        data.put("blocksNote", words.blocksNote, from: words.blocksDay.map { FigureOrigin($0, "số liệu theo khối") })
        data.fields["unitsMark"] = words.mark("communes.reported")
        for name in ["blocks", "groups", "products"] where !(data.tables[name]?.rows.isEmpty ?? true) {
            data.fields["has\(name.prefix(1).uppercased())\(name.dropFirst())"] = "có"
        }
        data.fields["withSources"] = "có"
        if PaperKind.leavesSourcesOut(request) {
            data.fields["withSources"] = ""
            data = data.withoutSourceMarks()
        }
        return Draft(
            request, data, about: material.board.map { Subject(.reportBoard, $0.id) } ?? Subject(.city),
            period: kind.spansYears ? nil : period, cutoff: material.cutoff)
    }
}
