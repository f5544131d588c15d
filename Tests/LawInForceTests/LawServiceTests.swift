import Access
import Database
import Files
import Jobs
import Kernel
import Legislation
import Notices
import TestSupport
import Testing

@testable import LawInForce

/// Entering values of the law, on both engines.
@Suite
struct LawServiceTests {
    struct World: Sendable {
        let store: any DataStore
        let law: LawService
        let keeper: Submission

        func rate(on day: String) async throws -> String {
            let day = try #require(Day(day))
            return try await law.table().dated("voluntary.local_support.other", on: day).value.plain(.percent)
        }
    }

    static func viewer(_ role: Role) -> Viewer {
        Viewer(
            account: RecordID(at: Timestamp(secondsSinceEpoch: 0)), login: role.rawValue, name: "Người \(role)",
            role: role, rights: role == .administrator ? [.keepLegislation] : [])
    }

    static func with(_ engine: TestEngine, _ body: (World) async throws -> Void) async throws {
        try await engine.withStore { store in
            let clock = MutableClock(Timestamp(day: try #require(Day("2026-11-26")), hour: 8))
            let migrations =
                AccessMigrations.all + FilesMigrations.all + JobsMigrations.all + NoticesMigrations.all
                + LawInForceMigrations.all
            _ = try await Migrator(migrations).migrate(store, at: clock.now)
            let law = LawService(store: store, clock: clock.ticking, files: try AmendingTests.table.get())
            try await body(
                World(store: store, law: law, keeper: Submission(viewer: viewer(.administrator))))
        }
    }

    static func draft(_ value: String = "10", from: String = "01/01/2027", to: String = "") -> AmendmentDraft {
        AmendmentDraft(
            key: "voluntary.local_support.other", value: value, from: from, to: to,
            source: "Nghị quyết 12/2026/NQ-HĐND, Điều 3", reason: "Nghị quyết mới")
    }

    @Test(arguments: TestEngine.allCases)
    func `a value holds once it is kept, not before, and a resolution shows in the contribution`(engine: TestEngine)
        async throws
    {
        try await Self.with(engine) { world in
            let file = IncomingFile(name: "nq.pdf", mediaType: "application/pdf", bytes: Array("%PDF".utf8))
            let id = try await world.law.enter(Self.draft(), document: file, by: world.keeper)
            await #expect(throws: LegislationError.self) { try await world.rate(on: "2027-02-01") }
            let entered = try await world.law.draft(id, for: world.keeper.viewer)
            let effect = try await world.law.effect(of: entered.amendment)
            #expect(effect.changed.map(\.name).contains("voluntary-contribution"))
            try await world.law.keep(id, by: world.keeper)
            #expect(try await world.rate(on: "2027-02-01") == "10")
            // 22 % of 2,200,000 is 484,000: the State gives a fifth, the locality a tenth.
            let answer = try Calculation.named("voluntary-contribution").answer(
                .init(#"{"income":2200000,"cadence":"monthly","start":"2027-02"}"#.utf8), try await world.law.table(),
                explains: true)
            let outputs = Dictionary(uniqueKeysWithValues: answer.outputs.map { ($0.name, $0.value) })
            #expect(outputs["support"] == .int(96_800) && outputs["localSupport"] == .int(48_400))
            #expect(outputs["payable"] == .int(338_800))
            #expect(answer.used.contains { $0.key == "voluntary.local_support.other" })
            #expect(try await world.law.document(of: id).name == "nq.pdf")
            let trail = try await world.store.read {
                try AuditTrail.entries(before: nil, subjectPrefix: "parameter/", limit: 5, on: $0)
            }
            #expect(trail.map(\.action) == ["law.amended"] && trail[0].detail.contains("Nghị quyết mới"))
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `another process sees a value at its next question, and a withdrawn one is gone but not forgotten`(
        engine: TestEngine
    ) async throws {
        try await Self.with(engine) { world in
            let other = LawService(store: world.store, clock: world.law.clock, files: world.law.files)
            _ = try await other.table()
            let id = try await world.law.enter(Self.draft(), document: nil, by: world.keeper)
            try await world.law.keep(id, by: world.keeper)
            let day = try #require(Day("2027-02-01"))
            #expect(try await other.table().dated("voluntary.local_support.other", on: day).source.contains("12/2026"))
            try await other.withdraw(id, reason: "Nhập nhầm", by: world.keeper)
            await #expect(throws: LegislationError.self) { try await world.rate(on: "2027-02-01") }
            let history = try await world.law.history(of: "voluntary.local_support.other")
            #expect(history.map(\.state) == [.withdrawn] && history[0].withdrawnReason == "Nhập nhầm")
            // A second value at once, of the same second: the table must not be the one kept before.
            let second = try await world.law.enter(Self.draft("15"), document: nil, by: world.keeper)
            try await world.law.keep(second, by: world.keeper)
            #expect(try await world.rate(on: "2027-02-01") == "15")
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a later amendment goes over an earlier one`(engine: TestEngine) async throws {
        try await Self.with(engine) { world in
            for (value, from, to) in [("10", "01/01/2027", ""), ("20", "01/03/2027", "31/03/2027")] {
                let id = try await world.law.enter(
                    Self.draft(value, from: from, to: to), document: nil, by: world.keeper)
                try await world.law.keep(id, by: world.keeper)
            }
            #expect(try await world.rate(on: "2027-02-28") == "10")
            #expect(try await world.rate(on: "2027-03-31") == "20")
            #expect(try await world.rate(on: "2027-04-01") == "10")
        }
    }

    @Test
    func `what cannot be read is refused field by field, and nothing is stored`() async throws {
        try await Self.with(.sqlite) { world in
            var draft = Self.draft("hai mươi", from: "31/02/2027", to: "x")
            draft.source = ""
            draft.reason = " "
            let refusal = await #expect(throws: Refusal.self) {
                try await world.law.enter(draft, document: nil, by: world.keeper)
            }
            #expect(refusal?.fields.map(\.field) == ["value", "from", "to", "source", "reason"])
            let stored = try await world.store.read { try $0.integer("SELECT COUNT(*) FROM law_amendment") }
            #expect(stored == 0)
        }
    }

    @Test(arguments: Role.allCases.filter { $0 != .administrator })
    func `nobody but the administrator enters, keeps or withdraws`(role: Role) async throws {
        try await Self.with(.sqlite) { world in
            let id = try await world.law.enter(Self.draft(), document: nil, by: world.keeper)
            let other = Submission(viewer: Self.viewer(role))
            await #expect(throws: Refusal.self) { try await world.law.enter(Self.draft(), document: nil, by: other) }
            await #expect(throws: Refusal.self) { try await world.law.keep(id, by: other) }
            await #expect(throws: Refusal.self) { try await world.law.drop(id, by: other) }
            await #expect(throws: Refusal.self) { try await world.law.withdraw(id, reason: "x", by: other) }
            await #expect(throws: Refusal.self) { try await world.law.draft(id, for: other.viewer) }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a value is open for exactly what is not refused`(engine: TestEngine) async throws {
        try await Self.with(engine) { world in
            var opened: [StoredAmendment.State: Set<AmendmentAction>] = [:]
            for state in [StoredAmendment.State.draft, .kept, .withdrawn, .dropped] {
                for role in [Role.administrator, .analyst, .leader] {
                    for action in AmendmentAction.allCases {
                        let id = try await world.law.enter(Self.draft(), document: nil, by: world.keeper)
                        if state == .dropped { try await world.law.drop(id, by: world.keeper) }
                        if state == .kept || state == .withdrawn { try await world.law.keep(id, by: world.keeper) }
                        if state == .withdrawn { try await world.law.withdraw(id, reason: "x", by: world.keeper) }
                        let viewer = Self.viewer(role)
                        let found = try await world.law.draft(id, for: world.keeper.viewer)
                        let isOpen = found.actions(for: viewer).contains(action)
                        let submission = Submission(viewer: viewer)
                        let isClosed = try await isClosed {
                            switch action {
                            case .keep: try await world.law.keep(id, by: submission)
                            case .drop: try await world.law.drop(id, by: submission)
                            case .withdraw: try await world.law.withdraw(id, reason: "x", by: submission)
                            }
                        }
                        #expect(isOpen != isClosed, "\(action) of a value \(state), as \(role)")
                        if isOpen { opened[state, default: []].insert(action) }
                    }
                }
            }
            #expect(opened == [.draft: [.keep, .drop], .kept: [.withdraw]])
        }
    }
}
