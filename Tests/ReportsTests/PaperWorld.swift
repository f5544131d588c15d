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
import Province
import Targets
import TestPlans
import TestSupport
import Testing
import Work

@testable import Reports

/// The plan of An Biên with figures, targets, groups, work and difficulties, and the templates as they are shipped: what
/// papers with figures are written from. It is 10 August 2027; of July there are figures that no paper on June may tell.
struct PaperWorld: Sendable {
    let documents: DocumentService
    let figures: FigureService
    let clock: MutableClock
    let analyst: Viewer
    /// Of 90003, a ward.
    let ward: Viewer
    /// Of 90001, a xã.
    let rural: Viewer

    var services: PlanServices { documents.services }

    static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    static let codes = ["90001", "90002", "90003"].compactMap { CommuneCode($0) }

    static func with(
        _ engine: TestEngine, filled: Bool = true, _ body: (PaperWorld) async throws -> Void
    ) async throws {
        try await engine.withStore { store in
            let clock = MutableClock(Timestamp(day: Day.known(2027, 1, 4), hour: 8))
            _ = try await Schema.migrator.migrate(store, at: clock.now)
            let definition = try PlanFolder.load(PlanFolder.anBien)
            let services = PlanServices(
                store: store, clock: clock.ticking, definition: definition, grants: .ofRoles)
            let figures = FigureService(
                store: store, clock: clock.ticking, directory: definition.communes, province: definition.province)
            func viewer(_ role: Role, agency: AgencyCode? = nil, communes: [CommuneCode] = []) -> Viewer {
                Viewer(
                    account: RecordID(at: Timestamp(secondsSinceEpoch: 0)), login: role.rawValue,
                    name: "Người \(role)", role: role, rights: Grants.ofRoles.rights(of: role), agency: agency,
                    communes: communes)
            }
            let world = PaperWorld(
                documents: DocumentService(
                    services: services, figures: figures, law: nil,
                    folder: try TemplateFolder(repository.appendingPathComponent("templates"))),
                figures: figures, clock: clock,
                analyst: viewer(.analyst, agency: definition.coordinatingAgency),
                ward: viewer(.communeOfficer, communes: [codes[2]]),
                rural: viewer(.communeOfficer, communes: [codes[0]]))
            _ = try await services.work.syncInstances()
            if filled { try await world.fill() }
            try await body(world)
        }
    }

    /// The plan's own words, which papers quote.
    var quoted: [String] { documents.definition.tasks.flatMap { [$0.text, $0.productsPhrase] } }

    func go(to day: Day) { clock.set(Timestamp(day: day, hour: 8)) }

    static func file(_ lines: [String], name: String) -> IncomingFile {
        IncomingFile(name: name, mediaType: "text/csv", bytes: Array(lines.joined(separator: "\n").utf8))
    }

    /// Takes figures: `90001 2026-12 900 100`, compulsory before voluntary.
    func take(_ figures: String...) async throws {
        let rows = figures.map { $0.split(separator: " ") }.map { "\($0[1]);\($0[0]);\($0[2]);\($0[3])" }
        let file = Self.file(["Tháng;Mã xã;BHXH bắt buộc;BHXH tự nguyện"] + rows, name: "so-lieu.csv")
        let outcome = try await self.figures.importFile(file, acceptsJumps: true, whole: "Thử", by: .system)
        #expect(outcome.reading.errors.isEmpty)
    }

    /// Takes what came and went of 90001 in a month of 2027, with its labour force.
    func takeMovements(_ month: String) async throws {
        let definition = documents.definition
        let service = MovementService(
            store: documents.store, clock: clock.ticking, directory: definition.communes,
            province: definition.province, units: UnitsInForce(folder: AgencyUnits()), insurance: nil)
        let insurance = Submission(
            viewer: Viewer(
                account: RecordID(at: Timestamp(secondsSinceEpoch: 0)), login: "bhxh", name: "Người BHXH",
                role: .insuranceProvince, rights: Grants.ofRoles.rights(of: .insuranceProvince), agency: nil,
                communes: []))
        let id = try await service.receive(
            Self.file(
                [
                    "Biến động tháng \(month)/2027",
                    "Mã xã;Tăng mới bắt buộc;Trở lại bắt buộc;Dừng đóng bắt buộc;Tăng mới tự nguyện;Trở lại tự nguyện;Dừng đóng tự nguyện;Lực lượng lao động",
                    "90001;20;1;11;12;2;3;2.260",
                ], name: "bien-dong.csv"), month: nil, place: .province, source: "BHXH", by: insurance)
        try await service.accept(id, whole: "Thử", by: insurance)
    }

    private func fill() async throws {
        let targets = try await services.targets.loadTargets(
            Self.file(
                ["Mã xã;Tổng số;Tự nguyện", "90001;1200;200", "90002;2300;260", "90003;600;70"], name: "ct.csv"),
            year: 2027, document: "Quyết định 1/QĐ-UBND", by: .init(viewer: analyst))
        #expect(targets.errors.isEmpty)
        try await workOfTheSecondQuarter()
        go(to: Day.known(2027, 8, 10))
        try await take(
            "90001 2025-12 850 80", "90001 2026-06 860 85", "90001 2026-12 900 100", "90001 2027-03 950 120",
            "90001 2027-06 980 150", "90001 2027-07 999 177",
            // The second commune has nothing of June, the third nothing of March and July.
            "90002 2026-12 1800 200", "90002 2027-05 1850 210", "90002 2027-07 1860 215", "90003 2026-12 450 50",
            "90003 2027-06 500 60")
        for (viewer, name) in [(rural, "Thôn"), (ward, "Tổ dân phố")] {
            let commune = try #require(viewer.communes.first)
            let load = try await services.groups.loadGroups(
                Self.file(
                    [
                        "Tên tổ dân phố, thôn;Chỉ tiêu tự nguyện;Đang tham gia tự nguyện", "\(name) Đông;30;12",
                        "\(name) Tây;20;21", "\(name) Nam;25;20",
                    ], name: "to.csv"), of: commune, year: 2027, countedOn: Day.known(2027, 6, 25),
                by: .init(viewer: viewer))
            #expect(load.errors.isEmpty && load.added == 3)
        }
    }

    /// 90001 leaves what was due in March, does what is due in June, and asks two questions, one of which is answered.
    private func workOfTheSecondQuarter() async throws {
        let (obstacles, work) = (services.obstacles, services.work)
        let (officer, keeper) = (Submission(viewer: rural), Submission(viewer: analyst))
        go(to: Day.known(2027, 6, 10))
        let answered = try await obstacles.sendObstacle(
            title: "Chưa có danh sách hộ kinh doanh", text: "Cần danh sách.", page: "/", task: "II.1", by: officer)
        _ = try await obstacles.sendObstacle(
            title: "Chưa có phụ cấp cho tuyên truyền viên", text: "Cần nguồn chi.", page: "/", task: nil, by: officer)
        go(to: Day.known(2027, 6, 15))
        try await obstacles.answerObstacle(
            answered, answer: "Thuế cơ sở gửi danh sách trước ngày 30/6/2027.", legalBasis: "Luật Quản lý thuế",
            by: keeper)
        go(to: Day.known(2027, 6, 25))
        let id = "II.1/2027-Q2/90001"
        try await work.addProduct(
            ProductDraft(issuedOn: "24/06/2027", figure: "45", source: "BHXH cơ sở"), slot: 0, instance: id, by: officer
        )
        try await work.addProduct(
            ProductDraft(
                issuedOn: "24/06/2027",
                file: IncomingFile(name: "ds.csv", mediaType: "text/csv", bytes: Array("Tên\nA\nB\n".utf8))),
            slot: 1, instance: id, by: officer)
        try await work.submit(id, by: officer)
        // Accepted in the quarter after: it was about what lay there in June.
        go(to: Day.known(2027, 7, 2))
        try await work.decide(id, accept: true, note: "", by: keeper)
    }

    /// A kind's paper, written from a form.
    func paper(_ kind: PaperKind, _ values: [String: String] = [:], for viewer: Viewer) async throws -> (
        draft: DocumentService.Draft, written: WrittenPaper, text: WordText
    ) {
        let draft = try await documents.draft(
            try await documents.read(kind, { values[$0] ?? "" }, for: viewer), for: viewer)
        let written = try documents.written(draft)
        return (draft, written, try WordText(written.word))
    }

    static func span(_ year: Int, _ part: String) -> [String: String] {
        [PaperField.Key.year: "\(year)", PaperField.Key.quarter: part]
    }
}
