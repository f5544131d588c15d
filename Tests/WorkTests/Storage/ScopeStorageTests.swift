import Access
import Database
import Files
import Kernel
import PlanText
import TestPlans
import TestSupport
import TestWork
import Testing
import Work

/// Who sees which work and opens which file.
@Suite
struct ScopeStorageTests {
    /// Its second slot is a list of persons.
    static let id = "II.1/2027-Q1/90001"
    static let ordinary = "I.1/2027-03/90001"

    static func leads(_ viewer: Viewer, in world: StorageWorld) async throws -> Set<String> {
        Set(try await world.work.items(WorkFilter(), for: viewer, limit: 1_000).map(\.lead.text))
    }

    @Test(arguments: TestEngine.allCases)
    func `a commune sees nothing of another commune's work`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine) { world in
            try await world.handIn(Self.id)
            let neighbour = StorageWorld.communes[1]
            #expect(try await Self.leads(neighbour, in: world) == ["90002", "so-noi-vu", "bhxh-tinh"])
            #expect(try await world.ids(for: neighbour, WorkFilter(lead: UnitCode("90001"))).isEmpty)
            #expect(try await world.ids(for: neighbour, WorkFilter(status: .submitted)).isEmpty)
            #expect(try await world.work.counts(WorkFilter(status: .submitted), for: neighbour).submitted == 0)
            #expect(try await world.work.counts(WorkFilter(task: "II.1"), for: neighbour).all == 8)
            #expect(try await world.work.countsByTask(WorkFilter(), for: neighbour)["II.1"]?.submitted == 0)
            #expect(
                try await world.work.units(year: 2027, for: neighbour).map(\.unit.text) == [
                    "so-noi-vu", "bhxh-tinh", "90002",
                ])
            #expect(
                try await world.work.missingProducts(
                    of: .commune(StorageWorld.communes[0].communes[0]), until: Day.known(2028, 12, 31), for: neighbour
                ).isEmpty)

            // Work that is not theirs and work that is not there look the same.
            let hidden = await expectRefusal(.notFound) { try await world.work.detail(Self.id, for: neighbour) }
            let absent = await expectRefusal(.notFound) {
                try await world.work.detail("II.9/2027/x", for: neighbour)
            }
            #expect(hidden == absent)
            await expectRefusal(.notFound) {
                try await world.work.addNote(Self.id, text: "Xin chào", by: .init(viewer: neighbour))
            }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `lists and details agree on what each person sees`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine) { world in
            let all = try await world.ids(for: StorageWorld.auditor)
            let people: [(viewer: Viewer, leads: Set<String>)] = [
                (StorageWorld.head, ["90001"]),
                (StorageWorld.base("90001", "90003"), ["90001", "90003", "bhxh-tinh", "so-noi-vu"]),
                (StorageWorld.communes[2], ["90003", "so-noi-vu", "bhxh-tinh"]),
                (StorageWorld.insurance, ["90001", "90002", "90003", "so-noi-vu", "bhxh-tinh"]),
                (StorageWorld.analyst, ["90001", "90002", "90003", "so-noi-vu", "bhxh-tinh"]),
            ]
            for (viewer, leads) in people {
                #expect(try await Self.leads(viewer, in: world) == leads)
                let listed = try await world.ids(for: viewer)
                #expect(try await world.work.counts(WorkFilter(), for: viewer).all == listed.count)
                for id in all {
                    let opened = (try? await world.work.detail(id, for: viewer)) != nil
                    #expect(opened == listed.contains(id), "\(viewer.login) \(id)")
                }
            }
            // A base office's agency coordinates the communes' work everywhere, the office sees it in its area only.
            #expect(try await world.ids(for: StorageWorld.base("90001")).contains("I.1/2027-03/90002") == false)
            // BHXH leads no such work and coordinates none of this task.
            let foreign = try await world.ids(for: StorageWorld.insurance, WorkFilter(task: "I.3"))
            #expect(foreign == ["I.3/2027/bhxh-tinh", "I.3/2028/bhxh-tinh"])
        }
    }

    /// Fills the work with a list of persons and answers its file.
    static func personList(in world: StorageWorld) async throws -> RecordID {
        try await world.fill(id)
        let products = try await world.work.detail(id, for: StorageWorld.auditor).products
        let list = try #require(products.first { $0.slot == 1 })
        #expect(list.personal)
        return try #require(list.file).id
    }

    @Test(arguments: TestEngine.allCases)
    func `a list of persons opens to its commune and to BHXH, and each look is recorded`(
        engine: TestEngine
    ) async throws {
        try await StorageWorld.with(engine) { world in
            let file = try await Self.personList(in: world)
            func open(_ viewer: Viewer) async throws -> StoredFile {
                try await world.work.openFile(file, by: .init(viewer: viewer, address: "10.0.0.7"))
            }
            for viewer in [StorageWorld.communes[0], StorageWorld.insurance, StorageWorld.base("90001", "90002")] {
                #expect(try await open(viewer).id == file)
            }
            for viewer in [
                StorageWorld.analyst, StorageWorld.leader, StorageWorld.inspector, StorageWorld.auditor,
                StorageWorld.administrator, StorageWorld.head,
            ] {
                await expectRefusal(.forbidden) { try await open(viewer) }
            }
            for viewer in [StorageWorld.communes[1], StorageWorld.base("90002", "90003")] {
                await expectRefusal(.notFound) { try await open(viewer) }
            }
            #expect(
                try await world.trail("file/\(file)")
                    == Array(repeating: "file.person-list-opened", count: 3)
                    + Array(repeating: "file.refused", count: 8))
            let looks = try await world.store.read { connection in
                try AuditTrail.entries(
                    before: nil, actor: StorageWorld.insurance.account, subjectPrefix: "file/", limit: 10,
                    on: connection)
            }
            #expect(looks.map(\.address) == ["10.0.0.7"])
            #expect(looks.first?.detail.contains(Self.id) == true)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `another file opens within the scope to whoever may open files`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine) { world in
            try await world.fill(Self.ordinary)
            let file = try #require(
                try await world.work.detail(Self.ordinary, for: StorageWorld.auditor).products.first?.file)
            func open(_ viewer: Viewer) async throws -> StoredFile {
                try await world.work.openFile(file.id, by: .init(viewer: viewer))
            }
            for viewer in [
                StorageWorld.communes[0], StorageWorld.insurance, StorageWorld.analyst, StorageWorld.leader,
                StorageWorld.inspector,
            ] {
                #expect(try await open(viewer) == file)
            }
            for viewer in [StorageWorld.head, StorageWorld.auditor, StorageWorld.administrator] {
                await expectRefusal(.forbidden) { try await open(viewer) }
            }
            await expectRefusal(.notFound) { try await open(StorageWorld.communes[1]) }
            #expect(
                try await world.trail("file/")
                    == Array(repeating: "file.opened", count: 5) + Array(repeating: "file.refused", count: 4))
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a file that is not there is refused like one that may not be seen`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine) { world in
            let file = try await Self.personList(in: world)
            let absent = RecordID(at: world.clock.now)
            let neighbour = Submission(viewer: StorageWorld.communes[1])
            let first = await expectRefusal(.notFound) { try await world.work.openFile(file, by: neighbour) }
            let second = await expectRefusal(.notFound) { try await world.work.openFile(absent, by: neighbour) }
            #expect(first == second)
            #expect(try await world.trail("file/\(absent)") == ["file.refused"])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `withdrawn work is gone from every list`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine) { world in
            let later = world.under(try StorageWorld.plan(SyncStorageTests.laterStart))
            _ = try await later.work.syncInstances()
            #expect(try await later.work.counts(WorkFilter(), for: StorageWorld.auditor).all == 30)
            #expect(try await later.work.countsByTask(WorkFilter(), for: StorageWorld.auditor)["I.1"]?.all == 3)
            #expect(
                try await later.work.page(WorkFilter(), for: StorageWorld.auditor, page: 1, size: 100).items.count == 30
            )
            await expectRefusal(.notFound) { try await later.work.detail(Self.id, for: StorageWorld.communes[0]) }
            await expectRefusal(.notFound) {
                try await later.work.addNote(Self.id, text: "x", by: .init(viewer: StorageWorld.communes[0]))
            }
        }
    }
}
