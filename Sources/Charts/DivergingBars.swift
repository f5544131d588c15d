/// Weights for and against, one bar a row from a common zero.
public struct DivergingBars: Sendable {
    public struct Row: Sendable {
        public let label: String
        /// Nil for a heading without a bar.
        public let value: Double?

        public init(label: String, value: Double?) {
            self.label = label
            self.value = value
        }
    }

    /// Narrow, so that its texts are legible on a phone: as in ``LineChartLayout``. What a bar is stands above it.
    private static let width = LineChartLayout.width
    private static let textSize = LineChartLayout.textSize
    private static let left = 28.0
    private static let heading = 38.0
    private static let row = 56.0

    let id: String
    let title: String
    let rows: [Row]

    public init(id: String, title: String, rows: [Row]) {
        self.id = id
        self.title = title
        self.rows = rows
    }

    public func chart() -> Chart {
        let key = Markup.identifier(id)
        let values = rows.compactMap(\.value)
        guard let low = values.min(), let high = values.max() else {
            return .empty(id: key, title: title, width: Self.width, height: 120)
        }
        let scale = Scale(low: min(low, 0), high: max(high, 0), intervals: 6)
        let words = values.map { Markup.width(of: Self.words($0), size: Self.textSize) }
        let room = Self.width - Self.left - (words.max() ?? 0) - 12
        func x(_ value: Double) -> Double { Self.left + scale.fraction(of: value) * room }
        let bottom = rows.reduce(8) { $0 + ($1.value == nil ? Self.heading : Self.row) }
        var pen = Pen()
        for tick in scale.ticks {
            pen.line(
                from: PlanePoint(x: x(tick), y: 4), to: PlanePoint(x: x(tick), y: bottom),
                look: "stroke=\"\(tick == 0 ? Palette.outline : Palette.grid)\"")
            pen.write(
                scale.words(tick), at: PlanePoint(x: x(tick), y: bottom + 24), size: Self.textSize, anchor: .middle,
                fill: Palette.quiet)
        }
        var y = 4.0
        for row in rows {
            guard let value = row.value else {
                pen.write(
                    Markup.shortened(row.label, to: 44), at: PlanePoint(x: 4, y: y + 28), size: 23, hasHalo: true)
                y += Self.heading
                continue
            }
            pen.write(
                Markup.shortened(row.label, to: 44), at: PlanePoint(x: 16, y: y + 22), size: Self.textSize,
                fill: Palette.quiet, hasHalo: true)
            let (start, end) = (x(min(value, 0)), x(max(value, 0)))
            pen.rectangle(
                x: start, y: y + 30, width: max(end - start, 1.5), height: 20,
                look: "fill=\"\(value >= 0 ? Palette.blue : Palette.orange)\"")
            pen.write(
                Self.words(value), at: PlanePoint(x: end + 6, y: y + 48), size: Self.textSize, hasHalo: true)
            y += Self.row
        }
        return Chart(
            id: key, title: title, width: Self.width, height: bottom + 36, alternative: alternative,
            drawing: pen.drawing)
    }

    private static func words(_ value: Double) -> String { (value > 0 ? "+" : "") + Wording.decimal(value, 1) }

    private var alternative: String {
        rows.map { row in row.value.map { "\(row.label) \(Wording.decimal($0, 1))" } ?? "\(row.label):" }
            .joined(separator: "; ") + "."
    }
}
