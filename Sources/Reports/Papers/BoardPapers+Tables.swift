import Documents
import Kernel
import PlanText
import Province
import ReportBoards
import Work

// The tables of a report from a board.
extension BoardPaperWords {
    private func number(_ name: String) -> DocumentData.Value { DocumentService.number(figures[name]?.value) }

    private func share(_ part: String, of whole: String) -> DocumentData.Value {
        DocumentService.percent(figures[part]?.value, of: figures[whole]?.value)
    }

    /// Each commune's numbers; the annex's own mark stands for all of them.
    var units: DocumentData.Table {
        .init(
            columns: [
                "name", "targetTotal", "total", "percentTotal", "targetVoluntary", "voluntary", "percentVoluntary",
                "note",
            ],
            rows: plan.communes.communes.map { commune in
                let name = "commune.\(commune.code)"
                let used = monthCarried(commune)
                return [
                    .text(commune.fullName), number("\(name).total-target"), number("\(name).total"),
                    share("\(name).total", of: "\(name).total-target"), number("\(name).voluntary-target"),
                    number("\(name).voluntary"), share("\(name).voluntary", of: "\(name).voluntary-target"),
                    used.map { .text("số tháng \($0.vietnamese)") } ?? .empty,
                ]
            })
    }

    /// The earlier month that a commune's figure is of; nil where it is of the report's.
    private func monthCarried(_ commune: Commune) -> Month? {
        guard let day, let own = figures["commune.\(commune.code).total"], own.day < day else { return nil }
        return Month(of: own.day)
    }

    /// Which communes count with an earlier month's figures, and which have none.
    var carried: String {
        guard let day else { return "" }
        var byMonth: [Month: [String]] = [:]
        var without: [String] = []
        for commune in plan.communes.communes {
            if figures["commune.\(commune.code).total"] == nil { without.append(commune.fullName) }
            if let month = monthCarried(commune) { byMonth[month, default: []].append(commune.fullName) }
        }
        return DocumentService.carriedWords(byMonth, without: without, Month(of: day))
    }

    /// Says that the years of a review are not over, and which have no figures; empty for other reports.
    var unfinished: String {
        guard material.span.kind.spansYears, let day, day < material.span.last else { return "" }
        let later = material.span.years.filter { figures["year.\($0).total"] == nil }.map { "\($0)" }
        let without = later.isEmpty ? "" : "; chưa có số liệu năm \(later.joined(separator: ", "))"
        let words = material.span.words
        return
            "\(words.prefix(1).uppercased())\(words.dropFirst()) chưa kết thúc: số liệu mới có đến ngày \(day.vietnamese)\(without)."
    }

    var groups: DocumentData.Table {
        .init(
            columns: ["name", "due", "done", "late", "open"],
            rows: plan.groups.compactMap { group in
                let name = "work.\(group.code)"
                guard figures["\(name).due"] != nil else { return nil }
                return [
                    .text("\(group.code). \(group.title)\(mark("\(name).due"))"), number("\(name).due"),
                    number("\(name).done"), number("\(name).late"), number("\(name).open"),
                ]
            })
    }

    /// Of their own month, which may be earlier than the participants'.
    var blocksDay: Day? { figures.all.first { $0.name.hasPrefix("block.") }?.day }

    var blocksNote: String {
        let blocks = figures.all.filter { $0.name.hasPrefix("block.") }
        guard !blocks.isEmpty, let day, let blocksDay, Month(of: day) == Month(of: blocksDay) else { return "" }
        return DocumentData.blocksNote(
            blocks.reduce(0) { $0 + $1.value }, compulsory: figures["compulsory.now"]?.value)
    }

    var blocks: DocumentData.Table {
        .init(
            columns: ["name", "people"],
            rows: figures.all.filter { $0.name.hasPrefix("block.") }.map { figure in
                let name = figure.label.split(separator: "khối ", maxSplits: 1).last.map(String.init) ?? figure.label
                return [.text(name + mark(figure.name)), .number(figure.value)]
            })
    }

    var years: DocumentData.Table {
        .init(
            columns: [
                "year", "asOf", "targetTotal", "total", "percentTotal", "targetVoluntary", "voluntary",
                "percentVoluntary",
            ],
            rows: material.span.years.compactMap { year in
                let name = "year.\(year)"
                guard figures["\(name).total-target"] != nil else { return nil }
                return [
                    .text("\(year)\(mark(figures["\(name).total"] == nil ? "\(name).total-target" : "\(name).total"))"),
                    figures["\(name).total"].map { .day($0.day) } ?? .text("chưa có số liệu"),
                    number("\(name).total-target"), number("\(name).total"),
                    share("\(name).total", of: "\(name).total-target"), number("\(name).voluntary-target"),
                    number("\(name).voluntary"), share("\(name).voluntary", of: "\(name).voluntary-target"),
                ]
            })
    }

    var products: DocumentData.Table { ProductWords.table(material.products, plan) }

    /// Says of the numbers in tables which day they are of: the paper's own day is when they were asked for.
    func state(in data: inout DocumentData) {
        func origin(_ name: String) -> FigureOrigin? { figures[name].map { FigureOrigin($0.day, $0.source) } }
        data.state(origin("total.now"), of: "units")
        for (index, commune) in plan.communes.communes.enumerated() where monthCarried(commune) != nil {
            data.state(origin("commune.\(commune.code).total"), of: "units/\(index + 1)")
        }
        data.state(
            figures.all.first { $0.name.hasPrefix("block.") }.flatMap { origin($0.name) }, of: "blocks/people")
        let work = figures.all.first { $0.name.hasPrefix("work.") }.flatMap { origin($0.name) }
        for column in ["due", "done", "late", "open"] { data.state(work, of: "groups/\(column)") }
        let years = material.span.years.filter { figures["year.\($0).total-target"] != nil }
        for (index, year) in years.enumerated() {
            for column in ["total", "percentTotal", "voluntary", "percentVoluntary"] {
                data.state(origin("year.\(year).total"), of: "years/\(index + 1)/\(column)")
            }
        }
    }

    /// Where each marked figure and each text comes from; `origin` is for the page, which links to it.
    var sources: DocumentData.Table {
        let counted = figures.all.filter { $0.number > 0 }.map { figure -> [DocumentData.Value] in
            [
                .text(SourceMark.entry(figure.number)), .text(figure.label),
                .text("\(figure.words) \(figure.unit.title)"), .day(figure.day), .text(figure.source),
                .text(figure.origin.text),
            ]
        }
        let written = material.sections.flatMap { section in
            section.texts.map { text -> [DocumentData.Value] in
                [
                    .text(SourceMark.entry(text.number)), .text("Phần viết: \(section.section.title)"),
                    .text("bản \(text.text.number)"), .day(text.text.at.day),
                    .text("\(plan.name(of: text.unit)), \(text.text.author)"),
                    .text(material.board.map { "board/\($0.id)/\(section.section.code)" } ?? ""),
                ]
            }
        }
        return .init(columns: ["number", "label", "value", "day", "source", "origin"], rows: counted + written)
    }
}
