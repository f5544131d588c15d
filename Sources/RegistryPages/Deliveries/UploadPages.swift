import Access
import Components
import Exchange
import Formats
import Hummingbird
import Jobs
import Kernel
import PlanText
import WebDesk

extension RegistryPages {
    var uploadRoutes: [Route] {
        [
            .page(Addresses.deliveryUpload, .right(.deliverLists)) { request in try await uploadPage(request) },
            .decision(Addresses.chooseFormat, .right(.deliverLists)) { request, seen in
                let id = try Self.uploadID(request)
                try await deliveries.choose(
                    request.form[DeliveryField.format], for: id, version: seen, with: jobs, by: request.submission)
                return Addresses.deliveryUpload(id)
            } again: { request, failure in
                try await uploadPage(request, failure: failure)
            },
            .decision(Addresses.acceptEncoding, .right(.deliverLists)) { request, seen in
                let id = try Self.uploadID(request)
                guard let encoding = OldEncoding(rawValue: request.form[DeliveryField.accept]) else {
                    throw Refusal(.stale, "Tệp đã được đọc lại theo cách khác. Hãy mở lại trang.")
                }
                try await deliveries.accept(encoding, for: id, version: seen, with: jobs, by: request.submission)
                return Addresses.deliveryUpload(id)
            } again: { request, failure in
                try await uploadPage(request, failure: failure)
            },
            .decision(Addresses.explainColumns, .right(.deliverLists)) { request, seen in
                let id = try Self.uploadID(request)
                let look = try await deliveries.look(at: id, for: request.viewer)
                let fields = (look?.layout?.columns ?? []).indices.map {
                    RecordField(rawValue: request.form[DeliveryService.columnField($0)])
                }
                try await deliveries.explain(fields, for: id, version: seen, with: jobs, by: request.submission)
                return Addresses.deliveryUpload(id)
            } again: { request, failure in
                try await uploadPage(request, failure: failure)
            },
            .decision(Addresses.deliverUpload, .right(.deliverLists)) { request, seen in
                let id = try Self.uploadID(request)
                try await deliveries.deliver(id, version: seen, with: jobs, by: request.submission)
                return Addresses.deliveryUpload(id)
            } again: { request, failure in
                try await uploadPage(request, failure: failure)
            },
            .form(Addresses.discardDelivery, .right(.deliverLists)) { request in
                try await deliveries.discard(try Self.uploadID(request), by: request.submission)
                return Addresses.sendList().telling(.listDiscarded)
            } again: { request, failure in
                try await uploadPage(request, failure: failure)
            },
        ]
    }

    static func uploadID(_ request: MemberRequest) throws -> RecordID {
        try request.recordID(missing: "Không có tệp này.")
    }

    private func uploadPage(_ request: MemberRequest, failure: FormModel.Failure? = nil) async throws -> Response {
        let upload = try await deliveries.upload(try Self.uploadID(request), for: request.viewer)
        if case .delivered(let number) = upload.stage {
            return .redirect(to: Addresses.delivery(number).text, type: .normal)
        }
        let job = try await job(upload.job)
        let look = try await deliveries.look(at: upload.id, for: request.viewer)
        let isWorking = job.map { !$0.state.isOver } ?? false
        let model = try await model(upload, isWorking ? nil : look, job, request, failure)
        return try page(upload.fileName, model, for: request, refreshing: isWorking)
    }

    /// The job at work on something that the person may see, whoever asked for it.
    func job(_ id: RecordID?) async throws -> Job? {
        guard let id else { return nil }
        do {
            return try await jobs.job(id)
        } catch let refusal as Refusal where refusal.kind == .notFound {
            return nil
        }
    }

    private func model(
        _ upload: DeliveryUpload, _ look: UploadLook?, _ job: Job?, _ request: MemberRequest,
        _ failure: FormModel.Failure?
    ) async throws -> DeliveryUploadPage {
        let isWorking = job.map { !$0.state.isOver } ?? false
        let isOpen = upload.stage == .waiting && !isWorking
        let counts = look?.counts ?? DeliveryCounts()
        let standing =
            if let format = look?.format { try await deliveries.standing(upload, as: format) } else {
                Delivery?.none
            }
        let returned = facts(CountWords.of(counts.quarantined) { (reason: ReturnedRow.Reason) in reason.words })
        let repairs =
            facts(CountWords.of(counts.repairs) { (kind: Repair.Kind) in kind.words })
            + facts(CountWords.of(counts.doubts) { (kind: Doubt.Kind) in kind.words })
        let passed =
            facts(CountWords.of(look?.passedOver ?? [:]) { (kind: PassedRow) in kind.words })
            + facts(
                (look?.otherSheets ?? [:]).sorted { $0.key < $1.key }.map {
                    ("trang “\($0.key)” không có bảng", $0.value)
                })
            + facts((look?.hiddenSheets ?? []).map { ("trang ẩn “\($0)” không đọc: bỏ ẩn rồi gửi lại nếu cần", 1) })
        let layout = look?.layout
        let headings = rowHeadings(look)
        let asks = layout.map { !$0.isRead } ?? false
        let isUnreadable = look.map(Self.isUnreadable) ?? false
        let explains = isOpen && layout != nil && (asks || !request.query[.explaining].isEmpty || failure != nil)
        return DeliveryUploadPage(
            back: Frame.Link("Nộp danh sách", Addresses.sendList()), heading: upload.fileName,
            state: stateWords(upload, look, job), live: isWorking ? "\(upload.version)-\(job?.kind ?? "")" : nil,
            progress: isWorking ? job.flatMap(Self.progress) : nil, facts: facts(of: upload),
            same: standing.map { Frame.Link("Phiếu nhận \($0.receipt)", Addresses.delivery($0.number)) },
            problem: look?.problem ?? (isWorking ? nil : job?.problem), oldText: look?.oldText.map(Self.words),
            candidates: (look?.candidates ?? []).map {
                .init(
                    title: $0.title,
                    why: "\($0.score) %: \($0.reasons.joined(separator: "; "))" + missingWords($0.missing))
            }, hasCandidates: !(look?.candidates.isEmpty ?? true) && !(look?.isReady ?? false),
            columnsTitle: layout.map(columnsTitle) ?? "", columns: columns(layout, look),
            hasColumns: layout != nil && !explains,
            missing: layout.flatMap {
                $0.missing.isEmpty ? nil : "Chưa rõ cột nào là \($0.missing.map { "“\($0)”" }.joined(separator: ", "))."
            },
            remembered: look?.isRemembered == true ? "Các cột được hiểu như bên giao đã nói ở lần trước." : nil,
            explainLink: isOpen && layout?.isRead == true
                ? Frame.Link(
                    "Cột nào hiểu chưa đúng? Nói lại",
                    Addresses.deliveryUpload(upload.id).with(.explaining, "sua").at("cot")) : nil,
            counts: countFacts(counts), hasCounts: counts.rows > 0,
            leftOut: Self.leftOut(counts), ground: look?.ground, hasLeftOut: !counts.leftOut.isEmpty,
            returned: returned,
            hasReturned: !returned.isEmpty, sentences: look?.returned ?? [],
            otherPeriod: look.flatMap { otherPeriod($0, upload.period) }, doubted: look?.doubted ?? [],
            hasDoubted: !(look?.doubted ?? []).isEmpty, repairs: repairs,
            hasRepairs: !repairs.isEmpty, passed: passed, hasPassed: !passed.isEmpty, rowHeadings: headings,
            rows: rows(look, headings), hasRows: !(look?.firstRows.isEmpty ?? true),
            acceptForm: isOpen ? acceptForm(upload, look, request, failure) : nil,
            chooseForm: isOpen && look != nil && !isUnreadable ? chooseForm(upload, look, request, failure) : nil,
            explainForm: explains ? explainForm(upload, look, request, failure) : nil,
            deliverForm: isOpen && look?.isReady == true ? deliverForm(upload, counts, request, failure) : nil,
            discardForm: isOpen
                ? form(
                    "bo", Addresses.discardDelivery(upload.id), "Bỏ tệp này", look: "secondary",
                    asks: "Tệp và kết quả đọc thử bị bỏ; muốn giao thì phải gửi lại tệp. Dữ liệu đã giao không đổi.",
                    for: request) : nil)
    }

    private func stateWords(_ upload: DeliveryUpload, _ look: UploadLook?, _ job: Job?) -> String {
        if upload.stage == .discarded { return "Tệp này đã bỏ, không có gì được giao." }
        if let job, !job.state.isOver {
            return job.kind == DeliveryService.deliveringKind ? "Đang giao tệp…" : "Đang đọc thử tệp…"
        }
        guard let look, !Self.isUnreadable(look) else { return "Không đọc được tệp này." }
        if look.oldText != nil { return "Chữ trong tệp có vẻ ở bảng mã cũ." }
        guard let format = look.format else { return "Chưa rõ đây là danh sách gì: hãy chọn loại danh sách." }
        if look.layout?.isRead == false {
            return "Các cột khác mẫu “\(formatTitle(format))”: hãy cho biết cột nào là gì."
        }
        return look.isReady
            ? "Đọc được theo “\(formatTitle(format))”. Chưa có gì được giao." : "Không giao được tệp này."
    }

    /// Whether it is no table at all: no choice of a list would help.
    private static func isUnreadable(_ look: UploadLook) -> Bool {
        look.problem != nil && look.layout == nil && look.candidates.isEmpty
    }

    /// Where most rows say another month or year than the period.
    private func otherPeriod(_ look: UploadLook, _ period: Month) -> String? {
        guard let said = look.spokenOf?.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }),
            said.value * 2 > look.counts.accepted
        else { return nil }
        let words: String
        if let month = Month(said.key) {
            guard month != period else { return nil }
            words = "tháng \(month.vietnamese)"
        } else {
            guard Int(said.key) != period.year else { return nil }
            words = "năm \(said.key)"
        }
        return
            "Trong tệp ghi \(words), kỳ bạn chọn là \(period.vietnamese). Nếu chọn nhầm, hãy bỏ tệp này rồi gửi lại với kỳ đúng."
    }

    static func progress(_ job: Job) -> String? {
        job.progress.words.isEmpty ? nil : job.progress.words
    }

    private static func words(_ old: UploadLook.OldText) -> String {
        (old.shown.isEmpty
            ? "Đọc theo \(old.encoding.uppercased()), trong tệp có chữ “\(old.meant)”."
            : "“\(old.shown)” đọc theo \(old.encoding.uppercased()) là “\(old.meant)”.")
            + " Nếu đúng, hãy đồng ý chuyển cả tệp; nếu không, lưu lại tệp ở Unicode rồi gửi lại."
    }

    private func missingWords(_ missing: [String]) -> String {
        missing.isEmpty ? "" : "; thiếu cột \(missing.map { "“\($0)”" }.joined(separator: ", "))"
    }

    private func facts(of upload: DeliveryUpload) -> [Fact] {
        let mode =
            switch upload.mode {
            case .adds: "Danh sách mới, hoặc phần thêm của kỳ"
            case .replaces: "Đính chính: thay mọi lần đã giao loại này cho kỳ"
            case .mends(let number): "Các dòng đã sửa của phiếu số \(number)"
            }
        return [
            Fact(label: "Bên giao", value: definition.name(of: upload.sender)),
            Fact(label: "Kỳ", value: upload.period.vietnamese), Fact(label: "Cách giao", value: mode),
            Fact(label: "Người gửi", value: "\(upload.byName), \(upload.at.vietnamese)"),
            Fact(label: "Dung lượng", value: "\(VietnameseText.grouped(upload.size)) byte"),
            Fact(label: "SHA-256", value: upload.sha256),
        ]
    }
}
