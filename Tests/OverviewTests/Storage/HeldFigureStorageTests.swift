import Database
import Access
import Database
import Jobs
import Kernel
import Overview
import PlanText
import TestFigures
import TestPlans
import TestSupport
import TestWork
import Testing
import Work

/// Figures of work that follow from what the system holds.
@Suite
struct HeldFigureStorageTests {
    static let id = "II.1/2027-Q2/90001"
    static let place = "\(id)#0"
    static let officer = Submission(viewer: StorageWorld.communes[0])

    static func with(_ engine: TestEngine, _ body: (CountedWorld) async throws -> Void) async throws {
        let plan = try StorageWorld.plan(
            ("tasks.yaml", "kind: figure, unit: \"người\"}", "kind: figure, unit: \"người\", held: tang-tu-nguyen}"))
        try await CountedWorld.with(engine, plan: plan, synced: true, body)
    }

    @Test(arguments: TestEngine.allCases)
    func `the growth of a quarter is there once both its ends are, with day and source`(
        engine: TestEngine
    ) async throws {
        try await Self.with(engine) { world in
            let item = try await world.base.item(Self.id)
            try await world.take("90001 2027-03 900 100", "90002 2027-03 900 100", "90002 2027-06 900 90")
            #expect(try await world.overview.heldFigures(of: [item]).isEmpty)
            try await world.take("90001 2027-06 910 118", name: "6.csv")
            let held = try #require(try await world.overview.heldFigures(of: [item])[Self.place])
            #expect(held.value == 18 && held.text == "18")
            #expect(held.day == Day.known(2027, 6, 30))
            #expect(held.source.contains("06/2027") && held.source.contains("03/2027"))
            let falling = try await world.base.item("II.1/2027-Q2/90002")
            #expect(try await world.overview.heldFigures(of: [falling]).values.first?.text == "-10")
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a typed figure shows how far it is, and the held one takes its place on request`(
        engine: TestEngine
    ) async throws {
        try await Self.with(engine) { world in
            try await world.take("90001 2027-03 900 100", "90001 2027-06 910 118")
            try await world.work.addProduct(
                ProductDraft(issuedOn: "30/06/2027", figure: "25", source: "Sổ của xã"), slot: 0, instance: Self.id,
                by: Self.officer)
            func product() async throws -> Product {
                try #require(
                    try await world.work.detail(Self.id, for: StorageWorld.auditor).products.first { $0.slot == 0 })
            }
            let item = try await world.base.item(Self.id)
            let held = try #require(try await world.overview.heldFigures(of: [item])[Self.place])
            let typed = try await product()
            #expect(held.difference(from: typed) == "+7" && !held.isValue(of: typed))
            await expectRefusal(.notFound) {
                try await world.overview.takeHeldFigure(
                    of: Self.id, slot: 0, by: .init(viewer: StorageWorld.communes[1]))
            }
            try await world.overview.takeHeldFigure(of: Self.id, slot: 0, by: Self.officer)
            let taken = try await product()
            #expect(taken.figure == "18" && held.isValue(of: taken) && taken.source == held.source)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `every day empty slots are filled by the system, and what somebody entered stays`(
        engine: TestEngine
    ) async throws {
        try await Self.with(engine) { world in
            try await world.take(
                "90001 2027-03 900 100", "90001 2027-06 910 118", "90002 2027-03 900 100", "90002 2027-06 900 130")
            let other = "II.1/2027-Q2/90002"
            try await world.work.addProduct(
                ProductDraft(issuedOn: "30/06/2027", figure: "25", source: "Sổ"), slot: 0, instance: other,
                by: .init(viewer: StorageWorld.communes[1]))
            let jobs = JobService(
                store: world.store, clock: world.base.clock.clock, kinds: world.overview.jobKinds,
                grants: StorageWorld.grants)
            let now = world.base.clock.now
            try await world.store.write { connection in
                _ = try JobService.add(
                    .fillingFigures, NoParameters(), title: "Thử", key: nil, notBefore: now, at: now, on: connection)
            }
            #expect(try await jobs.runDue(as: "test") == 1)
            func figures(_ id: String) async throws -> [String?] {
                try await world.work.detail(id, for: StorageWorld.auditor).products.map(\.figure)
            }
            #expect(try await figures(Self.id) == ["18"])
            #expect(try await figures(other) == ["25"])
            let filled = try await world.work.detail(Self.id, for: StorageWorld.auditor)
            #expect(filled.products.map(\.addedBy) == ["Hệ thống"])
            #expect(filled.events.map(\.kind) == [.productAdded])
        }
    }
}
