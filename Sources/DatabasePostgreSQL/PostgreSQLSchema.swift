import Database

// Rules and catalogues in PostgreSQL's own words.
extension PostgreSQLConnection {
    func forbidChanges(to table: String) throws {
        try execute(
            """
            CREATE OR REPLACE FUNCTION baophu_new_rows_only() RETURNS trigger LANGUAGE plpgsql AS
            'BEGIN RAISE EXCEPTION ''% takes new rows only'', TG_TABLE_NAME USING ERRCODE = ''23000''; END'
            """, [])
        try execute(
            """
            CREATE TRIGGER \(quoted(table + "_new_rows_only")) BEFORE UPDATE OR DELETE OR TRUNCATE ON \(quoted(table))
            FOR EACH STATEMENT EXECUTE FUNCTION baophu_new_rows_only()
            """, [])
    }

    func tableNames() throws -> [String] {
        try rows(
            """
            SELECT table_name FROM information_schema.tables
            WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY table_name
            """, []
        ).map { try $0.text("table_name") }
    }

    func columnNames(of table: String) throws -> [String] {
        try rows(
            """
            SELECT column_name FROM information_schema.columns
            WHERE table_schema = current_schema() AND table_name = ? ORDER BY ordinal_position
            """, [.text(table)]
        ).map { try $0.text("column_name") }
    }

    func integrityProblems() throws -> [String] {
        // PostgreSQL checks its constraints itself; what it can tell is constraints that were left unvalidated.
        try rows("SELECT conname FROM pg_constraint WHERE NOT convalidated ORDER BY conname", [])
            .map { "constraint \(try $0.text("conname")) was never validated" }
    }

    func quoted(_ identifier: String) -> String {
        "\"" + identifier.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
