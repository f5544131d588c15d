public import Kernel

/// A public holiday of the Labour Code, year after year.
public struct Holiday: Sendable, Equatable {
    public enum Date: Sendable, Equatable {
        /// Every year on this day: month, day.
        case solar(month: Int, day: Int)
        /// On this day of the lunar year: month, day.
        case lunar(month: Int, day: Int)

        func day(of year: Int) -> Day? {
            switch self {
            case .solar(let month, let day): Day(year: year, month: month, day: day)
            case .lunar(let month, let day): LunarCalendar.day(year: year, month: month, day: day)
            }
        }
    }

    /// `tet`; decisions name it.
    public let id: String
    public let name: String
    public let date: Date
    /// Days off in all; above one the Prime Minister decides each year which (Labour Code, article 112.3).
    public let days: Int
    /// How many of them are taken to lie before the date while nothing is decided.
    public let daysBefore: Int
    public let from: Day
    public let source: String
    public let confidence: Confidence
}

/// What the Prime Minister decided about days off, and the weeks that were changed with it.
public struct DaysOffDecision: Sendable, Equatable {
    public struct Stretch: Sendable, Equatable {
        /// Of a ``Holiday``.
        public let holiday: String
        public let from: Day
        public let to: Day
    }

    /// A working day taken off, and the day of rest worked for it.
    public struct Swap: Sendable, Equatable {
        public let off: Day
        public let worked: Day
    }

    public let document: String
    public let confidence: Confidence
    public let stretches: [Stretch]
    public let swaps: [Swap]
}

/// The rules by which days are off: those of a province's `legislation/days-off.yaml`.
public struct DaysOffRules: Sendable, Equatable {
    /// Days of rest in a week, 1 Monday … 7 Sunday.
    public let weeklyRest: Set<Int>
    public let holidays: [Holiday]
    public let decisions: [DaysOffDecision]

    public init(weeklyRest: Set<Int>, holidays: [Holiday], decisions: [DaysOffDecision]) {
        self.weeklyRest = weeklyRest
        self.holidays = holidays
        self.decisions = decisions
    }

    /// Saturdays and Sundays alone: where no days off are on file.
    public static let weekendsOnly = DaysOffRules(weeklyRest: [6, 7], holidays: [], decisions: [])
}

/// Why a day is off.
public struct DayOff: Sendable, Equatable {
    public enum Kind: String, Sendable, Encodable {
        case weeklyRest = "weekly-rest"
        case holiday
        /// For a day of weekly rest that fell on a holiday (Labour Code, article 111.3).
        case substitute
        /// Taken off for another day that is worked.
        case swapped
    }

    public let kind: Kind
    /// `Tết Âm lịch`, `thứ Bảy`.
    public let name: String
    /// Not decided yet: which days a holiday of several takes follows a decision still to come.
    public let isProvisional: Bool

    /// `Tết Âm lịch`, `nghỉ bù Giỗ Tổ Hùng Vương`
    public var words: String {
        let plain =
            switch kind {
            case .weeklyRest, .holiday: name
            case .substitute: "nghỉ bù \(name)"
            case .swapped: "nghỉ hoán đổi theo \(name)"
            }
        return isProvisional ? plain + " (tạm tính, chưa có quyết định)" : plain
    }
}

/// A day off, and which.
public struct SkippedDay: Sendable, Equatable {
    public let day: Day
    public let reason: DayOff
}
