import Access
import Database
import Figures
import Kernel
import Overview
import PlanText
import Province
import Targets
import Work

// What is known beside participants: work and obstacles, scores.
extension BoardService {
    // MARK: Work and obstacles

    /// Work of each group of tasks as it stood at the cut-off day, or stands today.
    func workFigures(_ counted: Counted) async throws -> [BoardFigure] {
        let whole = counted.span.first...max(counted.span.first, counted.span.last)
        // What falls due after today has not been due.
        let day = max(min(counted.cutoff, whole.upperBound, clock.today), whole.lowerBound)
        let days = whole.lowerBound...day
        let (plan, year) = (plan, counted.year)
        return try await store.read { connection in
            let results = try WorkQueries.results(whole, on: day, on: connection)
            var figures: [BoardFigure] = []
            for group in plan.groups {
                let sum = plan.tasks.filter { $0.group == group.code }.reduce(WorkResults()) {
                    $0 + (results[$1.code] ?? WorkResults())
                }
                guard sum.due + sum.overdue > 0 else { continue }
                let due = "Nhiệm vụ của Kế hoạch đến hạn từ \(days.lowerBound.vietnamese) đến \(day.vietnamese)"
                func figure(
                    _ name: String, _ label: String, _ value: Int, accepted: Bool = false, source: String? = nil
                ) -> BoardFigure {
                    BoardFigure(
                        "work.\(group.code).\(name)", .work(group: group.code), "Nhóm \(group.code): \(label)", value,
                        .works, on: day, source: source ?? due,
                        from: .work(group: group.code, year: year, accepted: accepted))
                }
                figures += [
                    figure("due", "nhiệm vụ đến hạn", sum.due),
                    figure("done", "nhiệm vụ hoàn thành", sum.done, accepted: true),
                    figure("late", "trong đó hoàn thành sau hạn", sum.doneLate, accepted: true),
                    figure("open", "nhiệm vụ chưa hoàn thành", sum.open),
                ]
                // Where there is none, nothing is said.
                if sum.waiting > 0 { figures.append(figure("waiting", "trong đó chờ duyệt", sum.waiting)) }
                if sum.overdue > 0 {
                    figures.append(
                        figure(
                            "overdue", "nhiệm vụ của các kỳ trước quá hạn", sum.overdue,
                            source:
                                "Nhiệm vụ của Kế hoạch đến hạn trước ngày \(days.lowerBound.vietnamese), chưa hoàn thành"
                        ))
                }
            }
            return figures + Self.obstacleFigures(try Obstacles.tally(days, on: connection), on: day)
        }
    }

    private static func obstacleFigures(_ tally: ObstacleTally, on day: Day) -> [BoardFigure] {
        func figure(_ name: String, _ label: String, _ value: Int) -> BoardFigure {
            BoardFigure(
                "obstacles.\(name)", .obstacles, label, value, .matters, on: day,
                source: "Danh sách vướng mắc gửi trong kỳ", from: .obstacles)
        }
        guard tally.received > 0 else { return [] }
        return [
            figure("received", "Vướng mắc đã gửi", tally.received),
            figure("answered", "Vướng mắc đã trả lời", tally.answered),
            figure("open", "Vướng mắc đang xử lý", tally.received - tally.answered),
        ]
    }

    // MARK: Scores

    /// The mean of the communes' scores of the month: for whoever writes, not for the report.
    func scoreFigures(_ counted: Counted, for viewer: Viewer) async throws -> [BoardFigure] {
        guard let month = counted.month, plan.years.contains(month.year), month <= Month(of: clock.today),
            let table = try await overview.scores(of: month, for: viewer)
        else { return [] }
        let points = table.communes.compactMap(\.score.points)
        guard !points.isEmpty else { return [] }
        let mean = points.reduce(0, +) / Double(points.count)
        return [
            BoardFigure(
                "scores.communes", .scores, "Điểm bình quân của \(points.count) xã, phường, đặc khu",
                Int((mean * 10).rounded()), .points, on: table.day, source: "Xếp hạng tháng \(month.vietnamese)",
                from: .scores(month))
        ]
    }
}
