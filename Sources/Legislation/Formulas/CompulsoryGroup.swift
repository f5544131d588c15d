/// Whose contribution the compulsory scheme takes (Law on Social Insurance, article 2.1).
public enum CompulsoryGroup: String, Codable, Sendable, CaseIterable {
    /// Contract workers, officials and the others of article 33.1 but k.
    case employee
    /// Conscripts, cadets, standing militia (đ, e): the employer pays all.
    case conscript
    case householdOwner = "household-owner"
    case unpaidManager = "unpaid-manager"
    case abroad
    case spouseAtMission = "spouse-at-mission"
    /// Non-specialised staff of communes, villages, residential groups (k): no accident fund, no unemployment insurance.
    case communeStaff = "commune-staff"

    public var words: String {
        switch self {
        case .employee: "người lao động"
        case .conscript: "hạ sĩ quan, chiến sĩ, học viên"
        case .householdOwner: "chủ hộ kinh doanh"
        case .unpaidManager: "người quản lý không hưởng lương"
        case .abroad: "người lao động đi làm việc ở nước ngoài"
        case .spouseAtMission: "vợ hoặc chồng không hưởng lương tại cơ quan đại diện"
        case .communeStaff: "người hoạt động không chuyên trách ở cấp xã, thôn, tổ dân phố"
        }
    }
}
