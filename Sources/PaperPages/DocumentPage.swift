import Access
import Components
import Documents
import Exchange
import Files
import Figures
import Foundation
import Hummingbird
import Jobs
import Kernel
import Overview
import PlanText
import Targets
import Work
import ReportBoards
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
        let writes = documents.mayIssue(stored, request.viewer)
        var downloads = [
            Frame.Link("Tải Word (.docx)", Addresses.documentFile(stored.id, "docx")),
            Frame.Link("Tải bảng Excel (.xlsx)", Addresses.documentFile(stored.id, "xlsx")),
        ]
        let pdf = try await documents.pdf(of: stored, in: jobs, for: request.viewer)
        if let pdf, pdf.state == .done { downloads.append(Frame.Link("Tải PDF", Addresses.jobFile(pdf.id))) }
        downloads.append(Frame.Link("Siêu dữ liệu (.xml)", Addresses.documentFile(stored.id, "xml")))
        if let gone = try await documents.erasedCopy(of: stored) {
            downloads.append(Frame.Link("Bản ký đã huỷ: xem biên bản", Addresses.erasure(gone)))
        } else if let copy = stored.signing?.file, !stored.isMasked {
            downloads.append(Frame.Link("Bản đã ký", Addresses.signedDocument(stored.id)))
            if writes { downloads.append(Frame.Link("Huỷ bản ký tải nhầm", Addresses.erasure(copy))) }
        }
        let issuing = try await documents.waitingIssue(of: stored.id, for: request.viewer)
        let hasCopy = try issuing?.parameters(ProposedSigning.self).file != nil
        let ending = try await documents.waitingEnd(of: stored.id, for: request.viewer)
        let end = try await documents.end(of: stored.id)
        let deciding = end == nil ? try await documents.decidingState(of: stored, for: request.viewer) : nil
        // Whoever keeps the unit's papers numbers those that give targets only where he may decide those.
        let decides = deciding != nil || !documents.decides(stored)
        let closed =
            writes && !decides && end == nil
            ? [
                Fact(
                    label: "Ban hành, thu hồi",
                    value: "văn bản này giao chỉ tiêu: do người được quyết định chỉ tiêu ghi",
                    address: nil)
            ] : []
        let seconds =
            writes && end == nil
            ? try await documents.seconds(
                for: stored, besides: (issuing ?? ending)?.proposedBy ?? request.viewer.account) : nil
        let endForm =
            writes && decides && stored.signing != nil && end == nil
            ? try await endForm(stored, documents, needsTwo: seconds != nil, request, failure) : nil
        let places = try await documents.places(for: stored, viewer: request.viewer).prefix(12).map {
            place(of: stored, $0, request, failure)
        }
        let replies = try await documents.replies(to: stored.id, for: request.viewer)
        let holds = end == nil && stored.signing != nil
        let unfinished = stored.signing == nil ? Self.facts(of: document.unfinished) : []
        let model = DocumentPage(
            back: Frame.Link("Văn bản", Addresses.documents()), heading: stored.title,
            facts: [
                .init(label: "Soạn", value: "\(stored.madeBy), \(stored.madeAt.vietnamese)", address: nil),
                .init(label: "Số liệu chốt đến", value: stored.cutoff.vietnamese, address: nil),
                .init(
                    label: "Nguồn", value: Self.words(of: stored.subject, period: stored.period),
                    address: Self.address(of: stored.subject, period: stored.period)),
                .init(label: "Mã kiểm tra của dữ liệu", value: stored.sha256, address: nil),
                .init(
                    label: "Số, ngày",
                    value: stored.signing.map { "\($0.number), ngày \($0.day.vietnamese)" }
                        ?? "văn thư chưa cấp số", address: nil),
                .init(label: "Người ký", value: Self.words(of: stored.signer), address: nil),
            ] + unfinished + (replies.map { [replyFact($0, to: stored.id)] } ?? []) + endFacts(end) + closed,
            state: end == nil ? Self.state(stored.signing) : Self.ended,
            late: holds ? replies.flatMap { Self.late($0.late(on: today)) } : nil,
            downloads: downloads,
            pdfForm: PDFConverter.program == nil || pdf?.state == .done
                ? nil : form("pdf", Addresses.makePDF(stored.id), "Tạo PDF", look: "secondary", for: request),
            problems: stored.metadata?.problems ?? [],
            hasProblems: !(stored.metadata?.problems ?? []).isEmpty,
            deciding: deciding.map { self.deciding(stored, $0) },
            issueForm: writes && decides && end == nil && Self.canIssue(deciding, stored)
                ? form(
                    "ban-hanh", Addresses.issueDocument(stored.id),
                    Self.issueLabel(stored.signing, needsTwo: seconds != nil),
                    fields: issueFields(
                        stored, deciding, document,
                        companion: writes ? try await documents.companion(of: stored, for: request.viewer) : nil),
                    version: stored.version, for: request, failure: failure) : nil,
            secondsNote: seconds.map(Self.needsTwo),
            waiting: (issuing ?? ending).map {
                waiting(
                    $0, version: stored.version,
                    paper: hasCopy ? Frame.Link("Bản đã ký", Addresses.signedDocument(stored.id)) : nil,
                    confirm: issuing != nil ? Addresses.confirmIssue(stored.id) : Addresses.confirmEnd(stored.id),
                    withdraw: issuing != nil ? Addresses.withdrawIssue(stored.id) : Addresses.withdrawEnd(stored.id),
                    for: request)
            }, endForm: endForm, hasFailure: failure != nil,
            places: places, hasPlaces: !places.isEmpty,
            preview: PreviewBlock.blocks(document, sources: Self.sources(of: stored)),
            lines: PreviewBlock.lines(document))
        let said = try await remarks.thread(Subject(.document, stored.id), request)
        return try page(stored.title, rendered: try renderer.render(model) + said, for: request)
    }

    /// What the button does: where two people issue, the first only proposes.
    private static func issueLabel(_ signing: Signing?, needsTwo: Bool) -> String {
        switch (signing, needsTwo) {
        case (nil, false): "Ghi số, ngày ban hành"
        case (nil, true): "Đề nghị số, ngày ban hành, chờ người thứ hai"
        case (let signing?, false) where signing.file == nil: "Ghi bản đã ký hoặc sửa số, ngày"
        case (.some, false): "Sửa số, ngày ban hành"
        case (.some, true): "Đề nghị sửa số, ngày, chờ người thứ hai"
        }
    }

    private func place(
        of document: StoredDocument, _ place: PaperPlace, _ request: MemberRequest, _ failure: FormModel.Failure?
    ) -> DocumentPage.Place {
        let item = place.item
        let isHere = place.product?.file?.id == document.signing?.file
        let words =
            isHere
            ? "văn bản này"
            : place.product.map { "đang có \($0.numberSymbol ?? "văn bản khác")" } ?? "chưa có sản phẩm"
        return .init(
            work: Frame.Link("\(item.task), \(item.periodTitle)", Addresses.work(item.id)), words: words,
            form: place.isOpen && !isHere
                ? form(
                    "san-pham-\(item.id.replacing("/", with: "-").replacing(".", with: "-"))-\(place.slot)",
                    Addresses.handInDocument(document.id),
                    place.product == nil ? "Lấy làm sản phẩm" : "Thay sản phẩm đang có",
                    fields: place.product.map {
                        [
                            Field(
                                DocumentField.replaced,
                                "Đồng ý thay \($0.numberSymbol ?? "sản phẩm đang có"); bản cũ giữ trong lịch sử của việc",
                                kind: .check, value: $0.id.text)
                        ]
                    } ?? [], look: "secondary", version: document.version,
                    hidden: [.init(DocumentField.work, item.id), .init(DocumentField.slot, place.slot)], for: request,
                    failure: failure)
                : nil)
    }

    /// Where the marks of a paper lead, as its own list of sources says.
    private static func sources(of stored: StoredDocument) -> [Int: String] {
        guard let table = stored.data.tables["sources"], let entries = table.values(of: "number"),
            let origins = table.values(of: "origin")
        else { return [:] }
        return Dictionary(
            zip(entries, origins).compactMap { entry, origin -> (Int, String)? in
                guard case .entry(let number)? = SourceMark.pieces(of: entry.words).first,
                    let address = FigurePlace.address(ofSource: origin.words)
                else { return nil }
                return (number, address.text)
            }, uniquingKeysWith: { first, _ in first })
    }

    /// What somebody writes on in Word before the paper goes to be signed; nothing where it is whole.
    private static func facts(of unfinished: Unfinished) -> [Fact] {
        guard !unfinished.isEmpty else { return [] }
        let parts = [
            unfinished.paragraphs > 0 ? "\(unfinished.paragraphs) đoạn phải viết (in nền vàng)" : "",
            unfinished.gaps > 0 ? "\(unfinished.gaps) chỗ để trống (in dấu chấm)" : "",
        ]
        return [
            Fact(
                label: "Còn phải điền",
                value: "\(parts.filter { !$0.isEmpty }.joined(separator: ", ")): điền trong Word trước khi trình ký",
                address: nil)
        ]
    }

    private static func words(of signer: Signer) -> String {
        let name = signer.name.isEmpty ? "chưa ghi" : signer.name
        guard signer.form != .ownTitle else { return name }
        return "\(name) (\(signer.form.abbreviation)\(signer.position.isEmpty ? "" : " \(signer.position)"))"
    }

    private static func words(of subject: Subject, period: WorkPeriod?) -> String {
        switch subject.kind {
        case .allocation: "phương án phân bổ"
        case .commune: "số liệu của đơn vị\(period.map { " (\($0.title))" } ?? "")"
        case .city: "số liệu thành phố\(period.map { " (\($0.title))" } ?? "")"
        case .figureBatch: "lô số liệu số \(subject.key)"
        case .delivery: "lần giao số \(subject.key)"
        case .lateWork: "việc quá hạn"
        case .reportBoard: "bảng tổng hợp báo cáo"
        case .steering: "danh sách Ban Chỉ đạo"
        case .obstacles: "vướng mắc"
        case .task: "việc của nhiệm vụ \(subject.key)\(period.map { " (\($0.title))" } ?? "")"
        case .plan: "việc theo Kế hoạch\(period.map { " (\($0.title))" } ?? "")"
        default: "nhập tay"
        }
    }

    /// Where the figures' records stand on screen.
    private static func address(of subject: Subject, period: WorkPeriod?) -> String? {
        switch subject.kind {
        case .allocation: RecordID(subject.key).map { Addresses.scenario($0).text }
        case .commune: UnitCode(subject.key).map { Addresses.unit($0).text }
        case .city: Addresses.dashboard().with(.year, year(of: period)).text
        case .figureBatch: Int(subject.key).map { Addresses.figureBatch($0).text }
        case .delivery: Int(subject.key).map { Addresses.delivery($0).text }
        case .lateWork: Addresses.workList().with(.status, WorkStatus.late.slug).text
        case .steering: CommuneCode(subject.key).map { Addresses.steering($0).text }
        case .obstacles: Addresses.obstacles().text
        case .task: Addresses.task(subject.key).text
        case .plan: Addresses.plan().text
        case .reportBoard: RecordID(subject.key).map { Addresses.board($0).text }
        default: nil
        }
    }

    private static func year(of period: WorkPeriod?) -> Int? {
        if case .year(let year)? = period { year } else { nil }
    }

    func documentFile(_ request: MemberRequest, _ documents: DocumentService) async throws -> Download {
        let stored = try await documents.document(try Self.documentID(request), for: request.viewer)
        let subject = Subject(.document, stored.id)
        switch request.parameter("format") {
        case "docx":
            return Download(
                name: stored.fileName("docx"), mediaType: Self.wordType, bytes: try stored.word(),
                of: subject)
        case "xlsx":
            return Download(
                name: stored.fileName("xlsx"),
                mediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                bytes: try stored.workbook(), of: subject)
        case "xml":
            return Download(
                name: stored.fileName("xml"), mediaType: "application/xml",
                bytes: Array((stored.metadata?.xml ?? "").utf8), of: subject)
        default: throw Refusal(.notFound, "Chỉ có docx, xlsx, xml.")
        }
    }

    static let wordType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
}
