import Access
import Components
import Documents
import Files
import Foundation
import Hummingbird
import Kernel
import Plan
import Reports
import Tabular
import Territory

/// Official documents: made from frozen data, read, taken as Word, Excel, PDF, numbered.
extension Site {
    var documentRoutes: [Route] {
        guard let documents else { return [] }
        let reader = RouteAccess.permission(.viewWork)
        return [
            .page("/van-ban", reader) { request in try await documentListPage(request, documents) },
            .page("/van-ban/moi/{template}", .permission(.work)) { request in
                try await newDocumentPage(request, documents)
            },
            .form("/van-ban/moi/{template}", .permission(.work)) { request in
                let draft = try await documentDraft(request, documents)
                return "/van-ban/\(try await documents.keep(draft, by: request.submission))"
            } again: { request, failure in
                try await newDocumentPage(request, documents, failure: failure)
            },
            .page("/van-ban/{id}", reader) { request in try await documentPage(request, documents) },
            .page("/van-ban/{id}/tai/{format}", reader) { request in try await documentFile(request, documents) },
            .form("/van-ban/{id}/ban-hanh", .permission(.work)) { request in
                let id = try Self.documentID(request)
                try await documents.issue(
                    id, number: request.form["number"], on: request.form["issuedOn"],
                    file: try request.form.file("file"), by: request.submission)
                return "/van-ban/\(id)?xong=ban-hanh"
            } again: { request, failure in
                try await documentPage(request, documents, failure: failure)
            },
            .page("/van-ban/{id}/ban-ky", reader) { request in
                download(try await documents.signedFile(try Self.documentID(request), for: request.viewer))
            },
            .page("/phan-bo/{id}/phieu-to.zip", .permission(.keepGroups)) { request in
                let sheets = try await documents.groupSheets(
                    of: try Self.scenarioID(request), contact: request.query["lienhe"], for: request.viewer)
                let bytes = try await Self.offPool {
                    try Self.archive(
                        sheets.enumerated().map { index, sheet in
                            (Self.fileName("\(index + 1) \(sheet.name)", "docx"), try sheet.word())
                        })
                }
                return download(name: "phieu-giao-chi-tieu.zip", mediaType: "application/zip", bytes: bytes)
            },
            .page("/phan-bo/{id}/phieu/{code}/{format}", .permission(.keepGroups)) { request in
                try await groupSheet(request, documents)
            },
            .page("/bao-cao-xa.zip", .permission(.steer)) { request in
                try await communeReports(request, documents)
            },
            .page("/van-ban/mau/{template}", .permission(.steer)) { request in
                try await templatePage(request, documents)
            },
            .answeringForm("/van-ban/mau/{template}/xem", .permission(.steer)) { request in
                let text = request.form.exact("text")
                let preview = try await documents.preview(
                    request.parameter("template"), text: text, for: request.viewer)
                return try await templatePage(request, documents, text: text, preview: preview, wasPreviewed: true)
            } again: { request, failure in
                try await templatePage(request, documents, text: request.form.exact("text"), failure: failure)
            },
            .form("/van-ban/mau/{template}/luu", .permission(.steer)) { request in
                let id = request.parameter("template")
                try await documents.keepTemplate(
                    id, text: request.form.exact("text"), reason: request.form["reason"], by: request.submission)
                return "/van-ban/mau/\(id)?xong=luu"
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
        var kinds: [(String, String)] = []
        if viewer.steers(definition) {
            kinds += [
                ("cong-van-don-doc", ""), ("bao-cao-nam-thanh-pho", "?nam=\(today.year)"),
                ("van-ban-tham-muu-ktxh", "?nam=\(today.year + 1)"), ("bao-cao-vuong-mac", ""),
            ]
        }
        if let commune = viewer.communes.first, viewer.may(.work), viewer.ownUnits.contains(.commune(commune)) {
            let quarter = (today.month + 2) / 3
            kinds += [
                ("bao-cao-xa", "?nam=\(today.year)&quy=\(quarter)"), ("quyet-dinh-kien-toan-ban-chi-dao", ""),
                ("quy-che-ban-chi-dao", ""),
            ]
        }
        if viewer.may(.work) { kinds.append(("giay-moi", "")) }
        var links = kinds.filter { documents.folder.templates[$0.0] != nil }.map {
            DocumentListPage.Kind(label: name($0.0), address: "/van-ban/moi/\($0.0)\($0.1)")
        }
        if viewer.steers(definition) {
            links.append(
                .init(
                    label: "Báo cáo của \(definition.communes.communes.count) xã, phường, đặc khu (ZIP các tệp Word)",
                    address: "/bao-cao-xa.zip?nam=\(today.year)&quy=\((today.month + 2) / 3)"))
        }
        let model = DocumentListPage(
            heading: "Văn bản", kinds: links, hasKinds: !links.isEmpty,
            rows: found.map {
                .init(
                    title: $0.title, address: "/van-ban/\($0.id)", kind: name($0.templateID),
                    made: "\($0.madeBy), \($0.madeAt.vietnamese)", state: Self.state(of: $0))
            }, nothing: found.isEmpty,
            templates: viewer.steers(definition)
                ? documents.folder.templates.values.sorted { $0.name < $1.name }.map {
                    .init(label: $0.name, address: "/van-ban/mau/\($0.id)")
                } : [], hasTemplates: viewer.steers(definition))
        return try page(model.heading, model, with: "document-list", for: request)
    }

    private static func state(of document: StoredDocument) -> Badge {
        document.number.map { Badge("số \($0)", look: "accepted") } ?? Badge("dự thảo", look: "open")
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
        var hidden: [String: String] = [:]
        for name in ["phuong-an", "nam", "quy", "lo"] {
            let value = failure?.values[name] ?? request.query[name]
            if !value.isEmpty { hidden[name] = value }
        }
        var fields = template.fields.map {
            Field("f-\($0.name)", $0.label, kind: $0.isLong ? .area : .text, value: $0.value, required: false)
        }
        if template.id == "giay-moi" {
            fields.append(
                Field("guests", "Người được mời", kind: .area, hint: "Mỗi người một dòng: Họ tên; chức vụ; đơn vị"))
        }
        let model = FormPage(
            heading: template.name,
            intro:
                "Số liệu được chốt tại thời điểm soạn và giữ lại cùng văn bản; ô để trống in dấu chấm để điền sau trong Word.",
            paragraphs: [],
            form: form(
                "soan", "/van-ban/moi/\(template.id)", "Soạn văn bản", fields: fields, hidden: hidden, for: request,
                failure: failure))
        return try page(template.name, model, with: "form-page", for: request)
    }

    // MARK: One document

    private func documentPage(
        _ request: MemberRequest, _ documents: DocumentService, failure: FormModel.Failure? = nil
    ) async throws -> Response {
        let stored = try await documents.document(try Self.documentID(request), for: request.viewer)
        let document = try stored.document()
        let writes = request.viewer.may(.work) && request.viewer.ownUnits.contains { $0.text == stored.unit }
        let base = "/van-ban/\(stored.id)"
        var downloads = [
            Frame.Link("Tải Word (.docx)", "\(base)/tai/docx"),
            Frame.Link("Tải bảng Excel (.xlsx)", "\(base)/tai/xlsx"),
        ]
        if PDFConverter.program != nil { downloads.append(Frame.Link("Tải PDF", "\(base)/tai/pdf")) }
        downloads.append(Frame.Link("Siêu dữ liệu (.xml)", "\(base)/tai/xml"))
        if stored.file != nil { downloads.append(Frame.Link("Bản đã ký", "\(base)/ban-ky")) }
        let model = DocumentPage(
            back: Frame.Link("Văn bản", "/van-ban"), heading: stored.title,
            facts: [
                .init(label: "Soạn", value: "\(stored.madeBy), \(stored.madeAt.vietnamese)", address: nil),
                .init(label: "Số liệu chốt đến", value: stored.cutoff.vietnamese, address: nil),
                .init(
                    label: "Nguồn", value: Self.words(ofSubject: stored.subject),
                    address: Self.address(ofSubject: stored.subject)),
                .init(label: "Mã SHA-256 của dữ liệu", value: stored.sha256, address: nil),
                .init(
                    label: "Số, ngày",
                    value: stored.number.map { "\($0)\(document.symbol), ngày \(stored.issuedOn?.vietnamese ?? "")" }
                        ?? "văn thư chưa cấp số", address: nil),
            ], state: Self.state(of: stored), downloads: downloads, problems: stored.metadata?.problems ?? [],
            hasProblems: !(stored.metadata?.problems ?? []).isEmpty,
            issueForm: writes && stored.number == nil
                ? form(
                    "ban-hanh", "\(base)/ban-hanh", "Ghi số, ngày ban hành",
                    fields: [
                        Field("number", "Số văn thư cấp", kind: .code, hint: "Không kèm ký hiệu \(document.symbol)"),
                        Field("issuedOn", "Ngày ban hành"),
                        Field("file", "Bản đã ký", kind: .file(accept: ".pdf"), required: false),
                    ], for: request, failure: failure) : nil, hasFailure: failure != nil,
            preview: PreviewBlock.blocks(document), lines: PreviewBlock.lines(document))
        return try page(stored.title, model, with: "document", for: request)
    }

    private static func words(ofSubject subject: String) -> String {
        let parts = subject.split(separator: "/").map(String.init)
        switch parts.first {
        case "allocation": return "phương án phân bổ"
        case "commune": return "số liệu của đơn vị, năm \(parts.last ?? "")"
        case "city": return "số liệu thành phố, năm \(parts.last ?? "")"
        case "figures": return "lô số liệu số \(parts.last ?? "")"
        case "late": return "việc quá hạn"
        case "steering": return "danh sách Ban Chỉ đạo"
        case "obstacles": return "vướng mắc"
        default: return "nhập tay"
        }
    }

    /// Where the figures' records stand on screen.
    private static func address(ofSubject subject: String) -> String? {
        let parts = subject.split(separator: "/").map(String.init)
        guard parts.count >= 2 else { return nil }
        switch parts[0] {
        case "allocation": return "/phan-bo/\(parts[1])"
        case "commune": return "/don-vi/\(parts[1])"
        case "city": return "/tong-quan?nam=\(parts[1])"
        case "figures": return "/so-lieu/lo/\(parts.last ?? "")"
        case "late": return "/viec?trang-thai=qua-han"
        case "steering": return "/ban-chi-dao/\(parts[1])"
        case "obstacles": return "/vuong-mac"
        default: return nil
        }
    }

    private func documentFile(_ request: MemberRequest, _ documents: DocumentService) async throws -> Response {
        let stored = try await documents.document(try Self.documentID(request), for: request.viewer)
        switch request.parameter("format") {
        case "docx":
            return download(name: stored.fileName("docx"), mediaType: Self.wordType, bytes: try stored.word())
        case "xlsx":
            return download(
                name: stored.fileName("xlsx"),
                mediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                bytes: try stored.workbook())
        case "xml":
            return download(
                name: stored.fileName("xml"), mediaType: "application/xml",
                bytes: Array((stored.metadata?.xml ?? "").utf8))
        case "pdf":
            let bytes: [UInt8]
            do {
                bytes = try await Self.offPool { try PDFConverter.pdf(ofDOCX: try stored.word()) }
            } catch let failure as PDFConverter.Failure {
                throw Refusal(.invalid, failure.description)
            }
            return download(name: stored.fileName("pdf"), mediaType: "application/pdf", bytes: bytes)
        default: throw Refusal(.notFound, "Chỉ có docx, xlsx, pdf, xml.")
        }
    }

    static let wordType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

    /// Work that blocks stays off the pool that answers requests.
    static func offPool<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(with: Result { try work() }) }
        }
    }

    /// One group's sheet: as Word, or as a picture for a message.
    private func groupSheet(_ request: MemberRequest, _ documents: DocumentService) async throws -> Response {
        let code = request.parameter("code")
        let sheets = try await documents.groupSheets(of: try Self.scenarioID(request), contact: "", for: request.viewer)
        guard let sheet = sheets.first(where: { $0.code == code }) else {
            throw Refusal(.notFound, "Phương án không có đơn vị này.")
        }
        switch request.parameter("format") {
        case "docx":
            return download(name: Self.fileName(sheet.name, "docx"), mediaType: Self.wordType, bytes: try sheet.word())
        case "png":
            do {
                let bytes = try await Self.offPool { try PDFConverter.picture(ofDOCX: try sheet.word()) }
                return download(name: Self.fileName(sheet.name, "png"), mediaType: "image/png", bytes: bytes)
            } catch let failure as PDFConverter.Failure {
                throw Refusal(.invalid, failure.description)
            }
        default: throw Refusal(.notFound, "Chỉ có docx, png.")
        }
    }

    /// All communes' reports as one archive.
    private func communeReports(_ request: MemberRequest, _ documents: DocumentService) async throws -> Response {
        let year = Int(request.query["nam"]) ?? today.year
        let quarter = Int(request.query["quy"])
        let template = try await documents.template("bao-cao-xa")
        var drafts: [(String, OfficialDocument)] = []
        for commune in definition.communes.communes {
            let draft = try await documents.communeReport(
                commune.code, year: year, quarter: quarter, fields: [:], for: request.viewer)
            // The code keeps names apart that differ in their marks alone.
            drafts.append(("\(commune.code) \(commune.fullName)", try template.document(draft.data)))
        }
        let sheets = drafts
        let bytes = try await Self.offPool {
            try Self.archive(
                sheets.map { name, document in
                    (
                        Self.fileName(name, "docx"),
                        try WordWriter.bytes(of: document, properties: .init(title: "\(template.name) \(name)"))
                    )
                })
        }
        return download(name: "bao-cao-xa-\(year).zip", mediaType: "application/zip", bytes: bytes)
    }

    static func archive(_ files: [(name: String, bytes: [UInt8])]) throws -> [UInt8] {
        try ZipWriter.bytes(of: files.map { ZipWriter.Part($0.name, $0.bytes) })
    }

    static func fileName(_ text: String, _ ending: String) -> String {
        let plain = VietnameseText.fold(text).map { $0.isLetter || $0.isNumber ? String($0) : "-" }.joined()
        return "\(plain.prefix(80)).\(ending)"
    }

    // MARK: Templates

    private func templatePage(
        _ request: MemberRequest, _ documents: DocumentService, text: String? = nil, preview: OfficialDocument? = nil,
        wasPreviewed: Bool = false, failure: FormModel.Failure? = nil
    ) async throws -> Response {
        let template = try await documents.template(request.parameter("template"))
        let shown = text ?? template.text
        let base = "/van-ban/mau/\(template.id)"
        let model = TemplatePage(
            back: Frame.Link("Văn bản", "/van-ban"), heading: "Mẫu: \(template.name)",
            lead:
                "Sửa nội dung mẫu, xem thử với dữ liệu của văn bản gần nhất, rồi lưu. Văn bản đã soạn giữ mẫu cũ. Lưu mẫu trống là trở về mẫu gốc.",
            form: form(
                "xem", "\(base)/xem", "Xem thử",
                fields: [Field("text", "Nội dung mẫu (YAML)", kind: .area, value: shown)],
                look: "secondary", for: request, failure: failure),
            keepForm: wasPreviewed || failure?.form == "luu"
                ? form(
                    "luu", "\(base)/luu", "Lưu mẫu", fields: [Field("reason", "Lý do sửa")], hidden: ["text": shown],
                    for: request, failure: failure) : nil, previewed: preview != nil,
            noPreview: wasPreviewed && preview == nil, preview: preview.map(PreviewBlock.blocks) ?? [],
            lines: preview.map(PreviewBlock.lines) ?? [])
        return try page(model.heading, model, with: "template", for: request)
    }
}
