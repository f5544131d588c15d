import Kernel

/// Draws a line chart: grid and months first, then lines, then what must stand over them.
struct LineChartDrawing: Sendable {
    private let chart: LineChart
    private let layout: LineChartLayout
    private(set) var pen = Pen()

    init(_ chart: LineChart, layout: LineChartLayout) {
        self.chart = chart
        self.layout = layout
    }

    mutating func draw() {
        drawGrid()
        drawMonths()
        for line in chart.series { drawLine(line) }
        drawMarkers()
        drawEnds()
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
        let januaries = chart.months.filter { (month: Month) -> Bool in month.month == 1 }
        let every = max(1, (januaries.count + 7) / 8)
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
            let figure = VietnameseText.grouped(marker.people)
            let isBefore = point.x - Markup.width(of: figure, size: LineChartLayout.textSize) > layout.left + 15
            let place = PlanePoint(x: point.x + (isBefore ? -13 : 13), y: point.y - (isBefore ? 4 : -7))
            pen.write(
                figure, at: place, size: LineChartLayout.textSize, anchor: isBefore ? .end : .start,
                fill: Palette.deepOrange, hasHalo: true)
            pen.put("</g>")
        }
    }

    private mutating func drawDiamond(at point: PlanePoint) {
        let top = "M\(Markup.number(point.x)) \(Markup.number(point.y - 9))"
        pen.path("\(top)l9 9-9 9-9-9z", "fill=\"#fff\" stroke=\"\(Palette.deepOrange)\" stroke-width=\"3\"")
    }

    /// Writes the last figure of each line at its end.
    private mutating func drawEnds() {
        var atRight: [(point: PlanePoint, words: String, colour: String)] = []
        for line in chart.series {
            let values = Array(line.values.prefix(chart.months.count))
            guard let index = values.lastIndex(where: { (value: Int?) -> Bool in value != nil }) else { continue }
            guard let figure = values[index], !isMarked(index, figure) else { continue }
            let point = layout.point(index, figure)
            let words = VietnameseText.grouped(figure)
            if index + 1 == chart.months.count {
                atRight.append((point, words, line.look.colour))
            } else {
                // Behind and under the point, where rising lines leave room; over it at the bottom of the plot.
                let isLow = point.y + 26 > LineChartLayout.bottom
                pen.write(
                    words, at: PlanePoint(x: point.x + 8, y: point.y + (isLow ? -10 : 24)),
                    size: LineChartLayout.textSize, fill: line.look.colour, hasHalo: true)
            }
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
            let place = PlanePoint(x: end.point.x + 14, y: y)
            pen.write(end.words, at: place, size: LineChartLayout.textSize, fill: end.colour, hasHalo: true)
        }
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
