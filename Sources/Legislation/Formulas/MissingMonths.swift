public import Kernel

/// The last months missing for a pension or a survivors' pension, paid at once after leaving the compulsory scheme (Law on
/// Social Insurance, article 33.7).
public struct MissingMonths: Sendable, Equatable {
    public struct Input: Codable, Sendable, Equatable {
        /// Monthly base before leaving or death.
        public var base: Int
        /// Day of the payment.
        public var on: Day
        /// Contributed so far to the compulsory scheme.
        public var monthsContributed: Int
    }

    public let months: Int
    public let monthly: Dong
    public let amount: Dong
    public let used: [UsedParameter]

    public init(_ input: Input, _ table: ParameterTable, trace: inout some Tracing) throws {
        var asked = Asked(table)
        guard (0...1_000_000_000).contains(input.base) else {
            throw LegislationError.input(field: "base", reason: "căn cứ đóng không thể là \(input.base)")
        }
        let years = try asked.value(.pensionYears, on: input.on)
        let most = try asked.value(.missingMonths, on: input.on)
        let missing = years * 12 - input.monthsContributed
        guard missing > 0 else {
            throw LegislationError.input(
                field: "monthsContributed", reason: "đã đủ \(years) năm, không còn thiếu tháng nào")
        }
        guard missing <= most, input.monthsContributed >= 0 else {
            throw LegislationError.input(
                field: "monthsContributed",
                reason:
                    "còn thiếu \(missing) tháng, quá \(most) tháng: chỉ được đóng tiếp BHXH tự nguyện (khoản 7 Điều 33)"
            )
        }
        months = missing
        let rate =
            try asked.value(.employeeRetirement, on: input.on) + asked.value(.employerRetirement, on: input.on)
        let base = Dong(input.base)
        let each = base * rate
        let sum = each * missing
        (monthly, amount) = (each, sum)
        trace.step {
            .money(
                "Mức đóng một tháng", "\(rate.percentText) × \(base.grouped)", each,
                "Luật BHXH 41/2024/QH15, Điều 33 khoản 7")
        }
        trace.step {
            .money(
                "Đóng một lần cho các tháng còn thiếu", "\(each.grouped) × \(missing)", sum,
                "Luật BHXH 41/2024/QH15, Điều 33 khoản 7")
        }
        used = asked.used
    }
}
