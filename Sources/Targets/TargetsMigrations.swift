import Province
import PlanText
public import Database

/// The tables of communes' targets and their allocation.
///
/// Steps that supersede one of `plan` make what that module made before each target kept its own tables.
public enum TargetsMigrations {
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
    ]
}
