import PlanText
public import Database

/// The tables of the plan's work.
///
/// Steps that supersede one of `plan` make what that module made before each target kept its own tables.
public enum WorkMigrations {
    public static let all = [
        Migration(
            module: "work", number: 1, name: "work, products, amendments of the plan, obstacles, reminders",
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
            ], supersedes: .init("plan", 1)),
        Migration(
            module: "work", number: 2, name: "the day by which an obstacle is to be answered",
            statements: ["ALTER TABLE obstacle ADD COLUMN answer_due TEXT"]),
        Migration(
            module: "work", number: 3, name: "tables of agencies' units",
            statements: [
                // The table itself is the file; `state` repeats what was decided about it.
                """
                CREATE TABLE unit_list (
                    id TEXT PRIMARY KEY, state TEXT NOT NULL, file TEXT NOT NULL REFERENCES stored_file (id),
                    entered_at BIGINT NOT NULL, entered_by TEXT NOT NULL, entered_by_name TEXT NOT NULL,
                    kept_at BIGINT, summary TEXT NOT NULL)
                """,
                "CREATE INDEX unit_list_state ON unit_list (state, kept_at)",
            ]),
        Migration(
            module: "work", number: 4, name: "the outbox goes to the notices",
            statements: [
                """
                INSERT INTO letter (id, account, day, number, at_once, subject, body, created_at, recipient, sent_at,
                    attempts, problem)
                SELECT id, account, day, 1, 0, subject, body, created_at, recipient, sent_at, attempts, problem
                FROM outbox_message
                """,
                "DROP TABLE outbox_message",
            ]),
        // Overrides made before hold from the day they were made.
        Migration(
            module: "work", number: 5, name: "the day from which a rule of deadlines holds",
            statements: ["ALTER TABLE deadline_override ADD COLUMN since TEXT"]),
        Migration(
            module: "work", number: 6, name: "groups of obstacles, as the report on them has them",
            statements: ["ALTER TABLE obstacle ADD COLUMN report_group TEXT NOT NULL DEFAULT ''"]),
        Migration(
            module: "work", number: 7, name: "what waits for a reviewer is found without looking at all work",
            statements: ["CREATE INDEX task_instance_superior ON task_instance (superior, state)"]),
    ]
}
