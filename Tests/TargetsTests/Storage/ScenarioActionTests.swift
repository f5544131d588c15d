import Access
import Database
import Files
import Kernel
import PlanText
import Targets
import TestFigures
import TestSupport
import TestWork
import Testing

/// What a scenario is said to be open for is what is not refused, in each state.
@Suite
struct ScenarioActionTests {
    static let viewers = [
        StorageWorld.analyst, StorageWorld.leader, StorageWorld.insurance, StorageWorld.auditor,
        StorageWorld.communes[0],
    ]

    static func attempt(
        _ action: ScenarioAction, on id: RecordID, of scope: AllocationScope, as viewer: Viewer, in world: CountedWorld
    ) async throws {
        let submission = Submission(viewer: viewer)
        switch action {
        case .change: try await world.allocations.changeScenario(id, by: submission) { _ in "" }
        case .undo: try await world.allocations.undoScenario(id, by: submission)
        case .decide:
            try await world.allocations.decideScenario(
                id, AllocationStorageTests.signed("12/QĐ-UBND", "05/07/2027"), file: AllocationStorageTests.pdf,
                by: submission)
        case .copy:
            _ = try await world.allocations.beginScenario(scope, year: 2027, name: "Bản", copying: id, by: submission)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a scenario is open for exactly what is not refused`(engine: TestEngine) async throws {
        try await AllocationStorageTests.with(engine) { world in
            var opened: [String: Set<ScenarioAction>] = [:]
            let id = try await AllocationStorageTests.begin(world)
            // Deciding ends a draft, so whoever may comes last.
            let order: [ScenarioAction] = [.change, .copy, .undo, .decide]
            for state in ["draft", "changed", "decided"] {
                if state == "changed" {
                    try await world.allocations.changeScenario(id, by: AllocationStorageTests.analyst) { content in
                        content.notes["90001"] = "Thử"
                        return "ghi chú"
                    }
                }
                for viewer in Self.viewers.reversed() {
                    for action in order {
                        let (scenario, changes) = try await world.allocations.scenario(id, for: StorageWorld.analyst)
                        let isOpen = scenario.actions(for: viewer, in: world.plan, after: changes).contains(action)
                        if isOpen { opened[state, default: []].insert(action) }
                        // What is open in the first state is tried in the second.
                        if state == "draft", action == .decide, isOpen { continue }
                        let isClosed = try await isClosed {
                            try await Self.attempt(action, on: id, of: .city, as: viewer, in: world)
                        }
                        #expect(isOpen != isClosed, "\(action), \(state), as \(viewer.login)")
                    }
                }
            }
            #expect(
                opened == [
                    "draft": [.change, .copy, .decide], "changed": Set(ScenarioAction.allCases), "decided": [.copy],
                ]
            )
        }
    }
}
