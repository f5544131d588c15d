public import Kernel

/// An unbroken stretch of participation of one person in one scheme, at one employer in the compulsory one.
public struct ParticipationSpell: Sendable, Equatable {
    /// How it began, as records say. The values are stored.
    public enum Beginning: String, Sendable {
        /// It goes back to before what the records tell of.
        case before
        /// For the first time.
        case new
        /// After a break.
        case returned
        /// From another employer.
        case moved
        /// A month's list names the person whom the one before did not.
        case listed

        public var words: String {
            switch self {
            case .before: "từ trước"
            case .new: "tăng mới"
            case .returned: "tham gia lại"
            case .moved: "chuyển đến"
            case .listed: "có trong danh sách tháng"
            }
        }
    }

    /// How it ended, as records say. The values are stored.
    public enum Ending: String, Sendable {
        case stopped
        /// To another employer.
        case moved
        case oneOff = "one-off"
        case pension
        case death
        /// What was paid for is over.
        case lapsed
        /// From the voluntary scheme into the compulsory.
        case converted
        /// A month's list leaves out the person whom the one before named.
        case unlisted

        public var words: String {
            switch self {
            case .stopped: "dừng tham gia"
            case .moved: "chuyển đơn vị"
            case .oneOff: "hưởng BHXH một lần"
            case .pension: "nghỉ hưu"
            case .death: "chết"
            case .lapsed: "hết thời gian đã đóng"
            case .converted: "chuyển sang bắt buộc"
            case .unlisted: "không còn trong danh sách tháng"
            }
        }
    }

    public let scheme: Scheme
    /// The blind index of the employer's code as records name it; nil in the voluntary scheme, and where none is named.
    let unit: NumberToken?
    /// As the last record writes it; may be empty.
    public let unitName: String
    /// The first month; nil where it goes back to before the records.
    public let from: Month?
    /// The last month; nil while it goes on.
    public let to: Month?
    public let begins: Beginning
    /// Nil while it goes on.
    public let ends: Ending?
    /// Đồng a month that contributions are reckoned from, as said last; nil where nobody said.
    public let base: Dong?
    /// The first month that a record tells of.
    public let firstSeen: Month
    /// The last month that a list of participants names the person in; nil where none does.
    public let lastListed: Month?
    /// The record that began it, and the last that speaks of it.
    public let first: RecordPlace
    public let last: RecordPlace

    /// Whether the person takes part in a month.
    public func covers(_ month: Month) -> Bool {
        (from.map { $0 <= month } ?? true) && (to.map { month <= $0 } ?? true)
    }
}
