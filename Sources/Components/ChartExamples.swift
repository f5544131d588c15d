import Charts
import Kernel

extension ChartModel {
    /// A chart of each kind, by the name of its type: figures that fall short among them.
    public static let examples: [(kind: String, model: ChartModel)] = [
        ("LineChart", ChartModel(line.chart(), caption: "Đường: đã đạt, đường tới chỉ tiêu, cờ chỉ tiêu")),
        ("BarChart", ChartModel(bars.chart(), caption: "Cột: tăng, giảm từng tháng; tháng chưa có số")),
        (
            "BulletBar",
            ChartModel(
                BulletBar(id: "mau-thanh", title: "Đang tới", start: 90, now: 118, expected: 124, target: 140).chart(),
                caption: "Thanh: hiện có, kỳ vọng, chỉ tiêu")
        ),
        (
            "BulletBar",
            ChartModel(
                BulletBar(id: "mau-thieu", title: "Thấp hơn đầu năm", start: 90, now: 76, expected: 104, target: 140)
                    .chart(), caption: "Thanh: hiện thấp hơn đầu năm")
        ),
        ("AreaMap", ChartModel(map, caption: "Bản đồ: mức đạt, đơn vị đang đề nghị sửa số")),
        (
            "LifeCourse",
            ChartModel(
                LifeCourse(
                    id: "mau-doi", title: "Đóng và nhận theo tuổi",
                    stretches: [
                        .init(label: "Đã đóng", detail: "10 năm", from: 30, to: 40, look: .given),
                        .init(label: "Còn phải đóng", detail: "5 năm", from: 40, to: 45, look: .open),
                        .init(label: "Hưởng", detail: "từ 62 tuổi", from: 62, to: 75, look: .received),
                    ]
                ).chart(), caption: "Đời người: đóng, còn thiếu, hưởng")
        ),
        (
            "CurveChart",
            ChartModel(
                CurveChart(
                    id: "mau-cong", title: "Tỷ lệ theo ngưỡng",
                    curves: [.init(name: "Đúng", points: [(0, 0.4), (5, 0.8), (10, 0.97)])], across: "ngưỡng",
                    up: "tỷ lệ", isShare: true
                ).chart(), caption: "Đường cong: tỷ lệ theo ngưỡng")
        ),
        (
            "DivergingBars",
            ChartModel(
                DivergingBars(
                    id: "mau-hai-phia", title: "Thêm và bớt",
                    rows: [.init(label: "Họ tên trùng", value: 6.2), .init(label: "Ngày sinh khác", value: -3.1)]
                ).chart(), caption: "Thanh hai phía: thêm, bớt")
        ),
        (
            "WaterfallChart",
            ChartModel(
                WaterfallChart(
                    id: "mau-cong-don", title: "Cộng dồn",
                    steps: [
                        .init(label: "Họ tên", detail: "trùng", value: 6.2), .init(label: "Ngày sinh", value: -1.1),
                    ], total: "Tổng"
                ).chart(), caption: "Cộng dồn: tổng số đến từ đâu")
        ),
    ]

    private static let months = (0..<12).compactMap { Month(year: 2027, month: $0 + 1) }

    private static let line = LineChart(
        id: "mau-duong", title: "Số người tham gia", months: months,
        series: [
            LineSeries(
                name: "Đã đạt", values: months.map { $0.month <= 7 ? 98_000 + $0.month * 350 : nil }, look: .reached),
            LineSeries(name: "Đường tới chỉ tiêu", values: months.map { 98_000 + $0.month * 520 }, look: .path),
        ], markers: months.suffix(1).map { TargetMarker(month: $0, people: 105_000, label: "Chỉ tiêu 2027") })

    private static let bars = BarChart(
        id: "mau-cot", title: "Tăng, giảm từng tháng",
        bars: [120, 80, -45, 0, nil, 210].enumerated().map { .init(label: "T\($0.offset + 1)", value: $0.element) })

    /// Four squares beside each other.
    private static let map: AreaMap = {
        let names = ["An Biên", "Lê Chân", "Hải An", "Kiến An"]
        let outlines = names.enumerated().map { index, name in
            let (south, west) = (20.8 + Double(index / 2) * 0.1, 106.6 + Double(index % 2) * 0.1)
            return MapLayout.Outline(
                id: name,
                rings: [[(south, west), (south, west + 0.1), (south + 0.1, west + 0.1), (south + 0.1, west)]])
        }
        let levels: [AreaMap.Level] = [.farBehind, .behind, .onCourse, .ahead]
        let shades = zip(names, levels).map { name, level in
            (
                name,
                AreaMap.Shade(
                    level: level, name: name, words: level.title, address: Addresses.design().text,
                    isContested: level == .behind)
            )
        }
        return AreaMap(
            id: "mau-ban-do", title: "Bốn phường",
            layout: MapLayout(
                outlines: outlines, neighbours: [(names[0], names[1]), (names[1], names[3]), (names[2], names[3])]),
            shades: Dictionary(uniqueKeysWithValues: shades), legend: "So với kỳ vọng đến nay")
    }()
}
