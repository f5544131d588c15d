import Access
import Components
import Exchange
import Formats
import Hummingbird
import Kernel
import PlanText
import WebDesk

// Minutes of rows that were destroyed.
extension AgreementPages {
    func minutesPage(_ request: MemberRequest) async throws -> Response {
        let number = try Self.number(request, "Không có biên bản huỷ này.")
        let (minutes, delivery) = try await exchange.minutes(number, for: request.viewer)
        let ground: Fact? =
            minutes.request.map {
                Fact(label: "Theo yêu cầu", value: "số \($0)", address: Addresses.dataRequest($0))
            }
            ?? minutes.agreement.map {
                Fact(label: "Theo thỏa thuận", value: "số \($0)", address: Addresses.agreement($0))
            }
        let kept = exchange.titles(of: minutes.kept, in: delivery.format).joined(separator: "; ")
        let model = ExchangeThingPage(
            back: Frame.Link("Yêu cầu dữ liệu", Addresses.dataRequests()),
            heading: "Biên bản huỷ dữ liệu số \(minutes.name)", state: Badge("Đã huỷ", look: "plain"),
            lead: "Dòng gốc của lần giao này không còn trong hệ thống.", links: [], hasLinks: false, forms: [],
            groups: [
                .init(
                    title: "Nội dung",
                    facts: [
                        Fact(label: "Thời điểm huỷ", value: minutes.at.vietnamese),
                        Fact(label: "Lý do", value: minutes.reason), ground,
                        Fact(label: "Được lưu đến hết", value: minutes.lastDay.vietnamese),
                        Fact(
                            label: "Lần giao",
                            value:
                                "\(delivery.receipt), \(exchange.title(ofFormat: delivery.format)), kỳ \(delivery.period.vietnamese), của \(definition.name(of: delivery.sender))",
                            address: address(ofDelivery: delivery.number, for: request.viewer)),
                        Fact(label: "SHA-256 của tệp", value: delivery.sha256),
                        Fact(label: "Dòng đã nhận, nay đã huỷ", value: VietnameseText.grouped(minutes.records)),
                        Fact(
                            label: "Dòng trả lại, nay đã xóa nội dung", value: VietnameseText.grouped(minutes.returned)),
                        Fact(
                            label: "Còn giữ",
                            value: minutes.kept.isEmpty
                                ? "không giữ gì; chỉ còn số đếm và mã SHA-256"
                                : "\(kept); tên và số định danh (niêm phong) để biết của ai"),
                        Fact(label: "Người thực hiện", value: minutes.byName),
                    ].compactMap(\.self))
            ],
            lists: [
                .init(
                    title: "Lưu ý",
                    lines: [
                        "Bản sao lưu làm trước \(minutes.at.vietnamese) vẫn còn dòng gốc: người vận hành huỷ các bản ấy theo hạn, khôi phục từ đó thì phải huỷ lại.",
                        "Trên SQLite, phần đã xóa được ghi đè ở lần dọn hằng ngày; trên PostgreSQL, hệ quản trị ghi đè dần.",
                    ].map { .init(text: $0, address: nil, badge: nil) }, nothing: nil)
            ],
            signatures: [
                Fact(label: "Đại diện bên giao", value: definition.name(of: delivery.sender)),
                Fact(label: "Đại diện bên nhận", value: ""),
            ], hasSignatures: true)
        return try page(model.heading, model, for: request)
    }
}
