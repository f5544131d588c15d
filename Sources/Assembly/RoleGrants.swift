public import Access
import Coverage
import Exchange
import Figures
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
import Work

extension Grants {
    /// Which role has which rights: the one table. Whoever is added to a line is a matter for the coordinating agency,
    /// not for a programmer alone (docs/threat-model.md).
    public static let ofRoles = Grants(
        of: [
            .work, .figures, .exchange, .registry, .agreements, .programs, .coverage, .targets, .boards, .reports,
            .remarks, .law,
            .files,
            .notices, .jobs,
            .operation, .access,
        ],
        [
            .leader: all(
                everybody, following,
                [
                    .review, .openFiles, .sendObstacle, .readCommitteePhones, .readReportBoards, .writeRemarks,
                    .instruct, .readReviewNumbers,
                ]),
            .analyst: all(
                everybody, following, working, delivering, keepingFigures,
                [
                    .review, .overrideDeadlines, .completePlan, .manageObstacles, .viewOutbox, .loadTargets,
                    .allocateTargets, .draftPlanPapers, .packReports, .keepTemplates, .readCommitteePhones,
                    .confirmErasure, .readErasures, .assembleReports, .readReportBoards,
                    .keepIdentities, .readReviewNumbers,
                ]),
            .agencyOfficer: all(everybody, working, delivering),
            .insuranceProvince: all(
                everybody, working, delivering, keepingFigures,
                [
                    .review, .openPersonLists, .openAllPersonLists, .confirmErasure, .openRecords, .openAllRecords,
                    .readAllDeliveries, .deliverForOthers, .withdrawDeliveries, .openReturnedRows,
                    .openAllReturnedRows, .settleReturnedRows, .settleAllReturnedRows, .readDeliveryCalendar,
                    .setRegisterBasis, .readAgreements, .readOperation, .decideDoubts, .trainLinks,
                    .keepSubjectRequests, .setRegisterMonths, .runReviews, .readReviewNumbers, .readLeads,
                    .readAllLeads,
                ]),
            .insuranceBase: all(
                everybody, working, delivering,
                [
                    .openPersonLists, .openRecords, .openReturnedRows, .settleReturnedRows, .decideDoubts,
                    .readReviewNumbers, .readLeads,
                ]),
            .communeLeader: all(commune, [.confirmErasure]),
            .communeOfficer: commune,
            .groupHead: all(everybody, [.sendObstacle, .countOwnGroup]),
            .inspector: all(everybody, following, working, [.openPersonLists, .readErasures]),
            .auditor: all(everybody, following, [.viewAudit, .readErasures]),
            .administrator: all(
                everybody, following,
                [
                    .manageAccounts, .viewAudit, .viewOutbox, .keepLegislation, .keepJobs, .keepUnits, .keepIdentities,
                    .keepBoundaries, .setCountingDay, .keepPrograms,
                    .confirmErasure, .readErasures,
                ]),
        ])

    private static let everybody: Set<Right> = [.viewWork, .viewFigures]

    /// Follows the whole plan.
    private static let following: Set<Right> = [
        .viewWholePlan, .openFigureFiles, .readGroups, .readScenarios, .readDocuments, .readAllRemarks,
        .readDeliveryCalendar, .readAgreements, .readOperation,
    ]

    /// Does the work of an own unit.
    private static let working: Set<Right> = [
        .handIn, .openFiles, .sendObstacle, .answerObstacles, .draftDocuments, .writeReportParts,
        .writeRemarks, .keepAgreements,
    ]

    /// Hands over lists of the own agency, and follows what becomes of them.
    private static let delivering: Set<Right> = [.readDeliveries, .deliverLists]

    private static let keepingFigures: Set<Right> = [
        .acceptFigures, .withdrawFigures, .decideContests, .openFigureFiles, .readGroups,
    ]

    private static let commune = all(
        everybody, working, [.openPersonLists, .contestFigures, .proposeTargets, .keepGroups, .keepCommittee])

    private static func all(_ parts: Set<Right>...) -> Set<Right> { parts.reduce(into: []) { $0.formUnion($1) } }
}
