import Database
import Formats
import Kernel
import TestSupport
import Testing

@testable import Registry

/// What a person's records come to.
@Suite
struct PersonTests {
    @Test func `open fields are read as they were written`() throws {
        var values = RecordValues()
        values[.name] = .text("Nguyễn \"Tý\" \\ An\u{1}")
        values[.base] = .money(Dong(5_310_000))
        values[.isCompulsory] = .flag(true)
        values[.birth] = .partialDay(try #require(PartialDay("1985-03-02")))
        values[.seniority] = .share(try #require(Share(22, of: 100)))
        let read = try #require(OpenFields.read(values.json))
        #expect(read == Dictionary(uniqueKeysWithValues: values.pairs.map { ($0.field, $0.value.text) }))
        #expect(OpenFields.read("{}") == [:])
        for broken in ["", "{", "[]", "{\"name\"}", "{\"name\":\"a", "{\"name\":\"a\",}"] {
            #expect(OpenFields.read(broken) == nil, "\(broken)")
        }
    }

    private static func record(
        _ ordinal: Int, _ kind: RecordKind, _ month: String, _ fields: [RecordField: String],
        numbers: [NumberToken] = []
    ) throws -> MemberRecord {
        MemberRecord(
            place: RecordPlace(delivery: 1, ordinal: ordinal), kind: kind,
            source: RecordSource(
                kind: kind, sender: try #require(UnitCode("bhxh-thanh-pho")), period: try #require(Month(month))),
            fields: fields, numbers: numbers)
    }

    private static func token(_ kind: NumberKind, _ digit: UInt8) -> NumberToken {
        NumberToken(bytes: [kind.rawValue] + Array(repeating: digit, count: NumberToken.count - 1))
    }

    @Test func `fields come from the residents' list first, then from later lists, each with its record`() throws {
        let person = Person(
            EntityID(first: RecordPlace(delivery: 1, ordinal: 0)),
            [
                try Self.record(0, .taxedWorker, "2025-12", [.name: "NGUYEN THI HOA"]),
                try Self.record(
                    1, .participant, "2026-09", [.name: "Nguyễn Thị Hoa", .birth: "1985-03-02", .sex: "female"]),
                try Self.record(2, .resident, "2026-01", [.name: "Nguyễn Thị Hoà", .birth: "1985"]),
                try Self.record(3, .participant, "2026-08", [.address: "Số 1", .position: "Kế toán"]),
                try Self.record(4, .participant, "2026-09", [.position: "Kế toán trưởng"]),
            ], by: try .shipped())
        #expect(person.name?.value == "Nguyễn Thị Hoà")
        #expect(person.name?.place.ordinal == 2)
        #expect(person.name?.isConfirmed == true)
        // A whole day says more than the year that the residents' list knows.
        #expect(person.birth?.value == PartialDay("1985-03-02"))
        #expect(person.birth?.isConfirmed == false)
        #expect(person.sex?.isConfirmed == nil)
        #expect(person.fields[.position]?.value == "Kế toán trưởng")
        #expect(person.fields[.position]?.month == Month("2026-09"))
        #expect(person.contradictions.isEmpty)
    }

    @Test func `identifiers have a history, and what cannot be one person's is named`() throws {
        let (first, second, old) = (
            Self.token(.personal, 1), Self.token(.personal, 2), Self.token(.oldPersonal, 3)
        )
        let records = [
            try Self.record(0, .participant, "2026-01", [.birth: "1985-03-02"], numbers: [old]),
            try Self.record(1, .participant, "2026-02", [.birth: "1986-03-02"], numbers: [first]),
            try Self.record(2, .resident, "2026-03", [:], numbers: [second]),
            try Self.record(3, .participant, "2026-04", [:], numbers: [first, Self.token(.namedEmployerUnit, 9)]),
        ]
        let entity = EntityID(first: RecordPlace(delivery: 1, ordinal: 0))
        let person = Person(entity, records, by: try .shipped())
        #expect(person.identifiers.map(\.token) == [first, second, old])
        #expect(person.identifiers.map(\.isConfirmed) == [false, true, nil])
        #expect(person.identifiers[0].first == Month("2026-02"))
        #expect(person.identifiers[0].last == Month("2026-04"))
        #expect(person.identifiers[0].place.ordinal == 3)
        #expect(person.contradictions == [.personalIDs([records[3].place, records[2].place])])
        let slip = Person(entity, Array(records.dropFirst().dropLast()), by: try .shipped())
        #expect(slip.contradictions.isEmpty, "a number that one list alone bears may be a slip")
        let apart = Person(
            entity, [records[0], try Self.record(5, .pupil, "2026-01", [.birth: "2010"])], by: try .shipped())
        #expect(apart.contradictions == [.birthYears([1985, 2010])])
    }

    @Test(arguments: TestEngine.allCases)
    func `persons follow their records when these come, go and turn out to be one person's`(engine: TestEngine)
        async throws
    {
        try await RegistryWorld.with(engine) { world in
            func names() async throws -> [String] {
                try await world.derive()
                return try await world.store.read { connection in
                    try connection.rows("SELECT entity, name, commune FROM person ORDER BY entity").map { row in
                        let place = try row.place("entity")
                        return "\(place.delivery).\(place.ordinal) \(try row.text("name")) \(try row.text("commune"))"
                    }
                }
            }
            try await world.deliver(1, [person("Hoàng Văn Sơn", id: "031070000001")], period: "2026-08")
            try await world.deliver(2, [person("Hoàng Văn Sơn", old: "030123456")], period: "2026-08")
            #expect(try await names() == ["1.0 Hoàng Văn Sơn 11311", "2.0 Hoàng Văn Sơn 11311"])
            try await world.deliver(
                3, [person("HOÀNG VĂN SƠN", id: "031070000001", old: "030123456", commune: "11329")], period: "2026-09")
            #expect(try await names() == ["1.0 HOÀNG VĂN SƠN 11329"])
            try await world.takeOut(3)
            #expect(try await names() == ["1.0 Hoàng Văn Sơn 11311", "2.0 Hoàng Văn Sơn 11311"])
            try await world.takeOut(1)
            #expect(try await names() == ["2.0 Hoàng Văn Sơn 11311"])
            #expect(try await world.table("touched_entity", by: "entity").isEmpty)
        }
    }
}
