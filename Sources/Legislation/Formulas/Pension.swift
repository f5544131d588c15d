public import Kernel

/// A monthly pension (Law on Social Insurance, articles 5.6, 64–66, 98, 99, 141.11). An illustration: the agency decides.
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
        /// Of them in the compulsory scheme; all in that scheme when left out.
        public var compulsoryMonths: Int?
        /// Point of article 2.1 by which the person took part; a when left out.
        public var group: Coverage.Ground?
        /// First month contributed for, in either scheme.
        public var firstContributed: Month?
        /// Of the working capacity, in per cent; it allows an early pension.
        public var incapacityPercent: Int?
        /// Fifteen years and more at especially hard, toxic or dangerous work.
        public var hardWork: Bool?
        /// Contributed after the age of retirement was reached.
        public var monthsAfterAge: Int?

        public init(
            sex: Sex, monthsContributed: Int, averageIncome: Int, on: Day, monthsEarly: Int? = nil,
            scheme: Scheme? = nil, compulsoryMonths: Int? = nil, group: Coverage.Ground? = nil,
            firstContributed: Month? = nil, incapacityPercent: Int? = nil, hardWork: Bool? = nil,
            monthsAfterAge: Int? = nil
        ) {
            self.compulsoryMonths = compulsoryMonths
            self.group = group
            self.firstContributed = firstContributed
            self.incapacityPercent = incapacityPercent
            self.hardWork = hardWork
            self.monthsAfterAge = monthsAfterAge
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
    /// Paid once for years above those of the highest rate.
    public let allowance: Dong
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
        guard early == 0 || scheme == .compulsory else {
            throw LegislationError.input(field: "monthsEarly", reason: "nghỉ hưu trước tuổi chỉ có ở BHXH bắt buộc")
        }
        guard (0...Self.mostMonthsEarly).contains(early) else {
            throw LegislationError.input(
                field: "monthsEarly", reason: "số tháng nghỉ trước tuổi từ 0 đến \(Self.mostMonthsEarly)")
        }
        guard (0...input.monthsContributed).contains(input.monthsAfterAge ?? 0) else {
            throw LegislationError.input(
                field: "monthsAfterAge",
                reason: "số tháng đóng sau khi đủ tuổi từ 0 đến \(input.monthsContributed)")
        }
        let compulsory = input.compulsoryMonths ?? (scheme == .compulsory ? input.monthsContributed : 0)
        guard (0...input.monthsContributed).contains(compulsory) else {
            throw LegislationError.input(
                field: "compulsoryMonths", reason: "số tháng đóng bắt buộc từ 0 đến \(input.monthsContributed)")
        }
        if early > 0 { try Self.checkEarly(input, early, compulsory, &asked) }
        // Odd months count in halves for the rate alone (article 5.6).
        let halves = HalfYears(months: input.monthsContributed).count
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
                "\(HalfYears(months: input.monthsContributed).text) năm", "Luật BHXH 41/2024/QH15, Điều 5 khoản 6")
        }
        trace.step {
            .words(
                "Tỷ lệ hưởng", "\(working); cao nhất \(most.percentText)", full.percentText,
                "Luật BHXH 41/2024/QH15, Điều 66, Điều 99")
        }
        if early > 0 {
            let reduction =
                try asked.value(.earlyReduction, on: day) * Self.years(early / 12 * 2 + (early % 12 >= 6 ? 1 : 0))
            // Of very early pensions nothing would be left, never less.
            let rest = share + (Share(-reduction.numerator, of: reduction.denominator) ?? reduction)
            share = rest.numerator > 0 ? rest : Share(0, of: 1) ?? rest
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
        let minimum = try Self.minimum(input, compulsory, &asked, reckoned, &trace)
        isRaised = minimum.map { reckoned < $0 } ?? false
        amount = max(reckoned, minimum ?? reckoned)
        if let minimum, reckoned < minimum {
            trace.step {
                .money(
                    "Nâng lên mức thấp nhất", "bằng mức tham chiếu", minimum,
                    "Luật BHXH 41/2024/QH15, Điều 141 khoản 11")
            }
        }
        var used = asked.used
        if input.monthsContributed > (try asked.value(.allowanceYears(input.sex), on: day)) * 12 {
            let extra = try RetirementAllowance(
                .init(
                    sex: input.sex, monthsContributed: input.monthsContributed, monthsAfterAge: input.monthsAfterAge,
                    averageIncome: input.averageIncome, on: day), table, trace: &trace)
            allowance = extra.amount
            for one in extra.used where !used.contains(one) { used.append(one) }
        } else {
            allowance = .zero
        }
        self.used = used
    }

    /// Article 65: so many years in the compulsory scheme, and an incapacity that allows for how early it is.
    private static func checkEarly(
        _ input: Input, _ early: Int, _ compulsory: Int, _ asked: inout Asked
    ) throws {
        let years = try asked.value(.earlyYears, on: input.on)
        guard compulsory >= years * 12 else {
            throw LegislationError.input(
                field: "monthsEarly", reason: "nghỉ hưu trước tuổi cần từ đủ \(years) năm đóng BHXH bắt buộc (Điều 65)")
        }
        let (some, severe) = (
            try asked.value(.earlyMostYears, on: input.on), try asked.value(.earlyMostYearsSevere, on: input.on)
        )
        let isHard = input.hardWork ?? false
        guard let incapacity = input.incapacityPercent else {
            // How much is not said: what no incapacity allows is refused.
            guard isHard || early <= severe * 12 else {
                throw LegislationError.input(
                    field: "monthsEarly", reason: "nghỉ sớm nhiều nhất \(severe) năm (Điều 65)")
            }
            return
        }
        guard (0...100).contains(incapacity), let share = Share(incapacity, of: 100) else {
            throw LegislationError.input(field: "incapacityPercent", reason: "mức suy giảm từ 0 đến 100 %")
        }
        let least = try asked.value(.earlyIncapacity, on: input.on)
        guard share >= least else {
            throw LegislationError.input(
                field: "incapacityPercent",
                reason: "nghỉ hưu trước tuổi cần suy giảm khả năng lao động từ \(least.percentText) (Điều 65)")
        }
        let most = share >= (try asked.value(.earlyIncapacitySevere, on: input.on)) ? severe : some
        guard isHard || early <= most * 12 else {
            throw LegislationError.input(
                field: "monthsEarly", reason: "suy giảm \(incapacity) %: nghỉ sớm nhiều nhất \(most) năm (Điều 65)")
        }
    }

    /// The least of those of some points who joined before the law and have so many years in the compulsory scheme.
    /// - Returns: nil for everybody else.
    private static func minimum(
        _ input: Input, _ compulsory: Int, _ asked: inout Asked, _ reckoned: Dong, _ trace: inout some Tracing
    ) throws -> Dong? {
        guard compulsory > 0 else { return nil }
        let day = input.on
        let years = try asked.value(.minimumPensionYears, on: day)
        let groups = try asked.value(.minimumPensionGroups, on: day)
        let before = try asked.value(.minimumPensionJoined, on: day)
        let minimum = try asked.reference("pension.minimum_amount", on: day)
        let group = input.group ?? .a
        // Time in the compulsory scheme passes month by month: who has more of it than since that day joined before.
        let joined =
            input.firstContributed.map { $0.firstDay < before }
            ?? (Month(of: day).adding(months: -compulsory).firstDay < before)
        let holds = compulsory >= years * 12 && groups.contains(group.rawValue) && joined
        if reckoned < minimum, !holds {
            let points = groups.sorted().joined(separator: ", ")
            trace.step {
                .words(
                    "Mức thấp nhất",
                    "chỉ các điểm \(points), tham gia trước \(before.vietnamese), từ đủ \(years) năm đóng bắt buộc",
                    "không áp dụng", "Luật BHXH 41/2024/QH15, Điều 141 khoản 11")
            }
        }
        return holds ? minimum : nil
    }

    /// From the youngest who works to the age: nobody retires earlier.
    private static let mostMonthsEarly = 600

    /// Half years as a factor of a yearly share.
    private static func years(_ halves: Int) -> Share { Share(halves, of: 2) ?? .whole }
}
