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
    /// Whether the paper has the annex of communes.
    var hasAnnex = true

    var figures: BoardFigures { material.figures }

    func mark(_ name: String) -> String {
        figures[name].map { $0.number > 0 ? SourceMark.reference($0.number) : "" } ?? ""
    }

    /// `1.177.531⟦3⟧`; nil for what is not known.
    private func figure(_ name: String) -> String? { figures[name].map { $0.words + mark(name) } }

    /// The day that the figures of participants are of; nil without any.
    var day: Day? { figures["total.now"]?.day }

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
            // Obstacles are told among the limits; beside proposals they are for whoever writes.
            let facts = section.section.facts.filter { part != .proposals || $0 != .obstacles }
            for paragraph in facts.flatMap(sentences) { add(paragraph: paragraph) }
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
        case .schemes: flowSentences(.compulsory)
        case .late: lateSentences
        case .work(let group): workSentences(group)
        case .obstacles: obstacleSentences
        // Points are ours, for whoever writes.
        case .scores: []
        }
    }

    private var targetSentences: [String] {
        guard let now = figures["total.now"], let total = figure("total.now") else { return [] }
        var first = "Đến ngày \(now.day.vietnamese), trên địa bàn \(plan.province) có \(total) người tham gia BHXH"
        if let share = figure("total.percent"), let target = figure("total.target") {
            first += ", đạt \(share)% chỉ tiêu (\(target) người)"
        }
        if let growth = growth("total"), let start = figure("total.start") {
            first += "; \(growth) so với cuối năm \(startYear) (\(start) người)"
        }
        var second = figure("compulsory.now").map { "Trong đó: BHXH bắt buộc \($0) người" } ?? ""
        if let voluntary = figure("voluntary.now") {
            second += "\(second.isEmpty ? "Trong đó: " : "; ")BHXH tự nguyện \(voluntary) người"
            if let share = figure("voluntary.percent"), let target = figure("voluntary.target") {
                second += ", đạt \(share)% chỉ tiêu (tối thiểu \(target) người)"
            }
            if let growth = growth("voluntary") { second += ", \(growth) so với cuối năm \(startYear)" }
        }
        var sentences = ["\(first).", second.isEmpty ? "" : "\(second)."]
        sentences += comparisons("total", "Tổng số người tham gia", needs: "Mức cần có của tổng số người tham gia")
        sentences += comparisons("voluntary", "BHXH tự nguyện", needs: "Mức cần có của BHXH tự nguyện")
        sentences += coverageSentences
        if let reached = figure("communes.reached"), let of = figure("communes.target") {
            let none = figures["communes.reached"]?.value == 0
            let count =
                none
                ? "Trong \(of) xã, phường, đặc khu chưa đơn vị nào đạt"
                : "Có \(reached)/\(of) xã, phường, đặc khu đạt"
            sentences.append("\(count) chỉ tiêu tổng số được giao\(hasAnnex ? " (Phụ lục I)" : "").")
        }
        return (sentences + flowSentences(.voluntary)).filter { !$0.isEmpty }
    }

    private var startYear: String { figures["total.start"].map { "\($0.day.year)" } ?? "trước" }

    /// Against the quarter before, the same day a year ago, and what was needed, as far as known.
    private func comparisons(_ name: String, _ words: String, needs: String) -> [String] {
        guard let now = figures["\(name).now"] else { return [] }
        let parts = [("before", "so với ngày"), ("year-ago", "so với cùng kỳ năm trước, ngày")].compactMap {
            key, than -> String? in
            guard let then = figures["\(name).\(key)"], let people = figure("\(name).\(key)") else { return nil }
            let change = FigureText.change(now.value, from: then.value)
            return "\(than) \(then.day.vietnamese) (\(people) người): \(change)"
        }
        var sentences = parts.isEmpty ? [] : ["\(words) \(parts.joined(separator: "; "))."]
        if let needed = figures["\(name).needed"], let people = figure("\(name).needed") {
            let against = FigureText.against(now.value, needed.value)
            sentences.append(
                "\(needs) đến ngày \(needed.day.vietnamese) để cuối năm đạt chỉ tiêu là \(people) người; kết quả \(against)."
            )
        }
        return sentences
    }

    private func growth(_ name: String) -> String? {
        guard let growth = figures["\(name).growth"] else { return nil }
        let size = VietnameseText.grouped(abs(growth.value))
        return "\(growth.value < 0 ? "giảm" : "tăng") \(size)\(mark("\(name).growth")) người"
    }

    /// The share of the labour force, with what it is of and since when.
    private var coverageSentences: [String] {
        guard let share = figure("coverage.percent"), let labour = figure("coverage.labour"),
            let day = figures["coverage.labour"]?.day
        else { return [] }
        return [
            "Người tham gia BHXH bằng \(share)% lực lượng lao động trong độ tuổi (\(labour) người, số liệu đến ngày \(day.vietnamese))."
        ]
    }

    /// Who came and went of a scheme, and who could come.
    private func flowSentences(_ scheme: Scheme) -> [String] {
        let name = "flow.\(scheme.rawValue)"
        let parts = [("joined", "tăng mới"), ("returned", "tham gia trở lại"), ("stopped", "dừng tham gia")]
            .compactMap { flow, words in figure("\(name).\(flow)").map { "\($0) lượt \(words)" } }
        var sentences: [String] = []
        if !parts.isEmpty, let last = figures["\(name).joined"]?.day ?? figures["\(name).stopped"]?.day {
            let first = max(material.span.first, .firstDay(ofYear: last.year))
            var sentence =
                "Từ ngày \(first.vietnamese) đến ngày \(last.vietnamese), \(scheme.title): \(parts.joined(separator: ", "))"
            if let rest = figures["\(name).rest"], rest.value != 0 {
                let size = VietnameseText.grouped(abs(rest.value)) + mark(rest.name)
                sentence +=
                    "; chuyển địa bàn, chuyển loại hình, điều chỉnh, báo cáo muộn: \(rest.value < 0 ? "giảm" : "tăng") \(size) người"
            }
            sentences.append(sentence + ".")
        }
        let could = [("units", "đơn vị"), ("people", "người")].compactMap { key, unit in
            figure("potential.\(scheme.rawValue).\(key)").map { "\($0) \(unit)" }
        }
        if !could.isEmpty,
            let day = figures.all.first(where: { $0.name.hasPrefix("potential.\(scheme.rawValue).") })?.day
        {
            sentences.append(
                "Tiềm năng tham gia \(scheme.title) theo cơ quan BHXH, đến ngày \(day.vietnamese): \(could.joined(separator: ", "))."
            )
        }
        return sentences
    }

    private var lateSentences: [String] {
        guard let late = figures["late.amount"], let amount = figure("late.amount") else { return [] }
        let share = figure("late.percent").map { ", bằng \($0)% kế hoạch thu cả năm" } ?? ""
        return ["\(late.label) đến ngày \(late.day.vietnamese): \(amount) đồng\(share)."]
    }

    private func workSentences(_ group: String) -> [String] {
        let name = "work.\(group)"
        guard let all = figures["\(name).due"], let due = figure("\(name).due"), let done = figure("\(name).done"),
            let late = figure("\(name).late"), let open = figure("\(name).open")
        else { return [] }
        func value(_ key: String) -> Int { figures["\(name).\(key)"]?.value ?? 0 }
        var sentence = "Đến ngày \(all.day.vietnamese), "
        if all.value == 0 {
            sentence += "chưa có lượt nhiệm vụ nào của Kế hoạch đến hạn trong kỳ"
        } else {
            sentence += "có \(due) lượt nhiệm vụ của Kế hoạch đến hạn; đã hoàn thành \(done) lượt"
            if value("late") > 0 { sentence += " (trong đó \(late) hoàn thành sau hạn)" }
            if value("open") > 0 {
                sentence += ", chưa hoàn thành \(open) lượt"
                if let waiting = figure("\(name).waiting") { sentence += " (trong đó \(waiting) đang chờ duyệt)" }
            }
        }
        if let overdue = figure("\(name).overdue") {
            sentence += "; còn \(overdue) lượt của các kỳ trước quá hạn, chưa hoàn thành"
        }
        return [sentence + "."]
    }

    private var obstacleSentences: [String] {
        guard let received = figure("obstacles.received"), let answered = figure("obstacles.answered"),
            let open = figure("obstacles.open"), let day = figures["obstacles.received"]?.day
        else { return [] }
        return [
            "Đến ngày \(day.vietnamese), đã tiếp nhận \(received) vướng mắc; đã trả lời \(answered), đang xử lý \(open)."
        ]
    }
}
