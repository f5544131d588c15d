public import Access
import Database
public import Jobs
import Kernel
import PlanText
import Work

extension JobName where Parameters == NoParameters {
    /// Puts figures that the system holds into the slots that ask for them.
    public static let fillingFigures = JobName("work.held-figures")
}

extension OverviewService {
    /// Takes the figure that the system holds as the product of a slot.
    public func takeHeldFigure(of id: String, slot index: Int, version: Int? = nil, by submission: Submission)
        async throws
    {
        let work = WorkService(store: store, clock: clock, plan: plan)
        try await store.once(submission, about: Subject(.instance, id), at: clock.now) { connection, now in
            let item = try work.openItem(id, for: submission.viewer, on: connection)
            try WorkService.check(version: version, of: item)
            guard let slots = plan.task(item.task)?.slots, slots.indices.contains(index), let held = slots[index].held,
                let figure = try Self.figure(held, of: item, on: connection)
            else { throw Refusal(.stale, "Hệ thống chưa có số liệu của kỳ này. Hãy tải lại trang.") }
            try work.fill(index, of: item, with: figure.product, by: submission, at: now, on: connection)
        }
    }

    /// Every day: work whose period is over gets its figures once the months are there; what somebody entered stays.
    public var jobKinds: [JobKind] {
        [
            JobKind(.fillingFigures, title: "Điền số liệu có sẵn vào việc", right: nil) { _, run in
                let open = try await store.read { try self.emptySlots(on: $0) }
                for (number, slot) in open.enumerated() {
                    _ = try await run.write(JobProgress(number + 1, of: open.count)) { connection in
                        try self.fill(slot, on: connection)
                        return slot.item.id
                    }
                }
                return JobResult("Đã điền \(open.count) số liệu còn trống.")
            }
        ]
    }

    private struct Empty: Sendable {
        let item: WorkItem
        let slot: Int
        let held: ProductSlot.HeldFigure
    }

    private func emptySlots(on connection: any SQLConnection) throws -> [Empty] {
        let today = clock.today
        return try plan.tasks.flatMap { task in
            try task.slots.enumerated().filter { $0.element.held != nil }.flatMap { index, slot -> [Empty] in
                guard let held = slot.held else { return [] }
                return try WorkQueries.unfilled(task: task.code, slot: index, opened: today, on: connection).filter {
                    try Self.figure(held, of: $0, on: connection) != nil
                }.map { Empty(item: $0, slot: index, held: held) }
            }
        }
    }

    private func fill(_ empty: Empty, on connection: any SQLConnection) throws {
        guard let figure = try Self.figure(empty.held, of: empty.item, on: connection) else { return }
        try WorkService(store: store, clock: clock, plan: plan).fillBySystem(
            empty.slot, of: empty.item.id, with: figure.product, at: clock.now, on: connection)
    }
}

extension HeldFigure {
    fileprivate var product: ProductDraft {
        ProductDraft(issuedOn: day.vietnamese, summary: words, figure: text, source: source)
    }
}
