import Access
import Database
import Kernel
import PlanText
import Targets
import TestFigures
import TestSupport
import TestWork
import Testing

/// The compulsory part of targets, on both engines: a target only where a decision or its table gives it.
@Suite
struct CompulsoryTargetTests {
    private static func decide(
        _ basis: CompulsoryBasis, copying source: RecordID? = nil, number: String, in world: CountedWorld
    ) async throws -> RecordID {
        let id = try await AllocationStorageTests.begin(world, copying: source)
        try await world.allocations.changeScenario(id, by: AllocationStorageTests.analyst) { content in
            content.compulsory = basis
            return "chỉ tiêu bắt buộc"
        }
        try await world.allocations.decideScenario(
            id, AllocationStorageTests.signed(number, "05/07/2027"), file: AllocationStorageTests.pdf,
            by: AllocationStorageTests.analyst)
        return id
    }

    @Test(arguments: TestEngine.allCases)
    func `what a decision does not give follows from the total, and an adjustment that gives it is told`(
        engine: TestEngine
    ) async throws {
        try await AllocationStorageTests.with(engine) { world in
            let commune = try #require(CountedWorld.codes.first)
            func compulsory(_ commune: CommuneCode?) async throws -> CompulsoryTarget? {
                try await world.targets.compulsoryTarget(of: commune, year: 2027, for: StorageWorld.auditor)
            }
            #expect(try await compulsory(commune) == nil, "no target, no part of it")
            let first = try await Self.decide(.derived, number: "12/QĐ-UBND", in: world)
            let table = try #require(try await world.targets.targets(year: 2027, for: StorageWorld.auditor))
            let given = try #require(table.targets[commune])
            #expect(try await compulsory(commune)?.people == given.total - given.voluntary)
            #expect(try await compulsory(commune)?.basis == .derived)
            #expect(
                try await compulsory(nil)
                    == CompulsoryTarget(total: table.province.total, voluntary: table.province.voluntary, .derived))
            // The same numbers, now given: new versions, though no number changed.
            _ = try await Self.decide(.assigned, copying: first, number: "13/QĐ-UBND", in: world)
            let after = try await world.targets.targetVersions(of: commune, for: StorageWorld.auditor)
            #expect(after.map(\.compulsoryBasis) == [.assigned, .derived] && after.map(\.version) == [2, 1])
            #expect(after.map(\.total) == [given.total, given.total])
            #expect(try await compulsory(nil)?.basis == .assigned)
            #expect(try await world.base.store.read { try TargetTrail.problems(on: $0) } == [])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a table with a column of the compulsory part gives it, one without does not`(engine: TestEngine) async throws
    {
        try await CountedWorld.with(engine) { world in
            let with = try await TargetStorageTests.load(
                ["Mã xã;Năm;Bắt buộc;Tự nguyện;Văn bản", "90001;2027;1.000;200;QĐ 5"], in: world)
            let without = try await TargetStorageTests.load(
                ["Mã xã;Năm;Tổng số;Tự nguyện;Văn bản", "90002;2027;2.300;260;QĐ 5"], in: world)
            #expect(with.errors.isEmpty && without.errors.isEmpty)
            let table = try #require(try await world.targets.targets(year: 2027, for: StorageWorld.auditor))
            let parts = CountedWorld.codes.prefix(2).map { table.targets[$0]?.compulsory }
            #expect(
                parts == [
                    .init(total: 1_200, voluntary: 200, .assigned), .init(total: 2_300, voluntary: 260, .derived),
                ])
            #expect(table.compulsory.basis == .derived, "not every commune has one")
            #expect(CompulsoryTarget.title(.derived) == "BHXH bắt buộc (suy ra từ tổng số)")
            #expect(table.targets[CountedWorld.codes[1]]?.compulsory.phrase == "2.040 người (suy ra từ tổng số)")
        }
    }
}
