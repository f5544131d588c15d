import Testing

@testable import Charts

@Suite
struct BarChartTests {
    static func chart(_ values: [Int?]) -> BarChart {
        let bars = values.enumerated().map { pair in BarChart.Bar(label: "T\(pair.offset + 1)", value: pair.element) }
        return BarChart(id: "cot", title: "Tăng, giảm", bars: bars)
    }

    /// The bars, without the marks of patterns.
    static func bars(_ drawing: Drawing) -> [Drawing.Element] { drawing.all("rect") }

    @Test
    func `more goes up and fewer goes down, with a hatch`() throws {
        let chart = Self.chart([120, -35])
        let drawing = try soundDrawing(of: chart.chart())
        let bars = Self.bars(drawing)
        try #require(bars.count == 2)
        let foot = try #require(bars[0].number("y")) + #require(bars[0].number("height"))
        let head = try #require(bars[1].number("y"))
        #expect(abs(foot - head) <= 0.2, "both stand on the line of zero")
        #expect(bars[0].attributes["fill"] == Palette.blue)
        #expect(bars[1].attributes["fill"] == "url(#cot-h)")
        #expect(drawing.all("pattern").map { $0.attributes["id"] } == ["cot-h"])
        #expect(chart.alternative == "Biểu đồ cột. T1: tăng 120 người; T2: giảm 35 người.")
    }

    @Test
    func `a month without a figure has a question mark and no bar`() throws {
        let chart = Self.chart([120, nil, 0])
        let drawing = try soundDrawing(of: chart.chart())
        #expect(Self.bars(drawing).count == 1)
        #expect(drawing.texts.filter { $0 == "?" }.count == 1)
        #expect(drawing.all("pattern").isEmpty)
        #expect(chart.alternative.contains("T2: chưa có số liệu; T3: không đổi"))
    }

    @Test
    func `figures stand at the bars while there is room`() throws {
        let few = try soundDrawing(of: Self.chart((1...13).map { 1000 + $0 }).chart()).texts
        let isWritten = (1...13).allSatisfy { few.contains("1.0\($0 < 10 ? "0" : "")\($0)") }
        #expect(isWritten)
        let many = try soundDrawing(of: Self.chart((1...14).map { 1000 + $0 }).chart()).texts
        #expect(many.contains("1.014") == false)
        #expect(many.contains("T14"))
    }

    @Test
    func `without any figure a chart says so`() throws {
        for values: [Int?] in [[], [nil, nil]] {
            let chart = Self.chart(values).chart()
            #expect(try soundDrawing(of: chart).texts == ["Chưa có số liệu"])
            #expect(chart.alternative == "Chưa có số liệu.")
        }
    }

    @Test
    func `the greatest numbers there are do not stop a chart`() throws {
        let chart = Self.chart([Int.max, Int.min, 0])
        try soundDrawing(of: chart.chart())
        #expect(chart.alternative.contains("giảm 9.223.372.036.854.775.807 người"))
    }
}
