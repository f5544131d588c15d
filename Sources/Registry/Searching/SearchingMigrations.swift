import Database

/// The index by which persons and employers are found. All of it can be made anew from the records.
enum SearchingMigrations {
    static let all = [
        Migration(
            module: "registry-search", number: 1, name: "the index of names and telephones of the register",
            statements: [
                // Who bears which name, in which years of birth and which communes; `name` is the name's hash
                // (``NameHash``), the year 0 where it is not known, the commune '' where no row names one.
                """
                CREATE TABLE searched_name (
                    entity BIGINT NOT NULL, name BIGINT NOT NULL, year BIGINT NOT NULL, commune TEXT NOT NULL,
                    PRIMARY KEY (entity, name, year, commune))
                """,
                "CREATE INDEX searched_name_year ON searched_name (name, year, commune, entity)",
                "CREATE INDEX searched_name_commune ON searched_name (name, commune, year, entity)",
                // Who was born in a year and lives in a commune is a short list, whatever the name.
                "CREATE INDEX searched_name_born ON searched_name (commune, year, name, entity)",
                // Each name once, however many bear it, and the words it is found by. Terms are bytes, so that both
                // engines order them alike.
                "CREATE TABLE searched_text (name BIGINT PRIMARY KEY, subject TEXT NOT NULL, text TEXT NOT NULL)",
                "CREATE TABLE searched_term (term BYTEA NOT NULL, name BIGINT NOT NULL, PRIMARY KEY (term, name))",
                // In how many names a word stands: which of several words is the rare one.
                "CREATE TABLE searched_word (term BYTEA PRIMARY KEY, names BIGINT NOT NULL)",
                // Telephones identify nobody, so `identity` has none; they find.
                """
                CREATE TABLE searched_phone (
                    number BYTEA NOT NULL, entity BIGINT NOT NULL, PRIMARY KEY (number, entity))
                """,
                "CREATE INDEX searched_phone_entity ON searched_phone (entity)",
            ]),
        Migration(
            module: "registry-search", number: 2, name: "whoever is told by year or commune is one look away",
            statements: [
                "DROP TABLE searched_name",
                "DELETE FROM searched_text",
                "DELETE FROM searched_term",
                "DELETE FROM searched_word",
                // `spoken` is the name as it is said, without accents; `called` the given name and the surname behind it. Both are
                // bytes, so that both engines order them alike, and empty of employers.
                """
                CREATE TABLE searched_name (
                    entity BIGINT NOT NULL, name BIGINT NOT NULL, year BIGINT NOT NULL, commune TEXT NOT NULL,
                    spoken BYTEA NOT NULL, called BYTEA NOT NULL, PRIMARY KEY (entity, name, year, commune))
                """,
                "CREATE INDEX searched_name_name ON searched_name (name, year, commune, entity)",
                // Of a year or a commune all who begin with the words that were typed stand together.
                "CREATE INDEX searched_name_year ON searched_name (year, spoken, commune, entity)",
                "CREATE INDEX searched_name_commune ON searched_name (commune, spoken, year, entity)",
                "CREATE INDEX searched_name_year_called ON searched_name (year, called, commune, entity)",
                "CREATE INDEX searched_name_commune_called ON searched_name (commune, called, year, entity)",
                """
                INSERT INTO touched_entity (entity) SELECT DISTINCT entity FROM membership WHERE 1 = 1
                ON CONFLICT (entity) DO NOTHING
                """,
            ]),
    ]
}
