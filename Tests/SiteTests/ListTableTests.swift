import Components
import Kernel
import Testing

/// A list from its columns, without a page.
@Suite
struct ListTableTests {
    struct Row: Sendable {
        let name: String
        let people: Int?
        let kind: String
    }

    static let table = ListTable<Row>(
        "thu", "Thử",
        columns: [
            .init("ten", "Tên", value: { .text($0.name) }),
            .init("nguoi", "Số người", number: true, value: { TableValue($0.people) }),
            .init("loai", "Loại", choice: true, value: { .text($0.kind) }),
        ])

    static let rows = [
        Row(name: "Đông", people: 30, kind: "xã"), Row(name: "An", people: nil, kind: "phường"),
        Row(name: "Êm", people: 7, kind: "xã"), Row(name: "Em", people: 30, kind: "phường"),
    ]

    static func query(_ values: [String: String], hidden: Set<String> = []) -> TableQuery {
        TableQuery(table.outline, hidden: hidden) { values[$0.name] ?? "" }
    }

    static func names(_ values: [String: String]) -> [String] {
        table.arranged(rows, by: query(values)).map(\.name)
    }

    @Test
    func `letters stand by their sounds, what is unknown last, what is equal as it came`() {
        #expect(Self.names(["xep": "ten"]) == ["An", "Đông", "Em", "Êm"])
        #expect(Self.names(["xep": "nguoi"]) == ["Êm", "Đông", "Em", "An"])
        #expect(Self.names(["xep": "-nguoi"]) == ["Đông", "Em", "Êm", "An"])
        #expect(Self.names([:]) == ["Đông", "An", "Êm", "Em"])
        #expect(Self.names(["xep": "khac"]) == Self.names([:]))
    }

    @Test
    func `all words must be found, without their marks, and a choice exactly`() {
        #expect(Self.names(["loc": "DONG xa"]) == ["Đông"])
        #expect(Self.names(["loc": "em"]) == ["Êm", "Em"])
        #expect(Self.names(["loc-loai": "xã"]) == ["Đông", "Êm"])
        #expect(Self.names(["loc-loai": "xa"]).isEmpty)
        #expect(Self.query(["loc-ten": "An"]).choices.isEmpty, "no column of choices")
    }

    @Test
    func `pages end where the rows do`() {
        let many = (1...120).map { Row(name: "\($0)", people: $0, kind: "xã") }
        let last = Self.table.page(of: many, by: Self.query(["trang": "9"]))
        #expect(last.page == 3 && last.pages == 3 && last.rows.count == 20 && last.total == 120)
        #expect(Self.table.page(of: [], by: Self.query(["trang": "-4"])).page == 1)
        #expect(Self.query(["dong": "1000000"]).rowsAtOnce == 50, "only what the list allows")
    }

    @Test
    func `the first column stays, and a second list of a page has names of its own`() throws {
        let query = Self.query(["xep": "-nguoi", "loc": "a b"], hidden: ["ten", "loai", "khac"])
        #expect(query.hidden == ["loai"])
        let rows = Self.table.tableRows(Self.rows, hiding: query.hidden)
        #expect(rows.allSatisfy { $0.cells.count == 2 } && rows[0].cells[0].text == "Đông")
        #expect(query.address(Addresses.targets()).text == "/chi-tieu?xep=-nguoi&loc=a%20b")
        let second = ListTable<Row>("hai", "Hai", suffix: "hai", columns: Self.table.columns)
        let other = TableQuery(second.outline) { ["xep": "ten", "xep-hai": "nguoi", "trang-hai": "2"][$0.name] ?? "" }
        #expect(other.address(Addresses.targets()).text == "/chi-tieu?xep-hai=nguoi&trang-hai=2")
    }

    @Test
    func `nothing is said without words`() {
        #expect(TableValue(nil as Int?).words == "–" && TableValue("").words == "–")
        #expect(
            TableValue(12_345).words == "12.345" && TableValue.decimal(1.25).words == VietnameseText.oneDecimal(1.25))
    }
}
