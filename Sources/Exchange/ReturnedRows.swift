public import Access
import Database
public import Formats
import Foundation
import Jobs
import Kernel
import Registry
import Vault

/// A returned row made ready to be stored: what stood in it sealed.
struct ReturnedDraft: Sendable {
    let delivery: Int
    let position: Int
    let row: ReturnedRow
    let sealed: SealedText

    init(_ row: ReturnedRow, of delivery: Int, position: Int, with key: NumberKey) throws {
        (self.delivery, self.position, self.row) = (delivery, position, row)
        sealed = try key.seal(
            try ReturnedContents(row).bytes, for: ReturnedContents.place(position, of: delivery))
    }
}

/// What of a returned row may be anybody's number.
private struct ReturnedContents: Codable {
    let value: String
    let words: String
    let remedy: String
    let cells: [String]

    init(_ row: ReturnedRow) {
        (value, words, remedy, cells) = (row.value, row.words, row.remedy, row.cells)
    }

    var bytes: [UInt8] {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return Array(try encoder.encode(self))
        }
    }

    static func place(_ position: Int, of delivery: Int) -> String { "returned_row.sealed/\(delivery)/\(position)" }
}

/// A row that waits for a person.
public struct QuarantinedRow: Sendable, Equatable {
    /// How it ended.
    public enum State: String, Sendable {
        case open
        /// Somebody decided that nothing is to be done.
        case setAside = "set-aside"
        /// The sender delivered the period again.
        case resent
        /// Its delivery went.
        case withdrawn
    }

    public let position: Int
    public let row: ReturnedRow
    public let state: State
}

/// Rows that were not taken, and what became of them.
enum ReturnedRows {
    static func store(_ rows: [ReturnedDraft], on connection: any SQLConnection) throws {
        _ = try connection.load(
            "returned_row",
            columns: [
                "delivery", "position", "sheet", "line", "column_letters", "heading", "reason", "sealed", "state",
            ],
            rows: rows.lazy.map { draft in
                [
                    draft.delivery.sqlValue, draft.position.sqlValue, .text(draft.row.sheet),
                    draft.row.row.sqlValue, .text(draft.row.column), .text(draft.row.heading),
                    .text(draft.row.reason.rawValue), .bytes(draft.sealed.bytes),
                    .text(QuarantinedRow.State.open.rawValue),
                ]
            })
    }

    /// Rows ended in one write, so that nobody waits for a long list.
    static let mostAtOnce = 2_000

    /// Ends rows that are open, at most ``mostAtOnce``.
    /// - Parameter positions: at most ``mostAtOnce``; nil for any of the delivery.
    /// - Returns: how many; as many as were allowed where more may be left.
    static func settle(
        of delivery: Int, _ positions: [Int]? = nil, as state: QuarantinedRow.State, words: String, by name: String,
        at now: Timestamp, on connection: any SQLConnection
    ) throws -> Int {
        let narrowed = positions.map {
            " AND position IN (\($0.prefix(mostAtOnce).map { _ in "?" }.joined(separator: ", ")))"
        }
        if positions?.isEmpty == true { return 0 }
        let open = try connection.rows(
            """
            SELECT position FROM returned_row WHERE delivery = ? AND state = ?\(narrowed ?? "")
            ORDER BY position LIMIT ?
            """,
            [delivery.sqlValue, .text(QuarantinedRow.State.open.rawValue)]
                + (positions ?? []).prefix(mostAtOnce).map(\.sqlValue) + [mostAtOnce.sqlValue]
        ).map { try $0.integer("position") }
        _ = try connection.load(
            "returned_row_event", columns: ["delivery", "position", "step", "kind", "words", "at", "by_name"],
            rows: open.lazy.map { position in
                [
                    delivery.sqlValue, position.sqlValue, 1.sqlValue, .text(state.rawValue), .text(words), now.sqlValue,
                    .text(name),
                ]
            })
        for position in open {
            try connection.execute(
                "UPDATE returned_row SET state = ? WHERE delivery = ? AND position = ?", state.rawValue, delivery,
                position)
        }
        return open.count
    }

    /// Removes what stood in returned rows of a delivery, a little in each write; that they were, its counts and events tell.
    static func erase(of delivery: Int, on connection: any SQLConnection) throws -> Int {
        try connection.execute(
            """
            DELETE FROM returned_row WHERE delivery = ? AND position IN (
                SELECT position FROM returned_row WHERE delivery = ? ORDER BY position LIMIT ?)
            """, delivery, delivery, mostAtOnce)
    }

    static func open(_ row: SQLRow, keys: NumberKeys) throws -> ReturnedRow {
        let (delivery, position) = (try row.integer("delivery"), try row.integer("position"))
        let place = ReturnedContents.place(position, of: delivery)
        guard let sealed = SealedText(try row.bytes("sealed")) else { throw VaultError.damaged(place: place) }
        let contents = try JSONDecoder().decode(
            ReturnedContents.self, from: Data(try keys.open(sealed, for: place)))
        return ReturnedRow(
            sheet: try row.text("sheet"), row: try row.integer("line"), column: try row.text("column_letters"),
            heading: try row.text("heading"), value: contents.value, reason: try row.choice("reason"),
            words: contents.words, remedy: contents.remedy, cells: contents.cells)
    }

    /// Seals anew what an earlier key sealed, from a position on.
    /// - Returns: how many rows were looked at.
    static func turn(
        after last: (delivery: Int, position: Int), limit: Int, keys: NumberKeys, on connection: any SQLConnection
    ) throws -> (delivery: Int, position: Int)? {
        let current = try keys.current()
        let rows = try connection.rows(
            """
            SELECT delivery, position, sealed FROM returned_row WHERE (delivery, position) > (?, ?)
            ORDER BY delivery, position LIMIT ?
            """, last.delivery, last.position, limit)
        for row in rows {
            let (delivery, position) = (try row.integer("delivery"), try row.integer("position"))
            let place = ReturnedContents.place(position, of: delivery)
            guard let sealed = SealedText(try row.bytes("sealed")) else { throw VaultError.damaged(place: place) }
            if sealed.key == current.id { continue }
            try connection.execute(
                "UPDATE returned_row SET sealed = ? WHERE delivery = ? AND position = ?",
                try current.seal(try keys.open(sealed, for: place), for: place).bytes, delivery, position)
        }
        return try rows.last.map { (try $0.integer("delivery"), try $0.integer("position")) }
    }
}

extension DeliveryService {
    /// Rows of a delivery that were not taken, in the order of the file, opened.
    /// - Parameter scope: of whoever looks; rows say no commune for sure, so that only who may see all sees them.
    public func returnedRows(
        of name: String, onlyOpen: Bool = true, within scope: Scope
    ) async throws -> [QuarantinedRow] {
        guard scope.communes == nil else {
            throw Refusal(.forbidden, "Dòng trả lại chỉ mở cho người xem được mọi địa bàn.")
        }
        return try await store.read { [keys] connection in
            let keys = try RegisterKeys.require(keys, on: connection)
            let delivery = try Deliveries.find(named: name, on: connection)
            return try connection.rows(
                "SELECT * FROM returned_row WHERE delivery = ? ORDER BY position", delivery.number
            ).compactMap { row in
                let state: QuarantinedRow.State = try row.choice("state")
                guard !onlyOpen || state == .open else { return nil }
                return QuarantinedRow(
                    position: try row.integer("position"), row: try ReturnedRows.open(row, keys: keys), state: state)
            }
        }
    }

    /// Says that nothing is to be done about returned rows.
    /// - Parameter positions: nil for all that are open.
    /// - Returns: how many were open.
    public func setAside(
        _ positions: [Int]?, of name: String, reason: String, by actor: Actor
    ) async throws -> Int {
        let reason = VietnameseText.tidy(reason)
        guard !reason.isEmpty else { throw Refusal(.invalid, "Hãy ghi lý do (--reason).") }
        let delivery = try await delivery(name)
        func settle(_ positions: [Int]?) async throws -> Int {
            try await store.write { connection in
                try ReturnedRows.settle(
                    of: delivery.number, positions, as: .setAside, words: reason, by: actor.name, at: clock.now,
                    on: connection)
            }
        }
        var (sum, count) = (0, 0)
        if let positions {
            for start in stride(from: 0, to: positions.count, by: ReturnedRows.mostAtOnce) {
                sum += try await settle(Array(positions[start...].prefix(ReturnedRows.mostAtOnce)))
            }
            return sum
        }
        repeat {
            count = try await settle(nil)
            sum += count
        } while count == ReturnedRows.mostAtOnce
        return sum
    }

    /// Ends all that are open, in chunks of a job.
    func endReturnedRows(
        of delivery: Delivery, as state: QuarantinedRow.State, words: String, _ run: JobRun
    ) async throws {
        while true {
            let count = try await run.write(JobProgress(delivery.counts.rows, of: nil)) { connection in
                try ReturnedRows.settle(
                    of: delivery.number, as: state, words: words, by: run.actor.name, at: clock.now, on: connection)
            }.checkpoint
            if count < ReturnedRows.mostAtOnce { return }
        }
    }
}
