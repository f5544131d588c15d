import Components
import Foundation
import Testing

/// Templates and their models, held against each other: a misspelt tag would render nothing and say nothing.
@Suite
struct TemplateModelTests {
    /// Names of properties and of answered keys in the Swift sources of the pages.
    static func knownNames() throws -> Set<String> {
        var names: Set<String> = []
        for folder in [
            "Sources/WebDesk", "Sources/WorkPages", "Sources/FigurePages", "Sources/PaperPages", "Sources/AccountPages",
            "Sources/LawPages", "Sources/Components", "Sources/Portal",
        ] {
            let root = SiteHarness.repository.appendingPathComponent(folder)
            let files = try FileManager.default.subpathsOfDirectory(atPath: root.path).filter { $0.hasSuffix(".swift") }
            #expect(!files.isEmpty, "\(folder)")
            for file in files {
                let text = try String(contentsOf: root.appendingPathComponent(file), encoding: .utf8)
                for match in HTML.matches(#"\b(?:let|var) ([a-zA-Z]+)\b|case "([a-zA-Z]+)":"#, in: text) {
                    names.formUnion(match.dropFirst())
                }
            }
        }
        return names
    }

    /// Tags of a template by what stands before their name: nothing, `{`, `#`, `^`, `/` or `>`.
    static func tags(_ template: String) -> [(mark: String, name: String)] {
        HTML.matches(#"\{\{([{#^/>]?)\s*([^{}\s]+)\s*\}\}"#, in: template).map { ($0[1], $0[2]) }
    }

    @Test
    func `every tag names something that a model has`() throws {
        let known = try Self.knownNames()
        let templates = try PageRenderer().templates
        #expect(templates.count > 20)
        for (name, text) in templates.sorted(by: { $0.key < $1.key }) {
            for tag in Self.tags(text) where tag.mark != ">" && tag.mark != "/" && tag.name != "." {
                #expect(known.contains(tag.name), "\(name).mustache: {{\(tag.mark)\(tag.name)}}")
            }
        }
    }

    @Test
    func `every part that a template takes in exists`() throws {
        let templates = try PageRenderer().templates
        let parts = templates.flatMap { name, text in
            Self.tags(text).filter { $0.mark == ">" }.map { (template: name, part: $0.name) }
        }
        #expect(parts.count > 10)
        for part in parts { #expect(templates[part.part] != nil, "\(part.template).mustache: {{>\(part.part)}}") }
    }

    @Test
    func `sections close in the order in which they open`() throws {
        for (name, text) in try PageRenderer().templates {
            var open: [String] = []
            for tag in Self.tags(text) {
                if tag.mark == "#" || tag.mark == "^" { open.append(tag.name) }
                if tag.mark == "/" { #expect(open.popLast() == tag.name, "\(name).mustache: {{/\(tag.name)}}") }
            }
            #expect(open.isEmpty, "\(name).mustache: \(open)")
        }
    }

    @Test
    func `what is not escaped is HTML of our own making`() throws {
        let raw = try PageRenderer().templates.flatMap { name, text in
            Self.tags(text).filter { $0.mark == "{" }.map { "\(name): \($0.name)" }
        }
        // A new one must be looked at: whatever goes into it must have been rendered by a template or drawn here.
        let ours: Set = [
            "chart: svg", "form-page: picture", "layout: main", "unit: figures", "unit: score", "work-list: filters",
        ]
        #expect(Set(raw).subtracting(ours).sorted() == [])
    }
}
