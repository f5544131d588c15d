/// Collects the elements of a drawing.
struct Pen: Sendable {
    enum Anchor: String {
        case start
        case middle
        case end
    }

    /// The SVG elements so far.
    private(set) var drawing = ""

    /// Adds elements that are ready.
    mutating func put(_ markup: String) { drawing += markup }

    /// - Parameters:
    ///   - words: plain text
    ///   - point: the end of the base line that `anchor` names
    ///   - hasHalo: keeps lines that cross the text away from its letters
    mutating func write(
        _ words: String, at point: PlanePoint, size: Double, anchor: Anchor = .start, fill: String = Palette.ink,
        hasHalo: Bool = false
    ) {
        var attributes = Markup.attribute("x", point.x) + Markup.attribute("y", point.y)
        attributes += Markup.attribute("font-size", size)
        if anchor != .start { attributes += " text-anchor=\"\(anchor.rawValue)\"" }
        if hasHalo {
            attributes += " stroke=\"#fff\" stroke-width=\"5\" stroke-linejoin=\"round\" paint-order=\"stroke\""
        }
        drawing += "<text\(attributes) fill=\"\(fill)\">\(Markup.escaped(words))</text>"
    }

    /// - Parameter look: further attributes, such as `fill="#fff"`
    mutating func rectangle(x: Double, y: Double, width: Double, height: Double, look: String) {
        let place = Markup.attribute("x", x) + Markup.attribute("y", y)
        let size = Markup.attribute("width", width) + Markup.attribute("height", height)
        drawing += "<rect\(place)\(size) \(look)/>"
    }

    mutating func circle(at point: PlanePoint, radius: Double, look: String) {
        let place = Markup.attribute("cx", point.x) + Markup.attribute("cy", point.y)
        drawing += "<circle\(place)\(Markup.attribute("r", radius)) \(look)/>"
    }

    /// A straight line.
    mutating func line(from start: PlanePoint, to end: PlanePoint, look: String) {
        let first = "M\(Markup.number(start.x)) \(Markup.number(start.y))"
        path("\(first)L\(Markup.number(end.x)) \(Markup.number(end.y))", look)
    }

    /// - Parameter data: path data
    mutating func path(_ data: String, _ look: String) { drawing += "<path d=\"\(data)\" \(look)/>" }
}
