import Foundation
import Kernel
import Testing

@testable import Charts

/// Text that would be a program if it were not shown as text.
@Suite
struct HostileTextTests {
    static let hostile = "\"><script>alert('x')</script>&amp;\u{0}\u{B}<style>"
    /// As a reader sees it: without what XML cannot hold.
    static let shown = "\"><script>alert('x')</script>&amp;<style>"

    static func titles(_ chart: Chart) throws -> [String] {
        try soundDrawing(of: chart).all("title").map(\.text)
    }

    @Test
    func `a line chart shows names as text`() throws {
        let month = try #require(Month(year: 2026, month: 2))
        let chart = LineChart(
            id: Self.hostile, title: Self.hostile, months: months(from: 2026, count: 3),
            series: [LineSeries(name: Self.shown, values: [1, 2, 3], look: .path)],
            markers: [TargetMarker(month: month, people: 4, label: Self.shown)], unit: Self.shown
        ).chart()
        let titles = try Self.titles(chart)
        #expect(titles == [Self.shown, "\(Self.shown): 4 \(Self.shown)"])
    }

    @Test
    func `a bar chart shows names as text`() throws {
        let bars = [BarChart.Bar(label: Self.shown, value: -4), BarChart.Bar(label: Self.shown, value: nil)]
        let chart = BarChart(id: Self.hostile, title: Self.hostile, bars: bars, unit: Self.shown).chart()
        #expect(try Self.titles(chart) == [Self.shown])
        #expect(try soundDrawing(of: chart).texts.contains(Self.shown))
    }

    @Test
    func `a bullet bar shows names as text`() throws {
        let chart = BulletBar(
            id: Self.hostile, title: Self.hostile, start: 3, now: 1, expected: 4, target: 5, unit: Self.shown
        ).chart()
        #expect(try Self.titles(chart) == [Self.shown])
    }

    @Test
    func `a map shows names as text and follows no script`() throws {
        let areas = [CartogramTests.area("a", 20.8, 106.5), CartogramTests.area("<b>", .nan, .nan)]
        let script = AreaMap.Shade(
            level: .farBehind, name: Self.shown, words: Self.shown, address: "javascript:alert(1)", isContested: true)
        let quoted = AreaMap.Shade(level: .missing, name: Self.shown, words: "", address: "/x?\"><script>&")
        let chart = AreaMap(
            id: Self.hostile, title: Self.hostile, layout: MapLayout(Cartogram(areas: areas, neighbours: [])),
            shades: ["a": script, "<b>": quoted], legend: Self.shown
        ).chart()
        let drawing = try soundDrawing(of: chart)
        let links = drawing.all("a").map { $0.attributes["href"] }
        #expect(links == ["/x?\"><script>&"])
        #expect(drawing.all("title").first?.text == Self.shown)
    }

    @Test(arguments: [
        ("/don-vi/1", true), ("#a", true), ("?a=b", true), ("https://a.vn/", true), ("//a.vn", false),
        ("/\\a.vn", false), ("javascript:a", false), ("JavaScript:a", false), ("data:text/html,a", false), ("", false),
        ("don-vi", false),
    ])
    func `only addresses of this site and secure ones are links`(address: String, isLink: Bool) {
        #expect((Markup.target(address) != nil) == isLink)
    }

    @Test(arguments: [("bieu-do_1", "bieu-do_1"), ("1 a", "c1-a"), ("\"><", "c---"), ("", "c"), ("\u{E9}", "c-")])
    func `an id is made of letters, digits and dashes`(text: String, id: String) {
        #expect(Markup.identifier(text) == id)
    }

    @Test(arguments: [(0.0, "0"), (12.0, "12"), (12.5, "12.5"), (-0.04, "0"), (-0.25, "-0.3"), (1.96, "2")])
    func `numbers have one decimal at most`(value: Double, text: String) {
        #expect(Markup.number(value) == text)
    }

    @Test
    func `what is no number is drawn at zero`() {
        #expect(Markup.number(.nan) == "0")
        #expect(Markup.number(-.infinity) == "0")
        #expect(Markup.number(1e300) == "0")
    }
}
