public import Database

/// The tables of the plan's work.
public enum PlanMigrations {
    public static let all = [
        Migration(
            module: "plan", number: 1, name: "work, products, obstacles, reminders",
            statements: [
                // One piece of work: a task, a lead, a period. `state` and the days beside it repeat the last decisive
                // event of `instance_event`, written in the same transaction, so that lists need no history. `due_key` is `due`, or 9999-12-31 without one.
                """
                CREATE TABLE task_instance (
                    id TEXT PRIMARY KEY, task TEXT NOT NULL, task_order BIGINT NOT NULL, lead TEXT NOT NULL,
                    lead_kind TEXT NOT NULL, superior TEXT, period TEXT NOT NULL, year BIGINT NOT NULL,
                    opens_on TEXT NOT NULL, scheduled_due TEXT, due TEXT, due_key TEXT NOT NULL,
                    due_origin TEXT NOT NULL,
                    state TEXT NOT NULL, submitted_on TEXT, decided_on TEXT, note TEXT NOT NULL,
                    extension_day TEXT, extension_reason TEXT, withdrawn_at BIGINT, version BIGINT NOT NULL)
                """,
                "CREATE INDEX task_instance_year ON task_instance (year, due_key, task_order, lead)",
                "CREATE INDEX task_instance_lead ON task_instance (lead, due_key)",
                "CREATE INDEX task_instance_task ON task_instance (task, year)",
                """
                CREATE TABLE instance_event (
                    id TEXT PRIMARY KEY, instance TEXT NOT NULL REFERENCES task_instance (id), at BIGINT NOT NULL,
                    account TEXT, actor_name TEXT NOT NULL, kind TEXT NOT NULL, day TEXT, note TEXT NOT NULL)
                """,
                "CREATE INDEX instance_event_instance ON instance_event (instance, id)",
                """
                CREATE TABLE stored_file (
                    id TEXT PRIMARY KEY, sha256 TEXT NOT NULL, name TEXT NOT NULL, media_type TEXT NOT NULL,
                    size BIGINT NOT NULL, added_at BIGINT NOT NULL, added_by TEXT)
                """,
                """
                CREATE TABLE stored_file_part (
                    file TEXT NOT NULL REFERENCES stored_file (id), position BIGINT NOT NULL, bytes BYTEA NOT NULL,
                    PRIMARY KEY (file, position))
                """,
                """
                CREATE TABLE product (
                    id TEXT PRIMARY KEY, instance TEXT NOT NULL REFERENCES task_instance (id), slot BIGINT NOT NULL,
                    kind TEXT NOT NULL, personal BIGINT NOT NULL, number_symbol TEXT, issued_on TEXT,
                    summary TEXT NOT NULL, figure TEXT, source TEXT, row_count BIGINT,
                    file TEXT REFERENCES stored_file (id), added_at BIGINT NOT NULL, added_by TEXT,
                    added_by_name TEXT NOT NULL, replaced_at BIGINT)
                """,
                "CREATE INDEX product_instance ON product (instance, slot)",
                "CREATE INDEX product_file ON product (file)",
                """
                CREATE TABLE work_step (
                    id TEXT PRIMARY KEY, instance TEXT NOT NULL REFERENCES task_instance (id), text TEXT NOT NULL,
                    planned_for TEXT, added_at BIGINT NOT NULL, added_by_name TEXT NOT NULL, done_at BIGINT,
                    done_by_name TEXT)
                """,
                "CREATE INDEX work_step_instance ON work_step (instance, id)",
                """
                CREATE TABLE deadline_override (
                    id TEXT PRIMARY KEY, task TEXT NOT NULL, phrase TEXT, reason TEXT NOT NULL, at BIGINT NOT NULL,
                    account TEXT, actor_name TEXT NOT NULL)
                """,
                "CREATE INDEX deadline_override_task ON deadline_override (task, id)",
                // Every value a setting ever had; the latest row of a key holds.
                """
                CREATE TABLE plan_setting (
                    id TEXT PRIMARY KEY, key TEXT NOT NULL, value TEXT, source TEXT NOT NULL, as_of TEXT,
                    at BIGINT NOT NULL, account TEXT, actor_name TEXT NOT NULL)
                """,
                "CREATE INDEX plan_setting_key ON plan_setting (key, id)",
                "CREATE TABLE plan_load (one BIGINT PRIMARY KEY, plan TEXT NOT NULL, digest TEXT NOT NULL, at BIGINT NOT NULL)",
                """
                CREATE TABLE obstacle (
                    id TEXT PRIMARY KEY, at BIGINT NOT NULL, account TEXT NOT NULL, sender_name TEXT NOT NULL,
                    unit TEXT, page TEXT NOT NULL, task TEXT, title TEXT NOT NULL, text TEXT NOT NULL,
                    merged_into TEXT REFERENCES obstacle (id), assigned_to TEXT, answer TEXT, legal_basis TEXT,
                    answered_at BIGINT, answered_by_name TEXT, searched TEXT NOT NULL, version BIGINT NOT NULL)
                """,
                "CREATE INDEX obstacle_account ON obstacle (account, id)",
                "CREATE INDEX obstacle_merged ON obstacle (merged_into)",
                """
                CREATE TABLE outbox_message (
                    id TEXT PRIMARY KEY, account TEXT NOT NULL, day TEXT NOT NULL, subject TEXT NOT NULL,
                    body TEXT NOT NULL, created_at BIGINT NOT NULL, recipient TEXT, sent_at BIGINT,
                    attempts BIGINT NOT NULL, problem TEXT, UNIQUE (account, day))
                """,
                """
                CREATE TABLE reminder (
                    account TEXT NOT NULL, instance TEXT NOT NULL REFERENCES task_instance (id), day TEXT NOT NULL,
                    milestone BIGINT NOT NULL, PRIMARY KEY (account, instance, day))
                """,
                "CREATE TABLE reminder_run (one BIGINT PRIMARY KEY, day TEXT NOT NULL)",
            ]),
        Migration(
            module: "plan", number: 2, name: "targets of communes, residential groups",
            statements: [
                // Every target a commune was ever given; the highest version of a commune and year holds.
                """
                CREATE TABLE commune_target (
                    commune TEXT NOT NULL, year BIGINT NOT NULL, version BIGINT NOT NULL, total BIGINT NOT NULL,
                    voluntary BIGINT NOT NULL, document TEXT NOT NULL, at BIGINT NOT NULL, account TEXT,
                    actor_name TEXT NOT NULL, PRIMARY KEY (commune, year, version))
                """,
                """
                CREATE TABLE residential_group (
                    id TEXT PRIMARY KEY, commune TEXT NOT NULL, position BIGINT NOT NULL, name TEXT NOT NULL,
                    households BIGINT, people BIGINT, year BIGINT, voluntary_target BIGINT, voluntary_now BIGINT,
                    counted_on TEXT, updated_at BIGINT NOT NULL, updated_by_name TEXT NOT NULL, version BIGINT NOT NULL,
                    removed_at BIGINT)
                """,
                "CREATE INDEX residential_group_commune ON residential_group (commune, position)",
            ], appendOnlyTables: ["commune_target"]),
        Migration(
            module: "plan", number: 3, name: "allocation: proposals, scenarios, decisions",
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
            ], appendOnlyTables: ["target_proposal", "proposal_call"]),
    ]
}
