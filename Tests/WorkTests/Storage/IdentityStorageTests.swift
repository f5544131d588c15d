import Access
import Kernel
import PlanText
import Province
import TestPlans
import TestSupport
import TestWork
import Testing
import Work

/// Who agencies are in documents, stated from a day on.
@Suite
struct IdentityStorageTests {
    @Test(arguments: TestEngine.allCases)
    func `of statements that have begun the latest day holds, of one day the last made`(engine: TestEngine) async throws
    {
        try await StorageWorld.with(engine) { world in
            let service = IdentityService(work: world.work)
            let agency = try #require(service.agencies.first { !$0.standsForUnits })
            let by = Submission(viewer: StorageWorld.administrator)
            func state(_ symbol: String, _ since: String, version: Int) async throws {
                try await service.keep(
                    .init(name: "Sở Một", symbol: symbol, since: since, reason: "Theo quyết định"), of: agency,
                    version: version, by: by)
            }
            func symbol(_ day: Day) -> String? { world.plan.identity(of: .agency(agency.code), on: day).symbol }
            try await state("SM", "01/02/2027", version: 0)
            try await state("SH", "01/06/2027", version: 1)
            try await state("SB", "01/02/2027", version: 2)
            #expect(symbol(.known(2027, 1, 31)) == agency.identity.symbol)
            #expect(symbol(.known(2027, 2, 1)) == "SB" && symbol(.known(2027, 6, 1)) == "SH")
            #expect(world.plan.identity(of: .agency(agency.code)) == agency.identity, "the folder alone")
            #expect(try await service.statements(of: agency.code).version == 3)
            #expect(try await world.trail("plan/identities").count == 3)

            await expectRefusal(.stale) { try await state("SX", "01/07/2027", version: 1) }
            await expectRefusal(.invalid) { try await state("SH", "01/06/2027", version: 3) }
            for (draft, field) in [
                (IdentityService.Draft(symbol: "S", since: "01/07/2027", reason: "x"), "name"),
                (.init(name: "Sở", symbol: "/BC-S", since: "01/07/2027", reason: "x"), "symbol"),
                (.init(name: "Sở", since: "31/02/2027", reason: "x"), "since"),
                (.init(name: "Sở", since: "01/07/2027"), "reason"),
            ] {
                await expectRefusal(.invalid, field: field) {
                    try await service.keep(draft, of: agency, version: 3, by: by)
                }
            }
            await expectRefusal(.forbidden) {
                try await service.keep(
                    .init(name: "Sở", since: "01/07/2027", reason: "x"), of: agency, version: 3,
                    by: Submission(viewer: StorageWorld.communes[0]))
            }
        }
    }

    @Test
    func `nobody stands above where that is said`() {
        let draft = IdentityService.Draft(
            LegalIdentity(name: "Ủy ban", bodyAbove: .nobody), since: .known(2027, 1, 4))
        #expect(draft.bodyAbove == IdentityService.Draft.nobody && draft.since == "04/01/2027")
    }

    @Test
    func `over a unit of an agency stands the name that was stated of the agency`() throws {
        let plan = try PlanFolder.load(PlanFolder.anBien)
        let agency = try #require(plan.agencies.first { $0.mayHaveUnits && !$0.standsForUnits })
        let unit = AgencyUnit(
            code: try #require(AgencyUnitCode(agency: agency.code, unit: "01")), name: "Trung tâm Một")
        #expect(unit.identity(in: agency, stated: LegalIdentity(name: "Sở Mới")).nameAbove == "Sở Mới")
        #expect(unit.identity(in: agency).nameAbove == agency.identity.name)
    }
}
