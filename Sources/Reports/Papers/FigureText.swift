import Documents
import Figures
import Kernel
import Overview
import Targets

/// Figures as the sentences of reports have them: what was counted on which day, what it is compared with, what was needed.
struct FigureText {
    /// `tăng 214 người (2,8%)`, `giảm 12 người (0,2%)`, `không thay đổi`
    static func change(_ now: Int?, from before: Int?) -> String {
        guard let now, let before else { return "" }
        guard now != before else { return "không thay đổi" }
        let percent =
            before > 0 ? DocumentData.Value.decimal(Self.share(abs(now - before), of: before), places: 1) : nil
        return
            "\(now < before ? "giảm" : "tăng") \(VietnameseText.grouped(abs(now - before))) người"
            + (percent.map { " (\($0.words)%)" } ?? "")
    }

    /// `cao hơn 54 người`, `thấp hơn 12 người`, `bằng mức cần có`
    static func against(_ now: Int?, _ needed: Int?) -> String {
        guard let now, let needed else { return "" }
        guard now != needed else { return "bằng mức cần có" }
        return "\(now < needed ? "thấp hơn" : "cao hơn") mức cần có \(VietnameseText.grouped(abs(now - needed))) người"
    }

    /// How the figure that is needed was found, as an official text says it.
    static func basis(_ expectation: ExpectedFigure?) -> String {
        switch expectation?.basis {
        case .seasonal(let year): "tính theo mức tăng, giảm từng tháng của năm \(year)"
        case .straight: "tính chia đều theo tháng"
        case nil: ""
        }
    }

    static func share(_ part: Int, of whole: Int) -> Double { Double(part) * 100 / Double(whole) }

    /// The least and the most of some shares as they are printed, so that “cao nhất”, “thấp nhất” are said only where there is
    /// one.
    static func areRanked(_ shares: [Double]) -> Bool {
        let printed = Set(shares.map { ($0 * 10).rounded() })
        return printed.count > 1
    }
}

/// One measure's part of a report: its fields in a template end in `Total` or `Voluntary`.
struct MeasurePart {
    let progress: MeasureProgress
    let name: String
    /// What the figure of the day stands on; nil without a figure.
    let origin: FigureOrigin?
    /// Compared with: the end of the stretch before, and the same day a year ago.
    let before: (people: Int?, origin: FigureOrigin)
    let yearAgo: (people: Int?, origin: FigureOrigin)
    /// The document that gave the target, and when; nil without one.
    let targetOrigin: FigureOrigin?

    /// The older names (`total`, `changeTotal` …) stay for templates that an office adapted.
    func fill(_ data: inout DocumentData) {
        let (now, target) = (progress.progress.now, progress.progress.target)
        let key = name.prefix(1).lowercased() + name.dropFirst()
        data.put(key, DocumentService.words(now), from: origin)
        data.put("target\(name)", DocumentService.words(target), from: targetOrigin)
        data.put("percent\(name)", DocumentService.percent(now, of: target).words, from: origin)
        data.put(
            "change\(name)", FigureText.change(now, from: now.flatMap { now in progress.movement.map { now - $0 } }),
            from: origin)
        data.put("before\(name)", DocumentService.words(before.people), from: before.origin)
        data.put("changeBefore\(name)", FigureText.change(now, from: before.people), from: origin)
        data.put("yearAgo\(name)", DocumentService.words(yearAgo.people), from: yearAgo.origin)
        data.put("changeYearAgo\(name)", FigureText.change(now, from: yearAgo.people), from: origin)
        data.put("expected\(name)", DocumentService.words(progress.expectation?.people), from: origin)
        data.put("against\(name)", FigureText.against(now, progress.expectation?.people), from: origin)
        data.fields["basis\(name)"] = FigureText.basis(progress.expectation)
        if let missing = progress.progress.missing {
            if missing > 0 { data.put("missing\(name)", DocumentService.words(missing), from: origin) }
            data.fields["reached\(name)"] = missing > 0 ? "" : "1"
        }
    }
}

extension DocumentData {
    /// The forecast of a measure for the end of the year, made from nothing later than a month.
    mutating func putForecast(
        _ name: String, _ course: [Month: Int], flows: [Month: MonthFlows], from latest: Month, year: Int,
        target: Int?, origin: FigureOrigin?
    ) {
        // At the year's end what came stands; there is nothing to estimate.
        guard latest.month < 12, let forecast = YearEnd(course, flows: flows, from: latest, year: year) else { return }
        put("forecast\(name)", VietnameseText.grouped(forecast.people), from: origin)
        put("forecast\(name)Low", VietnameseText.grouped(forecast.low), from: origin)
        put("forecast\(name)High", VietnameseText.grouped(forecast.high), from: origin)
        put("forecastConfidence", "80", from: origin)
        if name == "Total", let target {
            put("forecastChance", forecast.chanceWords(of: target), from: origin)
        }
    }

    /// The schemes with what they were before.
    /// - Parameter basis: of the compulsory part's target: what nobody gave is marked as what the total leaves, and is no
    ///   measure of how far one got.
    mutating func putSchemes(_ total: MeasurePart, _ voluntary: MeasurePart, _ basis: CompulsoryBasis) {
        func difference(_ whole: Int?, _ part: Int?) -> Int? { whole.flatMap { whole in part.map { whole - $0 } } }
        let (now, target) = (total.progress.progress, voluntary.progress.progress)
        let compulsory = difference(now.now, target.now)
        let implied = difference(now.target, target.target)
        func row(_ name: String, _ before: Int?, _ now: Int?, _ target: Int?, isGiven: Bool = true)
            -> [DocumentData.Value]
        {
            [
                .text(name), DocumentService.number(before), DocumentService.number(now),
                DocumentService.number(difference(now, before)), DocumentService.number(target),
                isGiven ? DocumentService.percent(now, of: target) : .empty,
            ]
        }
        let isGiven = basis == .assigned
        let mark = implied == nil || isGiven ? "" : " (*)"
        tables["schemes"] = .init(
            columns: ["name", "before", "people", "difference", "target", "percent"],
            rows: [
                row(
                    "BHXH bắt buộc\(mark)", difference(total.before.people, voluntary.before.people), compulsory,
                    implied, isGiven: isGiven),
                row("BHXH tự nguyện", voluntary.before.people, target.now, target.target),
                row("Tổng số", total.before.people, now.now, now.target),
            ])
        put("compulsory", DocumentService.words(compulsory), from: total.origin)
        put("compulsoryImplied", isGiven ? "" : DocumentService.words(implied), from: total.targetOrigin)
        state(total.origin, of: "schemes")
        state(total.before.origin, of: "schemes/before")
        state(total.targetOrigin, of: "schemes/target")
    }

    /// The months of a year until one, each with what was needed by its end.
    mutating func putMonths(
        _ year: Int, until last: Month, _ total: [Month: Int], _ voluntary: [Month: Int], _ expected: ExpectedCourse?,
        origin: (Month) -> FigureOrigin?
    ) {
        let months = (1...12).compactMap { Month(year: year, month: $0) }.filter { $0 <= last }
        tables["months"] = .init(
            columns: ["month", "total", "voluntary", "expected"],
            rows: months.map { month in
                [
                    .text("T\(month.month)"), DocumentService.number(total[month]),
                    DocumentService.number(voluntary[month]), DocumentService.number(expected?[month]?.people),
                ]
            })
        for (index, month) in months.enumerated() { state(origin(month), of: "months/\(index + 1)") }
    }
}
