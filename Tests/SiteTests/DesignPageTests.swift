import Access
import Components
import Foundation
import Site
import Testing

/// The page of all components: it lacks none, so that whoever changes one sees where it stands.
@Suite
struct DesignPageTests {
    static let sources = SiteHarness.repository.appendingPathComponent("Sources")
    static let components = sources.appendingPathComponent("Components/Templates")

    static func names(in folder: URL, ending: String) throws -> Set<String> {
        Set(
            try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(ending) }.map {
                String($0.dropLast(ending.count))
            })
    }

    @Test
    func `each template of the components stands on it, or is a page around or beside it`() throws {
        let templates = try PageModelTests.templates.get()
        var reached: Set<String> = []
        func reach(_ name: String) throws {
            guard reached.insert(name).inserted else { return }
            func walk(_ nodes: [TemplateNode]) throws {
                for case .part(let part) in nodes { try reach(part) }
                for case .section(_, _, let inner) in nodes { try walk(inner) }
            }
            try walk(try TemplateNode.parse(try #require(templates[name])))
        }
        // The frame, the pages shown by themselves, rows and tools of the table: rendered apart.
        for name in ["design"] + framePages.map { $0.template.name } { try reach(name) }
        let all = try Self.names(in: Self.components, ending: ".mustache")
        #expect(all.count > 12)
        #expect(all.subtracting(reached).sorted() == [])
    }

    @Test
    func `it draws each state, icon, kind of chart and kind of field`() async throws {
        try await SiteHarness.run { harness in
            let page = try await harness.browser(as: .administrator).get("/thiet-ke")
            let css = try String(
                contentsOf: Self.sources.appendingPathComponent("WebDesk/Public/baophu.css"), encoding: .utf8)
            let looks = Set(HTML.matches(#"\.badge-([a-z-]+)"#, in: css).map { $0[1] })
            #expect(looks.count > 15)
            for look in looks.sorted() { #expect(page.text.contains("badge badge-\(look)\""), "\(look)") }
            let symbols = HTML.matches(#"<symbol id="i-([a-z-]+)""#, in: page.text).map { $0[1] }
            #expect(symbols.sorted() == Icon.allCases.map(\.rawValue).sorted())
            for symbol in symbols { #expect(page.text.contains("<code>\(symbol)</code>")) }
            for type in ["text", "email", "password", "file", "checkbox"] {
                #expect(page.text.contains("type=\"\(type)\""), "\(type)")
            }
            for words in [
                "<textarea", "multiple size", " readonly", "inputmode=\"numeric\"", " checked", "field-wrong",
            ] {
                #expect(page.text.contains(words), "\(words)")
            }
            let form = try await harness.browser(as: .administrator).get("/thiet-ke?kieu=form-page")
            #expect(form.text.contains("Trang có một biểu mẫu") && form.hasForm("mau"))
        }
    }

    @Test
    func `a chart of each kind is among the examples`() throws {
        let folder = Self.sources.appendingPathComponent("Charts")
        let kinds = try Self.names(in: folder, ending: ".swift").filter { name in
            let text = try String(contentsOf: folder.appendingPathComponent("\(name).swift"), encoding: .utf8)
            return text.contains("public func chart() -> Chart")
        }
        #expect(kinds.count > 5)
        #expect(Set(ChartModel.examples.map(\.kind)) == kinds)
    }
}
