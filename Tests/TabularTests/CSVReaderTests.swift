import Tabular
import Testing

@Suite
struct CSVReaderTests {
    static let bom: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// Input and the fields of each record.
    static let readings: [(text: String, records: [[String]])] = [
        ("", []),
        ("a", [["a"]]),
        ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
        ("a,b\n1,2", [["a", "b"], ["1", "2"]]),
        ("a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
        (",", [["", ""]]),
        ("a,,c\n,,\n", [["a", "", "c"], ["", "", ""]]),
        ("a,b,\n", [["a", "b", ""]]),
        (" a , b \n", [[" a ", " b "]]),
        ("\"a\",\"b\"\n", [["a", "b"]]),
        ("\"a\",\"b\"", [["a", "b"]]),
        ("\"a\",\"b\"\r\n\"c\",d\r\n", [["a", "b"], ["c", "d"]]),
        ("\"xã, phường\",x\n", [["xã, phường", "x"]]),
        ("\"ông \"\"A\"\"\",x\n", [["ông \"A\"", "x"]]),
        ("\"\"\"\",x\n", [["\"", "x"]]),
        ("\"\",x\n", [["", "x"]]),
        ("x,\"\"\n", [["x", ""]]),
        ("x,\"\"", [["x", ""]]),
        ("\"một\nhai\",x\n", [["một\nhai", "x"]]),
        ("\"một\r\nhai\",x\r\n", [["một\r\nhai", "x"]]),
        ("5\" ống,x\n", [["5\" ống", "x"]]),
        ("Thành Đông,phường\n", [["Thành Đông", "phường"]]),
        ("a,b\n1\n1,2,3\n", [["a", "b"], ["1"], ["1", "2", "3"]]),
        ("a,b\r1,2\r", [["a", "b"], ["1", "2"]]),
        ("a,b\r1,2\n3,4\r\n5,6", [["a", "b"], ["1", "2"], ["3", "4"], ["5", "6"]]),
        ("\"một\nhai\",b\r1,2\r", [["một\nhai", "b"], ["1", "2"]]), ("\"một\rhai\"\r\"x\"", [["một\rhai"], ["x"]]),
        ("\"a\"b,c\n", [["ab", "c"]]), ("\"a\"\"b\"c\"d,e\n", [["a\"bc\"d", "e"]]),
    ]

    @Test(arguments: readings)
    func `records are read by RFC 4180`(text: String, records: [[String]]) throws {
        #expect(try CSVReader.records(of: Array(text.utf8)).map(\.fields) == records)
    }

    @Test(arguments: readings)
    func `a byte-order mark changes nothing`(text: String, records: [[String]]) throws {
        #expect(try CSVReader.records(of: Self.bom + Array(text.utf8)).map(\.fields) == records)
    }

    @Test
    func `a byte-order mark before a quoted field leaves the quotes working`() throws {
        let records = try CSVReader.records(of: Self.bom + Array("\"mã, số\",tên\n1,2\n".utf8))
        #expect(records == [CSVRecord(line: 1, fields: ["mã, số", "tên"]), CSVRecord(line: 2, fields: ["1", "2"])])
    }

    @Test
    func `only the first byte-order mark is taken away`() throws {
        let records = try CSVReader.records(of: Self.bom + Self.bom + Array("a\n".utf8))
        #expect(records.first.map { Array($0.fields[0].utf8) } == Self.bom + Array("a".utf8))
    }

    static let lines: [(text: String, lines: [Int])] = [
        ("a\nb\nc\n", [1, 2, 3]), ("a\r\nb\r\nc", [1, 2, 3]), ("\n\na\n\nb\n\n", [3, 5]),
        ("\r\na\r\n\r\nb\r\n", [2, 4]),
        ("\"1\n2\n3\",x\nb\n", [1, 4]), ("a\n\"2\r\n3\",x\r\n\r\nb\r\n", [1, 2, 5]), ("\"1\n\n\n4\"\nb", [1, 5]),
        ("a\rb\r\rc", [1, 2, 4]), ("\"1\r2\r\n3\"\rb", [1, 4]), ("a\nb\rc\r\nd", [1, 2, 3, 4]),
    ]

    @Test(arguments: lines)
    func `a record knows the line it begins on`(text: String, lines: [Int]) throws {
        #expect(try CSVReader.records(of: Array(text.utf8)).map(\.line) == lines)
    }

    @Test(arguments: ["\n", "\n\n\n", "\r\n\r\n", "\r\n"])
    func `blank lines are no records`(text: String) throws {
        #expect(try CSVReader.records(of: Array(text.utf8)).isEmpty)
    }

    @Test(arguments: [
        ("\"a", 1), ("a,b\n1,\"2\n", 2), ("a\n\"b\n\n\n", 2), ("\"một\nhai\",\"ba\nbốn\n", 2), ("a,\"b\"\"", 1),
        ("x\n\"", 2),
    ])
    func `a quote left open is a fault on the line where it opens`(text: String, line: Int) {
        #expect(throws: CSVError.unclosedQuote(line: line)) { try CSVReader.records(of: Array(text.utf8)) }
    }

    /// 0xE3 alone is `ã` in Windows-1258, the beginning of a longer sequence in UTF-8.
    static let notUTF8: [(bytes: [UInt8], line: Int)] = [
        ([0x78, 0xE3], 1), ([0x61, 0x0A, 0x78, 0xE3, 0x0A], 2), ([0x61, 0x0D, 0x0A, 0x0D, 0x0A, 0xFF, 0x2C], 3),
        ([0x22, 0xE3, 0x22, 0x0A], 1), ([0xC0, 0x80, 0x0A], 1), ([0xED, 0xA0, 0x80, 0x0A], 1),
    ]

    @Test(arguments: notUTF8)
    func `bytes that are not UTF-8 are a fault on their line`(bytes: [UInt8], line: Int) {
        #expect(throws: CSVError.notUTF8(line: line)) { try CSVReader.records(of: bytes) }
    }

    @Test
    func `a semicolon separates when it is asked for`() throws {
        let records = try CSVReader.records(of: Array("a;b,c\n\"1;2\";3\n".utf8), separator: UInt8(ascii: ";"))
        #expect(records.map(\.fields) == [["a", "b,c"], ["1;2", "3"]])
    }

    @Test(arguments: [CSVError.notUTF8(line: 7), .unclosedQuote(line: 7)])
    func `a fault tells its line and a remedy in Vietnamese`(error: CSVError) {
        #expect(error.line == 7)
        #expect(error.description.hasPrefix("dòng 7: "))
        #expect(error.description.contains("hãy"))
    }
}
