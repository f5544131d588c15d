import Access
import Allocation
import Components
import Kernel
import PlanText
import Targets
import WebDesk

/// The numbers of a scenario as the desk shows them: what the page draws, and what is answered when cells are saved in place.
struct ScenarioGrid: Sendable {
    let totalSum: String
    /// Of the province; nil for a commune.
    let compulsorySum: String?
    let voluntarySum: String
    let spread: String
    let rows: [AllocationDeskPage.Row]
}

extension FigurePages {
    /// - Parameter typed: what somebody typed into cells and was refused, by the names of their fields.
    func scenarioGrid(
        _ scenario: AllocationScenario, _ allocation: Allocation, typed: [String: String]? = nil
    ) -> ScenarioGrid {
        let content = scenario.content
        let isCity = scenario.scope == .city
        let planned = definition.targets.first { $0.year == scenario.year }
        func grouped(_ number: Int?) -> String { number.map { VietnameseText.grouped($0) } ?? "–" }
        return ScenarioGrid(
            totalSum: Self.check(allocation.rows.map(\.total), content.total, planned: isCity ? planned?.total : nil),
            compulsorySum: isCity
                ? "\(grouped(content.total - content.voluntary)), \(content.compulsory.words)" : nil,
            voluntarySum: Self.check(
                allocation.rows.map(\.voluntary), content.voluntary, planned: isCity ? planned?.voluntary : nil),
            spread: isCity
                ? "Tổng số \(Self.spread(allocation, .total)); tự nguyện \(Self.spread(allocation, .voluntary))"
                : VietnameseText.sentence(Self.spread(allocation, .voluntary)),
            rows: zip(allocation.rows, content.counting).map { row, unit in
                let last = isCity ? unit.lastTotal : unit.lastVoluntary
                let now = isCity ? row.total : row.voluntary
                return .init(
                    anchor: "dv-\(row.code)", code: row.code, name: row.name,
                    address: Addresses.scenarioUnit(scenario.id, row.code).text,
                    last: grouped(unit.lastTotal), lastVoluntary: grouped(unit.lastVoluntary),
                    proposal: unit.proposalTotal.map { "\(grouped($0)) / \(grouped(unit.proposalVoluntary))" } ?? "–",
                    total: typed?["t-\(row.code)"] ?? grouped(row.total),
                    compulsory: typed?["b-\(row.code)"] ?? grouped(row.total - row.voluntary),
                    voluntary: typed?["v-\(row.code)"] ?? grouped(row.voluntary),
                    growth: Self.growth(now, last),
                    locked: content.settings.locks[row.code] != nil, bound: row.isBound)
            })
    }

    /// `1.267.000 = 1.267.000, khớp`
    private static func check(_ parts: [Int], _ whole: Int, planned: Int?) -> String {
        let sum = parts.reduce(0, +)
        if let planned, planned != whole, sum == whole {
            return
                "\(VietnameseText.grouped(sum)) / \(VietnameseText.grouped(whole)) – khớp tổng đã nhập, KHÁC Kế hoạch (\(VietnameseText.grouped(planned)))"
        }
        return
            "\(VietnameseText.grouped(sum)) / \(VietnameseText.grouped(whole)) – \(sum == whole ? "khớp" : "LỆCH \(FigureWords.signed(sum - whole))")"
    }

    static func growth(_ now: Int, _ last: Int?) -> String {
        guard let last, last > 0 else { return "–" }
        let percent = Double(now - last) * 100 / Double(last)
        return "\(percent > 0 ? "+" : "")\(VietnameseText.oneDecimal((percent * 10).rounded() / 10)) %".replacing(
            "-", with: "−")
    }
}

/// What was typed into cells of the desk, against what stands there: a number that differs is held, an emptied lock lets go.
struct CellEntries {
    let isCity: Bool
    /// Whether the compulsory part is given: then it is typed, and the total is the sum.
    let assigns: Bool
    private(set) var locks: [String: [String: Int]]
    private(set) var words: [String] = []
    /// The first unit that changed.
    private(set) var first: String?
    private(set) var problems: [Refusal.FieldProblem] = []

    init(into scenario: AllocationScenario) {
        isCity = scenario.scope == .city
        assigns = isCity && scenario.content.compulsory == .assigned
        locks = scenario.content.settings.locks
    }

    /// - Parameter keeps: whether the unit is to be held; nil where nothing was said of it.
    mutating func take(_ row: Allocation.Row, of content: FormContent, keeps: Bool?) {
        let held = locks[row.code]
        var numbers: [String: Int] = [:]
        let voluntary = typed("v", Measure.voluntary.word, row, now: row.voluntary, of: content)
        if assigns {
            // Who gives compulsory targets gives both parts: each is held, and the total is their sum.
            let now = row.total - row.voluntary
            let compulsory = typed("b", "bắt buộc", row, now: now, of: content)
            if compulsory != nil || voluntary != nil {
                let part = voluntary ?? row.voluntary
                numbers = ["total": (compulsory ?? now) + part, "voluntary": part]
            }
        } else {
            numbers["voluntary"] = voluntary
            numbers["total"] =
                isCity ? typed("t", Measure.total.word, row, now: row.total, of: content) : voluntary
        }
        if !numbers.isEmpty {
            locks[row.code] = (held ?? [:]).merging(numbers) { _, given in given }
            note("\(row.name): \(numbers.values.max().map { VietnameseText.grouped($0) } ?? "")", row.code)
        } else if held != nil, keeps == false {
            locks[row.code] = nil
            note("bỏ khóa \(row.name)", row.code)
        } else if held == nil, keeps == true {
            locks[row.code] = ["total": isCity ? row.total : row.voluntary, "voluntary": row.voluntary]
            note("khóa \(row.name)", row.code)
        }
    }

    /// Of all that changed, in a line of the scenario's history.
    var summary: String { words.prefix(5).joined(separator: "; ") + (words.count > 5 ? " …" : "") }

    private mutating func note(_ change: String, _ code: String) {
        words.append(change)
        first = first ?? code
    }

    /// Nil where nothing was typed, or what stands there already.
    private mutating func typed(
        _ letter: String, _ what: String, _ row: Allocation.Row, now: Int, of content: FormContent
    ) -> Int? {
        let typed = content["\(letter)-\(row.code)"]
        guard !typed.isEmpty else { return nil }
        guard let number = AllocationService.people(typed) else {
            problems.append(
                .init(
                    "\(letter)-\(row.code)",
                    "\(row.name), \(what): “\(typed.prefix(30))” không phải số người; ghi như 12.345."))
            return nil
        }
        return number == now ? nil : number
    }
}
