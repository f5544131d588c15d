import Database
public import Formats
import Foundation
public import Kernel

/// By what a sender hands a list over: the agreement in force on the day it comes, else the request that it answers.
///
/// Purpose and fields were agreed on: columns beyond them are neither read nor kept (Law 91/2025 on personal data, article 3).
public struct DeliveryGround: Sendable, Equatable {
    /// An agreement or a request.
    public let subject: Subject
    /// `TT 3/2026`, `YC 1/2026`
    public let name: String
    public let fields: Set<RecordField>
}

extension DeliveryGround {
    /// What rules a list of a sender that comes on a day; nil where nothing was agreed. An agreement goes before requests; of several
    /// requests that wait for the same list each may be the one that is answered.
    static func of(
        _ sender: UnitCode, _ format: String, on day: Day, on connection: any SQLConnection
    ) throws -> DeliveryGround? {
        if let agreement = try Agreements.covering(sender, format, on: day, on: connection),
            let version = agreement.inForce(on: day)
        {
            return DeliveryGround(
                subject: Subject(.agreement, agreement.number), name: agreement.name,
                fields: Set(version.terms.fields))
        }
        let waiting = try connection.rows(
            "SELECT * FROM data_request WHERE format = ? AND state = ? ORDER BY number", format,
            DataRequest.State.granted.rawValue
        ).map { try DataRequest($0) }.filter { sender == $0.holder || AgreementReach.lies(sender, in: $0.holder) }
        guard let first = waiting.first else { return nil }
        return DeliveryGround(
            subject: Subject(.dataRequest, first.number), name: waiting.map(\.name).joined(separator: ", "),
            fields: waiting.reduce(into: []) { $0.formUnion($1.terms.fields) })
    }

    // What a delivery came under is noted as it comes: receiving goes on by it after a restart, whatever is signed meanwhile.

    func store(for delivery: Int, on connection: any SQLConnection) throws {
        try connection.execute(
            "INSERT INTO delivery_ground (delivery, subject, name, fields) VALUES (?, ?, ?, ?)", delivery, subject.text,
            name, fields.map(\.rawValue).sorted().joined(separator: " "))
    }

    static func find(_ delivery: Int, on connection: any SQLConnection) throws -> DeliveryGround? {
        guard let row = try connection.row("SELECT * FROM delivery_ground WHERE delivery = ?", delivery) else {
            return nil
        }
        let text = try row.text("subject")
        guard let subject = Subject(text) else {
            throw DatabaseError.column(name: "subject", problem: "is not a subject: \(text)")
        }
        return DeliveryGround(
            subject: subject, name: try row.text("name"),
            // A field that a later program no longer has is covered by nothing.
            fields: Set(try row.text("fields").split(separator: " ").compactMap { RecordField(rawValue: String($0)) }))
    }
}

extension DeliveryService {
    /// By what a delivery came; nil where nothing was agreed on its day.
    public func ground(of delivery: Int) async throws -> DeliveryGround? {
        try await store.read { try DeliveryGround.find(delivery, on: $0) }
    }

    /// What would rule a list of a sender that came now.
    public func ground(of format: String, from sender: UnitCode) async throws -> DeliveryGround? {
        let today = clock.today
        return try await store.read { try DeliveryGround.of(sender, format, on: today, on: $0) }
    }
}
