import Testing

/// A table belongs to the target whose migrations create it; nobody else's SQL names it.
@Suite
struct TableOwnershipTests {
    /// Backups ask whether a database is in use, and copy all tables by their list.
    static let exempt: Set<String> = ["Sources/Assembly/BackupFile.swift"]
    /// The port and its engines speak SQL without tables of their own.
    static let engines: Set<String> = ["Database", "DatabaseSQLite", "DatabasePostgreSQL"]

    struct Use: Hashable, CustomStringConvertible {
        let target: String
        let table: String
        let file: String
        var description: String { "\(target) names \(table) in \(file)" }
    }

    /// The targets that create each table.
    static func owners() throws -> [String: Set<String>] {
        var owners: [String: Set<String>] = [:]
        for file in Repository.files(under: "Sources", endingIn: ".swift") where file.contains("Migrations") {
            for literal in SwiftText.literals(in: try Repository.text(file)) where literal.contains("CREATE TABLE") {
                for made in literal.matches(of: /CREATE TABLE (?:IF NOT EXISTS )?([a-z_0-9]+)/) {
                    owners[String(made.1), default: []].insert(target(of: file))
                }
            }
        }
        return owners
    }

    private static func target(of file: String) -> String { String(file.split(separator: "/")[1]) }

    /// Tables that the same text drops. The one way in which rows change their owner: the old owner's step hands them to the
    /// new owner's table, and drops its own.
    static func handovers(in text: String) -> Set<String> {
        guard text.contains("DROP TABLE") else { return [] }
        return Set(
            SwiftText.literals(in: text).flatMap { $0.matches(of: /DROP TABLE ([a-z_0-9]+)/).map { String($0.1) } })
    }

    /// The names that stand where SQL wants a table.
    static func tables(in sql: String) -> [String] {
        // An expression is parsed anew each time: most literals hold no SQL.
        guard ["FROM", "JOIN", "INTO", "UPDATE", "TABLE", "INDEX", "TRIGGER"].contains(where: sql.contains) else {
            return []
        }
        var found: [Substring] = sql.matches(
            of: /\b(?:FROM|JOIN|INTO|UPDATE|TABLE(?:\s+IF(?:\s+NOT)?\s+EXISTS)?)\s+([a-z_0-9]+)/
        ).map(\.1)
        found += sql.matches(of: /\b(?:INDEX|TRIGGER)\b.*?\sON\s+([a-z_0-9]+)/.dotMatchesNewlines()).map(\.1)
        // FROM a x, b y
        for list in sql.matches(
            of: /\bFROM\s+[a-z_0-9]+(?:\s+(?:AS\s+)?[a-z_0-9]+)?((?:\s*,\s*[a-z_0-9]+(?:\s+[a-z_0-9]+)?)+)/)
        {
            found += list.1.matches(of: /,\s*([a-z_0-9]+)/).map(\.1)
        }
        return found.map(String.init)
    }

    static func uses(in text: String) -> Set<String> {
        var found: Set<String> = []
        let handedOver = handovers(in: text)
        for literal in SwiftText.literals(in: text) {
            let isHandover = handedOver.contains { literal.contains("FROM \($0)") && literal.contains("INSERT INTO") }
            // Of a hand-over only the table that rows come from: it is the owner's.
            found.formUnion(isHandover ? tables(in: literal).filter { handedOver.contains($0) } : tables(in: literal))
        }
        // Rows in bulk name their table alone.
        found.formUnion(text.matches(of: /\.load\(\s*"([a-z_0-9]+)"/).map { String($0.1) })
        return found
    }

    @Test
    func `names of tables are found wherever SQL wants one`() {
        let text = #"""
            let a = "SELECT x FROM task t, product p WHERE EXISTS (SELECT 1 FROM account)"
            let b = """
                INSERT INTO session (id) VALUES (?)
                """ + "DELETE FROM \(place) WHERE \(x ? "a" : "JOIN outbox o")"
            // "FROM nowhere"
            _ = try c.load("figure_entry", columns: [], rows: []); "UPDATE obstacle SET a = ?"
            "ALTER TABLE invitation ADD COLUMN x TEXT"; "DROP TABLE IF EXISTS receipt"
            "CREATE UNIQUE INDEX i ON audit_head (one)"
            """#
        #expect(
            Self.uses(in: text) == [
                "task", "product", "account", "session", "outbox", "figure_entry", "obstacle", "invitation", "receipt",
                "audit_head",
            ])
    }

    @Test
    func `rows may be handed to another owner by a step that drops their table, not otherwise`() {
        let move = #"let a = "INSERT INTO letter (id) SELECT id FROM outbox""#
        #expect(Self.uses(in: move) == ["letter", "outbox"])
        #expect(Self.uses(in: move + #"; let b = "DROP TABLE outbox""#) == ["outbox"])
    }

    @Test
    func `every table is created by one target`() throws {
        let owners = try Self.owners()
        #expect(owners.count > 30)
        for (table, targets) in owners { #expect(targets.count == 1, "\(table): \(targets.sorted())") }
    }

    @Test
    func `a target's SQL names its own tables only`() throws {
        let owners = try Self.owners()
        var foreign: Set<Use> = []
        for file in Repository.files(under: "Sources", endingIn: ".swift") {
            let target = Self.target(of: file)
            guard !Self.exempt.contains(file) else { continue }
            for table in Self.uses(in: try Repository.text(file)) {
                if let owner = owners[table], !owner.contains(target) {
                    foreign.insert(Use(target: target, table: table, file: file))
                }
            }
        }
        #expect(foreign.isEmpty, "give the owner a function for it")
    }

    /// A condition handed to the owner of a table says its columns as well as a statement does.
    @Test
    func `a target without tables writes no conditions`() throws {
        let owners = Set(try Self.owners().values.flatMap { $0 }).union(Self.engines)
        #expect(Self.conditions(in: #"f("p.month = ? AND b IN (?)")"#) == ["month", "b"])
        var found: [String] = []
        for file in Repository.files(under: "Sources", endingIn: ".swift")
        where !owners.contains(Self.target(of: file)) && !Self.exempt.contains(file) {
            for column in Self.conditions(in: try Repository.text(file)) { found.append("\(file): \(column)") }
        }
        #expect(found == [], "give the owner a function for it")
    }

    static func conditions(in text: String) -> [String] {
        SwiftText.literals(in: text).flatMap {
            $0.matches(of: /([a-z_]+)\s+(?:=|<>|<=?|>=?|LIKE|IN)\s+\(?\?/).map { String($0.1) }
        }
    }
}
