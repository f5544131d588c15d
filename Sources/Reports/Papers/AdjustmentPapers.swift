import Access
import Allocation
import Documents
import Kernel
import PlanText
import Province
import Targets

// What a scenario changes of a decision that was given: the decision that does so, and the proposal before it.
extension DocumentService {
    /// Why there is nothing to adjust; nil where something changes.
    func lacksChanges(_ scenario: AllocationScenario, _ viewer: Viewer) async throws -> String? {
        try await adjustments(by: scenario, for: viewer).rows.isEmpty
            ? "Phương án này không khác quyết định được điều chỉnh: không có gì để điều chỉnh." : nil
    }

    /// The proposal of a split; of one that adjusts a decision, it says what was given and what changes.
    func proposalDraft(_ request: PaperRequest, for viewer: Viewer) async throws -> Draft {
        var draft = try await splitDraft(request, for: viewer)
        let (scenario, _) = try await allocations.scenario(try request.scenario(), for: viewer)
        let adjusts = scenario.content.adjusts != nil
        draft.data.fields["adjusts"] = adjusts ? "có" : ""
        draft.data.fields["act"] = adjusts ? "điều chỉnh" : "giao"
        draft.data.fields["ofUnits"] = adjusts ? "của" : "cho"
        draft.data.tables["changes"] = .init(columns: Self.changeColumns, rows: [])
        if adjusts {
            try await fillAdjustment(of: scenario, into: &draft.data, for: viewer)
        }
        return draft
    }

    func adjustmentDraft(_ request: PaperRequest, for viewer: Viewer) async throws -> Draft {
        var draft = try await splitDraft(request, for: viewer)
        let (scenario, _) = try await allocations.scenario(try request.scenario(), for: viewer)
        try await fillAdjustment(of: scenario, into: &draft.data, for: viewer)
        return draft
    }

    private static let changeColumns = [
        "code", "name", "oldTotal", "newTotal", "changeTotal", "oldCompulsory", "newCompulsory", "changeCompulsory",
        "oldVoluntary", "newVoluntary", "changeVoluntary", "note",
    ]

    private func fillAdjustment(
        of scenario: AllocationScenario, into data: inout DocumentData, for viewer: Viewer
    ) async throws {
        let (before, rows) = try await adjustments(by: scenario, for: viewer)
        data.tables["changes"] = .init(columns: Self.changeColumns, rows: rows)
        data.fields["changedCount"] = "\(rows.count)"
        // The annex has those alone that change: what is left of the city's sum is told in the text.
        let changed = Set(rows.compactMap { $0.first?.words })
        let rest = try scenario.content.allocation().rows.filter { !changed.contains($0.code) }
        data.fields["unchangedCount"] = rest.isEmpty ? "" : "\(rest.count)"
        data.fields["unchangedTotal"] = Self.words(rest.reduce(0) { $0 + $1.total })
        data.fields["unchangedVoluntary"] = Self.words(rest.reduce(0) { $0 + $1.voluntary })
        data.fields["decisionNumber"] = before.signing?.number.description ?? ""
        data.fields["decisionDate"] = before.signing.map { $0.day.vietnamese } ?? ""
        data.fields["totalChange"] = Self.change(scenario.content.total - before.content.total)
        data.fields["voluntaryChange"] = Self.change(scenario.content.voluntary - before.content.voluntary)
    }

    /// `tăng 1.000 người`, `không thay đổi`
    private static func change(_ people: Int) -> String {
        people == 0 ? "không thay đổi" : "\(people > 0 ? "tăng" : "giảm") \(words(abs(people))) người"
    }

    /// The decision that a scenario adjusts, which is the one it was begun from, with a row for each unit that changes.
    private func adjustments(
        by scenario: AllocationScenario, for viewer: Viewer
    ) async throws -> (before: AllocationScenario, rows: [[DocumentData.Value]]) {
        guard let id = scenario.content.adjusts.flatMap({ RecordID($0) }) else {
            throw Refusal(.notFound, "Phương án này không điều chỉnh quyết định nào.")
        }
        let (before, _) = try await allocations.scenario(id, for: viewer)
        let old = Dictionary(
            try before.content.allocation().rows.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        // Who gives the compulsory part that was not given before, or no longer, changes every target, though no number.
        let isGivenAnew = scenario.content.compulsory != before.content.compulsory
        let rows = try scenario.content.allocation().rows.compactMap { row -> [DocumentData.Value]? in
            guard let was = old[row.code],
                isGivenAnew || was.total != row.total || was.voluntary != row.voluntary
            else { return nil }
            func three(_ before: Int, _ after: Int) -> [DocumentData.Value] {
                [.number(before), .number(after), .number(after - before)]
            }
            var cells: [DocumentData.Value] = [.text(row.code), .text(row.name)]
            cells += three(was.total, row.total)
            cells += three(was.total - was.voluntary, row.total - row.voluntary)
            cells += three(was.voluntary, row.voluntary)
            cells.append(.text(scenario.content.notes[row.code] ?? ""))
            return cells
        }
        return (before, rows)
    }
}
