import Access
import Database
import Formats
import Kernel
import Registry
import TestSupport
import Testing

@testable import Coverage

@Suite
struct ReviewRunTests {
    static let engines = TestEngine.allCases
    private static let (minh, lan, hung, tuan, hoa) = (
        "031090000001", "031190000002", "031090000003", "031060000004", "031190000005"
    )
    private static let (an, binh, la) = ("0200000001", "0200000010", "0200000099")

    /// An insures Minh and not Lan, Hùng is paid by Bình that BHXH does not know, Tuấn has a pension, Hoa is insured at An and paid
    /// by Bình too.
    private static func fill(_ world: ReviewWorld) async throws {
        try await world.deliver(
            1, "2026-11", [try Row.unit("Công ty An", tax: an, unit: "TA0001Z")])
        try await world.deliver(
            2, "2026-11",
            [try Row.enterprise("CÔNG TY AN", tax: an), try Row.enterprise("CÔNG TY BÌNH", tax: binh)])
        try await world.deliver(
            3, "2026-11",
            [
                try Row.resident("Trần Văn Minh", minh), try Row.resident("Lê Thị Lan", lan, sex: "female"),
                try Row.resident("Phạm Mạnh Hùng", hung),
                try Row.resident("Vũ Anh Tuấn", tuan, birth: "1960-01-01"),
                try Row.resident("Đỗ Thị Hoa", hoa, sex: "female"),
            ])
        try await world.deliver(
            4, "2026-11",
            [
                try Row.participant("Trần Văn Minh", minh, at: "TA0001Z"),
                try Row.participant("Đỗ Thị Hoa", hoa, at: "TA0001Z"),
            ])
        try await world.deliver(
            5, "2026-11",
            [
                try Row.make(
                    .benefit,
                    [.name: "Vũ Anh Tuấn", .personalID: tuan, .benefitKind: "Lương hưu", .benefitFrom: "2022-02"])
            ])
        try await world.deliver(
            6, "2025-12",
            [
                try Row.paid("Trần Văn Minh", minh, by: an, deducted: "8000000"),
                try Row.paid("Lê Thị Lan", lan, by: an), try Row.paid("Phạm Mạnh Hùng", hung, by: binh),
                try Row.paid("Vũ Anh Tuấn", tuan, by: an), try Row.paid("Đỗ Thị Hoa", hoa, by: binh),
            ])
    }

    @Test(arguments: engines)
    func `each worker and employer falls under one class, with how sure it is who is meant`(engine: TestEngine)
        async throws
    {
        try await ReviewWorld.with(engine) { world in
            try await Self.fill(world)
            let run = try await world.review("a")
            #expect(run.state == .done && run.isWhole && run.taxYear == 2025)
            let rows = try await world.rows("a")
            #expect(
                rows == [
                    "1.0 – some-missing", "1.0 3.0 in-order certain", "1.0 3.1 deduction-zero certain",
                    "1.0 3.3 pensioner certain", "2.1 – employer-unknown", "2.1 3.2 employer-unknown certain",
                    "2.1 3.4 second-job certain",
                ])
            let leads = try await world.rows("a", onlyLeads: true)
            #expect(leads.count == 4)
            let counts = try await world.service.counts(of: run)
            #expect(counts.filter { $0.review == "lao-dong" && $0.isLead }.map(\.rows).reduce(0, +) == 2)
        }
    }

    @Test(arguments: engines)
    func `the same register, tables and day give the same rows, and what changed alone is looked at again`(
        engine: TestEngine
    ) async throws {
        try await ReviewWorld.with(engine) { world in
            try await Self.fill(world)
            let first = try await world.review("a")
            let again = try await world.service.begin("a", on: first.day, by: .commandLine)
            #expect(again.isRepeated && again.run == first)
            let second = try await world.review("b")
            #expect(!second.isWhole && second.looked == 0)
            #expect(try await world.everything("a") == world.everything("b"))
            // A month's list that tells the same again.
            try await world.deliver(
                7, "2026-12",
                [
                    try Row.participant("Trần Văn Minh", Self.minh, at: "TA0001Z"),
                    try Row.participant("Đỗ Thị Hoa", Self.hoa, at: "TA0001Z"),
                ])
            let third = try await world.review("c")
            #expect(third.looked == 0)
            let whole = try await world.review("d", isWhole: true)
            #expect(whole.isWhole && whole.looked == 2)
            #expect(try await world.changes("a", "d") == [])
            #expect(try await world.everything("a") == world.everything("d"))
        }
    }

    @Test(arguments: engines)
    func `a comparison tells what is new, gone and otherwise, and because of which fact`(engine: TestEngine)
        async throws
    {
        try await ReviewWorld.with(engine) { world in
            try await Self.fill(world)
            try await world.review("a")
            // Lan is insured now; La, whom no list of employers names, pays Minh too; Tuấn's pension was sent by mistake.
            try await world.deliver(
                8, "2026-12",
                [
                    try Row.participant("Trần Văn Minh", Self.minh, at: "TA0001Z"),
                    try Row.participant("Lê Thị Lan", Self.lan, at: "TA0001Z"),
                    try Row.participant("Đỗ Thị Hoa", Self.hoa, at: "TA0001Z"),
                ])
            try await world.deliver(9, "2025-12", [try Row.paid("Trần Văn Minh", Self.minh, by: Self.la)])
            try await world.takeOut(5)
            let run = try await world.review("b")
            #expect(!run.isWhole && run.looked == 2)
            let changes = try await world.changes("a", "b")
            #expect(
                changes == [
                    "changed some-missing in-order lao động khai thuế so với đã tham gia: tham gia một phần → đã tham gia đủ",
                    "changed deduction-zero in-order tham gia bắt buộc: không → tại đơn vị",
                    "changed pensioner past-age chế độ đang hưởng: lương hưu → không",
                    "new – no-workers Tờ khai không có lao động theo hợp đồng",
                    "new – second-job Đang tham gia tại nơi khác và có hợp đồng từ 1 tháng ở đây",
                ])
            let back = try await world.changes("b", "a")
            #expect(back.contains("gone second-job – Đang tham gia tại nơi khác và có hợp đồng từ 1 tháng ở đây"))
            try await world.review("c", isWhole: true)
            #expect(try await world.everything("b") == world.everything("c"))
        }
    }

    @Test
    func `a run after any deliveries and withdrawals says what one from the beginning says`() async throws {
        try await ReviewWorld.with(.sqlite) { world in
            var random = SplitMix(state: 20)
            func below(_ count: Int) -> Int { Int(random.next() % UInt64(count)) }
            let (names, taxes, units) = (
                ["Nguyễn Văn A", "Trần Thị Bê", "Lê Văn Cường", "Phạm Dũng"], [Self.an, Self.binh, Self.la],
                ["TA0001Z", "TB0002Z"]
            )
            func id(_ person: Int) -> String { "03109\(person / 10)00000\(person % 10)" }
            var held: [Int] = []
            for step in 1...9 {
                if step > 3, below(3) == 0, let gone = held.randomElement(using: &random) {
                    try await world.takeOut(gone)
                    held.removeAll { $0 == gone }
                } else {
                    let kind = below(5)
                    let rows = try (0..<1 + below(5)).map { _ -> DeliveredRow in
                        let person = below(12)
                        let name = names[person % names.count]
                        switch kind {
                        case 0: return try Row.participant(name, id(person), at: units[below(2)])
                        case 1: return try Row.resident(name, id(person), birth: "19\(60 + person)-04-05")
                        case 2:
                            return try Row.make(
                                .benefit, [.name: name, .personalID: id(person), .benefitKind: "Lương hưu"])
                        case 3:
                            return try Row.unit(
                                "Đơn vị \(below(2))", tax: below(2) == 0 ? nil : taxes[below(3)], unit: units[below(2)])
                        default:
                            return try Row.paid(
                                name, id(person), by: taxes[below(3)],
                                contract: below(3) == 0 ? "shorter-or-none" : "three-months")
                        }
                    }
                    try await world.deliver(step, "2026-\(step % 2 == 0 ? "11" : "10")", rows)
                    held.append(step)
                }
                try await world.review("phần \(step)")
                try await world.review("cả \(step)", isWhole: true)
                let (part, whole) = (
                    try await world.everything("phần \(step)"), try await world.everything("cả \(step)")
                )
                #expect(part == whole, "step \(step)")
            }
        }
    }

    @Test(arguments: engines)
    func `a day alone changes whoever reaches the age, and nobody else is looked at`(engine: TestEngine) async throws {
        try await ReviewWorld.with(engine) { world in
            // A man born on this day reaches his age in the table of the law between the two days.
            try await world.deliver(
                1, "2026-11",
                [
                    try Row.resident("Vũ Anh Tuấn", Self.tuan, birth: "1965-06-10"),
                    try Row.resident("Phạm Mạnh Hùng", Self.hung),
                ])
            try await world.deliver(
                2, "2025-12",
                [
                    try Row.paid("Vũ Anh Tuấn", Self.tuan, by: Self.an),
                    try Row.paid("Phạm Mạnh Hùng", Self.hung, by: Self.binh),
                ])
            let law = try ReviewLaw(try ReviewWorld.law(), on: try #require(Day("2026-11-01")))
            let day = try #require(law.retirement("male", PartialDay("1965-06-10")))
            world.clock.set(Timestamp(day: day.adding(days: 3), hour: 9))
            try await world.review("a", on: "\(day.adding(days: -1))")
            let second = try await world.review("b", on: "\(day)")
            #expect(!second.isWhole && second.looked == 1)
            let changes = try await world.changes("a", "b")
            #expect(
                changes.last
                    == "changed employer-unknown past-age tuổi: chưa đủ tuổi nghỉ hưu → đủ tuổi nghỉ hưu trở lên")
        }
    }

    @Test(arguments: engines)
    func `a name is not given twice, a day to come is refused, and one review runs at a time`(engine: TestEngine)
        async throws
    {
        try await ReviewWorld.with(engine) { world in
            try await Self.fill(world)
            await #expect(throws: Refusal.self) {
                try await world.service.begin("a", on: try #require(Day("2026-12-11")), by: .commandLine)
            }
            await #expect(throws: Refusal.self) {
                try await world.service.begin(" ", on: try #require(Day("2026-12-10")), by: .commandLine)
            }
            let day = try #require(Day("2026-12-10"))
            let begun = try await world.service.begin("a", on: day, by: .commandLine).run
            // The same again goes on with it.
            let again = try await world.service.begin("a", on: day, by: .commandLine)
            #expect(again.isRepeated && again.run.number == begun.number)
            await #expect(throws: Refusal.self) { try await world.service.begin("b", on: day, by: .commandLine) }
            await #expect(throws: Refusal.self) { try await world.service.run(named: "x") }
            try await world.review("a")
            try await world.deliver(9, "2025-12", [try Row.paid("Trần Văn Minh", Self.minh, by: Self.la)])
            try await world.review("b")
            await #expect(throws: Refusal.self) { try await world.service.begin("a", on: day, by: .commandLine) }
        }
    }
}

/// A row of pay whose person turns out to be another.
@Suite
struct MovedPayTests {
    @Test(arguments: TestEngine.allCases)
    func `a row of pay goes along when its person is one with an earlier one who is worked out first`(
        engine: TestEngine
    )
        async throws
    {
        try await ReviewWorld.with(engine) { world in
            let (id, old) = ("031090000001", "031234567")
            try await world.deliver(1, "2026-11", [try Row.resident("Trần Văn Minh", id)])
            try await world.deliver(
                2, "2025-12",
                [
                    try Row.make(
                        .taxedWorker,
                        [
                            .name: "Trần Văn Minh", .oldPersonalID: old, .unitTaxCode: "0200000001", .taxYear: "2025",
                            .payContract: "three-months",
                        ])
                ])
            try await world.review("a")
            // Both numbers in one row: the two are one, and the one that stays has the lower place.
            try await world.deliver(
                3, "2026-11",
                [try Row.make(.participant, [.name: "Trần Văn Minh", .personalID: id, .oldPersonalID: old])])
            let (rules, keys) = (try DerivationRules.shipped(), world.keys)
            while try await world.store.write({ connection in
                try DeriveEntities.derive(limit: 1, by: rules, keys: keys, on: connection)
            }) > 0 {}
            try await world.review("b")
            #expect(try await world.rows("b").contains { $0.contains(" 1.0 ") })
        }
    }
}
