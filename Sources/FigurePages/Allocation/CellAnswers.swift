import Access
import Allocation
import Components
import Foundation
import HTTPTypes
import Hummingbird
import Kernel
import Targets
import WebDesk

/// What the desk's script is told after cells were sent: the whole truth as it is stored now.
struct CellAnswer: Encodable {
    struct Row: Encodable {
        let code: String
        let total: String
        let compulsory: String
        let voluntary: String
        let growth: String
        let locked: Bool
        let bound: Bool
    }

    let version: Int
    /// The one-time mark of what is sent next.
    let mark: String
    /// One sentence for whoever looks and whoever listens.
    let said: String
    /// Whose change it was that came in between; nil where nothing did.
    let other: String?
    /// Whether numbers can still be typed.
    let open: Bool
    /// Whether there is a change to take back.
    let undoes: Bool
    /// By the names of cells; what concerns all of them stands under the empty name.
    let problems: [String: String]
    let total: String
    let compulsory: String?
    let voluntary: String
    let spread: String
    let rows: [Row]
}

// Cells saved in place. Numbers that are none are told and the others of the same message kept: each cell is saved or not.
extension FigurePages {
    func saveCells(_ request: MemberRequest, _ id: RecordID, _ seen: Int) async throws -> Response {
        do {
            guard request.form[TargetField.all] != "hoan-tac" else {
                try await allocations.undoScenario(id, version: seen, by: request.submission)
                return try await cellAnswer(id, "Đã hoàn tác lần sửa cuối.", for: request)
            }
            let (scenario, _) = try await allocations.scenario(id, for: request.viewer)
            var entries = CellEntries(into: scenario)
            for row in try scenario.content.allocation().rows {
                let said = request.form["k-\(row.code)"]
                entries.take(row, of: request.form, keeps: said.isEmpty ? nil : said == "1")
            }
            let problems = Dictionary(
                entries.problems.map { ($0.field, $0.message) }, uniquingKeysWith: { first, _ in first })
            guard let changed = entries.first else {
                guard problems.isEmpty else {
                    return try await cellAnswer(
                        id, "Chưa lưu: \(problems.count) ô sai.", problems, .unprocessableContent, for: request)
                }
                return try await cellAnswer(id, "Không có gì thay đổi.", for: request)
            }
            let (locks, words) = (entries.locks, entries.summary)
            try await allocations.changeScenario(id, version: seen, by: request.submission) { content in
                content.settings.locks = locks
                return words
            }
            let wrong = problems.isEmpty ? "" : " \(problems.count) ô sai chưa lưu."
            return try await cellAnswer(
                id, "Đã lưu \(changed.isEmpty ? "" : words).\(wrong)", problems, for: request)
        } catch let refusal as Refusal {
            switch refusal.kind {
            case .stale:
                return try await cellAnswer(id, refusal.message, ["": refusal.message], .conflict, for: request)
            case .invalid:
                let message =
                    refusal.fields.isEmpty ? refusal.message : refusal.fields.map(\.message).joined(separator: " ")
                return try await cellAnswer(
                    id, "Chưa lưu. \(message)", ["": message], .unprocessableContent, for: request)
            default: throw refusal
            }
        }
    }

    private func cellAnswer(
        _ id: RecordID, _ said: String, _ problems: [String: String] = [:],
        _ status: HTTPResponse.Status = .ok, for request: MemberRequest
    ) async throws -> Response {
        let (scenario, changes) = try await allocations.scenario(id, for: request.viewer)
        let grid = scenarioGrid(scenario, try scenario.content.allocation())
        let open = scenario.actions(for: request.viewer, in: definition, after: changes)
        let last = changes.first { !$0.isUndone }
        let answer = CellAnswer(
            version: scenario.version, mark: desk.mark(), said: said,
            other: status == .conflict ? last.map { "\($0.actorName): \($0.words)" } : nil,
            open: open.contains(.change), undoes: open.contains(.undo), problems: problems, total: grid.totalSum,
            compulsory: grid.compulsorySum, voluntary: grid.voluntarySum, spread: grid.spread,
            rows: grid.rows.map {
                .init(
                    code: $0.code, total: $0.total, compulsory: $0.compulsory, voluntary: $0.voluntary,
                    growth: $0.growth, locked: $0.locked, bound: $0.bound)
            })
        return Desk.json(data: try JSONEncoder().encode(answer), status: status)
    }
}
