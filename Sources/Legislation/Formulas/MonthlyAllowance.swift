public import Kernel

/// The monthly allowance of who reached the age without enough years for a pension and is too young for the social pension, paid
/// from the own contributions (Law on Social Insurance, article 23).
public struct MonthlyAllowance: Sendable, Equatable {
    public struct Input: Codable, Sendable, Equatable {
        public var sex: Sex
        public var birth: BirthDate
        public var on: Day
        public var monthsContributed: Int
        /// What the agency reckons from time and base of the contributions. How is the Government's to say (article 23.7), and
        /// stands in no table.
        public var total: Int?
        public var poor: Bool?
    }

    public let isEntitled: Bool
    /// From the age of retirement to that of the social pension.
    public let from: Day
    public let to: Day
    public let months: Int
    public let monthly: Dong
    /// Months the total lasts for; fewer than ``months`` where it is small.
    public let monthsPaid: Int
    /// What may be paid in once, so that it lasts.
    public let missing: Dong
    public let used: [UsedParameter]

    public init(_ input: Input, _ table: ParameterTable, trace: inout some Tracing) throws {
        var asked = Asked(table)
        guard (1...1_000).contains(input.monthsContributed) else {
            throw LegislationError.input(field: "monthsContributed", reason: "số tháng đã đóng từ 1 đến 1.000")
        }
        guard input.birth.day <= input.on else {
            throw LegislationError.input(field: "birth", reason: "ngày sinh sau ngày xét")
        }
        let retirement = try RetirementAge(.init(sex: input.sex, birth: input.birth), table, trace: &trace)
        let age =
            try (input.poor ?? false)
            ? asked.value(.socialPensionAgePoor, on: input.on) : asked.value(.socialPensionAge, on: input.on)
        let least = try asked.value(.socialPension, on: input.on)
        let years = try asked.value(.pensionYears, on: input.on)
        let social = input.birth.reaching(months: age * 12)
        (from, to) = (retirement.reachedOn, social)
        let span = max(Month(of: retirement.reachedOn).months(to: Month(of: social)), 0)
        months = span
        isEntitled =
            input.monthsContributed < years * 12 && retirement.reachedOn <= input.on && input.on < social && span > 0
        guard isEntitled else {
            (monthly, monthsPaid, missing) = (.zero, 0, .zero)
            used = asked.used + retirement.used
            trace.step {
                .words(
                    "Điều kiện",
                    "đủ tuổi nghỉ hưu, chưa đủ \(years) năm đóng và chưa đủ \(age) tuổi", "không đủ",
                    "Luật BHXH 41/2024/QH15, Điều 23 khoản 1")
            }
            return
        }
        guard let given = input.total else {
            _ = try asked.raw("monthly_allowance.total", on: input.on)
            throw LegislationError.input(field: "total", reason: "cần tổng số tiền tính theo thời gian và căn cứ đóng")
        }
        guard (0...1_000_000_000_000).contains(given) else {
            throw LegislationError.input(field: "total", reason: "tổng số tiền không thể là \(given)")
        }
        let total = Dong(given)
        let needed = least * span
        let part = Share(1, of: span) ?? .whole
        let result = max(total * part, least)
        monthly = result
        monthsPaid = total >= needed ? span : total.amount / max(least.amount, 1)
        missing = max(needed - total, .zero)
        let article = "Luật BHXH 41/2024/QH15, Điều 23 khoản 3"
        trace.step {
            .money(
                "Trợ cấp hằng tháng",
                "\(total.grouped) ÷ \(span) tháng; thấp nhất bằng trợ cấp hưu trí xã hội \(least.grouped)", result,
                article)
        }
        let (lasts, short) = (monthsPaid, missing)
        trace.step {
            .words(
                "Thời gian hưởng",
                "từ \(retirement.reachedOn.vietnamese) đến trước \(social.vietnamese): \(span) tháng",
                short == .zero ? "đủ" : "\(lasts) tháng; có thể đóng một lần thêm \(short.vietnamese)", article)
        }
        used = asked.used + retirement.used
    }
}
