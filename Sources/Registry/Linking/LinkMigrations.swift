import Database

/// The tables of links between persons that no number proves.
enum LinkMigrations {
    static let all = [
        Migration(
            module: "registry-links", number: 1, name: "the link index, links and doubtful pairs, decisions, models",
            statements: [
                // A core is what equal numbers, agreeing names and decisions join; it is named by its first record. `faces` is
                // what it can be compared by, `numbers` its blind indexes, `apart` the decisions that part its records from others.
                """
                CREATE TABLE link_core (
                    core BIGINT PRIMARY KEY, entity BIGINT NOT NULL, faces TEXT NOT NULL, numbers BYTEA NOT NULL,
                    apart TEXT NOT NULL)
                """,
                "CREATE INDEX link_core_entity ON link_core (entity)",
                "CREATE TABLE link_key (key BIGINT NOT NULL, core BIGINT NOT NULL, PRIMARY KEY (key, core))",
                // Cores that a model finds alike.
                """
                CREATE TABLE link_pair (
                    low BIGINT NOT NULL, high BIGINT NOT NULL, weight DOUBLE PRECISION NOT NULL, kinds TEXT NOT NULL,
                    most TEXT NOT NULL, state TEXT NOT NULL, PRIMARY KEY (low, high))
                """,
                "CREATE INDEX link_pair_high ON link_pair (high)",
                "CREATE INDEX link_pair_state ON link_pair (state, weight)",
                // What waits to be linked: records that came, and persons that changed as a whole.
                """
                CREATE TABLE link_waiting (
                    place BIGINT PRIMARY KEY, kind TEXT NOT NULL, face TEXT NOT NULL, numbers BYTEA NOT NULL)
                """,
                // `reweighs` where another model came.
                "CREATE TABLE link_waiting_entity (entity BIGINT PRIMARY KEY, reweighs BIGINT NOT NULL)",
                "INSERT INTO link_waiting_entity (entity, reweighs) SELECT DISTINCT entity, 0 FROM membership WHERE subject = 'person'",
                // What people decided of two records, as it stands; the events are its history.
                """
                CREATE TABLE link_decision (
                    one BIGINT NOT NULL, other BIGINT NOT NULL, answer TEXT NOT NULL, state TEXT NOT NULL,
                    weight DOUBLE PRECISION NOT NULL, kinds TEXT NOT NULL, found TEXT NOT NULL, event BIGINT NOT NULL,
                    PRIMARY KEY (one, other))
                """,
                "CREATE INDEX link_decision_other ON link_decision (other)",
                "CREATE INDEX link_decision_state ON link_decision (state, answer)",
                """
                CREATE TABLE link_decision_event (
                    number BIGINT PRIMARY KEY, one BIGINT NOT NULL, other BIGINT NOT NULL, kind TEXT NOT NULL,
                    answer TEXT NOT NULL, words TEXT NOT NULL, account TEXT NOT NULL, by_name TEXT NOT NULL,
                    at BIGINT NOT NULL)
                """,
                "CREATE INDEX link_decision_event_pair ON link_decision_event (one, other)",
                // Trained models by pair of kinds; the last of a pair is in force.
                """
                CREATE TABLE link_model (
                    number BIGINT PRIMARY KEY, kinds TEXT NOT NULL, version BIGINT NOT NULL, model TEXT NOT NULL,
                    shares TEXT NOT NULL, pairs BIGINT NOT NULL, matches BIGINT NOT NULL, trained_at BIGINT NOT NULL,
                    trained_by TEXT NOT NULL)
                """,
                "CREATE INDEX link_model_kinds ON link_model (kinds, version)",
            ], appendOnlyTables: ["link_decision_event", "link_model"])
    ]
}
