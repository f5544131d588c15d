import Assembly
import Testing

/// Where a database may be, as people write it.
@Suite
struct DatabaseLocationTests {
    static let files: [(text: String, path: String)] = [
        ("data/baophu.sqlite", "data/baophu.sqlite"), ("/var/lib/a b.sqlite", "/var/lib/a b.sqlite"),
        (" a.sqlite\n", "a.sqlite"), ("./2026:10.sqlite", "./2026:10.sqlite"), ("d/a:b", "d/a:b"),
        ("ngày/10%.sqlite", "ngày/10%.sqlite"),
        ("sqlite:///var/lib/a.sqlite", "/var/lib/a.sqlite"), ("sqlite:/var/lib/a.sqlite", "/var/lib/a.sqlite"),
        ("sqlite:data/a.sqlite", "data/a.sqlite"), ("SQLite:a.sqlite", "a.sqlite"),
        ("file:///var/lib/a.sqlite", "/var/lib/a.sqlite"), ("file://localhost/var/a.sqlite", "/var/a.sqlite"),
        ("file:a.sqlite", "a.sqlite"), ("file:/tmp/s%E1%BB%91%20li%E1%BB%87u.sqlite", "/tmp/số liệu.sqlite"),
    ]

    @Test(arguments: files)
    func `a path is a file, also behind sqlite or file`(text: String, path: String) throws {
        let location = try DatabaseLocation(text)
        #expect(location == .sqlite(path))
        #expect("\(location)" == path)
    }

    @Test(arguments: [
        ("postgres://bao:geheim@db.example:5433/plan", "postgres://bao:geheim@db.example:5433/plan"),
        ("postgresql:///plan?host=/run/postgresql", "postgresql:///plan?host=/run/postgresql"),
        ("PostgreSQL://Bao@Db/Plan", "postgresql://Bao@Db/Plan"), ("POSTGRES://db/plan", "postgres://db/plan"),
    ])
    func `PostgreSQL is known in any letter case`(text: String, url: String) throws {
        let location = try DatabaseLocation(text)
        #expect(location == .postgreSQL(url))
        #expect(!"\(location)".contains("geheim"))
    }

    static let refused = [
        "", "  ", "data/", "sqlite:", "sqlite:///", "sqlite://", "file:", ":memory:", "sqlite::memory:",
        "sqlite://geheim/a.sqlite", "file://geheim/a.sqlite", "sqlite:a.sqlite?mode=ro", "file:a%.sqlite",
        "postgress://bao:geheim@db/plan", "mysql://bao:geheim@db/plan", "jdbc:postgresql://db/plan?password=geheim",
        "postgres:bao:geheim@db/plan", "postgresql:/plan?password=geheim", "bao:geheim@db/plan", "2026:10.sqlite",
        "10.0.0.1:5432/plan",
        "\"postgres://bao:geheim@db/plan\"", "host=db password=geheim", "dbname=plan", "http://db.example/a.sqlite",
    ]

    @Test(arguments: refused)
    func `anything else is refused with what can be given, its secrets untold`(text: String) {
        let problem = #expect(throws: DatabaseLocation.Problem.self) { try DatabaseLocation(text) }
        #expect(problem?.remedy.isEmpty == false)
        #expect(problem?.description.contains("geheim") == false, "\(problem?.description ?? "")")
    }
}
