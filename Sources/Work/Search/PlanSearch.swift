import Access
public import Kernel
public import PlanText
import Province
public import Search

extension PlanDefinition {
    /// What a unit is looked for by: its names, its spellings, the district a commune lay in before.
    public func searchTexts(of unit: UnitCode) -> [String] {
        switch unit {
        case .commune(let code):
            communes[code].map { [$0.fullName, $0.committeeName, $0.alternativeName, $0.formerDistrict, code.text] }
                ?? []
        case .agency(let code): agency(code).map { [$0.name] + $0.spellings } ?? []
        case .agencyUnit(let code):
            units[code].map { unit in [unit.name, unit.kind] + (agency(code.agency)?.spellings ?? []) } ?? []
        }
    }

    /// What a task is looked for by.
    func searchTexts(of task: PlanTask) -> [String] { [task.code, task.text, task.productsPhrase] }

    /// All units of the plan: communes first, then agencies, each with its many units.
    var searchedUnits: [UnitCode] { communes.communes.map { .commune($0.code) } + bodies }
}

extension SearchGroup {
    /// Communes, agencies and their units: known to everybody who may see work.
    public static func units(of plan: PlanDefinition) -> SearchGroup {
        SearchGroup("don-vi", "Đơn vị") { words, viewer, skipping, limit in
            guard viewer.may(.viewWork) else { return [] }
            let named = plan.searchedUnits.filter { words.match(plan.searchTexts(of: $0)) }
            // Whose very name it is goes before those that lay in a district of the name.
            let first = named.filter { words.match([plan.name(of: $0)]) }
            return (first + named.filter { !first.contains($0) }).dropFirst(skipping).prefix(limit).map { unit in
                let detail: String =
                    switch unit {
                    case .commune(let code):
                        plan.communes[code].map {
                            $0.formerDistrict.isEmpty ? "" : "trước đây thuộc \($0.formerDistrict)"
                        }
                            ?? ""
                    case .agency(let code): plan.agency(code)?.role ?? ""
                    case .agencyUnit(let code): plan.agency(code.agency)?.name ?? ""
                    }
                return SearchHit(
                    .unit(unit), title: VietnameseText.sentence(plan.name(of: unit)),
                    detail: VietnameseText.sentence(detail))
            }
        }
    }

    /// The plan's tasks.
    public static func tasks(of plan: PlanDefinition) -> SearchGroup {
        SearchGroup("nhiem-vu", "Nhiệm vụ") { words, viewer, skipping, limit in
            guard viewer.may(.viewWork) else { return [] }
            return plan.tasks.filter { words.match(plan.searchTexts(of: $0)) }.dropFirst(skipping).prefix(limit)
                .map { task in
                    SearchHit(
                        .subject(Subject(.task, task.code)), title: "\(task.code) – \(task.text)",
                        detail: "Chủ trì: \(task.leadsPhrase)")
                }
        }
    }
}
