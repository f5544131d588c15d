import Access
import Components
import Exchange
import Formats
import Hummingbird
import Jobs
import Kernel
import PlanText
import Registry
import WebDesk

/// What a delivery came to: its receipt.
struct DeliveryPage: Page {
    static let template: PageTemplate = "delivery"

    let back: Frame.Link
    let heading: String
    let state: Badge
    let meaning: String
    /// Of a file that could not be received.
    let reason: String?
    /// Changes with what the page can do, while its job runs.
    let live: String?
    let job: Frame.Link?
    /// `40.000 dòng đã đọc`; nil where nothing is known.
    let progress: String?
    /// Its records that were not taken: the list, the file to be mended, where it is sent again.
    let links: [Frame.Link]
    let facts: [Fact]
    let counts: [Fact]
    /// Cells that were not kept, by column: beyond what was agreed on.
    let leftOut: [Fact]
    let hasLeftOut: Bool
    /// What its records turned out to be, once they are compared with the register's.
    let linked: [Fact]
    let hasLinked: Bool
    /// That this is not known yet.
    let notLinked: String?
    /// To the pairs that wait for a person, for whoever decides them.
    let pairs: Frame.Link?
    let returned: [Fact]
    let hasReturned: Bool
    let repairs: [Fact]
    let hasRepairs: Bool
    let doubts: [Fact]
    let hasDoubts: Bool
    let stages: [Fact]
    let events: [String]
    let setAside: FormPanel?
    let withdrawal: FormModel?
}

extension RegistryPages {
    static func number(_ request: MemberRequest) throws(Refusal) -> Int {
        guard let number = Int(request.parameter("number")) else {
            throw Refusal(.notFound, "Không có lần giao này.")
        }
        return number
    }

    var receiptRoutes: [Route] {
        [
            .page(Addresses.delivery, .right(.readDeliveries)) { request in try await deliveryPage(request) },
            .form(Addresses.withdrawDelivery, .right(.withdrawDeliveries)) { request in
                let number = try Self.number(request)
                try await deliveries.withdraw(
                    number, reason: request.form[DeliveryField.reason], by: request.submission)
                jobs.bell.ring()
                return Addresses.delivery(number).telling(.deliveryLeaves)
            } again: { request, failure in
                try await deliveryPage(request, failure: failure)
            },
            .form(Addresses.setAsideReturned, .right(.settleReturnedRows)) { request in
                let number = try Self.number(request)
                let chosen = request.form[DeliveryField.accept]
                let reason = ReturnedRow.Reason(rawValue: chosen)
                guard reason != nil || chosen == Self.everyReason else {
                    throw Refusal(fields: [.init(DeliveryField.accept, "Hãy chọn bỏ qua những dòng nào.")])
                }
                try await deliveries.setAside(
                    .all(reason), of: number, reason: request.form[DeliveryField.reason], by: request.submission)
                return Addresses.delivery(number).telling(.rowsSetAside)
            } again: { request, failure in
                try await deliveryPage(request, failure: failure)
            },
        ]
    }

    static let everyReason = "tat-ca"

    private func deliveryPage(_ request: MemberRequest, failure: FormModel.Failure? = nil) async throws -> Response {
        let delivery = try await deliveries.delivery(try Self.number(request), for: request.viewer)
        let events = try await deliveries.events(of: delivery.number)
        let counts = delivery.counts
        let isRunning = [.arriving, .receiving, .leaving].contains(delivery.state)
        let returned = facts(CountWords.of(counts.quarantined) { (reason: ReturnedRow.Reason) in reason.words })
        let repairs = facts(CountWords.of(counts.repairs) { (kind: Repair.Kind) in kind.words })
        var waiting = ReturnedSelection()
        (waiting.delivery, waiting.state) = (delivery.number, .open)
        let open = try await deliveries.returned(waiting, size: 0, for: request.viewer)
        let doubts = facts(CountWords.of(counts.doubts) { (kind: Doubt.Kind) in kind.words })
        let linked = linkFacts(delivery)
        let model = DeliveryPage(
            back: Frame.Link("Giao danh sách", Addresses.deliveries()), heading: "Phiếu nhận \(delivery.receipt)",
            state: delivery.badge, meaning: delivery.meaning,
            reason: delivery.state == .refused ? events.last { $0.kind == .refused }?.words : nil,
            live: isRunning ? "\(delivery.state.rawValue)" : nil,
            job: try await jobLink(of: delivery, request),
            progress: isRunning ? try await job(delivery.job).flatMap(Self.progress) : nil,
            links: links(of: delivery, open: open, request.viewer),
            facts: try await facts(of: delivery, request.viewer), counts: countFacts(counts),
            leftOut: Self.leftOut(counts), hasLeftOut: !counts.leftOut.isEmpty, linked: linked,
            hasLinked: !linked.isEmpty,
            notLinked: isRunning && delivery.state != .leaving
                ? "Chưa đối chiếu với sổ đăng ký: nhận xong sẽ cho biết bao nhiêu dòng là của người, đơn vị đã biết, mới, hay còn nghi trùng."
                : nil,
            pairs: counts.doubtful > 0 && delivery.state == .inForce && request.viewer.may(.decideDoubts)
                ? Frame.Link("Mở danh sách nghi trùng", Addresses.doubts()) : nil,
            returned: returned, hasReturned: !returned.isEmpty, repairs: repairs, hasRepairs: !repairs.isEmpty,
            doubts: doubts,
            hasDoubts: !doubts.isEmpty, stages: stageFacts(counts), events: events.map(words),
            setAside: setAsidePanel(delivery, open: open, request, failure),
            withdrawal: withdrawal(delivery, isRunning: isRunning, request, failure))
        return try page("Phiếu nhận \(delivery.receipt)", model, for: request, refreshing: isRunning)
    }

    /// The job at work on it, for whom it is shown to.
    private func jobLink(of delivery: Delivery, _ request: MemberRequest) async throws -> Frame.Link? {
        guard let id = delivery.job else { return nil }
        do {
            return Frame.Link("Xem việc chạy nền", Addresses.job(try await jobs.job(id, for: request.viewer).id))
        } catch let refusal as Refusal where refusal.kind == .notFound {
            return nil
        }
    }

    private func links(of delivery: Delivery, open: ReturnedListing, _ viewer: Viewer) -> [Frame.Link] {
        var links: [Frame.Link] = []
        if [.inForce, .replaced].contains(delivery.state), viewer.may(.keepAgreements), viewer.agency != nil {
            links.append(
                Frame.Link(
                    "Lập biên bản giao nhận",
                    Addresses.newDocument(Self.minutesPaper).with(.handedOver, delivery.number)))
        }
        guard delivery.counts.returned > 0 else { return links }
        links.append(
            Frame.Link(
                "Xem \(VietnameseText.grouped(delivery.counts.returned)) dòng trả lại",
                Addresses.returnedRows().with(.delivery, delivery.number)))
        if open.total > 0, viewer.may(.openReturnedRows), viewer.returnedScope.covers(delivery.sender) {
            links.append(
                Frame.Link("Tải các dòng trả lại kèm lý do để sửa", Addresses.returnedFile(delivery.number)))
        }
        if open.total > 0, delivery.state == .inForce, viewer.may(.deliverLists),
            viewer.sendingScope.covers(delivery.sender)
        {
            links.append(
                Frame.Link("Giao lại các dòng đã sửa", Addresses.sendList().with(.delivery, delivery.number)))
        }
        return links
    }

    private func setAsidePanel(
        _ delivery: Delivery, open: ReturnedListing, _ request: MemberRequest, _ failure: FormModel.Failure?
    ) -> FormPanel? {
        guard open.total > 0, request.viewer.may(.settleReturnedRows),
            request.viewer.settlingScope.covers(delivery.sender)
        else { return nil }
        let reasons = ReturnedRow.Reason.allCases.filter { delivery.counts.quarantined[$0.rawValue, default: 0] > 0 }
        let model = form(
            "bo-qua", Addresses.setAsideReturned(delivery.number), "Bỏ qua các dòng này",
            fields: [
                Field(
                    DeliveryField.accept, "Những dòng",
                    kind: .select(
                        [Field.Option("", "Chọn"), Field.Option(Self.everyReason, "mọi lý do")]
                            + reasons.map { Field.Option($0.rawValue, $0.words) })),
                Field(
                    DeliveryField.reason, "Vì sao không cần sửa",
                    hint: "Ví dụ: người đã mất, đã trao đổi với bên giao; được giữ trong nhật ký"),
            ], look: "secondary", for: request, failure: failure)
        return FormPanel(
            title: "Bỏ qua \(VietnameseText.grouped(open.total)) dòng trả lại đang chờ, hoặc một phần", form: model,
            open: model.hasProblems)
    }

    private func withdrawal(
        _ delivery: Delivery, isRunning: Bool, _ request: MemberRequest, _ failure: FormModel.Failure?
    ) -> FormModel? {
        guard request.viewer.may(.withdrawDeliveries), !isRunning,
            [.inForce, .replaced].contains(delivery.state)
        else { return nil }
        let lost =
            "\(VietnameseText.grouped(delivery.counts.accepted)) dòng đã nhận rút khỏi sổ đăng ký cùng mọi người, đơn vị và số liệu suy ra từ đó, như chưa từng giao; các dòng trả lại thôi chờ."
        return form(
            "thu-hoi", Addresses.withdrawDelivery(delivery.number), "Thu hồi lần giao này",
            fields: [Field(DeliveryField.reason, "Lý do thu hồi", hint: "Được giữ trong lịch sử và nhật ký")],
            look: "warning",
            asks: delivery.replacesPeriod
                ? lost + " Những lần giao mà nó đã thay lại được dùng."
                : lost
                    + " Muốn dùng lại thì phải giao lại tệp.", for: request, failure: failure)
    }

    static let minutesPaper = "bien-ban-giao-nhan-danh-sach"

    static func leftOut(_ counts: DeliveryCounts) -> [Fact] {
        counts.leftOut.sorted { $0.key < $1.key }.map {
            Fact(label: $0.key, value: "\(VietnameseText.grouped($0.value)) ô")
        }
    }

    private func facts(of delivery: Delivery, _ viewer: Viewer) async throws -> [Fact] {
        var facts = [
            Fact(label: "Danh sách", value: formatTitle(delivery.format)),
            Fact(label: "Kỳ", value: delivery.period.vietnamese),
            Fact(label: "Bên giao", value: definition.name(of: delivery.sender)),
            Fact(label: "Người giao", value: "\(delivery.receivedBy), \(delivery.receivedAt.vietnamese)"),
        ]
        if let ground = try await deliveries.ground(of: delivery.number) {
            let opens = viewer.may(.keepAgreements) || viewer.may(.readAgreements)
            facts.append(
                Fact(
                    label: "Theo", value: ground.name,
                    address: opens ? desk.page(of: ground.subject)?.text : nil))
        }
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

    func countFacts(_ counts: DeliveryCounts) -> [Fact] {
        Self.facts([
            ("Dòng dữ liệu", counts.rows), ("Nhận", counts.accepted), ("Nhận, có sửa", counts.repaired),
            ("Trả lại", counts.returned),
        ])
    }

    /// Nothing where it was not told yet, or where nothing was kept.
    private func linkFacts(_ delivery: Delivery) -> [Fact] {
        let counts = delivery.counts
        guard ![.arriving, .receiving, .refused].contains(delivery.state), counts.accepted > 0 else { return [] }
        return Self.facts([
            ("Của người, đơn vị đã biết", counts.matched), ("Người, đơn vị mới", counts.new),
            ("Còn nghi trùng", counts.doubtful), ("Nhận ra là một và gộp", counts.merged),
        ])
    }

    private static func facts(_ counts: [(label: String, count: Int)]) -> [Fact] {
        counts.map { Fact(label: $0.label, value: VietnameseText.grouped($0.count)) }
    }

    func facts(_ counts: [(label: String, count: Int)]) -> [Fact] {
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
            case .refusing: "bắt đầu bỏ những gì đã đọc"
            case .refused: "không nhận được: \(event.words)"
            case .destroying: "bắt đầu huỷ dữ liệu gốc: \(event.words)"
            case .destroyed: "đã huỷ dữ liệu gốc, \(event.words)"
            case .reduced: "đã huỷ dữ liệu gốc trừ phần được giữ, \(event.words)"
            }
        return "\(event.at.vietnamese), \(event.byName): \(told)"
    }
}
