import Access
import Database
import Figures
import Kernel
import Overview
import PlanText
import Province
import Targets
import Work

// What is known beside participants: who came and went, what is paid late, work and obstacles, scores.
extension BoardService {
    // MARK: Flows and late payment

    func flowFigures(_ counted: Counted) async throws -> [BoardFigure] {
        guard let month = counted.month else { return [] }
        let first = Month(of: max(counted.span.first, .firstDay(ofYear: month.year)))
        let communes = plan.communes.codes
        let areas = plan.units.areas
        return try await store.read { connection in
            var sums: [Scheme: [MovementMeasure: (value: Int, months: Int)]] = [:]
            var late: (month: Month, value: Int)?
            for back in 0...max(first.months(to: month), 0) {
                let each = first.adding(months: back)
                let movements = try MovementService.movements(of: each, on: connection)
                // The flows of the province; what stands at a month's end is no matter here.
                let accounts = MovementBalance.accounts(
                    of: each, movements: movements, communes: communes, areas: areas
                ) { _, _, _ in nil }.filter { $0.place == .province }
                for account in accounts {
                    for (measure, value) in [
                        (MovementMeasure.joined, account.joined), (.returned, account.returned),
                        (.stopped, account.stopped),
                    ] {
                        guard let value else { continue }
                        let sum = sums[account.scheme]?[measure] ?? (0, 0)
                        sums[account.scheme, default: [:]][measure] = (sum.value + value, sum.months + 1)
                    }
                }
                let owed = movements.filter { $0.key.measure == .late && $0.key.place == .province }
                if let whole = owed.first(where: { $0.key.scheme == nil && $0.key.block == nil }) {
                    late = (each, whole.value)
                }
            }
            return Self.flows(sums, from: first, until: month)
                + Self.remainders(sums, from: first, until: month, counted)
                + (try Self.blocks(of: month, day: counted.day, on: connection))
                + (late.map { late in
                    [
                        BoardFigure(
                            "late.amount", .late, "Số tiền chậm đóng, trốn đóng", late.value, .dong,
                            on: late.month.lastDay, source: "Biểu B06-TS tháng \(late.month.vietnamese)",
                            from: .movements(late.month))
                    ]
                } ?? [])
        }
    }

    private static func flows(
        _ sums: [Scheme: [MovementMeasure: (value: Int, months: Int)]], from first: Month, until last: Month
    ) -> [BoardFigure] {
        let names: [(MovementMeasure, String, String)] = [
            (.joined, "joined", "tăng mới"), (.returned, "returned", "tham gia trở lại"),
            (.stopped, "stopped", "dừng tham gia"),
        ]
        return [Scheme.compulsory, .voluntary].flatMap { scheme in
            names.compactMap { measure, name, words -> BoardFigure? in
                guard let sum = sums[scheme]?[measure] else { return nil }
                let months = first.months(to: last) + 1
                return BoardFigure(
                    "flow.\(scheme.rawValue).\(name)", .schemes,
                    "\(scheme == .voluntary ? "BHXH tự nguyện" : "BHXH bắt buộc"): lượt \(words)", sum.value, .turns,
                    on: last.lastDay,
                    source:
                        "Biểu biến động các tháng \(first.vietnamese) - \(last.vietnamese), có số liệu \(sum.months)/\(months) tháng",
                    from: .movements(last))
            }
        }
    }

    /// What the flows do not explain of what a scheme grew by, where all months of the span have all flows: corrections,
    /// months reported late.
    private static func remainders(
        _ sums: [Scheme: [MovementMeasure: (value: Int, months: Int)]], from first: Month, until last: Month,
        _ counted: Counted
    ) -> [BoardFigure] {
        let before = first.adding(months: -1)
        func people(_ scheme: Scheme, _ month: Month) -> Int? {
            guard let voluntary = counted.people(.voluntary, month) else { return nil }
            return scheme == .voluntary ? voluntary : counted.people(.total, month).map { $0 - voluntary }
        }
        return [Scheme.compulsory, .voluntary].compactMap { scheme in
            let whole = [MovementMeasure.joined, .returned, .stopped].compactMap { measure in
                sums[scheme]?[measure].flatMap { $0.months == first.months(to: last) + 1 ? $0.value : nil }
            }
            guard whole.count == 3, let opening = people(scheme, before), let closing = people(scheme, last) else {
                return nil
            }
            return BoardFigure(
                "flow.\(scheme.rawValue).rest", .schemes,
                "\(scheme == .voluntary ? "BHXH tự nguyện" : "BHXH bắt buộc"): chênh lệch chưa có trong biến động",
                closing - opening - (whole[0] + whole[1] - whole[2]), .people, on: last.lastDay,
                source:
                    "Số liệu người tham gia tháng \(last.vietnamese) so với tháng \(before.vietnamese), trừ biến động",
                from: .movements(last))
        }
    }

    private static func blocks(
        of month: Month, day: Day, on connection: any SQLConnection
    ) throws -> [BoardFigure] {
        let (people, communes) = try FigureService.blocks(of: month, on: connection)
        return people.sorted { $0.key < $1.key }.map { block, people in
            BoardFigure(
                "block.\(block.rawValue)", .schemes, "BHXH bắt buộc, khối \(block.title)", people, .people, on: day,
                source: "Số liệu theo khối tháng \(month.vietnamese), \(communes) đơn vị có số liệu theo khối",
                from: .month(month))
        }
    }

    // MARK: Work and obstacles

    func workFigures(_ counted: Counted) async throws -> [BoardFigure] {
        // What falls due after today has not been due: the Department's own report of the year counts to today too.
        let last = min(counted.cutoff, counted.span.last, clock.today)
        let days = counted.span.first...max(counted.span.first, last)
        let (plan, year) = (plan, counted.year)
        return try await store.read { connection in
            let results = try WorkQueries.results(days, on: connection)
            var figures: [BoardFigure] = []
            for group in plan.groups {
                let sum = plan.tasks.filter { $0.group == group.code }.reduce(WorkResults()) {
                    $0 + (results[$1.code] ?? WorkResults())
                }
                guard sum.due > 0 else { continue }
                func figure(_ name: String, _ label: String, _ value: Int, accepted: Bool = false) -> BoardFigure {
                    BoardFigure(
                        "work.\(group.code).\(name)", .work(group: group.code), label, value, .works,
                        on: days.upperBound,
                        source:
                            "Nhiệm vụ của Kế hoạch đến hạn từ \(days.lowerBound.vietnamese) đến \(days.upperBound.vietnamese)",
                        from: .work(group: group.code, year: year, accepted: accepted))
                }
                figures += [
                    figure("due", "Nhóm \(group.code): nhiệm vụ đến hạn", sum.due),
                    figure("done", "Nhóm \(group.code): nhiệm vụ hoàn thành", sum.done, accepted: true),
                    figure("late", "Nhóm \(group.code): trong đó hoàn thành sau hạn", sum.doneLate, accepted: true),
                    figure("open", "Nhóm \(group.code): nhiệm vụ chưa hoàn thành", sum.open),
                ]
            }
            return figures + Self.obstacleFigures(try Obstacles.tally(days, on: connection), on: days.upperBound)
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
