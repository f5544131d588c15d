import Database
@testable import DatabasePostgreSQL
import Testing

/// The parts of the PostgreSQL driver that are plain text work.
@Suite
struct PostgreSQLTextTests {
    static let lines: [(row: [SQLValue], line: String)] = [
        ([.null, .integer(-5), .real(0.5)], "\\N\t-5\t0.5\n"),
        ([.text("")], "\n"),
        ([.text("\\N")], "\\\\N\n"),
        ([.text("\\.")], "\\\\.\n"),
        ([.text("a\tb\nc\rd\\e"), .null], "a\\tb\\nc\\rd\\\\e\t\\N\n"),
        ([.text("Đồ Sơn 👋")], "Đồ Sơn 👋\n"),
        ([.bytes([])], "\\\\x\n"),
        ([.bytes([0, 15, 92, 255]), .text("x")], "\\\\x000f5cff\tx\n"),
        ([.integer(.min), .integer(.max)], "-9223372036854775808\t9223372036854775807\n"),
    ]

    @Test(arguments: lines)
    func `a row is written as COPY reads it`(row: [SQLValue], line: String) {
        var buffer: [UInt8] = []
        CopyText.append(row, to: &buffer)
        #expect(String(decoding: buffer, as: UTF8.self) == line)
    }

    @Test
    func `rows follow one another in the buffer`() {
        var buffer = Array("1\n".utf8)
        CopyText.append([.integer(2)], to: &buffer)
        CopyText.append([.integer(3)], to: &buffer)
        #expect(String(decoding: buffer, as: UTF8.self) == "1\n2\n3\n")
    }

    @Test
    func `printed bytes read back`() {
        #expect(CopyText.bytes(hex: "\\x") == [])
        #expect(CopyText.bytes(hex: "\\x48656c6c6f") == Array("Hello".utf8))
        let all = Array(UInt8.min...UInt8.max)
        var buffer: [UInt8] = []
        CopyText.append([.bytes(all)], to: &buffer)
        #expect(CopyText.bytes(hex: String(decoding: buffer.dropFirst().dropLast(), as: UTF8.self)) == all)
    }

    static let statements: [(sql: String, numbered: String)] = [
        ("SELECT 1", "SELECT 1"),
        ("SELECT ?, ? WHERE a=?", "SELECT $1, $2 WHERE a=$3"),
        ("VALUES (?,?,?,?,?,?,?,?,?,?,?)", "VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)"),
        ("SELECT '?' || ?", "SELECT '?' || $1"),
        ("SELECT 'it''s ?' || ? || ''", "SELECT 'it''s ?' || $1 || ''"),
        ("SELECT \"odd ? name\", ?", "SELECT \"odd ? name\", $1"),
        ("SELECT '\"?' || ? || \"'?\"", "SELECT '\"?' || $1 || \"'?\""),
        ("x LIKE ? ESCAPE '!' AND y = ?", "x LIKE $1 ESCAPE '!' AND y = $2"),
    ]

    @Test(arguments: statements)
    func `a placeholder outside quotes gets its number`(sql: String, numbered: String) {
        #expect(PostgreSQLConnection.numbered(sql) == numbered)
    }

    static let addresses: [(url: String, shown: String)] = [
        ("postgres://baophu:secret@db.example:5433/plan", "postgres://db.example:5433/plan"),
        ("postgres://baophu:se@cret@db.example/plan", "postgres://db.example/plan"),
        ("postgresql://db.example/plan?password=secret&sslmode=require", "postgres://db.example/plan"),
        ("host=db.example password=secret", "PostgreSQL"),
        ("postgres://baophu:sec?ret@db.example/plan", "postgres://db.example/plan"),
        ("postgres://baophu:sec/ret@db.example/plan", "postgres://…"),
        ("postgres://db.example/plan?password=sec@ret", "postgres://db.example/plan"),
        ("postgres://[::1]:5433/plan?password=sec/ret", "postgres://[::1]:5433/plan"),
        ("postgresql:///plan?host=/run/postgresql&password=secret", "postgres:///plan"),
    ]

    @Test(arguments: addresses)
    func `an address is shown without its secrets`(url: String, shown: String) {
        #expect(PostgreSQLStore.shown(url) == shown)
    }
}
