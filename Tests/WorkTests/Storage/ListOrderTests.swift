import TestPlans
import Access
import Kernel
import TestSupport
import TestWork
import Testing
import Work

/// What stands first in lists of work.
@Suite
struct ListOrderTests {
    @Test(arguments: TestEngine.allCases)
    func `finished work stands last, what is left by its day`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine, on: .known(2027, 3, 1)) { world in
            let first = "I.1/2027-03/90001"
            func list() async throws -> [WorkItem] {
                try await world.work.page(WorkFilter(year: 2027), for: StorageWorld.analyst, page: 1, size: 500).items
            }
            let before = try await list()
            #expect(
                before.map { $0.due ?? .known(9999, 12, 31) } == before.map { $0.due ?? .known(9999, 12, 31) }.sorted())
            try await world.handIn(first)
            try await world.work.decide(
                first, accept: true, note: "", by: Submission(viewer: StorageWorld.analyst))
            let after = try await list()
            #expect(after.last?.id == first && after.dropLast().allSatisfy { $0.id != first })
            #expect(after.dropLast().map(\.id) == before.map(\.id).filter { $0 != first })
        }
    }
}
