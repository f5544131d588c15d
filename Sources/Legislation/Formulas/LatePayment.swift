public import Kernel

/// Late payment and evasion (Law on Social Insurance, articles 38–41; Decree 274/2025). A proposal: the director of the social
/// insurance agency decides.
public struct LatePayment: Sendable, Equatable {
    public enum Kind: String, Codable, Sendable, CaseIterable {
        /// Registered, and not paid by the deadline.
        case unpaid
        /// Not registered by the deadline.
        case unregistered
        /// Registered with less than the legal base.
        case underdeclared
    }

    public enum Status: String, Codable, Sendable {
        case inTime = "in-time"
        case late, evasion

        public var words: String {
            switch self {
            case .inTime: "đúng hạn"
            case .late: "chậm đóng"
            case .evasion: "trốn đóng"
            }
        }
    }

    public struct Input: Codable, Sendable, Equatable {
        public var kind: Kind
        /// Whole responsibility of the employer, both parts (article 13.4).
        public var amount: Int
        public var asOf: Day
        /// Of the salary, or the last of the cycle.
        public var month: Month?
        public var cadence: VoluntaryCadence?
        /// When the worker became a subject, of ``Kind/unregistered``.
        public var subjectFrom: Day?
        /// Day of the written reminder: a legal fact.
        public var remindedOn: Day?
        public var paidOn: Day?
        /// A ground of Decree 274/2025, article 4, announced by the competent authority.
        public var excused: Bool?

        public init(
            kind: Kind, amount: Int, asOf: Day, month: Month? = nil, cadence: VoluntaryCadence? = nil,
            subjectFrom: Day? = nil, remindedOn: Day? = nil, paidOn: Day? = nil, excused: Bool? = nil
        ) {
            self.kind = kind
            self.amount = amount
            self.asOf = asOf
            self.month = month
            self.cadence = cadence
            self.subjectFrom = subjectFrom
            self.remindedOn = remindedOn
            self.paidOn = paidOn
            self.excused = excused
        }
    }

    public let deadline: Day
    /// The deadline if a day off moves it, where no text says whether it does: until then ``deadline`` is the earlier one.
    public let deadlineIfMoved: Day?
    /// The document that would settle it, in Vietnamese.
    public let awaits: String?
    public let lateFrom: Day
    public let lateDays: Int
    /// From which evasion days are counted; nil while it is no evasion.
    public let evasionFrom: Day?
    /// On which late payment becomes evasion: of people not registered the 61st day after the deadline, though its days are then
    /// counted from the day after it. Nil where it cannot become one, needs a letter first, or was paid before.
    public let becomesEvasionOn: Day?
    public let evasionDays: Int
    public let status: Status
    public let interest: Dong
    public let used: [UsedParameter]

    public init(_ input: Input, _ table: ParameterTable, trace: inout some Tracing) throws {
        guard (0...Self.most).contains(input.amount) else {
            throw LegislationError.input(field: "amount", reason: "số tiền từ 0 đến \(Dong(Self.most).vietnamese)")
        }
        var asked = Asked(table)
        let last: Day
        let article: String
        if input.kind == .unregistered {
            guard let subject = input.subjectFrom else {
                throw LegislationError.input(
                    field: "subjectFrom", reason: "cần ngày người lao động thuộc diện tham gia")
            }
            let days = try asked.value(.registrationDays, on: max(subject, input.asOf))
            let counted = subject.adding(days: days)
            (last, article) = (counted, "Luật BHXH 41/2024/QH15, Điều 28 khoản 1")
            trace.step {
                .words("Hạn đăng ký", "\(subject.vietnamese) + \(days) ngày", counted.vietnamese, article)
            }
        } else {
            guard let month = input.month else {
                throw LegislationError.input(field: "month", reason: "cần tháng phải đóng")
            }
            switch input.cadence ?? .monthly {
            case .monthly, .threeMonths, .sixMonths: break
            default:
                throw LegislationError.input(
                    field: "cadence", reason: "người sử dụng lao động đóng hằng tháng, 3 hoặc 6 tháng một lần")
            }
            let counted = month.adding(months: 1).lastDay
            (last, article) = (counted, "Luật BHXH 41/2024/QH15, Điều 34 khoản 4")
            trace.step {
                .words(
                    "Hạn đóng", "ngày cuối của tháng tiếp theo tháng \(month.vietnamese)", counted.vietnamese,
                    article)
            }
        }
        let ending = try LastDay(last, by: Self.lastDayOff, table, on: input.asOf, &asked)
        if let step = ending.step(article) { trace.step { step } }
        let deadline = ending.day
        self.deadline = deadline
        deadlineIfMoved = ending.ifMoved
        awaits = ending.awaits
        lateFrom = deadline.adding(days: 1)
        let end = input.paidOn.map { min($0, input.asOf) } ?? input.asOf
        lateDays = max(lateFrom.days(to: end) + 1, 0)
        // Debts of before the law are treated by its definitions (article 141.12): those of the day of the reckoning.
        let daily = try asked.value(.lateInterest, on: input.asOf)
        interest = lateDays > 0 ? Dong(input.amount) * (daily * (Share(lateDays, of: 1) ?? .whole)) : .zero
        let (from, days, money) = (lateFrom, lateDays, interest)
        trace.step {
            .words(
                "Số ngày chậm", "từ \(from.vietnamese) đến hết \(end.vietnamese)", "\(days) ngày",
                "Nghị định 274/2025/NĐ-CP, Điều 5 khoản 2")
        }
        trace.step {
            .money(
                "Số tiền phải nộp thêm", "\(daily.percentText)/ngày × \(Dong(input.amount).grouped) × \(days) ngày",
                money, "Luật BHXH 41/2024/QH15, Điều 40 khoản 1, Điều 41 khoản 1")
        }
        let evasion = try Self.evasion(input, deadline, end, &asked, &trace)
        // Before the day comes nothing is counted; what was paid before it never becomes evasion.
        let isPaid = input.paidOn.map { $0 <= input.asOf } ?? false
        let hasCome = evasion.becomesOn.map { $0 <= end } ?? false
        evasionFrom = hasCome ? evasion.countedFrom : nil
        becomesEvasionOn = hasCome || !isPaid ? evasion.becomesOn : nil
        evasionDays = evasionFrom.map { max($0.days(to: end) + 1, 0) } ?? 0
        status = evasionDays > 0 ? .evasion : lateDays > 0 ? .late : .inTime
        let verdict = status
        trace.step {
            .words(
                "Trạng thái đề xuất", "đến hết \(end.vietnamese)", verdict.words,
                "Luật BHXH 41/2024/QH15, Điều 38, Điều 39")
        }
        used = asked.used
    }

    /// More than any employer owes; its extra of a lifetime still fits a whole number.
    private static let most = 1_000_000_000_000_000
    /// The parameter that says what a last day on a day off becomes.
    private static let lastDayOff = "deadline.insurance.last_day_off"

    private static func evasion(
        _ input: Input, _ deadline: Day, _ end: Day, _ asked: inout Asked, _ trace: inout some Tracing
    ) throws -> (countedFrom: Day?, becomesOn: Day?) {
        let article = "Nghị định 274/2025/NĐ-CP, Điều 6 khoản 2"
        if input.excused ?? false {
            trace.step {
                .words(
                    "Không tính trốn đóng", "có căn cứ bất khả kháng được cơ quan có thẩm quyền công bố", "–",
                    "Nghị định 274/2025/NĐ-CP, Điều 4")
            }
            return (nil, nil)
        }
        switch input.kind {
        case .underdeclared:
            let from = deadline.adding(days: 1)
            trace.step {
                .words(
                    "Ngày bắt đầu trốn đóng", "đăng ký lương thấp hơn quy định: sau hạn đóng", from.vietnamese,
                    "\(article) điểm b")
            }
            return (from, from)
        case .unregistered:
            // The sixty days decide whether it is evasion; its days then count from the day after the deadline (6.2.a).
            let days = try asked.value(.unregisteredDays, on: input.asOf)
            let becomes = deadline.adding(days: days + 1)
            guard end >= becomes else {
                trace.step {
                    .words(
                        "Chưa tính trốn đóng", "trong \(days) ngày sau hạn đăng ký",
                        "thành trốn đóng từ \(becomes.vietnamese)", "Luật BHXH 41/2024/QH15, Điều 38 khoản 2")
                }
                return (nil, becomes)
            }
            let from = deadline.adding(days: 1)
            trace.step {
                .words(
                    "Ngày hành vi thành trốn đóng", "quá \(days) ngày sau hạn đăng ký", becomes.vietnamese,
                    "Luật BHXH 41/2024/QH15, Điều 39 khoản 1; Nghị định 274/2025/NĐ-CP, Điều 5")
            }
            trace.step {
                .words(
                    "Số ngày trốn đóng tính từ", "ngày sau hạn đăng ký", from.vietnamese, "\(article) điểm a")
            }
            return (from, becomes)
        case .unpaid:
            // A letter before the deadline reminds of no debt.
            guard let reminded = input.remindedOn, reminded <= end, reminded > deadline else {
                trace.step {
                    .words(
                        "Chưa tính trốn đóng",
                        input.remindedOn == nil
                            ? "chưa có văn bản đôn đốc" : "không có văn bản đôn đốc trong thời gian chậm đóng", "–",
                        "Luật BHXH 41/2024/QH15, Điều 39 khoản 1 điểm đ")
                }
                return (nil, nil)
            }
            let days = try asked.value(.unpaidDays, on: input.asOf)
            let inTime = try asked.value(.reminderInTime, on: input.asOf)
            let after = deadline.adding(days: days + 1)
            if deadline.days(to: reminded) <= inTime {
                trace.step {
                    .words(
                        "Ngày bắt đầu trốn đóng",
                        "đôn đốc ngày \(reminded.vietnamese), trong \(inTime) ngày sau hạn: sau \(days) ngày kể từ hạn",
                        after.vietnamese, "\(article) điểm c")
                }
                return (after, after)
            }
            let wait = try asked.value(.lateReminderDays, on: input.asOf)
            let from = max(reminded.adding(days: wait), after)
            trace.step {
                .words(
                    "Ngày bắt đầu trốn đóng",
                    "đôn đốc ngày \(reminded.vietnamese), muộn hơn \(inTime) ngày: ngày thứ \(wait) từ khi đôn đốc",
                    from.vietnamese, "\(article) điểm c")
            }
            return (from, from)
        }
    }
}
