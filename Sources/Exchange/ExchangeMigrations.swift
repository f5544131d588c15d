public import Database

/// The tables of deliveries.
public enum ExchangeMigrations {
    public static let all = [
        Migration(
            module: "exchange", number: 1, name: "deliveries and the rows that were returned",
            statements: [
                // `code` is what the delivery is, whenever it comes: file, sender, format and period. `state` repeats the last
                // event (0006); `counts` is how far receiving is, as JSON.
                """
                CREATE TABLE delivery (
                    number BIGINT PRIMARY KEY, code TEXT NOT NULL, format TEXT NOT NULL, sender TEXT NOT NULL,
                    period TEXT NOT NULL, agreement TEXT NOT NULL, file_name TEXT NOT NULL, sha256 TEXT NOT NULL,
                    size BIGINT NOT NULL, replaces_period BIGINT NOT NULL, old_encoding TEXT, state TEXT NOT NULL, counts TEXT NOT NULL,
                    job TEXT, received_at BIGINT NOT NULL, received_by TEXT NOT NULL)
                """,
                "CREATE INDEX delivery_code ON delivery (code)",
                "CREATE INDEX delivery_period ON delivery (sender, format, period)",
                """
                CREATE TABLE delivery_event (
                    delivery BIGINT NOT NULL REFERENCES delivery (number), step BIGINT NOT NULL, kind TEXT NOT NULL,
                    words TEXT NOT NULL, at BIGINT NOT NULL, by_name TEXT NOT NULL, PRIMARY KEY (delivery, step))
                """,
                // The file while it is received, sealed: a server that takes over reads it from here.
                """
                CREATE TABLE delivery_part (
                    delivery BIGINT NOT NULL REFERENCES delivery (number), position BIGINT NOT NULL,
                    bytes BYTEA NOT NULL, PRIMARY KEY (delivery, position))
                """,
                // `sealed` holds what stood in the row: it may be anybody's number.
                """
                CREATE TABLE returned_row (
                    delivery BIGINT NOT NULL REFERENCES delivery (number), position BIGINT NOT NULL,
                    sheet TEXT NOT NULL, line BIGINT NOT NULL, column_letters TEXT NOT NULL, heading TEXT NOT NULL,
                    reason TEXT NOT NULL, sealed BYTEA NOT NULL, state TEXT NOT NULL,
                    PRIMARY KEY (delivery, position))
                """,
                "CREATE INDEX returned_row_open ON returned_row (state, delivery, reason)",
                """
                CREATE TABLE returned_row_event (
                    delivery BIGINT NOT NULL, position BIGINT NOT NULL, step BIGINT NOT NULL, kind TEXT NOT NULL,
                    words TEXT NOT NULL, at BIGINT NOT NULL, by_name TEXT NOT NULL,
                    PRIMARY KEY (delivery, position, step))
                """,
            ], appendOnlyTables: ["delivery_event", "returned_row_event"]),
        uploads,
        watching,
    ]
}
