import Access
import Components
import Exchange
import Formats
import Hummingbird
import Jobs
import Kernel
import PlanText
import WebDesk

/// What a delivery came to: its receipt.
struct DeliveryPage: Page {
    static let template: PageTemplate = "delivery"

    let back: Frame.Link
    let heading: String
    let state: Badge
    let meaning: String
    /// Changes with what the page can do, while its job runs.
    let live: String?
    let job: Frame.Link?
    let facts: [Fact]
    let counts: [Fact]
    let returned: [Fact]
    let hasReturned: Bool
    let repairs: [Fact]
    let hasRepairs: Bool
    let doubts: [Fact]
    let hasDoubts: Bool
    let stages: [Fact]
    let events: [String]
}

extension RegistryPages {
    static func number(_ request: MemberRequest) throws(Refusal) -> Int {
        guard let number = Int(request.parameter("number")) else {
            throw Refusal(.notFound, "Không có lần giao này.")
        }
        return number
    }

    func deliveryPage(_ request: MemberRequest) async throws -> Response {
        let delivery = try await deliveries.delivery(try Self.number(request), for: request.viewer)
        let events = try await deliveries.events(of: delivery.number)
        let counts = delivery.counts
        let isRunning = [.arriving, .receiving, .leaving].contains(delivery.state)
        let returned = facts(CountWords.of(counts.quarantined) { (reason: ReturnedRow.Reason) in reason.words })
        let repairs = facts(CountWords.of(counts.repairs) { (kind: Repair.Kind) in kind.words })
        let doubts = facts(CountWords.of(counts.doubts) { (kind: Doubt.Kind) in kind.words })
        let model = DeliveryPage(
            back: Frame.Link("Giao danh sách", Addresses.deliveries()), heading: "Phiếu nhận \(delivery.receipt)",
            state: delivery.badge, meaning: delivery.meaning,
            live: isRunning ? "\(delivery.state.rawValue)" : nil,
            job: try await job(of: delivery, request),
            facts: facts(of: delivery), counts: countFacts(counts), returned: returned,
            hasReturned: !returned.isEmpty, repairs: repairs, hasRepairs: !repairs.isEmpty, doubts: doubts,
            hasDoubts: !doubts.isEmpty, stages: stageFacts(counts), events: events.map(words))
        return try page("Phiếu nhận \(delivery.receipt)", model, for: request, refreshing: isRunning)
    }

    /// The job at work on it, for whom it is shown to.
    private func job(of delivery: Delivery, _ request: MemberRequest) async throws -> Frame.Link? {
        guard let id = delivery.job else { return nil }
        do {
            return Frame.Link("Xem việc chạy nền", Addresses.job(try await jobs.job(id, for: request.viewer).id))
        } catch let refusal as Refusal where refusal.kind == .notFound {
            return nil
        }
    }

    private func facts(of delivery: Delivery) -> [Fact] {
        var facts = [
            Fact(label: "Danh sách", value: formatTitle(delivery.format)),
            Fact(label: "Kỳ", value: delivery.period.vietnamese),
            Fact(label: "Bên giao", value: definition.name(of: delivery.sender)),
            Fact(label: "Người giao", value: "\(delivery.receivedBy), \(delivery.receivedAt.vietnamese)"),
        ]
        if !delivery.agreement.isEmpty {
            facts.append(Fact(label: "Theo văn bản", value: delivery.agreement))
        }
        if delivery.replacesPeriod {
            facts.append(Fact(label: "Cách giao", value: "Đính chính: thay những gì đã giao cho kỳ"))
        }
        if let accepted = delivery.accepted {
            facts.append(Fact(label: "Bảng mã", value: "\(accepted.rawValue.uppercased()), đọc theo lời bên giao"))
        }
        return facts + [
            Fact(label: "Tệp", value: "\(delivery.fileName), \(VietnameseText.grouped(delivery.size)) byte"),
            Fact(label: "SHA-256", value: delivery.sha256),
        ]
    }

    private func countFacts(_ counts: DeliveryCounts) -> [Fact] {
        [
            ("Dòng dữ liệu", counts.rows), ("Nhận", counts.accepted), ("Nhận, có sửa", counts.repaired),
            ("Trả lại", counts.returned), ("Của người, đơn vị đã biết", counts.matched),
            ("Người, đơn vị mới", counts.new), ("Nhận ra là một và gộp", counts.merged),
        ].map { Fact(label: $0.0, value: VietnameseText.grouped($0.1)) }
    }

    private func facts(_ counts: [(label: String, count: Int)]) -> [Fact] {
        counts.map { Fact(label: VietnameseText.sentence($0.label), value: VietnameseText.grouped($0.count)) }
    }

    private func stageFacts(_ counts: DeliveryCounts) -> [Fact] {
        DeliveryCounts.Stage.allCases.compactMap { stage in
            counts.costs[stage.rawValue].map { cost in
                Fact(
                    label: VietnameseText.sentence(stage.words),
                    value: "\(VietnameseText.oneDecimal(cost.seconds)) giây")
            }
        }
    }

    private func words(_ event: Delivery.Event) -> String {
        let told =
            switch event.kind {
            case .received: "đã giao tệp"
            case .begun: "tệp đã vào đủ, bắt đầu đọc"
            case .taken: "đã nhận: \(event.words)"
            case .restored: "dùng lại: lần giao thay thế đã bị thu hồi"
            case .leaving: "bắt đầu thu hồi: \(event.words)"
            case .replaced: "được thay bằng lần giao \(event.words)"
            case .withdrawn: "đã thu hồi"
            case .refused: "không nhận được: \(event.words)"
            }
        return "\(event.at.vietnamese), \(event.byName): \(told)"
    }
}
