import Database
import Kernel

extension ExchangeMigrations {
    /// Files of watched folders.
    static let watching = Migration(
        module: "exchange-watching", number: 1, name: "files that were found in watched folders",
        statements: [
            // Noted in the write that takes a file in, so that one that lies there after a crash is known again. `mark` is the
            // file's own, whatever its name.
            """
            CREATE TABLE watched_drop (
                folder TEXT NOT NULL, mark TEXT NOT NULL, name TEXT NOT NULL, delivery BIGINT NOT NULL,
                at BIGINT NOT NULL, PRIMARY KEY (folder, mark))
            """
        ])
}

/// The note that a file of a watched folder became a delivery.
struct WatchedDrop: Sendable {
    let folder: String
    let mark: String
    let name: String

    func store(for delivery: Int, at now: Timestamp, on connection: any SQLConnection) throws {
        try connection.execute(
            """
            INSERT INTO watched_drop (folder, mark, name, delivery, at) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (folder, mark) DO NOTHING
            """, folder, mark, name, delivery, now)
    }

    static func delivery(_ folder: String, mark: String, on connection: any SQLConnection) throws -> Int? {
        try connection.integer("SELECT delivery FROM watched_drop WHERE folder = ? AND mark = ?", folder, mark)
    }

    /// A file that lies in no watched folder any more is not asked for again.
    static func forget(before: Timestamp, on connection: any SQLConnection) throws {
        try connection.execute("DELETE FROM watched_drop WHERE at < ?", before)
    }
}
