import Testing

/// Tables on pages are lists of columns, or stand in `docs/tables.md` with the reason why they are none.
@Suite
struct PageTableTests {
    /// The one template that draws lists.
    static let component = "Sources/Components/Templates/table.mustache"

    /// How many tables a template writes itself.
    static func tables(_ text: String) -> Int { text.matches(of: /<table\b/).count }

    /// Name of the template and number of its tables, by the document.
    static func told() throws -> [(template: String, tables: Int, reason: String)] {
        try Repository.text("docs/tables.md").matches(of: /\n\| `([a-z-]+)` \| ([0-9]+) \| ([^|\n]+) \|/).map {
            (String($0.1), Int($0.2) ?? 0, String($0.3))
        }
    }

    @Test
    func `each table of a page is a list of columns, or the document says why not`() throws {
        var found: [String: Int] = [:]
        var lists = 0
        for path in Repository.files(under: "Sources", endingIn: ".mustache") where path != Self.component {
            let text = try Repository.text(path)
            lists += text.matches(of: /\{\{>table\}\}/).count
            let name = String(path.split(separator: "/").last ?? "").replacing(".mustache", with: "")
            if Self.tables(text) > 0 { found[name, default: 0] += Self.tables(text) }
        }
        let told = try Self.told()
        #expect(Set(told.map(\.template)).count == told.count, "no template is told of twice")
        let said = Dictionary(told.map { ($0.template, $0.tables) }, uniquingKeysWith: +)
        for (template, count) in found.sorted(by: { $0.key < $1.key }) {
            #expect(said[template] == count, "\(template): make it a list, or say in docs/tables.md why it is none")
        }
        for (template, _) in said { #expect(found[template] != nil, "\(template) has no table of its own any more") }
        #expect(told.map(\.template) == told.map(\.template).sorted())
        #expect(lists > 15)
    }

    @Test
    func `a table is counted by its beginning`() {
        #expect(Self.tables(#"<table class="cards"><tr></tr></table><table>"#) == 2)
        #expect(Self.tables(#"<div class="table-wrap">{{>table}}"#) == 0)
    }
}
