import Testing

/// A right is declared beside the use case that checks it, and told to the table of grants by its target's area.
@Suite
struct RightsTests {
    struct Declaration {
        let target: String
        let name: String
    }

    static func sources() throws -> [(target: String, text: String)] {
        try Repository.files(under: "Sources", endingIn: ".swift").map { file in
            (String(file.split(separator: "/")[1]), try Repository.text(file))
        }
    }

    static func declarations(in sources: [(target: String, text: String)]) -> [Declaration] {
        sources.flatMap { source in
            source.text.matches(of: /static let (\w+) = Right\(/).map {
                Declaration(target: source.target, name: String($0.1))
            }
        }
    }

    /// What the lists of areas name, by target.
    static func listed(in sources: [(target: String, text: String)]) -> [String: Set<String>] {
        var listed: [String: Set<String>] = [:]
        for source in sources {
            for area in source.text.matches(of: /= RightArea\(\s*"[^"]+",\s*\[([^\]]*)\]/) {
                let names = area.1.matches(of: /\.(\w+)/).map { String($0.1) }
                listed[source.target, default: []].formUnion(names)
            }
        }
        return listed
    }

    @Test
    func `a declared right stands in its target's area, and an area names declared rights only`() throws {
        let sources = try Self.sources()
        let declared = Self.declarations(in: sources)
        #expect(declared.count > 25)
        let byTarget = Dictionary(grouping: declared, by: \.target).mapValues { Set($0.map(\.name)) }
        #expect(byTarget == Self.listed(in: sources))
    }

    /// What the system and the command line may see is bound by nobody's rights, so no page asks with it.
    @Test
    func `pages ask for people with a viewer's scope alone`() throws {
        let sources = try Self.sources()
        let unbound = sources.filter { $0.text.contains(".ofSystem") }.map(\.target)
        // Figures counts the whole province's participants by the register, and tells of nobody.
        #expect(
            Set(unbound).isSubset(of: ["Access", "Work", "Notices", "Overview", "Figures", "Assembly", "baophu"]))
        #expect(unbound.contains("Access"))
        let pages = sources.filter { $0.target.hasSuffix("Pages") || ["Site", "Portal"].contains($0.target) }
        #expect(pages.count > 40)
        for page in pages { #expect(!page.text.contains("store.read"), "\(page.target) reads the database itself") }
    }

    @Test
    func `a declared right is asked for somewhere below the pages`() throws {
        let sources = try Self.sources()
        for right in Self.declarations(in: sources) {
            let questions = [
                "may(.\(right.name))", "may(.\(right.name),", "require(.\(right.name))", "right: .\(right.name)",
                "everything: .\(right.name))",
            ]
            let asked = sources.contains { source in
                !source.target.hasSuffix("Pages") && questions.contains { source.text.contains($0) }
            }
            #expect(asked, "\(right.name) is checked by no use case")
        }
    }
}
