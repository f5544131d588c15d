import Access
import Database
import Kernel
import TestSupport
import Testing

@testable import Figures

/// Figures held against the audit trail.
@Suite
struct FigureTrailTests {
    static func problems(_ world: FiguresWorld) async throws -> [String] {
        try await world.store.read { try FigureTrail.problems(on: $0) }
    }

    @Test(arguments: TestEngine.allCases)
    func `figures taken, replaced and withdrawn match what was sealed`(engine: TestEngine) async throws {
        try await FiguresWorld.with(engine) { world in
            try await world.take("09/2026", "10507;100;10", "10525;200;20")
            try await world.take("09/2026", "10507;101;10", name: "lần 2.csv")
            #expect(try await Self.problems(world) == [])
        }
    }

    @Test(
        arguments: TestEngine.allCases,
        [
            "INSERT INTO figure_entry (commune, month, scheme, batch, people) VALUES ('11443', '2026-09', 'voluntary', 1, 5)",
            "UPDATE participant_figure SET people = 999 WHERE commune = '10525' AND scheme = 'compulsory'",
        ])
    func `figures changed behind the program's back are found`(engine: TestEngine, change: String) async throws {
        try await FiguresWorld.with(engine) { world in
            try await world.take("09/2026", "10507;100;10", "10525;200;20")
            let changed = try await world.store.write { try $0.execute(change) }
            #expect(changed == 1)
            #expect(try await !Self.problems(world).isEmpty)
        }
    }
}
