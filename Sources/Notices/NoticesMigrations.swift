public import Database

/// The tables of notices and of the outbox.
public enum NoticesMigrations {
    public static let all = [
        Migration(
            module: "notices", number: 1, name: "notices, who read them, letters",
            statements: [
                // `own`: addressed to accounts alone. `resolved_at`: the fact is gone; the key stays known until the row goes.
                """
                CREATE TABLE notice (
                    id TEXT PRIMARY KEY, kind TEXT NOT NULL, once_key TEXT NOT NULL, subject TEXT NOT NULL,
                    day TEXT NOT NULL, at BIGINT NOT NULL, title TEXT NOT NULL, detail TEXT NOT NULL,
                    weight BIGINT NOT NULL, own BIGINT NOT NULL, until_day TEXT, author TEXT, resolved_at BIGINT,
                    UNIQUE (kind, once_key))
                """,
                "CREATE INDEX notice_subject ON notice (subject, kind)",
                "CREATE INDEX notice_at ON notice (at)",
                // The place leads: a person's notices are found by the few places the person belongs to.
                """
                CREATE TABLE notice_addressee (
                    place TEXT NOT NULL, right_name TEXT NOT NULL, notice TEXT NOT NULL REFERENCES notice (id),
                    PRIMARY KEY (place, right_name, notice))
                """,
                "CREATE INDEX notice_addressee_notice ON notice_addressee (notice)",
                """
                CREATE TABLE notice_reader (
                    account TEXT NOT NULL, notice TEXT NOT NULL REFERENCES notice (id), read_at BIGINT, told_at BIGINT,
                    PRIMARY KEY (account, notice))
                """,
                "CREATE INDEX notice_reader_notice ON notice_reader (notice, read_at)",
                // Kinds that a person wants no letters of.
                "CREATE TABLE notice_unmailed (account TEXT NOT NULL, kind TEXT NOT NULL, PRIMARY KEY (account, kind))",
                // `body` is what those may read who keep the outbox; `own_body` the whole letter, where it says more.
                """
                CREATE TABLE letter (
                    id TEXT PRIMARY KEY, account TEXT NOT NULL, day TEXT NOT NULL, number BIGINT NOT NULL,
                    at_once BIGINT NOT NULL, subject TEXT NOT NULL, body TEXT NOT NULL, own_body TEXT,
                    created_at BIGINT NOT NULL, recipient TEXT, sent_at BIGINT, attempts BIGINT NOT NULL, problem TEXT,
                    UNIQUE (account, day, number))
                """,
                "CREATE INDEX letter_day ON letter (day)",
                "CREATE INDEX letter_waiting ON letter (sent_at, attempts)",
            ]),
        Migration(
            module: "notices", number: 2, name: "who sends a letter holds it",
            statements: ["ALTER TABLE letter ADD COLUMN held_until BIGINT"]),
    ]
}
