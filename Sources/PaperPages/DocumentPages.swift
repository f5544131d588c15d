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
            documentWorkbook(documents).route(Addresses.documents.workbook, on: desk),
            .page(Addresses.newDocument, .right(.draftDocuments)) { request in
                try await newDocumentPage(request, documents)
            },
            .form(Addresses.newDocument.asForm, .right(.draftDocuments)) { request in
                let paper = try await documents.read(
                    try documents.kind(request.parameter("template")), { request.form.exact($0) }, for: request.viewer)
                var draft = try await documents.draft(paper, for: request.viewer)
                documents.aim(&draft, at: Self.goal(request.form))
                return Addresses.document(try await documents.keep(draft, by: request.submission))
            } again: { request, failure in
                try await newDocumentPage(request, documents, failure: failure)
            },
            .page(Addresses.document, reader) { request in try await documentPage(request, documents) },
            .file(Addresses.documentFile, reader) { request in try await documentFile(request, documents) },
            .decision(Addresses.issueDocument, .right(.draftDocuments)) { request, seen in
                let id = try Self.documentID(request)
                try await documents.issue(
                    id, SigningDraft { request.form[$0] },
                    file: try request.form.file(SigningDraft.Key.file, of: .signedCopy),
                    reason: request.form[DocumentField.reason],
                    replacing: RecordID(request.form[DocumentField.replaces]), version: seen, by: request.submission)
                let waits = try await documents.waitingIssue(of: id, for: request.viewer) != nil
                return Addresses.document(id).telling(
                    waits ? .awaitsSecond : try await issued(id, documents, request))
            } again: { request, failure in
                try await documentPage(request, documents, failure: failure)
            },
            .decision(Addresses.confirmIssue, .right(.draftDocuments)) { request, seen in
                let id = try Self.documentID(request)
                try await documents.confirmIssue(
                    of: id, try request.proposal(), version: seen, by: request.submission)
                return Addresses.document(id).telling(try await issued(id, documents, request))
            } again: { request, failure in
                try await documentPage(request, documents, failure: failure)
            },
            .decision(Addresses.withdrawIssue, .right(.draftDocuments)) { request, _ in
                let id = try Self.documentID(request)
                try await documents.withdrawIssue(of: id, try request.proposal(), by: request.submission)
                return Addresses.document(id).telling(.proposalWithdrawn)
            } again: { request, failure in
                try await documentPage(request, documents, failure: failure)
            },
            .decision(Addresses.handInDocument, .right(.draftDocuments)) { request, seen in
                let work = request.form[DocumentField.work]
                try await documents.handIn(
                    try Self.documentID(request), to: Int(request.form[DocumentField.slot]) ?? -1, of: work,
                    replacing: RecordID(request.form[DocumentField.replaced]), version: seen, by: request.submission)
                return Addresses.work(work).telling(.paperHandedIn)
            } again: { request, failure in
                try await documentPage(request, documents, failure: failure)
            },
            .decision(Addresses.endDocument, .right(.draftDocuments)) { request, seen in
                let id = try Self.documentID(request)
                try await documents.endDocument(
                    id, successor: RecordID(request.form[DocumentField.successor]),
                    reason: request.form[DocumentField.reason], version: seen, by: request.submission)
                let waits = try await documents.waitingEnd(of: id, for: request.viewer) != nil
                return Addresses.document(id).telling(
                    waits ? .awaitsSecond : try await ended(id, documents, request))
            } again: { request, failure in
                try await documentPage(request, documents, failure: failure)
            },
            .decision(Addresses.confirmEnd, .right(.draftDocuments)) { request, seen in
                let id = try Self.documentID(request)
                try await documents.confirmEnd(of: id, try request.proposal(), version: seen, by: request.submission)
                return Addresses.document(id).telling(try await ended(id, documents, request))
            } again: { request, failure in
                try await documentPage(request, documents, failure: failure)
            },
            .decision(Addresses.withdrawEnd, .right(.draftDocuments)) { request, _ in
                let id = try Self.documentID(request)
                try await documents.withdrawEnd(of: id, try request.proposal(), by: request.submission)
                return Addresses.document(id).telling(.proposalWithdrawn)
            } again: { request, failure in
                try await documentPage(request, documents, failure: failure)
            },
            .file(Addresses.signedDocument, reader) { request in
                let id = try Self.documentID(request)
                return Download(try await documents.signedFile(id, for: request.viewer), of: Subject(.document, id))
            },
            .form(Addresses.communeReports, .right(.packReports)) { request in
                guard let span = ReportSpan(request.form[QueryKey.quarter]) else {
                    throw Refusal(fields: [.init(QueryKey.quarter.name, "Hãy chọn kỳ báo cáo.")])
                }
                return Addresses.job(
                    try await documents.startCommuneReports(.init(span), with: jobs, by: request.submission))
            } again: { request, failure in
                try await documentListPage(request, documents, failure: failure)
            },
            .form(Addresses.makePDF, reader) { request in
                Addresses.job(
                    try await documents.startPDF(try Self.documentID(request), with: jobs, by: request.submission))
            } again: { request, failure in
                try await documentPage(request, documents, failure: failure)
            },
            .page(Addresses.template, .right(.keepTemplates)) { request in
                try await templatePage(request, documents)
            },
            .answeringForm(Addresses.previewTemplate, .right(.keepTemplates)) { request in
                let text = request.form.exact(DocumentField.text)
                let preview = try await documents.preview(
                    request.parameter("template"), text: text, for: request.viewer)
                return try await templatePage(request, documents, text: text, preview: preview, wasPreviewed: true)
            } again: { request, failure in
                try await templatePage(
                    request, documents, text: request.form.exact(DocumentField.text), failure: failure)
            },
            .decision(Addresses.keepTemplate, .right(.keepTemplates)) { request, seen in
                let id = request.parameter("template")
                try await documents.keepTemplate(
                    id, text: request.form.exact(DocumentField.text), reason: request.form[DocumentField.reason],
                    version: seen, by: request.submission)
                return Addresses.template(id).telling(.templateKept)
            } again: { request, failure in
                try await templatePage(
                    request, documents, text: request.form.exact(DocumentField.text), failure: failure)
            },
        ]
    }

    /// What is told once a paper is out.
    private func issued(
        _ id: RecordID, _ documents: DocumentService, _ request: MemberRequest
    ) async throws -> Acknowledgement {
        documents.decides(try await documents.document(id, for: request.viewer)) ? .targetsDecided : .issued
    }

    /// What is told once a paper no longer holds.
    private func ended(
        _ id: RecordID, _ documents: DocumentService, _ request: MemberRequest
    ) async throws -> Acknowledgement {
        documents.decides(try await documents.document(id, for: request.viewer)) ? .decisionEnded : .paperEnded
    }

    static func documentID(_ request: MemberRequest) throws -> RecordID {
        try request.recordID(missing: "Không có văn bản này.")
    }

    // MARK: List

    private func documentListPage(
        _ request: MemberRequest, _ documents: DocumentService, failure: FormModel.Failure? = nil
    ) async throws -> Response {
        let viewer = request.viewer
        let lines = try await documentLines(documents, for: viewer, most: ListWorkbook.mostAtOnce)
        let links = try await documents.openKinds(for: viewer).filter(\.topic.standsAlone).map {
            DocumentListPage.Kind(label: documents.name(of: $0), address: Addresses.newDocument($0.id).text)
        }
        let model = DocumentListPage(
            heading: "Văn bản",
            boards: Self.boardReaders.allows(viewer)
                ? Frame.Link("Bảng tổng hợp báo cáo", Addresses.boards()) : nil, kinds: links, hasKinds: !links.isEmpty,
            reportsForm: viewer.may(.packReports, for: definition)
                ? form(
                    "bao-cao-xa", Addresses.communeReports(),
                    "Soạn báo cáo của \(definition.communes.communes.count) xã, phường, đặc khu (ZIP các tệp Word)",
                    fields: [
                        Field(
                            QueryKey.quarter.name, "Kỳ báo cáo",
                            kind: .select(
                                ReportSpan.begun(by: today, in: definition.years).map {
                                    Field.Option($0.text, $0.words)
                                }
                            ), value: ReportSpan.quarter(Quarter(of: today)).text)
                    ], look: "secondary", for: request, failure: failure) : nil,
            table: try list(
                Self.documentList, of: lines, try await query(Self.documentList.outline, of: request),
                at: TablePlace(Addresses.documents()), workbook: Addresses.documents.workbook(),
                nothing: "Chưa có văn bản nào."),
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

    private func newDocumentPage(
        _ request: MemberRequest, _ documents: DocumentService, failure: FormModel.Failure? = nil
    ) async throws -> Response {
        let kind = try documents.kind(request.parameter("template"))
        let asked = try await documents.form(
            kind, given: { failure?.values[$0] ?? request.query[$0] }, for: request.viewer)
        var given = asked.filter { $0.input == .given }.map { FormModel.Hidden(name: $0.key, value: $0.value) }
        let goal = try await documents.open(
            Self.goal(failure == nil ? request.query : request.form), of: kind, for: request.viewer)
        if let goal { given += [.init(QueryKey.work, goal.work), .init(QueryKey.slot, goal.slot)] }
        var standing: String?
        if let goal, let product = try await documents.standing(at: goal, for: request.viewer) {
            standing =
                "Chỗ sản phẩm này đang có \(product.numberSymbol ?? "“\(product.summary)”"). Văn bản mới chỉ thay khi bạn đồng ý ở trang của văn bản; bản cũ giữ trong lịch sử của việc."
        }
        let products = kind.products(in: definition).map { "\($0.task.code) – \($0.task.slots[$0.slot].text)" }
        let doubtful = try await documents.unconfirmedLaws(of: kind)
        let signer = try await documents.isSigned(kind) ? Field.signer(required: false) : []
        let name = documents.name(of: kind)
        let model = FormPage(
            heading: name,
            intro:
                "Số liệu được chốt tại thời điểm soạn và giữ lại cùng văn bản; ô để trống in dấu chấm để điền sau trong Word.",
            paragraphs: (kind.note.isEmpty ? [] : [kind.note])
                + (doubtful.isEmpty
                    ? []
                    : [
                        "Ngày của \(doubtful.joined(separator: ", ")) chưa được xác nhận; hãy đối chiếu trước khi ký. Cơ quan thường trực xác nhận ở trang Kế hoạch."
                    ])
                + (products.isEmpty ? [] : ["Là sản phẩm của nhiệm vụ \(products.joined(separator: "; "))."])
                + (goal == nil || standing != nil
                    ? standing.map { [$0] } ?? []
                    : ["Khi có số, ngày và bản ký, văn bản tự vào chỗ sản phẩm của việc bạn vừa mở."]),
            form: form(
                "soan", Addresses.newDocument.asForm(kind.id), "Soạn văn bản",
                fields: asked.filter { $0.input != .given }.map(Self.field) + signer,
                hidden: given, for: request, failure: failure))
        return try page(name, model, for: request)
    }

    /// A field of a paper's form as the page draws it.
    static func field(_ field: PaperField) -> Field {
        let kind: Field.Kind =
            switch field.input {
            case .line, .given: .text
            case .lines, .paragraph: .area
            case .choice(let options):
                .select(options.map { .init($0.value, $0.title, selected: $0.value == field.value) })
            }
        return Field(
            field.key, field.label, kind: kind, hint: field.hint.isEmpty ? nil : field.hint,
            value: field.value, required: field.isRequired)
    }
}
