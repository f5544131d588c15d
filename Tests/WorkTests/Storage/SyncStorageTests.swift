import Access
import Database
import Kernel
import PlanText
import Province
import TestPlans
import TestSupport
import TestWork
import Testing
import Work

/// Bringing the stored work in line with the plan.
@Suite
struct SyncStorageTests {
    static let whole = StorageWorld.auditor
    static let laterStart = ("plan.yaml", "effective_from: 2027-01-01", "effective_from: 2027-06-01")

    @Test(arguments: TestEngine.allCases)
    func `the first sync adds all work and the second nothing`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine, synced: false) { world in
            let scheduled = Schedule.instances(of: world.plan)
            let first = try await world.work.syncInstances()
            #expect(scheduled.count == 36)
            #expect([first.added, first.moved, first.withdrawn] == [36, 0, 0])
            #expect(try await world.ids(for: Self.whole) == Set(scheduled.map(\.key)))

            let second = try await world.work.syncInstances()
            #expect([second.added, second.moved, second.withdrawn] == [0, 0, 0])
            #expect(try await world.count("SELECT COUNT(*) FROM task_instance") == 36)
            #expect(try await world.trail("plan/") == ["plan.loaded"])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `stored work is what the schedule says`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine) { world in
            let stored = try await world.work.items(WorkFilter(), for: Self.whole, limit: 1_000)
            let byID = Dictionary(uniqueKeysWithValues: stored.map { ($0.id, $0) })
            for instance in Schedule.instances(of: world.plan) {
                let item = try #require(byID[instance.key])
                #expect(item.task == instance.task)
                #expect(item.lead == instance.lead)
                #expect(item.opensOn == instance.opensOn)
                #expect(item.due == instance.due)
                #expect(item.scheduledDue == instance.due)
                #expect(item.year == instance.year)
                #expect(item.superior == world.plan.superior(of: instance.lead))
                #expect(item.state == .none)
                #expect(item.dueOrigin == .plan)
            }
            #expect(stored.map(\.id).first == "I.1/2027-03/90001")
            #expect(stored.suffix(4).allSatisfy { $0.due == nil && $0.task == "I.3" })
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `two programs that sync at once add the work once`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine, synced: false) { world in
            async let left = world.work.syncInstances()
            async let right = world.work.syncInstances()
            let added = try await left.added + right.added
            #expect(added == 36)
            #expect(try await world.count("SELECT COUNT(*) FROM task_instance") == 36)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a later effective date moves and withdraws untouched work and keeps what was begun`(
        engine: TestEngine
    ) async throws {
        let begun = "I.1/2027-03/90001"
        let gone: Set<String> = [
            "I.1/2027-03/90002", "I.1/2027-03/90003", "II.1/2027-Q1/90001", "II.1/2027-Q1/90002", "II.1/2027-Q1/90003",
        ]
        try await StorageWorld.with(engine) { world in
            let before = try await world.ids(for: Self.whole)
            try await world.work.addNote(begun, text: "Đã bắt đầu", by: .init(viewer: StorageWorld.communes[0]))
            let later = world.under(try StorageWorld.plan(Self.laterStart))
            let result = try await later.work.syncInstances()
            #expect([result.added, result.moved, result.withdrawn] == [0, 6, 5])
            #expect(try await later.ids(for: Self.whole) == before.subtracting(gone))

            let kept = try await later.item(begun)
            #expect(kept.due == Day.known(2027, 3, 31))
            #expect(try await later.events(begun) == [.noted])
            let moved = try await later.item("II.1/2027-Q2/90001")
            #expect(moved.opensOn == Day.known(2027, 6, 1))
            #expect(moved.due == Day.known(2027, 6, 30))
            await expectRefusal(.notFound) { try await later.item("I.1/2027-03/90002") }

            let back = try await world.work.syncInstances()
            #expect([back.added, back.moved, back.withdrawn] == [0, 11, 0])
            #expect(try await world.ids(for: Self.whole) == before)
            #expect(try await world.item("II.1/2027-Q2/90001").opensOn == Day.known(2027, 4, 1))
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `an effective date completed on screen does the same as one in the files`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine) { world in
            let sender = Submission(viewer: StorageWorld.analyst)
            await expectRefusal(.invalid, field: "value") {
                try await world.amendments.complete(
                    .effectiveFrom, with: "31/06/2027", source: "x", asOf: "", by: sender)
            }
            await expectRefusal(.invalid, field: "source") {
                try await world.amendments.complete(
                    .effectiveFrom, with: "01/06/2027", source: "", asOf: "", by: sender)
            }
            await expectRefusal(.forbidden) {
                try await world.amendments.complete(
                    .effectiveFrom, with: "01/06/2027", source: "x", asOf: "", by: .init(viewer: StorageWorld.leader))
            }
            #expect(try await world.ids(for: Self.whole).count == 36)

            try await world.amendments.complete(
                .effectiveFrom, with: "01/06/2027", source: "Công văn 5", asOf: "", by: sender)
            #expect(try await world.ids(for: Self.whole).count == 30)
            #expect(try await world.amendments.amendments().values[.effectiveFrom]?.text == "2027-06-01")
            let again = try await world.work.syncInstances()
            #expect([again.added, again.moved, again.withdrawn] == [0, 0, 0])

            world.clock.advance(seconds: 1)
            try await world.amendments.complete(
                .effectiveFrom, with: "01/01/2027", source: "Công văn 6", asOf: "", by: sender)
            #expect(try await world.ids(for: Self.whole).count == 36)
            #expect(try await world.count("SELECT COUNT(*) FROM plan_setting") == 2)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a day fixed by a person stays when the plan's own days move`(engine: TestEngine) async throws {
        let id = "II.1/2027-Q2/90001"
        try await StorageWorld.with(engine) { world in
            try await world.work.setDueDay(
                id, to: "15/07/2027", reason: "Chậm số liệu", by: .init(viewer: StorageWorld.analyst))
            let later = world.under(try StorageWorld.plan(Self.laterStart))
            _ = try await later.work.syncInstances()
            let item = try await later.item(id)
            #expect(item.due == Day.known(2027, 7, 15))
            #expect(item.dueOrigin == .override)
            #expect(item.scheduledDue == Day.known(2027, 6, 30))
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `work is counted in the year of the day that holds, also after a sync`(engine: TestEngine) async throws {
        let id = "II.1/2027-Q4/90001"
        try await StorageWorld.with(engine) { world in
            try await world.work.setDueDay(
                id, to: "15/01/2028", reason: "Chậm số liệu", by: .init(viewer: StorageWorld.analyst))
            #expect(try await world.item(id).year == 2028)
            let change = ("plan.yaml", "effective_from: 2027-01-01", "effective_from: 2027-11-01")
            let later = world.under(try StorageWorld.plan(change))
            _ = try await later.work.syncInstances()
            let item = try await later.item(id)
            #expect(item.due == Day.known(2028, 1, 15))

            #expect(item.year == 2028)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a new superior is taken over`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine) { world in
            let change = (
                "agencies.yaml", "kind: communes\n    superior: so-noi-vu", "kind: communes\n    superior: ubnd-tinh"
            )
            let other = world.under(try StorageWorld.plan(change))
            let result = try await other.work.syncInstances()
            #expect([result.added, result.moved, result.withdrawn] == [0, 30, 0])
            #expect(try await other.item("I.1/2027-03/90001").superior?.text == "ubnd-tinh")
            #expect(try await other.item("I.2/2027-Q3/so-noi-vu").superior?.text == "ubnd-tinh")
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a database that runs another plan is refused and left alone`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine) { world in
            let other = try StorageWorld.plan(("plan.yaml", "id: an-bien-2028", "id: other-plan"), Self.laterStart)
            await expectRefusal(.invalid) { try await world.under(other).work.syncInstances() }
            #expect(try await world.ids(for: Self.whole).count == 36)
        }
    }

    /// The same work under another name must not be taken for the plan at hand.
    @Test(arguments: TestEngine.allCases)
    func `another plan with the same work is refused as well`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine) { world in
            let other = try StorageWorld.plan(("plan.yaml", "id: an-bien-2028", "id: other-plan"))
            var refused = false
            do {
                _ = try await world.under(other).work.syncInstances()
            } catch is Refusal {
                refused = true
            }
            #expect(refused)
        }
    }
}
