import Access
import Components
import Exchange
import Formats
import Hummingbird
import Kernel
import PlanText
import WebDesk

/// One returned row: where it stands, why, what became of it; its content for who may see it and says what for.
struct ReturnedRowPage: Page {
    static let template: PageTemplate = "delivery-returned-row"

    let back: Frame.Link
    let heading: String
    let state: Badge
    let facts: [Fact]
    /// What is wrong and what to do, with the cells; once it was opened.
    let sentence: String?
    let cells: [String]
    let hasCells: Bool
    let events: [String]
    let hasEvents: Bool
    let openForm: FormModel?
    let setAsideForm: FormModel?
}

extension RegistryPages {
    var returnedRowRoutes: [Route] {
        [
            .page(Addresses.returnedRow, .right(.readDeliveries)) { request in try await returnedRowPage(request) },
            .answeringForm(Addresses.openReturnedRow, .right(.openReturnedRows)) { request in
                let (number, position) = try Self.returnedPlace(request)
                let row = try await deliveries.openReturned(
                    position, of: number, purpose: request.form[DeliveryField.purpose], by: request.submission)
                return try await returnedRowPage(request, opened: row)
            } again: { request, failure in
                try await returnedRowPage(request, failure: failure)
            },
            .form(Addresses.setAsideRow, .right(.settleReturnedRows)) { request in
                let (number, position) = try Self.returnedPlace(request)
                try await deliveries.setAside(
                    .one(position), of: number, reason: request.form[DeliveryField.reason], by: request.submission)
                return Addresses.returnedRow(number, position + 1).telling(.rowsSetAside)
            } again: { request, failure in
                try await returnedRowPage(request, failure: failure)
            },
        ]
    }

    private static func returnedPlace(_ request: MemberRequest) throws(Refusal) -> (number: Int, position: Int) {
        guard let row = Int(request.parameter("row")), row > 0 else {
            throw Refusal(.notFound, "Không có dòng trả lại này.")
        }
        return (try number(request), row - 1)
    }

    private func returnedRowPage(
        _ request: MemberRequest, opened: QuarantinedRow? = nil, failure: FormModel.Failure? = nil
    ) async throws -> Response {
        let (number, position) = try Self.returnedPlace(request)
        let (place, events) = try await deliveries.returnedRow(position, of: number, for: request.viewer)
        let viewer = request.viewer
        let mayOpen = viewer.may(.openReturnedRows) && viewer.returnedScope.covers(place.sender)
        let maySettle =
            place.state == .open && viewer.may(.settleReturnedRows) && viewer.settlingScope.covers(place.sender)
        let heading = "Dòng \(place.row)\(place.sheet.isEmpty ? "" : ", trang “\(place.sheet)”")"
        let model = ReturnedRowPage(
            back: Frame.Link(
                "Dòng trả lại của phiếu \(place.receipt)", Addresses.returnedRows().with(.delivery, number)),
            heading: heading,
            state: Badge(
                place.state.words,
                look: place.state == .open ? "returned" : place.state == .resent ? "accepted" : "plain"),
            facts: facts(of: place), sentence: opened?.row.sentence,
            cells: opened?.row.cells ?? [], hasCells: !(opened?.row.cells.isEmpty ?? true),
            events: events.map(words), hasEvents: !events.isEmpty,
            openForm: mayOpen && opened == nil
                ? form(
                    "mo", Addresses.openReturnedRow(number, position + 1), "Xem nội dung dòng",
                    fields: [
                        Field(
                            DeliveryField.purpose, "Mục đích xem",
                            hint: "Dòng có thể có số định danh của người; ai xem, để làm gì được giữ trong nhật ký")
                    ], look: "secondary", for: request, failure: failure) : nil,
            setAsideForm: maySettle
                ? form(
                    "bo-qua", Addresses.setAsideRow(number, position + 1), "Bỏ qua dòng này",
                    fields: [
                        Field(
                            DeliveryField.reason, "Vì sao không cần sửa",
                            hint: "Ví dụ: người đã mất, đã trao đổi với bên giao; được giữ trong nhật ký")
                    ], look: "secondary", for: request, failure: failure) : nil)
        return try page(heading, model, for: request)
    }

    private func facts(of place: ReturnedPlace) -> [Fact] {
        [
            Fact(label: "Lý do", value: VietnameseText.sentence(place.reason.words)),
            Fact(label: "Cách sửa", value: place.reason.remedy),
            Fact(
                label: "Cột",
                value: place.column.isEmpty
                    ? "cả dòng" : [place.column, place.heading].filter { !$0.isEmpty }.joined(separator: ": ")),
            Fact(label: "Danh sách", value: formatTitle(place.format)),
            Fact(label: "Kỳ", value: place.period.vietnamese),
            Fact(label: "Bên giao", value: definition.name(of: place.sender)),
            Fact(
                label: "Phiếu nhận", value: place.receipt, address: Addresses.delivery(place.delivery)),
        ]
    }

    private func words(_ event: ReturnedEvent) -> String {
        let told =
            switch event.state {
            case .open: "mở lại"
            case .setAside: "bỏ qua: \(event.words)"
            case .resent: "đã được giao lại\(event.words.isEmpty ? "" : " trong phiếu \(event.words)")"
            case .withdrawn: "lần giao đã thu hồi"
            }
        return "\(event.at.vietnamese), \(event.byName): \(told)"
    }
}
