import Access
import Documents
import Kernel
import PlanText

extension PaperKind {
    /// A letter by which whoever watches employers asks the competent body to act (task V.7); it waits for an answer like a
    /// directive. What it lists are signs of a breach, no findings.
    static let recommendation = PaperKind(
        "kien-nghi-xu-ly", about: .task(quarters: true), issuers: PaperIssuers.agency,
        asks: [
            PaperField(SharingKey.partner, "Gửi cơ quan có thẩm quyền", .choice([]), isRequired: true),
            PaperField(
                SharingKey.other(of: SharingKey.partner), "Cơ quan khác",
                hint: "Chỉ ghi khi chọn “\(SharingKey.otherTitle)” ở trên."),
            PaperField(
                "cases", "Đơn vị kiến nghị xử lý", .lines,
                hint:
                    "Mỗi đơn vị một dòng: Tên; mã số thuế; công trình, địa bàn; dấu hiệu vi phạm, số tiền, thời gian; kiến nghị. Không ghi tên người lao động.",
                isRequired: true),
            PaperField(
                PaperField.Key.replyBy, "Đề nghị thông báo kết quả trước ngày", hint: "Ngày/tháng/năm", isRequired: true
            ),
        ],
        begins: { service, unit, _ in
            [
                SharingKey.partner: service.sharesWith(unit)?.text ?? SharingKey.none,
                PaperField.Key.replyBy: service.clock.today.adding(days: 30).vietnamese,
            ]
        },
        lists: { service, unit in service.sharingLists(unit).filter { $0.key == SharingKey.partner } },
        note:
            "Danh sách là dấu hiệu vi phạm để cơ quan có thẩm quyền xem xét; hãy đối chiếu với BHXH thành phố trước khi gửi."
    ) { service, request, _ in try await service.recommendation(request) }
}

extension DocumentService {
    func recommendation(_ request: PaperRequest) async throws -> Draft {
        var data = DocumentData(fields: try taskFields(request))
        data.fields["taskWords"] = data.fields["taskCode"].map { " (nhiệm vụ \($0))" } ?? ""
        let cases = try TypedRows.table(
            request, "cases", ["name", "code", "place", "breach", "proposal"],
            line: "Tên; mã số thuế; công trình, địa bàn; dấu hiệu vi phạm; kiến nghị")
        data.tables["cases"] = cases
        // Below ten with a zero before it, as in official papers.
        data.fields["caseCount"] = cases.rows.count < 10 ? "0\(cases.rows.count)" : "\(cases.rows.count)"
        let chosen = request.text(SharingKey.partner)
        let typed = request.text(SharingKey.other(of: SharingKey.partner))
        let body = chosen == SharingKey.none ? typed : UnitCode(chosen).map(ownName) ?? ""
        guard !body.isEmpty else {
            throw Refusal(fields: [
                .init(SharingKey.other(of: SharingKey.partner), "Hãy chọn cơ quan, hoặc ghi tên cơ quan khác.")
            ])
        }
        try ask(.init(columns: ["name", "matter"], rows: [[.text(body), .empty]]), &data, request)
        return Draft(request, data, about: taskSubject(request), period: try request.period(), cutoff: clock.today)
    }
}
