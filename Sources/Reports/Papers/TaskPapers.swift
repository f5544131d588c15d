import Access
import Documents
import Kernel
import PlanText
import Province
import Work

// What papers about a task of an agency have in common.
extension DocumentService {
    /// The common fields, with those of the task it is about.
    func taskFields(_ request: PaperRequest) throws(Refusal) -> [String: String] {
        let period = try request.period()
        var fields = commonFields(year: period.year, of: request.unit)
        fields["period"] = Self.words(of: period)
        guard let task = request.task.flatMap({ definition.task($0) }) else { return fields }
        fields["taskCode"] = task.code
        fields["taskText"] = HeadWords.bare(task.text)
        // Inside a sentence.
        let names = task.coordinatorsPhrase.split(separator: ";").map { name in
            let name = VietnameseText.tidy(String(name))
            return name.hasPrefix("Các ") ? "các " + name.dropFirst(4) : name
        }
        fields["coordinators"] = AllocationWords.list(names)
        return fields
    }

    /// What a paper about a task, or about none in particular, is about.
    func taskSubject(_ request: PaperRequest) -> Subject {
        request.task.map { Subject(.task, $0) } ?? Subject(.plan)
    }

    /// `quý III năm 2026`, `năm 2026`
    static func words(of period: WorkPeriod) -> String {
        if case .quarter(let quarter) = period { return "quý \(quarter.roman) năm \(quarter.year)" }
        return "năm \(period.year)"
    }

    /// The last day that a paper about a period speaks of.
    func lastDay(of period: WorkPeriod) -> Day {
        if case .quarter(let quarter) = period { return quarter.lastDay }
        return Day.lastDay(ofYear: period.year)
    }

    /// A unit's work of a year that falls due until a day, in the order of the plan: of one task where one is named.
    func ownWork(
        of unit: UnitCode, task: String?, year: Int, until day: Day, for viewer: Viewer
    ) async throws -> [WorkItem] {
        try await work.items(WorkFilter(year: year, lead: unit, task: task), for: viewer, limit: 400).filter { item in
            item.due.map { $0 <= day } ?? (item.opensOn <= day)
        }
    }

    /// Names as papers write them, of the agency that insures and of the one that coordinates.
    func ownName(_ unit: UnitCode) -> String {
        definition.identity(of: unit, on: clock.today).name ?? definition.name(of: unit)
    }

    /// Whether a unit's name stands for many units and is none's own: no paper is issued, and nothing handed over, by it.
    func isGathering(_ unit: UnitCode) -> Bool {
        guard case .agency(let code) = unit else { return false }
        return definition.agency(code)?.standsForUnits ?? false
    }

    var insuranceAgency: UnitCode? {
        definition.agencies.first { $0.kind == .socialInsurance }.map { .agency($0.code) }
    }
}

/// Words of the plan inside a sentence of ours.
enum HeadWords {
    /// With one mark at its end: its own, or a full stop.
    static func stopped(_ text: String) -> String {
        let text = bare(VietnameseText.tidy(text))
        if text.isEmpty || text.hasSuffix("?") || text.hasSuffix("!") || text.hasSuffix("…") { return text }
        // A sentence in brackets has its stop inside.
        return text.hasSuffix(".)") ? text : text + "."
    }

    /// How a piece of work stands, in a table of a letter.
    static func state(_ status: WorkStatus) -> String {
        switch status {
        case .notDue: "chưa đến kỳ"
        case .open: "đang thực hiện"
        case .extended: "đang thực hiện, đã được gia hạn"
        case .submitted: "đã gửi sản phẩm, chờ xác nhận"
        case .returned: "sản phẩm được trả lại để hoàn thiện"
        case .late: "quá hạn"
        case .beforeUse: "đến hạn trước ngày bắt đầu theo dõi"
        case .accepted: "đã hoàn thành"
        }
    }

    /// Without the full stop that some of the plan's lines end with, its quotation marks as papers write them.
    static func bare(_ text: String) -> String {
        var text = text.replacing(/"([^"]*)"/) { "“\($0.output.1)”" }
        while text.last == "." || text.last == ";" { text.removeLast() }
        return text
    }
}
