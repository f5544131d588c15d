public import Database

/// The table of what persons ask about their data.
public enum SubjectMigrations {
    public static let all = [
        Migration(
            module: "exchange-persons", number: 1, name: "requests of data subjects",
            statements: [
                // `sealed` holds who asks (SubjectRequest.Person).
                """
                CREATE TABLE subject_request (
                    number BIGINT PRIMARY KEY, kind TEXT NOT NULL, received_on TEXT NOT NULL,
                    through_others BIGINT NOT NULL, about TEXT NOT NULL, sealed BYTEA NOT NULL, state TEXT NOT NULL)
                """,
                """
                CREATE TABLE subject_request_event (
                    request BIGINT NOT NULL REFERENCES subject_request (number), step BIGINT NOT NULL,
                    kind TEXT NOT NULL, words TEXT NOT NULL, at BIGINT NOT NULL, by_name TEXT NOT NULL,
                    PRIMARY KEY (request, step))
                """,
            ], appendOnlyTables: ["subject_request_event"])
    ]
}
