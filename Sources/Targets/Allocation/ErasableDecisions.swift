import Access
import Database
import Figures
public import Files
import Kernel
import PlanText

extension AllocationService {
    /// Signed copies of decisions on targets, to whoever sees figures; who splits that target may ask that one be erased.
    public var decisionKeeper: FileKeeper {
        { id, viewer, connection in
            guard viewer.may(.viewFigures),
                let row = try connection.row("SELECT * FROM allocation_scenario WHERE signed_file = ?", id)
            else { return nil }
            let scenario = try AllocationScenario(row)
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
