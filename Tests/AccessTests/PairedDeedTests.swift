import Access
import Database
import Kernel
import Synchronization
import TestSupport
import Testing

@Suite
struct PairedDeedTests {
    static let act = PairedAct("test.wipe", "Xóa hẳn")
    static let subject = Subject(Subject.Kind("word"), "một")

    /// What people were told, in words.
    final class Told: Sendable {
        private let words = Mutex<[String]>([])

        var all: [String] { words.withLock { $0 } }

        func add(_ news: PairNews) {
            let said =
                switch news {
                case .proposed(let seconds): "needs \(seconds.map(\.name))"
                case .confirmed(let second): "confirmed by \(second.name)"
                case .withdrawn(let other): "withdrawn by \(other.name)"
                case .replaced(let other): "replaced by \(other.name)"
                case .lapsed: "lapsed"
                case .outdated: "outdated"
                }
            words.withLock { $0.append(said) }
        }
    }

    /// Two administrators, and what they do about a thing of version 3.
    struct Pair: Sendable {
        let world: AccessWorld
        let first: Submission
        let second: Submission
        let told: Told
        let policy: PairPolicy

        func seconds(on connection: any SQLConnection) throws -> [SecondPerson] {
            try policy.seconds(besides: first.viewer.account, on: connection) { $0.may(.manageAccounts) }
        }

        func propose(seen: Int = 3, _ parameters: [String: String] = ["file": "a"]) async throws -> PairedDeed {
            try await world.store.write { connection in
                try PairedDeeds.propose(
                    PairedDeedTests.act, about: PairedDeedTests.subject, seen: seen, parameters: parameters,
                    words: "xóa tệp a", telling: policy, seconds: seconds(on: connection), by: first,
                    at: world.clock.now, on: connection)
            }
        }

        func confirm(_ deed: PairedDeed, seen: Int = 3, by person: Submission) async throws -> PairedDeed {
            try await world.store.write { connection in
                try PairedDeeds.confirm(
                    PairedDeedTests.act, deed.id, about: PairedDeedTests.subject, seen: seen, telling: policy,
                    by: person, at: world.clock.now, on: connection)
            }
        }

        func withdraw(_ deed: PairedDeed, by person: Submission) async throws {
            _ = try await world.store.write { connection in
                try PairedDeeds.withdraw(
                    PairedDeedTests.act, deed.id, about: PairedDeedTests.subject, telling: policy, by: person,
                    at: world.clock.now, on: connection)
            }
        }

        var waiting: PairedDeed? {
            get async throws {
                let now = world.clock.now
                return try await world.store.read {
                    try PairedDeeds.waiting(PairedDeedTests.act, about: PairedDeedTests.subject, at: now, on: $0)
                }
            }
        }
    }

    static func with(_ engine: TestEngine, _ body: (Pair) async throws -> Void) async throws {
        try await AccessWorld.with(engine) { world in
            func person(_ login: String) async throws -> Submission {
                Submission(viewer: try await world.add(AccessWorld.administrator(login)).viewer(AccessWorld.grants))
            }
            let told = Told()
            try await body(
                Pair(
                    world: world, first: try await person("mot"), second: try await person("hai"), told: told,
                    policy: PairPolicy(grants: AccessWorld.grants) { news, _, _, _, _ in told.add(news) }))
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `what one proposed another confirms, once, and both stand in the trail`(engine: TestEngine) async throws {
        try await Self.with(engine) { pair in
            let deed = try await pair.propose()
            #expect(try await pair.waiting == deed)
            let done = try await pair.confirm(deed, by: pair.second)
            #expect(try done.parameters([String: String].self) == ["file": "a"])
            #expect(try await pair.waiting == nil)
            await expectRefusal(.stale) { try await pair.confirm(deed, by: pair.second) }
            let entries = try await pair.world.store.read { connection in
                try AuditTrail.entries(
                    before: nil, subjectPrefix: PairedDeedTests.subject.text, limit: 10, on: connection)
            }
            #expect(entries.map(\.action) == ["paired.confirmed", "paired.proposed"])
            #expect(entries.map(\.actor) == [pair.second.viewer.account, pair.first.viewer.account])
            #expect(entries.allSatisfy { $0.detail.hasPrefix("Xóa hẳn: xóa tệp a") })
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `the account that proposed never confirms`(engine: TestEngine) async throws {
        try await Self.with(engine) { pair in
            let deed = try await pair.propose()
            await expectRefusal(.forbidden) { try await pair.confirm(deed, by: pair.first) }
            #expect(try await pair.waiting == deed)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `what was changed since it was proposed is not confirmed`(engine: TestEngine) async throws {
        try await Self.with(engine) { pair in
            let deed = try await pair.propose(seen: 3)
            await expectRefusal(.stale) { try await pair.confirm(deed, seen: 4, by: pair.second) }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a proposal withdrawn, replaced or run out is not confirmed`(engine: TestEngine) async throws {
        try await Self.with(engine) { pair in
            let withdrawn = try await pair.propose()
            try await pair.withdraw(withdrawn, by: pair.second)
            await expectRefusal(.stale) { try await pair.confirm(withdrawn, by: pair.second) }

            let replaced = try await pair.propose()
            let newer = try await pair.propose(["file": "b"])
            await expectRefusal(.stale) { try await pair.confirm(replaced, by: pair.second) }
            #expect(try await pair.waiting == newer)

            pair.world.clock.advance(seconds: Int64(PairedDeed.waitingDays) * 86_400)
            #expect(try await pair.waiting == nil)
            await expectRefusal(.stale) { try await pair.confirm(newer, by: pair.second) }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `those who may be the second are found and told, and so is what became of it`(
        engine: TestEngine
    ) async throws {
        try await Self.with(engine) { pair in
            let (first, second) = (pair.first.viewer.name, pair.second.viewer.name)
            let deed = try await pair.propose()
            let newer = try await pair.propose()
            _ = try await pair.confirm(newer, by: pair.second)
            let last = try await pair.propose()
            try await pair.withdraw(last, by: pair.first)
            let lapsing = try await pair.propose()
            let (policy, act) = (pair.policy, Self.act)
            let ended = try await pair.world.store.write { connection in
                try PairedDeeds.lapse(act, telling: policy, at: lapsing.until, atMost: 9, on: connection)
            }
            #expect(ended == 1 && deed.fits(3) && !deed.fits(4))
            let needs = "needs \([second])"
            #expect(
                pair.told.all == [
                    needs, "replaced by \(first)", needs, "confirmed by \(second)", needs, "withdrawn by \(first)",
                    needs,
                    "lapsed",
                ])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `nobody is the second whose account is locked, and a right with one holder is told`(
        engine: TestEngine
    ) async throws {
        try await Self.with(engine) { pair in
            let wiping = PairedAct(
                "test.wipe", "Xóa hẳn", isAlways: true, needs: [.init(.manageAccounts, isOfUnit: false)])
            func lonely() async throws -> [String] {
                let policy = pair.policy
                return try await pair.world.store.read {
                    try policy.lonely(among: [wiping], grants: AccessWorld.grants, on: $0)
                }
            }
            #expect(try await lonely() == [])
            try await pair.world.store.write { [id = pair.second.viewer.account] connection in
                _ = try connection.execute("UPDATE account SET disabled_at = 1 WHERE id = ?", id)
            }
            #expect(try await pair.world.store.read { try pair.seconds(on: $0) } == [])
            #expect(try await lonely() == ["test.wipe (accounts.manage): one active account, two are needed"])
            #expect(SecondPerson.words(of: []).contains("không có tài khoản nào khác"))
        }
    }

    @Test
    func `an act needs two people where the policy or the act itself says so`() {
        let other = PairedAct("test.read", "Xem")
        #expect(PairPolicy([Self.act]).needsTwo(Self.act) && !PairPolicy([Self.act]).needsTwo(other))
        #expect(!PairPolicy().needsTwo(Self.act))
        #expect(PairPolicy().needsTwo(PairedAct("test.always", "Luôn hai người", isAlways: true)))
    }
}
