import Access
import Database
import Figures
public import Files
import Kernel
import Notices
import PlanText

extension AllocationService {
    /// Signed copies of decisions on targets, to whoever sees figures, and of those that wait for a second person, to whoever
    /// may be that; who splits that target may ask that one be erased.
    public var decisionKeeper: FileKeeper {
        { id, viewer, connection in
            guard viewer.may(.viewFigures) else { return nil }
            let scenario: AllocationScenario
            if let row = try connection.row("SELECT * FROM allocation_scenario WHERE signed_file = ?", id) {
                scenario = try AllocationScenario(row)
            } else {
                guard
                    let deed = try PairedDeeds.unended(.decideTargets, on: connection).first(where: {
                        try $0.parameters(ProposedSigning.self).file == id
                    }), let key = RecordID(deed.subject.key),
                    let row = try connection.row("SELECT * FROM allocation_scenario WHERE id = ?", key)
                else { return nil }
                scenario = try AllocationScenario(row)
                guard ScenarioAction.decide.belongs(to: viewer, of: scenario, in: plan) else { return nil }
            }
            let unit: UnitCode =
                switch scenario.scope {
                case .city: .agency(plan.coordinatingAgency)
                case .commune(let commune): .commune(commune)
                }
            return FileHolder(
                subject: Subject(.allocation, scenario.id),
                words: "bản ký quyết định giao chỉ tiêu năm \(scenario.year), \(plan.name(of: unit))", unit: unit,
                mayAsk: viewer.allocates(scenario.scope, in: plan),
                undoes: scenario.state == .decided
                    ? [
                        "\(scenario.citation ?? "Quyết định") và chỉ tiêu đã giao vẫn được dùng, nhưng không còn bản ký kèm theo; những người phân bổ được báo."
                    ] : [])
        }
    }

    /// Whether the signed copy of a decision is gone.
    public func isCopyErased(of scenario: AllocationScenario) async throws -> Bool {
        guard let file = scenario.signing?.file else { return false }
        return try await store.read { try StoredFiles.find(file, on: $0) }?.isErased == true
    }

    /// A decision whose signed copy was erased: the trail says so, and those who split that target are told.
    public var decisionLoss: FileLoss {
        { erased, submission, now, connection in
            for row in try connection.rows("SELECT * FROM allocation_scenario WHERE signed_file = ?", erased.file.id) {
                let scenario = try AllocationScenario(row)
                try AuditTrail.append(
                    AuditEvent(
                        "allocation.file-erased", subject: Subject(.allocation, scenario.id), detail: erased.words),
                    by: submission.actor, at: now, on: connection)
                let splitters: Addressee =
                    switch scenario.scope {
                    case .city: .everybody(of: plan.coordinatingAgency, holding: .allocateTargets)
                    case .commune(let commune): .officers(of: .commune(commune), holding: .keepGroups)
                    }
                try NoticeBoard.tellErased(
                    erased.file.id, of: Subject(.allocation, scenario.id), to: [splitters],
                    "Bản ký \(scenario.citation ?? "quyết định giao chỉ tiêu") năm \(scenario.year) đã huỷ",
                    detail: erased.words, author: submission.viewer.account, at: now, on: connection)
            }
        }
    }
}
