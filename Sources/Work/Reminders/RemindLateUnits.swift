import Province
public import Access
import Database
public import Kernel
import Notices
import PlanText
import Province

extension NoticeKind {
    /// All that a unit owes, at once.
    static let lateReminder = NoticeKind("work.late-reminder", "Cơ quan theo dõi nhắc việc quá hạn", weight: .urgent)
}

/// A unit with all its overdue work, as it is reminded.
public struct LateUnit: Sendable {
    public let unit: UnitCode
    /// The longest overdue first.
    public let items: [WorkItem]
    /// Whether a reminder of today stands already.
    public let isRemindedToday: Bool
}

extension WorkService {
    /// The units that are late with work which the person follows: the coordinating agency those of the whole plan, a
    /// reviewer those whose work it reviews; in the order of the plan.
    public func lateUnits(for viewer: Viewer) async throws -> [LateUnit] {
        guard viewer.may(.review), let agency = viewer.agency else {
            throw Refusal(.forbidden, "Chỉ cơ quan duyệt việc mới nhắc được các đơn vị.")
        }
        let filter =
            viewer.may(.completePlan, for: plan)
            ? WorkFilter(status: .late) : WorkFilter(status: .late, superior: agency)
        let today = clock.today
        return try await store.read { connection in
            let items = try WorkQueries.items(
                filter, scope: self.scope(of: viewer), plan: self.plan, today: today, limit: 20_000, on: connection)
            let told = try NoticeBoard.openKeys(of: .lateReminder, on: connection)
            let byUnit = Dictionary(grouping: items, by: \.lead)
            return (self.plan.bodies + self.plan.communes.codes.map { .commune($0) }).compactMap { unit in
                byUnit[unit].map {
                    LateUnit(unit: unit, items: $0, isRemindedToday: told.contains(Self.key(of: unit, on: today)))
                }
            }
        }
    }

    /// Tells each of the units, once a day, of all its overdue work in one notice.
    /// - Returns: how many were told.
    @discardableResult
    public func remind(_ units: Set<UnitCode>, note: String, by submission: Submission) async throws -> Int {
        guard note.count <= 500 else {
            throw Refusal(fields: [.init(WorkField.note, "Lời nhắn quá dài (tối đa 500 ký tự).")])
        }
        let late = try await lateUnits(for: submission.viewer).filter { units.contains($0.unit) }
        guard let first = late.first else {
            throw Refusal(fields: [.init(WorkField.lead, "Hãy chọn ít nhất một đơn vị còn việc quá hạn.")])
        }
        let fresh = late.filter { !$0.isRemindedToday }
        try await store.once(submission, about: Subject(.unitWork, first.unit.text), at: clock.now) { connection, now in
            try NoticeBoard.post(
                fresh.map { self.reminder(of: $0, note, by: submission.viewer, on: now.day) }, at: now, on: connection)
            for unit in fresh {
                try AuditTrail.append(
                    AuditEvent(
                        "work.reminded", subject: Subject(.unitWork, unit.unit.text),
                        detail: "\(unit.items.count) việc quá hạn"),
                    by: submission.actor, at: now, on: connection)
            }
        }
        return fresh.count
    }

    /// The overdue work of a unit in one line: `I.5 (Quý IV/2026, trễ 3 ngày); …`
    public func words(of late: LateUnit, most: Int = 10) -> String {
        let today = clock.today
        let named = late.items.prefix(most).map { item in
            "\(item.task) (\(item.periodTitle), trễ \(item.due.map { $0.days(to: today) } ?? 0) ngày)"
        }
        return named.joined(separator: "; ")
            + (late.items.count > most ? " và \(late.items.count - most) việc nữa" : "")
    }

    private static func key(of unit: UnitCode, on day: Day) -> String { "\(unit.text)/\(day)" }

    /// Over in two weeks at the latest: by then another one, or a paper, has taken its place.
    private func reminder(of late: LateUnit, _ note: String, by viewer: Viewer, on day: Day) -> Notice {
        Notice(
            .lateReminder, key: Self.key(of: late.unit, on: day), to: Self.workers(of: late.unit),
            about: Subject(.unitWork, late.unit.text),
            "\(viewer.agency.map { plan.name(of: .agency($0)) } ?? viewer.name) nhắc: \(late.items.count) việc của đơn vị đã quá hạn",
            detail: words(of: late) + "." + (note.isEmpty ? "" : " \(note)"), until: day.adding(days: 14),
            author: viewer.account)
    }
}
