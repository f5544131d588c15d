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
            ], appendOnlyTables: ["template_text"]),
        Migration(
            module: "reports", number: 2,
            name: "documents: number, symbol and signer, kind and key of what they are about",
            statements: [
                // `signed_symbol` is null for numbers given before it was kept: the frozen template has it.
                "ALTER TABLE official_document ADD COLUMN signed_number BIGINT",
                "ALTER TABLE official_document ADD COLUMN signed_letter TEXT",
                "ALTER TABLE official_document ADD COLUMN signed_symbol TEXT",
                "ALTER TABLE official_document RENAME COLUMN issued_on TO signed_on",
                // Who is to sign is known before anything is signed.
                "ALTER TABLE official_document ADD COLUMN signer TEXT",
                "ALTER TABLE official_document ADD COLUMN signing_form TEXT",
                "ALTER TABLE official_document ADD COLUMN signer_position TEXT",
                "ALTER TABLE official_document RENAME COLUMN file TO signed_file",
                // `512`, `13A`; what is neither stays whole.
                """
                UPDATE official_document SET signed_letter = upper(ltrim(number, '0123456789')),
                    signed_number = CAST(substr(number, 1, length(number) - length(ltrim(number, '0123456789'))) AS BIGINT)
                WHERE number IS NOT NULL AND length(ltrim(number, '0123456789')) < 2
                    AND length(number) - length(ltrim(number, '0123456789')) BETWEEN 1 AND 8
                """,
                "UPDATE official_document SET signed_symbol = number WHERE number IS NOT NULL AND signed_number IS NULL",
                "ALTER TABLE official_document DROP COLUMN number",
                "ALTER TABLE official_document ADD COLUMN subject_kind TEXT NOT NULL DEFAULT ''",
                "ALTER TABLE official_document ADD COLUMN subject_key TEXT NOT NULL DEFAULT ''",
                // `2026-Q3`, `2026`; empty for papers about no period.
                "ALTER TABLE official_document ADD COLUMN period TEXT NOT NULL DEFAULT ''",
            ]
                + [
                    ("allocation/%", "subject_kind = 'allocation', subject_key = substr(subject, 12)"),
                    (
                        "commune/%",
                        "subject_kind = 'commune', subject_key = substr(subject, 9, 5), period = substr(subject, 15)"
                    ), ("city/%", "subject_kind = 'city', period = substr(subject, 6)"),
                    ("figures/batch/%", "subject_kind = 'figure-batch', subject_key = substr(subject, 15)"),
                    ("steering/%", "subject_kind = 'steering', subject_key = substr(subject, 10)"),
                    // Their day is the cut-off day.
                    ("late/%", "subject_kind = 'late-work'"), ("obstacles/%", "subject_kind = 'obstacles'"),
                    ("invitation/%", "subject_kind = 'invitation'"),
                ].map { "UPDATE official_document SET \($0.1) WHERE subject LIKE '\($0.0)'" }
                + [
                    "UPDATE official_document SET subject_kind = 'other', subject_key = subject WHERE subject_kind = ''",
                    "DROP INDEX official_document_subject", "ALTER TABLE official_document DROP COLUMN subject",
                    "CREATE INDEX official_document_about ON official_document (subject_kind, subject_key, period, id)",
                ]),
        Migration(
            module: "reports", number: 3, name: "every signed copy a document ever had",
            statements: [
                """
                CREATE TABLE signed_copy (
                    file TEXT PRIMARY KEY REFERENCES stored_file (id),
                    document TEXT NOT NULL REFERENCES official_document (id), at BIGINT NOT NULL)
                """,
                "CREATE INDEX signed_copy_document ON signed_copy (document)",
                """
                INSERT INTO signed_copy (file, document, at)
                SELECT signed_file, MIN(id), MIN(COALESCE(issued_at, made_at)) FROM official_document
                WHERE signed_file IS NOT NULL GROUP BY signed_file
                """,
            ]),
        Migration(
            module: "reports", number: 4, name: "what papers are written for, and papers that no longer hold",
            statements: [
                """
                CREATE TABLE paper_goal (
                    document TEXT PRIMARY KEY REFERENCES official_document (id), instance TEXT NOT NULL,
                    slot BIGINT NOT NULL)
                """,
                """
                CREATE TABLE paper_end (
                    document TEXT PRIMARY KEY REFERENCES official_document (id),
                    successor TEXT REFERENCES official_document (id), reason TEXT NOT NULL, at BIGINT NOT NULL,
                    actor_name TEXT NOT NULL)
                """,
            ], appendOnlyTables: ["paper_goal", "paper_end"]),
        Migration(
            module: "reports", number: 5, name: "answers to papers",
            statements: [
                // The latest of a position holds; without a day, what was entered before it is taken back.
                """
                CREATE TABLE paper_reply (
                    id TEXT PRIMARY KEY, document TEXT NOT NULL REFERENCES official_document (id),
                    position BIGINT NOT NULL, answered_on TEXT, number TEXT NOT NULL, workers BIGINT, insured BIGINT,
                    note TEXT NOT NULL, at BIGINT NOT NULL, account TEXT NOT NULL, actor_name TEXT NOT NULL)
                """,
                "CREATE INDEX paper_reply_document ON paper_reply (document, id)",
            ], appendOnlyTables: ["paper_reply"]),
        Migration(
            module: "reports", number: 6, name: "the state of the desk that a paper was composed of",
            statements: ["ALTER TABLE official_document ADD COLUMN source TEXT"]),
    ]
}
