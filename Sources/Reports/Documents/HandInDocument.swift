public import Access
import Database
public import Kernel
import PlanText
public import Work

extension StoredDocument {
    /// As slots of tasks take it; nil before number, day and signed copy are entered.
    var paper: IssuedPaper? {
        guard let signing, let file = signing.file else { return nil }
        return IssuedPaper(number: "\(signing.number)", day: signing.day, summary: title, file: file)
    }
}

extension DocumentService {
    /// Where an issued paper can be handed in as a product, or was: slots that its kind makes, in work of its unit.
    public func places(for document: StoredDocument, viewer: Viewer) async throws -> [PaperPlace] {
        guard let paper = document.paper, mayIssue(document, viewer), try await end(of: document.id) == nil,
            let kind = kinds.first(where: { $0.id == document.templateID })
        else { return [] }
        return try await work.places(
            for: slots(of: document), of: document.unit, period: kind.workPeriod(of: document.period),
            countedTo: document.cutoff, holding: paper.file, for: viewer)
    }

    /// Hands a paper in as a product of a piece of work of its unit and period: number, day and copy are the paper's.
    /// - Parameter replaced: the product whose place it takes, as the person saw it; nil for an empty slot.
    public func handIn(
        _ id: RecordID, to slot: Int, of instance: String, replacing replaced: RecordID? = nil, version: Int? = nil,
        by submission: Submission
    ) async throws {
        try await store.once(submission, about: Subject(.document, id), at: clock.now) { connection, now in
            let found = try self.find(id, for: submission.viewer, on: connection)
            guard self.mayRead(found, submission.viewer) else { throw Self.unknown }
            try self.requireWriter(submission.viewer, of: found.unit)
            try found.require(version)
            guard try Self.end(of: id, on: connection) == nil else {
                throw Refusal(.stale, "Văn bản này đã được thu hồi hoặc thay thế nên không còn là sản phẩm.")
            }
            guard let paper = found.paper else {
                throw Refusal(.stale, "Hãy ghi số, ngày ban hành và kèm bản đã ký trước khi nộp.")
            }
            let item = try self.work.openItem(instance, for: submission.viewer, on: connection)
            guard item.lead == found.unit,
                self.slots(of: found).contains(where: { $0.task == item.task && $0.slot == slot })
            else { throw Refusal(.forbidden, "Văn bản này không phải sản phẩm của việc đó.") }
            let kind = try self.kind(found.templateID)
            guard item.takes(kind.workPeriod(of: found.period), countedTo: found.cutoff) else {
                throw Self.ofAnotherPeriod(found.period, item)
            }
            if let standing = try self.work.product(in: slot, of: instance, on: connection),
                standing.id != replaced
            {
                throw Refusal(fields: [
                    .init(
                        DocumentField.replaced,
                        "Chỗ này đang có \(standing.numberSymbol ?? "sản phẩm khác"). Hãy đánh dấu đồng ý thay; bản cũ giữ trong lịch sử của việc."
                    )
                ])
            }
            try self.work.fill(slot, of: instance, with: paper, by: submission, at: now, on: connection)
        }
    }

    private func slots(of document: StoredDocument) -> [(task: String, slot: Int)] {
        guard let kind = kinds.first(where: { $0.id == document.templateID }) else { return [] }
        return kind.products(about: document.subject, in: definition).map { (task: $0.task.code, slot: $0.slot) }
    }
}
