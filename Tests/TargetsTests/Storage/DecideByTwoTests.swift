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

/// Targets that two people decide.
@Suite
struct DecideByTwoTests {
    static let first = AllocationStorageTests.analyst
    /// A colleague of the same agency and role.
    static let second = Submission(
        viewer: {
            let viewer = AllocationStorageTests.analyst.viewer
            return Viewer(
                account: RecordID(at: Timestamp(secondsSinceEpoch: 77)), login: "dong-nghiep", name: "Đồng Nghiệp",
                role: viewer.role, rights: viewer.rights, agency: viewer.agency)
        }())

    static func allocations(_ world: CountedWorld) -> AllocationService {
        AllocationService(
            store: world.store, clock: world.base.clock.ticking, plan: world.plan, pairs: PairPolicy([.decideTargets]))
    }

    static func propose(_ id: RecordID, _ world: CountedWorld) async throws -> PairedDeed {
        try await allocations(world).decideScenario(
            id, AllocationStorageTests.signed("12/QĐ-UBND", "05/07/2027"), file: AllocationStorageTests.pdf, version: 1,
            by: first)
        return try #require(try await allocations(world).waitingDecision(of: id, for: second.viewer))
    }

    static func given(_ world: CountedWorld) async throws -> Int {
        try await world.targets.targets(year: 2027, for: StorageWorld.analyst)?.targets.values.filter {
            $0.document.contains("12/QĐ-UBND")
        }.count ?? 0
    }

    @Test(arguments: TestEngine.allCases)
    func `what one entered holds once another confirms it, and never by the same account`(
        engine: TestEngine
    ) async throws {
        try await AllocationStorageTests.with(engine) { world in
            let allocations = Self.allocations(world)
            let id = try await AllocationStorageTests.begin(world)
            let deed = try await Self.propose(id, world)
            #expect(try await Self.given(world) == 0)
            #expect(try await allocations.decisionFile(id, for: Self.second.viewer).name == "qd.pdf")
            await expectRefusal(.notFound) {
                try await allocations.decisionFile(id, for: AllocationStorageTests.own.viewer)
            }
            await expectRefusal(.forbidden) {
                try await allocations.confirmDecision(of: id, deed.id, version: 1, by: Self.first)
            }
            #expect(try await Self.given(world) == 0)
            try await allocations.confirmDecision(of: id, deed.id, version: 1, by: Self.second)
            #expect(try await Self.given(world) == 3)
            #expect(try await allocations.scenario(id, for: StorageWorld.analyst).0.decidedBy == "Đồng Nghiệp")
            let trail = try await world.base.trail("allocation/\(id)").suffix(3)
            #expect(trail == ["paired.proposed", "paired.confirmed", "allocation.decided"])
            #expect(try await world.store.read { try TargetTrail.problems(on: $0) } == [])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a scenario changed after it was proposed is not decided`(engine: TestEngine) async throws {
        try await AllocationStorageTests.with(engine) { world in
            let allocations = Self.allocations(world)
            let id = try await AllocationStorageTests.begin(world)
            let deed = try await Self.propose(id, world)
            try await allocations.changeScenario(id, by: Self.first) { content in
                content.notes["90001"] = "Thử"
                return "ghi chú"
            }
            for version in [1, 2] {
                await expectRefusal(.stale) {
                    try await allocations.confirmDecision(of: id, deed.id, version: version, by: Self.second)
                }
            }
            #expect(try await Self.given(world) == 0)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a proposal taken back leaves nothing, and no table of targets goes past two people`(
        engine: TestEngine
    ) async throws {
        try await AllocationStorageTests.with(engine) { world in
            let allocations = Self.allocations(world)
            let id = try await AllocationStorageTests.begin(world)
            let deed = try await Self.propose(id, world)
            try await allocations.withdrawDecision(of: id, deed.id, by: Self.second)
            await expectRefusal(.stale) {
                try await allocations.confirmDecision(of: id, deed.id, version: 1, by: Self.second)
            }
            let files = try await world.store.read { connection in
                try connection.integer("SELECT COUNT(*) FROM stored_file WHERE name = 'qd.pdf'")
            }
            #expect(files == 0)
            let targets = TargetService(
                store: world.store, clock: world.base.clock.ticking, plan: world.plan,
                pairs: PairPolicy([.decideTargets]))
            await expectRefusal(.forbidden) {
                try await targets.loadTargets(
                    CountedWorld.file(["Mã;Năm;Tổng số;Tự nguyện;Văn bản", "90001;2027;1200;200;QĐ 1"]), year: nil,
                    document: "", by: Self.first)
            }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a proposal that nobody confirms in its week ends, and its paper goes`(engine: TestEngine) async throws {
        try await AllocationStorageTests.with(engine) { world in
            let id = try await AllocationStorageTests.begin(world)
            let deed = try await Self.propose(id, world)
            let allocations = Self.allocations(world)
            func lapse(after seconds: Int64) async throws -> Int {
                try await world.store.write { connection in
                    try allocations.lapse(at: deed.until.adding(seconds: seconds), atMost: 10, on: connection)
                }
            }
            #expect(try await lapse(after: -1) == 0)
            #expect(try await lapse(after: 0) == 1)
            #expect(try await lapse(after: 1) == 0)
            let files = try await world.store.read { connection in
                try connection.integer("SELECT COUNT(*) FROM stored_file WHERE name = 'qd.pdf'")
            }
            #expect(files == 0)
            #expect(try await world.base.trail("allocation/\(id)").last == "paired.lapsed")
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a proposal ends once its scenario has changed, and its paper goes`(engine: TestEngine) async throws {
        try await AllocationStorageTests.with(engine) { world in
            let id = try await AllocationStorageTests.begin(world)
            let deed = try await Self.propose(id, world)
            let allocations = Self.allocations(world)
            func ended() async throws -> Int {
                try await world.store.write { connection in
                    try allocations.endUnfit(
                        at: deed.proposedAt.adding(seconds: 60), atMost: 10, on: connection)
                }
            }
            #expect(try await ended() == 0)
            try await world.store.write {
                _ = try $0.execute("UPDATE allocation_scenario SET version = version + 1 WHERE id = ?", id)
            }
            #expect(try await ended() == 1)
            #expect(try await ended() == 0)
            #expect(try await allocations.waitingDecision(of: id, for: Self.second.viewer) == nil)
            let files = try await world.store.read { connection in
                try connection.integer("SELECT COUNT(*) FROM stored_file WHERE name = 'qd.pdf'")
            }
            #expect(files == 0)
            #expect(try await world.base.trail("allocation/\(id)").last == "paired.outdated")
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a proposed decision whose paper was erased is not confirmed, and can be taken back`(
        engine: TestEngine
    ) async throws {
        try await AllocationStorageTests.with(engine) { world in
            let allocations = Self.allocations(world)
            let id = try await AllocationStorageTests.begin(world)
            let deed = try await Self.propose(id, world)
            let file = try #require(try deed.parameters(ProposedSigning.self).file)
            let holder = try await world.store.read { connection in
                try allocations.decisionKeeper(file, Self.second.viewer, connection)
            }
            #expect(holder?.subject == Subject(.allocation, id))
            let stranger = try await world.store.read { connection in
                try allocations.decisionKeeper(file, AllocationStorageTests.own.viewer, connection)
            }
            #expect(stranger == nil)
            try await world.store.write { connection in
                try StoredFiles.forgetContent(of: file, at: deed.proposedAt, on: connection)
            }
            await expectRefusal(.stale) {
                try await allocations.confirmDecision(of: id, deed.id, version: 1, by: Self.second)
            }
            #expect(try await Self.given(world) == 0)
            try await allocations.withdrawDecision(of: id, deed.id, by: Self.second)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `targets added behind the program's back are found`(engine: TestEngine) async throws {
        try await AllocationStorageTests.with(engine) { world in
            let id = try await AllocationStorageTests.begin(world)
            try await world.allocations.decideScenario(
                id, AllocationStorageTests.signed("12/QĐ-UBND", "05/07/2027"), file: AllocationStorageTests.pdf,
                by: Self.first)
            #expect(try await world.store.read { try TargetTrail.problems(on: $0) } == [])
            try await world.store.write { connection in
                _ = try connection.execute(
                    """
                    INSERT INTO commune_target (commune, year, version, total, voluntary, source, at, actor_name)
                    VALUES ('90001', 2027, 9, 1, 1, 'không có quyết định', 0, 'Ai đó')
                    """)
            }
            #expect(try await world.store.read { try TargetTrail.problems(on: $0) }.count == 1)
        }
    }
}
