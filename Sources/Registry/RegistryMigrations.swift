public import Database

/// The tables of delivered records and of whom they belong to.
public enum RegistryMigrations {
    public static let all =
        [
            Migration(
                module: "registry", number: 1, name: "records, whom they belong to, the keys that seal their numbers",
                statements: [
                    // `place` is delivery and ordinal in one number (RecordPlace). `fields` are those that anybody with a right to
                    // the record may read, as JSON; `sealed` the others with what was put right in the row; `numbers` their blind
                    // indexes. The commune is '' where the row names none.
                    """
                    CREATE TABLE record (
                        commune TEXT NOT NULL, place BIGINT NOT NULL, sheet TEXT NOT NULL, line BIGINT NOT NULL,
                        kind TEXT NOT NULL, name TEXT NOT NULL, fields TEXT NOT NULL, numbers BYTEA NOT NULL,
                        sealed BYTEA, PRIMARY KEY (commune, place))
                    """,
                    // Which person or employer a record in force belongs to; an entity is named by the place of its first record.
                    """
                    CREATE TABLE membership (
                        place BIGINT PRIMARY KEY, commune TEXT NOT NULL, subject TEXT NOT NULL, entity BIGINT NOT NULL)
                    """,
                    "CREATE INDEX membership_entity ON membership (entity)",
                    "CREATE INDEX membership_commune ON membership (commune, subject, entity)",
                    // Under which name a number came: the compact index that new records are compared with.
                    """
                    CREATE TABLE identity (
                        number BYTEA NOT NULL, name TEXT NOT NULL, entity BIGINT NOT NULL, PRIMARY KEY (number, name))
                    """,
                    """
                    CREATE TABLE entity_change (
                        number BIGINT PRIMARY KEY, kind TEXT NOT NULL, earlier BIGINT NOT NULL, later BIGINT NOT NULL,
                        delivery BIGINT NOT NULL, at BIGINT NOT NULL)
                    """,
                    "CREATE INDEX entity_change_earlier ON entity_change (earlier)",
                    "CREATE INDEX entity_change_later ON entity_change (later)",
                    // Which keys have sealed something: without any of them the register is closed.
                    "CREATE TABLE register_key (id TEXT PRIMARY KEY, first_used_at BIGINT NOT NULL)",
                ], appendOnlyTables: ["entity_change"])
        ] + [IdentityIndex.migration] + LinkMigrations.all + PeopleMigrations.all + SearchingMigrations.all
        + [EntityMarks.migration]
}
