import Kernel
import Province
import Yams

/// How units are scored, from `scores.yaml`. Every number is a choice of whoever keeps the plan, not of the law: the plan
/// (III.1, IV) ties results to the evaluation of heads of units and leaves the weights open.
public struct ScoringRules: Sendable, Equatable {
    /// Weights of a commune's parts.
    public var communeWeights: [ScorePart: Double]
    /// Weights of an agency's parts.
    public var agencyWeights: [ScorePart: Double]
    /// Below this share of the weights (percent) too little is known for a score.
    public var leastKnownPercent: Double
    /// The most points of a progress part; 100 is “as expected”.
    public var progressCeiling: Double
    /// The growth demanded counts as at least this share of the target (percent): small targets do not make large scores.
    public var leastDemandPercent: Double
    /// Points of a task accepted or handed in on time, and of one handed in late.
    public var onTimePoints: Double
    public var latePoints: Double
    /// Work touched within so many days is fresh (100 points); untouched so long it has none.
    public var freshDays: Int
    public var staleDays: Int
    /// Bounds of the classes of population, in persons, rising.
    public var populationBounds: [Int]
    /// Bounds of the classes of the share of enterprises among compulsory participants, percent, rising.
    public var enterpriseBounds: [Double]
    /// Standing by (now − expected) / demanded growth, percent.
    public var farBehind: Double
    public var behind: Double
    public var ahead: Double
    public var farAhead: Double
    /// What the file says of itself, shown beside every score.
    public var note: String

    public static let standard = ScoringRules(
        communeWeights: [.total: 35, .voluntary: 25, .tasks: 25, .freshness: 15],
        agencyWeights: [.tasks: 75, .freshness: 25],
        leastKnownPercent: 50, progressCeiling: 120, leastDemandPercent: 1, onTimePoints: 100, latePoints: 60,
        freshDays: 60,
        staleDays: 180, populationBounds: [25_000, 45_000], enterpriseBounds: [60, 80], farBehind: -50, behind: -10,
        ahead: 10,
        farAhead: 50, note: "")
}

/// A part of a score.
public enum ScorePart: String, Sendable, CaseIterable {
    case total
    case voluntary
    case tasks
    case freshness

    public var title: String {
        switch self {
        case .total: "Tổng số người tham gia so với kỳ vọng"
        case .voluntary: "Người tham gia tự nguyện so với kỳ vọng"
        case .tasks: "Nhiệm vụ đến hạn có sản phẩm được chấp nhận"
        case .freshness: "Cập nhật dữ liệu, tiến độ"
        }
    }
}

/// `scores.yaml`
enum ScoringSection {
    static func read(_ file: inout YAMLFile) -> ScoringRules {
        var rules = ScoringRules.standard
        let root = file.root
        func number(_ key: String, in section: String, _ range: ClosedRange<Double>, _ set: (Double) -> Void) {
            guard let node = root[section], let text = file.optionalText(key, of: node) else { return }
            guard let value = Double(text), range.contains(value) else {
                file.fault(
                    node[key],
                    "“\(key)” phải là số từ \(VietnameseText.oneDecimal(range.lowerBound)) đến \(VietnameseText.oneDecimal(range.upperBound)), không phải “\(text)”"
                )
                return
            }
            set(value)
        }
        func weights(_ section: String, _ parts: [ScorePart]) -> [ScorePart: Double] {
            var weights: [ScorePart: Double] = [:]
            for part in parts { number(part.rawValue, in: section, 0...1_000) { weights[part] = $0 } }
            if root[section] == nil || weights.values.reduce(0, +) <= 0 {
                file.fault(
                    root[section] ?? root,
                    "“\(section)” cần trọng số lớn hơn 0 cho ít nhất một phần: \(parts.map(\.rawValue).joined(separator: ", "))"
                )
            }
            return weights
        }
        rules.communeWeights = weights("commune_weights", ScorePart.allCases)
        rules.agencyWeights = weights("agency_weights", [.tasks, .freshness])
        number("least_known_percent", in: "rules", 0...100) { rules.leastKnownPercent = $0 }
        number("progress_ceiling", in: "rules", 100...1_000) { rules.progressCeiling = $0 }
        number("least_demand_percent", in: "rules", 0.01...100) { rules.leastDemandPercent = $0 }
        number("on_time_points", in: "rules", 0...100) { rules.onTimePoints = $0 }
        number("late_points", in: "rules", 0...100) { rules.latePoints = $0 }
        number("fresh_days", in: "rules", 1...3_650) { rules.freshDays = Int($0) }
        number("stale_days", in: "rules", 2...3_650) { rules.staleDays = Int($0) }
        if rules.staleDays <= rules.freshDays { file.fault(root["rules"], "“stale_days” phải lớn hơn “fresh_days”") }
        number("far_behind", in: "levels", -1_000...1_000) { rules.farBehind = $0 }
        number("behind", in: "levels", -1_000...1_000) { rules.behind = $0 }
        number("ahead", in: "levels", -1_000...1_000) { rules.ahead = $0 }
        number("far_ahead", in: "levels", -1_000...1_000) { rules.farAhead = $0 }
        if !(rules.farBehind < rules.behind && rules.behind < rules.ahead && rules.ahead < rules.farAhead) {
            file.fault(root["levels"], "các mốc phải tăng dần: far_behind < behind < ahead < far_ahead")
        }
        func bounds(_ key: String, _ range: ClosedRange<Double>) -> [Double]? {
            guard let node = root["similar"], let list = node[key] else { return nil }
            let texts = file.texts(key, of: node)
            let numbers = texts.compactMap { Double($0) }.filter { range.contains($0) }
            guard list.sequence != nil, numbers.count == texts.count else {
                file.fault(
                    list,
                    "“\(key)” phải là danh sách số từ \(VietnameseText.oneDecimal(range.lowerBound)) đến \(VietnameseText.oneDecimal(range.upperBound))"
                )
                return nil
            }
            if numbers != numbers.sorted() || Set(numbers).count != numbers.count {
                file.fault(list, "các mốc của “\(key)” phải tăng dần")
            }
            return numbers
        }
        if let found = bounds("population", 0...100_000_000) { rules.populationBounds = found.map { Int($0) } }
        if let found = bounds("enterprise_percent", 0...100) { rules.enterpriseBounds = found }
        rules.note = file.optionalText("note", of: root) ?? ""
        return rules
    }
}
