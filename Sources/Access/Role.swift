/// What a person is in the system. Its ``Grants`` say what may be done; the account's agency and area say where.
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

/// Which bounds an account must carry.
public struct RoleBounds: Sendable, Equatable {
    public enum Communes: Sendable, Equatable { case none, one, several }
    public let agency: Bool
    public let communes: Communes
    public let group: Bool
}
