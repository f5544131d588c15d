import Access
import Database
import Figures
import Kernel
import Overview
import PlanText
import Province

// What stands beside participants: who came and went, blocks, the share of the labour force, what is paid late. Read as screens
// and other reports read it (decision 0054).
extension BoardService {
    func flowFigures(_ counted: Counted, for viewer: Viewer) async throws -> [BoardFigure] {
        guard let month = counted.month else { return [] }
        let first = Month(of: max(counted.span.first, .firstDay(ofYear: month.year)))
        let flows = try await overview.flows(for: viewer)
        let communes = plan.communes.codes
        let stretches = [Scheme.compulsory, .voluntary].compactMap { scheme in
            FlowStretch(scheme, first...month, flows: flows.course(ofAll: communes, scheme)) { month in
                guard let voluntary = counted.people(.voluntary, month) else { return nil }
                return scheme == .voluntary ? voluntary : counted.people(.total, month).map { $0 - voluntary }
            }
        }
        let (picture, blocks) = try await store.read { connection in
            (
                try MovementPicture.read(
                    of: .province, in: month, participants: counted.people(.total, month), communes: communes,
                    people: { _, _, _ in nil }, on: connection),
                try FigureService.blockMonth(until: month, on: connection)
            )
        }
        return stretches.flatMap(Self.flows) + Self.coverage(picture) + (blocks.map(Self.blocks) ?? [])
            + Self.potential(picture, month) + Self.late(picture, month)
    }

    /// Of the compulsory scheme beside the objective that speaks of it, of the voluntary one beside participants.
    private static func flows(_ stretch: FlowStretch) -> [BoardFigure] {
        let facts: BoardFacts = stretch.scheme == .voluntary ? .targets : .schemes
        let title = "BHXH \(stretch.scheme.word)"
        let (first, last) = (stretch.months.lowerBound, stretch.months.upperBound)
        let source =
            "Biểu biến động các tháng \(first.vietnamese) - \(last.vietnamese), có số liệu \(stretch.known)/\(stretch.allMonths) tháng"
        var figures = [
            ("joined", "lượt tăng mới", stretch.flows.joined),
            ("returned", "lượt tham gia trở lại", stretch.flows.returned),
            ("stopped", "lượt dừng tham gia", stretch.flows.stopped),
        ].map { name, words, value in
            BoardFigure(
                "flow.\(stretch.scheme.rawValue).\(name)", facts, "\(title): \(words)", value, .turns,
                on: last.lastDay, source: source, from: .movements(last))
        }
        if let rest = stretch.remainder {
            figures.append(
                BoardFigure(
                    "flow.\(stretch.scheme.rawValue).rest", facts, "\(title): chênh lệch chưa có trong biến động", rest,
                    .people, on: last.lastDay,
                    source:
                        "Số liệu người tham gia tháng \(last.vietnamese) so với tháng \(first.adding(months: -1).vietnamese), trừ biến động",
                    from: .movements(last)))
        }
        return figures
    }

    private static func coverage(_ picture: MovementPicture) -> [BoardFigure] {
        guard let coverage = picture.coverage,
            let share = BoardFigure.share(coverage.participants, of: coverage.labourForce)
        else { return [] }
        let labour = Month(of: coverage.day)
        return [
            BoardFigure(
                "coverage.labour", .targets, "Lực lượng lao động trong độ tuổi", coverage.labourForce, .people,
                on: coverage.day, source: coverage.source, from: .movements(labour)),
            BoardFigure(
                "coverage.percent", .targets, "Tỷ lệ người tham gia BHXH so với lực lượng lao động trong độ tuổi",
                share,
                .percent, on: coverage.month.lastDay,
                source: "Số liệu người tham gia tháng \(coverage.month.vietnamese) so với lực lượng lao động",
                from: .month(coverage.month)),
        ]
    }

    private static func blocks(_ blocks: BlockMonth) -> [BoardFigure] {
        let of = blocks.communes.map { ", \($0) đơn vị có số liệu theo khối" } ?? ""
        return blocks.lines.map { line in
            BoardFigure(
                "block.\(line.block.rawValue)", .schemes, "BHXH bắt buộc, khối \(line.block.title)", line.people,
                .people, on: blocks.day,
                source: "Số liệu theo khối tháng \(blocks.month.vietnamese)\(of) (\(blocks.source))",
                from: .month(blocks.month))
        }
    }

    private static func potential(_ picture: MovementPicture, _ month: Month) -> [BoardFigure] {
        picture.potential.flatMap { potential -> [BoardFigure] in
            let facts: BoardFacts = potential.scheme == .voluntary ? .targets : .schemes
            let values = [
                ("units", "đơn vị", potential.units, BoardFigure.Unit.employers),
                ("people", "người", potential.people, BoardFigure.Unit.people),
            ]
            return values.compactMap { name, words, value, unit in
                value.map { value in
                    BoardFigure(
                        "potential.\(potential.scheme.rawValue).\(name)", facts,
                        "BHXH \(potential.scheme.word): \(words) tiềm năng", value, unit,
                        on: potential.day, source: potential.source,
                        from: .movements(min(Month(of: potential.day), month)))
                }
            }
        }
    }

    private static func late(_ picture: MovementPicture, _ month: Month) -> [BoardFigure] {
        guard let late = picture.late else { return [] }
        let place = FigurePlace.movements(min(Month(of: late.day), month))
        let title = "Số tiền \(late.measure.title.lowercased())"
        var figures = [
            BoardFigure(
                "late.amount", .late, title, late.amount, .dong, on: late.day, source: late.source, from: place)
        ]
        if let plan = late.plan, let share = BoardFigure.share(late.amount, of: plan) {
            figures.append(
                BoardFigure(
                    "late.percent", .late, "\(title) so với kế hoạch thu cả năm", share, .percent, on: late.day,
                    source: "\(late.source); kế hoạch thu cả năm \(VietnameseText.grouped(plan)) đồng", from: place))
        }
        return figures
    }
}
