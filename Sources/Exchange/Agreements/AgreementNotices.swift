import Access
import Database
public import Jobs
import Kernel
public import Notices

extension NoticeKind {
    static let agreementChanged = NoticeKind("exchange.agreement", "Thỏa thuận chia sẻ dữ liệu của đơn vị")
    static let requestChanged = NoticeKind("exchange.request", "Yêu cầu cung cấp dữ liệu của đơn vị")
    static let deliveryMissing = NoticeKind("exchange.missing", "Dữ liệu theo thỏa thuận quá hạn chưa giao")
    static let rowsDestroyed = NoticeKind("exchange.destroyed", "Dữ liệu gốc đã huỷ khi hết hạn lưu")
}

extension NoticeArea {
    /// Agreements, requests, deliveries that are missing.
    public static let exchange = NoticeArea(
        "Trao đổi dữ liệu", [.agreementChanged, .requestChanged, .deliveryMissing, .rowsDestroyed])
}

extension JobName<NoParameters> {
    /// Tells which deliveries are missing.
    public static let tellingMissing = JobName("exchange.tell-missing")
}

extension ExchangeService {
    /// Whoever of a unit keeps its agreements.
    static func keepers(of unit: UnitCode) -> [Addressee] {
        if case .agency(let agency) = unit { return [.everybody(of: agency, holding: .keepAgreements)] }
        return [.officers(of: unit, holding: .keepAgreements)]
    }

    /// Tells the other side.
    func tell(
        _ kind: AgreementEvent.Kind, _ agreement: Agreement, from side: ExchangeSide, by submission: Submission,
        at now: Timestamp, on connection: any SQLConnection
    ) throws {
        let subject = Subject(.agreement, agreement.number)
        try NoticeBoard.resolve([.agreementChanged], about: [subject], at: now, on: connection)
        let (own, other) = (agreement.unit(of: side), agreement.unit(of: side.other))
        let step = try Agreements.events(of: agreement.number, on: connection).count
        try NoticeBoard.post(
            [
                Notice(
                    .agreementChanged, key: "\(agreement.number)/\(step)", to: Self.keepers(of: other),
                    about: subject,
                    "\(name(own)) \(kind.words) thỏa thuận \(agreement.name): \(title(ofFormat: agreement.format))",
                    detail: kind == .proposed ? "Hãy đọc rồi đồng ý hoặc không." : "",
                    author: submission.viewer.account)
            ], at: now, on: connection)
    }

    /// A daily deed: the giver and the receiver are told of what is missing, until it comes.
    public var tellingMissing: JobKind {
        .telling(
            .deliveryMissing, as: .tellingMissing, title: "Báo dữ liệu theo thỏa thuận quá hạn", store: store,
            clock: clock
        ) {
            let today = clock.today
            return try await store.read { try DueDelivery.all(today: today, within: .everything, on: $0) }
                .filter(\.isMissing).map { due in
                    Notice(
                        .deliveryMissing, key: due.key,
                        to: Self.keepers(of: due.giver) + Self.keepers(of: due.receiver),
                        about: Subject(.agreement, due.agreement),
                        "\(name(due.giver)) chưa giao “\(title(ofFormat: due.format))” \(due.turn.words), hạn \(due.due.vietnamese)",
                        detail: "Theo thỏa thuận \(due.name); bên nhận: \(name(due.receiver)).")
                }
        }
    }
}
