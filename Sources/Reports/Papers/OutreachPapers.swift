import Access
import Documents
import Kernel
import Overview
import PlanText
import Province
import Targets

// What communes and insurance offices hand in of their work with people: the schedule of loudspeakers, the guide to services.
extension PaperKind {
    /// A commune's plan and schedule of what it broadcasts in a period (task III.11); its columns are ours.
    static let broadcastPlan = PaperKind(
        "ke-hoach-truyen-thanh-xa", about: .task(quarters: true), issuers: PaperIssuers.commune,
        asks: [
            PaperField(
                "slots", "Lịch tuyên truyền", .lines,
                hint:
                    "Mỗi buổi, mỗi bài một dòng: Nội dung; ngày, giờ; hình thức; thời lượng; người phụ trách. Chưa rõ thì để trống phần đó, điền sau trong Word.",
                isRequired: true)
        ],
        begins: { _, _, _ in ["slots": PaperKind.broadcastThemes.joined(separator: "\n")] },
        note: "Các cột của lịch theo đề xuất của hệ thống, không phải mẫu do pháp luật quy định."
    ) { service, request, viewer in try await service.broadcastPlan(request, for: viewer) }

    /// In the words of the plan (part III.3).
    private static let broadcastThemes = [
        "Quyền lợi, nghĩa vụ và ý nghĩa của chính sách bảo hiểm xã hội, bảo hiểm thất nghiệp",
        "Lợi ích lâu dài của việc tham gia, hạn chế hưởng bảo hiểm xã hội một lần",
        "Mức đóng, mức Nhà nước hỗ trợ và nơi tham gia bảo hiểm xã hội tự nguyện",
    ]

    /// An office's guide to what people can do online (task IV.2); its layout is ours.
    static let serviceGuide = PaperKind(
        "huong-dan-dich-vu-cong", about: .task(quarters: true),
        issuers: PaperIssuers.coordinatorOrLead(of: "huong-dan-dich-vu-cong"),
        asks: [
            PaperField(
                "steps", "Thủ tục và các bước", .lines,
                hint:
                    "Mỗi thủ tục một dòng: Tên thủ tục; cần chuẩn bị; các bước; thời hạn, kết quả. Ảnh màn hình chèn sau trong Word.",
                isRequired: true)
        ],
        note: "Bố cục theo đề xuất của hệ thống, không phải mẫu do pháp luật quy định."
    ) { service, request, _ in try await service.serviceGuide(request) }
}

extension DocumentService {
    func broadcastPlan(_ request: PaperRequest, for viewer: Viewer) async throws -> Draft {
        let code = try request.commune()
        var data = DocumentData(fields: try taskFields(request))
        let commune = definition.communes[code]
        data.fields["communeName"] = commune?.fullName ?? ""
        data.fields["groupWord"] = commune?.groupWord(try await services.groups.groups(of: code, for: viewer)) ?? ""
        data.tables["slots"] = try TypedRows.table(
            request, "slots", ["content", "time", "form", "length", "lead"], atMost: 200,
            line: "Nội dung; ngày, giờ; hình thức; thời lượng; người phụ trách")
        return Draft(request, data, about: taskSubject(request), period: try request.period(), cutoff: clock.today)
    }

    func serviceGuide(_ request: PaperRequest) async throws -> Draft {
        var data = DocumentData(fields: try taskFields(request))
        data.tables["steps"] = try TypedRows.table(
            request, "steps", ["name", "needs", "steps", "result"], atMost: 60,
            line: "Tên thủ tục; cần chuẩn bị; các bước; thời hạn, kết quả")
        return Draft(request, data, about: taskSubject(request), period: try request.period(), cutoff: clock.today)
    }
}
