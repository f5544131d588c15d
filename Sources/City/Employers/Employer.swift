import Kernel

/// An employer of the city.
struct Employer: Sendable {
    /// Blocks of form B16a-TS (Decision 366/QĐ-BHXH) as far as the city has them, with what units of each are like.
    enum Kind: UInt8, Sendable, CaseIterable {
        case state, foreign, company, household, publicUnit, cooperative, administration

        /// Of all employers.
        var share: Double {
            switch self {
            case .state: 0.006
            case .foreign: 0.018
            case .company: 0.80
            case .household: 0.07
            case .publicUnit: 0.048
            case .cooperative: 0.018
            case .administration: 0.04
            }
        }

        /// Head-counts have a heavy tail: the least, how heavy (less is heavier), the most.
        var size: (least: Double, tail: Double, most: Double) {
            switch self {
            case .state: (30, 1.1, 3_000)
            case .foreign: (45, 0.95, 16_000)
            case .company: (2.2, 1.12, 2_500)
            case .household: (1, 2.5, 12)
            case .publicUnit: (22, 2.2, 400)
            case .cooperative: (2, 1.8, 60)
            case .administration: (16, 3, 90)
            }
        }

        /// Two letters that unit codes of before August 2025 begin with (identifiers.md 4).
        var codeLetters: String {
            switch self {
            case .state: "DN"
            case .foreign: "DT"
            case .company: "TN"
            case .household: "HK"
            case .publicUnit: "HC"
            case .cooperative: "HT"
            case .administration: "HX"
            }
        }

        /// As field [09] of TK3-TS names it.
        var words: String {
            switch self {
            case .state: "Doanh nghiệp nhà nước"
            case .foreign: "Doanh nghiệp FDI"
            case .company: "Công ty TNHH"
            case .household: "Hộ kinh doanh"
            case .publicUnit: "Đơn vị sự nghiệp công lập"
            case .cooperative: "Hợp tác xã"
            case .administration: "Cơ quan hành chính, Đảng, đoàn thể"
            }
        }

        var isEnterprise: Bool { self == .state || self == .foreign || self == .company }
        var hasBudgetCode: Bool { self == .publicUnit || self == .administration }
        /// A usual wage of an unskilled worker there, thousand đồng a month.
        var wage: Double {
            switch self {
            case .state: 9_500
            case .foreign: 8_200
            case .company: 6_600
            case .household: 5_400
            case .publicUnit: 8_800
            case .cooperative: 5_600
            case .administration: 8_600
            }
        }
    }

    enum Status: UInt8, Sendable {
        case operating, paused, notAtAddress, dissolving

        /// As the national register writes it.
        var words: String {
            switch self {
            case .operating: "Đang hoạt động"
            case .paused: "Tạm ngừng kinh doanh"
            case .notAtAddress: "Không còn hoạt động kinh doanh tại địa chỉ đã đăng ký"
            case .dissolving: "Đang làm thủ tục giải thể, đã bị chia, bị hợp nhất, bị sáp nhập"
            }
        }

        /// As tax offices write it.
        var taxWords: String {
            switch self {
            case .operating: "00 - Đang hoạt động"
            case .paused: "05 - Tạm ngừng có thời hạn"
            case .notAtAddress: "06 - Không hoạt động tại địa chỉ đã đăng ký"
            case .dissolving: "07 - Chờ giải thể, phá sản"
            }
        }
    }

    let kind: Kind
    let place: UInt8
    var status: Status = .operating
    /// Nine digits and the tenth that follows; of a household, its owner's number stands instead.
    let taxCode: UInt64
    /// Counted among those of its kind.
    let serial: UInt32
    /// Insured in the last month, or in the first, before people came and went.
    var size: UInt32 = 0
    /// A person, of a household business.
    var owner: UInt32 = .max
    /// The employer it is a branch of.
    var parent: UInt32 = .max
    /// Of its parent's branches.
    var branch: UInt8 = 0
    /// The employer that a firm no longer there went into.
    var mergedInto: UInt32 = .max
    /// The month it came into being, negative where before the city's time.
    let founded: Int16
}
