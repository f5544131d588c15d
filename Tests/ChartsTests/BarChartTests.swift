import Kernel
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
    func `figures stand at the bars while there is room, the last, the greatest and the least first`() throws {
        let few = try soundDrawing(of: Self.chart((1...6).map { 1000 + $0 }).chart()).texts
        let isWritten = (1...6).allSatisfy { few.contains("1.00\($0)") }
        #expect(isWritten)
        let values = (1...30).map { $0 == 9 ? 9_009 : $0 == 20 ? 20 : 1_000 + $0 }
        let many = try soundDrawing(of: Self.chart(values).chart()).texts
        #expect(["9.009", "20", "1.030"].allSatisfy { many.contains($0) })
        #expect(many.filter { $0.hasPrefix("1.0") }.count < 12)
    }

    /// A figure takes the whole width of a phone of 360 pixels less the page's margins.
    @Test
    func `texts of charts have at least 12 pixels on a phone`() throws {
        let months = (1...12).compactMap { Month(year: 2026, month: $0) }
        let line = LineChart(
            id: "l", title: "l", months: months,
            series: [LineSeries(name: "Đã đạt", values: months.map { _ in 1_200_000 }, look: .reached)])
        let cartogram = Cartogram(
            areas: CartogramTests.grid + [CartogramTests.area("z", 19.5, 107.9)],
            neighbours: CartogramTests.gridNeighbours)
        let map = AreaMap(
            id: "m", title: "m", layout: MapLayout(cartogram),
            shades: ["z": AreaMap.Shade(level: .ahead, name: "Bạch Long Vĩ", words: "đạt")], legend: "So với kỳ vọng")
        for chart in [line.chart(), Self.chart((1...12).map { 100_000 * $0 }).chart(), map.chart()] {
            let box = try #require(chart.svg.firstMatch(of: /viewBox="0 0 ([0-9.]+)/)?.output.1)
            let width = try #require(Double(box))
            // The numbers of a map's areas are for print.
            let seen = chart.svg.replacing(/<g class="numbers".*?<\/g>/, with: "")
            let sizes = seen.matches(of: /font-size="([0-9.]+)"/).compactMap { Double($0.output.1) }
            #expect(!sizes.isEmpty && sizes.allSatisfy { $0 * 328 / width >= 12 }, "\(sizes) of \(width)")
        }
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
