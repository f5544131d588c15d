public import Kernel

/// A line of a `LineChart`.
public struct LineSeries: Sendable {
    public enum Look: Sendable, CaseIterable {
        /// What has been attained: a thick blue line.
        case reached
        /// What is foreseen: a dashed grey line.
        case expected
        /// The way to the targets: a dotted brown line.
        case path
    }

    public let name: String
    /// One a month of the chart; `nil` where there is no figure, which leaves a gap.
    public let values: [Int?]
    public let look: Look

    public init(name: String, values: [Int?], look: Look) {
        self.name = name
        self.values = values
        self.look = look
    }
}

/// A figure to be reached by the end of a month.
public struct TargetMarker: Sendable {
    public let month: Month
    public let people: Int
    public let label: String

    public init(month: Month, people: Int, label: String) {
        self.month = month
        self.people = people
        self.label = label
    }
}

/// Figures over months as lines, with the targets as diamonds. The axis of figures need not begin at zero.
public struct LineChart: Sendable {
    let id: String
    let title: String
    let months: [Month]
    let series: [LineSeries]
    let markers: [TargetMarker]
    let unit: String

    /// - Parameters:
    ///   - id: of the picture, unique on its page
    ///   - title: plain text
    ///   - months: consecutive; the axis from left to right
    ///   - markers: those of other months are told in words and not drawn
    ///   - unit: of all figures
    public init(
        id: String, title: String, months: [Month], series: [LineSeries], markers: [TargetMarker] = [],
        unit: String = "người"
    ) {
        self.id = id
        self.title = title
        self.months = months
        self.series = series
        self.markers = markers
        self.unit = unit
    }

    public func chart() -> Chart {
        let key = Markup.identifier(id)
        guard let layout = LineChartLayout(self) else {
            return .empty(id: key, title: title, width: LineChartLayout.width, height: LineChartLayout.least)
        }
        var drawing = LineChartDrawing(self, layout: layout)
        drawing.draw()
        return Chart(
            id: key, title: title, width: LineChartLayout.width, height: layout.height, alternative: alternative,
            drawing: drawing.pen.drawing)
    }
}

extension LineChart {
    /// A sentence for the time, one for each line and one for each target.
    var alternative: String {
        var sentences: [String] = []
        if let first = months.first, let last = months.last {
            sentences.append("Biểu đồ đường từ \(Wording.month(first)) đến \(Wording.month(last))")
        }
        sentences += series.map { (line: LineSeries) -> String in "\(line.name): \(summary(of: line))" }
        sentences += markers.map { (marker: TargetMarker) -> String in
            let outside = months.contains(marker.month) ? "" : " (ngoài khoảng thời gian của biểu đồ)"
            let figure = Wording.amount(marker.people, unit)
            return "\(marker.label): \(figure) vào \(Wording.month(marker.month))\(outside)"
        }
        return sentences.map { (sentence: String) -> String in sentence + "." }.joined(separator: " ")
    }

    private func summary(of line: LineSeries) -> String {
        var known: [String] = []
        for (month, value) in zip(months, line.values) {
            guard let value else { continue }
            known.append("\(Wording.amount(value, unit)) (\(Wording.month(month)))")
        }
        guard let first = known.first, let last = known.last else { return "chưa có số liệu" }
        // Months before the first figure and after the last are not gaps: they are not begun, or still to come.
        let begin = line.values.firstIndex { $0 != nil } ?? 0
        let end = line.values.prefix(months.count).lastIndex { $0 != nil } ?? 0
        let missing = end - begin + 1 - known.count
        let gap = missing > 0 ? "; \(missing) tháng chưa có số liệu" : ""
        return known.count == 1 ? "\(first)\(gap)" : "từ \(first) đến \(last)\(gap)"
    }
}

extension Chart {
    /// A chart that says there are no figures.
    ///
    /// - Parameter id: ready for an attribute
    static func empty(id: String, title: String, width: Double, height: Double) -> Chart {
        var pen = Pen()
        pen.write(
            Wording.noFigures, at: PlanePoint(x: width / 2, y: height / 2), size: 24, anchor: .middle,
            fill: Palette.quiet)
        return Chart(
            id: id, title: title, width: width, height: height, alternative: Wording.noFigures + ".",
            drawing: pen.drawing)
    }
}
