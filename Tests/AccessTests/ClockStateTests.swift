import Access
import Database
import Kernel
import TestSupport
import Testing

@Suite
struct ClockStateTests {
    static func state(_ world: AccessWorld) async throws -> ClockState {
        try await world.store.read { try ClockState.read(on: $0) }
    }

    static func note(_ world: AccessWorld) async throws -> ClockState.Verdict {
        let now = world.clock.now
        return try await world.store.write { try ClockState.note(now, on: $0) }
    }

    static let day: Int64 = 86_400

    @Test(arguments: TestEngine.allCases)
    func `a clock that nobody noted is believed, one that leaps a year ahead is not`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            try await AuditTests.add(["một"], to: world)
            world.clock.advance(seconds: 400 * Self.day)
            #expect(try await world.store.clockVerdict(at: world.clock.now) == .sound)
            #expect(try await Self.note(world) == .sound)
            let noted = world.clock.now
            world.clock.advance(seconds: Int64(ClockState.longestPauseDays) * Self.day)
            #expect(try await world.store.clockVerdict(at: world.clock.now) == .sound)
            world.clock.advance(seconds: 1)
            #expect(try await Self.note(world) == .ahead(of: noted))
            #expect(try await Self.state(world).noted == noted, "a wrong moment is not noted")
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a clock behind what is written is not believed, a small step back is`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            #expect(try await Self.note(world) == .sound)
            world.clock.advance(seconds: 10 * Self.day)
            try await AuditTests.add(["một"], to: world)
            let written = world.clock.now.adding(seconds: -1)
            world.clock.advance(seconds: -Self.day)
            #expect(try await world.store.clockVerdict(at: world.clock.now) == .sound)
            world.clock.advance(seconds: -Self.day)
            #expect(try await world.store.clockVerdict(at: world.clock.now) == .behind(written))
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `who comes in while the clock is doubted does not speak for it`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            _ = try await world.add(AccessWorld.officer())
            #expect(try await Self.note(world) == .sound)
            let noted = world.clock.now
            world.clock.advance(seconds: 100 * Self.day)
            try await world.store.write { try ClockState.hold(on: $0) }
            try await world.store.write { try ClockState.hold(on: $0) }
            #expect(try await world.signIn().stage == .complete)
            #expect(try await Self.state(world).isHeld)
            #expect(try await Self.note(world) == .ahead(of: noted))

            // The clock was wrong, and is right again: notes wait until what is dated ahead is forgotten.
            let late = world.clock.now
            world.clock.set(noted.adding(seconds: 600))
            #expect(try await Self.note(world) == .sound)
            #expect(try await Self.state(world).noted == noted)
            // Or it was right, and is confirmed.
            world.clock.set(late)
            let now = world.clock.now
            _ = try await world.store.write { try ClockState.trust(now, by: .commandLine, on: $0) }
            let state = try await Self.state(world)
            #expect(!state.isHeld && state.noted == now && state.verdict(at: now) == .sound)
            // Entries count again.
            world.clock.advance(seconds: 20 * Self.day)
            try await AuditTests.add(["một"], to: world)
            #expect(try await Self.state(world).newestEntry != nil)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a restored old backup counts from its restoring on, one from ahead of the clock does not`(
        engine: TestEngine
    ) async throws {
        try await AccessWorld.with(engine) { world in
            try await AuditTests.add(["một"], to: world)
            _ = try await Self.note(world)
            let noted = world.clock.now
            let early = noted.adding(seconds: -100 * Self.day)
            try await world.store.write { try ClockState.resume(at: early, on: $0) }
            #expect(try await world.store.clockVerdict(at: early) != .sound)
            let late = noted.adding(seconds: 200 * Self.day)
            #expect(try await world.store.clockVerdict(at: late) != .sound)
            try await world.store.write { try ClockState.resume(at: late, on: $0) }
            #expect(try await world.store.clockVerdict(at: late) == .sound)
            #expect(try await Self.state(world).noted == late)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a clock that is confirmed counts, whatever the trail says of the future`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            let present = world.clock.now
            _ = try await world.add(AccessWorld.officer())
            let early = try await world.signIn()
            world.clock.advance(seconds: 1_200 * Self.day)
            #expect(try await Self.note(world) == .sound)
            let late = try await world.signIn()
            world.clock.set(present.adding(seconds: 60))
            #expect(try await world.store.clockVerdict(at: world.clock.now) != .sound)
            let now = world.clock.now
            _ = try await world.store.write { try ClockState.trust(now, by: .commandLine, on: $0) }
            #expect(try await world.store.clockVerdict(at: now) == .sound)
            #expect(try await Self.state(world).noted == now)
            let isOpen = try await (world.isOpen(early), world.isOpen(late))
            #expect(isOpen == (true, false), "sessions of a future that never was end")
            let verdict = try await AuditTrail.verify(in: world.store)
            #expect(verdict.problems.isEmpty)
            let newest = try await world.store.read { try AuditTrail.entries(before: nil, limit: 1, on: $0) }
            #expect(newest.map(\.action) == ["clock.trusted"])
        }
    }
}
