public import Access
import Formats
import Database
public import Kernel

extension DeliveryService {
    /// Notes what became of a file, for the journal: from its sender to whom its agreement names.
    func journal(
        _ kind: ExchangeEntry.Kind, _ delivery: Delivery, _ words: String, at now: Timestamp,
        on connection: any SQLConnection
    ) throws {
        let agreement = try Agreements.covering(
            delivery.sender, delivery.format, on: delivery.receivedAt.day, on: connection)
        let title = formats[delivery.format]?.title ?? delivery.format
        let grounds = [agreement?.name, words].compactMap(\.self).joined(separator: ": ")
        try ExchangeJournal.note(
            kind, from: delivery.sender, to: agreement?.receiver, about: Subject(.delivery, delivery.number),
            content: delivery.sha256,
            words: "\(delivery.receipt), \(title), kỳ \(delivery.period.vietnamese): \(grounds)", keys: keys, at: now,
            on: connection)
    }
}

extension ExchangeService {
    /// Lines of the journal, the latest first, as somebody may see them.
    public func journal(
        _ limit: Int, before number: Int? = nil, for viewer: Viewer
    ) async throws -> [ExchangeEntry] {
        let units: [String]? =
            viewer.may(.readAgreements) ? nil : viewer.may(.keepAgreements) ? viewer.ownUnits.map(\.text) : []
        return try await store.read { connection in
            try ExchangeJournal.latest(limit, before: number, units: units, on: connection)
        }
    }

    /// The lines about one thing, the earliest first: its receipts. For whoever may see the thing.
    public func journal(about subject: Subject) async throws -> [ExchangeEntry] {
        try await store.read { connection in
            try connection.rows("SELECT * FROM exchange_entry WHERE subject = ? ORDER BY number", subject.text)
                .map { try ExchangeEntry($0) }
        }
    }

    /// Number and hash of the last line (`12:ab34…`); nil of an empty journal. Whoever notes it elsewhere can tell later whether the
    /// journal was written anew: `baophu exchange verify --expecting`.
    public func journalHead() async throws -> String? {
        try await store.read { connection in
            try connection.row("SELECT number, hash FROM exchange_head WHERE one = 1").map {
                "\(try $0.integer("number")):\(try $0.text("hash"))"
            }
        }
    }

    /// By name, the public keys that signed: hexadecimal, for partners who check receipts themselves.
    public func publicKeys() async throws -> [(id: String, key: String)] {
        try await store.read { connection in
            try connection.rows("SELECT id, public_key FROM exchange_key ORDER BY first_used_at, id").map {
                (try $0.text("id"), try $0.text("public_key"))
            }
        }
    }
}
