/// How a sum comes about: one bar a step, each beginning where the one before ended.
public struct WaterfallChart: Sendable {
    public struct Step: Sendable {
        public let label: String
        /// What stands behind the step, such as the values compared; may be empty.
        public let detail: String
        public let value: Double

        public init(label: String, detail: String = "", value: Double) {
            self.label = label
            self.detail = detail
            self.value = value
        }
    }

    private static let width = 720.0
    private static let left = 300.0
    private static let right = 64.0
    private static let row = 40.0
    private static let top = 12.0

    let id: String
    let title: String
    let steps: [Step]
    let total: String

    /// - Parameters:
    ///   - id: of the picture, unique on its page
    ///   - steps: from the first to the last
    ///   - total: what the sum is called
    public init(id: String, title: String, steps: [Step], total: String) {
        self.id = id
        self.title = title
        self.steps = steps
        self.total = total
    }

    public func chart() -> Chart {
        let key = Markup.identifier(id)
        guard !steps.isEmpty else { return .empty(id: key, title: title, width: Self.width, height: 120) }
        var sums = [0.0]
        for step in steps { sums.append((sums.last ?? 0) + step.value) }
        let scale = Scale(low: min(sums.min() ?? 0, 0), high: max(sums.max() ?? 0, 0), intervals: 6)
        let room = Self.width - Self.left - Self.right
        func x(_ value: Double) -> Double { Self.left + scale.fraction(of: value) * room }
        let bottom = Self.top + Double(steps.count + 1) * Self.row
        var pen = Pen()
        for tick in scale.ticks {
            pen.line(
                from: PlanePoint(x: x(tick), y: Self.top), to: PlanePoint(x: x(tick), y: bottom),
                look: "stroke=\"\(tick == 0 ? Palette.outline : Palette.grid)\" stroke-width=\"1\"")
            pen.write(
                scale.words(tick), at: PlanePoint(x: x(tick), y: bottom + 20), size: 14, anchor: .middle,
                fill: Palette.quiet)
        }
        for (index, step) in steps.enumerated() {
            draw(step.label, step.detail, from: sums[index], to: sums[index + 1], at: index, isSum: false, x, &pen)
            pen.line(
                from: PlanePoint(x: x(sums[index + 1]), y: Self.top + Double(index) * Self.row + 30),
                to: PlanePoint(x: x(sums[index + 1]), y: Self.top + Double(index + 1) * Self.row + 6),
                look: "stroke=\"\(Palette.outline)\" stroke-width=\"1\" stroke-dasharray=\"3 3\"")
        }
        draw(total, "", from: 0, to: sums.last ?? 0, at: steps.count, isSum: true, x, &pen)
        return Chart(
            id: key, title: title, width: Self.width, height: bottom + 32, alternative: alternative,
            drawing: pen.drawing)
    }

    private func draw(
        _ label: String, _ detail: String, from start: Double, to end: Double, at index: Int, isSum: Bool,
        _ x: (Double) -> Double, _ pen: inout Pen
    ) {
        let y = Self.top + Double(index) * Self.row
        pen.write(
            Markup.shortened(label, to: 34), at: PlanePoint(x: 8, y: y + (detail.isEmpty ? 24 : 16)), size: 15)
        if !detail.isEmpty {
            pen.write(Markup.shortened(detail, to: 42), at: PlanePoint(x: 8, y: y + 33), size: 12, fill: Palette.quiet)
        }
        let (low, high) = (x(min(start, end)), x(max(start, end)))
        let fill = isSum ? Palette.outline : end >= start ? Palette.blue : Palette.orange
        pen.rectangle(x: low, y: y + 6, width: max(high - low, 1.5), height: 24, look: "fill=\"\(fill)\"")
        let value = end - start
        pen.write(
            (value > 0 ? "+" : "") + Wording.decimal(value, 2), at: PlanePoint(x: high + 5, y: y + 23), size: 14,
            hasHalo: true)
    }

    private var alternative: String {
        let parts = steps.map { "\($0.label) \($0.value > 0 ? "+" : "")\(Wording.decimal($0.value, 2))" }
        let sum = steps.reduce(0) { $0 + $1.value }
        return parts.joined(separator: "; ") + ". \(total): \(Wording.decimal(sum, 2))."
    }
}
