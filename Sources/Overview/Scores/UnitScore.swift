public import Targets
public import PlanText
import Foundation
import Figures
public import Kernel

/// One part of a score, with its reasons in words.
public struct ScoredPart: Sendable, Equatable {
    public let part: ScorePart
    /// 0 to 100, for progress up to the ceiling; nil when there is nothing to judge by.
    public let points: Double?
    public let weight: Double
    /// How the points come about, Vietnamese.
    public let words: String
}

/// A unit's score of a month.
public struct UnitScore: Sendable, Equatable {
    public let unit: UnitCode
    public let parts: [ScoredPart]
    /// The weighted mean of the parts that are known; nil when they carry too little weight. Missing is not zero.
    public let points: Double?
    /// The share of the weights that is known, percent.
    public let knownPercent: Double
    /// A figure the score rests on is contested.
    public let isContested: Bool

    public init(unit: UnitCode, parts: [ScoredPart], isContested: Bool, rules: ScoringRules) {
        self.unit = unit
        self.parts = parts
        self.isContested = isContested
        let all = parts.reduce(0) { $0 + $1.weight }
        let known = parts.filter { $0.points != nil && $0.weight > 0 }
        let weight = known.reduce(0) { $0 + $1.weight }
        knownPercent = all > 0 ? weight / all * 100 : 0
        points =
            weight > 0 && knownPercent >= rules.leastKnownPercent
            ? known.reduce(0) { $0 + ($1.points ?? 0) * $1.weight } / weight : nil
    }
}

/// What a unit's work of tasks comes to by a day.
public struct TaskRecord: Sendable, Equatable {
    public var dueOnTime = 0
    public var dueLate = 0
    public var dueOpen = 0
    /// Days since anything happened, for each piece of work that is open.
    public var quietDays: [Int] = []
    /// Days since the list of residential groups was last changed; nil without one.
    public var groupsQuiet: Int?

    public init() {}

    public var due: Int { dueOnTime + dueLate + dueOpen }
}

/// The rules of the score: pure functions, each with its words.
public enum Scoring {
    /// 100 as expected; below or above by how much of the year's demanded growth is missing or surplus.
    /// - Parameter month: the month scored; a figure of an earlier one says nothing of it. Nil to take any.
    public static func progress(
        _ part: ScorePart, _ progress: MeasureProgress, _ rules: ScoringRules, weight: Double, at asked: Month? = nil
    ) -> ScoredPart {
        if let asked, let known = progress.month, known != asked {
            return ScoredPart(
                part: part, points: nil, weight: weight,
                words:
                    "Không tính: chưa có số liệu tháng \(asked.vietnamese) (mới nhất tháng \(known.vietnamese)). Thiếu số liệu không bị coi là 0 điểm."
            )
        }
        guard let ahead = progress.ahead, let expectation = progress.expectation, let now = progress.progress.now,
            let month = progress.month,
            let demand = progress.demand(leastPercent: rules.leastDemandPercent)
        else {
            let reason: String =
                switch progress.progress.reading {
                case .noFigure: "chưa có số liệu của năm"
                case .noTarget: "chưa có chỉ tiêu giao cho đơn vị"
                default: "chưa có số liệu gốc cuối năm trước"
                }
            return ScoredPart(
                part: part, points: nil, weight: weight,
                words: "Không tính: \(reason). Thiếu số liệu không bị coi là 0 điểm.")
        }
        let points = min(max(100 + Double(ahead) / demand * 100, 0), rules.progressCeiling)
        let difference =
            ahead == 0
            ? "đúng bằng kỳ vọng"
            : "\(ahead > 0 ? "vượt" : "thiếu") \(VietnameseText.grouped(abs(ahead))) người, bằng \(VietnameseText.oneDecimal(abs(Double(ahead)) / demand * 100)) % mức tăng phải đạt trong năm (\(VietnameseText.grouped(Int(demand.rounded()))) người)"
        let ceiling =
            points == rules.progressCeiling
            ? "; tính tối đa \(VietnameseText.oneDecimal(rules.progressCeiling)) điểm" : ""
        return ScoredPart(
            part: part, points: points, weight: weight,
            words:
                "Tháng \(month.vietnamese): \(VietnameseText.grouped(now)) người, kỳ vọng \(VietnameseText.grouped(expectation.people)) (\(expectation.basis.words)); \(difference)\(ceiling)."
        )
    }

    public static func tasks(_ record: TaskRecord, _ rules: ScoringRules, weight: Double) -> ScoredPart {
        guard record.due > 0 else {
            return ScoredPart(
                part: .tasks, points: nil, weight: weight, words: "Không tính: đến nay chưa có việc nào đến hạn.")
        }
        let points =
            (Double(record.dueOnTime) * rules.onTimePoints + Double(record.dueLate) * rules.latePoints)
            / Double(record.due)
        return ScoredPart(
            part: .tasks, points: points, weight: weight,
            words:
                "\(record.due) việc đã đến hạn: \(record.dueOnTime) nộp đúng hạn (\(VietnameseText.oneDecimal(rules.onTimePoints)) điểm mỗi việc), \(record.dueLate) nộp muộn (\(VietnameseText.oneDecimal(rules.latePoints)) điểm), \(record.dueOpen) chưa nộp hoặc bị trả (0 điểm). Việc đang chờ duyệt tính theo ngày nộp."
        )
    }

    public static func freshness(_ record: TaskRecord, _ rules: ScoringRules, weight: Double) -> ScoredPart {
        let quietDays = record.quietDays + (record.groupsQuiet.map { [$0] } ?? [])
        guard !quietDays.isEmpty else {
            return ScoredPart(
                part: .freshness, points: nil, weight: weight, words: "Không tính: không có việc nào đang mở.")
        }
        let span = Double(max(rules.staleDays - rules.freshDays, 1))
        let each = quietDays.map { days in min(max(100 - Double(days - rules.freshDays) / span * 100, 0), 100) }
        let points = each.reduce(0, +) / Double(each.count)
        let quiet = record.quietDays.filter { $0 > rules.freshDays }.count
        return ScoredPart(
            part: .freshness, points: points, weight: weight,
            words:
                "\(record.quietDays.count) việc đang mở, \(quiet) việc quá \(rules.freshDays) ngày không có ghi chép, nộp hay cập nhật\(record.groupsQuiet.map { "; danh sách tổ dân phố, thôn cập nhật \($0) ngày trước" } ?? "") (đủ điểm trong \(rules.freshDays) ngày, hết điểm sau \(rules.staleDays) ngày)."
        )
    }
}

/// Units like one another: the only fair company for a comparison.
public struct SimilarGroup: Sendable, Hashable {
    /// Class of population; nil in a plan that gives none.
    public let population: Int?
    /// Class of the share of enterprises; nil when blocks are not known.
    public let enterprise: Int?

    public init(population: Int?, enterpriseShare: Double?, rules: ScoringRules) {
        self.population = population.map { people in rules.populationBounds.filter { people >= $0 }.count }
        enterprise = enterpriseShare.map { share in rules.enterpriseBounds.filter { share * 100 >= $0 }.count }
    }

    public func title(_ rules: ScoringRules) -> String {
        func range(_ index: Int, _ bounds: [String], unit: String) -> String {
            guard !bounds.isEmpty else { return "mọi mức" }
            if index == 0 { return "dưới \(bounds[0])\(unit)" }
            if index == bounds.count { return "từ \(bounds[index - 1])\(unit)" }
            return "\(bounds[index - 1])–\(bounds[index])\(unit)"
        }
        let people =
            population.map {
                "dân số " + range($0, rules.populationBounds.map { VietnameseText.grouped($0) }, unit: "")
            } ?? "chưa có số liệu dân số"
        let share =
            enterprise.map {
                "doanh nghiệp " + range($0, rules.enterpriseBounds.map { VietnameseText.oneDecimal($0) }, unit: " %")
            }
            ?? "chưa có số liệu theo khối"
        return "\(people); \(share)"
    }
}
