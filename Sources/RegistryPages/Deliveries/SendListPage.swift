import Access
import Components
import Exchange
import Formats
import Hummingbird
import Kernel
import PlanText
import Province
import WebDesk

/// Where a list is handed over.
struct SendListPage: Page {
    static let template: PageTemplate = "delivery-send"

    let back: Frame.Link
    let form: FormModel
    let waiting: [Frame.Link]
    let hasWaiting: Bool
}

extension RegistryPages {
    var sendingRoutes: [Route] {
        [
            .page(Addresses.sendList, .right(.deliverLists)) { request in try await sendPage(request) },
            Route.form(Addresses.receiveList, .right(.deliverLists)) { request in
                Addresses.deliveryUpload(try await receive(request))
            } again: { request, failure in
                try await sendPage(request, failure: failure)
            }.takingNumbers(in: DeliveryField.file),
        ]
    }

    private func receive(_ request: MemberRequest) async throws -> RecordID {
        var problems: [Refusal.FieldProblem] = []
        let typed = request.form[DeliveryField.period]
        let period = Month(typed: typed)
        if period == nil {
            problems.append(
                .init(DeliveryField.period, "“\(typed)” không phải tháng có thật, hãy nhập dạng 09/2026."))
        }
        let sender = UnitCode(request.form[DeliveryField.sender])
        if sender == nil { problems.append(.init(DeliveryField.sender, "Hãy chọn bên giao.")) }
        let mode = mode(request.form[DeliveryField.mode])
        if mode == nil { problems.append(.init(DeliveryField.mode, "Hãy chọn cách giao.")) }
        let file = try request.form.delivered(DeliveryField.file)
        if file == nil { problems.append(.init(DeliveryField.file, "Hãy chọn tệp danh sách (.xlsx, .csv hoặc .xml).")) }
        guard problems.isEmpty, let period, let sender, let mode, let file else { throw Refusal(fields: problems) }
        let format = request.form[DeliveryField.format]
        return try await deliveries.send(
            file,
            ListToSend(
                sender: sender, format: format.isEmpty ? nil : format, period: period,
                agreement: request.form[DeliveryField.agreement], mode: mode), with: jobs, by: request.submission)
    }

    private func mode(_ text: String) -> DeliveryMode? {
        switch text {
        case "them": .adds
        case "thay": .replaces
        default: Int(text).map { .mends($0) }
        }
    }

    /// - Parameter mended: the delivery whose returned rows are sent again.
    private func sendPage(_ request: MemberRequest, failure: FormModel.Failure? = nil) async throws -> Response {
        let mended = try await mended(request, failure)
        let waiting = try await deliveries.waitingUploads(for: request.viewer)
        let model = SendListPage(
            back: Frame.Link("Giao danh sách", Addresses.deliveries()),
            form: form(
                "nop", Addresses.receiveList(), "Đọc thử", fields: fields(mended, request.viewer), for: request,
                failure: failure),
            waiting: waiting.map {
                Frame.Link(
                    "\($0.fileName), kỳ \($0.period.vietnamese), \(definition.name(of: $0.sender)), gửi \($0.at.vietnamese)",
                    Addresses.deliveryUpload($0.id))
            }, hasWaiting: !waiting.isEmpty)
        return try page("Nộp danh sách", model, for: request)
    }

    private func mended(_ request: MemberRequest, _ failure: FormModel.Failure?) async throws -> Delivery? {
        let number = Int(failure?.values[DeliveryField.mode.rawValue] ?? request.query[.delivery])
        guard let number else { return nil }
        do {
            let delivery = try await deliveries.delivery(number, for: request.viewer)
            return delivery.state == .inForce ? delivery : nil
        } catch let refusal as Refusal where refusal.kind == .notFound {
            return nil
        }
    }

    private func fields(_ mended: Delivery?, _ viewer: Viewer) -> [Field] {
        let senders = senders(for: viewer)
        let own = mended?.sender ?? (senders.count == 1 ? senders.first : nil)
        var modes = [
            Field.Option("them", "Danh sách mới, hoặc phần thêm của kỳ", selected: mended == nil),
            Field.Option("thay", "Đính chính: thay mọi lần đã giao loại này cho kỳ"),
        ]
        if let mended {
            modes.append(
                Field.Option("\(mended.number)", "Các dòng đã sửa của phiếu \(mended.receipt)", selected: true))
        }
        return [
            Field(
                DeliveryField.file, "Tệp danh sách", kind: .file(.delivered),
                hint: "Gửi nguyên như đang có: có dòng tên bảng, ô gộp, dòng cộng, nhiều trang tính cũng được"),
            Field(
                DeliveryField.period, "Kỳ",
                hint: "Tháng mà danh sách nói về, ví dụ 09/2026; danh sách của cả năm thì ghi tháng 12, ví dụ 12/2025",
                value: mended?.period.vietnamese ?? ""),
            Field(
                DeliveryField.sender, "Bên giao",
                kind: .select(
                    (own == nil ? [Field.Option("", "Chọn cơ quan, đơn vị")] : [])
                        + senders.map { Field.Option($0.text, definition.name(of: $0), selected: $0 == own) })),
            Field(
                DeliveryField.format, "Loại danh sách",
                kind: .select(
                    [Field.Option("", "Tự nhận dạng theo các cột")]
                        + deliveries.formats.values.sorted { $0.title < $1.title }.map {
                            Field.Option($0.key, $0.title, selected: $0.key == mended?.format)
                        }), required: false),
            Field(DeliveryField.mode, "Cách giao", kind: .select(modes)),
            Field(
                DeliveryField.agreement, "Theo văn bản",
                hint: "Số, ngày của thỏa thuận hoặc yêu cầu cung cấp dữ liệu, nếu có", required: false),
        ]
    }

    /// For whom somebody may hand over lists.
    private func senders(for viewer: Viewer) -> [UnitCode] {
        switch viewer.sendingScope.reach {
        case .bounded(let units, _): units
        case .everything:
            definition.agencies.flatMap { agency in
                [.agency(agency.code)] + definition.units.units(of: agency.code).map { .agencyUnit($0.code) }
            }
        }
    }
}
