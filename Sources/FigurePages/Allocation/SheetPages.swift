import Access
import Components
import Hummingbird
import Jobs
import Kernel
import Reports
import Targets
import WebDesk

// Sheets for the heads of groups: an archive of all, one as Word, one as a picture for a message.
extension FigurePages {
    var sheetRoutes: [Route] {
        guard let documents else { return [] }
        return [
            // Whom heads of groups call stands on the sheet.
            .form(Addresses.groupSheets, .right(.keepGroups)) { request in
                Addresses.job(
                    try await documents.startGroupSheets(
                        of: try Self.scenarioID(request), contact: request.form[DocumentField.contact], with: jobs,
                        by: request.submission))
            } again: { request, failure in
                try await scenarioPage(request, failure: failure)
            }.takingNumbers(in: DocumentField.contact),
            .form(Addresses.groupPicture, .right(.keepGroups)) { request in
                Addresses.job(
                    try await documents.startGroupPicture(
                        of: request.parameter("code"), in: try Self.scenarioID(request), with: jobs,
                        by: request.submission))
            } again: { request, failure in
                try await allocationUnitPage(request, failure: failure)
            },
            .file(Addresses.groupSheet, .right(.keepGroups)) { request in
                let id = try Self.scenarioID(request)
                let sheet = try await documents.groupSheet(
                    of: request.parameter("code"), in: id, for: request.viewer)
                return Download(
                    name: DocumentService.fileName(sheet.name, "docx"),
                    mediaType: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                    bytes: try sheet.word(), of: Subject(.allocation, id))
            },
        ]
    }

    /// The form that orders all sheets; nil where there are none.
    func sheetsForm(
        of scenario: AllocationScenario, _ request: MemberRequest, failure: FormModel.Failure?
    ) -> FormModel? {
        guard documents != nil, scenario.scope != .city, request.viewer.allocates(scenario.scope, in: definition) else {
            return nil
        }
        return form(
            "phieu", Addresses.groupSheets(scenario.id), "Soạn phiếu giao chỉ tiêu của từng tổ (ZIP các tệp Word)",
            fields: [
                Field(
                    DocumentField.contact, "Nơi liên hệ ghi trên phiếu",
                    hint: "Cơ quan, số điện thoại; để trống cũng được",
                    required: false)
            ],
            look: "secondary", for: request, failure: failure)
    }

    /// What there is for the head of one group.
    struct SheetParts {
        var message: String?
        var links: [Frame.Link] = []
        var pictureForm: FormModel?
    }

    func sheetParts(of code: String, in scenario: AllocationScenario, _ request: MemberRequest) async throws
        -> SheetParts
    {
        guard let documents, scenario.scope != .city, request.viewer.allocates(scenario.scope, in: definition) else {
            return SheetParts()
        }
        let sheet = try await documents.groupSheet(of: code, in: scenario.id, for: request.viewer)
        var parts = SheetParts(
            message: sheet.message,
            links: [Frame.Link("Phiếu giao chỉ tiêu (Word)", Addresses.groupSheet(scenario.id, code))])
        let picture = try await documents.picture(of: sheet, in: scenario.id, by: jobs, for: request.viewer)
        if let picture, picture.state == .done {
            parts.links.append(Frame.Link("Ảnh để gửi Zalo", Addresses.jobFile(picture.id)))
        } else if documents.makesPictures {
            parts.pictureForm = form(
                "anh", Addresses.groupPicture(scenario.id, code), "Tạo ảnh để gửi Zalo", look: "secondary", for: request
            )
        }
        return parts
    }
}
