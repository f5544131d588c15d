import Province
import PlanText
public import Database

/// The tables of communes' targets and their allocation.
///
/// Steps that supersede one of `plan` make what that module made before each target kept its own tables.
public enum TargetsMigrations {
    /// The name of the step that parts the numbers of decisions.
    static let signing = "decisions: number, symbol and signer as columns"

    public static let all = [
        Migration(
            module: "targets", number: 1, name: "targets of communes",
            statements: [
                // Every target a commune was ever given; the highest version of a commune and year holds.
                """
                CREATE TABLE commune_target (
                    commune TEXT NOT NULL, year BIGINT NOT NULL, version BIGINT NOT NULL, total BIGINT NOT NULL,
                    voluntary BIGINT NOT NULL, document TEXT NOT NULL, at BIGINT NOT NULL, account TEXT,
                    actor_name TEXT NOT NULL, PRIMARY KEY (commune, year, version))
                """
            ], appendOnlyTables: ["commune_target"], supersedes: .init("plan", 2)),
        Migration(
            module: "targets", number: 2, name: "allocation: proposals, scenarios, decisions",
            statements: [
                // What a commune proposes for its own target; the latest of a commune and year holds.
                """
                CREATE TABLE target_proposal (
                    id TEXT PRIMARY KEY, commune TEXT NOT NULL, year BIGINT NOT NULL, total BIGINT NOT NULL,
                    voluntary BIGINT NOT NULL, reason TEXT NOT NULL, conditions TEXT NOT NULL, at BIGINT NOT NULL,
                    account TEXT, actor_name TEXT NOT NULL)
                """,
                "CREATE INDEX target_proposal_year ON target_proposal (year, commune, id)",
                // The day until which proposals are asked for; the latest of a year holds.
                """
                CREATE TABLE proposal_call (
                    id TEXT PRIMARY KEY, year BIGINT NOT NULL, until TEXT NOT NULL, at BIGINT NOT NULL,
                    actor_name TEXT NOT NULL)
                """,
                // A way of splitting a year's target. `content` holds inputs, settings and notes as JSON: frozen with the
                // scenario, so that a decision can be worked out again. `scope` is `city` or a commune's code.
                """
                CREATE TABLE allocation_scenario (
                    id TEXT PRIMARY KEY, scope TEXT NOT NULL, year BIGINT NOT NULL, name TEXT NOT NULL,
                    content TEXT NOT NULL, state TEXT NOT NULL, created_at BIGINT NOT NULL, created_by TEXT,
                    created_by_name TEXT NOT NULL, version BIGINT NOT NULL, document TEXT, signed_on TEXT,
                    file TEXT REFERENCES stored_file (id), decided_at BIGINT, decided_by_name TEXT)
                """,
                "CREATE INDEX allocation_scenario_year ON allocation_scenario (scope, year, id)",
                // Each change with what stood before it: who changed what, and the way back.
                """
                CREATE TABLE allocation_change (
                    id TEXT PRIMARY KEY, scenario TEXT NOT NULL REFERENCES allocation_scenario (id),
                    at BIGINT NOT NULL, actor_name TEXT NOT NULL, words TEXT NOT NULL, before TEXT NOT NULL,
                    undone BIGINT NOT NULL)
                """,
                "CREATE INDEX allocation_change_scenario ON allocation_change (scenario, id)",
            ], appendOnlyTables: ["target_proposal", "proposal_call"], supersedes: .init("plan", 3)),
        Migration(
            module: "targets", number: 3, name: signing,
            statements: [
                "ALTER TABLE allocation_scenario ADD COLUMN signed_number BIGINT",
                "ALTER TABLE allocation_scenario ADD COLUMN signed_letter TEXT",
                "ALTER TABLE allocation_scenario ADD COLUMN signed_symbol TEXT",
                "ALTER TABLE allocation_scenario ADD COLUMN signer TEXT",
                "ALTER TABLE allocation_scenario ADD COLUMN signing_form TEXT",
                "ALTER TABLE allocation_scenario ADD COLUMN signer_position TEXT",
                "ALTER TABLE allocation_scenario RENAME COLUMN file TO signed_file",
                // `document` was “Quyết định 5012/QĐ-UBND ngày 20/11/2026”: 11 characters before the number, 16 behind it. The
                // number stays whole in `signed_symbol` unless it is digits, at most one letter, and a symbol.
                """
                UPDATE allocation_scenario SET signed_symbol = substr(document, 12, length(document) - 27)
                WHERE document IS NOT NULL AND substr(document, 1, 11) = 'Quyết định '
                    AND substr(document, length(document) - 15, 6) = ' ngày '
                """,
                "UPDATE allocation_scenario SET signed_symbol = document WHERE document IS NOT NULL AND signed_symbol IS NULL",
                """
                UPDATE allocation_scenario SET
                    signed_number = CAST(substr(signed_symbol, 1,
                        length(signed_symbol) - length(ltrim(signed_symbol, '0123456789'))) AS BIGINT),
                    signed_letter = CASE WHEN substr(ltrim(signed_symbol, '0123456789'), 1, 1) = '/' THEN ''
                        ELSE upper(substr(ltrim(signed_symbol, '0123456789'), 1, 1)) END,
                    signed_symbol = CASE WHEN substr(ltrim(signed_symbol, '0123456789'), 1, 1) = '/'
                        THEN ltrim(signed_symbol, '0123456789')
                        ELSE substr(ltrim(signed_symbol, '0123456789'), 2) END
                WHERE length(signed_symbol) - length(ltrim(signed_symbol, '0123456789')) BETWEEN 1 AND 8
                    AND substr(ltrim(signed_symbol, '0'), 1, 1) BETWEEN '1' AND '9'
                    AND length(ltrim(signed_symbol, '0123456789')) BETWEEN 3 AND 31
                    AND signed_symbol NOT LIKE '% %'
                    AND (substr(ltrim(signed_symbol, '0123456789'), 1, 1) = '/'
                        OR (substr(ltrim(signed_symbol, '0123456789'), 2, 1) = '/'
                            AND upper(substr(ltrim(signed_symbol, '0123456789'), 1, 1)) BETWEEN 'A' AND 'Z'))
                """,
                // Rows that may not be changed come again: those of a decision take its signing, the others keep their words.
                """
                CREATE TABLE commune_target_signed (
                    commune TEXT NOT NULL, year BIGINT NOT NULL, version BIGINT NOT NULL, total BIGINT NOT NULL,
                    voluntary BIGINT NOT NULL, source TEXT NOT NULL, signed_number BIGINT, signed_letter TEXT,
                    signed_symbol TEXT, signed_on TEXT, signer TEXT, signing_form TEXT, signer_position TEXT,
                    signed_file TEXT REFERENCES stored_file (id), at BIGINT NOT NULL, account TEXT,
                    actor_name TEXT NOT NULL, PRIMARY KEY (commune, year, version))
                """,
                """
                INSERT INTO commune_target_signed (commune, year, version, total, voluntary, source, signed_number,
                    signed_letter, signed_symbol, signed_on, signed_file, at, account, actor_name)
                SELECT t.commune, t.year, t.version, t.total, t.voluntary,
                    CASE WHEN s.id IS NULL THEN t.document ELSE '' END, s.signed_number, s.signed_letter,
                    s.signed_symbol, s.signed_on, s.signed_file, t.at, t.account, t.actor_name
                FROM commune_target t LEFT JOIN allocation_scenario s ON s.id = (
                    SELECT MAX(d.id) FROM allocation_scenario d WHERE d.scope = 'city' AND d.state = 'decided'
                        AND d.year = t.year AND d.document = t.document)
                """,
                "DROP TABLE commune_target", "ALTER TABLE commune_target_signed RENAME TO commune_target",
                "ALTER TABLE allocation_scenario DROP COLUMN document",
            ], appendOnlyTables: ["commune_target"]),
        Migration(
            module: "targets", number: 4, name: "targets: whether the compulsory part was given",
            statements: [
                // Targets given before nobody was asked: their compulsory part only follows from the total.
                "ALTER TABLE commune_target ADD COLUMN compulsory TEXT NOT NULL DEFAULT 'derived'"
            ]),
        Migration(
            module: "targets", number: 5, name: "targets that no longer hold, and what became of decisions",
            statements: [
                // A version of a target whose decision was withdrawn or corrected: the version before it holds again.
                """
                CREATE TABLE target_withdrawal (
                    commune TEXT NOT NULL, year BIGINT NOT NULL, version BIGINT NOT NULL, reason TEXT NOT NULL,
                    at BIGINT NOT NULL, account TEXT, actor_name TEXT NOT NULL, PRIMARY KEY (commune, year, version))
                """,
                // Each decision made of a scenario, corrected or withdrawn, in words.
                """
                CREATE TABLE allocation_event (
                    id TEXT PRIMARY KEY, scenario TEXT NOT NULL REFERENCES allocation_scenario (id),
                    kind TEXT NOT NULL, words TEXT NOT NULL, at BIGINT NOT NULL, account TEXT,
                    actor_name TEXT NOT NULL)
                """,
                "CREATE INDEX allocation_event_scenario ON allocation_event (scenario, id)",
            ], appendOnlyTables: ["target_withdrawal", "allocation_event"]),
    ]
}
