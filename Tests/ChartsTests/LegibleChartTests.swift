import Testing

@testable import Charts

/// Charts of curves, bars and ages on a phone: 328 of its 360 points are left for a picture.
@Suite
struct LegibleChartTests {
    static let waterfall = WaterfallChart(
        id: "cong-don", title: "Cộng dồn",
        steps: [
            .init(label: "Trước khi so sánh", value: -5),
            .init(label: "Họ tên", detail: "trùng", value: 16.2),
            .init(label: "Ngày sinh", value: -1.1),
        ], total: "Tổng")
    static let charts = [
        CurveChart(
            id: "duong", title: "Số cặp",
            curves: [
                .init(name: "Quy tắc một", points: [(1, 12_000), (10, 97)]),
                .init(name: "Quy tắc hai của hệ thống", points: [(1, 400), (10, 97)], isStepped: true),
            ], across: "trọng số ghép", up: "số cặp"
        ).chart(),
        DivergingBars(
            id: "hai-phia", title: "Thêm và bớt",
            rows: [
                .init(label: "Họ và tên", value: nil), .init(label: "Trùng", value: 6.2),
                .init(label: "Khác cả ngày, tháng và năm sinh, nơi sinh cũng khác", value: -13.1),
            ]
        ).chart(),
        waterfall.chart(),
        LifeCourse(
            id: "doi", title: "Đóng và nhận",
            stretches: [
                .init(label: "Đã đóng", detail: "15 năm", from: 30, to: 45, look: .given),
                .init(label: "Hưởng", detail: "từ 62 tuổi", from: 62, to: 75, look: .received),
            ]
        ).chart(),
    ]

    @Test(arguments: charts.map(\.svg))
    func `texts have twelve points on a phone, and stay inside the picture`(svg: String) throws {
        let drawing = try #require(Drawing(svg))
        let box = try #require(drawing.all("svg").first?.attributes["viewBox"]).split(separator: " ").compactMap {
            Double($0)
        }
        try #require(box.count == 4)
        #expect(drawing.texts.count > 3)
        for text in drawing.all("text") {
            let size = try #require(text.number("font-size"))
            #expect(size * 328 / box[2] >= 12, "\(text.text)")
            let x = try #require(text.number("x"))
            let width = Markup.width(of: text.text, size: size)
            let start =
                switch text.attributes["text-anchor"] {
                case "middle": x - width / 2
                case "end": x - width
                default: x
                }
            #expect(start >= 0 && start + width <= box[2], "\(text.text)")
            #expect(try #require(text.number("y")) <= box[3], "\(text.text)")
        }
    }

    @Test
    func `each bar of a waterfall begins where the one before ended, below the words that name it`() throws {
        let drawing = try #require(Drawing(Self.waterfall.chart().svg))
        let bars = drawing.all("rect")
        try #require(bars.count == 4)
        let places = bars.compactMap { bar -> (left: Double, right: Double, top: Double)? in
            guard let x = bar.number("x"), let width = bar.number("width"), let y = bar.number("y") else { return nil }
            return (x, x + width, y)
        }
        try #require(places.count == 4)
        // −5, then +16,2 from there, then −1,1 from its end, then the sum from 0 to where that left it.
        #expect(abs(places[1].left - places[0].left) < 0.2)
        #expect(abs(places[2].right - places[1].right) < 0.2)
        #expect(abs(places[3].right - places[2].left) < 0.2)
        #expect(abs(places[3].left - places[0].right) < 0.2)
        for (bar, label) in zip(places, ["Trước khi so sánh", "trùng", "Ngày sinh", "Tổng"]) {
            let words = try #require(drawing.all("text").first { $0.text == label }?.number("y"))
            #expect(words < bar.top && bar.top - words < 20)
        }
    }
}
