import Components
import Exchange
import Formats
import Foundation
import Hummingbird
import Kernel
import WebDesk

// What became of the lists, and what their numbers are.
extension ExchangeAPI {
    struct AgreementAnswer: Encodable {
        let number: Int
        let name: String
        let giver: String
        let receiver: String
        let format: String
        let purpose: String
        let fields: [String]
        /// `monthly 10`, `yearly 4 30`.
        let rhythm: String
        let from: String
        let until: String?
        let inForce: Bool

        init(_ agreement: Agreement, on day: Day) {
            let version = agreement.inForce(on: day) ?? agreement.spans.last?.version
            (number, name) = (agreement.number, agreement.name)
            (giver, receiver, format) = (agreement.giver.text, agreement.receiver.text, agreement.format)
            purpose = version?.terms.purpose ?? ""
            fields = version?.terms.fields.map(\.rawValue) ?? []
            rhythm = version?.terms.rhythm.text ?? ""
            from = version?.terms.from.description ?? ""
            until = version?.terms.until?.description
            inForce = agreement.inForce(on: day) != nil
        }
    }

    struct DeliveryAnswer: Encodable {
        struct Event: Encodable {
            let kind: String
            let words: String
            let at: String
        }

        let number: Int
        let receipt: String
        let format: String
        let sender: String
        let period: String
        let state: String
        let words: String
        let sha256: String
        let size: Int
        let receivedAt: String
        let rows: Int
        let accepted: Int
        let returned: Int
        var events: [Event]?

        init(_ delivery: Delivery, events: [Delivery.Event]? = nil) {
            (number, receipt, format) = (delivery.number, delivery.receipt, delivery.format)
            (sender, period) = (delivery.sender.text, delivery.period.description)
            (state, words) = (delivery.state.rawValue, delivery.state.words)
            (sha256, size, receivedAt) = (delivery.sha256, delivery.size, delivery.receivedAt.description)
            (rows, accepted, returned) = (delivery.counts.rows, delivery.counts.accepted, delivery.counts.returned)
            self.events = events?.map { Event(kind: $0.kind.rawValue, words: $0.words, at: $0.at.description) }
        }
    }

    struct QualityAnswer: Encodable {
        let delivery: Int
        let rows: Int
        let accepted: Int
        let repaired: Int
        /// By kind.
        let repairs: [String: Int]
        let doubts: [String: Int]
        /// By reason.
        let returned: [String: Int]
        /// Rows of somebody the register knew before, and of somebody new.
        let matched: Int
        let new: Int
    }

    struct ReceiptAnswer: Encodable {
        struct Entry: Encodable {
            let number: Int
            let at: String
            let kind: String
            let sender: String
            let receiver: String
            let subject: String
            let content: String
            let words: String
            let previous: String
            let hash: String
            let key: String
            let signature: String
        }

        let delivery: Int
        let receipt: String
        let sha256: String
        let entries: [Entry]
        /// Ed25519 public keys by name, hexadecimal.
        let keys: [String: String]
    }

    struct ReturnedAnswer: Encodable {
        struct Row: Encodable {
            let position: Int
            let sheet: String
            let row: Int
            let column: String
            let heading: String
            let reason: String
            let words: String
            let state: String
        }

        let rows: [Row]
        let next: Int?
    }

    private struct Stretch: Encodable {
        let deliveries: [DeliveryAnswer]
        /// To be sent back as `cursor`; missing at the end.
        let next: Int?
    }

    func showAgreement(_ request: Request, _ context: SiteContext, _ caller: ProgramCaller) async throws -> Response {
        let agreement = try await programs.agreement(of: caller, try errand(request, caller))
        return try Self.encoded(AgreementAnswer(agreement, on: desk.today))
    }

    func listDeliveries(_ request: Request, _ context: SiteContext, _ caller: ProgramCaller) async throws -> Response {
        let stretch = try await programs.deliveries(
            of: caller, try errand(request, caller), before: try Self.number("cursor", request, most: Int(Int32.max)),
            limit: try Self.limit(request))
        return try Self.encoded(
            Stretch(deliveries: stretch.items.map { DeliveryAnswer($0) }, next: stretch.next))
    }

    func showDelivery(_ request: Request, _ context: SiteContext, _ caller: ProgramCaller) async throws -> Response {
        let (delivery, events) = try await programs.delivery(
            try Self.delivery(context), of: caller, try errand(request, caller))
        return try Self.encoded(DeliveryAnswer(delivery, events: events))
    }

    func showQuality(_ request: Request, _ context: SiteContext, _ caller: ProgramCaller) async throws -> Response {
        let (delivery, _) = try await programs.delivery(
            try Self.delivery(context), of: caller, try errand(request, caller))
        let counts = delivery.counts
        return try Self.encoded(
            QualityAnswer(
                delivery: delivery.number, rows: counts.rows, accepted: counts.accepted, repaired: counts.repaired,
                repairs: counts.repairs, doubts: counts.doubts, returned: counts.quarantined, matched: counts.matched,
                new: counts.new))
    }

    func showReceipt(_ request: Request, _ context: SiteContext, _ caller: ProgramCaller) async throws -> Response {
        let (delivery, entries, keys) = try await programs.receipt(
            of: try Self.delivery(context), for: caller, try errand(request, caller))
        return try Self.encoded(
            ReceiptAnswer(
                delivery: delivery.number, receipt: delivery.receipt, sha256: delivery.sha256,
                entries: entries.map {
                    .init(
                        number: $0.number, at: $0.at.description, kind: $0.kind.rawValue, sender: $0.sender,
                        receiver: $0.receiver, subject: $0.subject.text, content: $0.content, words: $0.words,
                        previous: $0.previous, hash: $0.hash, key: $0.key, signature: $0.signature)
                }, keys: keys))
    }

    func listReturned(_ request: Request, _ context: SiteContext, _ caller: ProgramCaller) async throws -> Response {
        // The cursor counts from 1, positions from 0.
        let stretch = try await programs.returned(
            of: try Self.delivery(context), for: caller, try errand(request, caller),
            after: try Self.number("cursor", request, most: Int(Int32.max)).map { $0 - 1 },
            limit: try Self.limit(request))
        return try Self.encoded(
            ReturnedAnswer(
                rows: stretch.items.map {
                    .init(
                        position: $0.position, sheet: $0.sheet, row: $0.row, column: $0.column, heading: $0.heading,
                        reason: $0.reason.rawValue, words: $0.reason.words, state: $0.state.rawValue)
                }, next: stretch.next.map { $0 + 1 }))
    }

    func showAggregates(_ request: Request, _ context: SiteContext, _ caller: ProgramCaller) async throws -> Response {
        let errand = try errand(request, caller)
        let text = request.uri.queryParameters["period"].map(String.init) ?? ""
        guard text.utf8.count == 7, let period = Month(text) else {
            throw Refusal(.invalid, "“period” phải là tháng dạng yyyy-MM, không phải “\(text.prefix(20))”.")
        }
        return try Self.encoded(try await programs.aggregates(period, of: caller, errand))
    }

    private static func limit(_ request: Request) throws(Refusal) -> Int {
        try number("limit", request, most: ProgramService.mostAtOnce) ?? 50
    }

    private static func delivery(_ context: SiteContext) throws(Refusal) -> Int {
        guard let number = Int(context.parameters.get("number") ?? "") else {
            throw Refusal(.notFound, "Không có phiếu nhận này.")
        }
        return number
    }
}
