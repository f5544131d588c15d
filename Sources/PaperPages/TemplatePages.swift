import Access
import Components
import Documents
import Hummingbird
import Kernel
import PlanText
import Work
import Reports
import WebDesk

/// Templates as the coordinating agency adapts them.
extension PaperPages {
    func templatePage(
        _ request: MemberRequest, _ documents: DocumentService, text: String? = nil, preview: OfficialDocument? = nil,
        wasPreviewed: Bool = false, failure: FormModel.Failure? = nil
    ) async throws -> Response {
        let template = try await documents.template(request.parameter("template"))
        let shown = text ?? template.text
        // Of the text that was opened, through every preview.
        let version = request.form.version ?? request.revisions.version(of: .template)
        let model = TemplatePage(
            back: Frame.Link("Văn bản", Addresses.documents()), heading: "Mẫu: \(template.name)",
            lead:
                "Sửa nội dung mẫu, xem thử với dữ liệu của văn bản gần nhất, rồi lưu. Văn bản đã soạn giữ mẫu cũ.",
            form: form(
                "xem", Addresses.previewTemplate(template.id), "Xem thử",
                fields: [Field(DocumentField.text, "Nội dung mẫu (YAML)", kind: .area, value: shown)],
                look: "secondary", version: version, for: request, failure: failure),
            keepForm: wasPreviewed || failure?.form == "luu"
                ? form(
                    "luu", Addresses.keepTemplate(template.id), "Lưu mẫu",
                    fields: [Field(DocumentField.reason, "Lý do sửa")],
                    version: version, hidden: [.init(DocumentField.text, shown)],
                    for: request, failure: failure) : nil,
            resetForm: template.text == documents.folder.templates[template.id]?.text
                ? nil
                : form(
                    "ve-goc", Addresses.keepTemplate(template.id), "Trở về mẫu gốc",
                    fields: [Field(DocumentField.reason, "Lý do")],
                    look: "warning",
                    version: version, hidden: [.init(DocumentField.text, "")], for: request, failure: failure),
            previewed: preview != nil,
            noPreview: wasPreviewed && preview == nil, preview: preview.map { PreviewBlock.blocks($0) } ?? [],
            lines: preview.map(PreviewBlock.lines) ?? [])
        return try page(model.heading, model, for: request)
    }
}
