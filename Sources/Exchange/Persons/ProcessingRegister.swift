public import Access
import Database
public import Formats
public import Kernel

/// One line of the register of processing: what personal data come from whom to whom, for what, on what ground, for how long.
public struct ProcessingEntry: Sendable, Equatable {
    public let ground: String
    public let subject: Subject
    public let from: UnitCode
    public let to: UnitCode
    public let format: String
    public let purpose: String
    public let legalBasis: String
    /// Those of the fields that tell of a person who it is.
    public let personal: [RecordField]
    /// In Vietnamese: until when rows are kept.
    public let kept: String
    /// Deliveries by it, and rows that were taken.
    public let deliveries: Int
    public let rows: Int

    /// Whether a unit gives or gets by it, also as one of an agency's many.
    public func concerns(_ unit: UnitCode) -> Bool {
        [from, to].contains { $0 == unit || AgreementReach.lies(unit, in: $0) }
    }
}

extension ExchangeService {
    /// The register of processing, derived from agreements in force and requests that were granted: nobody keeps it by hand.
    public func processing(for viewer: Viewer) async throws -> [ProcessingEntry] {
        let (reach, today) = (AgreementReach(viewer), clock.today)
        return try await store.read { connection in
            let deliveries = try connection.rows("SELECT * FROM delivery ORDER BY number").map { try Delivery($0) }
                .filter { ![.withdrawn, .refused, .leaving].contains($0.state) }
            let agreements = try Agreements.all(on: connection).filter(reach.covers).compactMap {
                agreement -> ProcessingEntry? in
                let own = deliveries.filter {
                    $0.format == agreement.format && agreement.covers($0.sender)
                        && agreement.inForce(on: $0.receivedAt.day) != nil
                }
                // Keeping is processing: an agreement that ended stays in the register as long as rows of it are there.
                let isKept = own.contains { $0.state != .destroyed }
                let last = isKept ? agreement.spans.last?.version : nil
                guard let terms = (agreement.inForce(on: today) ?? last)?.terms else { return nil }
                return ProcessingEntry(
                    ground: agreement.name, subject: Subject(.agreement, agreement.number), from: agreement.giver,
                    to: agreement.receiver, format: agreement.format, purpose: terms.purpose,
                    legalBasis: terms.legalBasis, personal: terms.fields.filter(Self.isPersonal),
                    kept: terms.retentionMonths.map { "\($0) tháng kể từ khi nhận" } ?? "không đặt hạn",
                    deliveries: own.count, rows: own.reduce(0) { $0 + $1.counts.accepted })
            }
            let requests = try DataRequests.all(on: connection).filter { request in
                reach.covers(request.asker, request.holder)
                    && [.granted, .answered, .destroyed].contains(request.state)
            }.map { request in
                let own = deliveries.filter { $0.number == request.delivery }
                return ProcessingEntry(
                    ground: request.name, subject: Subject(.dataRequest, request.number), from: request.holder,
                    to: request.asker, format: request.format, purpose: request.terms.purpose,
                    legalBasis: request.terms.legalBasis, personal: request.terms.fields.filter(Self.isPersonal),
                    kept: "đến hết \(request.terms.keepUntil.vietnamese)", deliveries: own.count,
                    rows: own.reduce(0) { $0 + $1.counts.accepted })
            }
            return (agreements + requests).filter { !$0.personal.isEmpty }
        }
    }

    private static func isPersonal(_ field: RecordField) -> Bool {
        field.isSealed || [.name, .birth, .address, .income].contains(field)
    }
}
