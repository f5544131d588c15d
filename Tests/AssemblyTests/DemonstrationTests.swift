import Access
import Allocation
import Assembly
import Database
import Figures
import Foundation
import Kernel
import Notices
import Overview
import PlanText
import Province
import Registry
import Synchronization
import Targets
import Testing
import Work

/// The demonstration: invented, filled, and sound.
@Suite
struct DemonstrationTests {
    static func prepare(
        _ folder: String, plan: String = Scene.anBien, on day: String,
        heard: @escaping @Sendable (String) -> Void = { _ in }
    ) async throws -> Demonstration {
        let settings = try await Scene.settings(["database": folder + "/demo.sqlite", "plan": plan])
        return try await Demonstration.prepare(settings, clock: .fixed(try Scene.moment(day)), tell: heard)
    }

    @Test
    func `Hải Phòng's has an account of every role and work of every status`() async throws {
        try await Scene.withFolder { folder in
            let demonstration = try await Self.prepare(folder, plan: Scene.haiPhong, on: "2026-09-15")
            let system = demonstration.system
            #expect(system.register.keys != nil, "its register is closed")
            #expect(Set(demonstration.accounts.map(\.role)) == Set(Role.allCases))
            for account in demonstration.accounts {
                let signedIn = try await system.access.signIn(
                    login: account.login, password: demonstration.password, address: "", device: "")
                #expect(signedIn.stage == .complete, "\(account.login)")
                #expect(account.name.contains("minh họa"))
            }
            let auditor = Viewer(
                account: RecordID(at: system.clock.now), login: "x", name: "X", role: .auditor,
                rights: Grants.ofRoles.rights(of: .auditor))
            let counts = try await system.work.counts(WorkFilter(), for: auditor)
            for status in WorkStatus.allCases where status != .beforeUse {
                #expect(counts[status] > 0, "no work is \(status)")
            }
            let analyst = Viewer(
                account: RecordID(at: system.clock.now), login: "y", name: "Y", role: .analyst,
                rights: Grants.ofRoles.rights(of: .analyst), agency: system.definition.coordinatingAgency)
            let obstacles = try await system.obstacles.obstacles(for: analyst)
            #expect(obstacles.contains { $0.status == .answered } && obstacles.contains { $0.status == .new })
            #expect(try await system.notices.outbox.letters(for: analyst).isEmpty == false)
            try await Self.checkFigures(of: system, for: auditor)
            #expect(try await AuditTrail.verify(in: system.store).problems.isEmpty)
            #expect(try await system.store.read { try $0.integrityProblems() }.isEmpty)
            try await system.store.close()
        }
    }

    /// What an officer of the city would find odd at a glance.
    private static func checkFigures(of system: BaoPhuSystem, for viewer: Viewer) async throws {
        let board = try await system.overview.dashboard(for: viewer)
        let month = try #require(board.month)
        // An island of some hundreds of residents.
        let island = try #require(CommuneCode("11948"))
        let standing = try #require(board.communes.first { $0.commune.code == island })
        let people = try #require(standing.total.progress.now)
        #expect((50...400).contains(people), "\(people) on Bạch Long Vĩ")
        let sum = try #require(board.total.progress.now)
        #expect((1_050_000...1_250_000).contains(sum))
        let coverage = try #require(board.picture?.coverage)
        #expect((0.4...0.55).contains(coverage.share) && coverage.source.contains("minh họa"), "\(coverage.share)")
        let late = try #require(board.picture?.late?.rate)
        #expect((0.02...0.03).contains(late))
        #expect(board.blocks?.month == month && board.blocks?.lines.count == 11)
        // Opening and flows explain the closing but for a few in a thousand.
        let accounts = try #require(board.picture?.accounts)
        #expect(accounts.map(\.scheme) == [.compulsory, .voluntary])
        for account in accounts {
            let (remainder, closing) = (try #require(account.remainder), try #require(account.closing))
            #expect(abs(remainder) * 200 < closing, "\(account)")
        }
        // The voluntary fall a little over the new year, and the flows say by whom.
        let january = try #require(Month(year: month.year, month: 1))
        func voluntary(_ month: Month) async throws -> Int {
            try await system.figures.figures(of: month).filter { $0.scheme == .voluntary }.reduce(0) { $0 + $1.people }
        }
        let before = try await voluntary(january.adding(months: -1))
        let after = try await voluntary(january)
        let share = Double(before - after) / Double(before)
        #expect((0.01...0.06).contains(share), "\(share) of the voluntary gone in January")
        // Form B06-TS is in beside the others.
        let movements = try await system.store.read { try MovementService.movements(of: month, on: $0) }
        let ways = movements.filter { [MovementMeasure.paid, .due, .ahead].contains($0.key.measure) }.reduce(0) {
            $0 + $1.value
        }
        let all = movements.first {
            $0.key.measure == .participants && $0.key.scheme == .voluntary && $0.key.block == nil
        }
        #expect(ways > 0 && all?.value == ways)
        #expect(movements.count { $0.key.measure == .stoppedOpen } == 2)
        // The desk does not ask the same growth of everybody.
        let scenarios = try await system.allocations.scenarios(.city, year: board.year + 1, for: viewer)
        let scenario = try await system.allocations.scenario(try #require(scenarios.first).id, for: viewer).0
        #expect(scenario.content.units.allSatisfy { $0.labourForce != nil && $0.pool != nil })
        let growths = zip(try scenario.content.allocation().rows, scenario.content.units).compactMap { row, unit in
            unit.lastTotal.map { Double(row.total - $0) / Double($0) }
        }.sorted()
        #expect(growths[growths.count * 9 / 10] - growths[growths.count / 10] > 0.02)
    }

    @Test(arguments: ["2019-01-01", "2027-01-02", "2040-06-30"])
    func `a day outside the plan is shifted into it, and told`(day: String) async throws {
        try await Scene.withFolder { folder in
            let heard = Mutex<[String]>([])
            let demonstration = try await Self.prepare(folder, on: day) { line in heard.withLock { $0.append(line) } }
            let today = demonstration.system.clock.today
            let plan = demonstration.system.definition
            #expect(today > plan.effectiveFrom && plan.years.contains(today.year))
            let told = heard.withLock { $0 }
            #expect(told.contains { $0.contains(day) && $0.contains("\(today)") }, "\(told)")
            try await demonstration.system.store.close()
        }
    }

    @Test
    func `a day inside the plan is today`() async throws {
        try await Scene.withFolder { folder in
            let demonstration = try await Self.prepare(folder, on: "2027-11-10")
            #expect(demonstration.system.clock.today == Day("2027-11-10"))
            try await demonstration.system.store.close()
        }
    }

    @Test
    func `each start begins anew with another password`() async throws {
        try await Scene.withFolder { folder in
            let first = try await Self.prepare(folder, on: "2027-11-10")
            let viewer = try await Scene.officer(in: first.system, login: "nguoi-la")
            #expect(viewer.login == "nguoi-la")
            try await first.system.store.close()
            let second = try await Self.prepare(folder, on: "2027-11-10")
            let accounts = try await second.system.store.read { try Accounts.all(within: .ofSystem, on: $0) }
            #expect(!accounts.contains { $0.login == "nguoi-la" })
            #expect(accounts.count == second.accounts.count)
            #expect(first.password != second.password)
            try await second.system.store.close()
        }
    }

    @Test
    func `a PostgreSQL database is never touched`() async throws {
        let settings = try await Scene.settings(["database": "postgres:///that?host=/khong/co"])
        let problem = await #expect(throws: Settings.Problem.self) {
            try await Demonstration.prepare(settings, clock: .fixed(try Scene.moment("2027-11-10"))) { _ in }
        }
        #expect(problem?.key == "database" && problem?.source == "flag")
    }
}
