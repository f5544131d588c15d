import Charts
import Foundation
import Kernel
public import Linkage

/// A run as one page that needs nothing else: what was compared, how the model thinks, what came out, and how far it can be
/// trusted. In Vietnamese; holds no person's data.
public struct ReportPage: Sendable {
    private let result: LinkResult
    private let clusters: Int?
    private let evaluation: Evaluation?

    /// - Parameter truth: true pairs by left and right id; of one file with the smaller id first.
    public init(_ result: LinkResult, clusters: Int?, truth: Set<[String]>?) {
        self.result = result
        self.clusters = clusters
        let isSelf = result.isSelf && result.sources.isEmpty
        evaluation = truth.map { truth in
            let pairs = result.pairs.map { pair -> (pair: [String], weight: Double, probability: Double?) in
                let (left, right) = (result.leftIDs[pair.left], result.rightIDs[pair.right])
                return (isSelf && right < left ? [right, left] : [left, right], pair.weight, pair.probability)
            }
            return Evaluation(pairs, truth: truth)
        }
    }

    public var html: String {
        let parts = [summary, blocking, model, weights, levels, unlinkables, training, judged].filter { !$0.isEmpty }
        return """
            <!doctype html>
            <html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Báo cáo ghép nối</title>
            <style>
            body{font:16px/1.5 system-ui,sans-serif;color:#222;max-width:60rem;margin:0 auto;padding:1rem}
            h1{font-size:1.6rem}h2{font-size:1.25rem;margin-top:2rem}
            .wide{overflow-x:auto}table{border-collapse:collapse;font-size:.95rem}
            th,td{border:1px solid #d5dade;padding:.3rem .6rem;text-align:left;vertical-align:top}
            td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
            svg{width:100%;height:auto}figure{margin:1rem 0;max-width:35rem}
            @media print{body{max-width:none}h2{break-after:avoid}figure,table{break-inside:avoid}}
            </style></head><body>
            <h1>Báo cáo ghép nối</h1>
            \(parts.joined(separator: "\n"))
            </body></html>

            """
    }

    // MARK: Parts

    private var summary: String {
        let threshold = result.model.settings.threshold ?? 0
        var rows: [[String]] = [
            ["Danh sách", result.lists.joined(separator: "; ")],
            [
                "Số bản ghi",
                result.isSelf
                    ? grouped(result.leftIDs.count)
                    : "\(grouped(result.leftIDs.count)) × \(grouped(result.rightIDs.count))",
            ],
            ["Cặp đã so sánh", grouped(result.compared)],
            ["Cặp từ ngưỡng trở lên", "\(grouped(result.pairs.count)) (ngưỡng trọng số \(decimal(threshold, 1)))"],
        ]
        if let clusters { rows.append(["Nhóm bản ghi", grouped(clusters)]) }
        if result.model.settings.oneToOne ?? false {
            rows.append(["Một đối một", "mỗi bản ghi có nhiều nhất một đối tác"])
        }
        if !result.contradictions.isEmpty {
            rows.append(["Mâu thuẫn trong nhóm", grouped(result.contradictions.count)])
        }
        let expected = result.pairs.reduce(0) { $0 + $1.probability }
        rows.append([
            "Cặp đúng theo mô hình",
            result.pairs.isEmpty
                ? "–" : "khoảng \(grouped(Int(expected.rounded()))) trong \(grouped(result.pairs.count)) cặp được ghép",
        ])
        rows.append([
            "Thời gian",
            result.stages.map { "\($0.name) \(decimal($0.seconds, 2)) s (\(decimal($0.cores, 1)) lõi)" }
                .joined(separator: "; "),
        ])
        var text = "<h2>Tóm tắt</h2>" + table(nil, rows)
        let notes = result.warnings + result.model.notes.map(\.vietnamese)
        if !notes.isEmpty {
            text += "<h2>Cần lưu ý</h2><ul>" + notes.map { "<li>\(XMLText.escaped($0))</li>" }.joined() + "</ul>"
        }
        return text
    }

    private var blocking: String {
        var total = 0
        let rows = result.blocking.map { count in
            total += count.fresh
            return [
                count.rule, grouped(count.pairs), grouped(count.fresh), grouped(total),
                "\(grouped(count.largest.left)) × \(grouped(count.largest.right))",
                count.hotBlocks == 0
                    ? ""
                    : "\(grouped(count.hotBlocks)) khối, \(grouped(count.hotPairs)) cặp, mất khoảng \(decimal(count.hotMatches, 1)) cặp đúng",
            ]
        }
        return "<h2>Gom khối</h2><p>Chỉ so sánh những cặp mà ít nhất một quy tắc đưa lại với nhau.</p>"
            + table(
                ["Quy tắc", "Cặp", "Cặp mới", "Cộng dồn", "Khối lớn nhất", "Khối bị bỏ qua"], rows,
                numbers: [1, 2, 3, 4])
    }

    private var model: String {
        var rows: [[String]] = []
        for comparison in result.model.comparisons {
            for (index, level) in comparison.levels.enumerated() {
                rows.append([
                    index == 0 ? comparison.name : "", LevelWords.vietnamese(level.condition), level.condition,
                    scientific(level.m) + (level.seenAmongMatches ? "" : " (giả định)"),
                    scientific(level.u) + (level.seenAmongStrangers ? "" : " (giả định)"), signed(level.weight),
                ])
            }
        }
        return """
            <h2>Mô hình</h2>
            <p>m: xác suất gặp mức này ở hai bản ghi là một; u: ở hai bản ghi khác nhau. Trọng số là log2(m/u): +1 nghĩa là khả năng \
            là một tăng gấp đôi, −1 nghĩa là giảm một nửa. Trước khi so sánh: \(signed(result.model.priorWeight)).</p>
            """
                + table(["So sánh", "Mức", "Điều kiện", "m", "u", "Trọng số"], rows, numbers: [3, 4, 5])
                + figure(
                    DivergingBars(
                        id: "trong-so", title: "Trọng số của từng mức",
                        rows: result.model.comparisons.flatMap { comparison in
                            [DivergingBars.Row(label: comparison.name, value: nil)]
                                + comparison.levels.map {
                                    DivergingBars.Row(label: LevelWords.vietnamese($0.condition), value: $0.weight)
                                }
                        }
                    ).chart())
    }

    /// How the weights of the pairs taken are spread.
    private var weights: String {
        guard !result.pairs.isEmpty else { return "" }
        var counts: [Int: Int] = [:]
        for pair in result.pairs { counts[Int(min(max(pair.weight, -100), 200).rounded(.down)), default: 0] += 1 }
        guard let first = counts.keys.min(), let last = counts.keys.max() else { return "" }
        let points = (first...last + 1).map { (x: Double($0), y: Double(counts[$0] ?? 0)) }
        return "<h2>Phân bố trọng số của các cặp được ghép</h2>"
            + figure(
                CurveChart(
                    id: "phan-bo", title: "Số cặp theo trọng số",
                    curves: [CurveChart.Curve(name: "", points: points, isStepped: true)], across: "trọng số ghép",
                    up: "số cặp"
                ).chart())
    }

    /// How many of the pairs compared stand at each level.
    private var levels: String {
        var rows: [[String]] = []
        let all = max(result.histogram.reduce(0) { $0 + $1.count }, 1)
        for (place, comparison) in result.model.comparisons.enumerated() {
            var counts = [Int](repeating: 0, count: comparison.levels.count + 1)
            for (pattern, count) in result.histogram {
                counts[min(Int(pattern >> UInt64(place * 4) & 15), counts.count - 1)] += count
            }
            let names = [LevelWords.vietnamese(nil)] + comparison.levels.map { LevelWords.vietnamese($0.condition) }
            for (index, name) in names.enumerated() {
                rows.append([
                    index == 0 ? comparison.name : "", name, grouped(counts[index]),
                    decimal(Double(counts[index]) * 100 / Double(all), 2) + " %",
                ])
            }
        }
        return "<h2>Các mức trong những cặp đã so sánh</h2>"
            + table(["So sánh", "Mức", "Số cặp", "Tỷ lệ"], rows, numbers: [2, 3])
    }

    private var unlinkables: String {
        let all = Double(max(result.ownWeights.reduce(0, +), 1))
        var below = 0
        let points = result.ownWeights.enumerated().map { index, count in
            let point = (x: Double(index - 40), y: Double(below) / all)
            below += count
            return point
        }
        // From where something happens.
        let shown = points.drop { $0.y == 0 }.prefix { $0.y < 1 }
        guard !shown.isEmpty else { return "" }
        let first = max((shown.first?.x ?? 0) - 2, -40)
        return """
            <h2>Bản ghi không đủ thông tin để ghép</h2>
            <p>Mỗi bản ghi được so sánh với chính nó: bản ghi có quá ít thông tin không thể đạt ngưỡng với bất kỳ ai.</p>
            """
                + figure(
                    CurveChart(
                        id: "khong-ghep-duoc", title: "Tỷ lệ bản ghi không thể đạt ngưỡng",
                        curves: [CurveChart.Curve(name: "", points: points.filter { $0.x >= first }, isStepped: true)],
                        across: "ngưỡng trọng số", up: "tỷ lệ bản ghi", isShare: true
                    ).chart())
    }

    private var training: String {
        let runs = result.model.runs.filter { !$0.shares.isEmpty }
        guard !runs.isEmpty else { return "" }
        let shares = runs.prefix(8).map { run in
            CurveChart.Curve(name: run.rule, points: run.shares.enumerated().map { (Double($0 + 1), $1) })
        }
        let longest = runs.max { $0.shares.count < $1.shares.count } ?? runs[0]
        let levels = result.model.comparisons.indices.compactMap { place -> CurveChart.Curve? in
            let points = longest.firstLevels.enumerated().compactMap { step, values in
                values.indices.contains(place) ? values[place].map { (x: Double(step + 1), y: $0) } : nil
            }
            return points.isEmpty ? nil : CurveChart.Curve(name: result.model.comparisons[place].name, points: points)
        }
        return "<h2>Quá trình học (EM)</h2>"
            + figure(
                CurveChart(
                    id: "em-ty-le", title: "Tỷ lệ cặp đúng trong mỗi quy tắc, theo bước", curves: Array(shares),
                    across: "bước",
                    up: "tỷ lệ cặp đúng", isShare: true
                ).chart())
            + figure(
                CurveChart(
                    id: "em-m", title: "m của mức đầu tiên, theo bước (\(longest.rule))", curves: levels,
                    across: "bước",
                    up: "m", isShare: true
                ).chart())
    }

    private var judged: String {
        guard let evaluation, let best = evaluation.best else { return "" }
        let grid = evaluation.grid(step: 1)
        func row(_ point: Evaluation.Point, _ name: String) -> [String] {
            [
                name, decimal(point.precision, 4), range(point.precisionInterval), decimal(point.recall, 4),
                range(point.recallInterval), decimal(point.f1, 4), grouped(point.falsePositives),
                grouped(point.falseNegatives),
            ]
        }
        var text = """
            <h2>So với sự thật</h2>
            <p>\(grouped(evaluation.truePairs)) cặp đúng; \(grouped(evaluation.neverSeen)) cặp trong số đó không có mặt trong \
            kết quả (không được gom khối hoặc dưới ngưỡng chạy). Điểm Brier của xác suất: \
            \(evaluation.brier.map { decimal($0, 4) } ?? "–").</p>
            """
        let shown = grid.count > 60 ? Array(grid.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)) : grid
        text += table(
            ["Ngưỡng", "Độ chính xác", "95 %", "Độ bao phủ", "95 %", "F1", "Ghép sai", "Bỏ sót"],
            [row(best, "tốt nhất: \(decimal(best.threshold, 2))")] + shown.map { row($0, decimal($0.threshold, 0)) },
            numbers: Array(1...7))
        text += figure(
            CurveChart(
                id: "chinh-xac", title: "Độ chính xác, độ bao phủ và F1 theo ngưỡng",
                curves: [
                    .init(name: "độ chính xác", points: grid.map { ($0.threshold, $0.precision) }),
                    .init(name: "độ bao phủ", points: grid.map { ($0.threshold, $0.recall) }),
                    .init(name: "F1", points: grid.map { ($0.threshold, $0.f1) }),
                ], across: "ngưỡng trọng số", up: "", isShare: true
            ).chart())
        text += figure(
            CurveChart(
                id: "tin-cay", title: "Xác suất nêu ra và tỷ lệ đúng",
                curves: [
                    .init(name: "tỷ lệ đúng", points: evaluation.reliability.map { ($0.stated, $0.true_) }),
                    .init(name: "hoàn hảo", points: [(0, 0), (1, 1)]),
                ], across: "xác suất nêu ra", up: "tỷ lệ đúng", isShare: true
            ).chart())
        return text
    }

    // MARK: Pieces

    private func figure(_ chart: Chart) -> String { "<figure>\(chart.svg)</figure>" }

    private func table(_ header: [String]?, _ rows: [[String]], numbers: [Int] = []) -> String {
        func cell(_ tag: String, _ text: String, _ column: Int) -> String {
            "<\(tag)\(numbers.contains(column) ? " class=\"n\"" : "")>\(XMLText.escaped(text))</\(tag)>"
        }
        let head = header.map { names in
            "<thead><tr>"
                + names.enumerated().map {
                    cell("th scope=\"col\"", $1, $0).replacing("</th scope=\"col\">", with: "</th>")
                }.joined() + "</tr></thead>"
        }
        let body = rows.map { row in
            "<tr>"
                + row.enumerated().map { column, text in
                    header == nil && column == 0
                        ? "<th scope=\"row\">\(XMLText.escaped(text))</th>" : cell("td", text, column)
                }.joined() + "</tr>"
        }
        return "<div class=\"wide\"><table>\(head ?? "")<tbody>\(body.joined())</tbody></table></div>"
    }

    private func grouped(_ number: Int) -> String { VietnameseText.grouped(number) }

    private func decimal(_ value: Double, _ digits: Int) -> String {
        String(format: "%.\(digits)f", value).replacing(".", with: ",").replacing("-", with: "−")
    }

    private func signed(_ value: Double) -> String { (value > 0 ? "+" : "") + decimal(value, 2) }

    private func scientific(_ value: Double) -> String {
        value >= 0.001
            ? decimal(value, 4) : String(format: "%.2e", value).replacing(".", with: ",").replacing("-", with: "−")
    }

    private func range(_ range: ClosedRange<Double>) -> String {
        "\(decimal(range.lowerBound, 4))–\(decimal(range.upperBound, 4))"
    }
}
