import Database
import Formats
import Kernel
import Registry
import TestSupport
import Testing
import Vault

/// Whom a record belongs to where no number tells.
@Suite
struct ModelLinkTests {
    private static let street = "Số 12, Lạch Tray, phường Gia Viên, thành phố Hải Phòng"

    private func persons(
        _ engine: TestEngine, _ deliveries: [DeliveredRow]...
    ) async throws -> [String] {
        try await RegistryWorld.with(engine) { world in
            for (index, rows) in deliveries.enumerated() {
                try await world.deliver(index + 1, rows)
                try await world.link()
            }
            return try await world.members().map { String($0.split(separator: " ")[3]) }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a row without numbers is the person of last month when name and day of birth agree`(engine: TestEngine)
        async throws
    {
        let found = try await persons(
            engine,
            [person("Nguyễn Thị Hoa", id: "031185001234", kind: .resident, birth: "1985-03-21", sex: "female")],
            [person("Nguyễn Thị Hoa", kind: .pupil, birth: "1985-03-21", sex: "female")],
            [
                person("NGUYEN HOA", kind: .labourRegistration, birth: "1985-03-21", sex: "female"),
                person("Nguyễn Thị Hoa", code: "3118500123", kind: .stopped, birth: "1985-03-21", sex: "female"),
            ])
        #expect(found == ["1.0", "1.0", "1.0", "1.0"])
    }

    @Test(arguments: TestEngine.allCases)
    func `parents of one name and twins stay two people`(engine: TestEngine) async throws {
        let found = try await persons(
            engine,
            [
                person("Phạm Văn Minh", kind: .resident, birth: "1960-05-02", sex: "male", address: Self.street),
                person("Đỗ Gia Bảo", kind: .resident, birth: "2015-07-09", sex: "male", address: Self.street),
            ],
            [
                person(
                    "Phạm Văn Minh", phone: "0912345678", kind: .pupil, birth: "1988-11-30", sex: "male",
                    address: Self.street),
                person(
                    "Đỗ Gia Huy", phone: "0912345678", kind: .pupil, birth: "2015-07-09", sex: "male",
                    address: Self.street),
                person(
                    "Đỗ Gia Bào", phone: "0912345678", kind: .pupil, birth: "2015-07-09", sex: "male",
                    address: Self.street),
            ])
        #expect(found == ["1.0", "1.1", "2.0", "2.1", "1.1"])
    }

    @Test(arguments: TestEngine.allCases)
    func `two personal numbers are two people, one that slipped is not`(engine: TestEngine) async throws {
        let found = try await persons(
            engine,
            [person("Vũ Thị Mai Khuê", id: "031185001234", kind: .resident, birth: "1985-03-21", sex: "female")],
            [
                person("Vũ Thị Mai Khuê", id: "031185001284", kind: .pupil, birth: "1985-03-21", sex: "female"),
                person("Vũ Thị Mai Khuê", id: "031185777777", kind: .pupil, birth: "1985-03-21", sex: "female"),
            ])
        #expect(found == ["1.0", "1.0", "2.1"])
    }

    @Test(arguments: TestEngine.allCases)
    func `a name alone or with the year never links; with two who are as like nobody is taken`(engine: TestEngine)
        async throws
    {
        let found = try await persons(
            engine,
            [
                person("Trần Thị Ánh Tuyết", kind: .resident, birth: "1950", sex: "female", address: Self.street),
                person("Lê Văn Sơn", id: "031080000001", kind: .resident, birth: "1980-02-03", sex: "male"),
                person("Lê Văn Sơn", id: "031080777777", kind: .resident, birth: "1980-02-03", sex: "male"),
            ],
            [
                person("Trần Thị Ánh Tuyết", kind: .benefit, birth: "1950", sex: "female", address: Self.street),
                person("Trần Thị Ánh Tuyết", kind: .taxedWorker), person("Trần Thị Ánh Tuyết", kind: .taxedWorker),
                person("Lê Văn Sơn", kind: .pupil, birth: "1980-02-03", sex: "male"),
            ])
        #expect(found == ["1.0", "1.1", "1.2", "2.0", "2.1", "2.2", "2.3"])
    }

    /// People who look alike: a family, twins, namesakes; written with slips, with some of their numbers or none.
    static func rows(_ count: Int, using random: inout SeededGenerator) throws -> [DeliveredRow] {
        let people: [(name: String, birth: String, sex: String, id: String, old: String, code: String)] = [
            ("Nguyễn Thị Hoa", "1985-03-21", "female", "031185001234", "030000001", "3100000001"),
            ("Nguyễn Thị Hoa", "1985-03-21", "female", "031185009999", "030000002", "3100000002"),
            ("Đỗ Gia Bảo", "2015-07-09", "male", "031215000001", "030000003", "3100000003"),
            ("Đỗ Gia Huy", "2015-07-09", "male", "031215000002", "030000004", "3100000004"),
            ("Phạm Văn Minh", "1960-05-02", "male", "031060000005", "030000005", "3100000005"),
            ("Phạm Văn Minh", "1988-11-12", "male", "031088000006", "030000006", "3100000006"),
            ("Lê Ngọc Ánh", "1990-12-05", "female", "031190000007", "030000007", "3100000007"),
        ]
        return try (0..<count).map { index in
            let who = people[Int.random(in: 0..<people.count, using: &random)]
            func maybe(_ text: String, _ share: Int) -> String? {
                Int.random(in: 0..<100, using: &random) < share ? text : nil
            }
            var (name, birth) = (who.name, who.birth)
            switch Int.random(in: 0..<8, using: &random) {
            case 0: name = VietnameseText.fold(name)
            case 1: name = name.replacing(" Thị", with: "").replacing(" Văn", with: "")
            case 2: birth = String(birth.prefix(4))
            case 3:
                birth =
                    "1990-05-12" == birth
                    ? birth : String(birth.prefix(4)) + birth.suffix(3) + birth.dropFirst(4).prefix(3)
            default: break
            }
            if PartialDay(birth) == nil { birth = who.birth }
            let kinds: [RecordKind] = [.resident, .pupil, .participant]
            return try person(
                name, id: maybe(who.id, 30), old: maybe(who.old, 15), code: maybe(who.code, 20),
                phone: maybe("0912345678", 30), commune: ["11311", "11329"][Int.random(in: 0..<2, using: &random)],
                row: index, kind: kinds[Int.random(in: 0..<3, using: &random)], birth: maybe(birth, 90),
                sex: maybe(who.sex, 70), address: maybe(Self.street, 40))
        }
    }

    @Test(arguments: TestEngine.allCases, [UInt64(1), 2, 3, 4])
    func `links depend neither on the order of deliveries nor on those that were withdrawn`(
        engine: TestEngine, seed: UInt64
    ) async throws {
        var random = SeededGenerator(seed: seed)
        let deliveries = try (0..<5).map { _ in try Self.rows(14, using: &random) }
        let keys = NumberKeys.ephemeral()
        func made(_ order: [Int], without gone: Int? = nil, chunk: Int, eager: Bool) async throws -> [String] {
            try await RegistryWorld.with(engine, keys: keys) { world in
                for index in order {
                    try await world.deliver(index + 1, deliveries[index], chunk: chunk)
                    if eager { try await world.link(chunk: chunk) }
                }
                if let gone {
                    try await world.takeOut(gone + 1, chunk: chunk)
                    if eager { try await world.link(chunk: chunk) }
                }
                try await world.link(chunk: chunk)
                return try await world.links()
            }
        }
        let expected = try await made([0, 1, 3, 4], chunk: 100, eager: false)
        // The model found somebody: otherwise this would show nothing.
        #expect(expected.contains { $0.contains("linked") && $0.hasPrefix("SELECT low") })
        for (order, gone, chunk, eager) in [
            ([4, 1, 0, 3], nil, 3, true), ([3, 0, 4, 1], nil, 5, false), ([0, 1, 2, 3, 4], 2, 4, true),
            ([4, 2, 1, 3, 0], 2, 9, false), ([4, 2, 1, 3, 0], 2, 2, true),
        ] as [([Int], Int?, Int, Bool)] {
            let found = try await made(order, without: gone, chunk: chunk, eager: eager)
            let difference = Set(found).symmetricDifference(expected).sorted().prefix(6)
            #expect(found == expected, "\(order), \(eager): \(difference)")
        }
    }
}
