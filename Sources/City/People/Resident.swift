import Kernel

/// One person of the city, in 28 bytes: millions are held at once. What can be drawn again from the seed is not kept.
struct Resident: Sendable {
    /// Days since 1920-01-01.
    var birth: UInt16
    /// Of the household; ``Household``.
    var household: UInt32
    var surname: UInt8
    var middle: UInt8
    var given: UInt8
    var marks: UInt8
    var activity: Activity = .home
    /// Place in ``CityTables/provinces``.
    var province: UInt8 = 0
    /// Months of the city's time, ``never`` where it does not happen.
    var death: UInt8 = Self.never
    var moved: UInt8 = Self.never
    /// Where to: place among the communes.
    var newPlace: UInt8 = 0
    /// Among those whose numbers begin alike.
    var identity: UInt32 = 0
    var oldCard: UInt32 = Self.noCard

    static let never = UInt8.max
    static let noCard = UInt32.max
    static let start = Day(year: 1920, month: 1, day: 1)?.daysSinceEpoch ?? 0

    static let woman: UInt8 = 1
    static let twin: UInt8 = 2
    static let head: UInt8 = 4
    static let child: UInt8 = 8
    static let spouse: UInt8 = 16
    static let parent: UInt8 = 32
    static let namesake: UInt8 = 64

    var isWoman: Bool { marks & Self.woman != 0 }
    var isTwin: Bool { marks & Self.twin != 0 }
    var born: Day { Day(daysSinceEpoch: Self.start + Int(birth)) }

    func age(on day: Day) -> Int { (day.daysSinceEpoch - Self.start - Int(birth)) * 4 / 1_461 }

    /// As the population database writes it.
    var relation: String {
        if marks & Self.head != 0 { return "Chủ hộ" }
        if marks & Self.spouse != 0 { return isWoman ? "Vợ" : "Chồng" }
        if marks & Self.parent != 0 { return isWoman ? "Mẹ" : "Bố" }
        return isWoman ? "Con gái" : "Con trai"
    }
}

/// People under one roof.
struct Household: Sendable {
    /// Place among the communes.
    var place: UInt8
    /// Place among the commune's former units.
    var former: UInt8
    var group: UInt8
    var house: UInt16
    /// Among the city's people.
    var first: UInt32
    var count: UInt8
}

/// What somebody does, as a survey of labour would ask.
enum Activity: UInt8, Sendable, CaseIterable {
    case small, pupil, student
    /// Insured at an employer.
    case employed
    /// Insured by own will.
    case voluntary
    /// Has a contract of three months or more without insurance.
    case uninsured
    /// Paid for days without a contract.
    case casual
    /// Owns a household business.
    case owner
    case farmer, ownAccount, fisher, home, unemployed
    case pensioner, old

    var isWorking: Bool {
        switch self {
        case .employed, .voluntary, .uninsured, .casual, .owner, .farmer, .ownAccount, .fisher: true
        case .small, .pupil, .student, .home, .unemployed, .pensioner, .old: false
        }
    }

    /// As a commune's survey writes it.
    var words: String {
        switch self {
        case .small, .pupil, .student: "Đi học"
        case .employed, .uninsured: "Làm công ăn lương"
        case .casual: "Làm công ăn lương"
        case .owner: "Chủ cơ sở"
        case .voluntary, .farmer, .ownAccount, .fisher: "Tự làm"
        case .home: "Nội trợ"
        case .unemployed: "Thất nghiệp"
        case .pensioner: "Hưu trí"
        case .old: "Không hoạt động kinh tế"
        }
    }
}
