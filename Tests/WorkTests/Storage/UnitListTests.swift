import Access
import Database
import Files
import Kernel
import PlanText
import Province
import Tabular
import TestPlans
import TestSupport
import TestWork
import Testing
import Work

/// Lists of units that are loaded on screen: what they would change, taking them, who may.
@Suite
struct UnitListTests {
    static let heading =
        "Cơ quan;Mã đơn vị;Tên đơn vị;Xã, phường, đặc khu phụ trách;Chức danh người đứng đầu;Thôi hoạt động"
    static let two = [
        "BHXH cơ sở;suoi-mau;Bảo hiểm xã hội cơ sở Suối Mẫu;90001, 90002;;",
        "bhxh-co-so;ben-vi-du;Bảo hiểm xã hội cơ sở Bến Ví Dụ;90003;Giám đốc;",
    ]
    static let common = "II.2/2027-2028/bhxh-co-so"
    static let own = "II.2/2027-2028/bhxh-co-so:suoi-mau"
    static let other = "II.2/2027-2028/bhxh-co-so:ben-vi-du"

    static func file(_ lines: [String]) -> IncomingFile {
        let text = ([heading] + lines).joined(separator: "\r\n")
        return IncomingFile(name: "don-vi.csv", mediaType: "text/csv", bytes: Array(text.utf8))
    }

    static func world(
        _ engine: TestEngine, on day: Day = StorageWorld.start, units: String? = nil,
        _ body: (StorageWorld) async throws -> Void
    ) async throws {
        try await StorageWorld.with(engine, on: day, plan: try OfficesPlan.load(units: units), body)
    }

    static let keeper = Submission(viewer: StorageWorld.administrator)

    static func enter(_ world: StorageWorld, _ lines: [String]) async throws -> RecordID {
        guard case .draft(let id) = try await world.unitLists.enter(file(lines), by: keeper) else {
            throw Refusal(.invalid, "the table has problems")
        }
        return id
    }

    static func take(_ world: StorageWorld, _ lines: [String]) async throws {
        let id = try await enter(world, lines)
        let preview = try await world.unitLists.preview(id, for: StorageWorld.administrator)
        try await world.unitLists.keep(id, version: preview.version, by: keeper)
    }

    static func work(_ world: StorageWorld) async throws -> Set<String> {
        try await world.ids(for: StorageWorld.auditor).filter { $0.hasPrefix("II.2/") }
    }

    @Test(arguments: TestEngine.allCases)
    func `a first list shows what it would change, and changes nothing before it is taken`(
        engine: TestEngine
    ) async throws {
        try await Self.world(engine) { world in
            let id = try await Self.enter(world, Self.two)
            let preview = try await world.unitLists.preview(id, for: StorageWorld.administrator)
            #expect(preview.changes.map(\.kind) == [.added, .added])
            #expect(preview.changes.map(\.unit.code.text) == ["bhxh-co-so:suoi-mau", "bhxh-co-so:ben-vi-du"])
            #expect(preview.effect.appearing.map { "\($0.task) \($0.pieces)" } == ["II.2 2"])
            #expect(preview.effect.leaving.map { "\($0.task) \($0.pieces)" } == ["II.2 1"])
            #expect(preview.fileName == "don-vi.csv")
            #expect(try await Self.work(world) == [Self.common])
            #expect(world.plan.units.count == 0)

            try await world.unitLists.drop(id, by: Self.keeper)
            #expect(try await Self.work(world) == [Self.common])
            await expectRefusal(.stale) {
                try await world.unitLists.keep(id, version: preview.version, by: Self.keeper)
            }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `taking a list gives each unit its work, names it everywhere and tells the audit trail`(
        engine: TestEngine
    ) async throws {
        try await Self.world(engine) { world in
            try await Self.take(world, Self.two)
            #expect(try await Self.work(world) == [Self.own, Self.other])
            #expect(world.plan.name(of: try #require(UnitCode("bhxh-co-so:suoi-mau"))).contains("Suối Mẫu"))
            let entries = try await world.store.read { try AuditTrail.entries(before: nil, limit: 20, on: $0) }
            let entry = try #require(entries.first { $0.action == "units.loaded" })
            #expect(entry.detail == "bhxh-co-so: 2 đơn vị mới")
            #expect(try await world.unitLists.history(for: StorageWorld.administrator).map(\.summary) == [entry.detail])

            // Another server, or the next start, has it from the database.
            let next = world.under(try OfficesPlan.load(units: nil))
            let synced = try await next.work.syncInstances()
            #expect([synced.added, synced.moved, synced.withdrawn] == [0, 0, 0])
            #expect(next.plan.units.count == 0)
            try await next.plan.unitsInForce.refresh(from: next.store, revision: [1])
            #expect(next.plan.units.count == 2)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a list is whole: who is left out has ended, keeps begun work and gets none`(
        engine: TestEngine
    ) async throws {
        try await Self.world(engine) { world in
            try await Self.take(world, Self.two)
            let officer = UnitStorageTests.officer(of: OfficesPlan.office)
            try await world.work.addNote(Self.own, text: "Đã bắt đầu", by: .init(viewer: officer))
            let lines = [
                "bhxh-co-so;ben-vi-du;Bảo hiểm xã hội cơ sở Bến Mới;90003;Trưởng cơ sở;",
                "bhxh-co-so;nui-moi;Bảo hiểm xã hội cơ sở Núi Mới;90002;;",
            ]
            let id = try await Self.enter(world, lines)
            let preview = try await world.unitLists.preview(id, for: StorageWorld.administrator)
            #expect(
                preview.changes.map(\.kind) == [
                    .renamed(from: "Bảo hiểm xã hội cơ sở Bến Ví Dụ"), .changed(["chức danh người đứng đầu"]), .added,
                    .ended,
                ])
            #expect(preview.effect.staying.map(\.pieces) == [1])
            try await world.unitLists.keep(id, version: preview.version, by: Self.keeper)
            #expect(
                try await Self.work(world) == [Self.own, Self.other, "II.2/2027-2028/bhxh-co-so:nui-moi"])
            let office = try #require(OfficesPlan.office)
            let ended = try #require(world.plan.units[office])
            #expect(ended.isFormer && ended.name.contains("Suối Mẫu"))
            // Its officers still see and go on with what they began.
            try await world.work.addNote(Self.own, text: "Làm nốt", by: .init(viewer: officer))

            // It comes back with the next list that names it.
            let again = try await Self.enter(world, Self.two)
            let back = try await world.unitLists.preview(again, for: StorageWorld.administrator)
            #expect(back.changes.contains { $0.kind == .back && $0.unit.code == OfficesPlan.office })
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `nothing that fell due before a unit was known becomes its work`(engine: TestEngine) async throws {
        try await Self.world(engine, on: Day.known(2029, 1, 10)) { world in
            let id = try await Self.enter(world, Self.two)
            let preview = try await world.unitLists.preview(id, for: StorageWorld.administrator)
            #expect(preview.effect.isEmpty)
            try await world.unitLists.keep(id, version: preview.version, by: Self.keeper)
            #expect(try await Self.work(world) == [Self.common])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a list loaded on screen stands in the place of the folder's, other agencies keep theirs`(
        engine: TestEngine
    ) async throws {
        let folder = OfficesPlan.twoOffices + "luu-tru,so-noi-vu,Trung tâm Lưu trữ,,,,\n"
        try await Self.world(engine, units: folder) { world in
            try await Self.take(world, ["bhxh-co-so;suoi-mau;Bảo hiểm xã hội cơ sở Suối Mẫu;90001 90002;;"])
            #expect(world.plan.units.units(of: try #require(AgencyCode("bhxh-co-so"))).count == 1)
            #expect(world.plan.units.units(of: try #require(AgencyCode("so-noi-vu"))).count == 1)
            // Known from the folder since the beginning, so its work stays from the beginning.
            #expect(world.plan.units[try #require(OfficesPlan.office)]?.since == nil)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `of two who looked at the same lists only the first takes his`(engine: TestEngine) async throws {
        try await Self.world(engine) { world in
            let first = try await Self.enter(world, Self.two)
            let second = try await Self.enter(world, [Self.two[0]])
            let seen = try await world.unitLists.preview(second, for: StorageWorld.administrator).version
            try await world.unitLists.keep(first, version: seen, by: Self.keeper)
            await expectRefusal(.stale) { try await world.unitLists.keep(second, version: seen, by: Self.keeper) }
            #expect(try await Self.work(world) == [Self.own, Self.other])
            // A list that changes nothing is not taken either.
            let same = try await Self.enter(world, Self.two)
            await expectRefusal(.invalid) { try await world.unitLists.keep(same, version: 1, by: Self.keeper) }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `whoever lacks the right reads and loads no list`(engine: TestEngine) async throws {
        try await Self.world(engine) { world in
            let id = try await Self.enter(world, Self.two)
            for viewer in [StorageWorld.analyst, StorageWorld.insurance, StorageWorld.communes[0]] {
                let submission = Submission(viewer: viewer)
                await expectRefusal(.forbidden) {
                    _ = try await world.unitLists.enter(Self.file(Self.two), by: submission)
                }
                await expectRefusal(.forbidden) { _ = try await world.unitLists.preview(id, for: viewer) }
                await expectRefusal(.forbidden) { try await world.unitLists.keep(id, version: 0, by: submission) }
                await expectRefusal(.forbidden) { try await world.unitLists.drop(id, by: submission) }
                await expectRefusal(.forbidden) { _ = try await world.unitLists.file(of: id, for: viewer) }
                await expectRefusal(.forbidden) { _ = try await world.unitLists.history(for: viewer) }
            }
            #expect(try await Self.work(world) == [Self.common])
        }
    }

    static let mistakes: [(line: String, place: String, words: String)] = [
        ("Sở Lạ;a;Cơ sở A;;;", "A3", "kế hoạch không có cơ quan này"),
        (";a;Cơ sở A;;;", "A3", "ô trống"),
        ("ubnd-cap-xa;a;Cơ sở A;;;", "A3", "không có danh sách đơn vị trực thuộc"),
        ("bhxh-co-so;Cơ sở;Cơ sở A;;;", "B3", "chữ thường không dấu"),
        ("bhxh-co-so;suoi-mau;Cơ sở A;;;", "B3", "đã có ở dòng 2"),
        ("bhxh-co-so;a;;;;", "C3", "tên đầy đủ"),
        ("bhxh-co-so;a;Cơ sở A;99999;;", "D3", "danh mục không có mã này"),
        ("bhxh-co-so;a;Cơ sở A;Xã Không Có;;", "D3", "không rõ là đơn vị nào"),
        ("bhxh-co-so;a;Cơ sở A;;;mai", "F3", "để trống cho đơn vị đang hoạt động"),
    ]

    @Test(arguments: mistakes)
    func `a wrong cell leaves the whole table out, with its place, value and remedy`(
        mistake: (line: String, place: String, words: String)
    ) async throws {
        try await Self.world(.sqlite) { world in
            let answer = try await world.unitLists.enter(Self.file([Self.two[0], mistake.line]), by: Self.keeper)
            guard case .wrong(let notes) = answer else {
                Issue.record("the table was taken")
                return
            }
            #expect(notes.map { "\($0.column)\($0.row)" } == [mistake.place], "\(notes)")
            #expect(notes.first?.message.contains(mistake.words) == true, "\(notes)")
            #expect(try await world.store.read { try $0.integer("SELECT COUNT(*) FROM unit_list") } == 0)
        }
    }

    @Test
    func `the template read back changes nothing`() async throws {
        try await Self.world(.sqlite, units: OfficesPlan.twoOffices) { world in
            let plan = world.plan
            let sheet = UnitTable.sheet(of: plan.units, agencies: plan.agencies, communes: plan.communes)
            let bytes = try XLSXWriter.bytes(of: [sheet])
            let table = try UnitTable(bytes, agencies: plan.agencies, communes: plan.communes)
            #expect(table.problems == [])
            #expect(table.lists.values.flatMap(\.self) == plan.units.all(of: try #require(AgencyCode("bhxh-co-so"))))
        }
    }
}
