/// What a delivered row tells of, whatever list it stands in.
public enum RecordKind: String, Codable, Sendable, CaseIterable {
    /// One person's compulsory participation at an employer: D09-TS and long lists.
    case participant
    /// An employer as it registers: TK3-TS.
    case unit
    /// An increase, change or decrease that an employer declares: D02-LT.
    case movement
    /// A payment into voluntary insurance: D05-TS.
    case voluntaryPayment
    /// Somebody who stopped and has not come back: C21.
    case stopped
    /// Somebody whose pay a payer declared to the tax office: 05-1/BK, 05-2/BK.
    case taxedWorker
    case enterprise
    case householdBusiness
    case resident
    /// Somebody in the registration of labour (Decree 318/2025) or in a commune's survey of it.
    case labourRegistration
    /// A pupil or student.
    case pupil
    /// A pension or another benefit that somebody receives.
    case benefit
    /// A construction project.
    case project
    /// Who works on a project for whom.
    case projectContract
    case farm
    case cooperative
    case boat
    /// A line of an employer's monthly account: C12-TS.
    case account

    /// Whom a record makes part of: persons and employers are derived from records.
    public enum Subject: String, Codable, Sendable {
        case person
        case employer
        /// A project, an account: kept under its own key.
        case own
    }

    public var subject: Subject {
        switch self {
        case .participant, .movement, .voluntaryPayment, .stopped, .taxedWorker, .resident, .labourRegistration, .pupil,
            .benefit:
            .person
        case .unit, .enterprise, .householdBusiness, .farm, .cooperative: .employer
        case .project, .projectContract, .boat, .account: .own
        }
    }

    /// On screen.
    public var words: String {
        switch self {
        case .participant: "người tham gia BHXH bắt buộc"
        case .unit: "đơn vị tham gia"
        case .movement: "biến động tăng, giảm, điều chỉnh"
        case .voluntaryPayment: "người đóng BHXH tự nguyện"
        case .stopped: "người dừng tham gia"
        case .taxedWorker: "người có thu nhập chịu thuế"
        case .enterprise: "doanh nghiệp"
        case .householdBusiness: "hộ kinh doanh"
        case .resident: "người cư trú"
        case .labourRegistration: "người đăng ký lao động"
        case .pupil: "học sinh, sinh viên"
        case .benefit: "người hưởng lương hưu, trợ cấp"
        case .project: "công trình, dự án xây dựng"
        case .projectContract: "nhà thầu của công trình"
        case .farm: "trang trại"
        case .cooperative: "hợp tác xã"
        case .boat: "tàu cá"
        case .account: "dòng thông báo đóng"
        }
    }
}
