import Components
import Mustache
import Testing

/// A part is rendered from its model alone.
struct PartRendererTests {
    @Test
    func `parts come in their order, as the renderer makes them, whether kept or made`() throws {
        let renderer = try PageRenderer(folders: [])
        let parts = PartRenderer<BadgePart>(renderer, capacity: 2)
        let models = ["một", "<hai>", "ba", "một", "bốn"].map { BadgePart(label: $0, look: "late") }
        let expected = try models.map { try renderer.render($0) }.joined()
        #expect(expected.contains("&lt;hai&gt;"))
        for _ in 0..<3 { #expect(try parts.html(models) == expected) }
        #expect(try parts.html(models.reversed()) == models.reversed().map { try renderer.render($0) }.joined())
        #expect(try parts.html([]).isEmpty)
    }
}

private struct BadgePart: Components.Page, Hashable {
    static let template: PageTemplate = "badge"
    static let sample = BadgePart(label: "Quá hạn", look: "late")

    let label: String
    let look: String
}
