/// A map on which each area is shaded by how far it has come, with a legend under it. Areas with an address are links.
public struct AreaMap: Sendable {
    /// What is known of an area.
    public struct Shade: Sendable {
        public let level: Level
        public let name: String
        /// What its figures say, after the name and a colon.
        public let words: String
        /// Where a click leads, a path of this site; `nil` for no link.
        public let address: String?
        /// The area doubts its figures: marked with a ring.
        public let isContested: Bool

        public init(level: Level, name: String, words: String, address: String? = nil, isContested: Bool = false) {
            self.level = level
            self.name = name
            self.words = words
            self.address = address
            self.isContested = isContested
        }
    }

    let id: String
    let title: String
    let layout: MapLayout
    let shades: [String: Shade]
    let heading: String?
    let titles: [Level: String]

    /// - Parameters:
    ///   - id: of the picture, unique on its page
    ///   - title: plain text
    ///   - shades: by the ids of the areas; an area without one is drawn as missing under its id
    ///   - heading: what the shades mean, over the legend; nil where they mean nothing
    ///   - titles: what the levels are called where they do not mean behind and ahead
    public init(
        id: String, title: String, layout: MapLayout, shades: [String: Shade], legend heading: String?,
        titles: [Level: String] = [:]
    ) {
        self.titles = titles
        self.id = id
        self.title = title
        self.layout = layout
        self.shades = shades
        self.heading = heading
    }

    /// The names of the areas in the order of the numbers that a printed map bears; an inset bears its name.
    public var key: [String] { entries.map { (entry: Entry) -> String in entry.shade.name } }

    public func chart() -> Chart {
        let key = Markup.identifier(id)
        guard !layout.places.isEmpty else {
            return .empty(id: key, title: title, width: layout.width, height: layout.width * 0.3)
        }
        let entries = self.entries
        var drawing = AreaMapDrawing(id: key, entries: entries, width: layout.width)
        drawing.drawAreas()
        let height =
            heading.map { drawing.drawLegend($0, titles, under: layout.height) } ?? drawing.height(of: layout.height)
        return Chart(
            id: key, title: title, width: layout.width, height: height, role: .group,

            alternative: heading == nil ? "Bản đồ \(entries.count) đơn vị." : Self.alternative(of: entries, titles),
            drawing: drawing.pen.drawing)
    }
}

extension AreaMap {
    /// An area's place with what is known of it.
    struct Entry: Sendable {
        let place: MapLayout.Place
        let shade: Shade
    }

    /// In the order of the places.
    private var entries: [Entry] {
        layout.places.map { (place: MapLayout.Place) -> Entry in
            let unknown = Shade(level: .missing, name: place.id, words: "chưa có số liệu")
            return Entry(place: place, shade: shades[place.id] ?? unknown)
        }
    }

    /// The most areas that the alternative names.
    private static let mostNames = 8

    /// How many areas there are of each level, which are far behind, and how many doubt their figures.
    private static func alternative(of entries: [Entry], _ titles: [Level: String]) -> String {
        var counts: [String] = []
        for level in Level.inLegend {
            let count = entries.filter { (entry: Entry) -> Bool in entry.shade.level == level }.count
            if count > 0 { counts.append("\(count) \(lowered(titles[level] ?? level.title))") }
        }
        var sentences = ["Bản đồ \(entries.count) đơn vị: " + counts.joined(separator: ", ")]

        let late = entries.filter { (entry: Entry) -> Bool in entry.shade.level == .farBehind }
        if !late.isEmpty {
            let names = late.prefix(mostNames).map { (entry: Entry) -> String in entry.shade.name }
            let others = late.count > mostNames ? " và \(late.count - mostNames) đơn vị khác" : ""
            sentences.append(
                "\(titles[.farBehind] ?? Level.farBehind.title): \(names.joined(separator: ", "))\(others)")
        }
        let contested = entries.filter { (entry: Entry) -> Bool in entry.shade.isContested }.count
        if contested > 0 { sentences.append("\(contested) đơn vị có ý kiến về số liệu") }
        return sentences.joined(separator: ". ") + "."
    }

    private static func lowered(_ text: String) -> String { text.prefix(1).lowercased() + text.dropFirst() }
}
