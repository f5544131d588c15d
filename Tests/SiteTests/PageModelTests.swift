import Components
import Foundation
import Mustache
import Site
import Testing

/// Templates and their models, held against each other by each page's sample: a misspelt tag would render nothing and
/// say nothing, and a field without a tag would be worked out for nobody.
@Suite
struct PageModelTests {
    static let pages: [any Components.Page.Type] = framePages + Site.pages
    static let templates = Result { try PageRenderer(folders: Site.templates).templates }
    static var names: [String] { pages.map { $0.template.name }.sorted() }

    static func page(_ name: String) throws -> any Components.Page {
        try #require(pages.first { $0.template.name == name }).sample
    }

    @Test
    func `every template is a page's or a part of one`() throws {
        #expect(Set(Self.names).count == Self.names.count, "two pages have one template")
        var reached: Set<String> = []
        func reach(_ name: String) throws {
            guard reached.insert(name).inserted else { return }
            let text = try #require(try Self.templates.get()[name], "\(name).mustache is missing")
            func walk(_ nodes: [TemplateNode]) throws {
                for case .part(let part) in nodes { try reach(part) }
                for case .section(_, _, let inner) in nodes { try walk(inner) }
            }
            try walk(try TemplateNode.parse(text))
        }
        for name in Self.names { try reach(name) }
        #expect(Set(try Self.templates.get().keys).subtracting(reached).sorted() == [], "templates of no page")
        #expect(Self.names.count > 40)
    }

    @Test(arguments: names)
    func `every tag of a page has its field and every field its tag`(name: String) throws {
        var walk = PageWalk(templates: try Self.templates.get())
        let page = try Self.page(name)
        try walk.walk(template: name, [page])
        #expect(walk.faults.sorted() == [])
        // Models that several pages show are judged over all pages.
        let own = "\(type(of: page))"
        let unused = walk.unused { $0 == own || $0.hasPrefix("\(own).") }
        #expect(unused == [], "fields without a tag")
    }

    @Test
    func `every field of a model that several pages show has its tag on one of them`() throws {
        var walk = PageWalk(templates: try Self.templates.get())
        for name in Self.names { try walk.walk(template: name, [try Self.page(name)]) }
        #expect(walk.unused { _ in true } == [])
        #expect(walk.models.count > 100)
    }

    @Test(arguments: names)
    func `a sample renders to its page`(name: String) throws {
        let html = try PageRenderer(folders: Site.templates).render(try Self.page(name))
        #expect(html.contains("<"))
        #expect(!html.contains("{{") && !html.contains("Optional("))
    }

    @Test
    func `what is not escaped is HTML of our own making`() throws {
        func raw(_ nodes: [TemplateNode]) -> [String] {
            nodes.flatMap { node -> [String] in
                switch node {
                case .name(let name, raw: true): return [name]
                case .section(_, _, let inner): return raw(inner)
                default: return []
                }
            }
        }
        let found = try Self.templates.get().flatMap { name, text in
            raw(try TemplateNode.parse(text)).map { "\(name): \($0)" }
        }
        // A new one must be looked at: whatever goes into it must have been rendered by a template or drawn here.
        #expect(
            Set(found).sorted() == [
                "chart: svg", "dashboard: standings", "form-page: picture", "guide-chapter: leadHTML",
                "guide-section: bodyHTML", "layout: main", "second-factor: picture",
                "table-cell: markup", "table: rowsHTML", "table: tools", "unit: figures", "unit: score",
                "work-list: filters",
            ])
    }
}

/// A walk over a template with a model, as the renderer looks names up.
struct PageWalk {
    let templates: [String: String]
    private(set) var faults: Set<String> = []
    /// Fields by the type that has them.
    private(set) var models: [String: Set<String>] = [:]
    private var used: [String: Set<String>] = [:]

    init(templates: [String: String]) { self.templates = templates }

    func unused(_ isAsked: (String) -> Bool) -> [String] {
        models.filter { isAsked($0.key) }.flatMap { type, fields in
            fields.subtracting(used[type] ?? []).map { "\(type).\($0)" }
        }.sorted()
    }

    mutating func walk(template: String, _ stack: [Any]) throws {
        guard let text = templates[template] else {
            faults.insert("{{>\(template)}} is no template")
            return
        }
        for object in stack { note(object) }
        try walk(try TemplateNode.parse(text), stack, template)
    }

    private mutating func walk(_ nodes: [TemplateNode], _ stack: [Any], _ template: String) throws {
        for node in nodes {
            switch node {
            case .name(let name, _): _ = find(name, stack, template)
            case .part(let part): try walk(template: part, stack)
            case .section(let name, let inverted, let inner):
                guard let value = find(name, stack, template) else { continue }
                switch value {
                case is Bool: try walk(inner, stack, template)
                case _ where inverted: try walk(inner, stack, template)
                case let list as [Any]:
                    guard let first = list.first else {
                        faults.insert("\(template): the sample has no \(name)")
                        continue
                    }
                    note(first)
                    try walk(inner, stack + [first], template)
                default:
                    note(value)
                    try walk(inner, stack + [value], template)
                }
            }
        }
    }

    /// The value of a name in the innermost model that has it.
    private mutating func find(_ name: String, _ stack: [Any], _ template: String) -> Any? {
        if name == "." { return stack.last }
        for (index, object) in stack.enumerated().reversed() {
            let field = Mirror(reflecting: object).children.first { $0.label == name }
            let answered = (object as? any MustacheParent)?.child(named: name)
            guard field != nil || answered != nil else { continue }
            used[Self.name(of: object), default: []].insert(name)
            if object is any MustacheParent, answered == nil {
                faults.insert("\(template): \(Self.name(of: object)) does not answer \(name)")
                return nil
            }
            guard let value = answered ?? field.flatMap({ Self.unwrapped($0.value) }) else {
                faults.insert("\(template): the sample of \(Self.name(of: object)) has no \(name)")
                return nil
            }
            // Where an inner model's field is empty the renderer goes on outwards, to another's of the same name.
            if let field, Mirror(reflecting: field.value).displayStyle == .optional {
                for outer in stack[..<index]
                where Mirror(reflecting: outer).children.contains(where: { $0.label == name }) {
                    faults.insert(
                        "\(template): an empty \(name) of \(Self.name(of: object)) would show that of \(Self.name(of: outer))"
                    )
                }
            }
            return value
        }
        faults.insert("\(template): nothing has \(name)")
        return nil
    }

    private mutating func note(_ object: Any) {
        let mirror = Mirror(reflecting: object)
        guard mirror.displayStyle == .struct, !(object is String), !(object is Int) else { return }
        models[Self.name(of: object)] = Set(mirror.children.compactMap(\.label))
    }

    /// `WorkPage.Slot`, without its module.
    private static func name(of object: Any) -> String {
        String(reflecting: type(of: object)).split(separator: ".").dropFirst().joined(separator: ".")
    }

    private static func unwrapped(_ value: Any) -> Any? {
        let mirror = Mirror(reflecting: value)
        return mirror.displayStyle == .optional ? mirror.children.first?.value : value
    }
}
