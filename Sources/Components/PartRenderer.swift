import Synchronization

/// Renders parts of which pages repeat many, the rows of a list say, and keeps their HTML: it follows from the model alone,
/// so that equal models never need rendering twice.
public final class PartRenderer<Part: Page & Hashable>: Sendable {
    /// What was used lately, and what was used before that: when the first is full it takes the place of the second.
    private struct Generations {
        var young: [Part: String] = [:]
        var old: [Part: String] = [:]
    }

    private let renderer: PageRenderer
    private let capacity: Int
    private let kept = Mutex(Generations())

    /// - Parameter capacity: how many parts at least are kept, and at most twice as many.
    public init(_ renderer: PageRenderer, capacity: Int) {
        self.renderer = renderer
        self.capacity = capacity
    }

    /// The parts' HTML, one after another.
    public func html(_ parts: [Part]) throws(PageRenderer.TemplateError) -> String {
        var html = ""
        var made: [Part: String] = [:]
        let known = kept.withLock { generations in parts.map { generations.young[$0] ?? generations.old[$0] } }
        for (part, known) in zip(parts, known) {
            if let known {
                html += known
            } else {
                let text = try renderer.render(part)
                made[part] = text
                html += text
            }
        }
        if !made.isEmpty { keep(made) }
        return html
    }

    private func keep(_ made: [Part: String]) {
        kept.withLock { generations in
            if generations.young.count + made.count > capacity {
                generations.old = generations.young
                generations.young = [:]
            }
            generations.young.merge(made) { _, new in new }
        }
    }
}
