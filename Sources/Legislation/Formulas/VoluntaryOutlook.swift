public import Kernel

/// What the voluntary scheme asks of a person and gives back, from now to the pension: an illustration in today's money, with
/// today's parameters throughout and one income chosen to the end.
public struct VoluntaryOutlook: Sendable, Equatable {
    public struct Input: Sendable, Equatable {
        public var sex: Sex
        public var birth: BirthDate
        public var income: Int
        public var group: SupportGroup
        public var specialZone: Bool
        /// So far, in both schemes.
        public var monthsContributed: Int
        public var monthsSupported: Int
        public var start: Month

        public init(
            sex: Sex, birth: BirthDate, income: Int, group: SupportGroup = .other, specialZone: Bool = false,
            monthsContributed: Int = 0, monthsSupported: Int = 0, start: Month
        ) {
            self.sex = sex
            self.birth = birth
            self.income = income
            self.group = group
            self.specialZone = specialZone
            self.monthsContributed = monthsContributed
            self.monthsSupported = monthsSupported
            self.start = start
        }
    }

    /// How the years for a pension come together.
    public enum Way: Sendable, Equatable {
        /// Enough by the age of retirement.
        case enough
        /// So many months are missing at that age and can be paid for at once.
        case payMissing(months: Int)
        /// So many months are to be paid on after that age.
        case goOn(months: Int)
    }

    public let input: Input
    /// One month's payment.
    public let monthly: VoluntaryContribution
    public let retirement: RetirementAge
    /// Months from the start to the one before the age is reached.
    public let monthsAhead: Int
    /// Contributed months at the age of retirement.
    public let monthsAtRetirement: Int
    public let way: Way
    /// From this day on, when nothing is missed.
    public let pensionFrom: Day
    public let pension: Pension
    /// Months of ``monthsAhead`` that the State supports.
    public let supportedMonths: Int
    /// What the person pays from now to the age of retirement, and what the State adds.
    public let ownTotal: Dong
    public let supportTotal: Dong
    /// What the locality adds over the same months.
    public let localTotal: Dong
    /// What the same months would give as a one-off withdrawal, where the law allows one.
    public let lumpSum: LumpSum
    /// Months of pension that come to the lump sum.
    public let monthsToEqualLumpSum: Int
    public let used: [UsedParameter]

    /// - Throws: ``LegislationError`` for an income out of bounds, or an age of retirement already reached.
    public init(_ input: Input, _ table: ParameterTable, trace: inout some Tracing) throws {
        self.input = input
        let day = input.start.firstDay
        guard (0...900).contains(input.monthsContributed) else {
            throw LegislationError.input(field: "monthsContributed", reason: "số tháng đã đóng từ 0 đến 900")
        }
        let terms = try VoluntaryTerms(table, on: day)
        monthly = try VoluntaryContribution(
            .init(
                income: input.income, cadence: .monthly, start: input.start, group: input.group,
                specialZone: input.specialZone, monthsSupported: input.monthsSupported), terms, trace: &trace)
        var asked = Asked(table)
        let youngest = try asked.value(.voluntaryAge, on: day)
        guard input.birth.reaching(months: youngest * 12) <= input.start.lastDay else {
            throw LegislationError.input(field: "birth", reason: "chưa đủ \(youngest) tuổi vào tháng bắt đầu đóng")
        }
        retirement = try RetirementAge(.init(sex: input.sex, birth: input.birth), table, trace: &trace)
        monthsAhead = max(input.start.months(to: Month(of: retirement.reachedOn)), 0)
        monthsAtRetirement = input.monthsContributed + monthsAhead
        let needed = try asked.value(.pensionYears, on: day) * 12
        let most = try asked.value(.mostMonthsAhead, on: day)
        let missing = needed - monthsAtRetirement
        let (from, months): (Day, Int)
        if missing <= 0 {
            way = .enough
            (from, months) = (retirement.reachedOn, monthsAtRetirement)
        } else if missing <= most {
            way = .payMissing(months: missing)
            (from, months) = (retirement.reachedOn, needed)
        } else {
            way = .goOn(months: missing)
            let later = Month(of: max(retirement.reachedOn, day)).adding(months: missing)
            (from, months) = (later.firstDay, needed)
        }
        pensionFrom = max(from, day)
        pension = try Pension(
            .init(sex: input.sex, monthsContributed: months, averageIncome: input.income, on: day), table, trace: &trace
        )
        // After the age of retirement payments for the years still missing are supported too.
        let paid: Int = if case .goOn(let months) = way { monthsAhead + months } else { monthsAhead }
        supportedMonths = min(paid, max(terms.supportMonths - input.monthsSupported, 0))
        let ahead = min(supportedMonths, monthsAhead)
        supportTotal = min(monthly.supportPerMonth, monthly.monthly) * ahead
        let local = terms.localSupport(input.group, specialZone: input.specialZone)?.amount ?? .zero
        localTotal = min(local, monthly.monthly - min(monthly.supportPerMonth, monthly.monthly)) * ahead
        ownTotal = monthly.monthly * monthsAhead - supportTotal - localTotal
        lumpSum = try LumpSum(
            .init(
                monthsBefore2014: 0, monthsFrom2014: monthsAtRetirement, averageIncome: input.income, on: day,
                supportReceived: supportTotal.amount, scheme: .voluntary), table, trace: &trace)
        let each = pension.amount.amount
        monthsToEqualLumpSum = each > 0 ? (lumpSum.amount.amount + each - 1) / each : 0
        var used = terms.used
        for one in asked.used + retirement.used + pension.used + lumpSum.used where !used.contains(one) {
            used.append(one)
        }
        self.used = used
    }
}
