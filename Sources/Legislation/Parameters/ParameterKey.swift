import Kernel

/// A parameter that a formula may ask for, with the type of its value: what the law fixes cannot be written into a formula.
public struct ParameterKey<Value: Sendable>: Sendable {
    public let name: String
    let read: @Sendable (ParameterValue) -> Value?

    init(_ name: String, _ read: @escaping @Sendable (ParameterValue) -> Value?) {
        self.name = name
        self.read = read
    }
}

extension ParameterKey where Value == Dong {
    static func dong(_ name: String) -> Self { Self(name) { if case .dong(let dong) = $0 { dong } else { nil } } }

    static let referenceLevel = dong("reference_level")
    static let povertyLine = dong("poverty_line.rural")
    static let voluntaryFloor = dong("voluntary.floor")
    static let maternity = dong("voluntary.maternity_benefit")
    static let socialPension = dong("social_pension.amount")
    static let warningBelow = dong("sanction.late.unpaid.warning_below")
    static let ownerRevenue = dong("coverage.household_owner.revenue_threshold")
    static let localSocialPension = dong("social_pension.local_amount")
    static let mostFine = dong("sanction.most")
    static let criminalAmount = dong("criminal.evasion.amount")
}

extension ParameterKey where Value == Share {
    static func share(_ name: String) -> Self { Self(name) { if case .share(let share) = $0 { share } else { nil } } }

    static let voluntaryRate = share("voluntary.rate")
    static let supportHighest = share("voluntary.state_support.poor_household_or_island_commune_or_special_zone")
    static let supportNearPoor = share("voluntary.state_support.near_poor")
    static let supportMinority = share("voluntary.state_support.ethnic_minority")
    static let supportOther = share("voluntary.state_support.other")
    static let localSupportPoor = share("voluntary.local_support.poor")
    static let localSupportNearPoor = share("voluntary.local_support.near_poor")
    static let localSupportMinority = share("voluntary.local_support.ethnic_minority")
    static let localSupportOther = share("voluntary.local_support.other")
    static let monthlyInterest = share("voluntary.interest_r")
    static let employeeRetirement = share("compulsory.rate.employee.retirement")
    static let employerSickness = share("compulsory.rate.employer.sickness_maternity")
    static let employerRetirement = share("compulsory.rate.employer.retirement")
    static let employerAccident = share("compulsory.rate.employer.accident")
    static let conscriptRetirement = share("compulsory.rate.employer.retirement_only_groups_d_e")
    static let ownerSickness = share("compulsory.rate.self.sickness_maternity.groups_m_n")
    static let ownerRetirement = share("compulsory.rate.self.retirement.groups_m_n")
    static let abroadRetirement = share("compulsory.rate.self.retirement.groups_g_h")
    static let healthTotal = share("bhyt.rate.total")
    static let healthEmployer = share("bhyt.rate.employer")
    static let healthEmployee = share("bhyt.rate.employee")
    static let unemploymentEmployee = share("bhtn.rate.employee_max")
    static let unemploymentEmployer = share("bhtn.rate.employer_max")
    static let lateInterest = share("late.interest_daily")
    static let pensionWomen = share("pension.rate.female.base")
    static let pensionMen = share("pension.rate.male.base")
    static let pensionMenUnder20 = share("pension.rate.male.under20")
    static let pensionMost = share("pension.rate.max")
    static let pensionPerYear = share("pension.rate.per_year")
    static let pensionPerYearUnder20 = share("pension.rate.male.under20.per_year")
    static let earlyReduction = share("pension.early_reduction")
    static let earlyIncapacity = share("pension.early.incapacity")
    static let earlyIncapacitySevere = share("pension.early.incapacity_severe")
}

extension ParameterKey where Value == Share {
    /// A count that need not be whole, such as one and a half months.
    static func number(_ name: String) -> Self {
        Self(name) { value in
            switch value {
            case .count(let count): Share(count, of: 1)
            case .share(let share): share
            default: nil
            }
        }
    }

    static let lumpSumBefore2014 = number("lump_sum.per_year_before_2014")
    static let lumpSumFrom2014 = number("lump_sum.per_year_from_2014")
    static let lumpSumShortMost = number("lump_sum.under_one_year_most")
    static let conscriptTimes = number("compulsory.base.conscript.times")
    static let conscriptStep = number("compulsory.base.conscript.step")
    static let conscriptMost = number("compulsory.base.conscript.most")
    static let allowancePerYear = number("pension.one_off.per_year")
    static let allowancePerYearAfterAge = number("pension.one_off.per_year_after_age")
}

extension ParameterKey where Value == Int {
    static func count(_ name: String) -> Self { Self(name) { if case .count(let count) = $0 { count } else { nil } } }

    static let ceilingTimes = count("ceiling.multiplier")
    static let supportMonths = count("voluntary.support_max_months")
    static let mostMonthsAhead = count("voluntary.multi_year_max_months")
    static let voluntaryAge = count("coverage.voluntary_min_age")
    static let contractMonths = count("coverage.contract_min_months")
    static let foreignerMonths = count("coverage.foreigner_min_contract_months")
    static let unpaidLeaveDays = count("coverage.unpaid_leave_days_no_contribution")
    static let unpaidLeaveDaysOfConscripts = count("coverage.unpaid_leave.groups_d_e_k")
    static let registrationDays = count("deadline.registration_days")
    static let unregisteredDays = count("late.unregistered_window_days")
    static let unpaidDays = count("evasion.unpaid_days")
    static let reminderInTime = count("evasion.reminder_in_time_days")
    static let pensionYears = count("pension.min_years")
    static let pensionBaseYears = count("pension.rate.base_years")
    static let pensionMenYears = count("pension.rate.male.base_years")
    static let lateReminderDays = count("evasion.late_reminder_days")
    static let maternityMonths = count("voluntary.maternity_min_months")
    static let organisationTimes = count("sanction.organisation_multiplier")
    static let socialPensionAgePoor = count("social_pension.age_poor")
    static let socialPensionAge = count("social_pension.age")
    static let missingMonths = count("compulsory.missing_months_max")
    static let unemploymentContractMonths = count("bhtn.min_contract_months")
    static let conscriptStepFrom = count("compulsory.base.conscript.step_from_year")
    static let earlyYears = count("pension.early.min_years")
    static let earlyMostYears = count("pension.early.most_years")
    static let earlyMostYearsSevere = count("pension.early.most_years_severe")
    static let minimumPensionYears = count("pension.minimum.compulsory_years")
    static let voluntaryOldYears = count("retirement_age.voluntary_before_2021.years")
    static let lumpSumYearsBelow = count("lump_sum.years_below")
    static let lumpSumMonthsOut = count("lump_sum.months_out")
    static let stillbirthWeeks = count("voluntary.maternity_stillbirth_weeks")
    static let limitationMonths = count("sanction.limitation")
    static let criminalWorkers = count("criminal.evasion.workers")
    static let criminalMonths = count("criminal.evasion.months")

    /// Years above which a contributor gets an allowance at retirement.
    static func allowanceYears(_ sex: Sex) -> Self { count("pension.one_off.years.\(sex.rawValue)") }

    /// Of those who were in the voluntary scheme before 2021.
    static func oldRetirementAge(_ sex: Sex) -> Self { count("retirement_age.voluntary_before_2021.\(sex.rawValue)") }

    /// By sex and the year it holds in.
    static func retirementAge(_ sex: Sex) -> Self { count("retirement_age.\(sex.rawValue)") }
}

extension ParameterKey where Value == Day {
    static func day(_ name: String) -> Self { Self(name) { if case .day(let day) = $0 { day } else { nil } } }

    static let minimumPensionJoined = day("pension.minimum.joined_before")
    static let voluntaryOldJoined = day("retirement_age.voluntary_before_2021.joined_before")
    static let lumpSumContributed = day("lump_sum.contributed_before")
}

extension ParameterKey where Value == Set<String> {
    /// Points of an article, `a, b, đ`.
    static func points(_ name: String) -> Self {
        Self(name) { value in
            guard case .text(let text) = value else { return nil }
            return Set(text.split(separator: ",").map { $0.filter { !$0.isWhitespace } })
        }
    }

    static let minimumPensionGroups = points("pension.minimum.groups")
}

extension ParameterKey where Value == String {
    static let baseOfCommuneStaff = Self("compulsory.base.commune_staff") {
        if case .text(let text) = $0 { text } else { nil }
    }
}

extension ParameterKey where Value == [Share] {
    static func shares(_ name: String) -> Self { Self(name) { if case .shares(let all) = $0 { all } else { nil } } }

    static let householdHealth = shares("bhyt.household.member_order_rates")
}

/// As the law tells ages apart.
public enum Sex: String, Codable, Sendable, CaseIterable {
    case male, female
}

/// Parameters asked for on some day, and a list of those asked for: what a result must tell.
struct Asked {
    let table: ParameterTable
    private(set) var used: [UsedParameter] = []

    init(_ table: ParameterTable) { self.table = table }

    mutating func value<Value>(_ key: ParameterKey<Value>, on day: Day) throws -> Value {
        let parameter = try table.parameter(key.name)
        let dated = try table.dated(key.name, on: day)
        guard let value = key.read(dated.value) else {
            throw LegislationError.problem(
                file: parameter.subject, key: key.name, reason: "đơn vị không phải loại công thức cần")
        }
        note(parameter, dated)
        return value
    }

    /// The value of a key that waits for a document: nil while there is none.
    mutating func awaited<Value>(_ key: ParameterKey<Value>, on day: Day) throws -> Value? {
        guard try table.parameter(key.name).value(on: day) != nil else { return nil }
        return try value(key, on: day)
    }

    /// The value of a key that may be so many times another parameter.
    mutating func raw(_ key: String, on day: Day) throws -> ParameterValue {
        let parameter = try table.parameter(key)
        let dated = try table.dated(key, on: day)
        note(parameter, dated)
        return dated.value
    }

    /// What a key comes to that is so many times another parameter, such as a floor.
    /// - Parameter suffix: where the other one is told apart, as `region_I`.
    mutating func reference(_ name: String, suffix: String = "", on day: Day) throws -> Dong {
        guard case .reference(let key, let times) = try raw(name, on: day) else {
            throw LegislationError.problem(
                file: try table.parameter(name).subject, key: name, reason: "phải dẫn đến tham số khác")
        }
        return try value(.dong(key + suffix), on: day) * times
    }

    private mutating func note(_ parameter: Parameter, _ dated: DatedValue) {
        let one = UsedParameter(key: parameter.key, name: parameter.name, unit: parameter.unit, value: dated)
        if !used.contains(one) { used.append(one) }
    }
}

/// A parameter a result rests on.
public struct UsedParameter: Sendable, Equatable {
    public let key: String
    public let name: String
    public let unit: ParameterUnit
    public let value: DatedValue
}
