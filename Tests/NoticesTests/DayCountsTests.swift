import Access
import Database
import Jobs
import Kernel
import Notices
import Synchronization
import TestSupport
import Testing

/// The number beside “Việc của tôi”: whose is worked out anew after which change.
@Suite
struct DayCountsTests {
    /// Things of units, as keys of the trail name them: `90001/a`. Counts how often somebody's list was worked out.
    final class Counted: Sendable {
        private let looks = Mutex<[String: Int]>([:])

        func look(_ viewer: Viewer) { looks.withLock { $0[viewer.login, default: 0] += 1 } }

        var all: [String: Int] { looks.withLock { $0 } }

        var source: DaySource {
            DaySource(
                [.job],
                follows: [
                    .thing: { key, action, _ in
                        key == "all" ? nil : action == "tests.noted" ? [] : [String(key.split(separator: "/")[0])]
                    }
                ]
            ) { viewer, _, connection in
                self.look(viewer)
                let count = try connection.integer("SELECT COUNT(*) FROM audit_entry WHERE subject LIKE 'thing/%'") ?? 0
                return (0..<count).map { DayItem(.due, Subject(.thing, "\($0)"), "Việc \($0)") }
            }
        }
    }

    static func with(
        _ engine: TestEngine, _ body: (NoticesWorld, Counted, DayCounts) async throws -> Void
    ) async throws {
        try await NoticesWorld.with(engine) { world in
            let counted = Counted()
            let days = DayService(store: world.store, clock: world.clock.clock, sources: [counted.source])
            try await body(world, counted, DayCounts(days))
        }
    }

    static func save(
        _ subject: Subject, as action: String = "tests.saved", in world: NoticesWorld, times: Int = 1
    ) async throws {
        let now = world.clock.now
        try await world.store.write { connection in
            for _ in 0..<times {
                try AuditTrail.append(
                    AuditEvent(action, subject: subject), by: .system, at: now, on: connection)
            }
        }
    }

    static func ask(_ counts: DayCounts, _ account: Account, in world: NoticesWorld) async throws -> Int {
        let revisions = try await world.store.read { try Revisions.read(on: $0) }
        return try await counts.count(for: world.viewer(account), at: revisions)
    }

    @Test(arguments: TestEngine.allCases)
    func `what one unit saves is worked out anew for that unit alone`(engine: TestEngine) async throws {
        try await Self.with(engine) { world, counted, counts in
            for _ in 0..<3 {
                #expect(try await Self.ask(counts, world.officer, in: world) == 0)
                #expect(try await Self.ask(counts, world.neighbour, in: world) == 0)
            }
            #expect(counted.all == ["lan": 1, "hoa": 1])
            // A busy morning: ten saves, and six looks at pages for each.
            for round in 1...10 {
                try await Self.save(Subject(.thing, "90001/a"), in: world)
                for _ in 0..<3 {
                    #expect(try await Self.ask(counts, world.officer, in: world) == round)
                    _ = try await Self.ask(counts, world.neighbour, in: world)
                }
            }
            #expect(counted.all == ["lan": 11, "hoa": 1])
            try await Self.save(Subject(.thing, "90002/a"), in: world)
            #expect(try await Self.ask(counts, world.neighbour, in: world) == 11)
            #expect(try await Self.ask(counts, world.officer, in: world) == 10, "nothing of its own was changed")
            #expect(counted.all == ["lan": 11, "hoa": 2])
            try await Self.save(Subject(.thing, "90001/a"), as: "tests.noted", in: world)
            #expect(try await Self.ask(counts, world.officer, in: world) == 10, "a deed that alters no list")
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `an agency's own things, everybody's things and kinds looked at whole count for those they concern`(
        engine: TestEngine
    ) async throws {
        try await Self.with(engine) { world, counted, counts in
            for account in [world.officer, world.analyst] { _ = try await Self.ask(counts, account, in: world) }
            try await Self.save(Subject(.thing, "so-noi-vu/a"), in: world)
            for account in [world.officer, world.analyst] { _ = try await Self.ask(counts, account, in: world) }
            #expect(counted.all == ["lan": 1, "binh": 2])
            try await Self.save(Subject(.thing, "all"), in: world)
            for account in [world.officer, world.analyst] { _ = try await Self.ask(counts, account, in: world) }
            #expect(counted.all == ["lan": 2, "binh": 3])
            try await Self.save(Subject(.job, "a"), in: world)
            for account in [world.officer, world.analyst] { _ = try await Self.ask(counts, account, in: world) }
            #expect(counted.all == ["lan": 3, "binh": 4])
            try await Self.save(Subject(.account, "lan"), in: world)
            world.clock.advance(seconds: 86_400)
            #expect(try await Self.ask(counts, world.officer, in: world) == 2)
            #expect(counted.all["lan"] == 4, "another day")
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `whoever was away through more changes than are read at once is counted anew`(engine: TestEngine) async throws
    {
        try await Self.with(engine) { world, counted, counts in
            _ = try await Self.ask(counts, world.officer, in: world)
            try await Self.save(Subject(.thing, "90001/a"), in: world)
            try await Self.save(Subject(.thing, "90002/a"), in: world, times: 700)
            #expect(try await Self.ask(counts, world.officer, in: world) == 701)
            #expect(try await Self.ask(counts, world.officer, in: world) == 701)
            #expect(counted.all == ["lan": 2])
        }
    }
}
