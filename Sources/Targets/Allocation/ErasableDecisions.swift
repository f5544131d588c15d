import Access
import Database
import Figures
public import Files
import Kernel
import PlanText

extension AllocationService {
    /// Signed copies of decisions on targets, to whoever sees figures, and of those that wait for a second person, to whoever
    /// may be that; who splits that target may ask that one be erased.
    public var decisionKeeper: FileKeeper {
        { id, viewer, connection in
            guard viewer.may(.viewFigures) else { return nil }
            let scenario: AllocationScenario
            if let row = try connection.row("SELECT * FROM allocation_scenario WHERE signed_file = ?", id) {
                scenario = try AllocationScenario(row)
            } else {
                guard
                    let deed = try PairedDeeds.unended(.decideTargets, on: connection).first(where: {
                        try $0.parameters(ProposedSigning.self).file == id
                    }), let key = RecordID(deed.subject.key),
                    let row = try connection.row("SELECT * FROM allocation_scenario WHERE id = ?", key)
                else { return nil }
                scenario = try AllocationScenario(row)
                guard ScenarioAction.decide.belongs(to: viewer, of: scenario, in: plan) else { return nil }
            }
            let unit: UnitCode =
                switch scenario.scope {
                case .city: .agency(plan.coordinatingAgency)
                case .commune(let commune): .commune(commune)
                }
            return FileHolder(
                subject: Subject(.allocation, scenario.id),
                words: "bản ký quyết định giao chỉ tiêu năm \(scenario.year), \(plan.name(of: unit))", unit: unit,
                mayAsk: viewer.allocates(scenario.scope, in: plan))
        }
    }
}
