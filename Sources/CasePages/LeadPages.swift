import Access
import Components
import Formats
import Coverage
import Hummingbird
import Kernel
import Registry
import WebDesk

struct LeadListPage: Page {
    static let template: PageTemplate = "lead-list"

    struct Line: Sendable {
        let name: String
        let address: String
        let place: String
        let result: String
        let people: String
        let declared: String
    }

    let back: Frame.Link
    let lead: String
    let lines: [Line]
    let hasLines: Bool
    let previous: String?
    let next: String?
}

struct LeadPage: Page {
    static let template: PageTemplate = "lead-employer"

    struct Line: Sendable {
        let name: String
        /// Of the person in the register.
        let page: String?
        let title: String
        let isLead: Bool
        let reason: String
        let law: String?
        let certainty: String
        let deed: String
        let evidence: [Fact]
    }

    let back: Frame.Link
    let name: String
    let facts: [Fact]
    let register: Frame.Link?
    let own: Line?
    let people: [Line]
    let hasPeople: Bool
    let told: String
}

extension CasePages {
    func leadListPage(_ request: MemberRequest) async throws -> Response {
        let commune = CommuneCode(request.query[.commune])
        let result = request.query[.reviewClass]
        let number = max(1, Int(request.query[.page]) ?? 1)
        let (found, hasMore) = try await reviews.leads(
            in: commune, ofClass: result.isEmpty ? nil : result, page: number, for: request.viewer)
        let tables = try await reviews.tables()
        func at(_ page: Int) -> String {
            var address = Addresses.leads()
            if let commune { address = address.with(.commune, commune.text) }
            if !result.isEmpty { address = address.with(.reviewClass, result) }
            return address.with(.page, "\(page)").text
        }
        let place = commune.map { " ở \(communeName($0))" } ?? ""
        let model = LeadListPage(
            back: Frame.Link("Rà soát", Addresses.review()),
            lead: found.isEmpty
                ? "Không có đơn vị nào cần đối chiếu\(place)."
                : "Đơn vị có người cần đối chiếu\(place), nhiều người nhất đứng trước. Mở một đơn vị là xem tên từng người: lần xem được ghi lại.",
            lines: found.map { lead in
                LeadListPage.Line(
                    name: lead.name.isEmpty ? Self.unnamed : lead.name,
                    address: Addresses.leadEmployer(lead.employer.word).text,
                    place: lead.commune.map(communeName) ?? "Không rõ xã, phường",
                    result: lead.classKey.flatMap { tables.result($0, of: tables.employers.key)?.title } ?? "",
                    people: VietnameseText.grouped(lead.people),
                    declared:
                        "\(VietnameseText.grouped(lead.declared)) khai thuế, \(VietnameseText.grouped(lead.insured)) đang tham gia"
                )
            }, hasLines: !found.isEmpty, previous: number > 1 ? at(number - 1) : nil,
            next: hasMore ? at(number + 1) : nil)
        return try page("Danh sách đơn vị cần đối chiếu", model, for: request)
    }

    func leadPage(_ request: MemberRequest) async throws -> Response {
        guard let entity = EntityID(word: request.parameter("entity")) else {
            throw Refusal(.notFound, "Không có đơn vị này trong lần rà soát.")
        }
        let picture = try await reviews.lead(entity, by: request.submission)
        let shown = picture.people.prefix(100)
        let model = LeadPage(
            back: Frame.Link("Danh sách đơn vị cần đối chiếu", Addresses.leads()),
            name: picture.employer.name.isEmpty ? Self.unnamed : picture.employer.name,
            facts: [
                Fact(label: "Xã, phường", value: picture.employer.commune.map(communeName) ?? "không rõ"),
                Fact(label: "Ngành nghề", value: picture.industry.isEmpty ? "không rõ" : picture.industry),
                Fact(label: "Người cần đối chiếu", value: VietnameseText.grouped(picture.employer.people)),
                Fact(label: "Lao động khai thuế có hợp đồng", value: VietnameseText.grouped(picture.employer.declared)),
                Fact(label: "Đang tham gia tại đơn vị", value: VietnameseText.grouped(picture.insuredNow)),
                Fact(label: "Rà soát", value: "\(picture.run.name), ngày \(picture.run.day.vietnamese)"),
            ],
            register: picture.employer.name.isEmpty
                ? nil : Frame.Link("Trang của đơn vị trong sổ đăng ký", Addresses.employer(entity.word)),
            own: picture.own.map { line($0) }, people: shown.map { line($0) }, hasPeople: !shown.isEmpty,
            told: picture.people.count > shown.count
                ? "Hiện \(shown.count) trong \(VietnameseText.grouped(picture.people.count)) người, người cần đối chiếu trước."
                : "\(VietnameseText.grouped(picture.people.count)) người, người cần đối chiếu trước.")
        return try page("Rà soát: \(model.name)", model, for: request)
    }

    private func line(_ person: LeadPicture.Person) -> LeadPage.Line {
        let law = person.result?.law ?? []
        return LeadPage.Line(
            name: person.name, page: person.row.person.map { Addresses.person($0.word).text },
            title: person.result?.title ?? person.row.classKey, isLead: person.row.isLead, reason: person.row.reason,
            law: law.isEmpty ? nil : law.joined(separator: "; "), certainty: person.row.certainty.words,
            deed: person.result?.deed ?? "",
            evidence: person.evidence.map { fact, origin in
                let answer = person.row.facts[fact].map { fact.words(of: $0) } ?? ""
                let month = origin.period.map { ", tháng \($0.vietnamese)" } ?? ""
                let sheet = origin.sheet.isEmpty ? "" : "trang \(origin.sheet), "
                return Fact(
                    label: "\(VietnameseText.sentence(fact.words)): \(answer)",
                    value: "\(origin.kind.words)\(month), lần giao \(origin.delivery), \(sheet)dòng \(origin.line)",
                    address: Addresses.delivery(origin.delivery).text)
            })
    }
}
