import Kernel

/// Where everything of a line chart stands.
struct LineChartLayout: Sendable {
    /// A name in the row under the chart, with the place of its sample.
    struct LegendEntry: Sendable {
        enum Sample: Sendable {
            case line(LineSeries.Look)
            case target
        }

        let sample: Sample
        let name: String
        let place: PlanePoint
    }

    /// Narrow, so that texts of ``textSize`` have 12 pixels on a screen of 360.
    static let width = 560.0
    /// The height of a chart whose legend takes one row.
    static let least = 340.0
    /// Of all texts.
    static let textSize = 21.0
    static let top = 44.0
    static let bottom = 236.0
    /// Of the sample of a legend entry, with the space to its name.
    static let sampleWidth = 50.0
    private static let rowHeight = 30.0

    let axis: Axis
    let left: Double
    let right: Double
    let height: Double
    let legend: [LegendEntry]
    private let count: Int

    /// `nil` when there is nothing to draw.
    init?(_ chart: LineChart) {
        let drawn = chart.series.flatMap { (line: LineSeries) -> [Int] in
            line.values.prefix(chart.months.count).compactMap { (value: Int?) -> Int? in value }
        }
        let targets = chart.markers.filter { (marker: TargetMarker) -> Bool in chart.months.contains(marker.month) }
        let figures = drawn + targets.map(\.people)
        guard let low = figures.min(), let high = figures.max() else { return nil }
        axis = Axis(low: low, high: high, intervals: 4)
        count = chart.months.count

        let marks = axis.ticks.map { (tick: Int) -> Double in
            Markup.width(of: VietnameseText.grouped(tick), size: Self.textSize)
        }
        let room = figures.map { (figure: Int) -> Double in
            Markup.width(of: VietnameseText.grouped(figure), size: Self.textSize)
        }
        left = (marks.max() ?? 0) + 14
        right = Self.width - (room.max() ?? 0) - 20
        legend = Self.legend(of: chart, targets: targets)
        let lowest = legend.map(\.place.y).max() ?? 0
        height = max(Self.least, lowest + 18)
    }

    /// - Parameter index: of the month
    func x(_ index: Int) -> Double {
        guard count > 1 else { return (left + right) / 2 }
        return left + (right - left) * Double(index) / Double(count - 1)
    }

    func y(_ figure: Int) -> Double {
        Self.bottom - (Self.bottom - Self.top) * axis.fraction(of: figure)
    }

    func point(_ index: Int, _ figure: Int) -> PlanePoint { PlanePoint(x: x(index), y: y(figure)) }

    private static func legend(of chart: LineChart, targets: [TargetMarker]) -> [LegendEntry] {
        var items = chart.series.map { (line: LineSeries) -> (sample: LegendEntry.Sample, name: String) in
            (.line(line.look), Markup.shortened(line.name, to: 40))
        }
        if let target = targets.first {
            let isOne = targets.allSatisfy { (other: TargetMarker) -> Bool in other.label == target.label }
            items.append((.target, isOne ? Markup.shortened(target.label, to: 40) : "Chỉ tiêu"))
        }
        var legend: [LegendEntry] = []
        var x = 8.0
        var y = 322.0
        for (sample, name) in items {
            let room = sampleWidth + Markup.width(of: name, size: textSize)
            if x > 8, x + room > width - 8 {
                x = 8
                y += rowHeight
            }
            legend.append(LegendEntry(sample: sample, name: name, place: PlanePoint(x: x, y: y)))
            x += room + 24
        }
        return legend
    }
}

extension LineSeries.Look {
    /// The colour of the line and of its figures; readable on white.
    var colour: String {
        switch self {
        case .reached: Palette.blue
        case .expected: Palette.quiet
        case .path: "#7a4a00"
        }
    }

    /// How the line is drawn, as attributes.
    var stroke: String {
        let pattern =
            switch self {
            case .reached: "stroke-width=\"5\""
            case .expected: "stroke-width=\"3\" stroke-dasharray=\"11 7\""
            case .path: "stroke-width=\"3\" stroke-dasharray=\"0.1 7\" stroke-linecap=\"round\""
            }
        return "fill=\"none\" stroke=\"\(colour)\" stroke-linejoin=\"round\" \(pattern)"
    }
}
