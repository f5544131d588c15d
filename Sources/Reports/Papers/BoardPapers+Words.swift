import Documents
import Kernel
import PlanText
import Province
import ReportBoards
import Work

/// The sentences and tables of a report from a board: every figure with the mark of its source.
struct BoardPaperWords {
    let material: ReportMaterial
    let plan: PlanDefinition

    private var figures: BoardFigures { material.figures }

    func mark(_ name: String) -> String {
        figures[name].map { $0.number > 0 ? SourceMark.reference($0.number) : "" } ?? ""
    }

    /// `1.177.531⟦3⟧`; nil for what is not known.
    private func figure(_ name: String) -> String? { figures[name].map { $0.words + mark(name) } }

    // MARK: Paragraphs

    /// Heading, paragraphs and what is missing, of the sections of a part of the report.
    func lines(of part: BoardSection.Part) -> DocumentData.Table {
        var rows: [[DocumentData.Value]] = []
        func add(heading: String = "", paragraph: String = "", missing: String = "") {
            rows.append([.text(heading), .text(paragraph), .text(missing)])
        }
        let sections = material.sections.filter { $0.section.part == part }
        for (index, section) in sections.enumerated() {
            if [.objectives, .groups].contains(part) {
                add(heading: "\(index + 1). \(Self.heading(section.section))")
            }
            for paragraph in section.section.facts.flatMap(sentences) { add(paragraph: paragraph) }
            for text in section.texts {
                let paragraphs = text.text.text.split(separator: "\n").map(String.init)
                for (place, paragraph) in paragraphs.enumerated() {
                    let isLast = place == paragraphs.count - 1
                    add(paragraph: paragraph + (isLast ? SourceMark.reference(text.number) : ""))
                }
            }
            if !section.waiting.isEmpty {
                let names = section.waiting.map { plan.name(of: $0) }.joined(separator: "; ")
                add(missing: "Chờ phần viết của \(names)")
            } else if section.texts.isEmpty {
                add(missing: "Chưa giao đơn vị nào viết mục này")
            }
        }
        return .init(columns: ["heading", "paragraph", "missing"], rows: rows)
    }

    /// A board's titles say which objective or group it is; the report numbers them itself.
    private static func heading(_ section: BoardSection) -> String {
        guard let colon = section.title.firstRange(of: ": ") else { return section.title }
        return String(section.title[colon.upperBound...])
    }

    private func sentences(_ facts: BoardFacts) -> [String] {
        switch facts {
        case .targets: targetSentences
        case .schemes: flowSentences
        case .late: lateSentences
        case .work(let group): workSentences(group)
        case .obstacles: obstacleSentences
        // Points are ours, for whoever writes.
        case .scores: []
        }
    }

    private var targetSentences: [String] {
        guard let now = figures["total.now"], let total = figure("total.now") else { return [] }
        var first = "Đến \(now.day.vietnamese), trên địa bàn \(plan.province) có \(total) người tham gia BHXH"
        if let share = figure("total.percent"), let target = figure("total.target") {
            first += ", đạt \(share)% chỉ tiêu (\(target) người)"
        }
        if let growth = growth("total"), let start = figure("total.start") {
            first += "; \(growth) so với cuối năm trước (\(start) người)"
        }
        var second = figure("compulsory.now").map { "Trong đó: BHXH bắt buộc \($0) người" } ?? ""
        if let voluntary = figure("voluntary.now") {
            second += "\(second.isEmpty ? "Trong đó: " : "; ")BHXH tự nguyện \(voluntary) người"
            if let share = figure("voluntary.percent"), let target = figure("voluntary.target") {
                second += ", đạt \(share)% chỉ tiêu (tối thiểu \(target) người)"
            }
            if let growth = growth("voluntary") { second += ", \(growth) so với cuối năm trước" }
        }
        var sentences = ["\(first).", second.isEmpty ? "" : "\(second)."]
        if let reached = figure("communes.reached"), let of = figure("communes.target") {
            sentences.append("Có \(reached)/\(of) xã, phường, đặc khu đạt chỉ tiêu tổng số được giao (Phụ lục I).")
        }
        return sentences.filter { !$0.isEmpty }
    }

    private func growth(_ name: String) -> String? {
        guard let growth = figures["\(name).growth"] else { return nil }
        let size = VietnameseText.grouped(abs(growth.value))
        return "\(growth.value < 0 ? "giảm" : "tăng") \(size)\(mark("\(name).growth")) người"
    }

    private var flowSentences: [String] {
        [("compulsory", "BHXH bắt buộc"), ("voluntary", "BHXH tự nguyện")].compactMap { scheme, words in
            let parts = [("joined", "tăng mới"), ("returned", "tham gia trở lại"), ("stopped", "dừng tham gia")]
                .compactMap { name, words in figure("flow.\(scheme).\(name)").map { "\($0) lượt \(words)" } }
            return parts.isEmpty ? nil : "\(words): \(parts.joined(separator: ", "))."
        }
    }

    private var lateSentences: [String] {
        guard let late = figures["late.amount"], let amount = figure("late.amount") else { return [] }
        return ["Số tiền chậm đóng, trốn đóng đến \(late.day.vietnamese): \(amount) đồng."]
    }

    private func workSentences(_ group: String) -> [String] {
        guard let due = figure("work.\(group).due"), let done = figure("work.\(group).done"),
            let late = figure("work.\(group).late"), let open = figure("work.\(group).open")
        else { return [] }
        return [
            "Có \(due) việc của Kế hoạch đến hạn; đã hoàn thành \(done) việc (sau hạn \(late) việc), chưa hoàn thành \(open) việc."
        ]
    }

    private var obstacleSentences: [String] {
        guard let received = figure("obstacles.received"), let answered = figure("obstacles.answered"),
            let open = figure("obstacles.open")
        else { return [] }
        return ["Đã tiếp nhận \(received) vướng mắc; đã trả lời \(answered), đang xử lý \(open)."]
    }

    // MARK: Tables

    private func number(_ name: String) -> DocumentData.Value { DocumentService.number(figures[name]?.value) }

    private func share(_ part: String, of whole: String) -> DocumentData.Value {
        DocumentService.percent(figures[part]?.value, of: figures[whole]?.value)
    }

    /// Each commune's numbers; the annex's own mark stands for all of them.
    var units: DocumentData.Table {
        .init(
            columns: [
                "name", "targetTotal", "total", "percentTotal", "targetVoluntary", "voluntary", "percentVoluntary",
            ],
            rows: plan.communes.communes.map { commune in
                let name = "commune.\(commune.code)"
                return [
                    .text(commune.fullName), number("\(name).total-target"), number("\(name).total"),
                    share("\(name).total", of: "\(name).total-target"), number("\(name).voluntary-target"),
                    number("\(name).voluntary"), share("\(name).voluntary", of: "\(name).voluntary-target"),
                ]
            })
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
                "year", "targetTotal", "total", "percentTotal", "targetVoluntary", "voluntary", "percentVoluntary",
            ],
            rows: material.span.years.compactMap { year in
                let name = "year.\(year)"
                guard figures["\(name).total-target"] != nil else { return nil }
                return [
                    .text("\(year)\(mark(figures["\(name).total"] == nil ? "\(name).total-target" : "\(name).total"))"),
                    number("\(name).total-target"), number("\(name).total"),
                    share("\(name).total", of: "\(name).total-target"), number("\(name).voluntary-target"),
                    number("\(name).voluntary"), share("\(name).voluntary", of: "\(name).voluntary-target"),
                ]
            })
    }

    var products: DocumentData.Table {
        .init(
            columns: ["task", "lead", "summary", "number", "day"],
            rows: material.products.map { accepted in
                let product = accepted.product
                let figure = product.figure.map { ": \($0)" } ?? ""
                return [
                    .text(accepted.work.task), .text(plan.name(of: accepted.work.lead)),
                    .text(product.summary + figure), .text(product.numberSymbol ?? ""),
                    product.issuedOn.map { .day($0) } ?? .empty,
                ]
            })
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
