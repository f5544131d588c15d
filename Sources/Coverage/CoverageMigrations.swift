public import Database

/// The tables of reviews.
public enum CoverageMigrations {
    public static let all = [
        Migration(
            module: "coverage", number: 1, name: "reviews of the register: runs, rows, counts",
            statements: [
                // One review of the register as of a day. `mark` is how far the register was worked out when it looked.
                """
                CREATE TABLE review_run (
                    number BIGINT PRIMARY KEY, name TEXT NOT NULL, day TEXT NOT NULL, tax_year BIGINT NOT NULL,
                    law TEXT NOT NULL, tables TEXT NOT NULL, mark BIGINT NOT NULL, is_whole BIGINT NOT NULL,
                    looked BIGINT NOT NULL, state TEXT NOT NULL, stages TEXT NOT NULL, job TEXT NOT NULL,
                    began_at BIGINT NOT NULL, ended_at BIGINT, by_name TEXT NOT NULL)
                """,
                "CREATE UNIQUE INDEX review_run_name ON review_run (name)",
                // Whoever was looked at last. `payer` is the code of one whom no list of employers names, of no bytes otherwise.
                """
                CREATE TABLE review_subject (
                    employer BIGINT PRIMARY KEY, payer BYTEA NOT NULL, name TEXT NOT NULL, commune TEXT NOT NULL,
                    industry TEXT NOT NULL, declared BIGINT NOT NULL, declared_insured BIGINT NOT NULL,
                    insured BIGINT NOT NULL, holds_until TEXT NOT NULL, seen_run BIGINT NOT NULL)
                """,
                "CREATE INDEX review_subject_holds ON review_subject (holds_until)",
                "CREATE INDEX review_subject_seen ON review_subject (seen_run)",
                // The codes that what was said of an employer rests on.
                """
                CREATE TABLE review_unit (unit BYTEA NOT NULL, employer BIGINT NOT NULL, PRIMARY KEY (unit, employer))
                """,
                "CREATE INDEX review_unit_employer ON review_unit (employer)",
                // What runs say: a row holds from one run on until another (0 while it goes on). The person is 0 for the
                // employer by itself.
                """
                CREATE TABLE review_row (
                    employer BIGINT NOT NULL, person BIGINT NOT NULL, review TEXT NOT NULL, from_run BIGINT NOT NULL,
                    until_run BIGINT NOT NULL, commune TEXT NOT NULL, class TEXT NOT NULL, is_lead BIGINT NOT NULL,
                    certainty TEXT NOT NULL, reason TEXT NOT NULL, facts TEXT NOT NULL, evidence TEXT NOT NULL,
                    PRIMARY KEY (employer, person, review, from_run))
                """,
                "CREATE INDEX review_row_lead ON review_row (until_run, is_lead, commune, class)",
                "CREATE INDEX review_row_from ON review_row (from_run)",
                // Persons who were doubtful when the last run looked.
                "CREATE TABLE review_doubt (person BIGINT PRIMARY KEY)",
                """
                CREATE TABLE review_count (
                    run BIGINT NOT NULL, review TEXT NOT NULL, class TEXT NOT NULL, commune TEXT NOT NULL,
                    industry TEXT NOT NULL, size TEXT NOT NULL, is_lead BIGINT NOT NULL, rows_counted BIGINT NOT NULL,
                    employers BIGINT NOT NULL, PRIMARY KEY (run, review, class, commune, industry, size))
                """,
                // From a source list to leads, step by step.
                """
                CREATE TABLE review_step (
                    run BIGINT NOT NULL, source TEXT NOT NULL, step TEXT NOT NULL, commune TEXT NOT NULL,
                    rows_counted BIGINT NOT NULL, PRIMARY KEY (run, source, step, commune))
                """,
            ])
    ]
}
