import Access
import Assembly
import Documents
import Kernel
import PlanText
import Province
import Testing

@testable import Reports

/// Whose name stands over a paper and under it: the issuer's own, from its legal identity.
@Suite
struct PaperHeadTests {
    /// Who issues a kind that somebody else drafts.
    static func issuer(of kind: PaperKind, drafted unit: UnitCode) -> UnitCode? {
        let ofCommittee = [PaperKind.ministryReport, .midTermReview, .finalReport, .policyProposals].map(\.id)
        if case .citySplit(adjusting: .some) = kind.topic { return UnitCode("ubnd-thanh-pho") }
        return ofCommittee.contains(kind.id) ? UnitCode("ubnd-thanh-pho") : unit
    }

    @Test
    func `the head and the signature of every paper are its issuer's identity`() async throws {
        try await PapersTests.with { system, documents, viewers in
            let samples = try await PapersTests.Samples(system, documents, viewers)
            for kind in PaperKind.all {
                let viewer = try PapersTests.maker(of: kind, documents, viewers)
                let draft = try await samples.draft(kind, documents, for: viewer)
                let paper = try await documents.template(kind.id).document(draft.data, signer: Signer())
                let issuer = try #require(Self.issuer(of: kind, drafted: draft.unit))
                let identity = system.definition.identity(of: issuer)
                #expect(paper.superior == identity.nameAbove ?? "", "\(kind.id)")
                #expect(paper.agency.joined(separator: " ") == identity.name, "\(kind.id)")
                #expect(paper.place == identity.place, "\(kind.id)")
                let symbol = try #require(identity.symbol)
                #expect(
                    paper.symbol.hasSuffix("-\(symbol)") || paper.symbol == "/\(symbol)-\(DocumentTemplate.open)",
                    "\(kind.id): \(paper.symbol)")
                guard !paper.signature.isEmpty else { continue }
                #expect(paper.signature.last == identity.head, "\(kind.id): \(paper.signature)")
            }
        }
    }

    @Test
    func `the body above is not who accepts the work, and what is not stated stays open`() async throws {
        try await PapersTests.with { system, documents, _ in
            let plan = system.definition
            func head(_ code: String) throws -> OfficialDocument {
                let unit = try #require(UnitCode(code))
                let template = try #require(documents.folder.templates["giay-moi"])
                let data = DocumentData(
                    fields: documents.commonFields(year: 2027, of: unit),
                    tables: ["guests": .init(columns: ["name", "position", "unit"], rows: [])])
                return try template.document(data, signer: Signer())
            }
            let insurance = try head("bhxh-thanh-pho")
            #expect(plan.superior(of: try #require(UnitCode("bhxh-thanh-pho")))?.text == "so-noi-vu")
            #expect(insurance.superior == "Bảo hiểm xã hội Việt Nam")
            #expect(insurance.agency == ["Bảo hiểm xã hội thành phố Hải Phòng"])
            #expect(insurance.symbol == "/GM-BHXH" && insurance.signature == ["Giám đốc"])
            let zone = try head("ban-quan-ly-khu-kinh-te")
            #expect(zone.signature == ["Trưởng ban"] && zone.symbol == "/GM-\(DocumentTemplate.open)")
            let police = try head("cong-an-thanh-pho")
            #expect(police.superior == DocumentTemplate.open && police.signature == [DocumentTemplate.open])
            let commune = try head("10507")
            #expect(commune.superior.isEmpty && commune.agency.first == "Ủy ban nhân dân" && commune.agency.count == 2)
            #expect(commune.signature == ["TM. Ủy ban nhân dân", "Chủ tịch"])
        }
    }

    @Test
    func `minutes of a hand-over have two different sides, each with room to sign`() async throws {
        try await PapersTests.with { system, documents, viewers in
            let samples = try await PapersTests.Samples(system, documents, viewers)
            for role in [Role.analyst, .insuranceProvince] {
                let viewer = try #require(viewers[role])
                let draft = try await samples.draft(.handoverMinutes, documents, for: viewer)
                let (giver, receiver) = (draft.data.fields["giver"] ?? "", draft.data.fields["receiver"] ?? "")
                #expect(!giver.isEmpty && !receiver.isEmpty && giver != receiver, "\(role): \(giver), \(receiver)")
                #expect(receiver == "Sở Nội vụ" && giver == "Bảo hiểm xã hội thành phố Hải Phòng", "\(role)")
                let paper = try await documents.template("bien-ban-giao-nhan-du-lieu").document(draft.data)
                guard case .signatures(let sides)? = paper.body.last else {
                    Issue.record("nobody signs")
                    continue
                }
                #expect(sides.map(\.title) == ["Đại diện bên giao", "Đại diện bên nhận"])
                #expect(paper.dateLine.isEmpty, "minutes begin with the hour and the place")
            }
            let analyst = try #require(viewers[.analyst])
            var values = samples.form(.handoverMinutes, for: analyst)
            values[PaperField.Key.text("giver")] = "Sở Nội vụ"
            values[PaperField.Key.text("receiver")] = "SỞ NỘI VỤ"
            let typed = values
            let refusal = await #expect(throws: Refusal.self) {
                try await documents.draft(
                    try await documents.read(.handoverMinutes, { typed[$0] ?? "" }, for: analyst), for: analyst)
            }
            #expect(refusal?.fields.map(\.field) == [PaperField.Key.text("receiver")])
        }
    }
}
