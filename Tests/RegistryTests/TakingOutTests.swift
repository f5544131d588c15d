import Database
import Formats
import Kernel
import Registry
import TestSupport
import Testing

/// A withdrawn delivery is gone as if it had never come.
@Suite
struct TakingOutTests {
    /// Rows of people with few numbers, so that many share one.
    private static func rows(_ count: Int, using random: inout SeededGenerator) throws -> [DeliveredRow] {
        let names = ["Nguyễn Thị Hoa", "Nguyễn Hoa", "Trần Văn Bình", "Trần Binh", "Lê Thị Thu"]
        return try (0..<count).map { index in
            try person(
                names[Int.random(in: 0..<names.count, using: &random)],
                id: Bool.random(using: &random) ? "03109000000\(Int.random(in: 0..<6, using: &random))" : nil,
                old: Bool.random(using: &random) ? "03000000\(Int.random(in: 0..<6, using: &random))" : nil,
                commune: ["11311", "11329"][Int.random(in: 0..<2, using: &random)], row: index)
        }
    }

    @Test(arguments: TestEngine.allCases, [UInt64(1), 2, 3])
    func `what is derived is to the byte what it is without the delivery`(engine: TestEngine, seed: UInt64) async throws
    {
        var random = SeededGenerator(seed: seed)
        let deliveries = try (0..<4).map { _ in try Self.rows(40, using: &random) }
        let expected = try await RegistryWorld.with(engine) { world in
            for (index, rows) in deliveries.enumerated() where index != 1 {
                try await world.deliver(index + 1, rows)
            }
            return (try await world.members(), world.keys)
        }
        try await RegistryWorld.with(engine) { world in
            for (index, rows) in deliveries.enumerated() { try await world.deliver(index + 1, rows, chunk: 7) }
            #expect(try await world.members() != expected.0)
            try await world.takeOut(2, chunk: 7)
            #expect(try await world.members() == expected.0)
        }
        // The index as well, which later records are compared with.
        try await RegistryWorld.with(engine) { world in
            for (index, rows) in deliveries.enumerated() where index != 1 {
                try await world.deliver(index + 1, rows)
            }
            let without = try await world.derived()
            try await world.derive(chunk: 9)
            let persons = try await world.table("person", by: "entity")
            try await world.deliver(5, deliveries[1])
            try await world.derive()
            try await world.takeOut(5, chunk: 3)
            try await world.derive(chunk: 5)
            #expect(try await world.derived() == without)
            #expect(!persons.isEmpty)
            #expect(try await world.table("person", by: "entity") == persons)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `records that a correction takes the place of stay, out of every cluster`(engine: TestEngine) async throws {
        try await RegistryWorld.with(engine) { world in
            try await world.deliver(1, [person("Nguyễn Thị Hoa", id: "031185001234")])
            try await world.takeOut(1, erases: false)
            #expect(try await world.members().isEmpty)
            let kept = try await world.store.read { try $0.integer("SELECT COUNT(*) FROM record") }
            #expect(kept == 1)
            try await world.deliver(2, [person("Nguyễn Thị Hoa", id: "031185001234")])
            #expect(try await world.members() == ["2.0 1 participant 2.0"])
        }
    }
}
