import Kernel
import Testing

@testable import Charts

@Suite
struct LineChartTests {
    static func chart(
        _ values: [Int?], look: LineSeries.Look = .reached, markers: [TargetMarker] = []
    ) -> LineChart {
        LineChart(
            id: "duong", title: "Người tham gia", months: months(from: 2026, count: values.count),
            series: [LineSeries(name: "Thực hiện", values: values, look: look)], markers: markers)
    }

    /// The path of the first line drawn; the samples of the legend come later.
    static func line(_ drawing: Drawing) throws -> String {
        let paths = drawing.all("path").filter { $0.attributes["stroke"] == Palette.blue }
        return try #require(paths.first?.attributes["d"])
    }

    @Test
    func `a gap in the figures is a gap in the line`() throws {
        let whole = try soundDrawing(of: Self.chart([1, 2, 3, 4, 5]).chart())
        #expect(try Self.line(whole).filter { $0 == "M" }.count == 1)
        let broken = Self.chart([1, 2, nil, 4, 5]).chart()
        let drawing = try soundDrawing(of: broken)
        let line = try Self.line(drawing)
        #expect(line.filter { $0 == "M" }.count == 2)
        #expect(line.filter { $0 == "L" }.count == 2)
        #expect(broken.alternative.contains("1 tháng chưa có số liệu"))
    }

    @Test
    func `a figure alone between gaps is a dot`() throws {
        let drawing = try soundDrawing(of: Self.chart([nil, 3, nil, 4, 5, nil, 6]).chart())
        #expect(drawing.all("circle").count == 2)
        #expect(try Self.line(drawing).filter { $0 == "M" }.count == 1)
    }

    @Test
    func `without any figure a chart says so`() throws {
        let chart = Self.chart([nil, nil, nil]).chart()
        #expect(try soundDrawing(of: chart).texts == ["Chưa có số liệu"])
        #expect(chart.alternative == "Chưa có số liệu.")
        let nothing = LineChart(id: "x", title: "", months: [], series: [], markers: []).chart()
        #expect(try soundDrawing(of: nothing).texts == ["Chưa có số liệu"])
    }

    @Test
    func `a target alone is drawn with its figure`() throws {
        let december = try #require(Month(year: 2026, month: 12))
        let marker = TargetMarker(month: december, people: 1_551_009, label: "Chỉ tiêu 2026")
        let chart = Self.chart(Array(repeating: nil, count: 12), markers: [marker]).chart()
        let drawing = try soundDrawing(of: chart)
        #expect(drawing.texts.filter { $0 == "1.551.009" }.count == 2, "on the axis and beside the diamond")
        #expect(chart.alternative.contains("Chỉ tiêu 2026: 1.551.009 người vào tháng 12/2026."))
        #expect(chart.alternative.contains("Thực hiện: chưa có số liệu."))
    }

    @Test
    func `a target outside the months is told in words only`() throws {
        let later = try #require(Month(year: 2030, month: 12))
        let marker = TargetMarker(month: later, people: 900, label: "Chỉ tiêu 2030")
        let chart = Self.chart([10, 20, 30], markers: [marker]).chart()
        #expect(try soundDrawing(of: chart).texts.contains("900") == false)
        #expect(chart.alternative.contains("900 người vào tháng 12/2030 (ngoài khoảng thời gian của biểu đồ)"))
    }

    @Test
    func `a year is labelled by its months and a longer time by its years`() throws {
        let year = try soundDrawing(of: Self.chart((1...12).map { $0 * 10 }).chart()).texts
        let hasMonths = (1...12).allSatisfy { year.contains("T\($0)") }
        #expect(hasMonths)
        #expect(year.contains("2026"))
        let long = try soundDrawing(of: Self.chart((1...36).map { $0 * 10 }).chart()).texts
        #expect(long.contains("T1") == false)
        #expect(long.filter { ["2026", "2027", "2028", "2029"].contains($0) } == ["2026", "2027", "2028"])
    }

    @Test
    func `the axis need not begin at zero`() throws {
        let texts = try soundDrawing(of: Self.chart([300_100, 300_350]).chart()).texts
        #expect(texts.contains("0") == false)
        #expect(texts.contains("300.100"))
        #expect(texts.contains("300.350"), "the last figure stands at the end of the line")
    }

    @Test
    func `each look is drawn in its own way`() throws {
        let strokes = Set(LineSeries.Look.allCases.map(\.stroke))
        #expect(strokes.count == LineSeries.Look.allCases.count)
        let patterns = strokes.filter { $0.contains("stroke-dasharray") }
        #expect(patterns.count == 2, "dashes and dots tell the lines apart without colour")
    }

    @Test
    func `words tell the first and the last figure of a line`() {
        let chart = Self.chart([1000, nil, 1250, nil]).chart()
        let expected = """
            Biểu đồ đường từ tháng 1/2026 đến tháng 4/2026. \
            Thực hiện: từ 1.000 người (tháng 1/2026) đến 1.250 người (tháng 3/2026); 1 tháng chưa có số liệu.
            """
        #expect(chart.alternative == expected)
    }

    @Test(arguments: [1, 2, 14, 15, 120])
    func `any number of months can be drawn`(count: Int) throws {
        let values = (0..<count).map { (index: Int) -> Int? in index % 7 == 3 ? nil : 1000 + index * index }
        let short = LineSeries(name: "Ngắn", values: [5], look: .expected)
        let long = LineSeries(name: "Dài", values: Array(repeating: 7, count: count + 5), look: .path)
        let series = [LineSeries(name: "Thực hiện", values: values, look: .reached), short, long]
        let chart = LineChart(id: "n", title: "n", months: months(from: 2026, count: count), series: series)
        try soundDrawing(of: chart.chart())
    }
}

/// Figures beside points of a chart: each can be read by itself.
@Suite
struct ChartLabelTests {
    /// The boxes of the figures that stand in the plot, by what they say.
    static func boxes(_ chart: LineChart) throws -> [(words: String, left: Double, right: Double, y: Double)] {
        try soundDrawing(of: chart.chart()).all("text").compactMap { text in
            guard text.attributes["paint-order"] != nil || text.attributes["stroke"] != nil,
                let x = text.attributes["x"].flatMap(Double.init), let y = text.attributes["y"].flatMap(Double.init)
            else { return nil }
            let width = Markup.width(of: text.text, size: LineChartLayout.textSize)
            let left =
                switch text.attributes["text-anchor"] {
                case "end": x - width
                case "middle": x - width / 2
                default: x
                }
            return (text.text, left, left + width, y)
        }
    }

    @Test(arguments: [1_180_790, 1_183_999, 1_178_000, 1_170_000, 1_160_000])
    func `what is reached and its target never stand on each other, however close they are`(reached: Int) throws {
        let december = try #require(Month(year: 2026, month: 12))
        let values: [Int?] = (0..<10).map { 1_100_000 + (reached - 1_100_000) * $0 / 9 } + [nil, nil]
        let boxes = try Self.boxes(
            LineChartTests.chart(
                values, markers: [TargetMarker(month: december, people: 1_184_000, label: "Chỉ tiêu")]))
        #expect(boxes.count == 2)
        let (one, other) = (boxes[0], boxes[1])
        let apart = max(one.left, other.left) - min(one.right, other.right)
        #expect(apart >= 8 || abs(one.y - other.y) >= LineChartLayout.textSize, "\(boxes)")
    }
}

/// Names of years under a chart of many years.
@Suite
struct ChartYearTests {
    @Test(arguments: [24, 48, 72, 120, 240])
    func `names of years never run into each other`(months: Int) throws {
        let texts = try soundDrawing(of: LineChartTests.chart((0..<months).map { 1_000_000 + $0 }).chart()).all("text")
        let places = texts.filter { $0.text.count == 4 && Int($0.text) != nil }.compactMap { $0.number("x") }.sorted()
        #expect(places.count >= 2)
        let width = Markup.width(of: "2026", size: LineChartLayout.textSize)
        #expect(zip(places, places.dropFirst()).allSatisfy { $1 - $0 >= width + 8 }, "\(places)")
    }
}
