/// What a person is in the system. A role says what may be done; the account's agency and area say where.
public enum Role: String, Sendable, CaseIterable {
    /// Leaders of the provincial People's Committee.
    case leader
    /// Analysts of the agency that coordinates the plan (Sở Nội vụ).
    case analyst
    /// Officers of any other agency named in the plan.
    case agencyOfficer = "agency-officer"
    /// Officers of the provincial social-insurance agency.
    case insuranceProvince = "insurance-province"
    /// Officers of a base social-insurance office, whose area is several communes.
    case insuranceBase = "insurance-base"
    case communeLeader = "commune-leader"
    case communeOfficer = "commune-officer"
    /// Heads of residential groups and collectors.
    case groupHead = "group-head"
    case inspector
    case auditor
    case administrator

    /// As screens write it.
    public var title: String {
        switch self {
        case .leader: "Lãnh đạo Ủy ban nhân dân"
        case .analyst: "Chuyên viên cơ quan thường trực kế hoạch"
        case .agencyOfficer: "Cán bộ sở, ban, ngành"
        case .insuranceProvince: "Cán bộ BHXH cấp tỉnh, thành phố"
        case .insuranceBase: "Cán bộ BHXH cơ sở"
        case .communeLeader: "Lãnh đạo UBND cấp xã"
        case .communeOfficer: "Cán bộ UBND cấp xã"
        case .groupHead: "Tổ trưởng tổ dân phố, nhân viên thu"
        case .inspector: "Thanh tra viên"
        case .auditor: "Kiểm toán nhật ký"
        case .administrator: "Quản trị hệ thống"
        }
    }

    public var permissions: Set<Permission> {
        switch self {
        case .leader: [.viewWholePlan, .viewWork, .review, .openFiles, .sendObstacle, .viewFigures]
        case .analyst:
            [
                .viewWholePlan, .viewWork, .work, .review, .openFiles, .steer, .sendObstacle, .manageObstacles,
                .viewOutbox, .viewFigures, .manageFigures,
            ]
        case .agencyOfficer: [.viewWork, .work, .openFiles, .sendObstacle, .viewFigures]
        case .insuranceProvince:
            [
                .viewWork, .work, .review, .openFiles, .openPersonLists, .sendObstacle, .viewFigures, .manageFigures,
            ]
        case .insuranceBase: [.viewWork, .work, .openFiles, .openPersonLists, .sendObstacle, .viewFigures]
        case .communeLeader, .communeOfficer:
            [
                .viewWork, .work, .openFiles, .openPersonLists, .sendObstacle, .viewFigures, .contestFigures,
                .keepGroups,
            ]
        case .groupHead: [.viewWork, .sendObstacle, .viewFigures]
        case .inspector: [.viewWholePlan, .viewWork, .work, .openFiles, .openPersonLists, .sendObstacle, .viewFigures]
        case .auditor: [.viewWholePlan, .viewWork, .viewAudit, .viewFigures]
        case .administrator:
            [
                .viewWholePlan, .viewWork, .manageAccounts, .viewAudit, .viewOutbox, .viewFigures, .keepLegislation,
                .keepJobs,
            ]
        }
    }

    /// Whether signing in needs a second factor: the administrator, and whoever may open lists of people.
    public var needsSecondFactor: Bool {
        self == .administrator || permissions.contains(.openPersonLists)
    }

    /// What an account of this role must be bounded by.
    public var bounds: RoleBounds {
        switch self {
        case .auditor, .administrator: RoleBounds(agency: false, communes: .none, group: false)
        case .leader, .analyst, .agencyOfficer, .insuranceProvince, .inspector:
            RoleBounds(agency: true, communes: .none, group: false)
        case .insuranceBase: RoleBounds(agency: true, communes: .several, group: false)
        case .communeLeader, .communeOfficer: RoleBounds(agency: false, communes: .one, group: false)
        case .groupHead: RoleBounds(agency: false, communes: .one, group: true)
        }
    }
}

/// One thing a role may allow. A route names the permission it needs; which units it covers is the viewer's scope.
public enum Permission: String, Sendable, CaseIterable {
    /// The work of every unit, not only of one's own.
    case viewWholePlan
    /// The work of one's own units and of those one coordinates.
    case viewWork
    /// Hand in products, keep notes and steps, ask for more time, in one's own units.
    case work
    /// Accept or return what subordinate units hand in.
    case review
    /// Open the files of products within one's scope.
    case openFiles
    /// Open files that list persons (Law on Social Insurance 2024, art. 17 and 30.3 send such data to the BHXH agency).
    case openPersonLists
    /// Complete the plan, override deadlines.
    case steer
    case sendObstacle
    /// Merge, assign and answer obstacles.
    case manageObstacles
    /// Read all reminders, not only one's own.
    case viewOutbox
    case manageAccounts
    case viewAudit
    /// Numbers of participants by commune, targets and scores: counts of public bodies, without persons.
    case viewFigures
    /// Import figures, undo an import, decide on contested figures.
    case manageFigures
    /// Contest a figure of one's own commune.
    case contestFigures
    /// Load and correct the residential groups of one's own commune.
    case keepGroups
    /// Enter and correct the law's parameters.
    case keepLegislation
    /// See, cancel and run again everybody's work in the background.
    case keepJobs
}

/// Which bounds an account must carry.
public struct RoleBounds: Sendable, Equatable {
    public enum Communes: Sendable, Equatable { case none, one, several }
    public let agency: Bool
    public let communes: Communes
    public let group: Bool
}
