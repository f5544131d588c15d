public import Database

/// The table of long work. A kept file is a job's own: it goes when the job is forgotten.
public enum JobsMigrations {
    public static let all = [
        Migration(
            module: "jobs", number: 1, name: "jobs",
            statements: [
                """
                CREATE TABLE job (
                    id TEXT PRIMARY KEY, kind TEXT NOT NULL, once_key TEXT, title TEXT NOT NULL,
                    owner TEXT REFERENCES account (id), owner_name TEXT NOT NULL, parameters TEXT NOT NULL,
                    state TEXT NOT NULL, done BIGINT NOT NULL, total BIGINT, words TEXT NOT NULL, checkpoint TEXT,
                    tries BIGINT NOT NULL, not_before BIGINT NOT NULL,
                    holder TEXT, lease_until BIGINT, fence BIGINT NOT NULL, cancel_wanted_at BIGINT,
                    run_started_at BIGINT, run_started_done BIGINT NOT NULL,
                    result_words TEXT, result_subject TEXT, result_file TEXT REFERENCES stored_file (id),
                    problem TEXT, fault TEXT,
                    created_at BIGINT NOT NULL, started_at BIGINT, finished_at BIGINT, UNIQUE (kind, once_key))
                """,
                "CREATE INDEX job_state ON job (state, not_before)",
                "CREATE INDEX job_owner ON job (owner, id)",
                "CREATE INDEX job_result_file ON job (result_file)",
            ])
    ]
}
