public import Access
public import Database
import Files
public import Kernel
public import PlanText

/// A paper that was issued, as slots of tasks take it. Its number, day and signed copy are entered on the paper alone;
/// the copy's file is what tells that a product is this paper.
public struct IssuedPaper: Sendable, Equatable {
    /// Number and symbol: `125/QĐ-UBND`.
    public let number: String
    public let day: Day
    /// The summary ("trích yếu") that the product is listed by.
    public let summary: String
    public let file: RecordID

    public init(number: String, day: Day, summary: String, file: RecordID) {
        self.number = number
        self.day = day
        self.summary = summary
        self.file = file
    }
}

/// A slot of a piece of work that a kind of paper makes, and what stands in it.
public struct PaperPlace: Sendable, Equatable {
    public let item: WorkItem
    public let slot: Int
    public let product: Product?
    /// Whether the person may put a paper there now.
    public let isOpen: Bool
}

extension WorkService {
    /// Where papers of a kind go: the slots of a lead's work of the paper's period that is open to the person, or that holds
    /// this very paper.
    /// - Parameters:
    ///   - slots: what papers of the kind make.
    ///   - period: of the work that it may be a product of; nil for papers about no period.
    ///   - day: to which the paper's figures are counted.
    ///   - file: of the paper's signed copy.
    public func places(
        for slots: [(task: String, slot: Int)], of lead: UnitCode, period: WorkPeriod?, countedTo day: Day,
        holding file: RecordID, for viewer: Viewer
    ) async throws -> [PaperPlace] {
        let scope = scope(of: viewer)
        let today = clock.today
        return try await store.read { connection in
            var places: [PaperPlace] = []
            for place in slots {
                guard plan.task(place.task)?.slots[place.slot].takesPapers == true else { continue }
                let items = try WorkQueries.items(
                    WorkFilter(lead: lead, task: place.task), scope: scope, plan: plan, today: today, limit: 200,
                    on: connection)
                let products = try Product.all(of: items.map(\.id), on: connection).filter { $0.slot == place.slot }
                places += items.compactMap { item in
                    let product = products.first { $0.instance == item.id }
                    let isOpen =
                        item.actions(for: viewer, in: plan).contains(.prepare) && item.opensOn <= today
                        && item.takes(period, countedTo: day)
                    guard isOpen || product?.file?.id == file else { return nil }
                    return PaperPlace(item: item, slot: place.slot, product: product, isOpen: isOpen)
                }
            }
            return places
        }
    }

    /// The work of an id, for whoever may prepare it now.
    public func openItem(_ id: String, for viewer: Viewer, on connection: any SQLConnection) throws -> WorkItem {
        try item(id, open: .prepare, to: viewer, on: connection)
    }

    /// Fills a slot with a paper; part of the caller's transaction. What stood there before is kept as replaced.
    public func fill(
        _ index: Int, of id: String, with paper: IssuedPaper, by submission: Submission, at now: Timestamp,
        on connection: any SQLConnection
    ) throws {
        let item = try self.item(id, open: .prepare, to: submission.viewer, on: connection)
        guard let slots = plan.task(item.task)?.slots, slots.indices.contains(index), slots[index].takesPapers
        else { throw Refusal(.invalid, "Việc này không có sản phẩm thứ \(index + 1) là văn bản. Hãy tải lại trang.") }
        let file = try StoredFiles.find(paper.file, on: connection)
        guard file?.isErased != true else {
            throw Refusal(.stale, "Bản ký của văn bản này đã huỷ. Hãy kèm bản ký khác trước.")
        }
        try add(
            .init(numberSymbol: paper.number, issuedOn: paper.day.vietnamese, summary: paper.summary),
            file: file, to: index, slots[index], of: item, by: submission,
            at: now, on: connection)
    }

    /// Products that are a paper whose number, day or copy was corrected follow it; part of the caller's transaction.
    /// - Parameter file: of the copy as it was before.
    public func follow(
        _ paper: IssuedPaper, formerly file: RecordID, by submission: Submission, at now: Timestamp,
        on connection: any SQLConnection
    ) throws {
        for item in try itemsHolding(file, on: connection) {
            try connection.execute(
                """
                UPDATE product SET number_symbol = ?, issued_on = ?, summary = ?, file = ?
                WHERE instance = ? AND file = ? AND replaced_at IS NULL
                """, paper.number, paper.day, paper.summary, paper.file, item.id, file)
            try touch(item, on: connection)
            try record(
                .productCorrected, of: item, note: "\(paper.number), ngày \(paper.day.vietnamese)", by: submission,
                at: now, on: connection)
        }
    }
}
