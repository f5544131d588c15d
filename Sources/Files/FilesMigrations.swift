public import Database

/// The tables of stored files.
///
/// Steps that supersede one of `plan` make what that module made before each target kept its own tables.
public enum FilesMigrations {
    public static let all = [
        Migration(
            module: "files", number: 1, name: "stored files",
            statements: [
                """
                CREATE TABLE stored_file (
                    id TEXT PRIMARY KEY, sha256 TEXT NOT NULL, name TEXT NOT NULL, media_type TEXT NOT NULL,
                    size BIGINT NOT NULL, added_at BIGINT NOT NULL, added_by TEXT)
                """,
                """
                CREATE TABLE stored_file_part (
                    file TEXT NOT NULL REFERENCES stored_file (id), position BIGINT NOT NULL, bytes BYTEA NOT NULL,
                    PRIMARY KEY (file, position))
                """,
            ], supersedes: .init("plan", 1)),
        Migration(
            module: "files", number: 2, name: "files that not everybody may open",
            statements: [
                // A `Guard` as text; null for a file that opens with the record that names it.
                "ALTER TABLE stored_file ADD COLUMN guarded_by TEXT",
                "ALTER TABLE stored_file ADD COLUMN erased_at BIGINT",
                "CREATE INDEX stored_file_sha256 ON stored_file (sha256)",
            ]),
        Migration(
            module: "files", number: 3, name: "minutes of erased files",
            statements: [
                """
                CREATE TABLE file_erasure (
                    id TEXT PRIMARY KEY, number BIGINT NOT NULL, year BIGINT NOT NULL,
                    file TEXT NOT NULL UNIQUE REFERENCES stored_file (id), sha256 TEXT NOT NULL, bytes BIGINT NOT NULL,
                    media_type TEXT NOT NULL, holder TEXT NOT NULL, holder_words TEXT NOT NULL, reason TEXT NOT NULL,
                    asked_at BIGINT NOT NULL, asked_by TEXT NOT NULL, asked_by_name TEXT NOT NULL,
                    erased_at BIGINT NOT NULL, confirmed_by TEXT NOT NULL, confirmed_by_name TEXT NOT NULL,
                    scrubbed_at BIGINT, UNIQUE (year, number))
                """
            ]),
        Migration(
            module: "files", number: 4, name: "names of erased files in the trail",
            statements: [
                // How many entries of the trail told the name; null where nobody counted.
                "ALTER TABLE file_erasure ADD COLUMN trail_entries BIGINT",
                "CREATE INDEX file_erasure_sha256 ON file_erasure (sha256)",
            ]),
    ]
}
