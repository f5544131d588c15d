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

    private static let width = 720.0
    private static let left = 300.0
    private static let right = 60.0
    private static let row = 28.0

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
        let room = Self.width - Self.left - Self.right
        func x(_ value: Double) -> Double { Self.left + scale.fraction(of: value) * room }
        let bottom = Double(rows.count) * Self.row + 8
        var pen = Pen()
        for tick in scale.ticks {
            pen.line(
                from: PlanePoint(x: x(tick), y: 4), to: PlanePoint(x: x(tick), y: bottom),
                look: "stroke=\"\(tick == 0 ? Palette.outline : Palette.grid)\" stroke-width=\"1\"")
            pen.write(
                scale.words(tick), at: PlanePoint(x: x(tick), y: bottom + 18), size: 14, anchor: .middle,
                fill: Palette.quiet)
        }
        for (index, row) in rows.enumerated() {
            let y = Double(index) * Self.row + 4
            guard let value = row.value else {
                pen.write(Markup.shortened(row.label, to: 60), at: PlanePoint(x: 8, y: y + 20), size: 16)
                continue
            }
            pen.write(
                Markup.shortened(row.label, to: 38), at: PlanePoint(x: 20, y: y + 19), size: 13, fill: Palette.quiet)
            let (start, end) = (x(min(value, 0)), x(max(value, 0)))
            pen.rectangle(
                x: start, y: y + 5, width: max(end - start, 1.5), height: 18,
                look: "fill=\"\(value >= 0 ? Palette.blue : Palette.orange)\"")
            pen.write(
                (value > 0 ? "+" : "") + Wording.decimal(value, 1), at: PlanePoint(x: end + 5, y: y + 19), size: 13,
                hasHalo: true)
        }
        return Chart(
            id: key, title: title, width: Self.width, height: bottom + 30, alternative: alternative,
            drawing: pen.drawing)
    }

    private var alternative: String {
        rows.map { row in row.value.map { "\(row.label) \(Wording.decimal($0, 1))" } ?? "\(row.label):" }
            .joined(separator: "; ") + "."
    }
}
