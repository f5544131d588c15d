import Access
import Database
import Figures
import Kernel
import Registry
import TestSupport
import Testing

/// Months whose figures the register makes.
@Suite
struct RegisterMonthStorageTests {
    private static let insurance = Submission(viewer: FiguresWorld.insurance)
    private static let document = "Quyết định 15/QĐ-BHXH"

    /// Stock and flow as the register's own tests make them from records: 900 carried and 100 new compulsory, 100 voluntary at
    /// home in 10507; of the compulsory 300 work in 10525; 7 of no known commune.
    private static func fill(_ world: FiguresWorld, new: Int = 100) async throws {
        let rows: [(String, String, String, String, Int, String, Int)] = [
            ("10507", "", "10507", "compulsory", 3, "carried", 700),
            ("10507", "", "10525", "compulsory", 2, "carried", 200),
            ("10507", "2026-09", "10525", "compulsory", 2, "new", new),
            ("10507", "", "", "voluntary", 0, "carried", 90),
            ("10507", "2026-09", "", "voluntary", 0, "returned", 10), ("", "", "10507", "compulsory", 3, "carried", 7),
        ]
        try await world.store.write { connection in
            try connection.execute("DELETE FROM flow")
            for row in rows {
                try connection.execute(
                    "INSERT INTO flow (commune, month, workplace, scheme, block, movement, people) VALUES (?, ?, ?, ?, ?, ?, ?)",
                    row.0, row.1, row.2, row.3, row.4, row.5, row.6)
            }
        }
    }

    private static func with<T>(_ engine: TestEngine, _ body: (FiguresWorld) async throws -> T) async throws -> T {
        try await FiguresWorld.with(engine) { world in
            try await world.take("08/2026", "10507;880;95")
            try await world.take("09/2026", "10507;990;100")
            try await fill(world)
            return try await body(world)
        }
    }

    private static func held(_ world: FiguresWorld) async throws -> [String] {
        try await world.holding().filter { $0.hasPrefix("10507 2026-09") }
    }

    @Test(arguments: TestEngine.allCases)
    func `in charge, the register's counts hold; released, the imported ones hold again`(engine: TestEngine)
        async throws
    {
        try await Self.with(engine) { world in
            let taken = try await world.service.putRegisterInCharge(
                of: .known(2026, 9), document: Self.document, by: Self.insurance)
            #expect(taken.unplaced == 7)
            let batch = try #require(taken.batch)
            #expect(
                try await Self.held(world) == [
                    "10507 2026-09 compulsory 1000 @\(batch)", "10507 2026-09 voluntary 100 @\(batch)",
                ])
            let kept = try await world.service.batch(batch, for: FiguresWorld.commune)
            #expect(kept.kind == .register)
            #expect(kept.source.contains(Self.document))
            #expect(try await world.service.refreshRegisterMonths().isEmpty)
            try await world.service.releaseRegister(of: .known(2026, 9), reason: "Thử xong", by: Self.insurance)
            #expect(
                try await Self.held(world) == ["10507 2026-09 compulsory 990 @2", "10507 2026-09 voluntary 100 @2"])
            await expectRefusal(.stale) {
                try await world.service.releaseRegister(of: .known(2026, 9), reason: "Thử", by: Self.insurance)
            }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `what changes in the register or is imported over it is taken anew`(engine: TestEngine) async throws {
        try await Self.with(engine) { world in
            _ = try await world.service.putRegisterInCharge(
                of: .known(2026, 9), document: Self.document, by: Self.insurance)
            try await Self.fill(world, new: 105)
            #expect(try await world.service.refreshRegisterMonths() == [.known(2026, 9)])
            #expect(try await Self.held(world).first?.hasPrefix("10507 2026-09 compulsory 1005 ") == true)
            try await world.take("09/2026", "10507;991;100")
            #expect(try await world.service.refreshRegisterMonths() == [.known(2026, 9)])
            #expect(try await Self.held(world).first?.hasPrefix("10507 2026-09 compulsory 1005 ") == true)
            try await world.service.releaseRegister(of: .known(2026, 9), reason: "Thử xong", by: Self.insurance)
            #expect(try await Self.held(world).first?.hasPrefix("10507 2026-09 compulsory 991 ") == true)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `the difference is told apart into what is older and what is of the month`(engine: TestEngine) async throws {
        try await Self.with(engine) { world in
            let difference = try await world.store.read { try RegisterDifference(of: .known(2026, 9), on: $0) }
            #expect(difference.unplaced == 7)
            #expect(difference.compared == 2)
            let line = try #require(difference.lines.first)
            #expect(difference.lines.count == 1)
            #expect([line.imported, line.counted, line.difference] == [990, 1_000, 10])
            // 900 of before against 880 that were imported; 100 new against 110.
            #expect(line.causes == [.earlier: 20, .month: -10])
            #expect(line.byOtherPlace == 707)
            #expect(!line.isOfPlace)
            // The same while the register is in charge.
            _ = try await world.service.putRegisterInCharge(
                of: .known(2026, 9), document: Self.document, by: Self.insurance)
            #expect(try await world.store.read { try RegisterDifference(of: .known(2026, 9), on: $0) } == difference)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `what is compared is told by scheme, by cause and by class of movement, each within the own communes`(
        engine: TestEngine
    ) async throws {
        try await Self.with(engine) { world in
            try await world.store.write { connection in
                for (measure, scheme, people) in [
                    ("joined", "compulsory", 108), ("returned", "voluntary", 10), ("stopped", "voluntary", 3),
                ] {
                    try connection.execute(
                        "INSERT INTO movement (place, month, measure, scheme, block, value, batch) VALUES (?, ?, ?, ?, ?, ?, ?)",
                        "10507", "2026-09", measure, scheme, 0, people, 1)
                }
            }
            let insurance = FiguresWorld.insurance
            let all = try await world.service.compareRegister(of: .known(2026, 9), within: .ofSystem, for: insurance)
            #expect(all.unplaced == 7 && all.charge == nil)
            let compulsory = try #require(all.totals.first { $0.scheme == .compulsory })
            #expect([compulsory.communes, compulsory.imported, compulsory.counted] == [1, 990, 1_000])
            #expect(
                compulsory.causes.map { "\($0.cause.rawValue) \($0.people) \($0.communes)" } == [
                    "earlier 20 1", "month -10 1",
                ])
            #expect(compulsory.causes.reduce(0) { $0 + $1.people } == compulsory.difference)
            let voluntary = try #require(all.totals.first { $0.scheme == .voluntary })
            #expect(voluntary.difference == 0 && voluntary.causes.isEmpty)
            #expect(
                all.movements.map { "\($0.scheme.rawValue) \($0.measure.rawValue) \($0.imported) \($0.counted)" } == [
                    "compulsory joined 108 100", "voluntary returned 10 10", "voluntary stopped 3 0",
                ])
            // The imported figures stand beside the register's also while these hold.
            _ = try await world.service.putRegisterInCharge(
                of: .known(2026, 9), document: Self.document, by: Self.insurance)
            let charged = try await world.service.compareRegister(
                of: .known(2026, 9), within: .ofSystem, for: insurance)
            #expect(charged.charge == Self.document && charged.totals == all.totals)
            // Nobody's communes: nothing is told.
            let none = Scope.none(for: FiguresWorld.commune)
            let bounded = try await world.service.compareRegister(of: .known(2026, 9), within: none, for: insurance)
            #expect(bounded.totals.isEmpty && bounded.movements.isEmpty && bounded.unplaced == nil)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `it takes a right, a document and a month that the register knows`(engine: TestEngine) async throws {
        try await Self.with(engine) { world in
            let service = world.service
            await expectRefusal(.forbidden) {
                _ = try await service.putRegisterInCharge(
                    of: .known(2026, 9), document: "x", by: Submission(viewer: FiguresWorld.commune))
            }
            await expectRefusal(.invalid) {
                _ = try await service.putRegisterInCharge(of: .known(2026, 9), document: " ", by: Self.insurance)
            }
            await expectRefusal(.notNow) {
                _ = try await service.putRegisterInCharge(of: .known(2026, 7), document: "x", by: Self.insurance)
            }
        }
    }
}

extension Scope {
    /// What somebody without the right may see of.
    fileprivate static func none(for viewer: Viewer) -> Scope {
        viewer.scope(of: .setRegisterMonths, everything: .setRegisterMonths)
    }
}
