import Access
import Components
import Documents
import Files
import Figures
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

/// One document on the screen, and the files made of it.
extension PaperPages {
    func documentPage(
        _ request: MemberRequest, _ documents: DocumentService, failure: FormModel.Failure? = nil
    ) async throws -> Response {
        let stored = try await documents.document(try Self.documentID(request), for: request.viewer)
        let document = try stored.document()
        let writes = request.viewer.drafts(for: stored.unit)
        var downloads = [
            Frame.Link("Tải Word (.docx)", Addresses.documentFile(stored.id, "docx")),
            Frame.Link("Tải bảng Excel (.xlsx)", Addresses.documentFile(stored.id, "xlsx")),
        ]
        if PDFConverter.program != nil {
            downloads.append(Frame.Link("Tải PDF", Addresses.documentFile(stored.id, "pdf")))
        }
        downloads.append(Frame.Link("Siêu dữ liệu (.xml)", Addresses.documentFile(stored.id, "xml")))
        if stored.signing?.file != nil {
            downloads.append(Frame.Link("Bản đã ký", Addresses.signedDocument(stored.id)))
        }
        let model = DocumentPage(
            back: Frame.Link("Văn bản", Addresses.documents()), heading: stored.title,
            facts: [
                .init(label: "Soạn", value: "\(stored.madeBy), \(stored.madeAt.vietnamese)", address: nil),
                .init(label: "Số liệu chốt đến", value: stored.cutoff.vietnamese, address: nil),
                .init(
                    label: "Nguồn", value: Self.words(of: stored.subject, period: stored.period),
                    address: Self.address(of: stored.subject, period: stored.period)),
                .init(label: "Mã SHA-256 của dữ liệu", value: stored.sha256, address: nil),
                .init(
                    label: "Số, ngày",
                    value: stored.signing.map { "\($0.number), ngày \($0.day.vietnamese)" }
                        ?? "văn thư chưa cấp số", address: nil),
                .init(label: "Người ký", value: Self.words(of: stored.signer), address: nil),
            ], state: Self.state(stored.signing), downloads: downloads,
            problems: stored.metadata?.problems ?? [],
            hasProblems: !(stored.metadata?.problems ?? []).isEmpty,
            issueForm: writes
                ? form(
                    "ban-hanh", Addresses.issueDocument(stored.id),
                    stored.signing == nil ? "Ghi số, ngày ban hành" : "Sửa số, ngày ban hành",
                    fields: (stored.signing == nil ? [] : [Field("reason", "Lý do sửa")]) + [
                        Field(
                            SigningDraft.Key.number,
                            document.issuedWith == nil ? "Số văn thư cấp" : "Số của văn bản kèm theo",
                            kind: .code, hint: "Không cần ghi ký hiệu nếu là \(document.symbol)"),
                        Field(SigningDraft.Key.day, "Ngày ban hành"),
                    ] + Self.signerFields(stored.signer, required: true) + [
                        Field(SigningDraft.Key.file, "Bản đã ký", kind: .file(accept: ".pdf"), required: false)
                    ], for: request, failure: failure) : nil, hasFailure: failure != nil,
            preview: PreviewBlock.blocks(document), lines: PreviewBlock.lines(document))
        return try page(stored.title, model, for: request)
    }

    private static func words(of signer: Signer) -> String {
        let name = signer.name.isEmpty ? "chưa ghi" : signer.name
        guard signer.form != .ownTitle else { return name }
        return "\(name) (\(signer.form.abbreviation)\(signer.position.isEmpty ? "" : " \(signer.position)"))"
    }

    /// Who signs, in the same three fields wherever it is asked.
    static func signerFields(_ signer: Signer = Signer(), required: Bool) -> [Field] {
        [
            Field(
                SigningDraft.Key.signer, "Họ tên người ký", hint: "Không ghi học hàm, học vị", value: signer.name,
                required: required),
            Field(
                SigningDraft.Key.form, "Hình thức ký",
                kind: .select(SigningForm.allCases.map { .init($0.rawValue, $0.title, selected: $0 == signer.form) })),
            Field(
                SigningDraft.Key.position, "Chức vụ người ký",
                hint: "Chỉ ghi khi ký KT., TL. hoặc TUQ., ví dụ Phó Chủ tịch, Chánh Văn phòng", value: signer.position,
                required: false),
        ]
    }

    private static func words(of subject: Subject, period: String?) -> String {
        switch subject.kind {
        case .allocation: "phương án phân bổ"
        case .commune: "số liệu của đơn vị, \(WorkPeriod.title(of: period ?? "").lowercased())"
        case .city: "số liệu thành phố, \(WorkPeriod.title(of: period ?? "").lowercased())"
        case .figureBatch: "lô số liệu số \(subject.key)"
        case .lateWork: "việc quá hạn"
        case .steering: "danh sách Ban Chỉ đạo"
        case .obstacles: "vướng mắc"
        default: "nhập tay"
        }
    }

    /// Where the figures' records stand on screen.
    private static func address(of subject: Subject, period: String?) -> String? {
        switch subject.kind {
        case .allocation: RecordID(subject.key).map { Addresses.scenario($0).text }
        case .commune: UnitCode(subject.key).map { Addresses.unit($0).text }
        case .city: Addresses.dashboard().with(.year, period.map { String($0.prefix(4)) }).text
        case .figureBatch: Int(subject.key).map { Addresses.figureBatch($0).text }
        case .lateWork: Addresses.workList().with(.status, WorkStatus.late.slug).text
        case .steering: CommuneCode(subject.key).map { Addresses.steering($0).text }
        case .obstacles: Addresses.obstacles().text
        default: nil
        }
    }

    func documentFile(_ request: MemberRequest, _ documents: DocumentService) async throws -> Response {
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
    func groupSheet(_ request: MemberRequest, _ documents: DocumentService) async throws -> Response {
        let code = request.parameter("code")
        let sheets = try await documents.groupSheets(
            of: try request.recordID(missing: "Không có phương án này."), contact: "", for: request.viewer)
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
    func communeReports(_ request: MemberRequest, _ documents: DocumentService) async throws -> Response {
        let year = Int(request.query[.year]) ?? today.year
        let quarter = Int(request.query[.quarter])
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
}
