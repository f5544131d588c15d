public import Access
import Kernel
public import PlanText

/// What somebody may do with a way of splitting a target. Use cases check it by ``require(of:by:in:)``, pages draw the forms
/// of ``AllocationScenario/actions(for:in:after:)``: both ask the same two functions.
public enum ScenarioAction: Sendable, CaseIterable {
    /// Numbers, settings, bounds, inputs.
    case change
    case undo
    /// Enter the signed decision.
    case decide
    /// Begin another one from it; from a decided one, an adjustment.
    case copy

    /// Whether the person is one who does this with the scenario, in whatever state it is.
    func belongs(to viewer: Viewer, of scenario: AllocationScenario, in plan: PlanDefinition) -> Bool {
        viewer.allocates(scenario.scope, in: plan)
    }

    /// What stands against it in the scenario's present state; nil when nothing does.
    func obstruction(of scenario: AllocationScenario) -> String? {
        switch self {
        case .change, .undo, .decide:
            scenario.state == .draft
                ? nil
                : "Phương án này đã thành quyết định, số liệu đã khóa. Muốn thay đổi, hãy tạo phương án điều chỉnh."
        case .copy: nil
        }
    }

    /// - Throws: a refusal: forbidden to the person, or out of time for the scenario.
    func require(of scenario: AllocationScenario, by viewer: Viewer, in plan: PlanDefinition) throws(Refusal) {
        guard belongs(to: viewer, of: scenario, in: plan) else { throw scenario.scope.closed }
        if let obstruction = obstruction(of: scenario) { throw Refusal(.stale, obstruction) }
    }
}

extension AllocationScenario {
    /// What a person may do with the scenario now.
    /// - Parameter changes: those made so far; without one that stands there is nothing to undo.
    public func actions(
        for viewer: Viewer, in plan: PlanDefinition, after changes: [AllocationChange]
    ) -> Set<ScenarioAction> {
        Set(
            ScenarioAction.allCases.filter { action in
                action.belongs(to: viewer, of: self, in: plan) && action.obstruction(of: self) == nil
                    && (action != .undo || changes.contains { !$0.isUndone })
            })
    }
}

extension AllocationScope {
    /// Told to whoever does not split for this scope.
    var closed: Refusal {
        switch self {
        case .city:
            Refusal(.forbidden, "Chỉ cơ quan thường trực kế hoạch được phân bổ chỉ tiêu cho các xã, phường, đặc khu.")
        case .commune:
            Refusal(.forbidden, "Chỉ xã, phường, đặc khu đó được giao chỉ tiêu đến tổ dân phố của mình.")
        }
    }
}
