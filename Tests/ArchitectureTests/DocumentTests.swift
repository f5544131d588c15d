import Foundation
import Testing

/// What documents say of the repository.
@Suite
struct DocumentTests {
    /// All documents in Markdown. Records of what was decided or done keep the names of their day.
    static let documents = Repository.files(under: "", endingIn: ".md")
    static let present = documents.filter { !$0.hasPrefix("docs/decisions/") && $0 != "CHANGELOG.md" }

    /// A document's text without blocks of code.
    static func prose(_ path: String) throws -> String {
        var isCode = false
        return try Repository.text(path).split(separator: "\n", omittingEmptySubsequences: false).filter { line in
            if line.hasPrefix("```") { isCode.toggle() }
            return !isCode && !line.hasPrefix("    ")
        }.joined(separator: "\n")
    }

    /// The anchors of a document's headings, as GitHub makes them.
    static func anchors(_ text: String) -> Set<String> {
        var seen: [String: Int] = [:]
        return Set(
            text.split(separator: "\n").filter { $0.hasPrefix("#") }.map { line in
                let title = line.drop { $0 == "#" }.trimmingCharacters(in: .whitespaces).lowercased()
                let kept = title.filter { $0.isLetter || $0.isNumber || "-_ ".contains($0) }
                let anchor = kept.replacing(" ", with: "-")
                let count = seen[anchor, default: 0]
                seen[anchor] = count + 1
                return count == 0 ? anchor : "\(anchor)-\(count)"
            })
    }

    @Test(arguments: documents)
    func `every internal link leads somewhere`(document: String) throws {
        let folder = document.split(separator: "/").dropLast().joined(separator: "/")
        let prose = try Self.prose(document).replacing(/`[^`\n]*`/, with: "")
        for link in prose.matches(of: /\]\(([^)\s]+)\)/).map({ String($0.1) }) where !link.contains(":") {
            let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
            let named = parts[0].removingPercentEncoding ?? String(parts[0])
            let path = named.isEmpty ? document : (folder.isEmpty ? named : "\(folder)/\(named)")
            #expect(Repository.exists(path), "\(link)")
            guard parts.count == 2, Repository.exists(path) else { continue }
            let anchor = parts[1].removingPercentEncoding ?? String(parts[1])
            #expect(Self.anchors(try Self.prose(path)).contains(anchor), "\(link)")
        }
    }

    @Test
    func `headings become anchors as on GitHub`() {
        #expect(
            Self.anchors("# A b\n## `scores.yaml`: c\n## A b\n### Chỉ tiêu (xã)") == [
                "a-b", "scoresyaml-c", "a-b-1", "chỉ-tiêu-xã",
            ])
    }

    /// `Sources/Site/Pages`, `scripts/draw-map` with or without its flags; a `<name>` or `*` in it stands for any.
    static func namedPaths(_ prose: String) -> [String] {
        let roots = [
            "Sources", "Tests", "Benchmarks", "deploy", "docs", "scripts", "plans", "legislation", "templates",
            "formats",
        ]
        return prose.matches(of: /`([^`\s]+\/[^`\s]*)[^`]*`/).map { String($0.1) }.filter { path in
            !path.contains("…") && roots.contains { path.hasPrefix($0 + "/") }
        }
    }

    static func isThere(_ path: String) -> Bool {
        let path = path.hasSuffix("/") ? String(path.dropLast()) : path
        let parts = path.replacing(/<[^>]*>/, with: "*").split(separator: "*", omittingEmptySubsequences: false)
        guard let first = parts.first, parts.count > 1 else { return Repository.exists(path) }
        let folder = first.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        return Repository.files(under: folder, endingIn: "").contains { file in
            guard file.hasPrefix(first) else { return false }
            var rest = file.dropFirst(first.count)
            for part in parts.dropFirst() where !part.isEmpty {
                guard let found = rest.firstRange(of: part) else { return false }
                rest = rest[found.upperBound...]
            }
            return parts.last?.isEmpty == true || rest.isEmpty || rest.hasPrefix("/")
        }
    }

    @Test
    func `a named path may leave parts open`() {
        for path in ["Tests/<area>Tests", "Sources/*.swift", "Sources/Kernel/<thing>.swift", "docs/decisions/"] {
            #expect(Self.isThere(path), "\(path)")
        }
        for path in ["Tests/<area>Proofs", "Sources/Kernel/<thing>.c", "docs/nowhere/"] {
            #expect(!Self.isThere(path), "\(path)")
        }
    }

    @Test(arguments: present)
    func `every file that a document names is there`(document: String) throws {
        for path in Self.namedPaths(try Self.prose(document)) { #expect(Self.isThere(path), "\(path)") }
    }

    /// Every word of the sources, tests and manifest.
    static let words = Result {
        let files =
            ["Sources", "Tests"].flatMap { Repository.files(under: $0, endingIn: ".swift") } + ["Package.swift"]
        return try files.reduce(into: Set<Substring>()) {
            $0.formUnion(try Repository.text($1).split { !$0.isASCII || !($0.isLetter || $0.isNumber || $0 == "_") })
        }
    }

    /// `Settings.keys`, `init(_:_:trace:)`: what Swift calls things, not the words of commands and files.
    static func namedInCode(_ prose: String) -> [Substring] {
        let types = prose.matches(of: /`([A-Z][A-Za-z]*[a-z][A-Za-z]*(?:\.[A-Za-z]+)*)(?:\([^`\s]*\))?`/).map(\.1)
        let functions = prose.matches(of: /`([a-z][A-Za-z]*)\([^`\s]*\)`/).map(\.1)
        return (types + functions).flatMap { $0.split(separator: ".") }.filter { $0 != "init" }
    }

    @Test(arguments: present.filter { $0.hasPrefix("docs/") })
    func `every name of code in a document is the code's`(document: String) throws {
        let words = try Self.words.get()
        for name in Self.namedInCode(try Self.prose(document)) { #expect(words.contains(name), "\(name)") }
    }

    @Test
    func `names of code are told from other words`() {
        let prose =
            "`Settings.keys`, `Plan.Part`, `Asked`, `make(_:inputs:)`, `baophu law`, `NAME`, `Sources/Site/Site.swift`, `init(_:)`"
        #expect(Self.namedInCode(prose) == ["Settings", "keys", "Plan", "Part", "Asked", "make"])
    }

    @Test
    func `the README's table of targets is the manifest's list`() throws {
        let readme = try Repository.text("README.md")
        let rows = readme.split(separator: "\n").drop { $0 != "| target | holds |" }.dropFirst(2)
            .prefix { $0.hasPrefix("| ") }
        let named = rows.flatMap { row in
            row.dropFirst(2).prefix { $0 != "|" }.matches(of: /`([^`]+)`/).map { String($0.1) }
        }
        let declared = try Manifest.current.get().targets.filter { !$0.isTest && !$0.isSupport }.map(\.name)
        #expect(Set(named) == Set(declared))
        #expect(named.count == declared.count, "a target stands in the table once")
    }

    @Test
    func `the table of benchmarks names what the bench runs`() throws {
        let bench = try Repository.text("Benchmarks/Bench.swift")
        let runs = try #require(bench.firstMatch(of: /var only =\s*"([^"]*)"/)).1.split(separator: ",").map(String.init)
        let rows = try Repository.text("Benchmarks/README.md").split(separator: "\n").drop {
            !$0.hasPrefix("| name | what is measured")
        }.dropFirst(2).prefix { $0.hasPrefix("| ") }
        #expect(rows.compactMap { $0.firstMatch(of: /^\| `([^`]+)`/).map { String($0.1) } } == runs)
    }

    @Test
    func `CONTRIBUTING tells of every area how long it takes`() throws {
        let rows = try Repository.text("CONTRIBUTING.md").matches(of: /\n\| `([A-Z][A-Za-z]*)` \| [0-9]+ \|/)
        let areas = try Manifest.current.get().targets.filter(\.isTest).map { $0.name.dropLast("Tests".count) }
        #expect(rows.map(\.1).sorted() == areas.sorted(), "run scripts/time-areas")
    }

    @Test
    func `the map of the code is drawn from the manifest as it is`() throws {
        let drawn = try Repository.run(
            ["python3", "scripts/draw-map", "--manifest", "-"], input: try Manifest.json.get())
        let isCurrent = String(decoding: drawn, as: UTF8.self) == (try Repository.text("docs/pictures/code-map.svg"))
        #expect(isCurrent, "run scripts/draw-map")
    }
}
