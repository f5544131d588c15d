import Access
import Allocation
import Database
import Files
import Kernel
import PlanText
import Province
import Targets
import TestFigures
import TestSupport
import TestWork
import Testing

/// What the paper of a scenario does to it: decided, corrected, taken back, replaced.
@Suite
struct DecideByPaperTests {
    static let by = AllocationStorageTests.analyst

    static func signing(_ number: Int, _ day: String) throws -> Signing {
        Signing(
            number: try #require(DocumentNumber(number, symbol: "/QĐ-UBND")), day: try #require(Day(day)),
            signer: Signer(name: "Nguyễn Văn Ký"))
    }

    /// `90001 1200 12/QĐ-UBND`, by commune.
    static func holding(_ world: CountedWorld) async throws -> [String] {
        let table = try await world.targets.targets(year: 2027, for: StorageWorld.analyst)
        return (table?.targets.values).map(Array.init)?.sorted { $0.commune < $1.commune }.map {
            "\($0.commune) \($0.total) \($0.signing.map { "\($0.number)" } ?? "–")"
        } ?? []
    }

    static func write(
        _ world: CountedWorld, _ body: @escaping @Sendable (any SQLConnection, Timestamp) throws -> Void
    ) async throws {
        let now = world.base.clock.ticking.now
        try await world.store.write { try body($0, now) }
    }

    static func problems(_ world: CountedWorld) async throws -> [String] {
        try await world.store.read { try TargetTrail.problems(on: $0) }
    }

    @Test(arguments: TestEngine.allCases)
    func `a decision taken back opens its scenario, leaves no target and tells the communes`(
        engine: TestEngine
    ) async throws {
        try await AllocationStorageTests.with(engine) { world in
            let id = try await AllocationStorageTests.begin(world)
            let (allocations, signing) = (world.allocations, try Self.signing(12, "2027-07-05"))
            try await Self.write(world) { connection, now in
                try allocations.decide(id, by: signing, by: Self.by, at: now, on: connection)
            }
            #expect(try await Self.holding(world).allSatisfy { $0.hasSuffix(" 12/QĐ-UBND") })
            #expect(try await Self.holding(world).count == 3)
            try await Self.write(world) { connection, now in
                try allocations.reopen(id, reason: "Sai số liệu", by: Self.by, at: now, on: connection)
            }
            #expect(try await Self.holding(world).isEmpty)
            let scenario = try await allocations.scenario(id, for: StorageWorld.analyst).0
            #expect(scenario.state == .draft && scenario.signing == nil)
            #expect(try await allocations.decision(.city, year: 2027, for: StorageWorld.analyst) == nil)
            let versions = try await world.targets.targetVersions(of: CountedWorld.codes[0], for: StorageWorld.analyst)
                .filter { $0.year == 2027 }
            #expect(versions.map(\.withdrawn) == ["Thu hồi Quyết định 12/QĐ-UBND ngày 05/07/2027: Sai số liệu"])
            let told = try await world.store.read { connection in
                try connection.integer(
                    "SELECT COUNT(*) FROM notice WHERE kind = 'targets.withdrawn' AND detail LIKE '%Đơn vị chưa có chỉ tiêu%'"
                )
            }
            #expect(told == 3)
            #expect(try await Self.problems(world) == [])
            let events = try await allocations.events(of: id, for: StorageWorld.analyst)
            #expect(events.map(\.kind) == [.reopened, .decided])

            // It can be decided again, by another number.
            let again = try Self.signing(13, "2027-07-06")
            try await Self.write(world) { connection, now in
                try allocations.decide(id, by: again, by: Self.by, at: now, on: connection)
            }
            #expect(try await Self.holding(world).allSatisfy { $0.hasSuffix(" 13/QĐ-UBND") })
            #expect(try await Self.problems(world) == [])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `an adjusting decision taken back lets the first hold again, which cannot go before it`(
        engine: TestEngine
    ) async throws {
        try await AllocationStorageTests.with(engine) { world in
            let (allocations, first) = (world.allocations, try Self.signing(12, "2027-07-05"))
            let second = try Self.signing(15, "2027-07-06")
            let id = try await AllocationStorageTests.begin(world)
            try await Self.write(world) { connection, now in
                try allocations.decide(id, by: first, by: Self.by, at: now, on: connection)
            }
            let before = try await Self.holding(world)
            let adjusting = try await AllocationStorageTests.begin(world, copying: id)
            let rows = try await allocations.scenario(id, for: StorageWorld.analyst).0.content.allocation().rows
            try await allocations.changeScenario(adjusting, by: Self.by) { content in
                content.settings.locks["90001"] = ["total": rows[0].total + 5, "voluntary": rows[0].voluntary]
                content.settings.locks["90002"] = ["total": rows[1].total - 5, "voluntary": rows[1].voluntary]
                return "chuyển 5"
            }
            try await Self.write(world) { connection, now in
                try allocations.decide(adjusting, by: second, by: Self.by, at: now, on: connection)
            }
            #expect(try await Self.holding(world).filter { $0.hasSuffix(" 15/QĐ-UBND") }.count == 2)
            await expectRefusal(.stale) {
                try await Self.write(world) { connection, now in
                    try allocations.reopen(id, reason: "Sai", by: Self.by, at: now, on: connection)
                }
            }
            try await Self.write(world) { connection, now in
                try allocations.reopen(adjusting, reason: "Sai", by: Self.by, at: now, on: connection)
            }
            #expect(try await Self.holding(world) == before)
            #expect(try await allocations.decision(.city, year: 2027, for: StorageWorld.analyst)?.id == id)
            #expect(try await Self.problems(world) == [])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a corrected number reaches the scenario and every target, and is taken back whole`(
        engine: TestEngine
    ) async throws {
        try await AllocationStorageTests.with(engine) { world in
            let (allocations, wrong) = (world.allocations, try Self.signing(12, "2027-07-05"))
            let right = try Self.signing(21, "2027-07-05")
            let id = try await AllocationStorageTests.begin(world)
            try await Self.write(world) { connection, now in
                try allocations.decide(id, by: wrong, by: Self.by, at: now, on: connection)
            }
            try await Self.write(world) { connection, now in
                try allocations.correctDecision(
                    id, to: right, reason: "Ghi nhầm", by: Self.by, at: now, on: connection)
            }
            #expect(try await Self.holding(world).allSatisfy { $0.hasSuffix(" 21/QĐ-UBND") })
            #expect(
                try await allocations.scenario(id, for: StorageWorld.analyst).0.signing?.number
                    == DocumentNumber(21, symbol: "/QĐ-UBND"))
            #expect(try await Self.problems(world) == [])
            try await Self.write(world) { connection, now in
                try allocations.reopen(id, reason: "Sai", by: Self.by, at: now, on: connection)
            }
            #expect(try await Self.holding(world).isEmpty, "the wrong number does not hold again")
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `groups lose what a decision of their commune gave them when it is taken back`(engine: TestEngine) async throws
    {
        try await AllocationStorageTests.with(engine) { world in
            let (allocations, own) = (world.allocations, AllocationStorageTests.own)
            let city = try await AllocationStorageTests.begin(world)
            let (first, second) = (try Self.signing(12, "2027-07-05"), try Self.signing(3, "2027-07-06"))
            try await Self.write(world) { connection, now in
                try allocations.decide(city, by: first, by: Self.by, at: now, on: connection)
            }
            let groups = world.groups
            for name in ["Tổ 1", "Tổ 2"] {
                try await groups.saveGroup(
                    nil, of: CountedWorld.codes[0], typed: [.name: name, .people: "500"], year: 2027, version: nil,
                    by: own)
            }
            let id = try await allocations.beginScenario(
                .commune(CountedWorld.codes[0]), year: 2027, name: "Tổ", by: own)
            try await Self.write(world) { connection, now in
                try allocations.decide(id, by: second, by: own, at: now, on: connection)
            }
            func targets() async throws -> [Int?] {
                try await groups.groups(of: CountedWorld.codes[0], for: own.viewer).map(\.voluntaryTarget)
            }
            #expect(try await targets().compactMap { $0 }.count == 2)
            await expectRefusal(.forbidden) {
                try await Self.write(world) { connection, now in
                    try allocations.reopen(
                        id, reason: "Sai", by: Submission(viewer: StorageWorld.communes[1]), at: now, on: connection)
                }
            }
            try await Self.write(world) { connection, now in
                try allocations.reopen(id, reason: "Sai", by: own, at: now, on: connection)
            }
            #expect(try await targets() == [nil, nil])
        }
    }
}
