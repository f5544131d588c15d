public import Database

/// The tables of accounts, sessions and the audit trail.
public enum AccessMigrations {
    public static let all = [
        Migration(
            module: "access", number: 1, name: "accounts, sessions, audit trail",
            statements: [
                """
                CREATE TABLE account (
                    id TEXT PRIMARY KEY, login TEXT NOT NULL UNIQUE, display_name TEXT NOT NULL, role TEXT NOT NULL,
                    agency TEXT, residential_group TEXT, email TEXT, password_hash TEXT,
                    one_time_secret TEXT, one_time_confirmed_at BIGINT, one_time_last_step BIGINT,
                    calendar_hash TEXT UNIQUE, created_at BIGINT NOT NULL, disabled_at BIGINT)
                """,
                """
                CREATE TABLE account_commune (
                    account TEXT NOT NULL REFERENCES account (id), commune TEXT NOT NULL, PRIMARY KEY (account, commune))
                """,
                "CREATE INDEX account_commune_commune ON account_commune (commune)",
                """
                CREATE TABLE invitation (
                    token_hash TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES account (id), created_at BIGINT NOT NULL,
                    expires_at BIGINT NOT NULL, used_at BIGINT, created_by TEXT)
                """,
                "CREATE INDEX invitation_account ON invitation (account)",
                """
                CREATE TABLE session (
                    id TEXT PRIMARY KEY, token_hash TEXT NOT NULL UNIQUE, account TEXT NOT NULL REFERENCES account (id),
                    stage TEXT NOT NULL, created_at BIGINT NOT NULL, last_seen_at BIGINT NOT NULL,
                    address TEXT NOT NULL, device TEXT NOT NULL, ended_at BIGINT)
                """,
                "CREATE INDEX session_account ON session (account)",
                """
                CREATE TABLE sign_in_attempt (
                    id TEXT PRIMARY KEY, login TEXT NOT NULL, address TEXT NOT NULL, at BIGINT NOT NULL,
                    failed BIGINT NOT NULL)
                """,
                "CREATE INDEX sign_in_attempt_login ON sign_in_attempt (login, at)",
                "CREATE INDEX sign_in_attempt_address ON sign_in_attempt (address, at)",
                """
                CREATE TABLE form_receipt (
                    token TEXT NOT NULL, account TEXT NOT NULL, location TEXT NOT NULL, at BIGINT NOT NULL,
                    PRIMARY KEY (token, account))
                """,
                """
                CREATE TABLE audit_entry (
                    sequence BIGINT PRIMARY KEY, at BIGINT NOT NULL, actor TEXT, actor_name TEXT NOT NULL,
                    action TEXT NOT NULL, subject TEXT NOT NULL, detail TEXT NOT NULL, address TEXT NOT NULL,
                    previous_hash TEXT NOT NULL, hash TEXT NOT NULL)
                """,
                "CREATE INDEX audit_entry_actor ON audit_entry (actor, sequence)",
                "CREATE INDEX audit_entry_subject ON audit_entry (subject, sequence)",
                "CREATE TABLE audit_head (one BIGINT PRIMARY KEY, sequence BIGINT NOT NULL, hash TEXT NOT NULL)",
            ],
            appendOnlyTables: ["audit_entry"]),
        Migration(
            module: "access", number: 2, name: "revisions by kind of subject",
            statements: [
                // How often anything of a kind changed: what pages were made of is told apart by it.
                "CREATE TABLE subject_revision (kind TEXT PRIMARY KEY, number BIGINT NOT NULL)"
            ]),
        Migration(
            module: "access", number: 3, name: "accounts of one unit among an agency's many",
            statements: [
                "ALTER TABLE account ADD COLUMN unit TEXT",
                "CREATE INDEX account_unit ON account (unit)",
            ]),
        Migration(
            module: "access.pairs", number: 1, name: "deeds that two people do",
            statements: [
                """
                CREATE TABLE paired_deed (
                    id TEXT PRIMARY KEY, act TEXT NOT NULL, subject TEXT NOT NULL, seen TEXT NOT NULL,
                    parameters TEXT NOT NULL, words TEXT NOT NULL, proposed_at BIGINT NOT NULL,
                    proposed_by TEXT NOT NULL, proposed_by_name TEXT NOT NULL,
                    until_at BIGINT NOT NULL, ended_at BIGINT, outcome TEXT, ended_by TEXT,
                    ended_by_name TEXT)
                """,
                "CREATE INDEX paired_deed_subject ON paired_deed (subject, act)",
                "CREATE INDEX paired_deed_waiting ON paired_deed (ended_at, until_at)",
            ]),
        Migration(
            module: "access", number: 4, name: "known browsers, recovery codes, failed sign-ins by window",
            statements: [
                """
                CREATE TABLE account_browser (
                    account TEXT NOT NULL REFERENCES account (id), token_hash TEXT NOT NULL, device TEXT NOT NULL,
                    place TEXT NOT NULL, first_at BIGINT NOT NULL, last_at BIGINT NOT NULL, failures BIGINT NOT NULL,
                    PRIMARY KEY (account, token_hash))
                """,
                "CREATE INDEX account_browser_token ON account_browser (token_hash)",
                """
                CREATE TABLE recovery_code (
                    account TEXT NOT NULL REFERENCES account (id), code_hash TEXT NOT NULL, created_at BIGINT NOT NULL,
                    used_at BIGINT, PRIMARY KEY (account, code_hash))
                """,
                """
                CREATE TABLE sign_in_window (
                    began_at BIGINT NOT NULL, line TEXT NOT NULL, tries BIGINT NOT NULL, PRIMARY KEY (began_at, line))
                """,
                // A secret that is being set up beside the one in use.
                "ALTER TABLE account ADD COLUMN one_time_pending TEXT",
                // Sessions that began under the old name of their cookie.
                "ALTER TABLE session ADD COLUMN plain_cookie BIGINT NOT NULL DEFAULT 1",
                "CREATE INDEX session_created ON session (created_at)",
                "CREATE INDEX sign_in_attempt_at ON sign_in_attempt (at)",
                // They counted what was still being looked at, and by another rule.
                "DELETE FROM sign_in_attempt",
            ]),
        Migration(
            module: "access.clock", number: 1, name: "the last moment of a sound clock",
            statements: [
                "CREATE TABLE clock_mark (one BIGINT PRIMARY KEY, at BIGINT NOT NULL, trusted_sequence BIGINT NOT NULL)",
                // Written by whoever asks whether the database can be written.
                "CREATE TABLE health_mark (one BIGINT PRIMARY KEY, number BIGINT NOT NULL)",
            ]),
        Migration(
            module: "access.receipts", number: 1, name: "marks of forms by their age",
            statements: ["CREATE INDEX form_receipt_at ON form_receipt (at)"]),
        Migration(
            module: "access.lists", number: 1, name: "columns of lists that people hide",
            statements: [
                """
                CREATE TABLE list_columns (
                    account TEXT NOT NULL REFERENCES account (id), list TEXT NOT NULL, columns TEXT NOT NULL,
                    PRIMARY KEY (account, list))
                """
            ]),
        Migration(
            module: "access.tour", number: 1, name: "who has put the first tour away",
            statements: [
                "CREATE TABLE tour_seen (account TEXT PRIMARY KEY REFERENCES account (id), at BIGINT NOT NULL)"
            ]),
        Migration(
            module: "access.masks", number: 1, name: "words of the trail that nobody may read any more",
            statements: [
                """
                CREATE TABLE audit_mask (
                    sequence BIGINT NOT NULL, place BIGINT NOT NULL, length BIGINT NOT NULL, words TEXT NOT NULL,
                    PRIMARY KEY (sequence, place))
                """
            ]),
    ]
}
