/// Draws the areas of a map, their links and the legend.
struct AreaMapDrawing: Sendable {
    private let id: String
    private let entries: [AreaMap.Entry]
    private let width: Double
    /// A thousandth of the width: the sizes below are for a drawing of 1000 units.
    private let unit: Double
    /// Of all texts: 12 pixels where the map is as wide as a phone.
    private var size: Double { 37 * unit }
    /// The line over the areas in which the name of the one that is pointed at stands.
    private var nameLine: Double { 60 * unit }
    private(set) var pen = Pen()

    /// - Parameter id: of the map, ready for an attribute
    init(id: String, entries: [AreaMap.Entry], width: Double) {
        self.id = id
        self.entries = entries
        self.width = width
        unit = width / 1000
    }

    /// Areas of a level stand together, so that its colour is written once; those far behind come first for readers
    /// who go through the links one by one.
    mutating func drawAreas() {
        let patterns = AreaMap.Level.allCases.compactMap { (level: AreaMap.Level) -> String? in level.pattern(id: id) }
        pen.put("<defs>\(patterns.joined())</defs>")
        let text = Markup.attribute("font-size", size)
        pen.put("<g transform=\"translate(0 \(Markup.number(nameLine)))\"\(text)>")
        let line = Markup.attribute("stroke-width", 1.5 * unit)
        pen.put("<g stroke=\"\(Palette.outline)\" stroke-linejoin=\"round\" fill-rule=\"evenodd\"\(line)>")
        for level in AreaMap.Level.inLegend {
            let ofLevel = entries.filter { (entry: AreaMap.Entry) -> Bool in entry.shade.level == level }
            if ofLevel.isEmpty { continue }
            pen.put("<g fill=\"\(level.paint(id: id))\">")
            for entry in ofLevel { pen.put(Self.area(entry)) }
            pen.put("</g>")
        }
        pen.put("</g>")
        drawInsets()
        drawRings()
        drawNumbers()
        pen.put("</g>")
    }

    /// The name of a link stands in it as a text, which the page's style sheet shows in the line over the map while the
    /// link is pointed at or has the focus, and hides otherwise; an area without a link has the browser's own.
    private static func area(_ entry: AreaMap.Entry) -> String {
        let words = Markup.escaped("\(entry.shade.name): \(entry.shade.words)")
        let data = outline(of: entry.place.rings)
        guard let target = Markup.target(entry.shade.address) else {
            return "<path d=\"\(data)\"><title>\(words)</title></path>"
        }
        return "<a href=\"\(target)\"><text>\(words)</text><path d=\"\(data)\"/></a>"
    }

    /// For print, where nothing can be pointed at: the number of each area in the key (``AreaMap/key``). The page's style
    /// sheet hides them on screen.
    private mutating func drawNumbers() {
        pen.put("<g class=\"numbers\" text-anchor=\"middle\"\(Markup.attribute("font-size", 17 * unit))>")
        for (index, entry) in entries.enumerated() where !entry.place.isInset {
            let (x, y) = (Int(entry.place.centre.x.rounded()), Int((entry.place.centre.y + 5 * unit).rounded()))
            pen.put("<text x=\"\(x)\" y=\"\(y)\">\(index + 1)</text>")
        }
        pen.put("</g>")
    }

    /// Path data of closed lines. Those too small to be seen are left out beside others.
    static func outline(of rings: [[PlanePoint]]) -> String {
        let lines = rings.map(line)
        let seen = lines.filter { !$0.hasSuffix("l1 1z") }
        return (seen.isEmpty ? Array(lines.prefix(1)) : seen).joined()
    }

    /// In whole units, each corner relative to the one before, as that takes the fewest characters.
    private static func line(along points: [PlanePoint]) -> String {
        var data = ""
        var x = 0
        var y = 0
        for (index, point) in points.enumerated() {
            let nextX = Int(point.x.rounded())
            let nextY = Int(point.y.rounded())
            if index == 0 {
                data += "M\(nextX) \(nextY)l"
            } else if nextX != x || nextY != y {
                if data.last != "l", nextX >= x { data += " " }
                data += "\(nextX - x)"
                if nextY >= y { data += " " }
                data += "\(nextY - y)"
            }
            x = nextX
            y = nextY
        }
        // Of a cell smaller than a unit nothing is left but its place.
        if data.last == "l" { data += "1 1" }
        return data + "z"
    }

    /// A frame around each inset, with its name under it: nobody would find it by its place.
    private mutating func drawInsets() {
        let insets = entries.filter { (entry: AreaMap.Entry) -> Bool in entry.place.isInset }
        for entry in insets {
            let centre = entry.place.centre
            let half = 40 * unit
            pen.rectangle(
                x: centre.x - half, y: centre.y - half, width: 2 * half, height: 2 * half,
                look: "fill=\"none\" stroke=\"\(Palette.outline)\"")
            let name = Markup.shortened(entry.shade.name, to: 12)
            let room = Markup.width(of: name, size: size) / 2
            let x = min(max(centre.x, room), width - room)
            pen.write(name, at: PlanePoint(x: x, y: centre.y + half + size * 1.05), size: size, anchor: .middle)
        }
    }

    private mutating func drawRings() {
        let contested = entries.filter { (entry: AreaMap.Entry) -> Bool in entry.shade.isContested }
        if contested.isEmpty { return }
        // A click on the ring goes through to the area.
        pen.put("<g pointer-events=\"none\">")
        for entry in contested { drawRing(at: entry.place.centre) }
        pen.put("</g>")
    }

    private mutating func drawRing(at point: PlanePoint) {
        let line = Markup.attribute("stroke-width", 3 * unit)
        pen.circle(at: point, radius: 8 * unit, look: "fill=\"#fff\" stroke=\"#111\"\(line)")
    }

    /// Of the drawing without a legend.
    func height(of map: Double) -> Double { nameLine + map }

    /// Swatches with titles and numbers of areas, in two columns where the titles leave room for them.
    ///
    /// - Parameter map: how high the map is
    /// - Returns: the height of the drawing with its legend
    mutating func drawLegend(_ heading: String, _ titles: [AreaMap.Level: String], under map: Double) -> Double {
        let row = 56 * unit
        let first = nameLine + map + 50 * unit
        pen.write(heading, at: PlanePoint(x: 8 * unit, y: first), size: size)
        let levels = AreaMap.Level.inLegend
        let labels = levels.map { (level: AreaMap.Level) -> String in
            let count = entries.filter { (entry: AreaMap.Entry) -> Bool in entry.shade.level == level }.count
            return "\(titles[level] ?? level.title): \(count)"
        }
        let widest = labels.map { (label: String) -> Double in Markup.width(of: label, size: size) }.max() ?? 0
        let perColumn = widest > 416 * unit ? levels.count : (levels.count + 1) / 2
        for (index, level) in levels.enumerated() {
            let x = (index < perColumn ? 8 : 508) * unit
            let y = first + row * Double(index % perColumn + 1)
            pen.rectangle(
                x: x, y: y - 28 * unit, width: 52 * unit, height: 34 * unit,
                look: "fill=\"\(level.paint(id: id))\" stroke=\"\(Palette.outline)\"")
            pen.write(labels[index], at: PlanePoint(x: x + 68 * unit, y: y), size: size)
        }
        var last = first + row * Double(perColumn)
        let contested = entries.filter { (entry: AreaMap.Entry) -> Bool in entry.shade.isContested }.count
        if contested > 0 {
            last += row
            drawRing(at: PlanePoint(x: 34 * unit, y: last - 11 * unit))
            pen.write(
                "Đơn vị có ý kiến về số liệu: \(contested)", at: PlanePoint(x: 76 * unit, y: last), size: size)
        }
        return last + 20 * unit
    }
}
