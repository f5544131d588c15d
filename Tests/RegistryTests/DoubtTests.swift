import Access
import Database
import Formats
import Jobs
import Kernel
import Registry
import TestSupport
import Testing
import Vault

/// What people decide of pairs that the register does not know by itself.
@Suite
struct DoubtTests {
    private static let linking = Linking()

    private static let accounts = Dictionary(
        uniqueKeysWithValues: ["An", "Bình", "Chi"].map { ($0, RecordID(at: Timestamp(secondsSinceEpoch: 0))) })

    private static func viewer(_ name: String, _ communes: [String]? = nil) -> Viewer {
        Viewer(
            account: accounts[name] ?? RecordID(at: Timestamp(secondsSinceEpoch: 0)), login: name, name: name,
            role: communes == nil ? .insuranceProvince : .insuranceBase,
            rights: communes == nil ? [.openRecords, .openAllRecords, .decideDoubts] : [.openRecords, .decideDoubts],
            communes: (communes ?? []).compactMap { CommuneCode($0) })
    }

    /// Two lists: somebody with a number and a year of birth alone, twice.
    private static func deliver(to world: RegistryWorld) async throws {
        let street = "Số 12, Lạch Tray, phường Gia Viên, thành phố Hải Phòng"
        try await world.deliver(
            1,
            [
                person("Trần Thị Ánh Tuyết", kind: .resident, birth: "1950", sex: "female", address: street),
                person(
                    "Trần Văn Long", id: "031075000001", kind: .resident, birth: "1975-04-05", sex: "male",
                    address: street),
            ])
        try await world.deliver(
            2,
            [
                person(
                    "Trần Thị Ánh Tuyết", code: "3100000009", kind: .benefit, birth: "1950", sex: "female",
                    address: street)
            ])
        try await world.link()
    }

    private static func open(_ world: RegistryWorld, by viewer: Viewer = viewer("An")) async throws -> [DoubtfulPair] {
        try await world.store.read {
            try DoubtQueries.list(.open, within: viewer.recordScope, limit: 10, on: $0)
        }
    }

    private static func decide(
        _ world: RegistryWorld, _ id: DoubtID, _ answer: DoubtAnswer, by viewer: Viewer = viewer("An"),
        words: String = ""
    ) async throws -> DecideDoubt.Result {
        let (keys, now) = (world.keys, world.clock.now)
        return try await world.store.write { connection in
            try DecideDoubt.decide(
                id, answer, words: words, by: Submission(viewer: viewer), linking: linking, keys: keys, at: now,
                on: connection)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a doubtful pair tells why, shows both records without their numbers, and who lives beside`(engine: TestEngine)
        async throws
    {
        try await RegistryWorld.with(engine) { world in
            try await Self.deliver(to: world)
            let doubts = try await Self.open(world)
            #expect(doubts.map(\.reason) == [.needed])
            let doubt = try #require(doubts.first)
            #expect(try await Self.open(world, by: Self.viewer("Bình", ["11329"])).isEmpty)
            #expect(try await Self.open(world, by: Self.viewer("Bình", ["11311"])).count == 1)
            let (keys, now) = (world.keys, world.clock.now)
            let detail = try await world.store.write { connection in
                try DoubtQueries.open(
                    doubt.id, by: Submission(viewer: Self.viewer("An")), linking: Self.linking, keys: keys, at: now,
                    on: connection)
            }
            #expect(detail.low.household.map(\.name) == ["Trần Văn Long"])
            #expect(detail.high.record.values[.siCode] == nil)
            #expect(detail.high.numbers.map(\.text) == ["•••••••009"])
            #expect(abs(detail.steps.reduce(0) { $0 + $1.weight } - doubt.weight) < 1e-9)
            #expect(detail.steps.contains { $0.comparison == "place" && $0.weight > 0 })
            let entries = try await world.store.read { try AuditTrail.entries(before: nil, limit: 10, on: $0) }
            #expect(entries.map(\.action) == ["registry.doubt-opened"])
            await expectRefusal(.notFound) {
                _ = try await Self.decide(world, doubt.id, .same, by: Self.viewer("Bình", ["11329"]))
            }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a base office sees of both persons what lies in its communes alone`(engine: TestEngine) async throws {
        try await RegistryWorld.with(engine) { world in
            try await Self.deliver(to: world)
            // The same number in another commune: one more record of the second person.
            try await world.deliver(
                3,
                [
                    person(
                        "Trần Thị Ánh Tuyết", old: "031234567", code: "3100000009", commune: "11329", kind: .stopped,
                        birth: "1950", sex: "female", address: "Thôn 3")
                ])
            try await world.link()
            let doubt = try #require(try await Self.open(world).first)
            let (keys, now) = (world.keys, world.clock.now)
            func detail(_ viewer: Viewer) async throws -> DoubtDetail {
                try await world.store.write { connection in
                    try DoubtQueries.open(
                        doubt.id, by: Submission(viewer: viewer), linking: Self.linking, keys: keys, at: now,
                        on: connection)
                }
            }
            let whole = try await detail(Self.viewer("An"))
            #expect(Set([whole.low.records, whole.high.records]) == [1, 2])
            let own = try await detail(Self.viewer("Bình", ["11311"]))
            #expect(own.low.records == 1 && own.high.records == 1)
            #expect([own.low, own.high].allSatisfy { $0.record.values.text(.commune) == "11311" })
            #expect((own.low.numbers + own.high.numbers).allSatisfy { $0.kind != .oldPersonal })
            #expect((whole.low.numbers + whole.high.numbers).contains { $0.kind == .oldPersonal })
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `one person joins them, two persons parts them, and either can be taken back`(engine: TestEngine) async throws
    {
        try await RegistryWorld.with(engine) { world in
            try await Self.deliver(to: world)
            let before = try await world.links()
            let doubt = try #require(try await Self.open(world).first)
            #expect(try await Self.decide(world, doubt.id, .same).state == .inForce)
            #expect(try await world.members().map { $0.split(separator: " ")[3] } == ["1.0", "1.1", "1.0"])
            #expect(try await Self.open(world).isEmpty)
            let first = EntityID(first: RecordPlace(delivery: 2, ordinal: 0))
            let changes = try await world.store.read { try EntityChange.all(of: first, on: $0) }
            #expect(changes.map(\.kind) == [.merged])
            let (keys, now) = (world.keys, world.clock.now)
            func undo() async throws {
                try await world.store.write { connection in
                    try DecideDoubt.undo(
                        RecordPlace(delivery: 1, ordinal: 0), RecordPlace(delivery: 2, ordinal: 0), words: "Nhầm",
                        by: Submission(viewer: Self.viewer("An")), linking: Self.linking, keys: keys, at: now,
                        on: connection)
                }
            }
            try await undo()
            #expect(try await world.links() == before)
            #expect(try await Self.open(world).map(\.id) == [doubt.id])
            // What the model holds for nearly sure takes two people.
            let result = try await Self.decide(world, doubt.id, .different, words: "Hai hồ sơ giấy khác nhau")
            #expect(result.state == .proposed)
            await expectRefusal(.forbidden) { _ = try await Self.decide(world, doubt.id, .different, words: "x") }
            #expect(try await Self.decide(world, doubt.id, .different, by: Self.viewer("Chi")).state == .inForce)
            #expect(try await Self.open(world).isEmpty)
            let quality = try await world.store.read { try DoubtQueries.quality(on: $0) }
            #expect(quality.first?.doubtfulSame?.whole == 1)
            let history = try await world.store.read {
                try DoubtQueries.history(
                    of: RecordPlace(delivery: 1, ordinal: 0), RecordPlace(delivery: 2, ordinal: 0), on: $0)
            }
            #expect(history.map(\.kind) == [.decided, .undone, .proposed, .confirmed])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `records that share a number are parted by a decision, and stay so when more of both comes`(engine: TestEngine)
        async throws
    {
        try await RegistryWorld.with(engine) { world in
            try await world.deliver(
                1,
                [
                    person("Lê Văn Sơn", code: "3100000001", kind: .participant, birth: "1980-02-03"),
                    person(
                        "Lê Văn Sơn", id: "031091000002", code: "3100000001", kind: .participant, birth: "1991-12-13"),
                ])
            try await world.link()
            #expect(Set(try await world.members().map { $0.split(separator: " ")[3] }).count == 1)
            let (keys, now) = (world.keys, world.clock.now)
            let (one, other) = (RecordPlace(delivery: 1, ordinal: 0), RecordPlace(delivery: 1, ordinal: 1))
            for name in ["An", "Chi"] {
                _ = try await world.store.write { connection in
                    try DecideDoubt.decide(
                        one, other, .different, words: "Mã số cấp trùng", by: Submission(viewer: Self.viewer(name)),
                        linking: Self.linking, keys: keys, at: now, on: connection)
                }
            }
            #expect(try await world.members().map { $0.split(separator: " ")[3] } == ["1.0", "1.1"])
            try await world.deliver(2, [person("Lê Văn Sơn", id: "031091000002", kind: .resident, birth: "1991-12-13")])
            try await world.link()
            #expect(try await world.members().map { $0.split(separator: " ")[3] } == ["1.0", "1.1", "1.1"])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a trained model is a version with what changed, and everything is weighed anew`(engine: TestEngine)
        async throws
    {
        try await RegistryWorld.with(engine) { world in
            var random = SeededGenerator(seed: 5)
            let (surnames, middles, givens) = (
                ["Nguyễn", "Trần", "Lê", "Phạm", "Vũ"], ["Thị", "Văn", "Minh", "Ngọc", "Đức", "Thu"],
                ["Hoa", "Lan", "Bình", "Dũng", "Sơn", "Hà", "Mai", "An", "Khôi", "Tuấn"]
            )
            let people = (0..<600).map { index in
                (
                    name: [
                        surnames.randomElement(using: &random), middles.randomElement(using: &random),
                        givens.randomElement(using: &random),
                    ].compactMap(\.self).joined(separator: " "),
                    birth:
                        "19\(Int.random(in: 50...99, using: &random))-0\(Int.random(in: 2...9, using: &random))-\(Int.random(in: 10...28, using: &random))",
                    id: "03108\(1_000_000 + index * 37)"
                )
            }
            try await world.deliver(
                1, people.map { try person($0.name, id: $0.id, kind: .resident, birth: $0.birth, sex: "female") })
            try await world.deliver(
                2,
                people.prefix(500).enumerated().map { index, one in
                    try person(
                        one.name, id: index % 5 == 0 ? nil : one.id, kind: .labourRegistration, birth: one.birth,
                        sex: "female")
                })
            try await world.link()
            let now = world.clock.now
            try await world.store.write { connection in
                _ = try TrainLinks.begin(nil, by: .commandLine, at: now, on: connection)
            }
            let kind = TrainLinks.kind { _ in try await world.link() }
            let service = world.service(kinds: [kind])
            let job = try #require(try await service.claim(by: "test"))
            await service.perform(job)
            #expect(try await service.job(job.id).problem == nil)
            let versions = try await world.store.read { try TrainLinks.versions(on: $0) }
            let version = try #require(versions.first { $0.kinds == KindPair("labourRegistration", "resident") })
            #expect(version.version == 1 && version.matches > 300 && version.greatestDrift > 0.5)
            // Whoever is one was found one, without and with numbers.
            let members = try await world.members().map { $0.split(separator: " ")[3] }
            let right = (0..<500).count { members[600 + $0] == "1.\($0)" }
            #expect(right > 485, "\(right)")
        }
    }
}
