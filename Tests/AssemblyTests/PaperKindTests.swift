import Overview
import Access
import Allocation
import Assembly
import Documents
import Files
import Kernel
import PlanText
import Targets
import Testing

@testable import Reports

/// Kinds of paper: who may make them, what their forms ask, which products of the plan they make.
@Suite
struct PaperKindTests {
    @Test
    func `a kind is offered to whoever it admits, and its making is refused to everybody else`() async throws {
        try await PapersTests.with { system, documents, viewers in
            let samples = try await PapersTests.Samples(system, documents, viewers)
            #expect(viewers.count == Role.allCases.count, "the demonstration has somebody of each role")
            for viewer in viewers.values {
                let offered = Set(documents.kinds(for: viewer).map(\.id))
                for kind in PaperKind.all {
                    let values = samples.form(kind, for: viewer)
                    let opens =
                        (try? await documents.form(kind, given: { values[$0] ?? "" }, for: viewer)) != nil
                    #expect(opens == offered.contains(kind.id), "\(viewer.role): the form of \(kind.id)")
                    do {
                        let draft = try await samples.draft(kind, documents, for: viewer)
                        _ = try await documents.keep(draft, by: .init(viewer: viewer))
                        #expect(offered.contains(kind.id), "\(viewer.role) made \(kind.id), which was not offered")
                    } catch let refusal as Refusal {
                        #expect(
                            refusal.kind == .forbidden && !offered.contains(kind.id),
                            "\(viewer.role), \(kind.id): \(refusal)")
                    }
                    // What a form refuses is refused also when it is made by hand for another's unit.
                    let unit = UnitCode.agency(system.services.definition.coordinatingAgency)
                    if !viewer.ownUnits.contains(unit) {
                        await #expect(throws: Refusal.self) {
                            try await documents.draft(.init(kind, unit: unit, about: .today), for: viewer)
                        }
                    }
                }
            }
        }
    }

    @Test
    func `kinds of a scenario are those of its scope, an adjustment only where it adjusts`() async throws {
        try await PapersTests.with { system, documents, viewers in
            let samples = try await PapersTests.Samples(system, documents, viewers)
            let analyst = try #require(viewers[.analyst])
            let officer = try #require(viewers[.communeOfficer])
            let leader = try #require(viewers[.leader])
            func kinds(_ id: RecordID, _ viewer: Viewer) async throws -> [String] {
                documents.kinds(about: try await system.services.allocations.scenario(id, for: viewer).0, for: viewer)
                    .map(\.id)
            }
            #expect(
                try await kinds(samples.decided, analyst) == ["to-trinh-giao-chi-tieu", "quyet-dinh-giao-chi-tieu"])
            #expect(
                try await kinds(samples.adjusting, analyst)
                    == ["to-trinh-giao-chi-tieu", "quyet-dinh-dieu-chinh-chi-tieu"])
            let own = try #require(officer.communes.first.flatMap { samples.own[$0] })
            #expect(try await kinds(own, officer) == ["ke-hoach-trien-khai-xa", "quyet-dinh-giao-to-dan-pho"])
            #expect(try await kinds(own, leader).isEmpty)
        }
    }

    @Test
    func `an adjustment is compared with the decision it was begun from, also when it is decided itself`() async throws
    {
        try await PapersTests.with { system, documents, viewers in
            let samples = try await PapersTests.Samples(system, documents, viewers)
            let analyst = try #require(viewers[.analyst])
            let allocations = system.services.allocations
            func changes(_ id: RecordID) async throws -> Int {
                let values = [PaperField.Key.scenario: id.text, SigningDraft.Key.signer.rawValue: "Nguyễn Văn Ký"]
                let draft = try await documents.draft(
                    try await documents.read(.targetAdjustment, { values[$0] ?? "" }, for: analyst), for: analyst)
                #expect(
                    draft.data.fields["decisionNumber"] == (id == samples.adjusting ? "5012/QĐ-UBND" : "6020/QĐ-UBND"))
                return draft.data.tables["changes"]?.rows.count ?? 0
            }
            let before = try await changes(samples.adjusting)
            #expect(before > 0)
            try await allocations.decideScenario(
                samples.adjusting, PapersTests.signed("6020/QĐ-UBND", "25/11/2026"),
                file: .init(name: "qd.pdf", mediaType: "application/pdf", bytes: Array("%PDF".utf8)),
                by: .init(viewer: analyst))
            #expect(try await changes(samples.adjusting) == before)
            // A second adjustment that changes nothing yet is no paper, and compares with the first.
            let second = try await allocations.beginScenario(
                .city, year: 2027, name: "C", copying: samples.adjusting, by: .init(viewer: analyst))
            let (scenario, _) = try await allocations.scenario(second, for: analyst)
            #expect(try await documents.openKinds(about: scenario, for: analyst).isEmpty)
            await #expect(throws: Refusal.self) { try await changes(second) }
            try await allocations.changeScenario(second, by: .init(viewer: analyst)) { content in
                let total = content.settings.locks["10507"]?["total"] ?? 0
                content.settings.locks["10507"] = ["total": total + 7]
                content.settings.locks["10525"] = nil
                return "khóa"
            }
            #expect(try await changes(second) > 0)
        }
    }

    @Test
    func `every product that names a kind of paper names one there is, and each slot's kinds know it`() async throws {
        try await PapersTests.with { system, documents, _ in
            let plan = system.services.definition
            #expect(PaperKind.unknown(in: plan, documents.folder).isEmpty)
            let without = TemplateFolder(documents.folder.templates.values.filter { $0.id != "bao-cao-xa" })
            #expect(PaperKind.unknown(in: plan, without).map(\.task) == ["I.5"])
            let named = plan.tasks.flatMap(\.slots).flatMap(\.papers)
            #expect(named.count == 46)
            for kind in PaperKind.all {
                #expect(kind.products(in: plan).count == named.count { $0 == kind.id }, "\(kind.id)")
            }
            let products = PaperKind.communeReport.products(in: plan).map { "\($0.task.code) \($0.slot)" }
            #expect(products == ["I.5 0"])
        }
    }

    @Test
    func `a form tells all that is wrong at once, each at its field, and begins with what the page gives`() async throws
    {
        try await PapersTests.with { _, documents, viewers in
            let officer = try #require(viewers[.communeOfficer])
            let refusal = await #expect(throws: Refusal.self) {
                try await documents.read(
                    .invitation, { $0 == SigningDraft.Key.form.rawValue ? "by-order" : "" }, for: officer)
            }
            #expect(
                refusal?.fields.map(\.field) == [
                    PaperField.Key.text("meeting"), PaperField.Key.guests, SigningDraft.Key.position.rawValue,
                ])
            let given = [PaperField.Key.year: "2027", PaperField.Key.quarter: "2"]
            let form = try await documents.form(.communeReport, given: { given[$0] ?? "" }, for: officer)
            #expect(form.prefix(2).map(\.value) == ["2027", "2"])
            let untouched = try await documents.form(.communeReport, given: { _ in "" }, for: officer)
            #expect(untouched.prefix(2).map(\.value) == ["2026", "4"])
            let wrong = [
                PaperField.Key.year: "1999", PaperField.Key.quarter: "5", SigningDraft.Key.form.rawValue: "own-title",
            ]
            let other = await #expect(throws: Refusal.self) {
                try await documents.read(.communeReport, { wrong[$0] ?? "" }, for: officer)
            }
            #expect(other?.fields.map(\.field) == [PaperField.Key.year, PaperField.Key.quarter])
            // A paper about a scenario is begun where the scenario is.
            let analyst = try #require(viewers[.analyst])
            await #expect(throws: Refusal.self) {
                try await documents.form(.targetDecision, given: { _ in "" }, for: analyst)
            }
        }
    }

    @Test
    func `the archive of all reports is made for the coordinating agency alone`() async throws {
        try await PapersTests.with { system, documents, viewers in
            let analyst = try #require(viewers[.analyst])
            let elsewhere = Viewer(
                account: analyst.account, login: analyst.login, name: analyst.name, role: .analyst,
                rights: analyst.rights, agency: AgencyCode("bhxh-thanh-pho"))
            let reports = DocumentJobs.CommuneReports(.quarter(try #require(Quarter(year: 2026, quarter: 3))))
            let refusal = await #expect(throws: Refusal.self) {
                try await documents.startCommuneReports(reports, with: system.jobs, by: .init(viewer: elsewhere))
            }
            #expect(refusal?.kind == .forbidden)
            _ = try await documents.startCommuneReports(reports, with: system.jobs, by: .init(viewer: analyst))
        }
    }

    @Test
    func `a number entered later stands in the head, the annexes and the next paper that cites it`() async throws {
        try await PapersTests.with { system, documents, viewers in
            let samples = try await PapersTests.Samples(system, documents, viewers)
            let analyst = try #require(viewers[.analyst])
            let by = Submission(viewer: analyst)
            let id = try await documents.keep(
                try await samples.draft(.targetDecision, documents, for: analyst), by: by)
            let open = try await documents.document(id, for: analyst).document()
            #expect(open.signature == ["TM. Ủy ban nhân dân", "KT. Chủ tịch", "Phó Chủ tịch"])
            #expect(open.annexes.first?.attachedTo.contains("số         /QĐ-UBND ngày     tháng") ?? false)
            try await documents.issue(id, PapersTests.signed("5012", "20/11/2026"), file: nil, by: by)
            let issued = try await documents.document(id, for: analyst).document()
            #expect(issued.numberLine == "Số: 5012/QĐ-UBND" && issued.signature == ["TM. Ủy ban nhân dân", "Chủ tịch"])
            #expect(
                issued.annexes.first?.attachedTo
                    == "Kèm theo Quyết định số 5012/QĐ-UBND ngày 20 tháng 11 năm 2026 của Ủy ban nhân dân thành phố Hải Phòng"
            )
            let adjustment = try await samples.draft(.targetAdjustment, documents, for: analyst)
            #expect(adjustment.data.fields["decisionNumber"] == "5012/QĐ-UBND")
            #expect(adjustment.data.fields["decisionDate"] == "20/11/2026")
            let officer = try #require(viewers[.communeOfficer])
            let plan = try await samples.draft(.communePlan, documents, for: officer)
            #expect(plan.data.fields["decisionNumber"] == "5012/QĐ-UBND" && plan.period == .year(2027))
        }
    }
}
