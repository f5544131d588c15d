public import Database

/// The tables of values entered on screen over those of the law's files.
public enum LawInForceMigrations {
    public static let all = [
        Migration(
            module: "law", number: 1, name: "values of the law entered on screen",
            statements: [
                // `state` and the columns behind it repeat what the audit trail tells in order; a value that was kept is
                // withdrawn, never removed.
                """
                CREATE TABLE law_amendment (
                    id TEXT PRIMARY KEY, parameter TEXT NOT NULL, value TEXT NOT NULL, from_day TEXT NOT NULL,
                    to_day TEXT, source TEXT NOT NULL, confidence TEXT NOT NULL, note TEXT NOT NULL,
                    reason TEXT NOT NULL, file TEXT REFERENCES stored_file (id), state TEXT NOT NULL,
                    entered_at BIGINT NOT NULL, entered_by TEXT, entered_by_name TEXT NOT NULL, kept_at BIGINT,
                    withdrawn_at BIGINT, withdrawn_by_name TEXT, withdrawn_reason TEXT)
                """,
                "CREATE INDEX law_amendment_parameter ON law_amendment (parameter, id)",
                "CREATE INDEX law_amendment_state ON law_amendment (state, kept_at, id)",
            ])
    ]
}
