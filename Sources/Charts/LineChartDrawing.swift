import Kernel

/// Draws a line chart: grid and months first, then lines, then what must stand over them.
struct LineChartDrawing: Sendable {
    private let chart: LineChart
    private let layout: LineChartLayout
    private(set) var pen = Pen()
    private var room: LabelRoom

    init(_ chart: LineChart, layout: LineChartLayout) {
        self.chart = chart
        self.layout = layout
        room = LabelRoom(
            size: LineChartLayout.textSize, left: layout.left, right: LineChartLayout.width, top: 12,
            bottom: LineChartLayout.bottom)
    }

    mutating func draw() {
        drawGrid()
        drawMonths()
        for line in chart.series { drawLine(line) }
        // What has one place only takes it before what has several.
        let inside = drawEndsAtRight()
        drawMarkers()
        for end in inside { drawEnd(end) }
        drawLegend()
    }

    private mutating func drawGrid() {
        pen.write(chart.unit, at: PlanePoint(x: 4, y: 20), size: LineChartLayout.textSize, fill: Palette.quiet)
        var grid = ""
        for tick in layout.axis.ticks {
            let y = layout.y(tick)
            grid += "M\(Markup.number(layout.left)) \(Markup.number(y))H\(Markup.number(layout.right))"
            pen.write(
                VietnameseText.grouped(tick), at: PlanePoint(x: layout.left - 8, y: y + 7),
                size: LineChartLayout.textSize, anchor: .end, fill: Palette.quiet)
        }
        pen.path(grid, "fill=\"none\" stroke=\"\(Palette.grid)\"")
    }

    /// Up to 14 months are named one by one, more by the Januaries of their years.
    private mutating func drawMonths() {
        let isShort = chart.months.count <= 14
        // So many years apart that their names do not run into each other.
        let apart = layout.x(min(12, max(chart.months.count - 1, 0))) - layout.x(0)
        let needed = Markup.width(of: "2026", size: LineChartLayout.textSize) + 14
        let every = apart > 0 ? max(1, Int((needed / apart).rounded(.up))) : 1
        var years = 0
        for (index, month) in chart.months.enumerated() {
            let x = layout.x(index)
            let bottom = LineChartLayout.bottom
            if isShort {
                writeUnder("T\(month.month)", x: x, row: 0)
                if index == 0 || month.month == 1 { writeUnder("\(month.year)", x: x, row: 1) }
            } else if month.month == 1 {
                let mark = PlanePoint(x: x, y: bottom)
                pen.line(from: mark, to: PlanePoint(x: x, y: bottom + 8), look: "stroke=\"\(Palette.outline)\"")
                if years % every == 0 { writeUnder("\(month.year)", x: x, row: 0) }
                years += 1
            }
        }
    }

    private mutating func writeUnder(_ words: String, x: Double, row: Int) {
        let y = LineChartLayout.bottom + 28 + 24 * Double(row)
        pen.write(
            words, at: PlanePoint(x: x, y: y), size: LineChartLayout.textSize, anchor: .middle, fill: Palette.quiet)
    }

    private mutating func drawLine(_ line: LineSeries) {
        var data = ""
        var isDrawing = false
        var lone: [PlanePoint] = []
        let values = Array(line.values.prefix(chart.months.count))
        for (index, value) in values.enumerated() {
            guard let value else {
                isDrawing = false
                continue
            }
            let point = layout.point(index, value)
            let goesOn = index + 1 < values.count && values[index + 1] != nil
            if !isDrawing, !goesOn {
                lone.append(point)
            } else {
                data += "\(isDrawing ? "L" : "M")\(Markup.number(point.x)) \(Markup.number(point.y))"
            }
            isDrawing = true
        }
        if !data.isEmpty { pen.path(data, line.look.stroke) }
        for point in lone { pen.circle(at: point, radius: 5, look: "fill=\"\(line.look.colour)\"") }
    }

    private mutating func drawMarkers() {
        for marker in chart.markers {
            guard let index = chart.months.firstIndex(of: marker.month) else { continue }
            let point = layout.point(index, marker.people)
            let words = "\(marker.label): \(Wording.amount(marker.people, chart.unit))"
            pen.put("<g><title>\(Markup.escaped(words))</title>")
            drawDiamond(at: point)
            // Lines mostly rise, which leaves the space before and above a point free.
            write(
                VietnameseText.grouped(marker.people), colour: Palette.deepOrange,
                at: [
                    place(point, -13, -4, .end), place(point, -13, -20, .end), place(point, 13, 7, .start),
                    place(point, 0, -18, .middle), place(point, -13, 22, .end), place(point, 13, 24, .start),
                ])
            pen.put("</g>")
        }
    }

    private func place(_ point: PlanePoint, _ x: Double, _ y: Double, _ anchor: Pen.Anchor) -> LabelRoom.Place {
        LabelRoom.Place(point: PlanePoint(x: point.x + x, y: point.y + y), anchor: anchor)
    }

    private mutating func write(_ words: String, colour: String, at places: [LabelRoom.Place]) {
        guard let place = room.place(words, at: places) else { return }
        pen.write(
            words, at: place.point, size: LineChartLayout.textSize, anchor: place.anchor, fill: colour, hasHalo: true)
    }

    private mutating func drawDiamond(at point: PlanePoint) {
        let top = "M\(Markup.number(point.x)) \(Markup.number(point.y - 9))"
        pen.path("\(top)l9 9-9 9-9-9z", "fill=\"#fff\" stroke=\"\(Palette.deepOrange)\" stroke-width=\"3\"")
    }

    /// The last figure of a line, with the place it is of.
    private typealias End = (point: PlanePoint, words: String, colour: String)

    /// Writes the last figure of each line that goes to the last month, right of the plot.
    /// - Returns: those of lines that end before, which are written where room is.
    private mutating func drawEndsAtRight() -> [End] {
        var atRight: [End] = []
        var inside: [End] = []
        for line in chart.series {
            let values = Array(line.values.prefix(chart.months.count))
            guard let index = values.lastIndex(where: { (value: Int?) -> Bool in value != nil }) else { continue }
            guard let figure = values[index], !isMarked(index, figure) else { continue }
            let end: End = (layout.point(index, figure), VietnameseText.grouped(figure), line.look.colour)
            if index + 1 == chart.months.count { atRight.append(end) } else { inside.append(end) }
        }
        atRight.sort { $0.point.y < $1.point.y }
        // Figures that lie close together are pushed apart, downwards first and back up from the bottom of the plot.
        let step = 22.0
        var heights = atRight.map { $0.point.y + 7 }
        for index in heights.indices.dropFirst() { heights[index] = max(heights[index], heights[index - 1] + step) }
        var most = LineChartLayout.bottom + 7
        for index in heights.indices.reversed() {
            heights[index] = min(heights[index], most)
            most = heights[index] - step
        }
        for (end, y) in zip(atRight, heights) {
            let place = LabelRoom.Place(point: PlanePoint(x: end.point.x + 14, y: y), anchor: .start)
            room.take(end.words, at: place)
            pen.write(
                end.words, at: place.point, size: LineChartLayout.textSize, fill: end.colour, hasHalo: true)
        }
        return inside
    }

    /// Behind and under the point, where rising lines leave room; else where no other figure stands.
    private mutating func drawEnd(_ end: End) {
        write(
            end.words, colour: end.colour,
            at: [
                place(end.point, 8, 24, .start), place(end.point, 8, -10, .start), place(end.point, 0, 30, .middle),
                place(end.point, -10, -12, .end), place(end.point, -10, 28, .end), place(end.point, 8, 46, .start),
            ])
    }

    /// Whether a target already says the figure at the same place.
    private func isMarked(_ index: Int, _ figure: Int) -> Bool {
        chart.markers.contains { (marker: TargetMarker) -> Bool in
            marker.people == figure && marker.month == chart.months[index]
        }
    }

    private mutating func drawLegend() {
        for entry in layout.legend {
            let middle = entry.place.y - 7
            switch entry.sample {
            case .line(let look):
                let start = PlanePoint(x: entry.place.x, y: middle)
                pen.line(from: start, to: PlanePoint(x: entry.place.x + 40, y: middle), look: look.stroke)
            case .target:
                drawDiamond(at: PlanePoint(x: entry.place.x + 20, y: middle))
            }
            let place = PlanePoint(x: entry.place.x + LineChartLayout.sampleWidth, y: entry.place.y)
            pen.write(entry.name, at: place, size: LineChartLayout.textSize)
        }
    }
}
