public import Database

/// The tables of programs, of what they upload and of how often they called.
public enum ProgramMigrations {
    public static let all = [
        Migration(
            module: "exchange-programs", number: 1, name: "programs, their uploads, how often they called",
            statements: [
                // Of the key its hash alone: it is shown once. `version` counts keys.
                """
                CREATE TABLE program (
                    id TEXT PRIMARY KEY, name TEXT NOT NULL, unit TEXT NOT NULL, agreements TEXT NOT NULL,
                    scopes TEXT NOT NULL, key_hash TEXT NOT NULL, expires TEXT NOT NULL, per_minute BIGINT NOT NULL,
                    version BIGINT NOT NULL, created_at BIGINT NOT NULL, created_by TEXT NOT NULL, ended_at BIGINT)
                """,
                "CREATE UNIQUE INDEX program_key ON program (key_hash)",
                // `idempotency` is what the program calls the upload itself: the same once more is the same upload. `sha256` is
                // what the program says of the whole file, where it does.
                """
                CREATE TABLE program_upload (
                    id TEXT PRIMARY KEY, program TEXT NOT NULL REFERENCES program (id), idempotency TEXT NOT NULL,
                    agreement BIGINT NOT NULL, purpose TEXT NOT NULL, period TEXT NOT NULL, file_name TEXT NOT NULL,
                    replaces_period BIGINT NOT NULL, sha256 TEXT, size BIGINT NOT NULL, taken BIGINT NOT NULL,
                    state TEXT NOT NULL, problem TEXT NOT NULL, job TEXT, delivery BIGINT,
                    created_at BIGINT NOT NULL, touched_at BIGINT NOT NULL)
                """,
                "CREATE UNIQUE INDEX program_upload_name ON program_upload (program, idempotency)",
                "CREATE INDEX program_upload_state ON program_upload (state, touched_at)",
                // Sealed, each at its place in the file.
                """
                CREATE TABLE program_upload_part (
                    upload TEXT NOT NULL REFERENCES program_upload (id), start BIGINT NOT NULL, bytes BYTEA NOT NULL,
                    PRIMARY KEY (upload, start))
                """,
                """
                CREATE TABLE program_use (
                    program TEXT NOT NULL, day TEXT NOT NULL, operation TEXT NOT NULL, agreement BIGINT NOT NULL,
                    purpose TEXT NOT NULL, calls BIGINT NOT NULL, refused BIGINT NOT NULL,
                    PRIMARY KEY (program, day, operation, agreement, purpose))
                """,
            ])
    ]
}
