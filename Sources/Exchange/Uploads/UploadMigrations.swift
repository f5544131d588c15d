import Database

extension ExchangeMigrations {
    /// Files that wait to be delivered, layouts that people explained.
    static let uploads = Migration(
        module: "exchange-uploads", number: 1, name: "files that wait to be delivered, layouts of senders",
        statements: [
            // `mapping` is what somebody said of its columns, `look` what was understood of it, sealed: it shows rows. `version`
            // counts changes, so that nobody takes another reading than the one looked at.
            """
            CREATE TABLE delivery_upload (
                id TEXT PRIMARY KEY, sender TEXT NOT NULL, format TEXT, period TEXT NOT NULL, agreement TEXT NOT NULL,
                replaces_period BIGINT NOT NULL, mends BIGINT, old_encoding TEXT, file_name TEXT NOT NULL,
                sha256 TEXT NOT NULL, size BIGINT NOT NULL, mapping TEXT, look BYTEA, version BIGINT NOT NULL, job TEXT,
                delivery BIGINT, at BIGINT NOT NULL, account TEXT NOT NULL, by_name TEXT NOT NULL, ended_at BIGINT)
            """,
            "CREATE INDEX delivery_upload_waiting ON delivery_upload (ended_at, at)",
            """
            CREATE TABLE delivery_upload_part (
                upload TEXT NOT NULL REFERENCES delivery_upload (id), position BIGINT NOT NULL, bytes BYTEA NOT NULL,
                PRIMARY KEY (upload, position))
            """,
            // The latest step of a sender's layout holds.
            """
            CREATE TABLE sender_layout (
                sender TEXT NOT NULL, shape TEXT NOT NULL, step BIGINT NOT NULL, format TEXT NOT NULL,
                mapping TEXT NOT NULL, at BIGINT NOT NULL, by_name TEXT NOT NULL, PRIMARY KEY (sender, shape, step))
            """,
            // By what a delivery is read besides its format, and whose returned rows it mends.
            """
            CREATE TABLE delivery_layout (
                delivery BIGINT PRIMARY KEY REFERENCES delivery (number), mapping TEXT, mends BIGINT)
            """,
            // What stands above the rows of each sheet, sealed, for the file that goes back.
            """
            CREATE TABLE delivery_top (
                delivery BIGINT NOT NULL REFERENCES delivery (number), sheet TEXT NOT NULL, sealed BYTEA NOT NULL,
                PRIMARY KEY (delivery, sheet))
            """,
        ], appendOnlyTables: ["sender_layout"])
}
