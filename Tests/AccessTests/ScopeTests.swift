import Access
import Kernel
import Testing

/// Whose things somebody may see.
@Suite
struct ScopeTests {
    static let see = Right("tests.see", "Xem")
    static let seeAll = Right("tests.see-all", "Xem tất cả")
    static let communes = ["90001", "90002", "90003"].compactMap { CommuneCode($0) }

    static func viewer(_ role: Role, _ rights: Set<Right>, agency: String? = nil, communes: [CommuneCode] = [])
        -> Viewer
    {
        Viewer(
            account: RecordID(at: Timestamp(secondsSinceEpoch: 0)), login: "x", name: "X", role: role, rights: rights,
            agency: agency.flatMap { AgencyCode($0) }, communes: communes)
    }

    static func scope(_ viewer: Viewer) -> Scope { viewer.scope(of: see, everything: seeAll) }

    @Test
    func `without the right nothing lies within, whatever else is held`() {
        let scope = Self.scope(Self.viewer(.communeOfficer, [Self.seeAll], communes: [Self.communes[0]]))
        #expect(scope.communes == [])
        #expect(Self.communes.allSatisfy { !scope.covers($0) && !scope.covers(.commune($0)) })
    }

    @Test
    func `with the wider right everything lies within`() {
        let scope = Self.scope(Self.viewer(.auditor, [Self.see, Self.seeAll]))
        #expect(scope.reach == .everything && scope.communes == nil)
        #expect(Self.communes.allSatisfy { scope.covers($0) && scope.covers(.commune($0)) })
    }

    @Test
    func `otherwise the own units and the communes of the area do`() throws {
        let agency = try #require(AgencyCode("bhxh-co-so"))
        let base = Self.scope(
            Self.viewer(.insuranceBase, [Self.see], agency: "bhxh-co-so", communes: Array(Self.communes.prefix(2))))
        #expect(base.covers(.agency(agency)))
        #expect(Self.communes.map { base.covers($0) } == [true, true, false])
        #expect(Self.communes.map { base.covers(.commune($0)) } == [true, true, false])
        let department = Self.scope(Self.viewer(.agencyOfficer, [Self.see], agency: "bhxh-co-so"))
        #expect(department.covers(.agency(agency)) && department.communes == [])
    }
}
