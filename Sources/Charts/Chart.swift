/// A picture for a page, a document or print, together with the words that say the same.
public struct Chart: Sendable {
    /// A self-contained `<svg>` without size, style or script: it scales to the room it is given and stands under a
    /// strict content security policy.
    public let svg: String
    /// What the picture shows, in Vietnamese sentences; plain text. The same stands in the `<desc>` of the picture.
    public let alternative: String

    /// What the picture is to a screen reader.
    enum Role: String {
        /// Read as one thing.
        case image = "img"
        /// Contains links that are read too.
        case group
    }

    /// - Parameters:
    ///   - id: of the picture, ready for an attribute (`Markup.identifier`)
    ///   - title: plain text
    ///   - drawing: SVG elements
    init(
        id: String, title: String, width: Double, height: Double, role: Role = .image, alternative: String,
        drawing: String
    ) {
        let box = "0 0 \(Markup.number(width)) \(Markup.number(height))"
        svg = """
            <svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="\(box)" role="\(role.rawValue)" \
            aria-labelledby="\(id)-t \(id)-d"><title id="\(id)-t">\(Markup.escaped(title))</title>\
            <desc id="\(id)-d">\(Markup.escaped(alternative))</desc>\(drawing)</svg>
            """
        self.alternative = alternative
    }
}

/// The colours of all charts. Blue and orange differ for everybody; where they carry meaning a pattern does as well,
/// so that grey print keeps it. Those of text have a contrast of at least 4.5 : 1 on white.
enum Palette {
    static let ink = "#222"
    static let quiet = "#59636b"
    static let outline = "#6b7780"
    static let grid = "#d5dade"
    static let track = "#e1e5e8"
    static let blue = "#0b5cad"
    static let orange = "#f2a541"
    static let deepOrange = "#a34700"
}
