import Charts
import Components
import Figures
import Kernel
import PlanText
import Targets
import Work

/// One of the two measures as whoever has a minute reads it: how many there are, how many there shall be, what is missing, how
/// long there is for it; what stands behind it is folded on a phone.
struct MeasurePanel: Sendable {
    struct Figure: Sendable {
        let label: String
        let value: String
        let note: String?
        /// Short of what the year demands.
        let alarm: Bool
    }

    let measureTitle: String
    let standing: Badge
    let keyFigures: [Figure]
    let progress: String
    let against: String
    let movement: String
    let bar: ChartModel
}

extension MeasurePanel {
    /// - Parameters:
    ///   - words: how the target is meant, as the plan says it: “đạt tối thiểu”.
    ///   - remark: what else is to be known of the figures.
    init(_ measured: MeasureProgress, rules: ScoringRules, words: String? = nil, remark: String? = nil) {
        let (progress, measure) = (measured.progress, measured.measure)
        let left = measured.month.map { 12 - $0.month }
        var figures = [
            Figure(label: "Hiện có", value: FigureWords.people(progress.now), note: nil, alarm: false),
            Figure(
                label: "Chỉ tiêu năm \(measured.year)",
                value: progress.target.map { VietnameseText.grouped($0) } ?? "chưa có", note: nil, alarm: false),
        ]
        if let missing = progress.missing {
            let monthly = left.flatMap { missing > 0 && $0 > 1 ? (missing + $0 - 1) / $0 : nil }
            figures.append(
                Figure(
                    label: missing > 0 ? "Còn thiếu" : "Vượt chỉ tiêu", value: VietnameseText.grouped(abs(missing)),
                    note: monthly.map { "mỗi tháng \(VietnameseText.grouped($0))" }, alarm: missing > 0))
        }
        if let left {
            figures.append(
                Figure(
                    label: "Thời gian còn lại", value: left == 0 ? "hết năm" : "\(left) tháng", note: nil, alarm: false)
            )
        }
        let bar = BulletBar(
            id: "thanh-\(measure.rawValue)", title: measure.title, start: progress.start, now: progress.now,
            expected: measured.expectation?.people, target: progress.target)
        let meant = progress.target.flatMap { target in
            words.map { "Chỉ tiêu năm \(measured.year): \($0) \(VietnameseText.grouped(target))." }
        }
        let moved = measured.month.map {
            "So với tháng trước (\($0.adding(months: -1).vietnamese)): \(FigureWords.signed(measured.movement))."
        }
        self.init(
            measureTitle: measure.title, standing: FigureWords.badge(measured.standing(rules)), keyFigures: figures,
            progress: [meant, VietnameseText.sentence(FigureWords.progress(progress)) + "."].compactMap(\.self).joined(
                separator: " "),
            against: VietnameseText.sentence(FigureWords.ahead(measured)) + ".",
            movement: [moved, remark].compactMap(\.self).joined(separator: " "),
            bar: ChartModel(bar.chart(), caption: "Thanh: hiện có; vạch: kỳ vọng đến nay; cờ: chỉ tiêu năm"))
    }
}
