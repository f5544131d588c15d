public import Database

/// The tables of the province that its people keep.
///
/// Steps that supersede one of `plan` make what that module made before each target kept its own tables.
public enum ProvinceMigrations {
    public static let all = [
        Migration(
            module: "province", number: 1, name: "residential groups",
            statements: [
                """
                CREATE TABLE residential_group (
                    id TEXT PRIMARY KEY, commune TEXT NOT NULL, position BIGINT NOT NULL, name TEXT NOT NULL,
                    households BIGINT, people BIGINT, year BIGINT, voluntary_target BIGINT, voluntary_now BIGINT,
                    counted_on TEXT, updated_at BIGINT NOT NULL, updated_by_name TEXT NOT NULL, version BIGINT NOT NULL,
                    removed_at BIGINT)
                """,
                "CREATE INDEX residential_group_commune ON residential_group (commune, position)",
            ], supersedes: .init("plan", 2)),
        Migration(
            module: "province", number: 2, name: "units of agencies",
            statements: [
                """
                CREATE TABLE agency_unit (
                    code TEXT PRIMARY KEY, agency TEXT NOT NULL, position BIGINT NOT NULL, name TEXT NOT NULL,
                    kind TEXT NOT NULL, communes TEXT NOT NULL, superior TEXT, body_above TEXT, symbol TEXT, head TEXT,
                    deputy TEXT, place TEXT, since TEXT, former BIGINT NOT NULL, UNIQUE (agency, position))
                """
            ]),
        Migration(
            module: "province", number: 3, name: "who agencies are in documents",
            statements: [
                // Each statement whole; of those that have begun the latest day holds, of one day the latest row.
                """
                CREATE TABLE agency_identity (
                    id TEXT PRIMARY KEY, agency TEXT NOT NULL, since TEXT NOT NULL, name TEXT, body_above TEXT,
                    symbol TEXT, head TEXT, deputy TEXT, collective TEXT, place TEXT, reason TEXT NOT NULL,
                    at BIGINT NOT NULL, account TEXT NOT NULL, actor_name TEXT NOT NULL)
                """,
                "CREATE INDEX agency_identity_agency ON agency_identity (agency, since, id)",
            ], appendOnlyTables: ["agency_identity"]),
        Migration(
            module: "province", number: 4, name: "borders of communes",
            statements: [
                """
                CREATE TABLE commune_boundaries (
                    id TEXT PRIMARY KEY, file_name TEXT NOT NULL, content TEXT NOT NULL, entered_at BIGINT NOT NULL,
                    entered_by TEXT NOT NULL, entered_by_name TEXT NOT NULL, kept_at BIGINT)
                """
            ]),
    ]
}
