import Access
import Allocation
import Components
import Kernel
import PlanText
import Targets
import WebDesk

/// Numbers and settings that people change on the desk.
extension FigurePages {
    /// Numbers typed into the grid: one that differs is held and the others re-balance; an emptied lock lets go.
    func changeNumbers(_ request: MemberRequest, _ id: RecordID, _ seen: Int) async throws -> Address {
        let (scenario, _) = try await allocations.scenario(id, for: request.viewer)
        let allocation = try scenario.content.allocation()
        let content = request.form
        // On a page that is out of date every number would look as if it had been typed.
        if !content["all"].isEmpty { return try await lockAll(request, id, seen, scenario, allocation) }
        var entries = CellEntries(into: scenario)
        for row in allocation.rows { entries.take(row, of: content, keeps: content["k-\(row.code)"] == "1") }
        guard entries.problems.isEmpty else { throw Refusal(fields: entries.problems) }
        guard let first = entries.first else { return Addresses.scenario(id) }
        let (held, said) = (entries.locks, entries.summary)
        try await allocations.changeScenario(id, version: seen, by: request.submission) { content in
            content.settings.locks = held
            return said
        }
        return Addresses.scenario(id).telling(.rebalanced).at("dv-\(first)")
    }

    /// Holds every number as it is, or lets all go.
    private func lockAll(
        _ request: MemberRequest, _ id: RecordID, _ seen: Int, _ scenario: AllocationScenario,
        _ allocation: Allocation
    ) async throws -> Address {
        let holds = request.form[TargetField.all] == "khoa"
        let isCity = scenario.scope == .city
        let locks = Dictionary(
            holds
                ? allocation.rows.map {
                    ($0.code, ["total": isCity ? $0.total : $0.voluntary, "voluntary": $0.voluntary])
                } : [], uniquingKeysWith: { first, _ in first })
        try await allocations.changeScenario(id, version: seen, by: request.submission) { content in
            content.settings.locks = locks
            return holds ? "khóa tất cả" : "bỏ khóa tất cả"
        }
        return Addresses.scenario(id).telling(.rebalanced)
    }

    func changeSettings(_ request: MemberRequest, _ id: RecordID, _ seen: Int) async throws -> Address {
        let (scenario, _) = try await allocations.scenario(id, for: request.viewer)
        let isCity = scenario.scope == .city
        let typed = request.form
        var problems: [Refusal.FieldProblem] = []
        func decimal(_ name: String, _ what: String) -> Double? {
            let text = typed[name]
            guard !text.isEmpty else { return nil }
            guard let number = WrittenNumber(text, expecting: .fraction)?.double, number >= 0, number <= 10_000 else {
                problems.append(.init(name, "\(what): “\(typed[name])” không phải số từ 0 đến 10.000."))
                return nil
            }
            return number
        }
        func people(_ name: TargetField) -> Int? {
            guard let number = AllocationService.people(typed[name]), number > 0, number < 50_000_000 else {
                problems.append(.init(name, "“\(typed[name])” không phải số người."))
                return nil
            }
            return number
        }
        var settings = scenario.content.settings
        // A commune splits what the city gave: its sum is not its own to change.
        let total = isCity ? people(.total) : scenario.content.total
        let voluntary = isCity ? people(.voluntary) : scenario.content.voluntary
        for column in isCity ? Measure.allCases : [.voluntary] {
            var weights: [String: Double] = [:]
            for key in AllocationKey.allCases {
                if let weight = decimal("\(column.rawValue)-\(key.rawValue)", "Trọng số"), weight > 0 {
                    weights[key.rawValue] = weight
                }
            }
            settings.keys[column.rawValue] = weights
        }
        if !isCity { settings.keys["total"] = settings.keys["voluntary"] }
        settings.floorPercent = decimal(TargetField.floor.rawValue, "Sàn")
        settings.capPercent = decimal(TargetField.cap.rawValue, "Trần")
        let compulsory: CompulsoryBasis? = isCity ? CompulsoryBasis(rawValue: typed[TargetField.compulsory]) : nil
        if isCity {
            settings.capByPool = typed[TargetField.pool] != "khong"
            settings.allowsDecrease = typed[TargetField.last] == "giam"
        }
        var associations: [AllocationScenario.Association] = []
        for line in typed.exact(TargetField.associations).split(whereSeparator: \.isNewline) {
            let parts = line.split(separator: ";").map { VietnameseText.tidy($0) }
            guard parts.count == 2, let members = Int(parts[1].filter { $0 != "." }), members >= 0, !parts[0].isEmpty
            else {
                problems.append(.init(TargetField.associations, "“\(line.prefix(60))”: viết như “Hội Phụ nữ; 850”."))
                continue
            }
            guard
                !associations.contains(where: {
                    VietnameseText.comparisonKey($0.name) == VietnameseText.comparisonKey(parts[0])
                })
            else {
                problems.append(.init(TargetField.associations, "“\(parts[0])” có hai dòng."))
                continue
            }
            associations.append(.init(name: parts[0], members: members))
        }
        guard problems.isEmpty, let total, let voluntary else { throw Refusal(fields: problems) }
        let (kept, list, rule) = (settings, associations, CountingRule(rawValue: typed[TargetField.rule]))
        try await allocations.changeScenario(id, version: seen, by: request.submission) { content in
            content.settings = kept
            content.total = total
            content.voluntary = voluntary
            if let compulsory { content.compulsory = compulsory }
            if !isCity {
                content.associations = list
                content.rule = rule ?? content.rule
                content.settings.locks = content.settings.locks.filter { lock in
                    content.counting.contains { $0.code == lock.key }
                }
            }
            return "thiết lập cách chia"
        }
        return Addresses.scenario(id).telling(.rebalanced)
    }
}
