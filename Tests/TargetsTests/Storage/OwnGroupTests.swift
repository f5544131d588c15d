import Access
import Kernel
import Notices
import Province
import Targets
import TestFigures
import TestPlans
import TestSupport
import TestWork
import Testing

/// What the head of a residential group is told, and tells.
@Suite
struct OwnGroupTests {
    static let head = StorageWorld.head
    static let code = CountedWorld.codes[0]

    static func day(_ world: CountedWorld, for viewer: Viewer = head) async throws -> DayList {
        try await DayService(
            store: world.base.store, clock: world.base.clock.clock, sources: [.groupCount, .proposals]
        ).list(of: viewer)
    }

    static func addGroup(_ world: CountedWorld, people: String = "400") async throws {
        try await world.groups.saveGroup(
            nil, of: code, typed: [.name: "tổ  3", .people: people, .voluntaryTarget: "40"], year: 2027, version: nil,
            by: .init(viewer: StorageWorld.communes[0]))
    }

    @Test(arguments: TestEngine.allCases)
    func `the head counts the own group alone, once a month is asked for, and sees target and count`(
        engine: TestEngine
    ) async throws {
        try await CountedWorld.with(engine) { world in
            #expect(try await world.groups.ownGroup(of: Self.head) == nil)
            #expect(try await Self.day(world).isEmpty, "nothing is asked of a group that the list does not have")
            try await Self.addGroup(world)
            let today = world.base.clock.clock.today
            let asked = try await Self.day(world)
            #expect(asked.items.map(\.kind) == [.groupCount])
            #expect(asked.items.first?.due == Month(of: today).lastDay)

            let group = try #require(try await world.groups.ownGroup(of: Self.head))
            #expect(group.voluntaryTarget == 40 && group.voluntaryNow == nil)
            try await world.groups.countOwnGroup(
                people: "12", countedOn: today.vietnamese, version: group.version, by: .init(viewer: Self.head))
            let counted = try #require(try await world.groups.ownGroup(of: Self.head))
            #expect(counted.voluntaryNow == 12 && counted.countedOn == today && counted.voluntaryTarget == 40)
            #expect(counted.updatedBy == Self.head.name)
            let after = try await Self.day(world)
            #expect(after.isEmpty)
            #expect(after.next?.due == Month(of: today).adding(months: 1).firstDay, "what comes next, and when")
            #expect(try await world.base.trail("groups/").last == "groups.counted")
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a count is refused with its reason, and by whoever heads no group`(engine: TestEngine) async throws {
        try await CountedWorld.with(engine) { world in
            try await Self.addGroup(world)
            let today = world.base.clock.clock.today
            let group = try #require(try await world.groups.ownGroup(of: Self.head))
            func count(_ people: String, _ day: Day, version: Int = group.version, by viewer: Viewer = Self.head)
                async throws
            {
                try await world.groups.countOwnGroup(
                    people: people, countedOn: day.vietnamese, version: version, by: .init(viewer: viewer))
            }
            for (people, day) in [("x", today), ("401", today), ("12", today.adding(days: 1))] {
                await expectRefusal(.invalid) { try await count(people, day) }
            }
            await expectRefusal(.stale) { try await count("12", today, version: group.version + 1) }
            await expectRefusal(.forbidden) { try await count("12", today, by: StorageWorld.communes[0]) }
            try await count("12", today)
            await expectRefusal(.invalid) {
                try await count("13", today.adding(days: -1), version: group.version + 1)
            }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a proposal that was asked for waits with its day until it is sent`(engine: TestEngine) async throws {
        try await CountedWorld.with(engine) { world in
            let officer = StorageWorld.communes[0]
            #expect(try await Self.day(world, for: officer).isEmpty)
            let until = world.base.clock.clock.today.adding(days: 20)
            try await world.allocations.callForProposals(
                year: 2027, until: until.vietnamese, by: .init(viewer: StorageWorld.analyst))
            let waiting = try await Self.day(world, for: officer)
            #expect(waiting.items.map(\.kind) == [.proposal] && waiting.items.first?.due == until)
            for other in [StorageWorld.analyst, StorageWorld.leader, Self.head] {
                #expect(try await Self.day(world, for: other).isEmpty, "\(other.login)")
            }
        }
    }
}
