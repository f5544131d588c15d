import Access
import Crypto
import Database
import Formats
import Foundation
import Kernel

/// Layouts of senders that somebody explained: read without a question when they come again.
enum SenderLayouts {
    struct Known: Sendable, Equatable {
        let format: String
        let mapping: ColumnMapping
    }

    /// What a layout is kept under.
    /// - Parameter shape: ``ListLook/shape(of:among:)``.
    static func key(_ shape: String) -> String {
        String(hexadecimal(SHA256.hash(data: Array(shape.utf8))).prefix(32))
    }

    /// The latest word on a sender's layout.
    static func find(_ key: String, of sender: UnitCode, on connection: any SQLConnection) throws -> Known? {
        try connection.row(
            "SELECT format, mapping FROM sender_layout WHERE sender = ? AND shape = ? ORDER BY step DESC LIMIT 1",
            sender.text, key
        ).map { Known(format: try $0.text("format"), mapping: try ColumnMapping(json: try $0.text("mapping"))) }
    }

    static func remember(
        _ known: Known, as key: String, of sender: UnitCode, by name: String, at now: Timestamp,
        on connection: any SQLConnection
    ) throws {
        if try find(key, of: sender, on: connection) == known { return }
        let last =
            try connection.integer(
                "SELECT MAX(step) FROM sender_layout WHERE sender = ? AND shape = ?", sender.text, key) ?? 0
        try connection.execute(
            "INSERT INTO sender_layout (sender, shape, step, format, mapping, at, by_name) VALUES (?, ?, ?, ?, ?, ?, ?)",
            sender.text, key, last + 1, known.format, try known.mapping.json, now, name)
    }
}
