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
            ])
    ]
}
