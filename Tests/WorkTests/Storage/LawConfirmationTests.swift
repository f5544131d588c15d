import FoundationEssentials
import Access
import Foundation
import Kernel
import PlanText
import TestPlans
import TestSupport
import TestWork
import Testing
import Work

/// Days of laws that papers cite, confirmed by whoever keeps the plan.
@Suite
struct LawConfirmationTests {
    static func plan(amended: String = "2025-06-16") throws -> PlanDefinition {
        try PlanLoader.load { name in
            let bytes = PlanFolder.bytes(PlanFolder.anBien.appending(path: name))
            guard name == "plan.yaml", let bytes else { return bytes }
            let laws = """

                laws:
                  - {key: a, name: "Luật A", passed: 2024-06-29, source: "Công báo"}
                  - {key: b, name: "Luật B", passed: 2008-11-14, amended: [\(amended)], source: "Công báo", doubt: "Chưa thấy"}

                """
            return bytes + Array(laws.utf8)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `what is doubtful is confirmed with what it was held against, until its days change`(
        engine: TestEngine
    ) async throws {
        let plan = try Self.plan()
        try await StorageWorld.with(engine, plan: plan) { world in
            let analyst = Submission(viewer: StorageWorld.analyst)
            func confirmed(_ plan: PlanDefinition) async throws -> [Bool] {
                let amendments = try await world.amendments.amendments()
                return plan.laws.map(amendments.isConfirmed)
            }
            #expect(try await confirmed(plan) == [true, false])
            await expectRefusal(.forbidden) {
                try await world.amendments.confirmLaw("b", source: "x", by: .init(viewer: StorageWorld.leader))
            }
            await expectRefusal(.invalid, field: "source") {
                try await world.amendments.confirmLaw("b", source: " ", by: analyst)
            }
            await expectRefusal(.notFound) {
                try await world.amendments.confirmLaw("z", source: "Công báo", by: analyst)
            }
            try await world.amendments.confirmLaw("b", source: "Công báo số 5", by: analyst)
            #expect(try await confirmed(plan) == [true, true])
            #expect(try await world.amendments.amendments().lawDays["b"]?.source == "Công báo số 5")
            #expect(try await confirmed(try Self.plan(amended: "2025-06-17")) == [true, false])
        }
    }
}
