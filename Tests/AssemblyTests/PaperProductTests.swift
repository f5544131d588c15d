import Access
import Assembly
import Files
import Kernel
import Overview
import PlanText
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
            let id = try await documents.keep(
                try await samples.draft(.communeReport, documents, for: officer), by: by)
            try await documents.issue(id, PapersTests.signed("7", "26/11/2026"), file: nil, by: by)
            let unsigned = try await documents.document(id, for: officer)
            let none = try await documents.places(for: unsigned, viewer: officer)
            #expect(none.isEmpty, "without its signed copy a paper is no product")

            try await documents.issue(
                id, PapersTests.signed("7", "26/11/2026"), file: Self.copy, reason: "Kèm bản ký", by: by)
            let issued = try await documents.document(id, for: officer)
            let places = try await documents.places(for: issued, viewer: officer)
            #expect(places.allSatisfy { $0.item.task == "I.5" && $0.item.lead == issued.unit })
            let place = try #require(places.first { $0.isOpen && $0.product == nil })
            await expectRefusal(.forbidden) {
                try await documents.handIn(id, to: place.slot + 1, of: place.item.id, by: by)
            }
            try await documents.handIn(id, to: place.slot, of: place.item.id, by: by)

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
}
