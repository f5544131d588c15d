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
        let today = clock.today
        let last = lastDay(of: period)
        let first =
            if case .quarter(let quarter) = period { quarter.firstDay } else { Day.firstDay(ofYear: period.year) }
        var data = DocumentData(fields: try taskFields(request))
        data.fields["cutoff"] = min(last, today).vietnamese
        data.fields["addressee"] =
            request.unit == .agency(definition.coordinatingAgency)
            ? provinceCommittee.map(ownName) ?? "" : ownName(.agency(definition.coordinatingAgency))
        let items = try await ownWork(
            of: request.unit, task: request.task, year: period.year, until: last, for: viewer)
        try await fillDone(&data, items, from: first, until: last, for: viewer)
        try await fillOpen(&data, items, on: today)
        try await fillAnswers(&data, of: request.unit, from: first, until: last, for: viewer)
        try await fillObstacles(&data, request, year: period.year, until: last, for: viewer)
        return Draft(
            request, data, about: taskSubject(request), period: period, cutoff: min(last, today))
    }

    /// Products of work that was accepted within the period, a row each.
    private func fillDone(
        _ data: inout DocumentData, _ items: [WorkItem], from first: Day, until last: Day, for viewer: Viewer
    ) async throws {
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
                    .text(VietnameseText.sentence(slots[product.slot].text)), .text(Self.words(of: product, slots)),
                    product.issuedOn.map { .day($0) } ?? .empty,
                ])
            }
        }
        data.tables["done"] = .init(columns: ["code", "name", "slot", "product", "day"], rows: rows)
        data.fields["doneCount"] = "\(done.count)"
        data.fields["hasDone"] = rows.isEmpty ? "" : "1"
    }

    /// `số 12/BC-SXD: Báo cáo …`; a figure with its unit and source.
    private static func words(of product: Product, _ slots: [ProductSlot]) -> String {
        if let figure = product.figure {
            let unit = slots[product.slot].unit
            let source = product.source.map { ", nguồn: \($0)" } ?? ""
            return "\(figure)\(unit.isEmpty ? "" : " \(unit)")\(source)"
        }
        let number = product.numberSymbol.map { "số \($0)" }
        return [number, product.summary.isEmpty ? nil : product.summary].compactMap(\.self).joined(separator: ": ")
    }

    /// What is still to be done of what fell due, the overdue days counted.
    private func fillOpen(_ data: inout DocumentData, _ items: [WorkItem], on today: Day) async throws {
        let open = items.filter { $0.state != .accepted && $0.status(on: today) != .beforeUse }
        data.tables["open"] = .init(
            columns: ["code", "name", "due", "state", "daysLate"],
            rows: open.map { item in
                let isLate = item.status(on: today) == .late
                return [
                    .text(item.task), .text(HeadWords.bare(definition.task(item.task)?.text ?? "")),
                    item.due.map { .day($0) } ?? .text("chưa ấn định"), .text(item.status(on: today).title),
                    isLate ? item.due.map { .number($0.days(to: today)) } ?? .empty : .empty,
                ]
            })
        data.fields["openCount"] = "\(open.count)"
        data.fields["lateCount"] = "\(open.count { $0.status(on: today) == .late })"
        data.fields["hasOpen"] = open.isEmpty ? "" : "1"
    }

    private func fillAnswers(
        _ data: inout DocumentData, of unit: UnitCode, from first: Day, until last: Day, for viewer: Viewer
    ) async throws {
        let asking = try await asking(of: unit, from: first, until: last, for: viewer)
        data.tables["answers"] = .init(
            columns: ["paper", "asked", "answered", "inTime", "late", "workers", "insured"],
            rows: asking.map { paper, replies in
                [
                    .text(paper.signing?.citation ?? paper.title), .number(replies.addressees.count),
                    .number(replies.answered), .number(replies.inTime), .number(replies.late(on: clock.today)),
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
        data.tables["obstacles"] = .init(
            columns: ["title", "since", "state"],
            rows: own.map { obstacle in
                [
                    .text(obstacle.title), .day(obstacle.at.day),
                    .text(obstacle.legalBasis.map { "đã được hướng dẫn (\($0))" } ?? "chưa có trả lời"),
                ]
            })
        data.fields["hasObstacles"] = own.isEmpty ? "" : "1"
    }
}
