public import Database

/// The tables of official documents.
public enum ReportsMigrations {
    public static let all = [
        Migration(
            module: "reports", number: 1, name: "official documents, steering committees",
            statements: [
                // A document with everything it was made of: template and data as they stood, so that it can be made again.
                // `sha256` is of the data. `unit` says whose it is, `subject` what it is about.
                """
                CREATE TABLE official_document (
                    id TEXT PRIMARY KEY, template TEXT NOT NULL, template_text TEXT NOT NULL, data TEXT NOT NULL,
                    sha256 TEXT NOT NULL, type TEXT NOT NULL, title TEXT NOT NULL, unit TEXT NOT NULL,
                    subject TEXT NOT NULL, cutoff TEXT NOT NULL, made_at BIGINT NOT NULL, made_by TEXT,
                    made_by_name TEXT NOT NULL, number TEXT, issued_on TEXT, file TEXT REFERENCES stored_file (id),
                    issued_at BIGINT, issued_by_name TEXT, version BIGINT NOT NULL)
                """,
                "CREATE INDEX official_document_unit ON official_document (unit, id)",
                "CREATE INDEX official_document_subject ON official_document (subject, id)",
                // An agency's own text of a template; the latest of a template holds, an empty one goes back to the file's.
                """
                CREATE TABLE template_text (
                    id TEXT PRIMARY KEY, template TEXT NOT NULL, text TEXT NOT NULL, reason TEXT NOT NULL,
                    at BIGINT NOT NULL, actor_name TEXT NOT NULL)
                """,
                "CREATE INDEX template_text_template ON template_text (template, id)",
                // Seats of a commune's steering committee; whoever left keeps the day.
                """
                CREATE TABLE steering_member (
                    id TEXT PRIMARY KEY, commune TEXT NOT NULL, seat TEXT NOT NULL, name TEXT NOT NULL,
                    position TEXT NOT NULL, phone TEXT NOT NULL, since TEXT, until TEXT, at BIGINT NOT NULL,
                    actor_name TEXT NOT NULL)
                """,
                "CREATE INDEX steering_member_commune ON steering_member (commune, id)",
            ], appendOnlyTables: ["template_text"])
    ]
}
