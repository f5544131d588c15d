import Access
import Database
import Exchange
import Kernel
import TestSupport
import Testing

/// Programs of agencies: who lets them, what their keys and tokens open, what their agreements cover.
@Suite
struct ProgramTests {
    private static func unknown(
        _ body: () async throws -> Void, sourceLocation: SourceLocation = #_sourceLocation
    ) async {
        do {
            try await body()
            Issue.record("let in", sourceLocation: sourceLocation)
        } catch is UnknownProgram {} catch {
            Issue.record(error, sourceLocation: sourceLocation)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a key is shown once and stored as its hash; its last day and its end hold`(engine: TestEngine) async throws {
        try await ProgramWorld.with(engine) { programs in
            let (service, world) = (programs.service, programs.world)
            let issued = try await programs.issued(programs.draft(days: 2))
            let caller = try await service.caller(bearer: issued.key, from: "10.0.0.1")
            #expect(caller.program.id == issued.program && caller.scopes == Set(ProgramScope.allCases))
            #expect(try await !world.everything().contains(issued.key))
            await Self.unknown { _ = try await service.caller(bearer: issued.key + "x", from: "") }
            world.clock.set(world.clock.now.adding(seconds: 2 * 86_400))
            _ = try await service.caller(bearer: issued.key, from: "")
            world.clock.set(world.clock.now.adding(seconds: 86_400))
            await Self.unknown { _ = try await service.caller(bearer: issued.key, from: "") }
            let other = try await programs.issued(programs.draft())
            _ = try await service.caller(bearer: other.key, from: "")
            try await service.end(other.program, by: programs.keeper)
            await Self.unknown { _ = try await service.caller(bearer: other.key, from: "") }
            let trail = try await programs.audit()
            #expect(trail.suffix(4) == ["program.refused", "program.admitted", "program.ended", "program.refused"])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `nobody without the right lets a program in, and none beyond the agreements of its unit`(engine: TestEngine)
        async throws
    {
        try await ProgramWorld.with(engine) { programs in
            let people = try ExchangePeople.Four()
            await ExchangePeople.refused(.forbidden) {
                _ = try await programs.service.admit(programs.draft(), by: people.tax)
            }
            await ExchangePeople.refused(.invalid, "không phải một bên") {
                _ = try await programs.issued(programs.draft(unit: "cong-an-thanh-pho"))
            }
            await ExchangePeople.refused(.invalid, "không phải một bên") {
                _ = try await programs.issued(programs.draft(agreements: [7]))
            }
            await ExchangePeople.refused(.invalid, "ngày mai") {
                _ = try await programs.issued(programs.draft(days: 0))
            }
            await ExchangePeople.refused(.invalid, "366") { _ = try await programs.issued(programs.draft(days: 400)) }
            await ExchangePeople.refused(.invalid, "ít nhất một việc") {
                _ = try await programs.issued(programs.draft(scopes: []))
            }
            #expect(try await programs.service.allPrograms().isEmpty)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a token opens what was asked for it and no more, and goes with its time and its key`(engine: TestEngine)
        async throws
    {
        try await ProgramWorld.with(engine) { programs in
            let (service, world) = (programs.service, programs.world)
            let issued = try await programs.issued(programs.draft())
            let (narrow, _) = try await service.token(
                client: issued.program.text, secret: issued.key, scope: "status", agreement: 1,
                purpose: "Theo dõi", from: "")
            #expect(narrow.scope == "status" && narrow.seconds == 600)
            let caller = try await service.caller(bearer: narrow.token, from: "")
            #expect(caller.scopes == [.status])
            #expect(try caller.errand(agreement: nil, purpose: nil).purpose == "Theo dõi")
            await ExchangePeople.refused(.forbidden, "số 1") { _ = try caller.errand(agreement: 2, purpose: "x") }
            await ExchangePeople.refused(.forbidden, "deliver") {
                _ = try await service.begin(try programs.upload([1]), by: caller, try programs.errand())
            }
            await ExchangePeople.refused(.invalid, "write") {
                _ = try await service.token(
                    client: issued.program.text, secret: issued.key, scope: "write", from: "")
            }
            await Self.unknown {
                _ = try await service.token(client: issued.program.text, secret: "bp_x", scope: "", from: "")
            }
            var forged = Array(narrow.token)
            forged[forged.count - 10] = forged[forged.count - 10] == "A" ? "B" : "A"
            await Self.unknown { _ = try await service.caller(bearer: String(forged), from: "") }
            world.clock.set(world.clock.now.adding(seconds: 600))
            await Self.unknown { _ = try await service.caller(bearer: narrow.token, from: "") }
            let (wide, _) = try await service.token(
                client: issued.program.text, secret: issued.key, scope: "", from: "")
            _ = try await service.caller(bearer: wide.token, from: "")
            let turned = try await service.turnKey(
                of: issued.program, seen: 1, until: world.clock.now.day.adding(days: 9), by: programs.keeper)
            await Self.unknown { _ = try await service.caller(bearer: wide.token, from: "") }
            await Self.unknown { _ = try await service.caller(bearer: issued.key, from: "") }
            guard case .issued(let next) = turned else { throw ProgramWorldError() }
            #expect(try await service.caller(bearer: next.key, from: "").program.version == 2)
            await ExchangePeople.refused(.stale) {
                _ = try await service.turnKey(
                    of: issued.program, seen: 1, until: world.clock.now.day.adding(days: 9), by: programs.keeper)
            }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a call outside its agreement is refused and audited, each once a minute`(engine: TestEngine) async throws {
        try await ProgramWorld.with(engine) { programs in
            let (service, world) = (programs.service, programs.world)
            let receiver = try await programs.caller(programs.draft(unit: "bhxh-thanh-pho"))
            for _ in 0..<3 {
                await ExchangePeople.refused(.forbidden, "không phải bên giao") {
                    _ = try await service.begin(try programs.upload([1]), by: receiver, try programs.errand())
                }
            }
            await ExchangePeople.refused(.forbidden, "không được dùng thỏa thuận số 2") {
                _ = try await service.deliveries(of: receiver, try programs.errand(2), before: nil, limit: 5)
            }
            #expect(try await programs.audit().count { $0 == "program.refused" } == 2)
            let giver = try await programs.caller()
            try await world.exchange().end(programs.agreement, reason: "Hết nhu cầu", by: try ExchangePeople.Four().tax)
            world.clock.set(world.clock.now.adding(seconds: 86_400))
            for body: @Sendable () async throws -> Void in [
                { _ = try await service.begin(try programs.upload([1]), by: giver, try programs.errand()) },
                { _ = try await service.aggregates(try #require(Month("2026-09")), of: giver, try programs.errand()) },
            ] {
                await ExchangePeople.refused(.forbidden, "không có hiệu lực") { try await body() }
            }
            // Receipts may be asked for afterwards.
            _ = try await service.deliveries(of: giver, try programs.errand(), before: nil, limit: 5)
            try await service.settleUse()
            let uses = try await service.uses(of: receiver.program.id, for: programs.keeper.viewer)
            #expect(uses.map(\.refused).reduce(0, +) == 4 && uses.map(\.calls).reduce(0, +) == 4)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `more calls than a minute allows wait for the next`(engine: TestEngine) async throws {
        try await ProgramWorld.with(engine) { programs in
            let issued = try await programs.issued(programs.draft(perMinute: 3))
            for left in [2, 1, 0] {
                #expect(try await programs.service.caller(bearer: issued.key, from: "").left == left)
            }
            await #expect(throws: TooManyCalls.self) { try await programs.service.caller(bearer: issued.key, from: "") }
            programs.world.clock.set(programs.world.clock.now.adding(seconds: 60))
            #expect(try await programs.service.caller(bearer: issued.key, from: "").left == 2)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `where two people issue keys, the second is shown the key and nobody before`(engine: TestEngine) async throws {
        try await ProgramWorld.with(engine, two: true) { programs in
            let (service, keeper, second) = (programs.service, programs.keeper, programs.second)
            guard case .proposed(let id) = try await service.admit(programs.draft(), by: keeper) else {
                throw ProgramWorldError()
            }
            #expect(try await service.allPrograms().isEmpty)
            let waiting = try #require(try await service.waitingKeys(for: keeper.viewer).first)
            await ExchangePeople.refused(.forbidden) {
                _ = try await service.confirmKey(of: id, waiting.id, by: keeper)
            }
            guard case .issued(let issued) = try await service.confirmKey(of: id, waiting.id, by: second) else {
                throw ProgramWorldError()
            }
            _ = try await service.caller(bearer: issued.key, from: "")
            let turned = try await service.turnKey(
                of: id, seen: 1, until: programs.world.clock.now.day.adding(days: 9), by: second)
            #expect(turned == .proposed(id))
            _ = try await service.caller(bearer: issued.key, from: "")
            let next = try #require(try await service.waitingKeys(for: keeper.viewer).first)
            try await service.withdrawKey(of: id, next.id, by: keeper)
            #expect(try await service.waitingKeys(for: keeper.viewer).isEmpty)
            await ExchangePeople.refused(.forbidden, "hai người") {
                _ = try await service.admit(programs.draft(), by: .commandLine)
            }
        }
    }
}
