import Database
import Formats
import Foundation
import Jobs
import Kernel
import Vault

/// By what a delivery is read besides its format.
enum Layouts {
    static func store(_ draft: DeliveryDraft, of number: Int, on connection: any SQLConnection) throws {
        guard draft.mapping != nil || draft.mends != nil else { return }
        try connection.execute(
            "INSERT INTO delivery_layout (delivery, mapping, mends) VALUES (?, ?, ?)", number,
            try draft.mapping?.json, draft.mends)
    }

    static func mapping(of number: Int, on connection: any SQLConnection) throws -> ColumnMapping? {
        try connection.row("SELECT mapping FROM delivery_layout WHERE delivery = ?", number)?.optionalText("mapping")
            .map { try ColumnMapping(json: $0) }
    }

    /// The delivery whose returned rows it holds.
    static func mended(by number: Int, on connection: any SQLConnection) throws -> Int? {
        try connection.row("SELECT mends FROM delivery_layout WHERE delivery = ?", number)?.optionalInteger("mends")
    }

    /// What stands above the rows of each sheet, by its name.
    static func tops(of number: Int, keys: NumberKeys, on connection: any SQLConnection) throws -> [String: [[String]]]
    {
        var tops: [String: [[String]]] = [:]
        for row in try connection.rows("SELECT sheet, sealed FROM delivery_top WHERE delivery = ?", number) {
            let sheet = try row.text("sheet")
            let place = place(ofTop: sheet, of: number)
            guard let sealed = SealedText(try row.bytes("sealed")) else { throw VaultError.damaged(place: place) }
            tops[sheet] = try JSONDecoder().decode([[String]].self, from: Data(try keys.open(sealed, for: place)))
        }
        return tops
    }

    static func forgetTops(of number: Int, on connection: any SQLConnection) throws {
        try connection.execute("DELETE FROM delivery_top WHERE delivery = ?", number)
    }

    /// Seals anew what an earlier key sealed, of deliveries behind one.
    /// - Returns: the last delivery that was looked at; nil behind the last.
    static func turn(after last: Int, limit: Int, keys: NumberKeys, on connection: any SQLConnection) throws -> Int? {
        let current = try keys.current()
        let rows = try connection.rows(
            """
            SELECT delivery, sheet, sealed FROM delivery_top WHERE delivery IN (
                SELECT DISTINCT delivery FROM delivery_top WHERE delivery > ? ORDER BY delivery LIMIT ?)
            ORDER BY delivery
            """, last, limit)
        for row in rows {
            let (number, sheet) = (try row.integer("delivery"), try row.text("sheet"))
            let place = place(ofTop: sheet, of: number)
            guard let sealed = SealedText(try row.bytes("sealed")) else { throw VaultError.damaged(place: place) }
            if sealed.key == current.id { continue }
            try connection.execute(
                "UPDATE delivery_top SET sealed = ? WHERE delivery = ? AND sheet = ?",
                try current.seal(try keys.open(sealed, for: place), for: place).bytes, number, sheet)
        }
        return try rows.last.map { try $0.integer("delivery") }
    }

    static func place(ofTop sheet: String, of number: Int) -> String { "delivery_top.sealed/\(number)/\(sheet)" }
}

extension DeliveryService {
    /// The format of a delivery, as somebody explained its layout.
    func format(of delivery: Delivery) async throws -> Format {
        guard let format = formats[delivery.format] else {
            throw Refusal(.notNow, "Máy chủ không còn mẫu danh sách “\(delivery.format)”.")
        }
        let mapping = try await store.read { try Layouts.mapping(of: delivery.number, on: $0) }
        return mapping.map { format.explained(by: $0) } ?? format
    }

    /// Keeps what stands above the rows of each sheet. Replaces what an earlier run kept.
    func keepTops(_ tops: [String: [[String]]], of number: Int, with keys: NumberKeys) async throws {
        let key = try keys.current()
        let sealed = try tops.map { sheet, rows in
            (
                sheet,
                try key.seal(Array(try JSONEncoder().encode(rows)), for: Layouts.place(ofTop: sheet, of: number))
            )
        }
        try await store.write { connection in
            try connection.execute("DELETE FROM delivery_top WHERE delivery = ?", number)
            for (sheet, text) in sealed {
                try connection.execute(
                    "INSERT INTO delivery_top (delivery, sheet, sealed) VALUES (?, ?, ?)", number, sheet, text.bytes)
            }
        }
    }

    /// Ends the returned rows that a delivery holds, put right.
    func endMended(by delivery: Delivery, _ run: JobRun) async throws {
        let mended = try await store.read { connection in
            try Layouts.mended(by: delivery.number, on: connection).flatMap {
                try Deliveries.find($0, on: connection)
            }
        }
        guard let mended else { return }
        try await endReturnedRows(of: mended, as: .resent, words: delivery.receipt, run)
    }
}
