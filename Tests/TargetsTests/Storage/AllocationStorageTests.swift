import Access
import Database
import Allocation
import Database
import Figures
import Files
import Kernel
import PlanText
import Province
import Targets
import TestFigures
import TestSupport
import TestWork
import Testing
import Work

/// The desk on which targets are split, kept on both engines.
@Suite
struct AllocationStorageTests {
    static let analyst = CountedWorld.analyst
    static let own = Submission(viewer: StorageWorld.communes[0])
    static func signed(_ number: String, _ day: String) -> SigningDraft {
        SigningDraft(number: number, day: day, signer: "Nguyễn Văn Ký")
    }

    static let pdf = IncomingFile(name: "qd.pdf", mediaType: "application/pdf", bytes: Array("%PDF".utf8))

    static func with(_ engine: TestEngine, _ body: (CountedWorld) async throws -> Void) async throws {
        try await CountedWorld.with(engine) { world in
            try await world.take(
                "90001 2026-12 900 100", "90002 2026-12 1800 200", "90003 2026-12 2700 300")
            try await body(world)
        }
    }

    /// `90001 1200/100 90002 …`
    static func split(_ id: RecordID, _ world: CountedWorld) async throws -> [String] {
        let (scenario, _) = try await world.allocations.scenario(id, for: StorageWorld.analyst)
        return try scenario.content.allocation().rows.map { "\($0.code) \($0.total)/\($0.voluntary)" }
    }

    static func begin(_ world: CountedWorld, copying source: RecordID? = nil) async throws -> RecordID {
        try await world.allocations.beginScenario(.city, year: 2027, name: "Một", copying: source, by: analyst)
    }

    @Test(arguments: TestEngine.allCases)
    func `a scenario begins from the last results and adds up to the plan's figures`(engine: TestEngine) async throws {
        try await Self.with(engine) { world in
            let id = try await Self.begin(world)
            let (scenario, _) = try await world.allocations.scenario(id, for: StorageWorld.analyst)
            let target = try #require(world.plan.targets.first { $0.year == 2027 })
            let rows = try scenario.content.allocation().rows
            #expect(rows.reduce(0) { $0 + $1.total } == target.total)
            #expect(rows.reduce(0) { $0 + $1.voluntary } == target.voluntary)
            #expect(scenario.content.units.map(\.lastTotal) == [1_000, 2_000, 3_000])
            #expect(scenario.content.sources.contains { $0.contains("12/2026") })
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a number is held, the others re-balance, and each change can be taken back`(engine: TestEngine) async throws {
        try await Self.with(engine) { world in
            let id = try await Self.begin(world)
            let before = try await Self.split(id, world)
            for held in [1_500, 1_600] {
                try await world.allocations.changeScenario(id, by: Self.analyst) { content in
                    content.settings.locks = ["90001": ["total": held]]
                    return "giữ \(held)"
                }
            }
            #expect(try await Self.split(id, world)[0].hasPrefix("90001 1600/"))
            try await world.allocations.undoScenario(id, by: Self.analyst)
            #expect(try await Self.split(id, world)[0].hasPrefix("90001 1500/"))
            try await world.allocations.undoScenario(id, by: Self.analyst)
            #expect(try await Self.split(id, world) == before)
            await #expect(throws: Refusal.self) { try await world.allocations.undoScenario(id, by: Self.analyst) }
            let (_, changes) = try await world.allocations.scenario(id, for: StorageWorld.analyst)
            #expect(changes.map(\.words) == ["giữ 1600", "giữ 1500"] && changes.allSatisfy(\.isUndone))
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `what cannot be split is refused with the bound to blame, and nothing changes`(engine: TestEngine) async throws
    {
        try await Self.with(engine) { world in
            let id = try await Self.begin(world)
            let before = try await Self.split(id, world)
            let refusal = await #expect(throws: Refusal.self) {
                try await world.allocations.changeScenario(id, by: Self.analyst) { content in
                    content.settings.locks = ["90001": ["total": 9_000_000]]
                    return "quá lớn"
                }
            }
            #expect(refusal?.fields.first?.message.contains("thiếu") ?? false)
            #expect(try await Self.split(id, world) == before)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func
        `a decision locks the figures and becomes the targets with its document; an adjustment makes new versions of what changes only`(
            engine: TestEngine
        ) async throws
    {
        try await Self.with(engine) { world in
            let id = try await Self.begin(world)
            try await world.allocations.decideScenario(
                id, Self.signed("12/QĐ-UBND", "05/07/2027"), file: Self.pdf, by: Self.analyst)
            let table = try #require(try await world.targets.targets(year: 2027, for: StorageWorld.analyst))
            #expect(Set(table.targets.values.map(\.document)) == ["Quyết định 12/QĐ-UBND ngày 05/07/2027"])
            #expect(table.difference(.total) == 0 && table.difference(.voluntary) == 0)
            await #expect(throws: Refusal.self) {
                try await world.allocations.changeScenario(id, by: Self.analyst) { content in
                    content.total += 1
                    return "x"
                }
            }
            #expect(try await world.allocations.decisionFile(id, for: Self.own.viewer).name == "qd.pdf")

            // A year that was decided is decided again only by adjusting that decision, not before it and not by its number.
            let sibling = try await Self.begin(world)
            for (scenario, number, day) in [
                (sibling, "13/QĐ-UBND", "08/07/2027")
            ] {
                await #expect(throws: Refusal.self) {
                    try await world.allocations.decideScenario(
                        scenario, Self.signed(number, day), file: Self.pdf, by: Self.analyst)
                }
            }
            let second = try await Self.begin(world, copying: id)
            for (number, day) in [
                ("12/QĐ-UBND", "08/07/2027"), ("15/QĐ-UBND", "01/07/2027"), ("15/QĐ-UBND", "08/07/1999"),
            ] {
                await #expect(throws: Refusal.self) {
                    try await world.allocations.decideScenario(
                        second, Self.signed(number, day), file: Self.pdf, by: Self.analyst)
                }
            }
            let held = try await world.allocations.scenario(second, for: StorageWorld.analyst).0.content.settings.locks
            #expect(held.count == 3, "an adjustment begins with every number held")
            let rows = try await world.allocations.scenario(id, for: StorageWorld.analyst).0.content.allocation().rows
            try await world.allocations.changeScenario(second, by: Self.analyst) { content in
                content.settings.locks = [
                    "90001": ["total": rows[0].total + 5, "voluntary": rows[0].voluntary],
                    "90002": ["total": rows[1].total - 5, "voluntary": rows[1].voluntary],
                    "90003": ["total": rows[2].total, "voluntary": rows[2].voluntary],
                ]
                return "chuyển 5"
            }
            try await world.allocations.decideScenario(
                second, Self.signed("15/QĐ-UBND", "08/07/2027"), file: Self.pdf, by: Self.analyst)
            let versions = try await CountedWorld.codes.asyncMap { code in
                try await world.targets.targetVersions(of: code, for: StorageWorld.analyst).filter { $0.year == 2027 }
                    .count
            }
            #expect(versions == [2, 2, 1])
            #expect(
                try await world.allocations.decision(.city, year: 2027, for: Self.own.viewer)?.citation
                    == "Quyết định 15/QĐ-UBND ngày 08/07/2027")
        }
    }

    @Test
    func `a decision wants its number, a day that has come, and the signed file`() async throws {
        try await Self.with(.sqlite) { world in
            let id = try await Self.begin(world)
            let refusal = await #expect(throws: Refusal.self) {
                try await world.allocations.decideScenario(
                    id, SigningDraft(number: "12", day: "05/12/2099"), file: nil, by: Self.analyst)
            }
            #expect(refusal?.fields.map(\.field) == ["number", "signedOn", "signer", "file"])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `communes propose until the day that was set, for themselves only, and see their own`(engine: TestEngine)
        async throws
    {
        try await Self.with(engine) { world in
            try await world.allocations.callForProposals(year: 2027, until: "12/07/2027", by: Self.analyst)
            func asked() async throws -> [String] {
                let today = world.base.clock.clock.today
                return try await world.store.read { connection in
                    try AllocationService.openCalls(to: CountedWorld.codes[0], today: today, on: connection)
                }.map { "\($0.year) \($0.until)" }
            }
            #expect(try await asked() == ["2027 2027-07-12"])
            try await world.allocations.propose(
                CountedWorld.codes[0], year: 2027, total: "1.300", voluntary: "150", reason: "Khu công nghiệp mới",
                conditions: "Nhà máy mở", by: Self.own)
            #expect(try await asked().isEmpty)
            await #expect(throws: Refusal.self) {
                try await world.allocations.propose(
                    CountedWorld.codes[1], year: 2027, total: "5", voluntary: "1", reason: "x", conditions: "",
                    by: Self.own)
            }
            let refusal = await #expect(throws: Refusal.self) {
                try await world.allocations.propose(
                    CountedWorld.codes[0], year: 2027, total: "1000", voluntary: "2000", reason: "", conditions: "",
                    by: Self.own)
            }
            #expect(refusal?.fields.map(\.field) == ["voluntary", "reason"])
            let seen = try await world.allocations.proposals(year: 2027, for: StorageWorld.analyst)
            #expect(seen.proposals.mapValues(\.total) == [CountedWorld.codes[0]: 1_300])
            #expect(
                try await world.allocations.proposals(year: 2027, for: StorageWorld.communes[1]).proposals.isEmpty)
            let id = try await Self.begin(world)
            let content = try await world.allocations.scenario(id, for: StorageWorld.analyst).0.content
            #expect(content.units[0].proposalTotal == 1_300 && content.conditions["90001"] == "Nhà máy mở")
            world.base.clock.advance(seconds: 3 * 86_400)
            await #expect(throws: Refusal.self) {
                try await world.allocations.propose(
                    CountedWorld.codes[0], year: 2027, total: "1.400", voluntary: "150", reason: "Muộn", conditions: "",
                    by: Self.own)
            }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a commune splits its voluntary target over groups, and associations count or help by the rule`(
        engine: TestEngine
    ) async throws {
        try await Self.with(engine) { world in
            let scope = AllocationScope.commune(CountedWorld.codes[0])
            await #expect(throws: Refusal.self) {
                try await world.allocations.beginScenario(scope, year: 2027, name: "A", by: Self.own)
            }
            _ = try await GroupStorageTests.load(
                [GroupStorageTests.heading, "1;Thôn Đông;120;400;;20", "2;Thôn Bắc;90;300;;10"], in: world)
            await #expect(throws: Refusal.self) {
                try await world.allocations.beginScenario(scope, year: 2027, name: "A", by: Self.own)
            }
            try await world.target("90001 1200 60")
            let id = try await world.allocations.beginScenario(scope, year: 2027, name: "A", by: Self.own)
            func numbers() async throws -> [Int] {
                try await world.allocations.scenario(id, for: Self.own.viewer).0.content.allocation().rows.map(
                    \.voluntary)
            }
            #expect(try await numbers().reduce(0, +) == 60)
            try await world.allocations.changeScenario(id, by: Self.own) { content in
                content.associations = [
                    .init(name: "Hội Phụ nữ", members: 300), .init(name: "Hội Nông dân", members: 100),
                ]
                return "hội"
            }
            // By residence associations help: their numbers are told, not added.
            let helping = try await world.allocations.scenario(id, for: Self.own.viewer).0.content.helping
            #expect(helping.map(\.target) == [45, 15])
            #expect(try await numbers().count == 2)
            try await world.allocations.changeScenario(id, by: Self.own) { content in
                content.rule = .association
                return "quy tắc"
            }
            let all = try await numbers()
            #expect(all.count == 4 && all.reduce(0, +) == 60)
            try await world.allocations.decideScenario(
                id, Self.signed("3/QĐ-UBND", "09/07/2027"), file: Self.pdf, by: Self.own)
            let groups = try await world.groups.groups(of: CountedWorld.codes[0], for: Self.own.viewer)
            #expect(groups.map(\.voluntaryTarget) == [all[0], all[1]])
            // Next year's split waits for its year; a split of another sum than the city's target is refused.
            _ = try await world.targets.loadTargets(
                CountedWorld.file(["Mã xã;Tổng số;Tự nguyện", "90001;1300;90"]), year: 2028, document: "QĐ 2/QĐ-UBND",
                by: Self.analyst)
            let next = try await world.allocations.beginScenario(scope, year: 2028, name: "B", by: Self.own)
            try await world.allocations.decideScenario(
                next, Self.signed("4/QĐ-UBND", "09/07/2027"), file: Self.pdf, by: Self.own)
            let now = try await world.groups.groups(of: CountedWorld.codes[0], for: Self.own.viewer)
            #expect(now.map(\.voluntaryTarget) == [all[0], all[1]])
            world.base.clock.advance(seconds: 190 * 86_400)
            for scenario in try await world.allocations.dueGroupTargets() {
                try await world.store.write { try world.allocations.giveGroupTargets(of: scenario, on: $0) }
            }
            let later = try await world.groups.groups(of: CountedWorld.codes[0], for: Self.own.viewer)
            #expect(later.map(\.year) == [2028, 2028])
            #expect(later.compactMap(\.voluntaryTarget).reduce(0, +) == 90)
        }
    }

    @Test
    func `nobody but the coordinating agency splits the city's target, nobody but a commune its own`() async throws {
        try await Self.with(.sqlite) { world in
            let id = try await Self.begin(world)
            let other = Submission(viewer: StorageWorld.communes[1])
            for submission in [Self.own, other] {
                await #expect(throws: Refusal.self) {
                    try await world.allocations.beginScenario(.city, year: 2027, name: "X", by: submission)
                }
                await #expect(throws: Refusal.self) { try await world.allocations.scenario(id, for: submission.viewer) }
                await #expect(throws: Refusal.self) {
                    try await world.allocations.changeScenario(id, by: submission) { content in
                        content.total += 1
                        return "x"
                    }
                }
                await #expect(throws: Refusal.self) {
                    try await world.allocations.decideScenario(
                        id, Self.signed("1/QĐ", "05/07/2027"), file: Self.pdf, by: submission)
                }
            }
            await #expect(throws: Refusal.self) {
                try await world.allocations.beginScenario(
                    .commune(CountedWorld.codes[0]), year: 2027, name: "X", by: other)
            }
        }
    }
}

extension Sequence {
    fileprivate func asyncMap<T>(_ transform: (Element) async throws -> T) async rethrows -> [T] {
        var result: [T] = []
        for element in self { result.append(try await transform(element)) }
        return result
    }
}
