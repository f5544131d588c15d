public import Database

/// The tables of figures. The commune is the leading key of what grows, so that an engine can part them by it.
public enum FiguresMigrations {
    public static let all = [
        Migration(
            module: "figures", number: 1, name: "figures, batches, contests",
            statements: [
                // A file that somebody sent, looked at before its figures are taken.
                """
                CREATE TABLE figure_upload (
                    id TEXT PRIMARY KEY, file TEXT NOT NULL REFERENCES stored_file (id), month TEXT,
                    source TEXT NOT NULL, at BIGINT NOT NULL, account TEXT NOT NULL, actor_name TEXT NOT NULL,
                    batch BIGINT, discarded_at BIGINT)
                """,
                "CREATE INDEX figure_upload_file ON figure_upload (file)",
                // A set of figures taken in one step. Numbers count up; a later batch replaces the figures it repeats.
                """
                CREATE TABLE figure_batch (
                    number BIGINT PRIMARY KEY, kind TEXT NOT NULL, at BIGINT NOT NULL, account TEXT,
                    actor_name TEXT NOT NULL, file TEXT REFERENCES stored_file (id), file_name TEXT NOT NULL,
                    source TEXT NOT NULL, cutoff TEXT, accepted_rows BIGINT NOT NULL, rejected_rows BIGINT NOT NULL,
                    figures BIGINT NOT NULL, changed BIGINT NOT NULL, first_month TEXT NOT NULL, last_month TEXT NOT NULL,
                    withdrawn_at BIGINT, withdrawn_by_name TEXT, withdrawn_reason TEXT)
                """,
                "CREATE INDEX figure_batch_file ON figure_batch (file)",
                // Every figure ever taken.
                """
                CREATE TABLE figure_entry (
                    commune TEXT NOT NULL, month TEXT NOT NULL, scheme TEXT NOT NULL, batch BIGINT NOT NULL,
                    people BIGINT NOT NULL, PRIMARY KEY (commune, month, scheme, batch))
                """,
                "CREATE INDEX figure_entry_batch ON figure_entry (batch)",
                """
                CREATE TABLE figure_block (
                    commune TEXT NOT NULL, month TEXT NOT NULL, batch BIGINT NOT NULL, block BIGINT NOT NULL,
                    people BIGINT NOT NULL, PRIMARY KEY (commune, month, batch, block))
                """,
                // The figures that hold: for each key the entry of the latest batch that was not undone. Derived from the two
                // above in the transaction that changes them, so that pages read few rows.
                """
                CREATE TABLE participant_figure (
                    commune TEXT NOT NULL, month TEXT NOT NULL, scheme TEXT NOT NULL, people BIGINT NOT NULL,
                    batch BIGINT NOT NULL, PRIMARY KEY (commune, month, scheme))
                """,
                "CREATE INDEX participant_figure_month ON participant_figure (month, scheme)",
                """
                CREATE TABLE figure_contest (
                    id TEXT PRIMARY KEY, commune TEXT NOT NULL, month TEXT NOT NULL, scheme TEXT NOT NULL,
                    stated BIGINT NOT NULL, proposed BIGINT NOT NULL, reason TEXT NOT NULL, document TEXT NOT NULL,
                    file TEXT REFERENCES stored_file (id), at BIGINT NOT NULL, account TEXT NOT NULL,
                    actor_name TEXT NOT NULL, decided_at BIGINT, decided_by_name TEXT, granted BIGINT, note TEXT,
                    batch BIGINT)
                """,
                "CREATE INDEX figure_contest_commune ON figure_contest (commune, month)",
                "CREATE INDEX figure_contest_file ON figure_contest (file)",
            ], appendOnlyTables: ["figure_entry", "figure_block"]),
        Migration(
            module: "figures", number: 2, name: "the blocks of a figure in one row",
            statements: [
                // A row for each block cost more than all else of a file of figures. A block that was not given is null.
                """
                CREATE TABLE figure_breakdown (
                    commune TEXT NOT NULL, month TEXT NOT NULL, batch BIGINT NOT NULL, block_1 BIGINT, block_2 BIGINT,
                    block_3 BIGINT, block_4 BIGINT, block_5 BIGINT, block_6 BIGINT, block_7 BIGINT, block_8 BIGINT,
                    block_9 BIGINT, block_10 BIGINT, block_11 BIGINT, PRIMARY KEY (commune, month, batch))
                """,
                """
                INSERT INTO figure_breakdown (commune, month, batch, block_1, block_2, block_3, block_4, block_5, block_6,
                    block_7, block_8, block_9, block_10, block_11)
                SELECT commune, month, batch, MAX(CASE WHEN block = 1 THEN people END),
                    MAX(CASE WHEN block = 2 THEN people END), MAX(CASE WHEN block = 3 THEN people END),
                    MAX(CASE WHEN block = 4 THEN people END), MAX(CASE WHEN block = 5 THEN people END),
                    MAX(CASE WHEN block = 6 THEN people END), MAX(CASE WHEN block = 7 THEN people END),
                    MAX(CASE WHEN block = 8 THEN people END), MAX(CASE WHEN block = 9 THEN people END),
                    MAX(CASE WHEN block = 10 THEN people END), MAX(CASE WHEN block = 11 THEN people END)
                FROM figure_block GROUP BY commune, month, batch
                """,
                "DROP TABLE figure_block",
            ], appendOnlyTables: ["figure_breakdown"]),
        Migration(
            module: "figures", number: 3, name: "batches taken and withdrawn month by month",
            statements: [
                // The job that takes a file. Without a reference: jobs are forgotten.
                "ALTER TABLE figure_upload ADD COLUMN job TEXT",
                // Whether its figures that jump are taken too; known once a batch is made of it.
                "ALTER TABLE figure_upload ADD COLUMN accepts_jumps BIGINT",
                // The job that takes or withdraws the batch.
                "ALTER TABLE figure_batch ADD COLUMN job TEXT",
                // Months whose figures are still to be put in force; of a withdrawn batch, out of force.
                "ALTER TABLE figure_batch ADD COLUMN months_left BIGINT NOT NULL DEFAULT 0",
                "CREATE INDEX figure_entry_month ON figure_entry (batch, month)",
                "DROP INDEX figure_entry_batch",
            ]),
        Migration(
            module: "figures.movements", number: 1, name: "movements of a month",
            statements: [
                """
                CREATE TABLE movement_upload (
                    id TEXT PRIMARY KEY, file TEXT NOT NULL REFERENCES stored_file (id), month TEXT, place TEXT NOT NULL,
                    source TEXT NOT NULL, at BIGINT NOT NULL, account TEXT NOT NULL, actor_name TEXT NOT NULL,
                    batch BIGINT, discarded_at BIGINT)
                """,
                "CREATE INDEX movement_upload_file ON movement_upload (file)",
                """
                CREATE TABLE movement_batch (
                    number BIGINT PRIMARY KEY, at BIGINT NOT NULL, account TEXT NOT NULL, actor_name TEXT NOT NULL,
                    file TEXT NOT NULL REFERENCES stored_file (id), file_name TEXT NOT NULL, source TEXT NOT NULL,
                    form TEXT NOT NULL, month TEXT NOT NULL, cutoff TEXT, accepted_rows BIGINT NOT NULL,
                    rejected_rows BIGINT NOT NULL, movements BIGINT NOT NULL, withdrawn_at BIGINT,
                    withdrawn_by_name TEXT, withdrawn_reason TEXT)
                """,
                "CREATE INDEX movement_batch_file ON movement_batch (file)",
                // Every number ever taken. No scheme is the empty text, no block is 0: a key has no null.
                """
                CREATE TABLE movement_entry (
                    place TEXT NOT NULL, month TEXT NOT NULL, measure TEXT NOT NULL, scheme TEXT NOT NULL,
                    block BIGINT NOT NULL, batch BIGINT NOT NULL, value BIGINT NOT NULL,
                    PRIMARY KEY (place, month, measure, scheme, block, batch))
                """,
                "CREATE INDEX movement_entry_batch ON movement_entry (batch)",
                // What holds: of each key the entry of the latest batch that stands.
                """
                CREATE TABLE movement (
                    place TEXT NOT NULL, month TEXT NOT NULL, measure TEXT NOT NULL, scheme TEXT NOT NULL,
                    block BIGINT NOT NULL, value BIGINT NOT NULL, batch BIGINT NOT NULL,
                    PRIMARY KEY (place, month, measure, scheme, block))
                """,
                "CREATE INDEX movement_month ON movement (month)",
            ], appendOnlyTables: ["movement_entry"]),
        Migration(
            module: "figures", number: 4, name: "files thrown away whose content was forgotten",
            statements: ["ALTER TABLE figure_upload ADD COLUMN forgotten_at BIGINT"]),
        Migration(
            module: "figures.movements", number: 2, name: "files of movements thrown away whose content was forgotten",
            statements: ["ALTER TABLE movement_upload ADD COLUMN forgotten_at BIGINT"]),
        Migration(
            module: "figures", number: 5, name: "months that the register is in charge of",
            statements: [
                // The last line of a month holds.
                """
                CREATE TABLE register_charge (
                    number BIGINT PRIMARY KEY, month TEXT NOT NULL, in_charge BIGINT NOT NULL, document TEXT NOT NULL,
                    at BIGINT NOT NULL, by_name TEXT NOT NULL)
                """,
                "CREATE INDEX register_charge_month ON register_charge (month)",
            ], appendOnlyTables: ["register_charge"]),
    ]
}
