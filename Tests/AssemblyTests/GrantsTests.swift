import Access
import Assembly
import Coverage
import Exchange
import Figures
import Files
import Files
import Jobs
import LawInForce
import Notices
import Operation
import Registry
import Remarks
import ReportBoards
import Reports
import Targets
import Testing
import Work

/// The one table of what roles may.
@Suite
struct GrantsTests {
    static let grants = Grants.ofRoles
    static let declared = grants.areas.flatMap(\.rights)

    static func roles(with right: Right) -> Set<Role> {
        Set(Role.allCases.filter { grants.rights(of: $0).contains(right) })
    }

    @Test
    func `every right has a name and a title of its own`() {
        #expect(Set(Self.declared.map(\.name)).count == Self.declared.count)
        #expect(Set(Self.declared.map(\.title)).count == Self.declared.count)
        for right in Self.declared {
            #expect(right.name.wholeMatch(of: /[a-z]+\.[a-z-]+/) != nil, "\(right.name)")
        }
    }

    @Test
    func `every right is granted to somebody, and every grant is a declared right`() {
        for right in Self.declared { #expect(!Self.roles(with: right).isEmpty, "\(right.name) is granted to nobody") }
        for role in Role.allCases {
            let unknown = Self.grants.rights(of: role).subtracting(Self.declared)
            #expect(unknown.isEmpty, "\(role) has \(unknown.map(\.name))")
        }
    }

    @Test
    func `the areas cover every target that declares rights`() {
        #expect(Self.grants.areas.map(\.title).count == Set(Self.grants.areas.map(\.title)).count)
        #expect(
            Self.grants.areas == [
                .work, .figures, .exchange, .registry, .agreements, .programs, .coverage, .targets, .boards, .reports,
                .remarks, .law, .files, .notices, .jobs,
                .operation, .access,
            ])
    }

    @Test
    func `whoever reads all agreements reads how the system runs`() {
        #expect(Self.roles(with: .readOperation) == Self.roles(with: .readAgreements))
    }

    @Test
    func `the analyst assembles reports, leaders read the boards, whoever does work of a unit writes for it`() {
        #expect(Self.roles(with: .assembleReports) == [.analyst])
        #expect(Self.roles(with: .readReportBoards) == [.analyst, .leader])
        #expect(Self.roles(with: .writeReportParts) == Self.roles(with: .draftDocuments))
    }

    @Test
    func `whoever does work of a unit speaks of it, leaders alone ask in one line`() {
        #expect(Self.roles(with: .writeRemarks) == Self.roles(with: .handIn).union([.leader]))
        #expect(Self.roles(with: .instruct) == [.leader])
        #expect(Self.roles(with: .readAllRemarks) == Self.roles(with: .viewWholePlan))
    }

    @Test
    func `exactly the administrator and who may open lists of persons or decide targets need a second factor`() {
        let needing = Set(Role.allCases.filter(Self.grants.needsSecondFactor))
        #expect(
            needing == [
                .administrator, .analyst, .insuranceProvince, .insuranceBase, .communeLeader, .communeOfficer,
                .inspector,
            ])
        #expect(Self.roles(with: .openPersonLists).union([.administrator, .analyst]) == needing)
        #expect(Self.roles(with: .openAllPersonLists) == [.insuranceProvince])
    }

    @Test
    func `records of the register open to the social-insurance agency alone`() {
        #expect(Self.roles(with: .openRecords) == [.insuranceProvince, .insuranceBase])
        #expect(Self.roles(with: .openAllRecords) == [.insuranceProvince])
        #expect(Self.roles(with: .decideDoubts) == [.insuranceProvince, .insuranceBase])
        #expect(Self.roles(with: .trainLinks) == [.insuranceProvince])
    }

    @Test
    func `agencies see their own deliveries, the province's insurance agency all`() {
        #expect(
            Self.roles(with: .readDeliveries) == [.analyst, .agencyOfficer, .insuranceProvince, .insuranceBase])
        #expect(Self.roles(with: .deliverLists) == Self.roles(with: .readDeliveries))
        for right: Right in [
            .readAllDeliveries, .deliverForOthers, .withdrawDeliveries, .openAllReturnedRows, .settleAllReturnedRows,
        ] { #expect(Self.roles(with: right) == [.insuranceProvince], "\(right.name)") }
        for right: Right in [.openReturnedRows, .settleReturnedRows] {
            #expect(Self.roles(with: right) == [.insuranceProvince, .insuranceBase], "\(right.name)")
        }
        #expect(
            Self.roles(with: .readDeliveryCalendar)
                == Self.roles(with: .viewWholePlan).union([.insuranceProvince]))
    }

    @Test
    func `accounts are managed by the administrator alone, who opens no file and does no work`() {
        #expect(Self.roles(with: .manageAccounts) == [.administrator])
        #expect(Self.roles(with: .keepLegislation) == [.administrator])
        #expect(Self.roles(with: .keepUnits) == [.administrator])
        #expect(Self.roles(with: .keepBoundaries) == [.administrator])
        #expect(Self.roles(with: .setCountingDay) == [.administrator])
        #expect(Self.roles(with: .keepIdentities) == [.administrator, .analyst])
        let own = Self.grants.rights(of: .administrator)
        #expect(own.isDisjoint(with: [.openFiles, .openPersonLists, .handIn, .review, .draftDocuments]))
        #expect(Self.roles(with: .viewAudit) == [.auditor, .administrator])
    }

    @Test
    func `what changes the plan for everybody is the analyst's`() {
        for right: Right in [
            .completePlan, .overrideDeadlines, .loadTargets, .allocateTargets, .draftPlanPapers, .packReports,
            .keepTemplates, .manageObstacles,
        ] { #expect(Self.roles(with: right) == [.analyst], "\(right.name)") }
    }

    @Test
    func `figures are taken in by the coordinating and the insurance agency, contested by communes`() {
        for right: Right in [.acceptFigures, .withdrawFigures, .decideContests] {
            #expect(Self.roles(with: right) == [.analyst, .insuranceProvince], "\(right.name)")
        }
        for right: Right in [.contestFigures, .proposeTargets, .keepGroups, .keepCommittee] {
            #expect(Self.roles(with: right) == [.communeLeader, .communeOfficer], "\(right.name)")
        }
        #expect(Self.roles(with: .viewFigures) == Set(Role.allCases))
    }
}
