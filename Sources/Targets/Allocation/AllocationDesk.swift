public import Access
import Database
import Figures
public import Kernel
public import PlanText
import Work

extension Right {
    /// Drafts of the city and of every commune.
    public static let readScenarios = Right("allocation.read", "Xem mọi phương án phân bổ và đề xuất")
    /// Counts in the coordinating agency alone.
    public static let allocateTargets = Right(
        "allocation.make", "Lập, quyết định phương án phân bổ cho các xã, phường, đặc khu", decidesTargets: true)
}

extension Viewer {
    /// Who may split: the coordinating agency over communes, a commune's own officers over its groups.
    public func allocates(_ scope: AllocationScope, in plan: PlanDefinition) -> Bool {
        switch scope {
        case .city: may(.allocateTargets, for: plan)
        case .commune(let commune): keepsGroups(of: commune)
        }
    }
}

extension AllocationService {
    func requireAllocator(_ viewer: Viewer, _ scope: AllocationScope) throws(Refusal) {
        guard viewer.allocates(scope, in: plan) else { throw scope.closed }
    }

    /// Who may look: drafts are for those who split and those who follow the whole plan.
    func requireReader(_ viewer: Viewer, _ scope: AllocationScope) throws(Refusal) {
        guard viewer.may(.viewFigures) else {
            throw Refusal(.forbidden, "Vai trò này không xem được phương án phân bổ.")
        }
        if viewer.may(.readScenarios) { return }
        try requireAllocator(viewer, scope)
    }

    public func scenarios(_ scope: AllocationScope, year: Int, for viewer: Viewer) async throws -> [AllocationScenario]
    {
        try requireReader(viewer, scope)
        return try await store.read { connection in
            try connection.rows(
                "SELECT * FROM allocation_scenario WHERE scope = ? AND year = ? ORDER BY id DESC", scope.text, year
            ).map(AllocationScenario.init)
        }
    }

    public func scenario(_ id: RecordID, for viewer: Viewer) async throws -> (AllocationScenario, [AllocationChange]) {
        let found = try await store.read { connection in
            (
                try Self.scenario(id, on: connection),
                try connection.rows(
                    "SELECT * FROM allocation_change WHERE scenario = ? ORDER BY id DESC LIMIT 60", id
                ).map(AllocationChange.init)
            )
        }
        try requireReader(viewer, found.0.scope)
        return found
    }

    static func scenario(_ id: RecordID, on connection: any SQLConnection) throws -> AllocationScenario {
        guard let row = try connection.row("SELECT * FROM allocation_scenario WHERE id = ?", id) else {
            throw Refusal(.notFound, "Không có phương án này.")
        }
        return try AllocationScenario(row)
    }
}
