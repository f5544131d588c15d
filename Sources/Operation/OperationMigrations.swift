public import Database

/// The log of servers.
public enum OperationMigrations {
    public static let all = [
        Migration(
            module: "operation", number: 1, name: "when servers ran",
            statements: [
                // `seen_at` is the last moment at which it was known to run; `stopped_at` is there where it was told to stop.
                """
                CREATE TABLE server_run (
                    id TEXT PRIMARY KEY, host TEXT NOT NULL, version TEXT NOT NULL, started_at BIGINT NOT NULL,
                    seen_at BIGINT NOT NULL, stopped_at BIGINT)
                """,
                "CREATE INDEX server_run_seen ON server_run (seen_at)",
            ])
    ]
}
