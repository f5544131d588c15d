import Access
import Figures
import Kernel
import TestSupport
import Testing

/// Batches undone: what held before holds again.
@Suite
struct WithdrawStorageTests {
    static let insurance = Submission(viewer: FiguresWorld.insurance)

    static func withdraw(_ batch: Int, in world: FiguresWorld) async throws {
        try await world.service.withdraw(batch: batch, reason: "Nhầm tệp", by: insurance)
    }

    static func compulsory(_ world: FiguresWorld) async throws -> String? {
        try await world.holding().first { $0.contains("10507 2026-09 compulsory") }
    }

    @Test(arguments: TestEngine.allCases)
    func `undoing the only batch leaves no figure and keeps its history`(engine: TestEngine) async throws {
        try await FiguresWorld.with(engine) { world in
            try await world.take("09/2026", "10507;100;10")
            try await Self.withdraw(1, in: world)
            #expect(try await world.holding() == [])
            let history = try await world.service.history(
                of: .known("10507"), .compulsory, .known(2026, 9), for: FiguresWorld.analyst)
            #expect(history.map(\.people) == [100])
            #expect(history.map(\.holds) == [false])
            #expect(history.first?.batch.withdrawnBy == FiguresWorld.insurance.name)
            #expect(history.first?.batch.withdrawnReason == "Nhầm tệp")
            #expect(history.first?.batch.withdrawnAt != nil)
            #expect(try await world.trail() == ["figures.imported", "figures.withdrawn"])
            // The file can be taken again.
            #expect(try await world.take("09/2026", "10507;100;10").batch == 2)
            #expect(try await Self.compulsory(world) == "10507 2026-09 compulsory 100 @2")
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `undoing restores what held before, figure by figure`(engine: TestEngine) async throws {
        try await FiguresWorld.with(engine) { world in
            try await world.take("09/2026", "10507;100;10", "10525;200;20")
            let before = try await world.holding()
            try await world.take("09/2026", "10507;110;11", "11443;300;30")
            try await Self.withdraw(2, in: world)
            #expect(try await world.holding() == before)
        }
    }

    /// Which batches of three are undone, in order, and what holds after each.
    static let orders: [(undone: [Int], holds: [String])] = [
        ([3, 2, 1], ["110 @2", "100 @1", "-"]), ([2, 3, 1], ["120 @3", "100 @1", "-"]),
        ([1, 2, 3], ["120 @3", "120 @3", "-"]),
        ([2, 1, 3], ["120 @3", "120 @3", "-"]), ([3, 1, 2], ["110 @2", "110 @2", "-"]),
        ([1, 3, 2], ["120 @3", "110 @2", "-"]),
    ]

    @Test(arguments: TestEngine.allCases, orders.indices)
    func `of three layers any may be undone in any order`(engine: TestEngine, index: Int) async throws {
        let order = Self.orders[index]
        try await FiguresWorld.with(engine) { world in
            for people in [100, 110, 120] { try await world.take("09/2026", "10507;\(people);10") }
            for (batch, holds) in zip(order.undone, order.holds) {
                try await Self.withdraw(batch, in: world)
                let held = try await Self.compulsory(world) ?? "10507 2026-09 compulsory -"
                #expect(held == "10507 2026-09 compulsory \(holds)")
            }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a batch is undone once, with a reason, and one that is not there not at all`(engine: TestEngine) async throws
    {
        try await FiguresWorld.with(engine) { world in
            try await world.take("09/2026", "10507;100;10")
            await expectRefusal(.invalid, field: "reason") {
                try await world.service.withdraw(batch: 1, reason: " \n", by: Self.insurance)
            }
            try await Self.withdraw(1, in: world)
            let before = try await world.footprint()
            await expectRefusal(.stale) { try await Self.withdraw(1, in: world) }
            await expectRefusal(.stale) { try await Self.withdraw(7, in: world) }
            #expect(try await world.footprint() == before)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `the same form undoes once`(engine: TestEngine) async throws {
        try await FiguresWorld.with(engine) { world in
            try await world.take("09/2026", "10507;100;10")
            try await world.take("09/2026", "10507;110;10")
            let form = Submission(viewer: FiguresWorld.insurance, form: "m1")
            try await world.service.withdraw(batch: 2, reason: "Nhầm", by: form)
            try await world.service.withdraw(batch: 2, reason: "Nhầm", by: form)
            #expect(try await Self.compulsory(world) == "10507 2026-09 compulsory 100 @1")
            #expect(try await world.trail("figure-batch/2") == ["figures.imported", "figures.withdrawn"])
        }
    }

    /// A later file that states a figure again stands behind it too: undoing the earlier one must not take it away.
    @Test(arguments: TestEngine.allCases)
    func `a figure that a later file repeats outlives the batch that first had it`(engine: TestEngine) async throws {
        try await FiguresWorld.with(engine) { world in
            try await world.take("09/2026", "10507;100;10", "10525;200;20")
            try await world.take("09/2026", "10507;100;10", "10525;210;20", name: "bổ sung.csv")
            try await Self.withdraw(1, in: world)
            let held = try await world.holding().map { $0.split(separator: " @")[0] }
            #expect(
                held == [
                    "10507 2026-09 compulsory 100", "10507 2026-09 voluntary 10", "10525 2026-09 compulsory 210",
                    "10525 2026-09 voluntary 20",
                ])
        }
    }

    @Test(arguments: TestEngine.allCases, 1...4)
    func `after any imports and undoings the figures that hold are those worked out anew`(
        engine: TestEngine, seed: Int
    ) async throws {
        let communes = ["10507", "10525", "11443", "11948"]
        try await FiguresWorld.with(engine) { world in
            var generator = SeededGenerator(seed: UInt64(seed))
            var live: [Int] = []
            for step in 0..<40 {
                if !live.isEmpty, Int.random(in: 0...2, using: &generator) == 0 {
                    let batch = live.remove(at: Int.random(in: 0..<live.count, using: &generator))
                    try await Self.withdraw(batch, in: world)
                } else {
                    let month = Int.random(in: 7...9, using: &generator)
                    let lines = communes.shuffled(using: &generator).prefix(Int.random(in: 1...4, using: &generator))
                        .map {
                            // Few values, so that files often repeat one another; none jumps.
                            "\($0);\(Int.random(in: 100...104, using: &generator));\(Int.random(in: 60...62, using: &generator))"
                        }
                    let file = FiguresWorld.file("\(month)/2026", lines)
                    let outcome = try await world.service.importFile(file, by: .commandLine)
                    #expect(outcome.reading.errors.isEmpty)
                    if let batch = outcome.batch { live.append(batch) }
                    #expect(outcome.added + outcome.changed + outcome.unchanged == lines.count * 2)
                    #expect((outcome.batch == nil) == (outcome.added + outcome.changed == 0))
                }
                let (held, anew) = (try await world.holding(), try await world.recomputed())
                let same = held == anew
                #expect(same, "step \(step): \(Set(held).symmetricDifference(anew).sorted())")
            }
            for batch in live { try await Self.withdraw(batch, in: world) }
            #expect(try await world.count("SELECT COUNT(*) FROM participant_figure") == 0)
            #expect(try await AuditTrail.verify(in: world.store).problems == [])
        }
    }
}
