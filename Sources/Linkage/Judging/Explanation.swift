import Foundation

/// What speaks for and against two records being one: the sum of the steps is the match weight.
public struct Explanation: Sendable, Equatable {
    public struct Step: Sendable, Equatable {
        public let comparison: String
        /// As the lists write them.
        public let left: String
        public let right: String
        /// The condition that held; nil where a side is missing.
        public let condition: String?
        /// log2(m / u) of the level.
        public let weight: Double
        /// What is added because the common value is rare, or taken because it is frequent.
        public let rarity: Double
        public let m: Double?
        public let u: Double?

        public var sum: Double { weight + rarity }
    }

    public enum Verdict: String, Sendable, Codable {
        /// By the weights alone.
        case weighed
        /// A `sure` rule, a `never` rule holds.
        case sure, never
    }

    public let leftID: String
    public let rightID: String
    /// log2 of the odds before anything is compared.
    public let prior: Double
    public let steps: [Step]
    public let calibration: LinkModel.Calibration?
    /// log2 of the odds, all in all.
    public let weight: Double
    public let verdict: Verdict
    /// Whether the chance is that of the pair alone although each record has one partner at most.
    public let leavesRivalsOut: Bool
    /// Blocking rules that bring the two together; none: they are never compared in a run.
    public let rules: [String]

    public var probability: Double { verdict == .never ? 0 : 1 / (1 + exp2(-weight)) }

    /// The same in Vietnamese, a line a step.
    public var text: String {
        var lines = ["\(leftID) – \(rightID)"]
        func line(_ weight: Double, _ words: String) -> String {
            let number = (weight < 0 ? "−" : "+") + LevelWords.decimal(abs(weight), 2)
            return String(repeating: " ", count: max(8 - number.count, 0)) + number + "  " + words
        }
        lines.append(line(prior, "trước khi so sánh (hai bản ghi bất kỳ)"))
        for step in steps {
            let values = step.left == step.right ? "“\(step.left)”" : "“\(step.left)” – “\(step.right)”"
            lines.append(line(step.weight, "\(step.comparison): \(LevelWords.vietnamese(step.condition)): \(values)"))
            if abs(step.rarity) >= 0.005 {
                lines.append(line(step.rarity, "  giá trị \(step.rarity > 0 ? "hiếm" : "phổ biến") hơn mức trung bình"))
            }
        }
        if let calibration {
            lines.append(
                "          hiệu chỉnh theo nhãn: × \(LevelWords.decimal(calibration.slope, 3)) \(calibration.intercept < 0 ? "−" : "+") \(LevelWords.decimal(abs(calibration.intercept), 3))"
            )
        }
        switch verdict {
        case .sure: lines.append("          quy tắc chắc chắn là một (sure) đúng")
        case .never: lines.append("          quy tắc chắc chắn không phải một (never) đúng: không ghép")
        case .weighed: break
        }
        lines.append(
            line(weight, "trọng số ghép; xác suất \(LevelWords.decimal(probability * 100, 2)) %"))
        if leavesRivalsOut {
            lines.append(
                "          xác suất của riêng cặp này; trong một lần chạy một đối một, các ứng viên khác của hai bản ghi cũng được tính"
            )
        }
        lines.append(
            rules.isEmpty
                ? "          không quy tắc gom khối nào đưa hai bản ghi lại với nhau: một lần chạy sẽ không so sánh chúng"
                : "          gom khối theo: " + rules.joined(separator: "; "))
        return lines.joined(separator: "\n")
    }
}
