import Database

/// The tables of what is derived from records.
enum PeopleMigrations {
    static let all = [
        Migration(
            module: "registry-people", number: 1, name: "persons worked out from their records",
            statements: [
                // Whose derived rows are out of date.
                "CREATE TABLE touched_entity (entity BIGINT PRIMARY KEY)",
                // What a delivery's records are of: which agency's list of which month.
                """
                CREATE TABLE record_source (
                    delivery BIGINT PRIMARY KEY, kind TEXT NOT NULL, sender TEXT NOT NULL, period TEXT NOT NULL)
                """,
                // A function of a person's records alone: what many are counted and searched by. The whole picture of one is
                // worked out when somebody looks.
                """
                CREATE TABLE person (
                    entity BIGINT PRIMARY KEY, commune TEXT NOT NULL, name TEXT NOT NULL, birth TEXT NOT NULL,
                    sex TEXT NOT NULL, group_name TEXT NOT NULL, faults TEXT NOT NULL)
                """,
                "CREATE INDEX person_commune ON person (commune)",
            ]),
        Migration(
            module: "registry-people", number: 2, name: "spells, employers, accounts, stock and flow",
            statements: [
                "ALTER TABLE record_source ADD COLUMN records BIGINT NOT NULL DEFAULT 0",
                // A sender's lists of a month that changed; how far looking for whom that concerns is.
                """
                CREATE TABLE list_change (
                    kind TEXT NOT NULL, sender TEXT NOT NULL, period TEXT NOT NULL, after BIGINT NOT NULL,
                    PRIMARY KEY (kind, sender, period))
                """,
                // `unit` is the blind index of the employer's code, of no bytes where there is none; `first_month` is '' where it
                // goes back to before the records, `last_month` while it goes on.
                """
                CREATE TABLE spell (
                    person BIGINT NOT NULL, position BIGINT NOT NULL, scheme TEXT NOT NULL, unit BYTEA NOT NULL,
                    first_month TEXT NOT NULL, last_month TEXT NOT NULL, begins TEXT NOT NULL, ends TEXT NOT NULL,
                    base BIGINT, first_seen TEXT NOT NULL, last_listed TEXT NOT NULL, PRIMARY KEY (person, position))
                """,
                "CREATE INDEX spell_unit ON spell (unit)",
                // What a person adds to stock and flow, so that it can be taken off again.
                "CREATE TABLE person_course (person BIGINT PRIMARY KEY, events TEXT NOT NULL)",
                // Events counted by the employer's code: an employer that turns out to be elsewhere takes its counts along.
                """
                CREATE TABLE unit_flow (
                    unit BYTEA NOT NULL, month TEXT NOT NULL, commune TEXT NOT NULL, scheme TEXT NOT NULL,
                    movement TEXT NOT NULL, people BIGINT NOT NULL,
                    PRIMARY KEY (unit, month, commune, scheme, movement))
                """,
                // The same by the employer's commune and block. The month '' is what was so before the records.
                """
                CREATE TABLE flow (
                    commune TEXT NOT NULL, month TEXT NOT NULL, workplace TEXT NOT NULL, scheme TEXT NOT NULL,
                    block BIGINT NOT NULL, movement TEXT NOT NULL, people BIGINT NOT NULL,
                    PRIMARY KEY (commune, month, workplace, scheme, block, movement))
                """,
                "CREATE INDEX flow_month ON flow (month)",
                """
                CREATE TABLE employer (
                    entity BIGINT PRIMARY KEY, commune TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL,
                    block BIGINT NOT NULL, status TEXT NOT NULL, industry TEXT NOT NULL, parent BYTEA NOT NULL,
                    faults TEXT NOT NULL)
                """,
                "CREATE INDEX employer_commune ON employer (commune)",
                // Where the employer with a code is, and of which block: what ``flow`` was counted with.
                """
                CREATE TABLE employer_number (
                    number BYTEA PRIMARY KEY, entity BIGINT NOT NULL, commune TEXT NOT NULL, block BIGINT NOT NULL)
                """,
                "CREATE INDEX employer_number_entity ON employer_number (entity)",
                // One record in force each.
                """
                CREATE TABLE account_line (
                    place BIGINT PRIMARY KEY, unit BYTEA NOT NULL, month TEXT NOT NULL, line TEXT NOT NULL,
                    name TEXT NOT NULL, amounts TEXT NOT NULL)
                """,
                "CREATE INDEX account_line_unit ON account_line (unit, month)",
                // Which commune counts for targets; the last line holds.
                """
                CREATE TABLE flow_basis (
                    number BIGINT PRIMARY KEY, place TEXT NOT NULL, document TEXT NOT NULL, at BIGINT NOT NULL,
                    by_name TEXT NOT NULL)
                """,
            ], appendOnlyTables: ["flow_basis"]),
    ]
}
