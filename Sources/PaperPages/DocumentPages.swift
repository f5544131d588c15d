import Access
import Components
import Documents
import Files
import Foundation
import Hummingbird
import Kernel
import Overview
import PlanText
import Targets
import Work
import Reports
import Tabular
import Province
import WebDesk

/// Official documents: made from frozen data, read, taken as Word, Excel, PDF, numbered.
extension PaperPages {
    var documentRoutes: [Route] {
        guard let documents else { return [] }
        let reader = RouteAccess.right(.viewWork)
        return [
            .page(Addresses.documents, reader) { request in try await documentListPage(request, documents) },
            .page(Addresses.newDocument, .right(.draftDocuments)) { request in
                try await newDocumentPage(request, documents)
            },
            .form(Addresses.newDocument.asForm, .right(.draftDocuments)) { request in
                var draft = try await documentDraft(request, documents)
                let (signer, problems) = SigningDraft { request.form[$0] }.checkedSigner(isRequired: false)
                guard problems.isEmpty else { throw Refusal(fields: problems) }
                draft.signer = signer
                return Addresses.document(try await documents.keep(draft, by: request.submission))
            } again: { request, failure in
                try await newDocumentPage(request, documents, failure: failure)
            },
            .page(Addresses.document, reader) { request in try await documentPage(request, documents) },
            .page(Addresses.documentFile, reader) { request in try await documentFile(request, documents) },
            .form(Addresses.issueDocument, .right(.draftDocuments)) { request in
                let id = try Self.documentID(request)
                try await documents.issue(
                    id, SigningDraft { request.form[$0] }, file: try request.form.file(SigningDraft.Key.file),
                    reason: request.form["reason"], by: request.submission)
                return Addresses.document(id).telling(.issued)
            } again: { request, failure in
                try await documentPage(request, documents, failure: failure)
            },
            .page(Addresses.signedDocument, reader) { request in
                download(try await documents.signedFile(try Self.documentID(request), for: request.viewer))
            },
            .page(Addresses.groupSheets, .right(.keepGroups)) { request in
                let sheets = try await documents.groupSheets(
                    of: try request.recordID(missing: "Không có phương án này."), contact: request.query[.contact],
                    for: request.viewer)
                let bytes = try await Self.offPool {
                    try Self.archive(
                        sheets.enumerated().map { index, sheet in
                            (Self.fileName("\(index + 1) \(sheet.name)", "docx"), try sheet.word())
                        })
                }
                return download(name: "phieu-giao-chi-tieu.zip", mediaType: "application/zip", bytes: bytes)
            },
            .page(Addresses.groupSheet, .right(.keepGroups)) { request in
                try await groupSheet(request, documents)
            },
            .page(Addresses.communeReports, .right(.packReports)) { request in
                try await communeReports(request, documents)
            },
            .page(Addresses.template, .right(.keepTemplates)) { request in
                try await templatePage(request, documents)
            },
            .answeringForm(Addresses.previewTemplate, .right(.keepTemplates)) { request in
                let text = request.form.exact("text")
                let preview = try await documents.preview(
                    request.parameter("template"), text: text, for: request.viewer)
                return try await templatePage(request, documents, text: text, preview: preview, wasPreviewed: true)
            } again: { request, failure in
                try await templatePage(request, documents, text: request.form.exact("text"), failure: failure)
            },
            .form(Addresses.keepTemplate, .right(.keepTemplates)) { request in
                let id = request.parameter("template")
                try await documents.keepTemplate(
                    id, text: request.form.exact("text"), reason: request.form["reason"], by: request.submission)
                return Addresses.template(id).telling(.saved)
            } again: { request, failure in
                try await templatePage(request, documents, text: request.form.exact("text"), failure: failure)
            },
        ]
    }

    static func documentID(_ request: MemberRequest) throws -> RecordID {
        guard let id = RecordID(request.parameter("id")) else { throw Refusal(.notFound, "Không có văn bản này.") }
        return id
    }

    // MARK: List

    private func documentListPage(_ request: MemberRequest, _ documents: DocumentService) async throws -> Response {
        let viewer = request.viewer
        let found = try await documents.documents(for: viewer)
        func name(_ template: String) -> String { documents.folder.templates[template]?.name ?? template }
        let quarter = (today.month + 2) / 3
        var kinds: [(template: String, address: Address)] = []
        func add(_ template: String, year: Int? = nil, quarter: Int? = nil) {
            kinds.append(
                (template, Addresses.newDocument(template).with(.year, year).with(.quarter, quarter)))
        }
        if viewer.drafts(for: definition.coordinatingAgency.text) {
            add("cong-van-don-doc")
            add("bao-cao-nam-thanh-pho", year: today.year)
            add("van-ban-tham-muu-ktxh", year: today.year + 1)
            if viewer.may(.manageObstacles) { add("bao-cao-vuong-mac") }
        }
        if let commune = viewer.communes.first, viewer.drafts(for: commune.text) {
            add("bao-cao-xa", year: today.year, quarter: quarter)
            add("quyet-dinh-kien-toan-ban-chi-dao")
            add("quy-che-ban-chi-dao")
        }
        if viewer.may(.draftDocuments) { add("giay-moi") }
        var links = kinds.filter { documents.folder.templates[$0.template] != nil }.map {
            DocumentListPage.Kind(label: name($0.template), address: $0.address.text)
        }
        if viewer.may(.packReports, for: definition) {
            links.append(
                .init(
                    label: "Báo cáo của \(definition.communes.communes.count) xã, phường, đặc khu (ZIP các tệp Word)",
                    address: Addresses.communeReports().with(.year, today.year).with(.quarter, quarter).text))
        }
        let model = DocumentListPage(
            heading: "Văn bản", kinds: links, hasKinds: !links.isEmpty,
            rows: found.map {
                .init(
                    title: $0.title, address: Addresses.document($0.id).text, kind: name($0.templateID),
                    made: "\($0.madeBy), \($0.madeAt.vietnamese)", state: Self.state($0.signing))
            }, nothing: found.isEmpty,
            templates: viewer.may(.keepTemplates, for: definition)
                ? documents.folder.templates.values.sorted { $0.name < $1.name }.map {
                    .init(label: $0.name, address: Addresses.template($0.id).text)
                } : [], hasTemplates: viewer.may(.keepTemplates, for: definition))
        return try page(model.heading, model, for: request)
    }

    static func state(_ signing: Signing?) -> Badge {
        guard let number = signing?.number else { return Badge("dự thảo", look: "open") }
        return Badge("số \(number.ordinal.isEmpty ? number.symbol : number.ordinal)", look: "accepted")
    }

    // MARK: A new one

    /// The draft that a form asks for.
    private func documentDraft(_ request: MemberRequest, _ documents: DocumentService) async throws
        -> DocumentService.Draft
    {
        let form = request.form
        let template = request.parameter("template")
        var fields: [String: String] = [:]
        for field in documents.folder.templates[template]?.fields ?? [] {
            fields[field.name] = VietnameseText.tidy(form["f-\(field.name)"])
        }
        let year = Int(form["nam"]) ?? today.year
        let own = request.viewer.communes.first
        if let paper = DocumentService.ScenarioPaper(rawValue: template) {
            guard let id = RecordID(form["phuong-an"]) else { throw Refusal(.notFound, "Không có phương án này.") }
            return try await documents.draft(paper, of: id, fields: fields, for: request.viewer)
        }
        switch template {
        case "bao-cao-xa":
            guard let own else { throw Refusal(.forbidden, "Chỉ xã, phường, đặc khu soạn báo cáo của mình.") }
            return try await documents.communeReport(
                own, year: year, quarter: Int(form["quy"]), fields: fields, for: request.viewer)
        case "bao-cao-nam-thanh-pho":
            return try await documents.cityReport(year: year, fields: fields, for: request.viewer)
        case "cong-van-don-doc": return try await documents.reminderLetter(fields: fields, for: request.viewer)
        case "van-ban-tham-muu-ktxh":
            return try await documents.indicatorCard(year: year, fields: fields, for: request.viewer)
        case "bao-cao-vuong-mac": return try await documents.obstacleReport(fields: fields, for: request.viewer)
        case "giay-moi":
            return try await documents.invitation(guests: form.exact("guests"), fields: fields, for: request.viewer)
        case "bien-ban-giao-nhan-du-lieu":
            return try await documents.handoverMinutes(
                batch: Int(form["lo"]) ?? 0, fields: fields, for: request.viewer)
        case "quyet-dinh-kien-toan-ban-chi-dao", "quy-che-ban-chi-dao":
            guard let own else { throw Refusal(.forbidden, "Chỉ xã, phường, đặc khu soạn văn bản này.") }
            return try await documents.steeringDraft(template, of: own, fields: fields, for: request.viewer)
        default: throw Refusal(.notFound, "Không có mẫu văn bản này.")
        }
    }

    private func newDocumentPage(
        _ request: MemberRequest, _ documents: DocumentService, failure: FormModel.Failure? = nil
    ) async throws -> Response {
        let template = try await documents.template(request.parameter("template"))
        if DocumentService.ScenarioPaper(rawValue: template.id) != nil {
            // Told before the form is filled in, not after.
            guard let id = RecordID(failure?.values["phuong-an"] ?? request.query[.scenario]) else {
                throw Refusal(.notFound, "Hãy mở phương án phân bổ rồi chọn văn bản ở đó.")
            }
            let (scenario, _) = try await allocations.scenario(id, for: request.viewer)
            guard request.viewer.allocates(scenario.scope, in: definition) else {
                throw Refusal(.forbidden, "Chỉ đơn vị lập phương án soạn văn bản của phương án đó.")
            }
        }
        let isReport = template.id == "bao-cao-xa"
        var hidden: [String: String] = [:]
        for name in isReport ? [] : ["phuong-an", "nam", "quy", "lo"] {
            let value = failure?.values[name] ?? request.query[name]
            if !value.isEmpty { hidden[name] = value }
        }
        var fields = template.fields.filter { $0.name != "signer" }.map {
            Field("f-\($0.name)", $0.label, kind: $0.isLong ? .area : .text, value: $0.value, required: false)
        }
        if isReport {
            let year = failure?.values["nam"] ?? request.query[.year]
            let quarter = failure?.values["quy"] ?? request.query[.quarter]
            fields.insert(
                Field(
                    "quy", "Kỳ báo cáo",
                    kind: .select(
                        (1...4).map {
                            .init("\($0)", "Quý \(DocumentService.roman($0))", selected: quarter == "\($0)")
                        } + [.init("nam", "Cả năm", selected: quarter == "nam")])), at: 0)
            fields.insert(
                Field(
                    "nam", "Năm",
                    kind: .select(definition.years.map { .init("\($0)", "\($0)", selected: year == "\($0)") })), at: 0)
        }
        if template.id == "giay-moi" {
            fields.append(
                Field("guests", "Người được mời", kind: .area, hint: "Mỗi người một dòng: Họ tên; chức vụ; đơn vị"))
        }
        if template.isSigned { fields += Self.signerFields(required: false) }
        let model = FormPage(
            heading: template.name,
            intro:
                "Số liệu được chốt tại thời điểm soạn và giữ lại cùng văn bản; ô để trống in dấu chấm để điền sau trong Word.",
            paragraphs: [],
            form: form(
                "soan", Addresses.newDocument.asForm(template.id), "Soạn văn bản", fields: fields, hidden: hidden,
                for: request,
                failure: failure))
        return try page(template.name, model, for: request)
    }
}
