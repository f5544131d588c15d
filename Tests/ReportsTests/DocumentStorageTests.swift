import Access
import Assembly
import Database
import Documents
import Figures
import Files
import Foundation
import Kernel
import Overview
import PlanText
import Targets
import Work
import Province
import TestPlans
import TestSupport
import Testing

@testable import Reports

/// Documents, templates and committees as both engines keep them.
@Suite
struct DocumentStorageTests {
    struct World: Sendable {
        let documents: DocumentService
        let analyst: Viewer
        let officer: Viewer
        let unit: UnitCode
        let commune: CommuneCode
    }

    static let template = """
        id: thu
        name: Mẫu thử
        type: BC
        agency: Sở Nội vụ
        symbol: /BC-SNV
        place: An Biên
        summary: Kết quả {{period}}
        body:
          - text: "{{total}} người"
        """

    /// A kind of one's own: a value and its template.
    static let kind = PaperKind("thu", about: .today, right: .draftPlanPapers, issuers: PaperIssuers.coordinator) {
        service, request, _ in
        .init(request, DocumentData(), about: Subject(Subject.Kind("test")), cutoff: service.clock.today)
    }

    static func with(
        _ engine: TestEngine, kinds: [PaperKind] = [kind], pairs: PairPolicy = PairPolicy(),
        _ body: (World) async throws -> Void
    ) async throws {
        try await engine.withStore { store in
            let clock = MutableClock(Timestamp(day: try #require(Day("2027-07-10")), hour: 8))
            _ = try await Schema.migrator.migrate(store, at: clock.now)
            let definition = try PlanFolder.load(PlanFolder.anBien)
            let services = PlanServices(
                store: store, clock: clock.ticking, definition: definition, grants: .ofRoles, pairs: pairs)
            let figures = FigureService(
                store: store, clock: clock.ticking, directory: definition.communes, province: definition.province)
            let commune = try #require(definition.communes.codes.first)
            func viewer(_ role: Role, agency: AgencyCode? = nil, communes: [CommuneCode] = []) -> Viewer {
                Viewer(
                    account: RecordID(at: Timestamp(secondsSinceEpoch: 0)), login: role.rawValue,
                    name: "Người \(role)", role: role, rights: Grants.ofRoles.rights(of: role), agency: agency,
                    communes: communes)
            }
            try await body(
                World(
                    documents: DocumentService(
                        services: services, figures: figures, law: nil,
                        folder: TemplateFolder([try DocumentTemplate(template)]), kinds: kinds),
                    analyst: viewer(.analyst, agency: definition.coordinatingAgency),
                    officer: viewer(.communeOfficer, communes: [commune]),
                    unit: .agency(definition.coordinatingAgency), commune: commune))
        }
    }

    static func draft(_ world: World, total: String = "1.000") -> DocumentService.Draft {
        .init(
            template: "thu", data: DocumentData(fields: ["period": "năm 2027", "total": total]),
            unit: world.unit, subject: Subject(.city), period: .year(2027),
            cutoff: Day(daysSinceEpoch: 20_000))
    }

    @Test(arguments: TestEngine.allCases)
    func `a document comes back as it was frozen, with its hash, and is found by what it is about`(engine: TestEngine)
        async throws
    {
        try await Self.with(engine) { world in
            let by = Submission(viewer: world.analyst)
            let id = try await world.documents.keep(Self.draft(world), by: by)
            let stored = try await world.documents.document(id, for: world.analyst)
            #expect(stored.data == Self.draft(world).data && stored.sha256.count == 64)
            #expect(stored.title == "Báo cáo kết quả năm 2027")
            #expect(try stored.document().body == [.text("1.000 người")])
            let other = try await world.documents.keep(Self.draft(world, total: "2.000"), by: by)
            let second = try await world.documents.document(other, for: world.analyst)
            #expect(second.sha256 != stored.sha256)
            let found = try await world.documents.documents(about: Subject(.city), for: world.analyst)
            #expect(found.map(\.id) == [other, id])
            #expect(try await world.documents.documents(for: world.officer).isEmpty)
            await #expect(throws: Refusal.self) { try await world.documents.document(id, for: world.officer) }
            await #expect(throws: Refusal.self) {
                try await world.documents.keep(Self.draft(world), by: Submission(viewer: world.officer))
            }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `the same form sent twice makes one document`(engine: TestEngine) async throws {
        try await Self.with(engine) { world in
            let by = Submission(viewer: world.analyst, form: "một lần")
            let first = try await world.documents.keep(Self.draft(world), by: by)
            let second = try await world.documents.keep(Self.draft(world), by: by)
            #expect(first == second)
            #expect(try await world.documents.documents(for: world.analyst).count == 1)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `an adapted text holds until it is given up`(engine: TestEngine) async throws {
        try await Self.with(engine) { world in
            let by = Submission(viewer: world.analyst)
            let changed = Self.template.replacing("{{total}} người", with: "Tổng {{total}}")
            try await world.documents.keepTemplate("thu", text: changed, reason: "Gọn", by: by)
            #expect(try await world.documents.template("thu").text == changed)
            try await world.documents.keepTemplate("thu", text: "", reason: "Về gốc", by: by)
            #expect(try await world.documents.template("thu").text == Self.template)
            await #expect(throws: Refusal.self) {
                try await world.documents.keepTemplate("thu", text: "body: [", reason: "Hỏng", by: by)
            }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a committee has one head, remembers who left, and shows phones to its own`(engine: TestEngine) async throws {
        try await Self.with(engine) { world in
            let by = Submission(viewer: world.officer)
            func seat(_ seat: String, _ name: String, phone: String = "0912 345 678") async throws {
                try await world.documents.seatMember(
                    world.commune, seat: seat, name: name, position: "Chủ tịch UBND", phone: phone, since: "", by: by)
            }
            try await seat("Trưởng ban", "A")
            await #expect(throws: Refusal.self) { try await seat("Trưởng ban", "B") }
            await #expect(throws: Refusal.self) { try await seat("Thành viên", "C", phone: "abc") }
            let members = try await world.documents.steeringMembers(of: world.commune, for: world.officer)
            #expect(members.map { $0.phone.shown(to: world.officer) } == ["0912 345 678"])
            try await world.documents.memberLeft(members[0].id, of: world.commune, on: "01/07/2027", by: by)
            try await seat("Trưởng ban", "B")
            let after = try await world.documents.steeringMembers(of: world.commune, for: world.officer)
            #expect(after.map(\.name) == ["B", "A"] && after[1].until == Day("2027-07-01"))
        }
    }

    /// Which roles of the grants see a committee that is not their own, and which of them its telephone numbers.
    @Test(arguments: Role.allCases)
    func
        `another commune's committee is closed to whoever does not follow the plan, its phones to whoever does not call`(
            role: Role
        ) async throws
    {
        try await Self.with(.sqlite) { world in
            try await world.documents.seatMember(
                world.commune, seat: "Trưởng ban", name: "A", position: "Chủ tịch UBND", phone: "0912 345 678",
                since: "",
                by: Submission(viewer: world.officer))
            let elsewhere = CommuneCode("99999").map { [$0] } ?? []
            let viewer = Viewer(
                account: RecordID(at: Timestamp(secondsSinceEpoch: 0)), login: "x", name: "X", role: role,
                rights: Grants.ofRoles.rights(of: role), agency: role.bounds.agency ? AgencyCode("thue") : nil,
                communes: role.bounds.communes == .none ? [] : elsewhere)
            let followers: Set<Role> = [.leader, .analyst, .inspector, .auditor, .administrator]
            guard followers.contains(role) else {
                await expectRefusal(.forbidden) {
                    try await world.documents.steeringMembers(of: world.commune, for: viewer)
                }
                return
            }
            let seen = try await world.documents.steeringMembers(of: world.commune, for: viewer)
            #expect(
                seen.map { $0.phone.shown(to: viewer) } == [[.leader, .analyst].contains(role) ? "0912 345 678" : nil])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a paper with nothing to write is not offered, and its form says why`(engine: TestEngine) async throws {
        try await Self.with(engine) { world in
            func lacks(_ kind: PaperKind, _ viewer: Viewer) async throws -> String? {
                try await kind.lacks(world.documents, nil, viewer)
            }
            #expect(try await lacks(.lateWorkLetter, world.analyst) == "Không có việc nào quá hạn: không cần đôn đốc.")
            for kind in [PaperKind.committeeDecision, .committeeRules] {
                #expect(try await lacks(kind, world.officer)?.hasPrefix("Chưa có thành viên nào") == true)
            }
            try await world.documents.seatMember(
                world.commune, seat: "Trưởng ban", name: "A", position: "Chủ tịch UBND", phone: "", since: "",
                by: Submission(viewer: world.officer))
            #expect(try await lacks(.committeeDecision, world.officer) == nil)
            #expect(try await lacks(Self.kind, world.analyst) == nil)
        }
    }
}
