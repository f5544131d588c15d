public import Database

/// The tables of remarks and instructions.
public enum RemarksMigrations {
    public static let all = [
        Migration(
            module: "remarks", number: 1, name: "remarks on things, instructions of leaders",
            statements: [
                // `author_unit`: for which the person spoke at the time.
                """
                CREATE TABLE remark (
                    id TEXT PRIMARY KEY, subject TEXT NOT NULL, account TEXT NOT NULL, author_name TEXT NOT NULL,
                    author_unit TEXT, at BIGINT NOT NULL, withdrawn_at BIGINT, version BIGINT NOT NULL)
                """,
                "CREATE INDEX remark_subject ON remark (subject, at)",
                // Every wording a remark ever had; the highest number holds.
                """
                CREATE TABLE remark_text (
                    remark TEXT NOT NULL REFERENCES remark (id), number BIGINT NOT NULL, text TEXT NOT NULL,
                    at BIGINT NOT NULL, PRIMARY KEY (remark, number))
                """,
                """
                CREATE TABLE remark_mention (
                    remark TEXT NOT NULL REFERENCES remark (id), unit TEXT NOT NULL, PRIMARY KEY (remark, unit))
                """,
                // `about` is what the thing was called; `state`, `due` and `said…` repeat the last event.
                """
                CREATE TABLE instruction (
                    id TEXT PRIMARY KEY, subject TEXT NOT NULL, about TEXT NOT NULL, unit TEXT NOT NULL,
                    account TEXT NOT NULL, author_name TEXT NOT NULL, author_unit TEXT, at BIGINT NOT NULL,
                    text TEXT NOT NULL, due TEXT NOT NULL,
                    state TEXT NOT NULL CHECK (state IN ('open', 'answered', 'closed', 'withdrawn')),
                    said TEXT, said_at BIGINT, said_by TEXT, version BIGINT NOT NULL)
                """,
                "CREATE INDEX instruction_subject ON instruction (subject, at)",
                "CREATE INDEX instruction_unit ON instruction (unit, state, due)",
                "CREATE INDEX instruction_account ON instruction (account, state, due)",
                """
                CREATE TABLE instruction_event (
                    id TEXT PRIMARY KEY, instruction TEXT NOT NULL REFERENCES instruction (id),
                    kind TEXT NOT NULL CHECK (kind IN ('given', 'answered', 'returned', 'closed', 'withdrawn')),
                    text TEXT NOT NULL, due TEXT NOT NULL, account TEXT NOT NULL, actor_name TEXT NOT NULL,
                    at BIGINT NOT NULL)
                """,
                "CREATE INDEX instruction_event_of ON instruction_event (instruction, id)",
            ], appendOnlyTables: ["remark_text", "remark_mention", "instruction_event"])
    ]
}
