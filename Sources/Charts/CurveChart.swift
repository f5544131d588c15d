/// Curves over any numbers: shares by threshold, counts by weight, parameters by step.
public struct CurveChart: Sendable {
    public struct Curve: Sendable {
        public let name: String
        /// By rising x.
        public let points: [(x: Double, y: Double)]
        /// Drawn as steps: what holds at a point holds up to the next.
        public let isStepped: Bool

        public init(name: String, points: [(x: Double, y: Double)], isStepped: Bool = false) {
            self.name = name
            self.points = points
            self.isStepped = isStepped
        }
    }

    /// Narrow, so that its texts are legible on a phone: as in ``LineChartLayout``.
    private static let width = LineChartLayout.width
    private static let textSize = LineChartLayout.textSize
    private static let right = 24.0
    private static let top = 44.0
    private static let bottom = 260.0
    /// Without a legend: figures and name of the axis across are below the plot.
    private static let height = 328.0
    /// Colours and dashes in their order: told apart in grey print too.
    private static let looks = [
        (Palette.blue, ""), (Palette.deepOrange, "7 4"), (Palette.quiet, "2 4"), (Palette.ink, "10 3 2 3"),
        (Palette.blue, "2 2"), (Palette.deepOrange, "1 3"),
    ]

    let id: String
    let title: String
    let curves: [Curve]
    let across: String
    let up: String
    let isShare: Bool

    /// - Parameters:
    ///   - across, up: what the axes mean
    ///   - isShare: the upward axis goes from 0 to 1
    public init(id: String, title: String, curves: [Curve], across: String, up: String, isShare: Bool = false) {
        self.id = id
        self.title = title
        self.curves = curves.map { curve in
            Curve(
                name: curve.name, points: curve.points.filter { $0.x.isFinite && $0.y.isFinite },
                isStepped: curve.isStepped)
        }
        self.across = across
        self.up = up
        self.isShare = isShare
    }

    public func chart() -> Chart {
        let key = Markup.identifier(id)
        let all = curves.flatMap(\.points)
        guard let firstX = all.map(\.x).min(), let lastX = all.map(\.x).max(), let lowest = all.map(\.y).min(),
            let highest = all.map(\.y).max()
        else { return .empty(id: key, title: title, width: Self.width, height: Self.height) }
        let horizontal = Scale(low: firstX, high: lastX, intervals: 5)
        let vertical = Scale(low: isShare ? 0 : min(lowest, 0), high: isShare ? 1 : highest, intervals: 5)
        let marks = vertical.ticks.map { Markup.width(of: vertical.words($0), size: Self.textSize) }
        let left = (marks.max() ?? 0) + 14
        func point(_ value: (x: Double, y: Double)) -> PlanePoint {
            PlanePoint(
                x: left + horizontal.fraction(of: value.x) * (Self.width - left - Self.right),
                y: Self.bottom - vertical.fraction(of: value.y) * (Self.bottom - Self.top))
        }
        var pen = Pen()
        for tick in vertical.ticks {
            let y = point((firstX, tick)).y
            pen.line(
                from: PlanePoint(x: left, y: y), to: PlanePoint(x: Self.width - Self.right, y: y),
                look: "stroke=\"\(Palette.grid)\"")
            pen.write(
                vertical.words(tick), at: PlanePoint(x: left - 8, y: y + 7), size: Self.textSize, anchor: .end,
                fill: Palette.quiet)
        }
        for tick in horizontal.ticks {
            pen.write(
                horizontal.words(tick), at: PlanePoint(x: point((tick, 0)).x, y: Self.bottom + 28),
                size: Self.textSize, anchor: .middle, fill: Palette.quiet)
        }
        pen.write(
            Markup.shortened(across, to: 46), at: PlanePoint(x: Self.width - 4, y: Self.bottom + 54),
            size: Self.textSize, anchor: .end, fill: Palette.quiet)
        pen.write(
            Markup.shortened(up, to: 46), at: PlanePoint(x: 4, y: 20), size: Self.textSize, fill: Palette.quiet)
        let bottom = drawCurves(with: &pen, at: point)
        return Chart(
            id: key, title: title, width: Self.width, height: bottom, alternative: alternative, drawing: pen.drawing)
    }

    /// The curves, and what each is where there are several.
    /// - Returns: where the drawing ends
    private func drawCurves(with pen: inout Pen, at point: ((x: Double, y: Double)) -> PlanePoint) -> Double {
        var x = 8.0
        var y = Self.height + 22
        for (index, curve) in curves.enumerated() where !curve.points.isEmpty {
            let (colour, dash) = Self.looks[index % Self.looks.count]
            let look =
                "fill=\"none\" stroke=\"\(colour)\" stroke-width=\"3.5\""
                + (dash.isEmpty ? "" : " stroke-dasharray=\"\(dash)\"")
            var path = ""
            var before: PlanePoint?
            for value in curve.points {
                let place = point(value)
                if curve.isStepped, let before { path += "L\(Markup.number(place.x)) \(Markup.number(before.y))" }
                path += "\(path.isEmpty ? "M" : "L")\(Markup.number(place.x)) \(Markup.number(place.y))"
                before = place
            }
            pen.path(path, look)
            guard curves.count > 1 else { continue }
            let name = Markup.shortened(curve.name, to: 40)
            let room = 50 + Markup.width(of: name, size: Self.textSize)
            if x > 8, x + room > Self.width - 8 { (x, y) = (8, y + 30) }
            pen.line(from: PlanePoint(x: x, y: y - 7), to: PlanePoint(x: x + 40, y: y - 7), look: look)
            pen.write(name, at: PlanePoint(x: x + 50, y: y), size: Self.textSize)
            x += room + 24
        }
        return curves.count > 1 ? y + 14 : Self.height
    }

    private var alternative: String {
        curves.compactMap { curve in
            guard let first = curve.points.first, let last = curve.points.last,
                let top = curve.points.max(by: { $0.y < $1.y })
            else { return nil }
            return
                "\(curve.name.isEmpty ? up : curve.name): từ \(Wording.decimal(first.y, 3)) tại \(Wording.decimal(first.x, 2)) đến \(Wording.decimal(last.y, 3)) tại \(Wording.decimal(last.x, 2)); cao nhất \(Wording.decimal(top.y, 3)) tại \(Wording.decimal(top.x, 2))."
        }
        .joined(separator: " ")
    }
}
