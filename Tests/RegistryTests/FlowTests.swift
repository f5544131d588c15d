import Access
import Database
import Formats
import Kernel
import TestSupport
import Testing

@testable import Registry

/// Stock and flow as the register counts them.
@Suite
struct FlowTests {
    private static func month(_ text: String) throws -> Month { try #require(Month(text)) }

    private static func participant(
        _ number: Int, unit: String, commune: String = "11311", month: String? = nil
    ) throws -> DeliveredRow {
        var row = try person("Nguyễn Văn A\(number)", id: "0310900\(10000 + number)", commune: commune, row: number)
        row.values[.unitCode] = .text(unit)
        row.values[.base] = .money(Dong(5_310_000))
        return row
    }

    private static func movement(
        _ number: Int, unit: String, _ change: String, from: String? = nil, to: String? = nil, commune: String = "11311"
    ) throws -> DeliveredRow {
        var row = try person(
            "Nguyễn Văn A\(number)", id: "0310900\(10000 + number)", commune: commune, row: number, kind: .movement)
        row.values[.unitCode] = .text(unit)
        row.values[.change] = .code(change)
        row.values[.from] = try from.map { .month(try month($0)) }
        row.values[.to] = try to.map { .month(try month($0)) }
        return row
    }

    private static func payment(
        _ number: Int, from: String, months: Int, change: String, commune: String = "11311"
    ) throws -> DeliveredRow {
        var row = try person(
            "Nguyễn Văn A\(number)", id: "0310900\(10000 + number)", commune: commune, row: number,
            kind: .voluntaryPayment)
        row.values[.from] = .month(try month(from))
        row.values[.months] = .count(months)
        row.values[.change] = .code(change)
        return row
    }

    private static func unit(_ code: String, commune: String, kind: String) throws -> DeliveredRow {
        var row = try employer("Đơn vị \(code)", unit: code, commune: commune)
        row.values[.unitKind] = .text(kind)
        return row
    }

    private static func lines(
        _ world: RegistryWorld, _ text: String, by place: FlowPlace = .residence, within scope: Scope = .ofSystem
    ) async throws -> [String] {
        let month = try month(text)
        return try await world.store.read { connection in
            try RegisterFlows.of(month: month, by: place, within: scope, on: connection).map { line in
                let moves = FlowMovement.allCases.filter { line[$0] != 0 }.map { "\($0.rawValue) \(line[$0])" }
                return
                    "\(line.key.residence?.text ?? "-")/\(line.key.employer?.text ?? "-") \(line.key.scheme.rawValue) \(line.key.block?.rawValue ?? 0): \(line.opening) \(moves.joined(separator: ", ")) = \(line.closing)"
            }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a month opens with who was there, and closes with who came and left`(engine: TestEngine) async throws {
        try await RegistryWorld.with(engine) { world in
            try await world.deliver(
                1, [try Self.unit("DN1", commune: "11329", kind: "Doanh nghiệp FDI")], period: "2026-09")
            try await world.deliver(
                2,
                [
                    Self.movement(1, unit: "DN1", "new", from: "2026-08"),
                    Self.movement(2, unit: "DN1", "leave", to: "2026-07"),
                    Self.movement(3, unit: "DN1", "pension", to: "2026-08"),
                ], period: "2026-08")
            try await world.deliver(
                3, [Self.participant(1, unit: "DN1"), Self.participant(4, unit: "DN1")], period: "2026-09")
            try await world.deliver(
                4, [Self.payment(5, from: "2026-08", months: 1, change: "first")], period: "2026-08")
            try await world.derive(chunk: 2)
            #expect(
                try await Self.lines(world, "2026-08") == [
                    "11311/- voluntary 0: 0 new 1 = 1", "11311/11329 compulsory 2: 3 new 1, stopped 1 = 3",
                ])
            #expect(
                try await Self.lines(world, "2026-09") == [
                    "11311/- voluntary 0: 1 stopped 1 = 0", "11311/11329 compulsory 2: 3 pension 1 = 2",
                ])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `an employer that comes later, moves or goes takes its counts along`(engine: TestEngine) async throws {
        try await RegistryWorld.with(engine) { world in
            try await world.deliver(1, [Self.participant(1, unit: "DN1")], period: "2026-09")
            try await world.derive()
            let before = try await Self.lines(world, "2026-10")
            #expect(before == ["11311/- compulsory 0: 1  = 1"])
            try await world.deliver(
                2, [try Self.unit("dn1", commune: "11329", kind: "Doanh nghiệp nhà nước")], period: "2026-08")
            try await world.derive()
            #expect(try await Self.lines(world, "2026-10") == ["11311/11329 compulsory 1: 1  = 1"])
            try await world.deliver(3, [try Self.unit("DN1", commune: "11311", kind: "FDI")], period: "2026-09")
            try await world.derive()
            #expect(try await Self.lines(world, "2026-10") == ["11311/11311 compulsory 2: 1  = 1"])
            try await world.takeOut(2)
            try await world.takeOut(3)
            try await world.derive()
            #expect(try await Self.lines(world, "2026-10") == before)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `moves, conversions and changes of employer balance on both sides`(engine: TestEngine) async throws {
        try await RegistryWorld.with(engine) { world in
            try await world.deliver(
                1,
                [
                    Self.payment(1, from: "2026-05", months: 3, change: "first"),
                    Self.payment(2, from: "2026-05", months: 12, change: "continued"),
                ], period: "2026-05")
            try await world.deliver(
                2,
                [
                    Self.movement(1, unit: "A", "new", from: "2026-07"),
                    Self.movement(3, unit: "A", "leave", to: "2026-06"),
                    Self.movement(3, unit: "B", "moved-in", from: "2026-07"),
                ], period: "2026-07")
            try await world.deliver(
                3, [Self.payment(2, from: "2026-07", months: 12, change: "continued", commune: "11329")],
                period: "2026-07")
            try await world.derive()
            #expect(
                try await Self.lines(world, "2026-07") == [
                    // Without lists of units both employers are of no commune and no block: they stand in one line.
                    "11311/- compulsory 0: 1 converted-in 1, joined 1, left 1 = 2",
                    "11311/- voluntary 0: 2 moved-out 1, converted-out 1 = 0",
                    "11329/- voluntary 0: 0 moved-in 1 = 1",
                ])
            let area = Viewer(
                account: RecordID(at: world.clock.now), login: "a", name: "A", role: .insuranceBase,
                rights: [.openRecords], communes: [try #require(CommuneCode("11329"))]
            ).recordScope
            #expect(
                try await Self.lines(world, "2026-07", within: area) == ["11329/- voluntary 0: 0 moved-in 1 = 1"])
        }
    }

    private static let tables = [
        ("person", "entity"), ("spell", "person, position"), ("person_course", "person"),
        ("unit_flow", "unit, month, commune, scheme, movement"),
        ("flow", "commune, month, workplace, scheme, block, movement"), ("employer", "entity"),
        ("employer_number", "number"), ("account_line", "place"), ("list_change", "kind, sender, period"),
        ("touched_entity", "entity"),
    ]

    private static func derived(_ world: RegistryWorld) async throws -> [String] {
        var lines: [String] = []
        for (table, order) in tables { lines += try await world.table(table, by: order).map { "\(table) \($0)" } }
        return lines
    }

    private static func deliveries(
        using random: inout SeededGenerator
    ) throws -> [(period: String, rows: [DeliveredRow])] {
        func draw(_ below: Int) -> Int { Int.random(in: 0..<below, using: &random) }
        let communes = ["11311", "11329", "11338"]
        func commune() -> String { communes[draw(3)] }
        func unit() -> String { ["A", "B", "C"][draw(3)] }
        var all: [(period: String, rows: [DeliveredRow])] = []
        for number in 3...8 {
            let month = "2026-0\(number)"
            let before = "2026-0\(number - 1)"
            let begins = ["new", "back", "moved-in"]
            let ends = ["leave", "pension", "death", "moved-out"]
            all.append(
                (
                    month,
                    try (0..<14).map { _ in
                        Bool.random(using: &random)
                            ? try movement(draw(12), unit: unit(), begins[draw(3)], from: month, commune: commune())
                            : try movement(draw(12), unit: unit(), ends[draw(4)], to: before, commune: commune())
                    }
                ))
            all.append(
                (
                    month,
                    try (0..<8).map { _ in
                        try payment(
                            draw(12), from: month, months: [1, 3, 12][draw(3)],
                            change: ["first", "continued", "again"][draw(3)], commune: commune())
                    }
                ))
            if number % 2 == 0 {
                all.append(
                    (month, try (0..<10).map { _ in try participant(draw(12), unit: unit(), commune: commune()) }))
            }
        }
        for month in ["2026-04", "2026-07"] {
            all.append(
                (
                    month,
                    try ["A", "B", "C"].map { code in
                        try Self.unit(code, commune: commune(), kind: ["FDI", "Hợp tác xã", "Công ty"][draw(3)])
                    }
                ))
        }
        return all.shuffled(using: &random)
    }

    @Test(arguments: TestEngine.allCases, [UInt64(1), 2, 3])
    func `everything derived is to the byte what it is without a delivery that came and went`(
        engine: TestEngine, seed: UInt64
    ) async throws {
        var random = SeededGenerator(seed: seed)
        let deliveries = try Self.deliveries(using: &random)
        let gone = Set((1...deliveries.count).shuffled(using: &random).prefix(4))
        try await RegistryWorld.with(engine) { world in
            for (index, delivery) in deliveries.enumerated() where !gone.contains(index + 1) {
                try await world.deliver(index + 1, delivery.rows, period: delivery.period)
            }
            try await world.derive(chunk: 5)
            let expected = try await Self.derived(world)
            #expect(expected.contains { $0.hasPrefix("flow ") } && expected.contains { $0.hasPrefix("employer ") })
            let later = gone.sorted()
            for number in later {
                let delivery = deliveries[number - 1]
                try await world.deliver(number + 100, delivery.rows, chunk: 3, period: delivery.period)
                try await world.derive(chunk: 4)
            }
            for number in later.reversed() {
                try await world.takeOut(number + 100, chunk: 4)
                try await world.derive(chunk: 7)
            }
            #expect(try await Self.derived(world) == expected)
        }
    }

    @Test(arguments: [UInt64(4), 5, 6, 7, 8])
    func `every line balances, closing is the next opening, and stock is who takes part`(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let deliveries = try Self.deliveries(using: &random)
        try await RegistryWorld.with(.sqlite) { world in
            for (index, delivery) in deliveries.enumerated() {
                try await world.deliver(index + 1, delivery.rows, period: delivery.period)
                try await world.derive(chunk: 3)
            }
            var closing: [RegisterFlows.Line.Key: Int]?
            for offset in 0..<14 {
                let month = try Self.month("2026-02").adding(months: offset)
                let (lines, spells) = try await world.store.read { connection in
                    (
                        try RegisterFlows.of(month: month, within: .ofSystem, on: connection),
                        try connection.rows("SELECT person, scheme, first_month, last_month FROM spell")
                    )
                }
                if let before = closing {
                    let openings = Dictionary(uniqueKeysWithValues: lines.map { ($0.key, $0.opening) })
                    #expect(openings.filter { $0.value != 0 } == before.filter { $0.value != 0 })
                }
                closing = Dictionary(uniqueKeysWithValues: lines.map { ($0.key, $0.closing) })
                #expect(lines.allSatisfy { $0.opening >= 0 && $0.closing >= 0 })
                var compulsory: Set<Int> = []
                var voluntary: Set<Int> = []
                for row in spells {
                    let (first, last) = (try row.text("first_month"), try row.text("last_month"))
                    guard first <= month.description, last.isEmpty || last >= month.description else { continue }
                    if try row.text("scheme") == Scheme.compulsory.rawValue {
                        compulsory.insert(try row.integer("person"))
                    } else {
                        voluntary.insert(try row.integer("person"))
                    }
                }
                #expect(
                    lines.filter { $0.key.scheme == .compulsory }.reduce(0) { $0 + $1.closing } == compulsory.count)
                #expect(
                    lines.filter { $0.key.scheme == .voluntary }.reduce(0) { $0 + $1.closing }
                        == voluntary.subtracting(compulsory).count)
                for place in FlowPlace.allCases {
                    let sums = RegisterFlows.sums(lines, by: place)
                    #expect(sums.reduce(0) { $0 + $1.closing } == lines.reduce(0) { $0 + $1.closing })
                }
            }
        }
    }
}
