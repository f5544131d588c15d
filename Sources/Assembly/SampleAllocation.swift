import Access
import Database
import Kernel
import Overview
import PlanText
import Targets
import Work

/// Invented proposals and a scenario for next year's targets, so that the desk has something on it.
struct SampleAllocation {
    let system: BaoPhuSystem

    func fill() async throws {
        let services = system.services
        let year = system.clock.today.year + 1
        guard services.definition.years.contains(year) else { return }
        let accounts = try await system.store.read { try Accounts.all(within: .ofSystem, on: $0) }.map {
            $0.viewer(.ofRoles)
        }
        guard let analyst = accounts.first(where: { $0.may(.allocateTargets, for: services.definition) }) else {
            return
        }
        let desk = Submission(viewer: analyst)
        try await services.allocations.callForProposals(
            year: year, until: system.clock.today.adding(days: 20).vietnamese, by: desk)
        if let officer = accounts.first(where: { $0.role == .communeOfficer }), let commune = officer.communes.first,
            let now = try await services.overview.communeFigures(commune, for: officer).total.progress.now,
            let voluntary = try await services.overview.communeFigures(commune, for: officer).voluntary.progress.now
        {
            try await services.allocations.propose(
                commune, year: year, total: "\(now * 104 / 100)", voluntary: "\(voluntary * 110 / 100)",
                reason: "Minh họa: hai doanh nghiệp mới trên địa bàn, khoảng 200 lao động",
                conditions: "Minh họa: một doanh nghiệp đang thu hẹp sản xuất", by: Submission(viewer: officer))
        }
        _ = try await services.allocations.beginScenario(
            .city, year: year, name: "Theo kết quả năm trước (minh họa)", by: desk)
    }
}
