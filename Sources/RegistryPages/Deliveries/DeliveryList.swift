import Access
import Components
import Exchange
import Formats
import Hummingbird
import Kernel
import PlanText
import WebDesk

/// Deliveries for the periods of a year.
struct DeliveryListPage: Page {
    static let template: PageTemplate = "delivery-list"

    let lead: String
    let send: Frame.Link?
    let others: [Frame.Link]
    let years: [Frame.Link]
    let table: TableModel
}

/// A delivery as a line of the list.
struct DeliveryLine: Sendable {
    let delivery: Delivery
    /// Of its format and its sender, as people call them.
    let format: String
    let sender: String
}

extension RegistryPages {
    static let deliveryList = ListTable<DeliveryLine>(
        "giao-danh-sach", "Các lần giao danh sách",
        columns: [
            .init(
                "phieu", "Phiếu nhận", width: 14,
                cell: { TableCell($0.delivery.receipt, link: Addresses.delivery($0.delivery.number)) },
                value: { .ranked($0.delivery.number, $0.delivery.receipt) }),
            .init("danh-sach", "Danh sách", choice: true, width: 44, value: { .text($0.format) }),
            .init("ky", "Kỳ", width: 12, value: { TableValue($0.delivery.period) }),
            .init("ben-giao", "Bên giao", choice: true, width: 30, value: { .text($0.sender) }),
            .init("dong", "Dòng", number: true, value: { .number($0.delivery.counts.rows) }),
            .init("nhan", "Dòng nhận", number: true, value: { .number($0.delivery.counts.accepted) }),
            .init("tra-lai", "Dòng trả lại", number: true, value: { .number($0.delivery.counts.returned) }),
            .init("luc", "Giao lúc", width: 20, value: { .moment($0.delivery.receivedAt) }),
            .init(
                "tinh-trang", "Tình trạng", choice: true, width: 18, cell: { TableCell(badge: $0.delivery.badge) },
                value: { .ranked($0.delivery.rank, $0.delivery.badge.label) }),
        ])

    func line(_ delivery: Delivery) -> DeliveryLine {
        DeliveryLine(
            delivery: delivery, format: formatTitle(delivery.format), sender: definition.name(of: delivery.sender))
    }

    /// As people call it; the key of a format that the server has no longer.
    func formatTitle(_ key: String) -> String { deliveries.formats[key]?.title ?? key }

    /// The year asked for; the present one where none is.
    func year(_ text: String) -> Int {
        Int(text).flatMap { (2000...2100).contains($0) ? $0 : nil } ?? today.year
    }

    var deliveryWorkbook: ListWorkbook {
        ListWorkbook(Self.deliveryList.outline, of: Subject(.delivery), .right(.readDeliveries)) { reader in
            let year = year(reader.query[.year])
            let found = try await deliveries.deliveries(year: year, for: reader.viewer)
            return reader.sheet(Self.deliveryList, of: found.map(line), narrowed: ["kỳ của năm \(year)"])
        }
    }

    func deliveryListPage(_ request: MemberRequest) async throws -> Response {
        let year = year(request.query[.year])
        let found = try await deliveries.deliveries(year: year, for: request.viewer)
        let query = try await query(Self.deliveryList.outline, of: request)
        let years = try await deliveries.years(for: request.viewer)
        let model = DeliveryListPage(
            lead: request.viewer.may(.readAllDeliveries)
                ? "Danh sách các cơ quan đã giao để đối chiếu người và đơn vị tham gia: nhận được gì, trả lại gì, đang dùng hay không."
                : "Danh sách cơ quan bạn đã giao: nhận được gì, trả lại gì, đang dùng hay không.",
            send: request.viewer.may(.deliverLists) ? Frame.Link("Nộp danh sách", Addresses.sendList()) : nil,
            others: [
                Frame.Link("Dòng trả lại", Addresses.returnedRows()),
                Frame.Link("Ai đã giao tháng nào", Addresses.deliveryCalendar().with(.year, year)),
            ],
            years: years.map {
                Frame.Link("Năm \($0)", Addresses.deliveries().with(.year, $0), current: $0 == year)
            },
            table: try list(
                Self.deliveryList, of: found.map(line), query,
                at: TablePlace(Addresses.deliveries(), [(.year, "\(year)")]),
                workbook: Addresses.deliveries.workbook(),
                nothing: "Chưa có danh sách nào được giao cho kỳ của năm \(year)."))
        return try page("Giao danh sách", model, for: request)
    }
}
