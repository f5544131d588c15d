import Kernel

/// Movement by month or another span: bars up for more, down for fewer.
public struct BarChart: Sendable {
    public struct Bar: Sendable {
        /// Short, as it stands under the bar: `T9`.
        public let label: String
        /// The change; `nil` when unknown, which is not the same as 0.
        public let value: Int?

        public init(label: String, value: Int?) {
            self.label = label
            self.value = value
        }
    }

    /// Narrow, so that its texts are legible on a phone: as in ``LineChartLayout``.
    private static let width = LineChartLayout.width
    private static let height = 260.0
    private static let top = 40.0
    private static let bottom = 212.0
    private static let textSize = LineChartLayout.textSize

    let id: String
    let title: String
    let bars: [Bar]
    let unit: String

    /// - Parameters:
    ///   - id: of the picture, unique on its page
    ///   - title: plain text
    ///   - bars: from left to right
    ///   - unit: of all values
    public init(id: String, title: String, bars: [Bar], unit: String = "người") {
        self.id = id
        self.title = title
        self.bars = bars
        self.unit = unit
    }

    public func chart() -> Chart {
        let key = Markup.identifier(id)
        let known = bars.compactMap(\.value)
        guard let low = known.min(), let high = known.max() else {
            return .empty(id: key, title: title, width: Self.width, height: Self.height)
        }
        let axis = Axis(low: min(low, 0), high: max(high, 0), intervals: 3)
        var pen = Pen()
        if low < 0 { pen.put(Self.hatch(id: key)) }
        let left = drawGrid(axis, with: &pen)
        drawBars(axis, left: left, key: key, with: &pen)
        return Chart(
            id: key, title: title, width: Self.width, height: Self.height, alternative: alternative,
            drawing: pen.drawing)
    }

    private static func hatch(id: String) -> String {
        let ground = "<path d=\"M0 0h8v8H0z\" fill=\"\(Palette.orange)\"/>"
        let stripe = "<path d=\"M4 0v8\" stroke=\"\(Palette.deepOrange)\" stroke-width=\"3\"/>"
        return """
            <defs><pattern id="\(id)-h" width="8" height="8" patternUnits="userSpaceOnUse" \
            patternTransform="rotate(45)">\(ground)\(stripe)</pattern></defs>
            """
    }

    private func y(_ value: Int, _ axis: Axis) -> Double {
        Self.bottom - (Self.bottom - Self.top) * axis.fraction(of: value)
    }

    /// - Returns: where the plot begins, to the right of the figures of the axis
    private func drawGrid(_ axis: Axis, with pen: inout Pen) -> Double {
        let marks = axis.ticks.map { (tick: Int) -> Double in
            Markup.width(of: VietnameseText.grouped(tick), size: Self.textSize)
        }
        let left = (marks.max() ?? 0) + 14
        pen.write(unit, at: PlanePoint(x: 4, y: 18), size: Self.textSize, fill: Palette.quiet)
        for tick in axis.ticks {
            let height = y(tick, axis)
            let colour = tick == 0 ? Palette.ink : Palette.grid
            pen.line(
                from: PlanePoint(x: left, y: height), to: PlanePoint(x: Self.width - 8, y: height),
                look: "stroke=\"\(colour)\"")
            pen.write(
                VietnameseText.grouped(tick), at: PlanePoint(x: left - 8, y: height + 7), size: Self.textSize,
                anchor: .end, fill: Palette.quiet)
        }
        return left
    }

    private func drawBars(_ axis: Axis, left: Double, key: String, with pen: inout Pen) {
        let slot = (Self.width - 8 - left) / Double(bars.count)
        let written = written(slot: slot)
        let labels = bars.map { (bar: Bar) -> Double in Markup.width(of: bar.label, size: Self.textSize) }
        let every = max(1, Int((((labels.max() ?? 0) + 6) / slot).rounded(.up)))
        let zero = y(0, axis)
        for (index, bar) in bars.enumerated() {
            let middle = left + slot * (Double(index) + 0.5)
            if index % every == 0 {
                pen.write(
                    bar.label, at: PlanePoint(x: middle, y: Self.height - 12), size: Self.textSize, anchor: .middle)
            }
            guard let value = bar.value else {
                pen.write(
                    "?", at: PlanePoint(x: middle, y: zero - 6), size: Self.textSize, anchor: .middle,
                    fill: Palette.quiet)
                continue
            }
            let end = y(value, axis)
            if value != 0 {
                let isLess = value < 0
                let fill = isLess ? "url(#\(key)-h)\" stroke=\"\(Palette.deepOrange)" : Palette.blue
                pen.rectangle(
                    x: middle - slot * 0.35, y: min(end, zero), width: slot * 0.7, height: max(abs(end - zero), 0.5),
                    look: "fill=\"\(fill)\"")
            }
            if written.contains(index) {
                let width = Markup.width(of: VietnameseText.grouped(value), size: Self.textSize)
                let place = PlanePoint(
                    x: min(middle, Self.width - width / 2),
                    y: value < 0 ? end + Self.textSize * 0.9 + 2 : end - 5)
                pen.write(
                    VietnameseText.grouped(value), at: place, size: Self.textSize, anchor: .middle, hasHalo: true)
            }
        }
    }

    /// The bars whose figures stand at them: as many as there is room for, the last one, the greatest and the least first.
    private func written(slot: Double) -> Set<Int> {
        let known = bars.indices.filter { bars[$0].value != nil }
        func value(_ index: Int) -> Int { bars[index].value ?? 0 }
        let first = [known.last, known.max { value($0) < value($1) }, known.min { value($0) < value($1) }]
        var written: Set<Int> = []
        var taken: [(from: Double, to: Double)] = []
        for index in first.compactMap(\.self) + known where !written.contains(index) {
            let width = Markup.width(of: VietnameseText.grouped(value(index)), size: Self.textSize) + 6
            let middle = slot * (Double(index) + 0.5)
            let (from, to) = (middle - width / 2, middle + width / 2)
            guard taken.allSatisfy({ to <= $0.from || from >= $0.to }) else { continue }
            written.insert(index)
            taken.append((from, to))
        }
        return written
    }
}

extension BarChart {
    /// Every bar in words.
    var alternative: String {
        let words = bars.map { (bar: Bar) -> String in
            guard let value = bar.value else { return "\(bar.label): chưa có số liệu" }
            if value == 0 { return "\(bar.label): không đổi" }
            return "\(bar.label): \(value > 0 ? "tăng" : "giảm") \(Wording.size(value)) \(unit)"
        }
        return "Biểu đồ cột. " + words.joined(separator: "; ") + "."
    }
}
