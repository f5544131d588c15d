import Access
import Database
import Documents
import Kernel
import PlanText
import Province
import Work

extension PaperKind {
    static let agencyReport = PaperKind(
        "bao-cao-co-quan", about: .task(quarters: true), issuers: PaperIssuers.agency
    ) { service, request, viewer in try await service.agencyReport(request, for: viewer) }
}

extension DocumentService {
    /// What an agency did of its tasks, of one of them or of all: from products that were accepted, answers to its papers,
    /// obstacles it sent. Reasons are left to the officer.
    func agencyReport(_ request: PaperRequest, for viewer: Viewer) async throws -> Draft {
        let period = try request.period()
        let last = lastDay(of: period)
        // Of the stretch, or today while it lasts: nothing later is told.
        let day = min(last, clock.today)
        let first =
            if case .quarter(let quarter) = period { quarter.firstDay } else { Day.firstDay(ofYear: period.year) }
        var data = DocumentData(fields: try taskFields(request))
        data.fields["cutoff"] = day.vietnamese
        let keeper = ownName(.agency(definition.coordinatingAgency))
        data.fields["addressee"] =
            request.unit == .agency(definition.coordinatingAgency)
            ? provinceCommittee.map(ownName) ?? ""
            : keeper.contains(definition.province) ? keeper : "\(keeper) \(definition.province)"
        let items = try await ownWork(
            of: request.unit, task: request.task, year: period.year, until: last, for: viewer)
        try await fillDone(&data, items, from: first, until: day, for: viewer)
        fillOpen(&data, items, on: day)
        try await fillNext(&data, request, after: last, for: viewer)
        try await fillAnswers(&data, of: request.unit, from: first, until: day, for: viewer)
        try await fillObstacles(&data, request, year: period.year, until: day, for: viewer)
        return Draft(request, data, about: taskSubject(request), period: period, cutoff: day)
    }

    /// Products of work that was accepted within the period, a row each.
    private func fillDone(
        _ data: inout DocumentData, _ items: [WorkItem], from first: Day, until last: Day, for viewer: Viewer
    ) async throws {
        let origin = FigureOrigin(last, Self.workSource)
        var rows: [[DocumentData.Value]] = []
        let done = items.filter { item in
            item.state == .accepted && item.decidedOn.map { first <= $0 && $0 <= last } ?? false
        }
        for item in done {
            let slots = definition.task(item.task)?.slots ?? []
            for product in try await work.detail(item.id, for: viewer).products where product.instance == item.id {
                guard slots.indices.contains(product.slot) else { continue }
                rows.append([
                    .text(item.task), .text(HeadWords.bare(definition.task(item.task)?.text ?? "")),
                    .text(ProductWords.asked(product, slots)), .text(Self.words(of: product, slots)),
                    product.issuedOn.map { .day($0) } ?? .empty,
                ])
            }
        }
        data.tables["done"] = .init(columns: ["code", "name", "slot", "product", "day"], rows: rows)
        data.state(origin, of: "done")
        data.put("doneCount", "\(done.count)", from: origin)
        data.fields["hasDone"] = rows.isEmpty ? "" : "1"
    }

    /// `số 12/BC-SXD: Báo cáo …`; a figure with its unit and source.
    private static func words(of product: Product, _ slots: [ProductSlot]) -> String {
        if let value = ProductWords.value(product, slots) {
            return value + (product.source.map { ", nguồn: \($0)" } ?? "")
        }
        let number = product.numberSymbol.map { "số \($0)" }
        return [number, product.summary.isEmpty ? nil : product.summary].compactMap(\.self).joined(separator: ": ")
    }

    /// What was still to be done on a day of what falls due by the end of the stretch, the overdue days counted. What was
    /// accepted later waited then.
    private func fillOpen(_ data: inout DocumentData, _ items: [WorkItem], on day: Day) {
        let open = items.map { (item: $0, status: $0.standing(on: day, asDecidedThen: true)) }
            .filter { $0.status != .accepted && $0.status != .beforeUse }
        data.tables["open"] = .init(
            columns: ["code", "name", "due", "state", "daysLate"],
            rows: open.map { item, status in
                [
                    .text(item.task), .text(HeadWords.bare(definition.task(item.task)?.text ?? "")),
                    item.due.map { .day($0) } ?? .text("chưa ấn định"), .text(status.official),
                    status == .late ? item.due.map { .number($0.days(to: day)) } ?? .empty : .empty,
                ]
            })
        let origin = FigureOrigin(day, Self.workSource)
        data.state(origin, of: "open")
        let late = open.count { $0.status == .late }
        data.put("openCount", "\(open.count)", from: origin)
        data.put("lateCount", "\(late)", from: origin)
        let overdue = late == 0 ? "không có việc quá hạn" : "trong đó \(late) việc quá hạn"
        data.put(
            "openWords",
            open.isEmpty ? "không còn việc chưa hoàn thành" : "còn \(open.count) việc chưa hoàn thành, \(overdue)",
            from: origin)
        data.fields["hasOpen"] = open.isEmpty ? "" : "1"
        data.fields["hasLate"] = late > 0 ? "1" : ""
    }

    private static let workSource = "theo dõi nhiệm vụ của Kế hoạch"

    /// What falls due of the unit's work in the quarter that follows.
    private func fillNext(
        _ data: inout DocumentData, _ request: PaperRequest, after last: Day, for viewer: Viewer
    ) async throws {
        let following = Quarter(of: last.adding(days: 1))
        let work = try await work.work(
            of: request.unit, in: last...last, on: min(last, clock.today), following: following.lastDay, for: viewer)
        let next = (work[request.unit]?.next ?? []).filter { item in request.task.map { item.task == $0 } ?? true }
        data.fields["hasNext"] = next.isEmpty ? "" : "1"
        data.fields["nextPeriod"] = Self.words(of: .quarter(following))
        data.putNext(next, definition)
    }

    private func fillAnswers(
        _ data: inout DocumentData, of unit: UnitCode, from first: Day, until last: Day, for viewer: Viewer
    ) async throws {
        let asking = try await asking(of: unit, from: first, until: last, for: viewer)
        data.tables["answers"] = .init(
            columns: ["paper", "asked", "answered", "inTime", "late", "workers", "insured"],
            rows: asking.map { paper, all in
                let replies = all.standing(on: last)
                return [
                    .text(paper.signing?.citation ?? paper.title), .number(replies.addressees.count),
                    .number(replies.answered), .number(replies.inTime), .number(replies.late(on: last)),
                    Self.number(replies.sum(\.workers)), Self.number(replies.sum(\.insured)),
                ]
            })
        data.fields["hasAnswers"] = asking.isEmpty ? "" : "1"
    }

    private func fillObstacles(
        _ data: inout DocumentData, _ request: PaperRequest, year: Int, until last: Day, for viewer: Viewer
    ) async throws {
        let own = try await store.read { try Obstacles.reported(for: viewer, on: $0) }.filter { obstacle in
            obstacle.unit == request.unit && obstacle.at.day.year == year && obstacle.at.day <= last
                && (request.task == nil || obstacle.task == request.task)
        }
        func basis(_ obstacle: Obstacle) -> String? {
            obstacle.answeredAt.map { $0.day <= last } ?? true ? obstacle.legalBasis : nil
        }
        data.tables["obstacles"] = .init(
            columns: ["title", "since", "state"],
            rows: own.map { obstacle in
                [
                    .text(obstacle.title), .day(obstacle.at.day),
                    .text(basis(obstacle).map { "đã được hướng dẫn (\($0))" } ?? "chưa có trả lời"),
                ]
            })
        data.fields["hasObstacles"] = own.isEmpty ? "" : "1"
    }
}
