import Kernel
import Overview
import Targets

// What a report's participants are compared with beside the end of the year before.
extension BoardService {
    /// The quarter before, the same day a year ago, and what was needed by the day to reach the year's target; nothing for
    /// reports of several years.
    func comparisons(_ measure: Measure, _ counted: Counted) -> [BoardFigure] {
        guard let month = counted.month, !counted.span.kind.spansYears else { return [] }
        let (name, words) = measure == .total ? ("total", "tham gia BHXH") : ("voluntary", "tham gia BHXH tự nguyện")
        func before(_ key: String, _ month: Month) -> BoardFigure? {
            counted.people(measure, month).map { people in
                BoardFigure(
                    "\(name).\(key)", .targets, "Người \(words) đến \(month.lastDay.vietnamese)", people, .people,
                    on: month.lastDay, source: "Số liệu người tham gia tháng \(month.vietnamese)", from: .month(month))
            }
        }
        var figures: [BoardFigure?] = []
        // The first quarter's is the end of the year before, as December's a year ago.
        if counted.span.kind == .quarter, counted.span.first != .firstDay(ofYear: counted.year) {
            figures.append(before("before", Month(of: counted.span.first).adding(months: -1)))
        }
        if month.month < 12 { figures.append(before("year-ago", month.adding(months: -12))) }
        if let needed = counted.board[measure].expected?[month] {
            figures.append(
                BoardFigure(
                    "\(name).needed", .targets,
                    "Mức cần có đến \(counted.day.vietnamese) để đạt chỉ tiêu người \(words) năm \(counted.year)",
                    needed.people, .people, on: counted.day,
                    source: "Mức cần có của năm \(counted.year), \(needed.basis.words)", from: .plan))
        }
        return figures.compactMap(\.self)
    }
}
