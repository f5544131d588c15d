public import Database

/// The tables of the index. All of it can be made anew from what it speaks of.
public enum SearchMigrations {
    public static let all = [
        Migration(
            module: "search", number: 1, name: "the index of what is searched for",
            statements: [
                // `text` holds the words of a thing in their order, `places` the marks of those who may find it, each
                // between spaces.
                """
                CREATE TABLE search_entry (
                    kind TEXT NOT NULL, key TEXT NOT NULL, places TEXT NOT NULL, newness BIGINT NOT NULL,
                    text TEXT NOT NULL, PRIMARY KEY (kind, key))
                """,
                "CREATE INDEX search_entry_newness ON search_entry (kind, newness, key)",
                """
                CREATE TABLE search_word (
                    kind TEXT NOT NULL, word TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (kind, word, key))
                """,
                "CREATE INDEX search_word_key ON search_word (kind, key)",
                // Up to which entry of the audit trail the index tells what is so.
                "CREATE TABLE search_state (one BIGINT PRIMARY KEY, layout BIGINT NOT NULL, sequence BIGINT NOT NULL)",
            ])
    ]
}
