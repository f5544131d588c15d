public import Database

/// The tables of agreements, of requests for data, of what was destroyed, and of the journal.
public enum AgreementMigrations {
    public static let all = [
        Migration(
            module: "exchange-agreements", number: 1, name: "agreements, requests, destroyed rows, the journal",
            statements: [
                """
                CREATE TABLE agreement (
                    number BIGINT PRIMARY KEY, giver TEXT NOT NULL, receiver TEXT NOT NULL, format TEXT NOT NULL,
                    made_at BIGINT NOT NULL, made_by TEXT NOT NULL)
                """,
                "CREATE INDEX agreement_format ON agreement (format)",
                // `terms` is what both sides read (AgreementTerms, JSON); `state` repeats the last event (0006).
                """
                CREATE TABLE agreement_version (
                    agreement BIGINT NOT NULL REFERENCES agreement (number), version BIGINT NOT NULL,
                    terms TEXT NOT NULL, state TEXT NOT NULL, proposed_by TEXT NOT NULL, paper_number TEXT,
                    paper_day TEXT, ended_on TEXT, PRIMARY KEY (agreement, version))
                """,
                """
                CREATE TABLE agreement_event (
                    agreement BIGINT NOT NULL REFERENCES agreement (number), step BIGINT NOT NULL,
                    version BIGINT NOT NULL, kind TEXT NOT NULL, words TEXT NOT NULL, unit TEXT NOT NULL,
                    at BIGINT NOT NULL, by_name TEXT NOT NULL, PRIMARY KEY (agreement, step))
                """,
                """
                CREATE TABLE data_request (
                    number BIGINT PRIMARY KEY, asker TEXT NOT NULL, holder TEXT NOT NULL, format TEXT NOT NULL,
                    terms TEXT NOT NULL, state TEXT NOT NULL, asked_by TEXT NOT NULL, asked_by_name TEXT NOT NULL,
                    made_at BIGINT NOT NULL, delivery BIGINT)
                """,
                "CREATE INDEX data_request_delivery ON data_request (delivery)",
                """
                CREATE TABLE data_request_event (
                    request BIGINT NOT NULL REFERENCES data_request (number), step BIGINT NOT NULL, kind TEXT NOT NULL,
                    words TEXT NOT NULL, unit TEXT NOT NULL, at BIGINT NOT NULL, account TEXT, by_name TEXT NOT NULL,
                    PRIMARY KEY (request, step))
                """,
                // Minutes: what was destroyed, why, by whom, and what stayed.
                """
                CREATE TABLE destruction (
                    number BIGINT PRIMARY KEY, delivery BIGINT NOT NULL, agreement BIGINT, request BIGINT,
                    records BIGINT NOT NULL, returned BIGINT NOT NULL, kept TEXT NOT NULL, reason TEXT NOT NULL,
                    due TEXT NOT NULL, at BIGINT NOT NULL, by_name TEXT NOT NULL)
                """,
                "CREATE UNIQUE INDEX destruction_delivery ON destruction (delivery)",
                // A chain: `previous` is the hash before, `signature` that of the installation over `hash`; both hexadecimal.
                """
                CREATE TABLE exchange_entry (
                    number BIGINT PRIMARY KEY, at BIGINT NOT NULL, kind TEXT NOT NULL, sender TEXT NOT NULL,
                    receiver TEXT NOT NULL, subject TEXT NOT NULL, content TEXT NOT NULL, words TEXT NOT NULL,
                    previous TEXT NOT NULL, hash TEXT NOT NULL, key TEXT NOT NULL, signature TEXT NOT NULL)
                """,
                "CREATE INDEX exchange_entry_subject ON exchange_entry (subject)",
                "CREATE TABLE exchange_head (one BIGINT PRIMARY KEY, number BIGINT NOT NULL, hash TEXT NOT NULL)",
                // Under which name which public key signed: what a partner compares a receipt with.
                """
                CREATE TABLE exchange_key (
                    id TEXT PRIMARY KEY, public_key TEXT NOT NULL, first_used_at BIGINT NOT NULL)
                """,
            ], appendOnlyTables: ["agreement_event", "data_request_event", "destruction", "exchange_entry"]),
        Migration(
            module: "exchange-agreements", number: 2, name: "by what deliveries come",
            statements: [
                // `fields` are what could be handed over on the day, parted by blanks.
                """
                CREATE TABLE delivery_ground (
                    delivery BIGINT PRIMARY KEY, subject TEXT NOT NULL, name TEXT NOT NULL, fields TEXT NOT NULL)
                """
            ], appendOnlyTables: ["delivery_ground"]),
    ]
}
