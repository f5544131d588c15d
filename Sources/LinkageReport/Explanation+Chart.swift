public import Charts
public import Linkage

extension Explanation {
    /// The steps as a waterfall from the prior to the match weight.
    public var chart: Chart {
        var bars = [WaterfallChart.Step(label: "Trước khi so sánh", value: prior)]
        for step in steps where step.condition != nil {
            let values = step.left == step.right ? step.left : "\(step.left) – \(step.right)"
            bars.append(
                WaterfallChart.Step(
                    label: "\(step.comparison): \(LevelWords.vietnamese(step.condition))", detail: values,
                    value: step.weight))
            if abs(step.rarity) >= 0.005 {
                bars.append(
                    WaterfallChart.Step(
                        label: step.rarity > 0 ? "  giá trị hiếm" : "  giá trị phổ biến", value: step.rarity))
            }
        }
        let sum = bars.reduce(0) { $0 + $1.value }
        if abs(weight - sum) >= 0.005, verdict != .never {
            bars.append(
                WaterfallChart.Step(
                    label: verdict == .sure ? "Quy tắc chắc chắn" : "Hiệu chỉnh theo nhãn", value: weight - sum))
        }
        return WaterfallChart(
            id: "cap-\(leftID)-\(rightID)", title: "Vì sao \(leftID) và \(rightID) được coi là một hay không",
            steps: bars, total: verdict == .never ? "Trọng số (quy tắc never: không ghép)" : "Trọng số ghép"
        ).chart()
    }
}
