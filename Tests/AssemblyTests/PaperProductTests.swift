import Access
import Assembly
import Files
import Kernel
import Overview
import PlanText
import Targets
import TestSupport
import Testing
import Work
import Overview

@testable import Reports

/// A paper is the product: number, day and signed copy are entered once.
@Suite
struct PaperProductTests {
    static let copy = IncomingFile(name: "bc.pdf", mediaType: "application/pdf", bytes: Array("%PDF".utf8))

    @Test
    func `an issued paper becomes the product of its work, and a corrected number follows it there`() async throws {
        try await PapersTests.with { system, documents, viewers in
            let samples = try await PapersTests.Samples(system, documents, viewers)
            let officer = try #require(viewers[.communeOfficer])
            let by = Submission(viewer: officer)
            let (item, quarter) = try await PapersTests.openReport(system, for: officer)
            let id = try await documents.keep(
                try await samples.draft(.communeReport, documents, quarter: quarter, for: officer), by: by)
            try await documents.issue(id, PapersTests.signed("7", "26/11/2026"), file: nil, by: by)
            let unsigned = try await documents.document(id, for: officer)
            let none = try await documents.places(for: unsigned, viewer: officer)
            #expect(none.isEmpty, "without its signed copy a paper is no product")

            try await documents.issue(
                id, PapersTests.signed("7", "26/11/2026"), file: Self.copy, reason: "Kèm bản ký", by: by)
            let issued = try await documents.document(id, for: officer)
            let places = try await documents.places(for: issued, viewer: officer)
            #expect(places.allSatisfy { $0.item.task == "I.5" && $0.item.lead == issued.unit })
            let place = try #require(
                places.first { $0.item.id == item.id && $0.product?.file?.id == issued.signing?.file },
                "the only work of its quarter that waits is filled by itself")
            await expectRefusal(.forbidden) {
                try await documents.handIn(id, to: place.slot + 1, of: place.item.id, by: by)
            }

            func product() async throws -> Product {
                let detail = try await system.services.work.detail(place.item.id, for: officer)
                return try #require(detail.products.first { $0.slot == place.slot && $0.instance == place.item.id })
            }
            let first = try await product()
            #expect(first.numberSymbol == issued.signing.map { "\($0.number)" })
            #expect(first.issuedOn == issued.signing?.day && first.summary == issued.title)
            #expect(first.file?.id == issued.signing?.file)

            try await documents.issue(
                id, PapersTests.signed("9", "26/11/2026"), file: nil, reason: "Sai số", by: by)
            let corrected = try await documents.document(id, for: officer)
            let second = try await product()
            #expect(second.numberSymbol == corrected.signing.map { "\($0.number)" })
            #expect(second.numberSymbol != first.numberSymbol && second.id == first.id)
            let events = try await system.services.work.detail(place.item.id, for: officer).events.map(\.kind)
            #expect(Set(events.prefix(2)) == [.productCorrected, .productAdded])

            // Whoever may read it, but drafts nothing for the unit, is offered nothing.
            let analyst = try #require(viewers[.analyst])
            let offered = try await documents.places(for: corrected, viewer: analyst)
            #expect(offered.isEmpty)
            await expectRefusal(.forbidden) {
                try await documents.handIn(id, to: place.slot, of: place.item.id, by: Submission(viewer: analyst))
            }
        }
    }

    @Test
    func `a paper written for a piece of work fills it when it is signed, and empties or follows when it ends`()
        async throws
    {
        try await PapersTests.with { system, documents, viewers in
            let samples = try await PapersTests.Samples(system, documents, viewers)
            let officer = try #require(viewers[.communeOfficer])
            let by = Submission(viewer: officer)
            let (item, quarter) = try await PapersTests.openReport(system, for: officer)
            func product() async throws -> String? {
                try await system.services.work.detail(item.id, for: officer).products.first {
                    $0.slot == 0 && $0.instance == item.id
                }?.numberSymbol
            }
            func issued(_ number: String, for goal: PaperGoal?) async throws -> RecordID {
                var draft = try await samples.draft(.communeReport, documents, quarter: quarter, for: officer)
                draft.goal = goal
                let id = try await documents.keep(draft, by: by)
                try await documents.issue(id, PapersTests.signed(number, "26/11/2026"), file: Self.copy, by: by)
                return id
            }
            var draft = try await samples.draft(.communeReport, documents, quarter: quarter, for: officer)
            draft.goal = PaperGoal(work: item.id, slot: 1)
            let astray = draft
            await expectRefusal(.forbidden) { _ = try await documents.keep(astray, by: by) }

            let goal = PaperGoal(work: item.id, slot: 0)
            let first = try await issued("21", for: goal)
            #expect(try await product() == "21/BC-UBND")
            await expectRefusal(.invalid, field: "reason") {
                try await documents.endDocument(first, successor: nil, reason: " ", by: by)
            }
            try await documents.endDocument(first, successor: nil, reason: "Sai số liệu", by: by)
            #expect(try await product() == nil)
            #expect(try await documents.end(of: first)?.reason == "Sai số liệu")
            await expectRefusal(.stale) { try await documents.handIn(first, to: 0, of: item.id, by: by) }
            await expectRefusal(.stale) {
                try await documents.issue(
                    first, PapersTests.signed("24", "26/11/2026"), file: Self.copy, reason: "Sửa số", by: by)
            }
            await expectRefusal(.stale) {
                try await documents.endDocument(first, successor: nil, reason: "Lại", by: by)
            }

            let second = try await issued("22", for: goal)
            #expect(try await product() == "22/BC-UBND")
            let third = try await issued("23", for: nil)
            #expect(try await product() == "22/BC-UBND", "what is filled is not filled again")
            await expectRefusal(.invalid, field: "successor") {
                try await documents.endDocument(second, successor: first, reason: "Thay", by: by)
            }
            try await documents.endDocument(second, successor: third, reason: "Thay", by: by)
            #expect(try await product() == "23/BC-UBND")

            // Handed in already: the work is open again, by the unit's own deed.
            try await system.services.work.submit(item.id, by: by)
            try await documents.endDocument(third, successor: nil, reason: "Ký nhầm", by: by)
            let back = try await system.services.work.detail(item.id, for: officer).item
            #expect(back.state == .none && back.note.isEmpty, "nobody refused it")
            let last = try await system.services.work.detail(item.id, for: officer).events.prefix(2)
            #expect(Set(last.map(\.kind)) == [.paperLost, .reopened])
            #expect(last.contains { $0.note.contains("Ký nhầm") })
            #expect(try await documents.ended(among: [first, second, third]).count == 3)
        }
    }

    @Test
    func `a paper of another quarter is no product, and one that stands gives way only when that is agreed`()
        async throws
    {
        try await PapersTests.with { system, documents, viewers in
            let samples = try await PapersTests.Samples(system, documents, viewers)
            let officer = try #require(viewers[.communeOfficer])
            let by = Submission(viewer: officer)
            let (item, quarter) = try await PapersTests.openReport(system, for: officer)
            let before = try #require(
                Quarter(year: quarter.year, quarter: quarter.quarter == 1 ? 2 : quarter.quarter - 1))
            func issued(_ number: String, _ quarter: Quarter) async throws -> RecordID {
                let id = try await documents.keep(
                    try await samples.draft(.communeReport, documents, quarter: quarter, for: officer), by: by)
                try await documents.issue(id, PapersTests.signed(number, "26/11/2026"), file: Self.copy, by: by)
                return id
            }
            func product() async throws -> Product? {
                try await system.services.work.detail(item.id, for: officer).products.first {
                    $0.instance == item.id && $0.slot == 0
                }
            }
            var draft = try await samples.draft(.communeReport, documents, quarter: before, for: officer)
            draft.goal = PaperGoal(work: item.id, slot: 0)
            let astray = draft
            await expectRefusal(.invalid) { _ = try await documents.keep(astray, by: by) }
            let other = try await issued("31", before)
            let paper = try await documents.document(other, for: officer)
            let offered = try await documents.places(for: paper, viewer: officer)
            #expect(offered.allSatisfy { $0.item.id != item.id })
            #expect(try await product() == nil)
            await expectRefusal(.invalid) { try await documents.handIn(other, to: 0, of: item.id, by: by) }

            _ = try await issued("32", quarter)
            let standing = try #require(try await product())
            #expect(standing.numberSymbol == "32/BC-UBND")
            let second = try await issued("33", quarter)
            #expect(try await product()?.id == standing.id, "what stands there is not pushed out")
            await expectRefusal(.invalid, field: "replaced") {
                try await documents.handIn(second, to: 0, of: item.id, by: by)
            }
            try await documents.handIn(second, to: 0, of: item.id, replacing: standing.id, by: by)
            #expect(try await product()?.numberSymbol == "33/BC-UBND")
            let former = try await system.services.work.detail(item.id, for: officer).formerProducts
            #expect(former.contains { $0.file.id == standing.file?.id }, "the old one stays in the history")
        }
    }

    @Test
    func `a signed decision with its annex is decision and list of the two tasks that share its work`() async throws {
        try await PapersTests.with { system, documents, viewers in
            let samples = try await PapersTests.Samples(system, documents, viewers)
            let analyst = try #require(viewers[.analyst])
            let by = Submission(viewer: analyst)
            let item = try #require(
                try await system.services.work.items(
                    WorkFilter(year: 2027, lead: .agency(system.services.definition.coordinatingAgency), task: "I.2"),
                    for: analyst, limit: 1
                ).first)
            #expect(item.opensOn <= system.clock.today, "it opens ahead of its year")
            // The demonstration may have invented something for it.
            if item.state == .submitted { try await system.services.work.withdraw(item.id, by: by) }
            for invented in try await system.services.work.detail(item.id, for: analyst).products {
                try await system.services.work.removeProduct(invented.id, instance: item.id, by: by)
            }
            let id = try await documents.keep(
                try await samples.draft(.targetDecision, documents, for: analyst), by: by)
            try await documents.issue(id, PapersTests.signed("5012", "20/11/2026"), file: Self.copy, by: by)
            let products = try await system.services.work.detail(item.id, for: analyst).products
            #expect(products.map(\.slot).sorted() == [0, 1])
            #expect(Set(products.map(\.kind)) == [.document, .list])
        }
    }

    @Test
    func `a split decided on the desk issues the decision composed of it`() async throws {
        try await PapersTests.with { system, documents, viewers in
            let analyst = try #require(viewers[.analyst])
            let by = Submission(viewer: analyst)
            let allocations = system.services.allocations
            let id = try await allocations.beginScenario(.city, year: 2028, name: "Năm 2028", by: by)
            let values = [PaperField.Key.scenario: id.text, SigningDraft.Key.signer.rawValue: "Nguyễn Văn Ký"]
            let draft = try await documents.draft(
                try await documents.read(.targetDecision, { values[$0] ?? "" }, for: analyst), for: analyst)
            let paper = try await documents.keep(draft, by: by)
            try await allocations.decideScenario(
                id, PapersTests.signed("5200/QĐ-UBND", "26/11/2026"), file: Self.copy, by: by,
                also: documents.issuing(by: by))
            #expect(try await documents.waitingPaper(of: id, for: analyst) == nil)
            let issued = try await documents.document(paper, for: analyst)
            #expect(issued.signing.map { "\($0.number)" } == "5200/QĐ-UBND")
            #expect(issued.signing?.file != nil)
        }
    }

    @Test
    func `where two people issue, one alone neither issues by a split's decision nor ends a paper`() async throws {
        try await PapersTests.with { system, single, viewers in
            let analyst = try #require(viewers[.analyst])
            let second = Viewer(
                account: try #require(viewers[.administrator]).account, login: "thu.hai", name: "Người thứ hai",
                role: analyst.role, rights: analyst.rights, agency: analyst.agency, communes: analyst.communes)
            let (by, other) = (Submission(viewer: analyst), Submission(viewer: second))
            let services = PlanServices(
                store: system.store, clock: system.clock, definition: system.services.definition, grants: .ofRoles,
                pairs: PairPolicy([.issueDocument]))
            let documents = DocumentService(
                services: services, figures: single.figures, law: single.law, folder: single.folder)
            let id = try await services.allocations.beginScenario(.city, year: 2028, name: "Năm 2028", by: by)
            let values = [PaperField.Key.scenario: id.text, SigningDraft.Key.signer.rawValue: "Nguyễn Văn Ký"]
            let paper = try await documents.keep(
                try await documents.draft(
                    try await documents.read(.targetDecision, { values[$0] ?? "" }, for: analyst), for: analyst),
                by: by)
            let signed = PapersTests.signed("5200/QĐ-UBND", "26/11/2026")
            try await services.allocations.decideScenario(
                id, signed, file: Self.copy, by: by, also: documents.issuing(by: by))
            #expect(try await documents.waitingPaper(of: id, for: analyst) == paper)
            #expect(try await documents.document(paper, for: analyst).signing == nil)

            try await documents.issue(paper, signed, file: Self.copy, by: by)
            let proposal = try #require(try await documents.waitingIssue(of: paper, for: second))
            let version = try await documents.document(paper, for: second).version
            try await documents.confirmIssue(of: paper, proposal.id, version: version, by: other)
            let issued = try await documents.document(paper, for: second)
            #expect(issued.signing != nil)

            try await documents.endDocument(paper, successor: nil, reason: "Sai số liệu", by: by)
            #expect(try await documents.end(of: paper) == nil)
            await expectRefusal(.stale) {
                try await documents.issue(paper, signed, file: nil, reason: "Sửa", by: by)
            }
            let ending = try #require(try await documents.waitingEnd(of: paper, for: second))
            await expectRefusal(.forbidden) {
                try await documents.confirmEnd(of: paper, ending.id, version: issued.version, by: by)
            }
            try await documents.confirmEnd(of: paper, ending.id, version: issued.version, by: other)
            #expect(try await documents.end(of: paper)?.reason == "Sai số liệu")
        }
    }

    @Test
    func `every kind is written without being kept, with its figures and their source`() async throws {
        try await PapersTests.with { system, documents, viewers in
            let samples = try await PapersTests.Samples(system, documents, viewers)
            for kind in PaperKind.all {
                let maker = try PapersTests.maker(of: kind, documents, viewers)
                let paper = try documents.written(try await samples.draft(kind, documents, for: maker))
                #expect(paper.word.starts(with: Array("PK".utf8)) && !paper.title.isEmpty, "\(kind.id)")
                #expect(paper.figures.allSatisfy { !$0.source.isEmpty }, "\(kind.id)")
                if kind.id == "bao-cao-xa" {
                    #expect(paper.figures.contains { $0.place.hasPrefix("months/") })
                    #expect(Set(paper.figures.map(\.source)).count > 1)
                }
            }
        }
    }
}
