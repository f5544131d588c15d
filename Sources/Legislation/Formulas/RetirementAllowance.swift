public import Kernel

/// The allowance paid once at retirement for years above those that make the highest rate (Law on Social Insurance, articles
/// 68, 100). An illustration: the agency decides.
public struct RetirementAllowance: Sendable, Equatable {
    public struct Input: Codable, Sendable, Equatable {
        public var sex: Sex
        /// In all.
        public var monthsContributed: Int
        /// Of them after the age of retirement was reached.
        public var monthsAfterAge: Int?
        /// Adjusted average of what was contributed from.
        public var averageIncome: Int
        public var on: Day

        public init(
            sex: Sex, monthsContributed: Int, monthsAfterAge: Int? = nil, averageIncome: Int, on: Day
        ) {
            self.sex = sex
            self.monthsContributed = monthsContributed
            self.monthsAfterAge = monthsAfterAge
            self.averageIncome = averageIncome
            self.on = on
        }
    }

    /// Half years above, up to the age and after it: two for a year.
    public let halfYearsToAge: Int
    public let halfYearsAfterAge: Int
    public let amount: Dong
    public let used: [UsedParameter]

    public init(_ input: Input, _ table: ParameterTable, trace: inout some Tracing) throws {
        var asked = Asked(table)
        guard (0...1_000).contains(input.monthsContributed) else {
            throw LegislationError.input(field: "monthsContributed", reason: "số tháng từ 0 đến 1.000")
        }
        guard (0...1_000_000_000_000).contains(input.averageIncome) else {
            throw LegislationError.input(
                field: "averageIncome", reason: "mức bình quân không thể là \(input.averageIncome)")
        }
        let after = input.monthsAfterAge ?? 0
        guard (0...input.monthsContributed).contains(after) else {
            throw LegislationError.input(
                field: "monthsAfterAge", reason: "số tháng đóng sau khi đủ tuổi từ 0 đến \(input.monthsContributed)")
        }
        let years = try asked.value(.allowanceYears(input.sex), on: input.on)
        let above = max(input.monthsContributed - years * 12, 0)
        let later = HalfYears(months: min(after, above))
        let earlier = HalfYears(months: above - min(after, above))
        (halfYearsToAge, halfYearsAfterAge) = (earlier.count, later.count)
        let each = try asked.value(.allowancePerYear, on: input.on)
        let eachAfter = try asked.value(.allowancePerYearAfterAge, on: input.on)
        let average = Dong(input.averageIncome)
        let result = average * (each * earlier.share + eachAfter * later.share)
        amount = result
        let article = "Luật BHXH 41/2024/QH15, Điều 68, Điều 100"
        trace.step {
            .words(
                "Thời gian đóng cao hơn \(years) năm", "\(input.monthsContributed) tháng − \(years * 12)",
                "\(earlier.text) năm đến tuổi nghỉ hưu, \(later.text) năm sau đó", article)
        }
        trace.step {
            .money(
                "Trợ cấp một lần khi nghỉ hưu",
                "\(average.grouped) × (\(each.factorText) × \(earlier.text) + \(eachAfter.factorText) × \(later.text))",
                result, article)
        }
        used = asked.used
    }
}
