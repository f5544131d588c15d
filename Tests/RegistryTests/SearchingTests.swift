import Access
import Database
import Formats
import Kernel
import TestSupport
import Testing

@testable import Registry

/// Persons and employers are found by words of their names and by their numbers, within the scope alone.
@Suite
struct SearchingTests {
    private static func viewer(_ communes: [String]?) -> Viewer {
        Viewer(
            account: RecordID(at: Timestamp(secondsSinceEpoch: 0)), login: "a", name: "A",
            role: communes == nil ? .insuranceProvince : .insuranceBase,
            rights: communes == nil ? [.openRecords, .openAllRecords] : [.openRecords],
            communes: (communes ?? []).compactMap { CommuneCode($0) })
    }

    private static let people: [(name: String, birth: String?, commune: String)] = [
        ("Nguyễn Thị Hoa", "1985-03-02", "11311"), ("Nguyễn Thị Hòa", "1990", "11329"),
        ("Nguyen Thi Hoa Mai", "1985-07-01", "11329"), ("Trần Quốc Hoà", nil, "11311"),
        ("Hoàng Văn Quốc", "1961", "11311"), ("Đỗ Thị Quỳnh Hoa", "1985", "11311"), ("Lê Hoàn", "1999", "11329"),
    ]

    private static func world<T>(_ engine: TestEngine, _ body: (RegistryWorld) async throws -> T) async throws -> T {
        try await RegistryWorld.with(engine) { world in
            let rows = try people.enumerated().map { index, one in
                var row = try person(
                    one.name, id: "03118500\(1000 + index)", phone: "0912345\(100 + index)", commune: one.commune)
                row.values[.birth] = one.birth.flatMap { PartialDay($0) }.map { .partialDay($0) }
                return row
            }
            try await world.deliver(1, rows)
            try await world.deliver(
                2,
                [
                    employer("Công ty TNHH Thương mại Sao Mai", tax: "0200112233", unit: "HP0012A"),
                    employer("Công ty Cổ phần Hoa Sao", tax: "0200112234", commune: "11329"),
                ])
            try await world.derive()
            return try await body(world)
        }
    }

    private static func find(
        _ question: SearchQuestion, in world: RegistryWorld, communes: [String]? = nil, skipping: Int = 0,
        limit: Int = 20
    ) async throws -> [String] {
        try await world.store.read { connection in
            try FindByName.find(
                question, within: viewer(communes).recordScope, skipping: skipping, limit: limit, on: connection
            ).entities.map { entity in
                entity.first.delivery == 1 ? people[entity.first.ordinal].name : "đơn vị \(entity.first.ordinal)"
            }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `words are found in any order, with or without accents, the last by its beginning`(engine: TestEngine)
        async throws
    {
        try await Self.world(engine) { world in
            let expected: [(typed: String, names: Set<String>)] = [
                ("nguyễn thị hoa ", ["Nguyễn Thị Hoa", "Nguyễn Thị Hòa", "Nguyen Thi Hoa Mai"]),
                ("HOA nguyen ", ["Nguyễn Thị Hoa", "Nguyễn Thị Hòa", "Nguyen Thi Hoa Mai"]),
                ("quoc hoa", ["Trần Quốc Hoà", "Hoàng Văn Quốc"]), ("quoc hoa ", ["Trần Quốc Hoà"]),
                ("thi qu", ["Đỗ Thị Quỳnh Hoa"]), ("hoan", ["Hoàng Văn Quốc", "Lê Hoàn"]),
                ("hoa thi nguyen mai ", ["Nguyen Thi Hoa Mai"]), ("hoa khong", []), (" . ", []),
            ]
            for (typed, names) in expected {
                let found = try await Self.find(.init(typed, isWide: true), in: world)
                #expect(Set(found) == names, "\(typed)")
            }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `the whole name comes before names that have more words, whole words before beginnings`(engine: TestEngine)
        async throws
    {
        try await Self.world(engine) { world in
            // Where somebody bears just the words typed, the others come when asked for.
            #expect(try await Self.find(.init("nguyen thi hoa"), in: world).count == 2)
            let found = try await Self.find(.init("nguyen thi hoa", isWide: true), in: world)
            #expect(Set(found.prefix(2)) == ["Nguyễn Thị Hoa", "Nguyễn Thị Hòa"])
            #expect(found.count == 3)
            let byWord = try await Self.find(.init("hoa"), in: world)
            #expect(byWord.count == 7)
            #expect(Set(byWord.suffix(2)) == ["Hoàng Văn Quốc", "Lê Hoàn"])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `year of birth and commune narrow, and nobody outside the scope is found`(engine: TestEngine) async throws {
        try await Self.world(engine) { world in
            let born = try await Self.find(.init("hoa", birthYear: 1985), in: world)
            #expect(
                Set(born) == [
                    "Nguyễn Thị Hoa", "Nguyen Thi Hoa Mai", "Đỗ Thị Quỳnh Hoa",
                ])
            let commune = CommuneCode("11329")
            #expect(
                try await Self.find(.init("hoa ", birthYear: 1985, commune: commune), in: world)
                    == ["Nguyen Thi Hoa Mai"])
            let own = try await Self.find(.init("hoa "), in: world, communes: ["11329"])
            #expect(
                Set(own) == [
                    "Nguyễn Thị Hòa", "Nguyen Thi Hoa Mai",
                ])
            #expect(try await Self.find(.init("hoa", commune: commune), in: world, communes: ["11311"]).isEmpty)
            #expect(try await Self.find(.init("hoa"), in: world, communes: []).isEmpty)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `where something narrows, those who begin so or are called so come first, the others when asked for`(
        engine: TestEngine
    ) async throws {
        try await Self.world(engine) { world in
            let (year, commune) = (1985, CommuneCode("11329"))
            let expected: [(question: SearchQuestion, first: [String], more: Int)] = [
                (.init("nguyen thi ho", birthYear: year), ["Nguyễn Thị Hoa", "Nguyen Thi Hoa Mai"], 0),
                (.init("nguyễn thị ho", commune: commune), ["Nguyễn Thị Hòa", "Nguyen Thi Hoa Mai"], 0),
                (.init("nguyen thi ho"), ["Nguyễn Thị Hoa", "Nguyễn Thị Hòa", "Nguyen Thi Hoa Mai"], 0),
                (.init("nguyen hoa", birthYear: year), ["Nguyễn Thị Hoa"], 1),
                (.init("hoa nguyen", commune: commune), ["Nguyễn Thị Hòa"], 1),
                (.init("nguyen ho", birthYear: year), ["Nguyễn Thị Hoa"], 1),
                (.init("do hoa ", birthYear: year, commune: CommuneCode("11311")), ["Đỗ Thị Quỳnh Hoa"], 0),
                (.init("hoa thi nguyen", commune: commune), ["Nguyễn Thị Hòa"], 1),
            ]
            for (question, first, more) in expected {
                let found = try await Self.find(question, in: world)
                #expect(Set(found) == Set(first) && found.count == first.count, "\(question)")
                let wide = SearchQuestion(
                    question.typed + (question.isOpen ? "" : " "), birthYear: question.birthYear,
                    commune: question.commune, isWide: true)
                #expect(try await Self.find(wide, in: world).count == first.count + more, "\(question)")
            }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `pages follow one another without a gap or a repetition`(engine: TestEngine) async throws {
        try await Self.world(engine) { world in
            let whole = try await Self.find(.init("hoa"), in: world)
            var pages: [String] = []
            for start in 0..<7 {
                pages += try await Self.find(.init("hoa"), in: world, skipping: start, limit: 1)
            }
            #expect(pages == whole)
            let (first, last) = try await world.store.read { connection in
                (
                    try FindByName.find(.init("hoa"), within: .ofSystem, limit: 6, on: connection).hasMore,
                    try FindByName.find(.init("hoa"), within: .ofSystem, skipping: 6, limit: 6, on: connection).hasMore
                )
            }
            #expect(first && !last)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `employers are found by words of their names and by their codes`(engine: TestEngine) async throws {
        try await Self.world(engine) { world in
            #expect(try await Self.find(.init("sao mai", of: .employer), in: world) == ["đơn vị 0"])
            let both = try await Self.find(.init("cong ty sao ", of: .employer), in: world)
            #expect(Set(both) == ["đơn vị 0", "đơn vị 1"])
            #expect(try await Self.find(.init("ty ho", of: .employer), in: world) == ["đơn vị 1"])
            #expect(try await Self.find(.init("sao mai"), in: world).isEmpty)
            let keys = world.keys
            let found = try await world.store.read { connection in
                try ["0200112233", "hp0012a", "0200 112 234"].map {
                    try FindByNumber.find($0, within: .ofSystem, keys: keys, limit: 10, on: connection).entities.map(
                        \.first.ordinal)
                }
            }
            #expect(found == [[0], [0], [1]])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a number of any kind finds whoever has it within the scope, telephones too`(engine: TestEngine) async throws {
        try await Self.world(engine) { world in
            let keys = world.keys
            let expected: [(typed: String, communes: [String]?, ordinals: [Int])] = [
                ("031185001000", nil, [0]), ("0311 8500 1003", nil, [3]), ("0912345101", nil, [1]),
                ("+84 912 345 101", nil, [1]), ("031185001000", ["11329"], []), ("031185001000", ["11311"], [0]),
                ("0912345101", ["11311"], []), ("031185009999", nil, []),
            ]
            for (typed, communes, ordinals) in expected {
                let found = try await world.store.read { connection in
                    try FindByNumber.find(
                        typed, within: Self.viewer(communes).recordScope, keys: keys, limit: 10, on: connection
                    ).entities.map(\.first.ordinal)
                }
                #expect(found == ordinals, "\(typed)")
            }
        }
    }

    @Test func `a text is read as each number that it may be`() {
        func kinds(_ typed: String) -> Set<NumberKind> { Set(FindByNumber.readings(of: typed).map(\.kind)) }
        #expect(kinds("031185001234") == [.personal, .employerTax])
        #expect(kinds("030123456") == [.oldPersonal])
        #expect(kinds("0118500123") == [.socialInsurance, .personTax, .employerTax, .phone])
        #expect(kinds("0200112233-001") == [.employerTax, .personTax])
        #expect(kinds("C1234567") == [.passport, .employerUnit])
        #expect(kinds("nguyễn thị hoa").isEmpty)
        #expect(FindByNumber.isNumber("HP0012A") && FindByNumber.isNumber("0912.345.678"))
        #expect(!FindByNumber.isNumber("Công ty 36") && !FindByNumber.isNumber("nguyen 1985"))
    }

    @Test(arguments: TestEngine.allCases)
    func `without the keys a number finds a refusal, not nobody`(engine: TestEngine) async throws {
        try await Self.world(engine) { world in
            await expectRefusal(.notNow) {
                _ = try await world.store.read {
                    try FindByNumber.find("031185001000", within: .ofSystem, keys: nil, limit: 10, on: $0)
                }
            }
        }
    }
}

/// The index is what the records in force make of it, whatever came and went.
@Suite
struct NameIndexTests {
    private static let words = ["nguyen", "thi", "van", "hoa", "quoc", "mai", "hoang"]

    private static func rows(_ count: Int, using random: inout SeededGenerator) throws -> [DeliveredRow] {
        try (0..<count).map { index in
            let name = (0..<Int.random(in: 1...4, using: &random)).map { _ in
                words[Int.random(in: 0..<words.count, using: &random)]
            }.joined(separator: " ")
            var row = try person(
                name, id: "03109000000\(Int.random(in: 0..<9, using: &random))",
                phone: Bool.random(using: &random) ? "091234567\(Int.random(in: 0..<4, using: &random))" : nil,
                commune: ["11311", "11329", "11413"][Int.random(in: 0..<3, using: &random)], row: index)
            let year = Int.random(in: 1980..<1984, using: &random)
            row.values[.birth] = PartialDay(year: year).map { .partialDay($0) }
            return row
        }
    }

    @Test(arguments: TestEngine.allCases, [UInt64(1), 2])
    func `a withdrawn delivery leaves no trace in the index`(engine: TestEngine, seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let deliveries = try (0..<3).map { _ in try Self.rows(30, using: &random) }
        try await RegistryWorld.with(engine) { world in
            for number in [1, 2] { try await world.deliver(number, deliveries[number - 1]) }
            try await world.derive()
            let without = try await world.searched()
            try await world.deliver(3, deliveries[2])
            try await world.derive()
            #expect(try await world.searched() != without)
            try await world.takeOut(3)
            try await world.derive(chunk: 7)
            #expect(try await world.searched() == without)
            for number in [1, 2] { try await world.takeOut(number) }
            try await world.derive(chunk: 7)
            #expect(try await world.searched().isEmpty)
        }
    }

    /// Against what the words say, without an index.
    @Test(arguments: TestEngine.allCases, [UInt64(3), 4])
    func `what is found is what holds the words, the year and the commune`(engine: TestEngine, seed: UInt64)
        async throws
    {
        var random = SeededGenerator(seed: seed)
        let rows = try Self.rows(120, using: &random)
        var questions: [(typed: String, year: Int?, commune: String?)] = []
        for _ in 0..<60 {
            var words = (0..<Int.random(in: 1...3, using: &random)).map { _ in
                Self.words[Int.random(in: 0..<Self.words.count, using: &random)]
            }
            if Bool.random(using: &random), let last = words.popLast() { words.append(String(last.prefix(2))) }
            // A word that is typed twice counts once, where it stands first.
            if Set(words).count < words.count { words = [words[0]] }
            questions.append(
                (
                    words.joined(separator: " ") + (Bool.random(using: &random) ? " " : ""),
                    Bool.random(using: &random) ? Int.random(in: 1980..<1984, using: &random) : nil,
                    Bool.random(using: &random) ? "11329" : nil
                ))
        }
        let asked = questions
        try await RegistryWorld.with(engine) { world in
            try await world.deliver(1, rows)
            try await world.derive()
            let members = try await world.store.read { connection in
                var members: [Int: EntityID] = [:]
                try RegisterQueries.forEachMember(within: .ofSystem, on: connection) { place, _, _, _, entity in
                    members[place.ordinal] = entity
                }
                return members
            }
            for question in asked {
                let words = question.typed.split(separator: " ").map(String.init)
                let open = !question.typed.hasSuffix(" ")
                // Name, year and commune are those of one record.
                let expected = Set(
                    rows.indices.filter { index in
                        let values = rows[index].values
                        let known = (values.text(.name) ?? "").split(separator: " ").map(String.init)
                        return words.enumerated().allSatisfy { place, word in
                            open && place == words.count - 1
                                ? known.contains { $0.hasPrefix(word) } : known.contains(word)
                        } && (question.year == nil || values.text(.birth) == "\(question.year ?? 0)")
                            && (question.commune == nil || values.text(.commune) == question.commune)
                    }.compactMap { members[$0] })
                let found = try await world.store.read { connection in
                    try FindByName.find(
                        SearchQuestion(
                            question.typed, birthYear: question.year,
                            commune: question.commune.flatMap { CommuneCode($0) }, isWide: true), within: .ofSystem,
                        limit: 100,
                        on: connection)
                }
                #expect(Set(found.entities) == expected, "\(question)")
                #expect(found.entities.count == expected.count && !found.hasMore)
            }
        }
    }
}

extension RegistryWorld {
    /// Every row of the index, as text.
    func searched() async throws -> [String] {
        try await store.read { connection in
            var lines: [String] = []
            for (table, key) in [
                ("searched_name", "entity, name, year, commune"), ("searched_text", "name"),
                ("searched_term", "term, name"), ("searched_word", "term"), ("searched_phone", "number, entity"),
            ] {
                lines += try connection.rows("SELECT * FROM \(table) ORDER BY \(key)").map { "\(table) \($0.values)" }
            }
            return lines
        }
    }
}
