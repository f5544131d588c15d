import Access
import Components
import Exchange
import Hummingbird
import Kernel
import PlanText
import Registry
import WebDesk

struct QualityPage: Page {
    static let template: PageTemplate = "register-quality"

    struct Links: Sendable {
        let kinds: String
        let linked: String
        let doubtful: String
        let precision: String
        let recall: String
        let same: String
    }

    struct Model: Sendable {
        let kinds: String
        let version: String
        let trained: String
        let drift: String
    }

    struct Sender: Sendable {
        let sender: String
        let deliveries: String
        let rows: String
        let returned: String
        let share: String
        let repaired: String
    }

    let lead: String
    let links: [Links]
    let hasLinks: Bool
    /// To the pairs that were drawn to be looked over.
    let checks: String
    let models: [Model]
    let hasModels: Bool
    let years: [Frame.Link]
    let senders: [Sender]
    let hasSenders: Bool
    let year: String
}

extension RegisterPages {
    func qualityPage(_ request: MemberRequest) async throws -> Response {
        let quality = try await register.linkQuality(for: request.viewer)
        let models = try await register.linkModels(for: request.viewer)
        let year = Int(request.query[.year]).flatMap { (2000...2100).contains($0) ? $0 : nil } ?? today.year
        let given = try await deliveries.deliveries(year: year, for: request.viewer)
        let years = try await deliveries.years(for: request.viewer)
        let model = QualityPage(
            lead:
                "Đúng bao nhiêu trong các cặp máy tự ghép, và tìm được bao nhiêu trong các cặp thật là một người: tính từ những cặp người đã xem, kèm khoảng tin cậy 95 %. Chưa ai xem thì chưa có số.",
            links: quality.map(links), hasLinks: !quality.isEmpty, checks: Self.checks.text, models: models.map(row),
            hasModels: !models.isEmpty,
            years: years.map {
                Frame.Link("Năm \($0)", Addresses.registerQuality().with(.year, $0), current: $0 == year)
            }, senders: senders(given), hasSenders: !given.isEmpty, year: "\(year)")
        return try page("Chất lượng sổ đăng ký", model, for: request)
    }

    private func links(_ quality: LinkQuality) -> QualityPage.Links {
        func words(_ share: LinkQuality.Share?) -> String {
            share.map {
                "\(Self.percent($0.value)) (\(Self.percent($0.low)) – \(Self.percent($0.high)); đã xem \(VietnameseText.grouped($0.whole)) cặp)"
            } ?? "chưa ai xem"
        }
        return QualityPage.Links(
            kinds: Self.words(quality.kinds), linked: VietnameseText.grouped(quality.linked),
            doubtful: VietnameseText.grouped(quality.doubtful), precision: words(quality.precision),
            recall: quality.recall.map {
                "\(Self.percent($0.value)) (\(Self.percent($0.low)) – \(Self.percent($0.high)))"
            } ?? "chưa tính được", same: words(quality.doubtfulSame))
    }

    private func row(_ model: LinkModelVersion) -> QualityPage.Model {
        let most = model.drift.max { abs($0.after - $0.before) < abs($1.after - $1.before) }
        return QualityPage.Model(
            kinds: Self.words(model.kinds), version: "\(model.version)",
            trained:
                "\(model.trainedAt.vietnamese), \(model.trainedBy), \(VietnameseText.grouped(model.pairs)) cặp",
            drift: most.map {
                "lớn nhất \(VietnameseText.oneDecimal(abs($0.after - $0.before))) bit, ở “\($0.comparison): \($0.condition)”"
            } ?? "không đổi")
    }

    /// What each sender's lists of a year came to; withdrawn and refused ones aside.
    private func senders(_ given: [Delivery]) -> [QualityPage.Sender] {
        let counted = given.filter { [.inForce, .replaced].contains($0.state) }
        return Dictionary(grouping: counted, by: \.sender).map { sender, lists in
            (
                name: definition.name(of: sender), lists: lists.count,
                rows: lists.reduce(0) { $0 + $1.counts.rows }, returned: lists.reduce(0) { $0 + $1.counts.returned },
                repaired: lists.reduce(0) { $0 + $1.counts.repaired }
            )
        }.sorted { ($1.returned, $0.name) < ($0.returned, $1.name) }.map { sender in
            QualityPage.Sender(
                sender: sender.name, deliveries: VietnameseText.grouped(sender.lists),
                rows: VietnameseText.grouped(sender.rows), returned: VietnameseText.grouped(sender.returned),
                share: sender.rows == 0 ? "" : Self.percent(Double(sender.returned) / Double(sender.rows)),
                repaired: VietnameseText.grouped(sender.repaired))
        }
    }
}
