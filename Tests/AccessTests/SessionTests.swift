import Access
import Database
import Kernel
import TestSupport
import Testing

@Suite
struct SessionTests {
    @Test(arguments: TestEngine.allCases)
    func `a session left alone is over after the idle time`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            _ = try await world.add(AccessWorld.officer())
            let idle = world.service.policy.idleSeconds
            let session = try await world.signIn()
            world.clock.advance(seconds: idle - 1)
            #expect(try await world.isOpen(session))
            // Having been seen, it lasts as long again.
            world.clock.advance(seconds: idle - 1)
            #expect(try await world.isOpen(session))
            world.clock.advance(seconds: idle)
            #expect(try await world.isOpen(session) == false)
            world.clock.advance(seconds: -idle)
            #expect(try await world.isOpen(session))
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a session in constant use is over after the longest time`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            _ = try await world.add(AccessWorld.officer())
            let session = try await world.signIn()
            let step: Int64 = 30 * 60
            for _ in 1..<world.service.policy.longestSessionSeconds / step {
                world.clock.advance(seconds: step)
                #expect(try await world.isOpen(session))
            }
            world.clock.advance(seconds: step - 1)
            #expect(try await world.isOpen(session))
            world.clock.advance(seconds: 1)
            #expect(try await world.isOpen(session) == false)
            #expect(try await world.signIn().stage == .complete)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `signing out ends that session only, and twice is no fault`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            _ = try await world.add(AccessWorld.officer())
            let first = try await world.signIn()
            let second = try await world.signIn()
            #expect(first.token != second.token)
            try await world.service.signOut(token: first.token)
            try await world.service.signOut(token: first.token)
            try await world.service.signOut(token: "unknown")
            #expect(try await world.isOpen(first) == false)
            #expect(try await world.isOpen(second))
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a person sees the own open sessions and ends one`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            _ = try await world.add(AccessWorld.officer())
            _ = try await world.add(AccessWorld.officer("other"))
            let home = try await world.signIn(address: "10.0.0.1", device: "Firefox")
            world.clock.advance(seconds: 60)
            let office = try await world.signIn(address: "10.0.0.2", device: String(repeating: "x", count: 500))
            let stranger = try await world.signIn("other")
            let viewer = try await world.viewer(office)

            let list = try await world.service.sessions(of: viewer)
            #expect(list.map(\.address) == ["10.0.0.2", "10.0.0.1"])
            #expect(list.first?.id == viewer.session)
            #expect(list.last?.device == "Firefox")
            #expect(list.first?.device.count == 200)

            let homeSession = try #require(list.last?.id)
            let others = try #require(try await world.viewer(stranger).session)
            await expectRefusal(.notFound) {
                try await world.service.endSession(others, of: viewer, address: "")
            }
            #expect(try await world.isOpen(stranger))
            try await world.service.endSession(homeSession, of: viewer, address: "")
            #expect(try await world.isOpen(home) == false)
            #expect(try await world.isOpen(office))
            #expect(try await world.service.sessions(of: viewer).map(\.address) == ["10.0.0.2"])
            await expectRefusal(.notFound) {
                try await world.service.endSession(homeSession, of: viewer, address: "")
            }
            #expect(try await world.actions().filter { $0 == "session.ended" }.count == 1)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `sessions that ran out or still lack the second factor are not listed`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            _ = try await world.add(AccessWorld.officer())
            _ = try await world.signIn(address: "10.0.0.1")
            world.clock.advance(seconds: world.service.policy.idleSeconds)
            let later = try await world.viewer(world.signIn(address: "10.0.0.2"))
            #expect(try await world.service.sessions(of: later).map(\.address) == ["10.0.0.2"])

            _ = try await world.add(AccessWorld.administrator())
            let begun = try await world.viewer(world.signIn("chief"))
            #expect(try await world.service.sessions(of: begun).isEmpty)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `changing the password ends the other sessions`(engine: TestEngine) async throws {
        let new = "một câu dễ nhớ hơn"
        try await AccessWorld.with(engine) { world in
            _ = try await world.add(AccessWorld.officer())
            let here = try await world.signIn()
            let there = try await world.signIn()
            let viewer = try await world.viewer(here)
            try await world.service.changePassword(of: viewer, from: AccessWorld.password, to: new, address: "")
            #expect(try await world.isOpen(here))
            #expect(try await world.isOpen(there) == false)
            await expectRefusal(.invalid) { try await world.signIn() }
            #expect(try await world.signIn(password: new).stage == .complete)
            #expect(try await world.actions().contains("account.password-changed"))
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a password is changed only by who knows the old one, to a good one`(engine: TestEngine) async throws {
        let new = "một câu dễ nhớ hơn"
        try await AccessWorld.with(engine) { world in
            _ = try await world.add(AccessWorld.officer())
            let viewer = try await world.viewer(world.signIn())
            world.clock.advance(seconds: 1)
            await expectRefusal(.invalid, field: "password") {
                try await world.service.changePassword(of: viewer, from: AccessWorld.password, to: "ngắn", address: "")
            }
            for _ in 0..<world.service.policy.freeFailures {
                await expectRefusal(.invalid, field: "old") {
                    try await world.service.changePassword(of: viewer, from: "sai", to: new, address: "")
                }
            }
            await expectRefusal(.tooMany) {
                try await world.service.changePassword(of: viewer, from: AccessWorld.password, to: new, address: "")
            }
            world.clock.advance(seconds: world.service.policy.firstDelaySeconds)
            try await world.service.changePassword(of: viewer, from: AccessWorld.password, to: new, address: "")
            #expect(try await world.signIn(password: new).stage == .complete)
        }
    }
}
