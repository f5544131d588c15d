public import Kernel

/// A monthly pension (Law on Social Insurance, articles 64, 66, 98, 99). An illustration: the agency decides.
public struct Pension: Sendable, Equatable {
    public struct Input: Codable, Sendable, Equatable {
        public var sex: Sex
        public var monthsContributed: Int
        /// Adjusted average of what was contributed from.
        public var averageIncome: Int
        public var on: Day
        /// Months before the age, in the compulsory scheme.
        public var monthsEarly: Int?
        public var scheme: Scheme?

        public init(
            sex: Sex, monthsContributed: Int, averageIncome: Int, on: Day, monthsEarly: Int? = nil,
            scheme: Scheme? = nil
        ) {
            self.sex = sex
            self.monthsContributed = monthsContributed
            self.averageIncome = averageIncome
            self.on = on
            self.monthsEarly = monthsEarly
            self.scheme = scheme
        }
    }

    /// Years for the rate, in halves: two for one year.
    public let halfYears: Int
    public let rate: Share
    public let amount: Dong
    public let isRaised: Bool
    public let used: [UsedParameter]

    public init(_ input: Input, _ table: ParameterTable, trace: inout some Tracing) throws {
        var asked = Asked(table)
        let day = input.on
        guard input.averageIncome >= 0 else {
            throw LegislationError.input(field: "averageIncome", reason: "thu nhập không thể âm")
        }
        guard input.monthsContributed <= 1_000 else {
            throw LegislationError.input(field: "monthsContributed", reason: "số tháng quá lớn")
        }
        let least = try asked.value(.pensionYears, on: day)
        guard input.monthsContributed >= least * 12 else {
            throw LegislationError.input(
                field: "monthsContributed", reason: "chưa đủ \(least) năm (\(least * 12) tháng) đóng để hưởng lương hưu"
            )
        }
        let scheme = input.scheme ?? .voluntary
        let early = input.monthsEarly ?? 0
        guard early >= 0, early == 0 || scheme == .compulsory else {
            throw LegislationError.input(field: "monthsEarly", reason: "nghỉ hưu trước tuổi chỉ có ở BHXH bắt buộc")
        }
        // Odd months count in halves for the rate alone (article 5.6).
        let odd = input.monthsContributed % 12
        let halves = input.monthsContributed / 12 * 2 + (odd == 0 ? 0 : odd <= 6 ? 1 : 2)
        halfYears = halves
        let (baseYears, menYears) = (
            try asked.value(.pensionBaseYears, on: day), try asked.value(.pensionMenYears, on: day)
        )
        let perYear = try asked.value(.pensionPerYear, on: day)
        var share: Share
        let working: String
        if input.sex == .male, halves < menYears * 2 {
            let (first, step) = (
                try asked.value(.pensionMenUnder20, on: day), try asked.value(.pensionPerYearUnder20, on: day)
            )
            share = first + step * Self.years(halves - baseYears * 2)
            working = "\(first.percentText) cho \(baseYears) năm, thêm \(step.percentText) mỗi năm"
        } else {
            let (first, years) =
                input.sex == .male
                ? (try asked.value(.pensionMen, on: day), menYears)
                : (try asked.value(.pensionWomen, on: day), baseYears)
            share = first + perYear * Self.years(halves - years * 2)
            working = "\(first.percentText) cho \(years) năm, thêm \(perYear.percentText) mỗi năm"
        }
        let most = try asked.value(.pensionMost, on: day)
        share = min(share, most)
        let full = share
        trace.step {
            .words(
                "Số năm tính tỷ lệ", "\(input.monthsContributed) tháng; tháng lẻ 1–6 tính nửa năm, 7–11 tính một năm",
                halves % 2 == 0 ? "\(halves / 2) năm" : "\(halves / 2),5 năm", "Luật BHXH 41/2024/QH15, Điều 5 khoản 6")
        }
        trace.step {
            .words(
                "Tỷ lệ hưởng", "\(working); cao nhất \(most.percentText)", full.percentText,
                "Luật BHXH 41/2024/QH15, Điều 66, Điều 99")
        }
        if early > 0 {
            let reduction =
                try asked.value(.earlyReduction, on: day) * Self.years(early / 12 * 2 + (early % 12 >= 6 ? 1 : 0))
            share = share + (Share(-reduction.numerator, of: reduction.denominator) ?? reduction)
            let left = share
            trace.step {
                .words(
                    "Giảm do nghỉ hưu trước tuổi", "\(early) tháng", "còn \(left.percentText)",
                    "Luật BHXH 41/2024/QH15, Điều 66 khoản 3")
            }
        }
        rate = share
        let average = Dong(input.averageIncome)
        let reckoned = average * share
        let final = share
        trace.step {
            .money(
                "Lương hưu hằng tháng", "\(final.percentText) × \(average.grouped)", reckoned,
                "Luật BHXH 41/2024/QH15, Điều 66, Điều 99")
        }
        if scheme == .compulsory {
            let minimum = try asked.value(.referenceLevel, on: day)
            isRaised = reckoned < minimum
            amount = max(reckoned, minimum)
            if reckoned < minimum {
                trace.step {
                    .money(
                        "Nâng lên mức thấp nhất", "bằng mức tham chiếu", minimum,
                        "Luật BHXH 41/2024/QH15, Điều 141 khoản 11")
                }
            }
        } else {
            isRaised = false
            amount = reckoned
        }
        used = asked.used
    }

    /// Half years as a factor of a yearly share.
    private static func years(_ halves: Int) -> Share { Share(halves, of: 2) ?? .whole }
}
