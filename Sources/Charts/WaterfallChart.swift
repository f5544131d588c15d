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

    /// Narrow, so that its texts are legible on a phone: as in ``LineChartLayout``. What a bar is stands above it.
    private static let width = LineChartLayout.width
    private static let textSize = LineChartLayout.textSize
    private static let left = 28.0
    private static let top = 4.0
    /// Of a bar, with the space around it.
    private static let row = 34.0
    /// Of a line of words above a bar.
    private static let line = 27.0

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
        let widths = (steps.map(\.value) + [sums.last ?? 0]).map {
            Markup.width(of: Self.words($0), size: Self.textSize)
        }
        let room = Self.width - Self.left - (widths.max() ?? 0) - 12
        func x(_ value: Double) -> Double { Self.left + scale.fraction(of: value) * room }
        // Where the words of each step begin; its bar ends where those of the next begin.
        var tops = [Self.top]
        for step in steps { tops.append((tops.last ?? 0) + Self.height(of: step.detail)) }
        let bottom = (tops.last ?? 0) + Self.height(of: "")
        var pen = Pen()
        for tick in scale.ticks {
            pen.line(
                from: PlanePoint(x: x(tick), y: Self.top), to: PlanePoint(x: x(tick), y: bottom),
                look: "stroke=\"\(tick == 0 ? Palette.outline : Palette.grid)\"")
            pen.write(
                scale.words(tick), at: PlanePoint(x: x(tick), y: bottom + 24), size: Self.textSize, anchor: .middle,
                fill: Palette.quiet)
        }
        for index in steps.indices {
            let next = index + 1 < steps.count ? steps[index + 1].detail : ""
            pen.line(
                from: PlanePoint(x: x(sums[index + 1]), y: tops[index + 1] - 4),
                to: PlanePoint(x: x(sums[index + 1]), y: tops[index + 1] + Self.height(of: next) - 28),
                look: "stroke=\"\(Palette.outline)\" stroke-dasharray=\"3 3\"")
        }
        for (index, step) in steps.enumerated() {
            draw(step.label, step.detail, from: sums[index], to: sums[index + 1], y: tops[index], isSum: false, x, &pen)
        }
        draw(total, "", from: 0, to: sums.last ?? 0, y: tops.last ?? 0, isSum: true, x, &pen)
        return Chart(
            id: key, title: title, width: Self.width, height: bottom + 36, alternative: alternative,
            drawing: pen.drawing)
    }

    private static func height(of detail: String) -> Double { row + (detail.isEmpty ? line : 2 * line) }

    private static func words(_ value: Double) -> String { (value > 0 ? "+" : "") + Wording.decimal(value, 2) }

    private func draw(
        _ label: String, _ detail: String, from start: Double, to end: Double, y: Double, isSum: Bool,
        _ x: (Double) -> Double, _ pen: inout Pen
    ) {
        pen.write(
            Markup.shortened(label, to: 45), at: PlanePoint(x: 4, y: y + 22), size: Self.textSize, hasHalo: true)
        if !detail.isEmpty {
            pen.write(
                Markup.shortened(detail, to: 45), at: PlanePoint(x: 4, y: y + 22 + Self.line), size: Self.textSize,
                fill: Palette.quiet, hasHalo: true)
        }
        let (low, high) = (x(min(start, end)), x(max(start, end)))
        let fill = isSum ? Palette.outline : end >= start ? Palette.blue : Palette.orange
        let top = y + Self.height(of: detail) - 28
        pen.rectangle(x: low, y: top, width: max(high - low, 1.5), height: 24, look: "fill=\"\(fill)\"")
        pen.write(
            Self.words(end - start), at: PlanePoint(x: high + 6, y: top + 20), size: Self.textSize, hasHalo: true)
    }

    private var alternative: String {
        let parts = steps.map { "\($0.label) \($0.value > 0 ? "+" : "")\(Wording.decimal($0.value, 2))" }
        let sum = steps.reduce(0) { $0 + $1.value }
        return parts.joined(separator: "; ") + ". \(total): \(Wording.decimal(sum, 2))."
    }
}
