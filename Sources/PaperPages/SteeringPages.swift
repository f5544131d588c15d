import Access
import Components
import Hummingbird
import Kernel
import Overview
import PlanText
import Targets
import Work
import Reports
import Province
import WebDesk

/// Members of a commune's steering committee (task I.1).
extension PaperPages {
    var steeringRoutes: [Route] {
        guard let documents else { return [] }
        return [
            .page(Addresses.steering, .right(.viewWork)) { request in
                try await steeringPage(request, documents)
            },
            .form(Addresses.seatMember, .right(.keepCommittee)) { request in
                let commune = try steeringCommune(request)
                try await documents.seatMember(
                    commune, seat: request.form[CommitteeField.seat], name: request.form[CommitteeField.name],
                    position: request.form[CommitteeField.position], phone: request.form[CommitteeField.phone],
                    since: request.form[CommitteeField.since],
                    by: request.submission)
                return Addresses.steering(commune).telling(.memberSeated)
            } again: { request, failure in
                try await steeringPage(request, documents, failure: failure)
            }.takingNumbers(in: CommitteeField.phone),
            .form(Addresses.memberLeft, .right(.keepCommittee)) { request in
                let commune = try steeringCommune(request)
                guard let id = RecordID(request.form[CommitteeField.member]) else {
                    throw Refusal(.notFound, "Không có thành viên này.")
                }
                try await documents.memberLeft(
                    id, of: commune, on: request.form[CommitteeField.until], by: request.submission)
                return Addresses.steering(commune).telling(.memberLeft)
            } again: { request, failure in
                try await steeringPage(request, documents, failure: failure)
            },
        ]
    }

    private func steeringCommune(_ request: MemberRequest) throws -> CommuneCode {
        guard let commune = CommuneCode(request.parameter("unit")), definition.communes[commune] != nil else {
            throw Refusal(.notFound, "Không có đơn vị này trong kế hoạch.")
        }
        return commune
    }

    private func steeringPage(
        _ request: MemberRequest, _ documents: DocumentService, failure: FormModel.Failure? = nil
    ) async throws -> Response {
        let commune = try steeringCommune(request)
        let members = try await documents.steeringMembers(of: commune, for: request.viewer)
        let writes = request.viewer.keepsCommittee(of: commune)
        func row(_ member: SteeringMember) -> SteeringPage.Row {
            .init(
                seat: member.seat, name: member.name, position: member.position,
                phone: member.phone.shown(to: request.viewer) ?? GuardedWords.masked,
                since: member.until.map { "thôi từ \($0.vietnamese)" }
                    ?? (member.since.map { "từ \($0.vietnamese)" } ?? ""),
                leaveForm: writes && member.until == nil
                    ? form(
                        "roi-\(member.id)", Addresses.memberLeft(commune), "Ghi thôi tham gia",
                        fields: [Field(CommitteeField.until, "Từ ngày")], look: "secondary",
                        hidden: [.init(CommitteeField.member, member.id.text)],
                        for: request, failure: failure) : nil)
        }
        let present = members.filter { $0.until == nil }
        let papers =
            writes && !present.isEmpty
            ? documents.kinds(for: request.viewer).filter { $0.topic == .committee }.map {
                Frame.Link("Soạn \(documents.name(of: $0))", Addresses.newDocument($0.id))
            } : []
        let model = SteeringPage(
            back: Frame.Link(communeName(commune), Addresses.unit(.commune(commune))),
            heading: "Ban Chỉ đạo, \(communeName(commune))", rows: present.map(row), nothing: present.isEmpty,
            left: members.filter { $0.until != nil }.map(row), hasLeft: members.contains { $0.until != nil },
            usual: documents.freeSeats(of: commune, beside: members).map { "\($0.seat): \($0.position)" },
            form: writes
                ? form(
                    "them", Addresses.seatMember(commune), "Thêm thành viên",
                    fields: [
                        Field(
                            CommitteeField.seat, "Chức danh trong Ban Chỉ đạo",
                            hint: "Trưởng ban, Phó Trưởng ban, Thành viên"),
                        Field(CommitteeField.name, "Họ tên"), Field(CommitteeField.position, "Chức vụ, đơn vị"),
                        Field(CommitteeField.phone, "Điện thoại", required: false),
                        Field(CommitteeField.since, "Tham gia từ ngày", required: false),
                    ], for: request, failure: failure) : nil,
            papers: papers, hasPapers: !papers.isEmpty)
        return try page(model.heading, model, for: request)
    }
}
