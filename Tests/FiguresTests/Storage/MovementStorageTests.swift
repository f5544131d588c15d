import Database
import Access
import Files
import Kernel
import Province
import TestSupport
import Testing

@testable import Figures

/// Movements taken, replaced and withdrawn.
@Suite
struct MovementStorageTests {
    static let insurance = Submission(viewer: FiguresWorld.insurance)

    static func service(_ world: FiguresWorld) -> MovementService {
        MovementService(
            store: world.store, clock: world.clock.ticking, directory: HaiPhong.directory, province: HaiPhong.province,
            units: UnitsInForce(folder: AgencyUnits()), insurance: nil)
    }

    static func file(_ lines: [String], month: String = "09/2026") -> IncomingFile {
        let text =
            ["Biến động tháng \(month)", "Mã xã;Đơn vị;Tăng mới tự nguyện;Trở lại tự nguyện;Dừng đóng tự nguyện"]
            + lines
        return IncomingFile(
            name: "biến động.csv", mediaType: "text/csv", bytes: Array(text.joined(separator: "\n").utf8))
    }

    static func take(_ lines: [String], in world: FiguresWorld) async throws -> RecordID {
        let service = service(world)
        let id = try await service.receive(
            file(lines), month: nil, place: .province, source: "", by: insurance)
        try await service.accept(id, by: insurance)
        return id
    }

    static func holding(_ world: FiguresWorld) async throws -> [String] {
        try await service(world).movements(of: .known(2026, 9), for: FiguresWorld.insurance).map {
            "\($0.key.place.key) \($0.key.measure.rawValue) \($0.value) @\($0.batch)"
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a file is looked at, taken once, replaced by a later one, and holds again when that is withdrawn`(
        engine: TestEngine
    ) async throws {
        try await FiguresWorld.with(engine) { world in
            let service = Self.service(world)
            let id = try await service.receive(
                Self.file(["10507;;12;3;4", ";Lạ;1;1;1"]), month: nil, place: .province, source: "", by: Self.insurance)
            let (upload, outcome) = try await service.look(at: id, for: FiguresWorld.analyst)
            #expect(upload.isOpen && upload.fileName == "biến động.csv")
            #expect([outcome.added, outcome.unchanged, outcome.reading.rejectedRows] == [3, 0, 1])
            #expect(try await Self.holding(world) == [])
            try await service.accept(id, by: Self.insurance)
            let first = ["10507 joined 12 @1", "10507 returned 3 @1", "10507 stopped 4 @1"]
            #expect(try await Self.holding(world) == first)
            await expectRefusal(.stale) { try await service.accept(id, by: Self.insurance) }
            await expectRefusal(.stale) { try await service.discard(id, by: Self.insurance) }

            _ = try await Self.take(["10507;;13;3;4"], in: world)
            #expect(
                try await Self.holding(world) == [
                    "10507 joined 13 @2", "10507 returned 3 @2", "10507 stopped 4 @2",
                ])
            let batch = try await service.batch(2, for: FiguresWorld.commune).0
            #expect(batch.source == "Biến động tháng 09/2026" && batch.month == .known(2026, 9))
            await expectRefusal(.invalid, field: "reason") {
                try await service.withdraw(batch: 2, reason: " ", by: Self.insurance)
            }
            try await service.withdraw(batch: 2, reason: "Nhầm", by: Self.insurance)
            #expect(try await Self.holding(world) == first)
            await expectRefusal(.stale) {
                try await service.withdraw(batch: 2, reason: "Nhầm", by: Self.insurance)
            }
            #expect(
                try await world.trail() == [
                    "movements.received", "movements.taken", "movements.received", "movements.taken",
                    "movements.withdrawn",
                ])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `what was looked at before another batch is not taken after it`(engine: TestEngine) async throws {
        try await FiguresWorld.with(engine) { world in
            let service = Self.service(world)
            let id = try await service.receive(
                Self.file(["10507;;12;3;4"]), month: nil, place: .province, source: "", by: Self.insurance)
            let seen = try await world.store.read { try Revisions.read(on: $0).version(of: .movementBatch) }
            _ = try await Self.take(["10507;;13;3;4"], in: world)
            await expectRefusal(.stale) { try await service.accept(id, version: seen, by: Self.insurance) }
            try await service.discard(id, by: Self.insurance)
            #expect(try await service.waitingUploads(for: FiguresWorld.insurance) == [])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `only those who manage figures take and withdraw`(engine: TestEngine) async throws {
        try await FiguresWorld.with(engine) { world in
            let service = Self.service(world)
            let id = try await service.receive(
                Self.file(["10507;;12;3;4"]), month: nil, place: .province, source: "", by: Self.insurance)
            for viewer in FiguresWorld.without(.acceptFigures) {
                let by = Submission(viewer: viewer)
                await expectRefusal(.forbidden) { _ = try await service.look(at: id, for: viewer) }
                await expectRefusal(.forbidden) { try await service.accept(id, by: by) }
                await expectRefusal(.forbidden) { try await service.discard(id, by: by) }
                await expectRefusal(.forbidden) {
                    _ = try await service.receive(
                        Self.file(["10507;;1;1;1"]), month: nil, place: .province, source: "", by: by)
                }
                #expect(try await service.waitingUploads(for: viewer) == [])
            }
            for viewer in FiguresWorld.without(.withdrawFigures) {
                await expectRefusal(.forbidden) {
                    try await service.withdraw(batch: 1, reason: "x", by: Submission(viewer: viewer))
                }
            }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a file that nobody took goes by itself, its content a month later`(engine: TestEngine) async throws {
        try await FiguresWorld.with(engine) { world in
            let id = try await Self.service(world).receive(
                Self.file(["10507;;12;3;4"]), month: nil, place: .province, source: "", by: Self.insurance)
            func forget() async throws -> Int {
                try await world.store.write { [now = world.clock.now] in
                    try FigureService.forgetUploads(at: now, atMost: 100, on: $0)
                }
            }
            #expect(try await forget() == 0)
            world.clock.advance(seconds: 61 * 86_400)
            #expect(try await forget() == 1)
            world.clock.advance(seconds: 31 * 86_400)
            #expect(try await [forget(), forget()] == [1, 0])
            await expectRefusal(.invalid) {
                _ = try await Self.service(world).look(at: id, for: FiguresWorld.insurance)
            }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a month is an account: opening, flows, closing, and what they do not explain`(
        engine: TestEngine
    ) async throws {
        try await FiguresWorld.with(engine) { world in
            try await world.take("08/2026", "10507;1000;100")
            try await world.take("09/2026", "10507;1000;113")
            _ = try await Self.take(["10507;;12;3;4"], in: world)
            let balances = try await Self.service(world).balances(of: .known(2026, 9), for: FiguresWorld.commune)
            #expect(
                balances == [
                    MovementBalance(
                        place: .commune(.known("10507")), scheme: .voluntary, opening: 100, joined: 12, returned: 3,
                        stopped: 4, closing: 113, communes: 1, allCommunes: 1)
                ])
            #expect(balances.first?.expected == 111 && balances.first?.remainder == 2)
        }
    }
}

/// What can hardly be is taken only with a reason.
@Suite
struct MovementDoubtStorageTests {
    static let insurance = Submission(viewer: FiguresWorld.insurance)

    @Test(arguments: TestEngine.allCases)
    func `flows beyond half of the people of a commune are asked about, and the reason is kept`(
        engine: TestEngine
    ) async throws {
        try await FiguresWorld.with(engine) { world in
            let service = MovementStorageTests.service(world)
            try await world.take("08/2026", "10507;1000;160", "10525;1000;160")
            let id = try await service.receive(
                MovementStorageTests.file(["10507;;81;3;4", "10525;;80;3;4"]), month: nil, place: .province, source: "",
                by: Self.insurance)
            let doubts = try await service.look(at: id, for: FiguresWorld.insurance).1.doubts
            #expect(
                doubts == [
                    MovementDoubt(
                        place: .commune(.known("10507")), scheme: .voluntary, month: .known(2026, 9),
                        kind: .flow(.joined, people: 160), value: 81)
                ])
            let sentence = doubts.first?.sentence(service.name(of:)) ?? ""
            #expect(sentence.contains("Thành Đông, tự nguyện, tháng 09/2026: tăng mới 81 người"), "\(sentence)")
            let before = try await world.footprint()
            for reason in ["", "đúng"] {
                await expectRefusal(.invalid, field: "whole") {
                    try await service.accept(id, whole: reason, by: Self.insurance)
                }
            }
            #expect(try await world.footprint() == before)
            try await service.accept(id, whole: "Chiến dịch ra quân tháng 9", by: Self.insurance)
            #expect(try await world.trail().suffix(2) == ["movements.whole-confirmed", "movements.taken"])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a form's closing number is set against the figures of its month`(engine: TestEngine) async throws {
        try await FiguresWorld.with(engine) { world in
            let service = MovementStorageTests.service(world)
            try await world.take("09/2026", "10507;1000;100")
            func doubts(_ closing: Int) async throws -> [MovementDoubt.Kind] {
                let lines = [
                    "Tháng 09/2026", "Mã xã;Đơn vị;Đầu tháng bắt buộc;Cuối tháng bắt buộc", "10507;;990;\(closing)",
                ]
                let id = try await service.receive(
                    IncomingFile(
                        name: "a.csv", mediaType: "text/csv", bytes: Array(lines.joined(separator: "\n").utf8)),
                    month: nil, place: .province, source: "", by: Self.insurance)
                return try await service.look(at: id, for: FiguresWorld.insurance).1.doubts.map(\.kind)
            }
            #expect(try await doubts(1_050) == [])
            #expect(try await doubts(1_051) == [.closing(figures: 1_000, of: .known(2026, 9))])
            #expect(try await doubts(940) == [.closing(figures: 1_000, of: .known(2026, 9))])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `what a file states of a month's beginning and end stands in the account, also where no figure is known`(
        engine: TestEngine
    ) async throws {
        try await FiguresWorld.with(engine) { world in
            let service = MovementStorageTests.service(world)
            let lines = [
                "Tháng 09/2026",
                "Mã xã;Đầu tháng tự nguyện;Tăng mới tự nguyện;Trở lại tự nguyện;Dừng đóng tự nguyện;Cuối tháng tự nguyện",
                "10507;100;12;3;4;113",
            ]
            let id = try await service.receive(
                IncomingFile(name: "a.csv", mediaType: "text/csv", bytes: Array(lines.joined(separator: "\n").utf8)),
                month: nil, place: .province, source: "", by: Self.insurance)
            try await service.accept(id, by: Self.insurance)
            let account = try #require(
                try await service.balances(of: .known(2026, 9), for: FiguresWorld.commune).first)
            #expect(account.opening == nil && account.closing == nil)
            #expect([account.statedOpening, account.statedClosing, account.expected] == [100, 113, 111])
            #expect(account.remainder == 2)
        }
    }
}

/// The province's account from that of its communes.
@Suite
struct MovementBalanceTests {
    static let month = Month.known(2026, 9)

    static func movement(_ commune: CommuneCode, _ measure: MovementMeasure, _ value: Int) -> Movement {
        Movement(
            key: MovementKey(place: .commune(commune), month: month, measure: measure, scheme: .voluntary),
            value: value,
            batch: 1)
    }

    @Test
    func `the flows of all communes are the province's, those of some are nobody's`() {
        let communes = HaiPhong.directory.communes.map(\.code)
        var movements = communes.map { Self.movement($0, .joined, 2) }
        func province() -> MovementBalance? {
            MovementBalance.accounts(of: Self.month, movements: movements, communes: communes, areas: [:]) { _, _, _ in
                10
            }.first { $0.place == .province }
        }
        #expect(province()?.joined == 228 && province()?.opening == 1_140 && province()?.expected == nil)
        movements.removeLast()
        #expect(province() == nil)
    }

    @Test
    func `where some communes lack a figure the others' flows explain the others' figures`() {
        let communes = HaiPhong.directory.communes.map(\.code)
        let movements = communes.dropLast().flatMap { commune in
            [(MovementMeasure.joined, 3), (.returned, 1), (.stopped, 2)].map { Self.movement(commune, $0, $1) }
        }
        func province(knowing count: Int) -> MovementBalance? {
            let known = Set(communes.prefix(count))
            return MovementBalance.accounts(of: Self.month, movements: movements, communes: communes, areas: [:]) {
                commune, _, month in known.contains(commune) ? (month == Self.month ? 13 : 10) : nil
            }.first { $0.place == .province }
        }
        let most = province(knowing: 100)
        #expect(most?.isOfPart == true && most?.communes == 100 && most?.allCommunes == 114)
        #expect([most?.opening, most?.joined, most?.expected, most?.closing] == [1_000, 300, 1_200, 1_300])
        #expect(most?.remainder == 100)
        // Of fewer than half nothing is said of the whole.
        #expect(province(knowing: 56) == nil)
    }
}
